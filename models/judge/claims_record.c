/*
 * judge/claims_record.c - commitments, agreed dates of the next post, and
 * what others asked for.
 */
#include "judge/claims.h"

/* ---- commitments -------------------------------------------------------- */

static rp_status
add_commitment(struct rp_ledger *l, const struct rp_commitment *c)
{
	struct rp_said_row row = {
		.kind = RP_SAID_COMMITMENT, .id = c->mark.id,
		.has_said = c->has_said, .said = c->said,
		.source = c->origin.source, .what = c->what,
		.has_due = true, .due = c->due, .line = c->origin.line,
	};
	struct rp_outcome o = { .done = c->has_done, .at = c->done,
	    .open = l->now };
	struct rp_sentence s = { .len = 0 };

	rp_said_set(&row, &o, rp_said_judge(&o, c->due, l->now));
	rp_say_outcome(&s, &row, &o);
	if (c->evidence != NULL)
		rp_say(&s, c->has_done ? " Evidence: %.200s." :
		    " Evidence is to be: %.200s.", c->evidence);
	else if (c->has_done)
		rp_say(&s, " No evidence is on record.");
	return rp_said_add(l, &row, &s);
}

rp_status
rp_said_commitments(struct rp_ledger *l)
{
	rp_status rc = RP_OK;

	/* What has no date is a rule of the case, and judged with the rules. */
	for (size_t i = 0; i < l->cs->n_commitments && rc == RP_OK; i++)
		if (l->cs->commitment[i].has_due)
			rc = add_commitment(l, &l->cs->commitment[i]);
	return rc;
}

/* ---- dates of the next post --------------------------------------------- */

static const struct rp_fact *
closed_by(const struct rp_ledger *l, struct rp_instant end)
{
	return l->closed != NULL && rp_instant_cmp(rp_when_last(
	    l->closed->at), end) <= 0 ? l->closed : NULL;
}

/* The first fact that did not begin before a moment. */
static size_t
first_fact(const struct rp_ledger *l, struct rp_instant from)
{
	size_t low = 0, high = l->cs->n_facts, middle;

	while (low < high) {
		middle = low + (high - low) / 2;
		if (rp_instant_cmp(l->fact[middle]->at.from, from) < 0)
			low = middle + 1;
		else
			high = middle;
	}
	return low;
}

/* A date that was moved before it came; NULL: it stood. */
static const struct rp_fact *
moved_to(const struct rp_ledger *l, const struct rp_fact *f,
    const struct rp_outcome *o)
{
	for (size_t i = first_fact(l, f->at.from); i < l->cs->n_facts; i++) {
		const struct rp_fact *g = l->fact[i];

		if (rp_instant_cmp(g->at.from, rp_when_last(f->due)) > 0 ||
		    (o->done && rp_instant_cmp(g->at.from, o->at.from) > 0))
			break;
		if (g->kind == RP_FACT_NEXT_UPDATE &&
		    rp_when_after(g->at, f->at) &&
		    (!o->done || rp_when_after(o->at, g->at)))
			return g;
	}
	return NULL;
}

static rp_status
add_next_update(struct rp_ledger *l, const struct rp_fact *f)
{
	struct rp_said_row row = {
		.kind = RP_SAID_NEXT_UPDATE, .id = f->mark.id,
		.has_said = true, .said = f->at, .source = f->origin.source,
		.what = "next update, as agreed with the root program",
		.has_due = true, .due = f->due, .line = f->origin.line,
	};
	struct rp_outcome o = { .done = false };
	struct rp_sentence s = { .len = 0 };
	const struct rp_fact *closed = NULL, *moved;
	char at[RP_INSTANT_TEXT];

	rp_outcome_of_post(l, f->at, &o);
	rp_said_set(&row, &o, rp_said_judge(&o, f->due, l->now));
	if (!o.done)
		closed = closed_by(l, rp_when_last(f->due));
	moved = moved_to(l, f, &o);
	if (closed != NULL) {
		rp_said_decide(&row, RP_SAID_KEPT);
		row.has_late = false;
		rp_say(&s, "No post was needed: the report was closed %s.",
		    rp_when_format(closed->at, at));
	} else if (moved != NULL) {
		rp_said_decide(&row, RP_SAID_CHANGED);
		row.has_late = false;
		rp_say(&s, "The date was moved to %s before it came.",
		    rp_when_format(moved->due, at));
	} else {
		rp_say_outcome(&s, &row, &o);
	}
	if (!row.has_late)
		row.late_least_s = row.late_most_s = 0;
	rp_say_note(&s, f->note);
	return rp_said_add(l, &row, &s);
}

rp_status
rp_said_next_updates(struct rp_ledger *l)
{
	rp_status rc = RP_OK;

	for (size_t i = 0; i < l->cs->n_facts && rc == RP_OK; i++)
		if (l->fact[i]->kind == RP_FACT_NEXT_UPDATE)
			rc = add_next_update(l, l->fact[i]);
	return rc;
}

/* ---- what others asked for ---------------------------------------------- */

rp_status
rp_said_requests(struct rp_ledger *l)
{
	rp_status rc = RP_OK;

	for (size_t i = 0; i < l->cs->n_requests && rc == RP_OK; i++) {
		const struct rp_request *r = &l->cs->request[i];
		struct rp_said_row row = {
			.kind = RP_SAID_REQUEST, .id = r->mark.id,
			.has_said = true, .said = r->asked,
			.source = r->origin.source,
			.what = "asked to finish", .has_due = true,
			.due = r->finish_by, .line = r->origin.line,
		};
		struct rp_outcome o = { .done = false };
		struct rp_sentence s = { .len = 0 };

		rp_outcome_of_request(l, &o);
		rp_said_set(&row, &o, rp_said_judge(&o, r->finish_by,
		    l->now));
		rp_say_outcome(&s, &row, &o);
		rc = rp_said_add(l, &row, &s);
	}
	return rc;
}
