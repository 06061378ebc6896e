/* Sentences of a draft, and the gaps between them. */
#include <stdarg.h>
#include <stdio.h>
#include <string.h>

#include "write/draft_parts.h"
#include "write/post_words.h"

/* p10 p50 p80 p90, see revplan/forecast.h. */
enum { P80 = 2 };

void
rp_draft_gap(struct rp_drafting *w, const char *label, const char *fmt, ...)
{
	char text[512];
	va_list ap;

	va_start(ap, fmt);
	(void)vsnprintf(text, sizeof(text), fmt, ap);
	va_end(ap);
	rp_document_gap(&w->d, label, "%s", text);
	w->missing++;
}

void
rp_draft_gap_within(struct rp_drafting *w, const char *label,
    const char *fmt, ...)
{
	char text[512];
	va_list ap;

	va_start(ap, fmt);
	(void)vsnprintf(text, sizeof(text), fmt, ap);
	va_end(ap);
	rp_draft_gap(w, label, "%s", text);
	if (!w->d.failed)
		w->d.piece[w->d.n - 1].level = 1;
}

/* Where the first paragraph of a text ends: before an empty line. */
static size_t
paragraph(const char *text)
{
	const char *end = strstr(text, "\n\n");

	return end != NULL ? (size_t)(end - text) : strlen(text);
}

/* What follows the first paragraph of an item belongs to it. */
static void
put_paragraphs(struct rp_drafting *w, const char *label, const char *text,
    bool within)
{
	size_t len;

	for (text += strspn(text, "\n "); *text != '\0';
	    text += len + strspn(text + len, "\n ")) {
		len = paragraph(text);
		while (len > 1 && strchr("\n ", text[len - 1]) != NULL)
			len--;
		if (within)
			rp_document_go_on(&w->d, "%.*s", (int)len, text);
		else if (label != NULL)
			rp_document_field(&w->d, 0, label, "%.*s", (int)len,
			    text);
		else
			rp_document_add(&w->d, RP_PIECE_PARAGRAPH, "%.*s",
			    (int)len, text);
		within = within || label != NULL;
	}
}

void
rp_draft_text(struct rp_drafting *w, const char *label, const char *text)
{
	put_paragraphs(w, label, text, false);
}

void
rp_draft_go_on(struct rp_drafting *w, const char *text)
{
	put_paragraphs(w, NULL, text, true);
}

void
rp_draft_need(struct rp_drafting *w, const char *label, const char *text,
    const char *what)
{
	if (text != NULL)
		rp_draft_text(w, label, text);
	else
		rp_draft_gap(w, label, "%s", what);
}

void
rp_draft_line(struct rp_drafting *w, unsigned level, const char *label,
    struct rp_text *line)
{
	if (line->failed)
		w->d.failed = true;
	else if (line->len > 0)
		rp_document_field(&w->d, level, label, "%s", line->bytes);
	rp_text_release(line);
}

const struct rp_fact *
rp_draft_fact(const struct rp_drafting *w, enum rp_fact_kind kind)
{
	const struct rp_case *cs = w->in->cs;
	const struct rp_fact *last = NULL;

	for (size_t i = 0; i < cs->n_facts; i++)
		if (cs->fact[i].kind == kind &&
		    cs->fact[i].mark.retracted == NULL &&
		    (last == NULL || rp_instant_cmp(last->at.from,
		    cs->fact[i].at.from) <= 0))
			last = &cs->fact[i];
	return last;
}

bool
rp_draft_not_done(const struct rp_drafting *w, enum rp_fact_kind kind,
    struct rp_when *at)
{
	const struct rp_case *cs = w->in->cs;
	bool found = false;

	for (size_t i = 0; i < cs->n_facts; i++) {
		if (cs->fact[i].kind != RP_FACT_NOT_DONE ||
		    cs->fact[i].of != kind ||
		    cs->fact[i].mark.retracted != NULL)
			continue;
		*at = cs->fact[i].at;
		found = true;
	}
	return found;
}

bool
rp_draft_seen(const struct rp_drafting *w, struct rp_when when)
{
	return rp_seen(when, false, when, w->in->as_of, RP_VIEW_INTERNAL);
}

bool
rp_draft_passed(const struct rp_drafting *w, struct rp_when when)
{
	return rp_instant_cmp(rp_when_last(when),
	    rp_when_last(w->in->as_of)) < 0;
}

bool
rp_draft_expected(const struct rp_drafting *w, struct rp_text *line)
{
	const struct rp_post *post = w->in->post;
	const struct rp_post_estimate *e = &post->estimate;
	char at[RP_WORDS];

	if (post->complete || !e->known || !e->has[P80])
		return false;
	rp_text_printf(line, "%s by %s, with a confidence of 80 %%%s",
	    rp_post_work(e->metric),
	    rp_post_moment(e->q[P80], post->as_of, at),
	    e->weighted && !e->explained ? " (but the simulation cannot "
	    "explain the figures observed so far)" : "");
	return true;
}

/* Something was left at the deadline, for certain. */
static bool
is_late(const struct rp_drafting *w, const struct rp_post_row *r)
{
	const struct rp_amount *left =
	    &r->figure[RP_FIGURE_OUTSTANDING].amount;

	if (!r->has_deadline || !rp_draft_passed(w, r->deadline))
		return false;
	if (r->has_done)
		return rp_instant_cmp(r->done.from,
		    rp_when_last(r->deadline)) > 0;
	return left->known && (left->is_count ?
	    rp_count_n(left->count) > 0 : rp_share_ppb(left->share) > 0);
}

const struct rp_post_row *
rp_draft_late(const struct rp_drafting *w)
{
	const struct rp_post *post = w->in->post;
	const struct rp_post_row *first = NULL;

	for (size_t i = 0; i < post->n_rows; i++)
		if (is_late(w, &post->row[i]) && (first == NULL ||
		    rp_instant_cmp(post->row[i].deadline.from,
		    first->deadline.from) < 0))
			first = &post->row[i];
	return first;
}
