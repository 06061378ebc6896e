/* The section of a report on rules and deadlines. */
#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>

#include "write/findings.h"
#include "write/late.h"
#include "write/report_parts.h"
#include "write/writers.h"

/* So many undecided rows may stand there in full. */
#define UNFOLDED 8

static void
item_when(struct rp_text *out, const char *term, struct rp_when when)
{
	char at[RP_INSTANT_TEXT];

	rp_report_item(out, term, rp_when_format(when, at));
}

/* What a duty rests on belongs beside the verdicts on it. */
static void
put_duty(const struct rp_case *cs, int duty, struct rp_text *out)
{
	if (duty < 0 || (size_t)duty >= cs->n_duties)
		return;
	if (!cs->duty[duty].implied)
		rp_report_item(out, "Duty", cs->duty[duty].name);
	if (cs->duty[duty].note != NULL)
		rp_report_item(out, "Note", cs->duty[duty].note);
}

static void
put_finding(const struct rp_report_data *data, const struct rp_finding *f,
    struct rp_text *out)
{
	static const char *const class[RP_GROUPS] = {
		[RP_GROUP_DUE] = "plain", [RP_GROUP_BREACHED] = "bad",
		[RP_GROUP_LAPSED] = "open", [RP_GROUP_UNDECIDED] = "open",
		[RP_GROUP_STANDING] = "open", [RP_GROUP_MET] = "good",
	};
	char words[RP_WORDS];

	rp_text_printf(out, "<div class=\"finding %s\">\n<h4>",
	    class[rp_finding_group(f)]);
	rp_text_html(out, f->rule->title);
	rp_text_puts(out, rp_finding_kind(f));
	rp_text_puts(out, "</h4>\n<code>");
	rp_text_html(out, f->id);
	rp_text_puts(out, "</code>\n<dl>\n");
	(void)snprintf(words, sizeof(words), "%s (%s)",
	    rp_verdict_word(f->verdict),
	    rp_severity_word(f->rule->severity));
	rp_report_item(out, "Verdict", words);
	rp_report_item(out, "Rule", f->citation);
	put_duty(data->cs, f->duty, out);
	item_when(out, "Clock starts", f->clock_start);
	if (*rp_finding_whose(f, words) != '\0')
		rp_report_item(out, "Whose clock", words);
	if (f->has_due)
		item_when(out, "Due", f->due);
	if (f->has_due && f->verdict == RP_VERDICT_DUE)
		rp_report_item(out, "Time left", rp_words_ahead(f->due,
		    rp_when_last(data->as_of), words));
	if (f->has_met)
		item_when(out, "Met", f->met);
	if (f->has_overdue)
		rp_report_item(out, "Overdue", rp_finding_overdue(f, words));
	if (f->has_count) {
		(void)snprintf(words, sizeof(words), "%" PRIu64, f->count);
		rp_report_item(out, "Count", words);
	}
	if (f->has_subscribers) {
		(void)snprintf(words, sizeof(words), "%" PRIu64,
		    f->subscribers);
		rp_report_item(out, "Subscribers", words);
	}
	rp_text_puts(out, "</dl>\n");
	if (f->detail != NULL)
		rp_report_paragraph(out, f->detail);
	rp_text_puts(out, "</div>\n");
}

/*
 * What is settled, or not asked for by the incident, is folded away, and so is
 * a long list of what nobody can decide; what hurts is not.
 */
static void
put_group(const struct rp_report_data *data,
    const struct rp_finding *const *f, size_t n, struct rp_text *out)
{
	enum rp_group group = rp_finding_group(f[0]);
	bool folded = group == RP_GROUP_MET || group == RP_GROUP_STANDING ||
	    (group == RP_GROUP_UNDECIDED && n > UNFOLDED);

	rp_text_printf(out, folded ? "<details><summary>" : "<h3>");
	rp_text_html(out, rp_group_heading(group));
	rp_text_printf(out, " (%zu)%s\n", n,
	    folded ? "</summary>" : "</h3>");
	for (size_t i = 0; i < n; i++)
		put_finding(data, f[i], out);
	if (folded)
		rp_text_puts(out, "</details>\n");
}

/* A sentence, with words before it; nothing where there is none. */
static void
put_sentence(struct rp_text *out, const char *before,
    const struct rp_text *words)
{
	struct rp_text line = { 0 };

	rp_text_puts(&line, before);
	rp_text_puts(&line, words->bytes != NULL ? words->bytes : "");
	rp_text_puts(&line, ".");
	if (line.failed || words->failed)
		out->failed = true;
	else if (words->len > 0)
		rp_report_paragraph(out, line.bytes);
	rp_text_release(&line);
}

static void
put_late(const struct rp_report_data *data, int duty, struct rp_text *out)
{
	struct rp_text words = { 0 }, before = { 0 };

	rp_late_words(data->findings, duty, &words);
	rp_text_puts(&before, "Late");
	if (!data->cs->duty[duty].implied)
		rp_text_printf(&before, ", duty '%s'",
		    data->cs->duty[duty].name);
	rp_text_puts(&before, ": ");
	if (before.failed)
		out->failed = true;
	else
		put_sentence(out, before.bytes, &words);
	rp_text_release(&before);
	rp_text_release(&words);
}

/* What comes next, and how much is late. */
static void
put_head(const struct rp_report_data *data, const struct rp_finding *first,
    struct rp_text *out)
{
	struct rp_text next = { 0 };

	rp_next_due_words(first, data->cs, rp_when_last(data->as_of), &next);
	put_sentence(out, "Next due: ", &next);
	rp_text_release(&next);
	for (size_t d = 0; d < data->cs->n_duties; d++)
		put_late(data, (int)d, out);
}

rp_status
rp_report_rules(const struct rp_report_data *data, struct rp_text *out,
    struct rp_err *err)
{
	const struct rp_finding **f;
	size_t n, i, end;

	f = rp_findings_by_group(data->findings, &n);
	if (f == NULL)
		return rp_fail(err, RP_ENOMEM, "no memory for the report");
	rp_report_open(out, "rules", "Rules and deadlines");
	if (n > 0)
		put_head(data, f[0], out);
	for (i = 0; i < n; i = end) {
		end = rp_group_end(f, i, n);
		put_group(data, &f[i], end - i, out);
	}
	rp_text_puts(out, "</section>\n");
	free(f);
	return RP_OK;
}
