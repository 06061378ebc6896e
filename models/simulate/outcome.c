/*
 * simulate/outcome.c - from point to point: what every part has come to.
 *
 * Parts are gone through one after the other, unless a hold or a batch chooses
 * among the certificates of all of them: then all go from point to point
 * together.
 */
#include "simulate/outcome.h"

#include <string.h>

#include "base/mem.h"
#include "simulate/ones.h"
#include "simulate/own.h"

#define LANE_REVOCATION 3

/* ---- a part, step by step ----------------------------------------------- */

static void
write_point(struct rp_outcome *o, const struct rp_tally *t, size_t at)
{
	uint32_t held = 0, free = t->of[0].plain + t->of[0].pending;

	for (size_t k = 1; k < t->n_classes; k++)
		held += t->of[k].plain + t->of[k].pending;
	o->state[RP_STATE_REPLACED][at] = t->replaced;
	o->state[RP_STATE_REVOKED][at] = t->revoked;
	o->state[RP_STATE_EXPIRED][at] = t->expired;
	o->state[RP_STATE_OUTSTANDING][at] = free + held;
	o->state[RP_STATE_HARMED][at] = t->harmed;
	if (o->state[RP_STATE_REISSUED] != NULL)
		o->state[RP_STATE_REISSUED][at] = t->reissued;
	if (o->state[RP_STATE_EXPIRED_LATE] != NULL)
		o->state[RP_STATE_EXPIRED_LATE][at] = t->late;
	if (o->state[RP_STATE_HELD] != NULL)
		o->state[RP_STATE_HELD][at] = held;
	if (o->bare != NULL)
		o->bare[at] = t->of[0].plain;
}

/* Certificate-seconds of the cell that ends at point i. */
static double
late_over(const struct rp_tally *t, const uint32_t *outstanding, size_t i)
{
	const int64_t *at = t->m->grid.t;

	return 0.5 * ((double)outstanding[i - 1] + (double)outstanding[i] +
	    (double)t->stroke) * (double)(at[i] - at[i - 1]);
}

static void
arrive(struct rp_tally *t, size_t i)
{
	/* What a discovery adds is there from then on. */
	if (i == (t->part->event < 0 ? 0 : t->part->aware))
		t->of[0].plain = t->f->certificates;
	if (rp_tally_arrives(t, i))
		rp_tally_arrive(t, i);
}

static void
depart(struct rp_outcome *o, size_t p, size_t i)
{
	struct rp_tally *t = &o->tally[p];
	size_t n = o->m->grid.n;

	if (rp_tally_departs(t, i))
		rp_tally_depart(t, i);
	write_point(o, t, p * n + i);
	if (i > t->part->deadline_point)	/* never where there is none */
		o->late_s[p] += late_over(t,
		    &o->state[RP_STATE_OUTSTANDING][p * n], i);
	o->stroke[p * n + i] = t->stroke;
	t->stroke = 0;
}

static void
cross(struct rp_tally *t, size_t c)
{
	if (c + 1 < t->m->grid.n && rp_tally_crosses(t, c))
		rp_tally_cell(t, c);
}

static void
run_alone(struct rp_outcome *o, size_t p)
{
	for (size_t i = 0; i < o->m->grid.n; i++) {
		arrive(&o->tally[p], i);
		depart(o, p, i);
		cross(&o->tally[p], i);
	}
}

static void
run_together(struct rp_outcome *o, const struct rp_engine *e)
{
	size_t parts = o->m->n_parts, next = rp_holds_next(o, 0);

	for (size_t i = 0; i < o->m->grid.n; i++) {
		for (size_t p = 0; p < parts; p++)
			arrive(&o->tally[p], i);
		if (i == next) {
			rp_holds_step(o, e, i);
			next = rp_holds_next(o, i + 1);
		}
		for (size_t p = 0; p < parts; p++)
			depart(o, p, i);
		for (size_t p = 0; p < parts; p++)
			cross(&o->tally[p], i);
		if (i + 1 < o->m->grid.n)
			rp_batches_step(o, i);
	}
}

/* Where n are left there is no last one; in no trial without any. */
static int64_t
complete_at(const struct rp_tally *t, uint32_t left, int64_t last)
{
	if (t->f->certificates == 0)
		return INT64_MIN;
	return left > 0 ? INT64_MAX : last;
}

static void
set_complete(struct rp_outcome *o, size_t p)
{
	const struct rp_tally *t = &o->tally[p];
	uint32_t unreplaced = t->harmed_now, left = 0;

	for (size_t k = 0; k < t->n_classes; k++) {
		unreplaced += t->of[k].plain;
		left += t->of[k].plain + t->of[k].pending;
	}
	o->complete[RP_METRIC_REPLACED][p] = complete_at(t, unreplaced,
	    t->last_move);
	o->complete[RP_METRIC_GONE][p] = complete_at(t, left, t->last_gone);
	/* Of those reissued some are replaced, some were lost; the others of
	 * the unreplaced are still to be reissued. */
	if (o->complete[RP_METRIC_REISSUED] != NULL)
		o->complete[RP_METRIC_REISSUED][p] = complete_at(t,
		    unreplaced + t->replaced + t->lost - t->reissued,
		    t->last_issue);
}

/* ---- the way of revoking ------------------------------------------------ */

static size_t
cutoff_point(const struct rp_outcome *o, const bool *happened, size_t p)
{
	const struct rp_model_part *part = &o->m->part[p];
	size_t cut = SIZE_MAX, known = part->event < 0 ? 0 : part->aware;

	for (size_t k = 0; k < o->n_cutoffs; k++) {
		const struct rp_cutoff *c = &o->cutoff[k];

		if ((c->population < 0 ||
		    (size_t)c->population == part->of) &&
		    c->point < cut && c->point >= known &&
		    (happened == NULL || happened[c->event]))
			cut = c->point;
	}
	return cut;
}

/* The policy's own instant; what is known only later is revoked at once. */
static size_t
policy_cut(const struct rp_outcome *o, const struct rp_model_part *part)
{
	const struct rp_revocation *r = &o->m->cs->revocation;
	size_t known = part->event < 0 ? 0 : part->aware, i;

	if (r->kind == RP_REVOKE_AT_DEADLINE)
		return part->deadline_point;
	if (r->kind != RP_REVOKE_AT_INSTANT ||
	    !rp_grid_point(&o->m->grid, rp_instant_s(r->at.from), &i))
		return SIZE_MAX;
	return i < known ? known : i;
}

size_t
rp_outcome_cut(const struct rp_outcome *o, const bool *happened, size_t p)
{
	size_t policy, cut;

	if (o->nothing_revoked)
		return SIZE_MAX;
	policy = policy_cut(o, &o->m->part[p]);
	cut = cutoff_point(o, happened, p);
	return policy < cut ? policy : cut;
}

/* One delay for the whole case; below 0 where replacing revokes nothing. */
static rp_status
draw_delay(const struct rp_outcome *o, uint64_t trial, double *delay_s,
    struct rp_err *err)
{
	const struct rp_revocation *r = &o->m->cs->revocation;
	struct rp_draws d = rp_draws_of(o->m, o->m->key, trial);

	*delay_s = -1.0;
	if (r->kind != RP_REVOKE_AFTER_REPLACED || o->nothing_revoked)
		return RP_OK;
	*delay_s = rp_quantity_draw(&r->delay, &d);
	return *delay_s >= 0.0 ? RP_OK : rp_fail_at(err, RP_ERANGE,
	    r->origin.line, r->origin.col,
	    "the delay of revocation is below 0 in a trial");
}

static bool
renews(const struct rp_model *m)
{
	for (size_t p = 0; p < m->n_populations; p++)
		if (m->part[p].p->has_renewal)
			return true;
	return rp_own_any(m);
}

/* Whether each certificate of a part has an expiry of its own. */
static bool
is_followed(const struct rp_model_part *part)
{
	return part->one_by_one && part->p->has_expiry;
}

/* What a part that is followed takes up in `order`. */
static size_t
room_of(const struct rp_model *m, const struct rp_model_part *part)
{
	return is_followed(part) ? part->certificates + 2 * m->grid.n + 1 : 0;
}

static void
set_followed(const struct rp_outcome *o, struct rp_tally *t,
    const struct rp_engine *e, size_t p)
{
	size_t at = 0;

	if (!is_followed(t->part))
		return;
	for (size_t k = 0; k < p; k++)
		at += room_of(o->m, &o->m->part[k]);
	t->followed = (struct rp_followed){ .ones = &e->ones[p],
	    .order = &o->order[at],
	    .first = &o->order[at + t->part->certificates] };
	rp_followed_sort(t);
}

/* Fates are kept where replaced ones wait each for a time of its own, or run
 * out at another than those that are not replaced. */
static void
set_fates(struct rp_outcome *o, struct rp_tally *t, size_t p)
{
	size_t n = o->m->grid.n;

	t->has_fates = o->n_fates > 0 &&
	    (t->delay_s > 0.0 || t->f->renewing != NULL ||
	    t->f->n_own > 0 || t->followed.ones != NULL);
	for (size_t k = 0; k < t->n_classes && t->has_fates; k++) {
		/* One after the other they can share the room. */
		size_t at = o->n_fates == 1 ? 0 : p * t->n_classes + k;

		uint32_t *room = &o->fates[RP_FATES_ROOM * at * n];

		t->of[k].fates = (struct rp_fates){ .lapse = room,
		    .due_at = room + n, .due_in = room + 2 * n,
		    .joins = room + 3 * n };
		rp_fates_clear(t, k);
	}
}

static void
set_tally(struct rp_outcome *o, const struct rp_engine *e, size_t p,
    double delay_s)
{
	struct rp_tally *t = &o->tally[p];
	size_t classes = o->n_holds + 1;

	*t = (struct rp_tally){ .m = o->m, .part = &o->m->part[p],
	    .f = &e->flow[p], .n_classes = classes,
	    .of = &o->class[p * classes], .delay_s = delay_s,
	    .cut = rp_outcome_cut(o, e->happened, p) };
	rp_stream_init(&t->stream, t->part->key, e->trial,
	    LANE_REVOCATION + t->part->lane);
	memset(t->of, 0, classes * sizeof(*t->of));
	for (size_t k = 1; k < classes; k++)
		t->of[k].until = o->hold[k - 1].until;
	o->late_s[p] = 0.0;
	set_followed(o, t, e, p);
	set_fates(o, t, p);
}

/* The base of all parts, as far as they exist in this trial. */
static void
set_base(struct rp_outcome *o, const struct rp_engine *e)
{
	size_t n = o->m->grid.n;

	if (o->base == NULL)
		return;
	memset(o->base, 0, n * sizeof(*o->base));
	for (size_t p = 0; p < o->m->n_parts; p++) {
		const struct rp_model_part *part = &o->m->part[p];

		for (size_t i = part->event < 0 ? 0 : part->aware; i < n; i++)
			o->base[i] += e->flow[p].certificates;
	}
}

static bool
goes_together(const struct rp_outcome *o)
{
	return o->n_holds > 0 || o->batches.from != SIZE_MAX;
}

rp_status
rp_outcome_take(struct rp_outcome *o, const struct rp_engine *e,
    struct rp_err *err)
{
	rp_status rc = rp_batches_settle(o, e->trial, err);
	double delay_s;

	if (rc == RP_OK)
		rc = draw_delay(o, e->trial, &delay_s, err);
	if (rc != RP_OK)
		return rc;
	set_base(o, e);
	for (size_t p = 0; p < o->m->n_parts; p++) {
		if (rp_plain_take(o, e, p, delay_s))
			continue;
		set_tally(o, e, p, delay_s);
		if (!goes_together(o))
			run_alone(o, p);
	}
	if (goes_together(o))
		run_together(o, e);
	for (size_t p = 0; p < o->m->n_parts; p++)
		if (!o->plain[p].is)
			set_complete(o, p);
	return RP_OK;
}

/* ---- once for a case ---------------------------------------------------- */

static const struct rp_event *
cutoff_of(const struct rp_event *e)
{
	if (e->kind == RP_EVENT_RISK)
		e = e->then;
	return e->kind == RP_EVENT_CUTOFF ? e : NULL;
}

static rp_status
find_cutoffs(struct rp_outcome *o, struct rp_err *err)
{
	const struct rp_case *cs = o->m->cs;

	o->cutoff = rp_alloc_zeroed(cs->n_events, sizeof(*o->cutoff));
	if (o->cutoff == NULL)
		return rp_fail(err, RP_ENOMEM, "no memory for the cutoffs");
	for (size_t i = 0; i < cs->n_events; i++) {
		const struct rp_event *e = cutoff_of(&cs->event[i]);
		struct rp_cutoff *c = &o->cutoff[o->n_cutoffs];

		if (e == NULL || !rp_grid_point(&o->m->grid,
		    rp_instant_s(e->on.from), &c->point))
			continue;
		c->population = e->population;
		c->event = i;
		o->n_cutoffs++;
	}
	return RP_OK;
}

static bool
has_held(const struct rp_case *cs)
{
	for (size_t i = 0; i < cs->n_events; i++) {
		const struct rp_event *e = &cs->event[i];

		if ((e->kind == RP_EVENT_RISK ? e->then->kind : e->kind) ==
		    RP_EVENT_HOLD)
			return true;
	}
	return false;
}

static bool
has_late(const struct rp_model *m)
{
	for (size_t p = 0; p < m->n_parts; p++)
		if (m->part[p].p->has_expiry &&
		    m->part[p].deadline_point != SIZE_MAX)
			return true;
	return false;
}

bool
rp_outcome_has(const struct rp_model *m, enum rp_state state)
{
	if (state == RP_STATE_REISSUED)
		return m->reissues;
	if (state == RP_STATE_EXPIRED_LATE)
		return has_late(m);
	return state != RP_STATE_HELD || has_held(m->cs);
}

static bool
make_states(struct rp_outcome *o)
{
	const struct rp_model *m = o->m;
	bool ok = true;

	for (size_t s = 0; s < RP_STATES; s++) {
		if (!rp_outcome_has(m, (enum rp_state)s))
			continue;
		o->state[s] = rp_alloc_zeroed(m->n_parts * m->grid.n,
		    sizeof(*o->state[s]));
		ok = ok && o->state[s] != NULL;
	}
	for (size_t i = 0; i < RP_METRICS; i++) {
		if (i == RP_METRIC_REVOKED ||
		    (i == RP_METRIC_REISSUED && !m->reissues))
			continue;
		o->complete[i] = rp_alloc_zeroed(m->n_parts,
		    sizeof(int64_t));
		ok = ok && o->complete[i] != NULL;
	}
	return ok;
}

static bool
make_others(struct rp_outcome *o)
{
	const struct rp_model *m = o->m;
	size_t n = m->n_parts * m->grid.n;
	bool grows = m->n_parts > m->n_populations;

	o->stroke = rp_alloc_zeroed(n, sizeof(*o->stroke));
	if (o->nothing_revoked)
		o->bare = rp_alloc_zeroed(n, sizeof(*o->bare));
	if (grows)
		o->base = rp_alloc_zeroed(m->grid.n, sizeof(*o->base));
	return o->stroke != NULL && (o->bare != NULL || !o->nothing_revoked) &&
	    (o->base != NULL || !grows);
}

static bool
make_tallies(struct rp_outcome *o)
{
	const struct rp_model *m = o->m;
	const struct rp_revocation *r = &m->cs->revocation;
	size_t classes = m->n_parts * (o->n_holds + 1);
	bool waits = r->kind == RP_REVOKE_AFTER_REPLACED &&
	    !o->nothing_revoked &&
	    (r->delay.dist != NULL || r->delay.fixed > 0.0);
	size_t room = 0;

	for (size_t p = 0; p < m->n_parts; p++)
		room += room_of(m, &m->part[p]);
	o->order = rp_alloc_zeroed(room, sizeof(*o->order));
	o->n_fates = !waits && !renews(m) && room == 0 ? 0 :
	    goes_together(o) ? classes : 1;
	o->fates = rp_alloc_zeroed(RP_FATES_ROOM * o->n_fates * m->grid.n,
	    sizeof(*o->fates));
	o->tally = rp_alloc_zeroed(m->n_parts, sizeof(*o->tally));
	o->class = rp_alloc_zeroed(classes, sizeof(*o->class));
	o->late_s = rp_alloc_zeroed(m->n_parts, sizeof(*o->late_s));
	o->plain = rp_alloc_zeroed(m->n_parts, sizeof(*o->plain));
	return o->order != NULL && o->fates != NULL && o->tally != NULL &&
	    o->class != NULL && o->late_s != NULL && o->plain != NULL;
}

static rp_status
init(struct rp_outcome *o, const struct rp_model *m, bool nothing_revoked,
    struct rp_err *err)
{
	rp_status rc;

	*o = (struct rp_outcome){ .m = m,
	    .nothing_revoked = nothing_revoked };
	rp_batches_init(o);
	rc = find_cutoffs(o, err);
	if (rc == RP_OK)
		rc = rp_holds_find(o, err);
	if (rc == RP_OK && (!make_states(o) || !make_others(o) ||
	    !make_tallies(o)))
		rc = rp_fail(err, RP_ENOMEM, "no memory for the outcome");
	if (rc != RP_OK)
		rp_outcome_release(o);
	return rc;
}

rp_status
rp_outcome_init(struct rp_outcome *o, const struct rp_model *m,
    struct rp_err *err)
{
	return init(o, m, false, err);
}

rp_status
rp_outcome_init_unrevoked(struct rp_outcome *o, const struct rp_model *m,
    struct rp_err *err)
{
	return init(o, m, true, err);
}

void
rp_outcome_release(struct rp_outcome *o)
{
	for (size_t s = 0; s < RP_STATES; s++)
		rp_release_mem(o->state[s]);
	for (size_t i = 0; i < RP_METRICS; i++)
		rp_release_mem(o->complete[i]);
	rp_release_mem(o->late_s);
	rp_release_mem(o->stroke);
	rp_release_mem(o->bare);
	rp_release_mem(o->base);
	rp_release_mem(o->cutoff);
	rp_release_mem(o->hold);
	rp_release_mem(o->plain);
	rp_release_mem(o->tally);
	rp_release_mem(o->class);
	rp_release_mem(o->order);
	rp_release_mem(o->fates);
	*o = (struct rp_outcome){ 0 };
}
