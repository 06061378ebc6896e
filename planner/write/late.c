#include <inttypes.h>
#include <stdio.h>

#include "write/late.h"
#include "write/words.h"
#include "write/writers.h"

#define KINDS 2

static const struct {
	enum rp_late_kind kind;
	const char *word;
} kinds[KINDS] = {
	{ RP_LATE_RECORDED, "recorded" },
	{ RP_LATE_PUBLISHED, "published" },
};

/* ---- words -------------------------------------------------------------- */

static void
say_subscribers(struct rp_text *out, const struct rp_late *l)
{
	char words[RP_WORDS];

	if (!l->has_subscribers)
		return;
	if (l->subscribers_least == l->subscribers_most)
		rp_text_printf(out, " of %s", rp_words_number(
		    l->subscribers_most, "subscriber", "subscribers", words));
	else
		rp_text_printf(out, " of %" PRIu64 " to %" PRIu64
		    " subscribers", l->subscribers_least,
		    l->subscribers_most);
}

/* "6 of 6 certificates of 3 subscribers late as recorded, 2 still open";
 * nothing where nothing is late. */
static void
say_kind(struct rp_text *out, const struct rp_late *l, const char *word)
{
	bool first = out->len == 0;

	if (l->certificates == 0 && l->undecided == 0)
		return;
	rp_text_puts(out, first ? "" : "; ");
	rp_text_printf(out, "%" PRIu64 " of %" PRIu64, l->certificates,
	    l->all);
	if (first)
		rp_text_puts(out, l->all == 1 ? " certificate" :
		    " certificates");
	if (l->certificates > 0)
		say_subscribers(out, l);
	rp_text_printf(out, " late as %s", word);
	if (l->open > 0)
		rp_text_printf(out, ", %" PRIu64 " still open", l->open);
	if (l->undecided > 0)
		rp_text_printf(out, ", %" PRIu64 " undecided", l->undecided);
}

void
rp_late_words(const struct rp_findings *f, int duty, struct rp_text *out)
{
	struct rp_late late;

	for (int k = 0; k < KINDS; k++)
		if (rp_findings_late(f, duty, kinds[k].kind, &late))
			say_kind(out, &late, kinds[k].word);
}

static void
put_duty(struct rp_text *out, const struct rp_findings *f,
    const struct rp_case *cs, int duty)
{
	struct rp_text line = { 0 }, label = { 0 };

	rp_late_words(f, duty, &line);
	rp_text_puts(&label, "late");
	if (!cs->duty[duty].implied) {
		rp_text_puts(&label, ", duty '");
		rp_text_safe(&label, cs->duty[duty].name);
		rp_text_puts(&label, "'");
	}
	if (line.failed || label.failed)
		out->failed = true;
	else if (line.len > 0)
		rp_text_line(out, label.bytes, line.bytes);
	rp_text_release(&line);
	rp_text_release(&label);
}

void
rp_late_lines(const struct rp_findings *f, const struct rp_case *cs,
    struct rp_text *out)
{
	for (size_t d = 0; d < cs->n_duties; d++)
		put_duty(out, f, cs, (int)d);
}

/* ---- JSON --------------------------------------------------------------- */

static void
set_subscribers(struct rp_json *j, json_t *row, const struct rp_late *l)
{
	if (l->has_all_subscribers)
		rp_json_set(j, row, "subscribers",
		    rp_json_count(l->all_subscribers));
	if (!l->has_subscribers)
		return;
	rp_json_set(j, row, "late_subscribers_least",
	    rp_json_count(l->subscribers_least));
	rp_json_set(j, row, "late_subscribers_most",
	    rp_json_count(l->subscribers_most));
}

static void
append(struct rp_json *j, json_t *list, const char *duty, const char *word,
    const struct rp_late *l)
{
	json_t *row = json_object();

	rp_json_set(j, row, "duty", rp_json_text(duty));
	rp_json_set(j, row, "by", rp_json_text(word));
	rp_json_set(j, row, "rule", rp_json_text(l->rule->id));
	rp_json_set(j, row, "due", rp_json_when(l->due));
	rp_json_set(j, row, "certificates", rp_json_count(l->all));
	rp_json_set(j, row, "late", rp_json_count(l->certificates));
	rp_json_set(j, row, "open", rp_json_count(l->open));
	rp_json_set(j, row, "undecided", rp_json_count(l->undecided));
	set_subscribers(j, row, l);
	rp_json_append(j, list, row);
}

void
rp_late_json(struct rp_json *j, const struct rp_findings *f,
    const struct rp_case *cs)
{
	json_t *list = rp_json_array_at(j, j->root, "late");
	struct rp_late late;

	for (size_t d = 0; d < cs->n_duties; d++)
		for (int k = 0; k < KINDS; k++)
			if (rp_findings_late(f, (int)d, kinds[k].kind, &late))
				append(j, list, cs->duty[d].name,
				    kinds[k].word, &late);
}
