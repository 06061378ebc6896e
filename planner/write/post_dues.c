/* What a post owes its readers: promises, restatements, answers, the next. */
#include <inttypes.h>
#include <stdio.h>

#include "write/post.h"
#include "write/post_words.h"

static void
add(struct rp_document *d, enum rp_piece_kind kind, struct rp_text *line)
{
	if (line->failed)
		d->failed = true;
	else
		rp_document_add(d, kind, "%s", line->bytes);
	rp_text_release(line);
}

/* The words of others may end as they like. */
static void
end_sentence(struct rp_text *line)
{
	if (!line->failed && line->len > 0 &&
	    line->bytes[line->len - 1] != '.' &&
	    line->bytes[line->len - 1] != '?' &&
	    line->bytes[line->len - 1] != '!')
		rp_text_puts(line, ".");
}

/* ---- promises ----------------------------------------------------------- */

/* "revoke all (promised 2020-07-14, comment 2; due 2020-08-15)". */
static void
say_promise(struct rp_text *line, const struct rp_said_row *row)
{
	char at[RP_WORDS];
	const char *sep = " (";

	rp_text_puts(line, row->what);
	if (row->has_said) {
		rp_text_printf(line, "%ssaid %s", sep,
		    rp_post_when(row->said, at));
		sep = "; ";
	}
	if (row->source != NULL) {
		rp_text_printf(line, "%s%s", sep, row->source);
		sep = "; ";
	}
	if (row->has_due) {
		rp_text_printf(line, "%sdue %s", sep,
		    rp_post_when(row->due, at));
		sep = "; ";
	}
	if (*sep == ';')
		rp_text_puts(line, ")");
}

static void
say_late(struct rp_text *line, const struct rp_said_row *row)
{
	char late[RP_WORDS];

	if (!row->has_late)
		return;
	if (row->has_done)
		(void)rp_post_late(row->due, row->done, late);
	else
		(void)rp_post_span(row->late_least_s, late);
	if (late[0] != '\0')
		rp_text_printf(line, ", %s late", late);
}

static void
add_promise(struct rp_document *d, const struct rp_post_promise *p)
{
	const struct rp_said_row *row = p->row;
	struct rp_text line = { 0 };
	char at[RP_WORDS];

	switch (p->state) {
	case RP_PROMISE_DUE:
		rp_text_puts(&line, "Due: ");
		break;
	case RP_PROMISE_LATE:
		rp_text_puts(&line, row->has_done ? "Slipped: " :
		    "Overdue: ");
		break;
	case RP_PROMISE_KEPT:
		rp_text_puts(&line, "Kept: ");
		break;
	case RP_PROMISE_MOVED:
		rp_text_puts(&line, "Changed: ");
		break;
	}
	say_promise(&line, row);
	if (p->state == RP_PROMISE_MOVED && row->detail != NULL)
		rp_text_printf(&line, ": %s", row->detail);
	else if (row->has_done) {
		rp_text_printf(&line, ": done %s",
		    rp_post_when(row->done, at));
		say_late(&line, row);
	} else if (p->state == RP_PROMISE_LATE) {
		rp_text_puts(&line, ": not on record as done");
		say_late(&line, row);
	}
	end_sentence(&line);
	add(d, RP_PIECE_ITEM, &line);
}

void
rp_post_add_promises(struct rp_document *d, const struct rp_post *post)
{
	rp_document_add(d, RP_PIECE_HEADING, "Promises");
	if (post->n_promises == 0)
		rp_document_add(d, RP_PIECE_PARAGRAPH, "None is due before "
		    "the next update, and none was kept, changed or missed "
		    "since the last one.");
	for (size_t i = 0; i < post->n_promises; i++)
		add_promise(d, &post->promise[i]);
}

/* ---- restatements ------------------------------------------------------- */

static void
say_subject(struct rp_text *line, const struct rp_restatement *r,
    const struct rp_case *cs)
{
	char at[RP_WORDS];

	rp_text_puts(line, "Restatement: ");
	if (r->of == RP_RESTATED_PLAN)
		rp_text_puts(line, "plan");
	else if (r->of == RP_RESTATED_FACT)
		rp_text_puts(line, rp_fact_text(r->fact));
	else
		rp_text_puts(line, r->figure == RP_FIGURES ? "figures" :
		    rp_figure_word(r->figure));
	if (r->of == RP_RESTATED_FACT && r->duty >= 0 &&
	    !cs->duty[r->duty].implied)
		rp_text_printf(line, " (%s)", cs->duty[r->duty].name);
	/* Populations may be subscribers, so none is named. */
	if (r->population >= 0)
		rp_text_puts(line, " (one population)");
	rp_text_printf(line, ", %s: ", rp_post_when(r->at, at));
}

static void
say_values(struct rp_text *line, const struct rp_restatement *r)
{
	char was[RP_WORDS], is[RP_WORDS];

	if (r->before.known && r->now.known)
		rp_text_printf(line, "given as %s, corrected to %s",
		    rp_post_amount(&r->before, was),
		    rp_post_amount(&r->now, is));
	else if (r->before.known)
		rp_text_printf(line, "given as %s, withdrawn",
		    rp_post_amount(&r->before, was));
	else if (r->now.known && r->late)
		rp_text_printf(line, "%s that the last update did not count",
		    rp_post_amount(&r->now, is));
	else
		rp_text_puts(line, "corrected");
}

static void
add_restatement(struct rp_document *d, const struct rp_restatement *r,
    const struct rp_case *cs)
{
	struct rp_text line = { 0 };
	char now[RP_WORDS];

	say_subject(&line, r, cs);
	say_values(&line, r);
	if (rp_instant_cmp(r->at.from, r->at_now.from) != 0 ||
	    rp_instant_cmp(r->at.until, r->at_now.until) != 0)
		rp_text_printf(&line, ", now %s",
		    rp_post_when(r->at_now, now));
	rp_text_printf(&line, ". Reason: %s", r->note);
	end_sentence(&line);
	add(d, RP_PIECE_ITEM, &line);
}

void
rp_post_add_restatements(struct rp_document *d, const struct rp_post *post,
    const struct rp_case *cs)
{
	if (post->n_restatements == 0)
		return;
	rp_document_add(d, RP_PIECE_HEADING, "Restatements");
	for (size_t i = 0; i < post->n_restatements; i++)
		add_restatement(d, &post->restatement[i], cs);
}

/* ---- questions ---------------------------------------------------------- */

static void
add_question(struct rp_document *d, const struct rp_post_question *q)
{
	struct rp_text line = { 0 };
	char at[RP_WORDS];

	rp_text_printf(&line, "Asked %s", rp_post_when(q->fact->at, at));
	if (q->fact->origin.source != NULL)
		rp_text_printf(&line, " (%s)", q->fact->origin.source);
	rp_text_printf(&line, ", %" PRId64 " day%s ago%s", q->days,
	    q->days == 1 ? "" : "s", q->over_week ?
	    ", which is more than a week" : "");
	if (q->fact->note != NULL)
		rp_text_printf(&line, ": %s", q->fact->note);
	end_sentence(&line);
	add(d, RP_PIECE_ITEM, &line);
}

void
rp_post_add_questions(struct rp_document *d, const struct rp_post *post)
{
	rp_document_add(d, RP_PIECE_HEADING, "Open questions");
	if (post->n_questions == 0)
		rp_document_add(d, RP_PIECE_PARAGRAPH,
		    "We know of no question that is not answered.");
	for (size_t i = 0; i < post->n_questions; i++)
		add_question(d, &post->question[i]);
}

/* ---- the next update ---------------------------------------------------- */

/* Where the last update is known to some days only: "2020-12-17 at the
 * latest". */
static const char *
latest(struct rp_when due, char buf[RP_WORDS])
{
	char at[RP_WORDS];

	if (rp_span_s(rp_instant_between(due.from, due.until)) <= 86400)
		return rp_post_when(due, buf);
	due.from = rp_instant_midnight(rp_when_last(due));
	(void)snprintf(buf, RP_WORDS, "%.60s at the latest",
	    rp_post_when(due, at));
	return buf;
}

void
rp_post_add_next(struct rp_document *d, const struct rp_post *post)
{
	struct rp_text line = { 0 };
	char at[RP_WORDS], why[2 * RP_WORDS], span[RP_WORDS];

	rp_document_add(d, RP_PIECE_HEADING, "Next update");
	if (post->closed)
		rp_text_puts(&line, "The report is closed; no further update "
		    "is due.");
	else if (post->due.has)
		rp_text_printf(&line, "The next update is due by %s (%s).",
		    rp_post_when(post->due.at, at),
		    rp_post_due_reason(&post->due, why));
	else
		rp_text_puts(&line, "No rule and no agreement sets a date for "
		    "the next update.");
	if (post->overdue)
		rp_text_printf(&line, " This update was due by %s (%s) and "
		    "comes %s late.", latest(post->was_due.at, at),
		    rp_post_due_reason(&post->was_due, why),
		    rp_post_late(post->was_due.at, post->as_of, span));
	add(d, RP_PIECE_PARAGRAPH, &line);
}
