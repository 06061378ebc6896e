/*
 * simulate/grid.c - regular steps, cut where something happens.
 */
#include "simulate/grid.h"

#include <stdlib.h>
#include <string.h>

#include "base/mem.h"
#include "revplan/rules.h"
#include "simulate/model.h"

/* A list of instants that grows; failed is sticky. */
struct cuts {
	int64_t *x;
	size_t n, room;
	bool failed;
};

static void
cut(struct cuts *c, struct rp_instant at)
{
	if (c->n == c->room) {
		size_t room = c->room == 0 ? 64 : c->room * 2;
		int64_t *x = rp_alloc_zeroed(room, sizeof(*x));

		if (x == NULL) {
			c->failed = true;
			return;
		}
		if (c->n > 0)
			memcpy(x, c->x, c->n * sizeof(*x));
		rp_release_mem(c->x);
		c->x = x;
		c->room = room;
	}
	c->x[c->n++] = rp_instant_s(at);
}

static void
cut_path(struct cuts *c, const struct rp_path *path)
{
	for (size_t i = 0; i < path->n_steps; i++) {
		const struct rp_step *s = &path->step[i];

		if (s->kind == RP_STEP_BRANCH)
			cut_path(c, &s->as.branch.path);
		else if (s->kind == RP_STEP_GATE &&
		    s->as.gate.until.dist == NULL)
			cut(c, rp_instant_of_s(
			    (int64_t)s->as.gate.until.fixed));
		else if (s->kind == RP_STEP_BATCH)
			for (size_t k = 0; k < s->as.batch.n_instants; k++)
				cut(c, s->as.batch.instant[k]);
	}
}

static int64_t
later(int64_t a, int64_t b)
{
	return a > b ? a : b;
}

/* An event, or what a risk may bring. */
static void
cut_event(struct cuts *c, const struct rp_case *cs, const struct rp_event *e)
{
	struct rp_deadline d;

	if (e->kind == RP_EVENT_RISK) {
		if (e->then != NULL)
			cut_event(c, cs, e->then);
		return;
	}
	cut(c, e->on.from);
	cut_path(c, &e->path);
	if (e->has_until)
		cut(c, e->until.from);
	/* What is discovered has the same time from then on. */
	if (e->kind == RP_EVENT_DISCOVERY && cs->n_duties > 0 &&
	    rp_duty_deadline(&cs->duty[0], &d, NULL) == RP_OK)
		cut(c, rp_instant_of_s(later(rp_instant_s(e->on.from),
		    rp_instant_s(cs->aware.from)) +
		    rp_instant_s(d.at.from) - rp_instant_s(d.start.from)));
}

/* Everything in a case that happens at a stroke. */
static void
cut_case(struct cuts *c, const struct rp_case *cs)
{
	cut(c, cs->aware.from);
	for (size_t i = 0; i < cs->n_duties; i++) {
		struct rp_deadline d;

		if (rp_duty_deadline(&cs->duty[i], &d, NULL) == RP_OK)
			cut(c, d.at.from);
	}
	for (size_t i = 0; i < cs->n_populations; i++) {
		cut(c, cs->population[i].starts.from);
		cut_path(c, &cs->population[i].path);
	}
	for (size_t i = 0; i < cs->n_events; i++)
		cut_event(c, cs, &cs->event[i]);
	for (size_t i = 0; i < cs->n_plans; i++)
		for (size_t k = 0; k < cs->plan[i].n_milestones; k++)
			cut(c, cs->plan[i].milestone[k].by.until);
	if (cs->revocation.kind == RP_REVOKE_AT_INSTANT ||
	    cs->revocation.kind == RP_REVOKE_IN_BATCHES)
		cut(c, cs->revocation.at.from);
}

static int
by_time(const void *a, const void *b)
{
	int64_t x = *(const int64_t *)a, y = *(const int64_t *)b;

	return (x > y) - (x < y);
}

static int64_t
floor_to(int64_t x, int64_t step)
{
	int64_t r = x % step;

	return x - (r < 0 ? r + step : r);
}

/* The first point: the step in which anything can begin. */
static int64_t
grid_start(const struct rp_case *cs, int64_t step)
{
	int64_t first = rp_instant_s(cs->aware.from);

	for (size_t i = 0; i < cs->n_populations; i++) {
		int64_t s = rp_instant_s(cs->population[i].starts.from);

		if (s < first)
			first = s;
	}
	return floor_to(first, step);
}

/* Merge the regular points with the sorted cuts. */
static void
merge(struct rp_grid *g, int64_t from, size_t steps, const struct cuts *c)
{
	size_t k = 0;
	int64_t until = from + (int64_t)steps * g->step_s;

	for (size_t m = 0; m <= steps; m++) {
		int64_t t = from + (int64_t)m * g->step_s;

		for (; k < c->n && c->x[k] < t; k++) {
			if (c->x[k] <= from || c->x[k] >= until ||
			    c->x[k] == g->t[g->n - 1])
				continue;
			g->whole[g->n] = -1;
			g->t[g->n++] = c->x[k];
		}
		g->regular[g->n_regular++] = g->n;
		g->whole[g->n] = (int32_t)m;
		g->t[g->n++] = t;
	}
}

static void
find_runs(struct rp_grid *g)
{
	for (size_t i = g->n; i-- > 0; )
		g->run[i] = i + 1 < g->n && g->whole[i + 1] >= 0 ?
		    g->run[i + 1] : i;
}

rp_status
rp_grid_init(struct rp_grid *g, const struct rp_case *cs,
    const struct rp_whatif *whatif, struct rp_err *err)
{
	struct cuts cuts = { 0 };
	rp_status rc = RP_ENOMEM;
	int64_t step = rp_span_s(cs->simulation.step);
	int64_t from = grid_start(cs, step);
	int64_t until = rp_instant_s(cs->simulation.horizon);
	int64_t steps = (until - from + step - 1) / step;

	*g = (struct rp_grid){ .step_s = step };
	if (until <= from)
		return rp_fail_at(err, RP_ERANGE,
		    cs->simulation.horizon_origin.line,
		    cs->simulation.horizon_origin.col,
		    "the horizon does not lie after the start of the case");
	if (steps > RP_GRID_POINTS_MAX - 1)
		return rp_fail_at(err, RP_ERANGE,
		    cs->simulation.horizon_origin.line,
		    cs->simulation.horizon_origin.col,
		    "the horizon is %lld steps away, at most %d can be "
		    "simulated; use a longer step or a nearer horizon",
		    (long long)steps, RP_GRID_POINTS_MAX - 1);
	cut_case(&cuts, cs);
	for (size_t i = 0; i < whatif->n_moments; i++)
		cut(&cuts, whatif->moment[i]);
	g->t = rp_alloc_zeroed((size_t)steps + cuts.n + 1, sizeof(*g->t));
	g->whole = rp_alloc_zeroed((size_t)steps + cuts.n + 1,
	    sizeof(*g->whole));
	g->regular = rp_alloc_zeroed((size_t)steps + 1, sizeof(*g->regular));
	g->run = rp_alloc_zeroed((size_t)steps + cuts.n + 1, sizeof(*g->run));
	if (cuts.failed || g->t == NULL || g->whole == NULL ||
	    g->run == NULL || g->regular == NULL) {
		rp_grid_release(g);
		rc = rp_fail(err, RP_ENOMEM, "no memory for the time grid");
		goto out;
	}
	qsort(cuts.x, cuts.n, sizeof(*cuts.x), by_time);
	merge(g, from, (size_t)steps, &cuts);
	find_runs(g);
	rc = RP_OK;
out:
	rp_release_mem(cuts.x);
	return rc;
}

void
rp_grid_release(struct rp_grid *g)
{
	rp_release_mem(g->t);
	rp_release_mem(g->whole);
	rp_release_mem(g->run);
	rp_release_mem(g->regular);
	*g = (struct rp_grid){ 0 };
}

size_t
rp_grid_cell(const struct rp_grid *g, int64_t x)
{
	size_t low = 0, high = g->n;

	/* The first point that is not before x; the cell ends there. */
	while (low < high) {
		size_t mid = low + (high - low) / 2;

		if (g->t[mid] < x)
			low = mid + 1;
		else
			high = mid;
	}
	if (low == g->n)
		return g->n - 1;
	return low == 0 ? 0 : low - 1;
}

bool
rp_grid_point(const struct rp_grid *g, int64_t x, size_t *i)
{
	size_t c;

	if (x == g->t[0]) {
		*i = 0;
		return true;
	}
	if (x < g->t[0] || x > g->t[g->n - 1])
		return false;
	c = rp_grid_cell(g, x);
	*i = c + 1;
	return g->t[c + 1] == x;
}
