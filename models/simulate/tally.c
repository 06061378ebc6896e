/*
 * simulate/tally.c - revocation of one part of a population, in one trial.
 */
#include "simulate/tally.h"

static int64_t
earlier(int64_t a, int64_t b)
{
	return a < b ? a : b;
}

/* ---- replaced, run out -------------------------------------------------- */

/*
 * Which of those that are left n events fall on; the caller has all of them
 * but `plain` of class 0 in *rest.
 */
static uint32_t
share_of(struct rp_tally *t, uint32_t here, uint32_t *rest, uint32_t *n)
{
	uint32_t x;

	if (here == 0 || *n == 0)
		return 0;
	*rest -= here;
	x = rp_draw_hypergeometric(&t->stream, here, *rest, *n);
	*n -= x;
	return x;
}

static uint32_t
unreplaced(const struct rp_tally *t)
{
	uint32_t n = t->harmed_now;

	for (size_t k = 0; k < t->n_classes; k++)
		n += t->of[k].plain;
	return n;
}

static void
add_pending(struct rp_tally *t, size_t class, uint32_t n, enum rp_how how,
    enum rp_entry phase, size_t i)
{
	t->of[class].plain -= n;
	t->of[class].pending += n;
	if (t->has_fates)
		rp_fates_add(t, class, n, how, phase, i);
	else if (class == 0 && phase == RP_ENTRY_POINT)
		t->fresh += n;
}

static void
replace(struct rp_tally *t, uint32_t n, enum rp_how how, enum rp_entry phase,
    size_t i)
{
	uint32_t rest;

	if (n == 0)
		return;
	rest = unreplaced(t);
	t->replaced += n;
	/* Harmed ones are as quick as the others: nothing tells them apart. */
	t->harmed_now -= share_of(t, t->harmed_now, &rest, &n);
	for (size_t k = t->n_classes - 1; k > 0; k--)
		add_pending(t, k, share_of(t, t->of[k].plain, &rest, &n),
		    how, phase, i);
	add_pending(t, 0, n, how, phase, i);
}

static void
expire(struct rp_tally *t, uint32_t n, size_t c)
{
	t->expired += n;
	/* Never where there is no deadline. */
	if (c >= t->part->deadline_point)
		t->late += n;
}

/* n of those not replaced run out in cell c. */
static void
run_out(struct rp_tally *t, uint32_t n, size_t c)
{
	uint32_t rest, x;

	if (n == 0)
		return;
	rest = unreplaced(t);
	t->harmed_now -= share_of(t, t->harmed_now, &rest, &n);
	expire(t, n, c);
	for (size_t k = t->n_classes - 1; k > 0; k--) {
		x = share_of(t, t->of[k].plain, &rest, &n);
		t->of[k].plain -= x;
	}
	t->of[0].plain -= n;
}

/* Of the replaced ones those that run out without a fate of their own. */
static uint32_t
lapse_alike(struct rp_tally *t, uint32_t n, size_t c)
{
	const double *alive = t->f->alive;

	if (alive == NULL || n == 0 || alive[c] <= 0.0)
		return 0;
	return rp_draw_binomial(&t->stream, n, 1.0 - alive[c + 1] / alive[c]);
}

static void
lapse_pending(struct rp_tally *t, size_t c)
{
	for (size_t k = 0; k < t->n_classes; k++) {
		uint32_t n = t->has_fates ? rp_fates_run_out(t, k, c) :
		    lapse_alike(t, t->of[k].pending, c);

		t->of[k].pending -= n;
		expire(t, n, c);
	}
}

/* ---- revoked ------------------------------------------------------------ */

static void
revoke(struct rp_tally *t, uint32_t pending, uint32_t plain)
{
	t->of[0].pending -= pending;
	t->of[0].plain -= plain;
	t->revoked += pending + plain;
	t->harmed += plain;
	t->harmed_now += plain;
}

static void
revoke_all(struct rp_tally *t, size_t i)
{
	uint32_t n = t->of[0].pending + t->of[0].plain;

	if (n == 0)
		return;
	revoke(t, t->of[0].pending, t->of[0].plain);
	t->stroke += n;
	t->last_gone = t->m->grid.t[i];
	if (t->has_fates)
		rp_fates_clear(t, 0);
}

/* n whose delay is over by point i. */
static void
revoke_due(struct rp_tally *t, size_t i, uint32_t n)
{
	if (t->delay_s < 0.0 || n == 0)
		return;
	revoke(t, n, 0);
	/* The last one falls due a delay after the last replacement. */
	t->last_gone = earlier(t->m->grid.t[i],
	    t->last_move + (int64_t)t->delay_s);
}

/* Over the cell that ends at point i. */
static void
revoke_due_before(struct rp_tally *t, size_t i)
{
	uint32_t n = t->of[0].pending;

	if (t->has_fates) {
		n = t->of[0].fates.due_in[i];
		t->of[0].fates.due_in[i] = 0;
	}
	revoke_due(t, i, n);
}

/* At point i itself. */
static void
revoke_due_at(struct rp_tally *t, size_t i)
{
	uint32_t n = t->has_fates ? t->of[0].fates.due_at[i] : t->fresh;

	if (t->delay_s >= 0.0)
		t->stroke += n;
	revoke_due(t, i, n);
	if (t->has_fates)
		t->of[0].fates.due_at[i] = 0;
	t->fresh = 0;
}

void
rp_tally_batch(struct rp_tally *t, size_t c, uint32_t pending, uint32_t plain)
{
	if (pending + plain == 0)
		return;
	if (t->has_fates)
		rp_fates_take(t, c + 1, pending, 0);
	revoke(t, pending, plain);
	t->last_gone = t->m->grid.t[c + 1] - 1;
}

/* ---- holds -------------------------------------------------------------- */

void
rp_tally_hold(struct rp_tally *t, size_t i, size_t class, uint32_t plain,
    uint32_t pending)
{
	if (t->has_fates)
		rp_fates_take(t, i, pending, class);
	/* All others whose delay was over have been revoked before. */
	else if (t->delay_s >= 0.0)
		t->fresh -= pending;
	t->of[0].plain -= plain;
	t->of[0].pending -= pending;
	t->of[class].plain += plain;
	t->of[class].pending += pending;
}

void
rp_tally_release(struct rp_tally *t, size_t i, size_t class)
{
	struct rp_class *c = &t->of[class];
	uint32_t gone = t->revoked;

	if (c->plain + c->pending == 0)
		return;
	t->of[0].plain += c->plain;
	t->of[0].pending += c->pending;
	t->fresh += c->pending;
	if (t->has_fates)
		rp_fates_merge(t, i, class);
	c->plain = c->pending = 0;
	if (i >= t->cut)
		revoke_all(t, i);
	else
		revoke_due_at(t, i);
	if (t->revoked != gone)
		t->last_gone = t->m->grid.t[i];
	if (t->has_fates)
		rp_fates_clear(t, class);
}

/* ---- a step of time ----------------------------------------------------- */

static void
reissue(struct rp_tally *t, const uint32_t *n, size_t i, int64_t at)
{
	if (n == NULL || n[i] == 0)
		return;
	t->reissued += n[i];
	t->last_issue = at;
}

/* Those who renewed on their own schedule at point i, or over cell i; how
 * many they are. */
static uint32_t
renew_own(struct rp_tally *t, enum rp_entry phase, size_t i)
{
	uint32_t all = 0;

	for (size_t k = 0; k < t->f->n_own; k++) {
		const struct rp_own *own = &t->f->own[k];
		uint32_t n = phase == RP_ENTRY_POINT ?
		    own->state->at_point[i] : own->state->in_cell[i];

		t->own = own->hop;
		replace(t, n, RP_ON_ITS_OWN, phase, i);
		all += n;
	}
	return all;
}

void
rp_tally_arrive(struct rp_tally *t, size_t i)
{
	uint32_t n = t->f->at_point[i];

	revoke_due_before(t, i);
	reissue(t, t->f->reissued_at, i, t->m->grid.t[i]);
	if (n == 0)
		return;
	if (i == t->part->aware && t->f->renewed_before > 0) {
		n -= t->f->renewed_before;
		replace(t, t->f->renewed_before, RP_RENEWED_BEFORE,
		    RP_ENTRY_POINT, i);
	}
	n -= renew_own(t, RP_ENTRY_POINT, i);
	replace(t, n, RP_BY_PATH, RP_ENTRY_POINT, i);
	t->last_move = t->m->grid.t[i];
}

void
rp_tally_depart(struct rp_tally *t, size_t i)
{
	revoke_due_at(t, i);
	if (i >= t->cut)
		revoke_all(t, i);
}

void
rp_tally_cell(struct rp_tally *t, size_t c)
{
	uint32_t expired = t->expired, renewed, own;
	int64_t last = t->m->grid.t[c + 1] - 1;

	reissue(t, t->f->reissued_in, c, last);
	if (t->f->in_cell[c] > 0 || t->f->lapsed[c] > 0)
		t->last_move = last;
	if (t->f->lost != NULL && t->f->lapsed[c] > t->f->lost[c])
		t->last_issue = last;
	t->lost += t->f->lost != NULL ? t->f->lost[c] : 0;
	renewed = t->f->renewed != NULL ? t->f->renewed[c] : 0;
	own = renew_own(t, RP_ENTRY_CELL, c);
	replace(t, t->f->in_cell[c] - renewed - own, RP_BY_PATH,
	    RP_ENTRY_CELL, c);
	replace(t, renewed, RP_RENEWED, RP_ENTRY_CELL, c);
	run_out(t, t->f->lapsed[c], c);
	lapse_pending(t, c);
	if (t->expired == expired)
		return;
	t->last_gone = last;
	/* One date for all: it is at the end of its day's cell. */
	if (t->f->alive != NULL && t->f->alive[c] >= 1.0 &&
	    t->f->alive[c + 1] <= 0.0)
		t->stroke += t->expired - expired;
}
