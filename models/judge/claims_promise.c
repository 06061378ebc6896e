/*
 * judge/claims_promise.c - promises with a date, and what became of them and
 * of the dates.
 */
#include "judge/claims.h"

#include <inttypes.h>
#include <string.h>

#define DAY_S INT64_C(86400)

/* ---- outcome against date ----------------------------------------------- */

static int64_t
seconds_after(struct rp_instant due, struct rp_instant t)
{
	return rp_span_s(rp_instant_between(due, t));
}

/* A date is kept until its end: only what is certainly later is late. */
struct rp_judged
rp_said_judge(const struct rp_outcome *o, struct rp_when due,
    struct rp_instant now)
{
	struct rp_instant end = rp_when_last(due);
	struct rp_judged j = { .verdict = RP_SAID_UNDECIDED };

	if (o->done) {
		j.least_s = seconds_after(end, o->at.from);
		j.most_s = seconds_after(end, rp_when_last(o->at));
		if (j.most_s <= 0)
			j.verdict = RP_SAID_KEPT;
		else if (j.least_s > 0)
			j.verdict = RP_SAID_SLIPPED;
	} else if (rp_instant_cmp(now, end) <= 0) {
		j.verdict = RP_SAID_OPEN;
	} else if (rp_instant_cmp(o->open, end) >= 0) {
		j.verdict = RP_SAID_OVERDUE;
		j.least_s = j.most_s = seconds_after(end, now);
	}
	j.late = j.verdict == RP_SAID_SLIPPED ||
	    j.verdict == RP_SAID_OVERDUE;
	if (!j.late)
		j.least_s = j.most_s = 0;
	return j;
}

void
rp_said_set(struct rp_said_row *row, const struct rp_outcome *o,
    struct rp_judged judged)
{
	rp_said_decide(row, judged.verdict);
	row->has_done = o->done;
	row->done = o->at;
	row->has_late = judged.late;
	row->late_least_s = judged.least_s;
	row->late_most_s = judged.most_s;
}

bool
rp_when_is_date(struct rp_when w)
{
	return rp_instant_cmp(w.from, rp_instant_midnight(w.from)) == 0 &&
	    rp_span_s(rp_instant_between(w.from, w.until)) == DAY_S;
}

static double
days(int64_t s)
{
	return (double)s / (double)DAY_S;
}

void
rp_say_late(struct rp_sentence *s, const struct rp_said_row *row)
{
	char due[RP_INSTANT_TEXT];
	bool on_date = rp_when_is_date(row->due);

	(void)rp_when_format(row->due, due);
	if (row->has_done && on_date && rp_when_is_date(row->done)) {
		int64_t n = rp_span_s(rp_instant_between(row->due.from,
		    row->done.from)) / DAY_S;

		rp_say(s, "%" PRId64 " day%s by the calendar after %s, %.1f "
		    "to %.1f d after the end of that day", n,
		    n == 1 ? "" : "s", due, days(row->late_least_s),
		    days(row->late_most_s));
		return;
	}
	if (row->late_most_s - row->late_least_s < DAY_S / 20)
		rp_say(s, "%.1f d after ", days(row->late_least_s));
	else
		rp_say(s, "%.1f to %.1f d after ", days(row->late_least_s),
		    days(row->late_most_s));
	rp_say(s, "%s%s", rp_when_is_exact(row->due) ? "" : "the end of ",
	    due);
}

/* Done, in whatever relation to its date. */
static void
say_done(struct rp_sentence *s, const struct rp_said_row *row)
{
	char done[RP_INSTANT_TEXT], due[RP_INSTANT_TEXT];

	rp_say(s, "Done %s", rp_when_format(row->done, done));
	if (!row->has_due) {
		rp_say(s, ".");
	} else if (row->has_late) {
		rp_say(s, ", ");
		rp_say_late(s, row);
		rp_say(s, ".");
	} else if (rp_instant_cmp(rp_when_last(row->done),
	    rp_when_last(row->due)) <= 0) {
		rp_say(s, ", in time for %s.", rp_when_format(row->due,
		    due));
	} else {
		rp_say(s, "; whether that is in time for %s cannot be told "
		    "from so coarse a time: a closer one is needed.",
		    rp_when_format(row->due, due));
	}
}

void
rp_say_outcome(struct rp_sentence *s, const struct rp_said_row *row,
    const struct rp_outcome *o)
{
	char due[RP_INSTANT_TEXT];

	(void)rp_when_format(row->due, due);
	if (o->done)
		say_done(s, row);
	else if (row->verdict == RP_SAID_OVERDUE)
		rp_say(s, "Nothing on record shows it as done, %.1f d after "
		    "%s%s.", days(row->late_least_s),
		    rp_when_is_exact(row->due) ? "" : "the end of ", due);
	else if (row->verdict == RP_SAID_OPEN)
		rp_say(s, "Not yet due.");
	else
		rp_say(s, "Whether it was done by %s cannot be told: an "
		    "observation after that date is needed.", due);
	if (o->how.len > 0)
		rp_say(s, " %s", o->how.text);
}

/* ---- versions of a promise ---------------------------------------------- */

static bool
same_text(const char *a, const char *b)
{
	return a != NULL && b != NULL && strcmp(a, b) == 0;
}

/*
 * Whether two promises are versions of one.  Of the next post there is always
 * another promise, and of other things only the same words tell.
 */
static bool
same_promise(const struct rp_claim *a, const struct rp_claim *b)
{
	if (a->about != b->about || a->duty != b->duty ||
	    a->population != b->population || a->has_share != b->has_share ||
	    a->has_certificates != b->has_certificates ||
	    a->about == RP_ABOUT_NEXT_UPDATE)
		return false;
	if (a->has_share && rp_share_ppb(a->share) != rp_share_ppb(b->share))
		return false;
	if (a->has_certificates && rp_count_n(a->certificates) !=
	    rp_count_n(b->certificates))
		return false;
	return a->about != RP_ABOUT_OTHER ||
	    same_text(a->promise, b->promise);
}

static bool
is_version_of(const struct rp_ledger *l, size_t later, size_t i)
{
	const struct rp_claim *a = &l->cs->claim[i];
	const struct rp_claim *b = &l->cs->claim[later];

	if (later == i || b->promise == NULL || !b->has_by)
		return false;
	if (b->changes == (int)i)
		return true;
	return same_promise(a, b) && rp_when_after(b->said, a->said) &&
	    rp_instant_cmp(rp_when_last(a->by), rp_when_last(b->by)) != 0;
}

/* The next version of promise i; NULL: it stood to the end. */
static const struct rp_claim *
next_version(const struct rp_ledger *l, size_t i)
{
	const struct rp_claim *best = NULL;

	for (size_t j = 0; j < l->cs->n_claims; j++) {
		const struct rp_claim *c = &l->cs->claim[j];

		if (!is_version_of(l, j, i))
			continue;
		if (c->changes == (int)i)
			return c;
		if (best == NULL || rp_when_after(best->said, c->said))
			best = c;
	}
	return best;
}

static void
say_version(struct rp_sentence *s, const struct rp_claim *next,
    const char *how)
{
	char said[RP_INSTANT_TEXT], by[RP_INSTANT_TEXT];

	rp_say(s, " A new date, %s, was given %s%s%s%s, %s.", rp_when_format(
	    next->by, by), rp_when_format(next->said, said),
	    next->origin.source != NULL ? " (" : "",
	    next->origin.source != NULL ? next->origin.source : "",
	    next->origin.source != NULL ? ")" : "", how);
}

/*
 * An improvement is no fault.  A new date for one that has passed does not
 * undo the miss, however openly it is said; and what had been done by then
 * was kept, and no later word can change it.
 */
static void
judge_version(const struct rp_claim *c, const struct rp_claim *next, bool own,
    struct rp_said_row *row, struct rp_sentence *s)
{
	bool earlier = rp_instant_cmp(rp_when_last(next->by),
	    rp_when_last(c->by)) < 0;
	bool too_late = rp_instant_cmp(next->said.from,
	    rp_when_last(c->by)) > 0;
	bool was_done = row->has_done && rp_instant_cmp(
	    rp_when_last(row->done), next->said.from) <= 0;
	char by[RP_INSTANT_TEXT];

	if (too_late || was_done) {
		say_version(s, next, was_done ? "when it had been done" :
		    "when this one had already passed");
		return;
	}
	rp_said_decide(row, own || earlier ? RP_SAID_CHANGED :
	    RP_SAID_SILENTLY_CHANGED);
	if (earlier && !own)
		rp_say(s, " An earlier date, %s, was given before it was "
		    "due.", rp_when_format(next->by, by));
	else
		say_version(s, next, own ? "openly" :
		    "and nothing said that it replaces this one");
}

/* ---- rows --------------------------------------------------------------- */

static void
judge_withdrawal(const struct rp_claim *c, struct rp_said_row *row,
    struct rp_sentence *s)
{
	char at[RP_INSTANT_TEXT];
	bool too_late = c->has_by && rp_instant_cmp(c->withdrawn.from,
	    rp_when_last(c->by)) > 0;

	if (!too_late) {
		rp_said_decide(row, RP_SAID_WITHDRAWN);
		row->has_late = false;
		row->late_least_s = row->late_most_s = 0;
	}
	rp_say(s, " Taken back %s%s.", rp_when_format(c->withdrawn, at),
	    too_late ? ", when it had already been due" : "");
}

/* A promise without a date binds nobody to a day. */
static void
judge_undated(const struct rp_outcome *o, struct rp_said_row *row,
    struct rp_sentence *s)
{
	char done[RP_INSTANT_TEXT];

	rp_said_decide(row, RP_SAID_UNDECIDED);
	row->has_done = o->done;
	row->done = o->at;
	rp_say(s, "No date was given to hold it against.");
	if (o->done)
		rp_say(s, " Done %s.", rp_when_format(o->at, done));
	if (o->how.len > 0)
		rp_say(s, " %s", o->how.text);
}

static rp_status
add_promise(struct rp_ledger *l, size_t i, struct rp_outcome *o,
    struct rp_sentence *s)
{
	const struct rp_claim *c = &l->cs->claim[i], *next;
	struct rp_said_row row = {
		.kind = c->about == RP_ABOUT_NEXT_UPDATE ?
		    RP_SAID_NEXT_UPDATE : RP_SAID_PROMISE,
		.id = c->mark.id, .has_said = true, .said = c->said,
		.source = c->origin.source, .what = c->promise,
		.has_due = c->has_by, .due = c->by, .line = c->origin.line,
	};

	rp_outcome_of_claim(l, c, o);
	if (c->has_by) {
		l->judged[i] = rp_said_judge(o, c->by, l->now);
		rp_said_set(&row, o, l->judged[i]);
		rp_say_outcome(s, &row, o);
		next = next_version(l, i);
		if (next != NULL)
			judge_version(c, next, next->changes == (int)i, &row,
			    s);
	} else {
		judge_undated(o, &row, s);
	}
	if (c->has_withdrawn)
		judge_withdrawal(c, &row, s);
	if (c->evidence != NULL && o->done)
		rp_say(s, " Evidence: %.200s.", c->evidence);
	rp_say_note(s, c->note);
	return rp_said_add(l, &row, s);
}

rp_status
rp_said_promises(struct rp_ledger *l)
{
	rp_status rc = RP_OK;

	for (size_t i = 0; i < l->cs->n_claims && rc == RP_OK; i++) {
		struct rp_outcome o = { .done = false };
		struct rp_sentence s = { .len = 0 };

		if (l->cs->claim[i].promise != NULL)
			rc = add_promise(l, i, &o, &s);
	}
	return rc;
}
