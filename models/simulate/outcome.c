/*
 * simulate/outcome.c - revocation, expiry and who is harmed.
 */
#include "simulate/outcome.h"

#include <math.h>

#include "base/mem.h"

#define LANE_REVOCATION 3

/* One part under way. */
struct tally {
	const struct rp_model *m;
	const struct rp_flow *f;
	uint32_t plain;		/* neither replaced nor revoked, valid */
	uint32_t harmed_now;	/* revoked, not yet replaced */
	uint32_t pending;	/* replaced, not yet revoked, valid */
	uint32_t replaced, revoked, expired, harmed;
	uint32_t due;		/* replaced long enough ago, so far */
	uint32_t *replaced_at;	/* [n] the curve made so far */
	double delay_s;		/* after a replacement; < 0: not this way */
	double batch_rate, batch_unit, batch_credit;
	int64_t batch_from;
	size_t cut;
	int64_t last_move;	/* replaced or run out unreplaced */
	int64_t last_gone;
	uint32_t stroke;	/* gone at a point, not over the cell before */
	struct rp_stream stream;
};

/* A part of n that falls on a of (a + b), rounded to the nearest. */
static uint32_t
portion(uint32_t n, uint32_t a, uint32_t b)
{
	uint64_t all = (uint64_t)a + b;

	if (n == 0 || a == 0)
		return 0;
	return (uint32_t)(((uint64_t)n * a + all / 2) / all);
}

static void
replace(struct tally *t, uint32_t n)
{
	/* Harmed ones are as quick as the others: nothing tells them apart. */
	uint32_t late = portion(n, t->harmed_now, t->plain);

	t->replaced += n;
	t->harmed_now -= late;
	t->plain -= n - late;
	t->pending += n - late;
}

static void
run_out(struct tally *t, uint32_t n)
{
	uint32_t revoked_before = portion(n, t->harmed_now, t->plain);

	t->harmed_now -= revoked_before;
	t->plain -= n - revoked_before;
	t->expired += n - revoked_before;
}

/*
 * How many had been replaced by the time x, within a cell in proportion, and
 * how many of them at x itself.
 */
static uint32_t
replaced_by(const struct tally *t, double x, size_t i, uint32_t *just_then)
{
	const int64_t *at = t->m->grid.t;
	size_t c;

	*just_then = 0;
	if (x < (double)at[0])
		return 0;
	/* The delay is short: look back from here. */
	for (c = i; (double)at[c] > x; c--)
		;
	if ((double)at[c] >= x)
		*just_then = t->f->at_point[c];
	if (c == i)
		return t->replaced_at[i];
	return t->replaced_at[c] + (uint32_t)((double)t->f->in_cell[c] *
	    (x - (double)at[c]) / (double)(at[c + 1] - at[c]));
}

/*
 * Revoke those whose delay is over at point i.  Of them the ones that ran out
 * in the meantime have nothing left to revoke.
 */
static void
revoke_due(struct tally *t, size_t i)
{
	double x = (double)t->m->grid.t[i] - t->delay_s;
	uint32_t due, n, survive, just_then;

	if (t->delay_s < 0.0 || t->pending == 0)
		return;
	due = replaced_by(t, x, i, &just_then);
	n = due > t->due ? due - t->due : 0;
	if (n > t->pending)
		n = t->pending;
	t->due = due > t->due ? due : t->due;
	survive = n;
	if (t->f->alive != NULL && t->delay_s > 0.0 && n > 0) {
		size_t c = i;

		while (c > 0 && (double)t->m->grid.t[c] > x)
			c--;
		survive = t->f->alive[c] > 0.0 ? rp_draw_binomial(&t->stream,
		    n, t->f->alive[i] / t->f->alive[c]) : 0;
	}
	t->pending -= n;
	t->revoked += survive;
	t->expired += n - survive;
	t->stroke += just_then < survive ? just_then : survive;
}

static void
revoke_all(struct tally *t)
{
	t->revoked += t->pending + t->plain;
	t->stroke += t->pending + t->plain;
	t->harmed += t->plain;
	t->harmed_now += t->plain;
	t->pending = 0;
	t->plain = 0;
}

/* Over cell c in batches, those that are replaced first. */
static void
revoke_batch(struct tally *t, size_t c)
{
	int64_t from = t->m->grid.t[c], until = t->m->grid.t[c + 1];
	uint32_t n, first;

	if (!(t->batch_rate > 0.0) || until <= t->batch_from ||
	    t->pending + t->plain == 0)
		return;
	if (from < t->batch_from)
		from = t->batch_from;
	t->batch_credit += t->batch_rate * (double)(until - from);
	n = (uint32_t)fmin(floor(t->batch_credit / t->batch_unit),
	    (double)t->pending + t->plain);
	t->batch_credit -= (double)n * t->batch_unit;
	first = n < t->pending ? n : t->pending;
	t->pending -= first;
	t->plain -= n - first;
	t->harmed += n - first;
	t->harmed_now += n - first;
	t->revoked += n;
}

/* Replaced ones that wait for their revocation run out as well. */
static void
lapse_pending(struct tally *t, size_t c)
{
	uint32_t n;

	if (t->f->alive == NULL || t->delay_s >= 0.0 || t->pending == 0 ||
	    t->f->alive[c] <= 0.0)
		return;
	n = rp_draw_binomial(&t->stream, t->pending,
	    1.0 - t->f->alive[c + 1] / t->f->alive[c]);
	t->pending -= n;
	t->expired += n;
}

static int64_t
earlier(int64_t a, int64_t b)
{
	return a < b ? a : b;
}

static void
step_point(struct tally *t, size_t i)
{
	uint32_t gone = t->revoked + t->expired;

	if (t->f->at_point[i] > 0) {
		replace(t, t->f->at_point[i]);
		t->last_move = t->m->grid.t[i];
	}
	t->replaced_at[i] = t->replaced;
	revoke_due(t, i);
	/* The last one falls due a delay after the last replacement. */
	if (t->revoked + t->expired != gone)
		t->last_gone = earlier(t->m->grid.t[i],
		    t->last_move + (int64_t)t->delay_s);
	gone = t->revoked + t->expired;
	if (i == t->cut) {
		revoke_all(t);
		t->delay_s = t->batch_rate = -1.0;
	}
	if (t->revoked + t->expired != gone)
		t->last_gone = t->m->grid.t[i];
}

static void
step_cell(struct tally *t, size_t c)
{
	uint32_t gone = t->revoked + t->expired, expired = t->expired;
	int64_t last = t->m->grid.t[c + 1] - 1;

	if (t->f->in_cell[c] > 0 || t->f->lapsed[c] > 0)
		t->last_move = last;
	replace(t, t->f->in_cell[c]);
	run_out(t, t->f->lapsed[c]);
	revoke_batch(t, c);
	lapse_pending(t, c);
	/* One date for all: it is at the end of its day's cell. */
	if (t->f->alive != NULL && t->f->alive[c] >= 1.0 &&
	    t->f->alive[c + 1] <= 0.0)
		t->stroke += t->expired - expired;
	if (t->revoked + t->expired != gone)
		t->last_gone = last;
}

static bool
is_over(const struct tally *t)
{
	return t->plain == 0 && t->pending == 0 && t->harmed_now == 0;
}

/* ---- the way of revoking ------------------------------------------------ */

static rp_status
set_revocation(struct tally *t, const struct rp_engine *e, size_t p,
    struct rp_err *err)
{
	const struct rp_revocation *r = &t->m->cs->revocation;
	/* One delay and one rate for the whole case: the key of the case. */
	struct rp_draws d = rp_draws_of(t->m, t->m->key, e->trial);

	rp_stream_init(&t->stream, e->m->part[p].key, e->trial,
	    LANE_REVOCATION + e->m->part[p].lane);
	t->delay_s = -1.0;
	if (r->kind == RP_REVOKE_AFTER_REPLACED) {
		t->delay_s = rp_quantity_draw(&r->delay, &d);
		if (!(t->delay_s >= 0.0))
			return rp_fail_at(err, RP_ERANGE, r->origin.line,
			    r->origin.col, "the delay of revocation is below "
			    "0 in a trial");
	}
	if (r->kind != RP_REVOKE_IN_BATCHES)
		return RP_OK;
	t->batch_rate = rp_quantity_draw(&r->batches.amount, &d) *
	    (double)t->m->part[p].certificates /
	    (double)rp_count_n(t->m->cs->total);
	t->batch_unit = r->batches.per == RP_PER_HOUR ? 3600.0 : 86400.0;
	t->batch_from = rp_instant_s(r->at.from);
	return t->batch_rate >= 0.0 ? RP_OK : rp_fail_at(err, RP_ERANGE,
	    r->origin.line, r->origin.col,
	    "the size of a batch is below 0 in a trial");
}

static void
write_point(struct rp_outcome *o, const struct tally *t, size_t at)
{
	uint32_t base = t->plain + t->pending + t->revoked + t->expired;

	o->state[RP_STATE_REPLACED][at] = t->replaced;
	o->state[RP_STATE_REVOKED][at] = t->revoked;
	o->state[RP_STATE_EXPIRED][at] = t->expired;
	o->state[RP_STATE_OUTSTANDING][at] = base - t->revoked - t->expired;
	o->state[RP_STATE_HARMED][at] = t->harmed;
}

/* Certificate-seconds of the cell that ends at point i. */
static double
late_over(const struct tally *t, const uint32_t *outstanding, size_t i)
{
	const int64_t *at = t->m->grid.t;

	return 0.5 * ((double)outstanding[i - 1] + (double)outstanding[i] +
	    (double)t->stroke) * (double)(at[i] - at[i - 1]);
}

/* One part through the whole grid. */
static void
run_through(struct rp_outcome *o, struct tally *t, size_t p)
{
	size_t n = o->m->grid.n, deadline = o->m->part[p].deadline_point;
	const uint32_t *left = &o->state[RP_STATE_OUTSTANDING][p * n];

	o->late_s[p] = 0.0;

	for (size_t i = 0; i < n; i++) {
		/* Where nothing is left, nothing changes. */
		if (!is_over(t))
			step_point(t, i);
		write_point(o, t, p * n + i);
		if (i > deadline)	/* never where there is none */
			o->late_s[p] += late_over(t, left, i);
		t->stroke = 0;
		if (i + 1 < n && !is_over(t))
			step_cell(t, i);
	}
	o->complete[RP_METRIC_REPLACED][p] =
	    t->plain + t->harmed_now > 0 ? INT64_MAX : t->last_move;
	o->complete[RP_METRIC_GONE][p] =
	    t->plain + t->pending > 0 ? INT64_MAX : t->last_gone;
}

rp_status
rp_outcome_take(struct rp_outcome *o, const struct rp_engine *e,
    struct rp_err *err)
{
	for (size_t p = 0; p < o->m->n_parts; p++) {
		struct tally t = { .m = o->m, .f = &e->flow[p],
		    .plain = e->flow[p].certificates,
		    .cut = o->cut[p],
		    .replaced_at = &o->state[RP_STATE_REPLACED][p *
		    o->m->grid.n] };
		rp_status rc = set_revocation(&t, e, p, err);

		if (rc != RP_OK)
			return rc;
		run_through(o, &t, p);
	}
	return RP_OK;
}

/* ---- once for a case ---------------------------------------------------- */

static void
cut_at(struct rp_outcome *o, size_t p, struct rp_instant at)
{
	size_t i;

	if (rp_grid_point(&o->m->grid, rp_instant_s(at), &i) &&
	    i < o->cut[p])
		o->cut[p] = i;
}

static void
find_cuts(struct rp_outcome *o, size_t p)
{
	const struct rp_case *cs = o->m->cs;

	o->cut[p] = SIZE_MAX;
	for (size_t i = 0; i < cs->n_events; i++) {
		const struct rp_event *e = &cs->event[i];

		if (e->kind == RP_EVENT_CUTOFF &&
		    (e->population < 0 ||
		    (size_t)e->population == o->m->part[p].of))
			cut_at(o, p, e->on.from);
	}
	if (cs->revocation.kind == RP_REVOKE_AT_INSTANT)
		cut_at(o, p, cs->revocation.at.from);
	if (cs->revocation.kind == RP_REVOKE_AT_DEADLINE &&
	    o->m->has_deadline)
		cut_at(o, p, rp_instant_of_s(o->m->part[p].deadline));
}

rp_status
rp_outcome_init(struct rp_outcome *o, const struct rp_model *m,
    struct rp_err *err)
{
	static const enum rp_metric metric[] = { RP_METRIC_REPLACED,
	    RP_METRIC_GONE };
	bool ok = true;

	*o = (struct rp_outcome){ .m = m };
	for (size_t s = 0; s < RP_STATES; s++) {
		o->state[s] = rp_alloc_zeroed(m->n_parts * m->grid.n,
		    sizeof(*o->state[s]));
		ok = ok && o->state[s] != NULL;
	}
	for (size_t i = 0; i < 2; i++) {
		o->complete[metric[i]] = rp_alloc_zeroed(m->n_parts,
		    sizeof(int64_t));
		ok = ok && o->complete[metric[i]] != NULL;
	}
	o->late_s = rp_alloc_zeroed(m->n_parts, sizeof(*o->late_s));
	o->cut = rp_alloc_zeroed(m->n_parts, sizeof(*o->cut));
	if (!ok || o->late_s == NULL || o->cut == NULL) {
		rp_outcome_release(o);
		return rp_fail(err, RP_ENOMEM, "no memory for the outcome");
	}
	for (size_t p = 0; p < m->n_parts; p++)
		find_cuts(o, p);
	return RP_OK;
}

void
rp_outcome_release(struct rp_outcome *o)
{
	for (size_t s = 0; s < RP_STATES; s++)
		rp_release_mem(o->state[s]);
	for (size_t i = 0; i < RP_METRICS; i++)
		rp_release_mem(o->complete[i]);
	rp_release_mem(o->late_s);
	rp_release_mem(o->cut);
	*o = (struct rp_outcome){ 0 };
}
