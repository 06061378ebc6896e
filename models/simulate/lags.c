/*
 * simulate/lags.c - tables of lags, and what is not in them.
 */
#include "simulate/lags.h"

#include <math.h>

#include "base/mem.h"
#include "simulate/hop.h"

static const double node_at[RP_LAG_NODES] = {
	0.06943184420297371, 0.33000947820757187,
	0.66999052179242813, 0.93056815579702629
};
static const double node_weight[RP_LAG_NODES] = {
	0.17392742256872693, 0.32607257743127307,
	0.32607257743127307, 0.17392742256872693
};

/* ---- one step ----------------------------------------------------------- */

bool
rp_lags_serve(const struct rp_hop *h)
{
	if (h->step->kind == RP_STEP_POLL)
		return !h->own;
	return h->step->kind == RP_STEP_WAIT && !h->as_one &&
	    h->step->as.wait.time.dist != NULL;
}

bool
rp_lag_help_init(struct rp_lag_help *help, const struct rp_model *m)
{
	size_t n = m->grid.n_regular + 1;

	help->m = m;
	rp_normal_init(&help->normal);
	help->ln = rp_alloc_zeroed(n, sizeof(*help->ln));
	for (size_t k = 1; help->ln != NULL && k < n; k++)
		help->ln[k] = log((double)k);
	return help->ln != NULL;
}

void
rp_lag_help_release(struct rp_lag_help *help)
{
	rp_release_mem(help->ln);
	help->ln = NULL;
}

bool
rp_lags_init(struct rp_lags *l, const struct rp_lag_help *help,
    const struct rp_hop *h)
{
	size_t n = help->m->grid.n_regular + 1;

	*l = (struct rp_lags){ .help = help, .h = h };
	l->by = rp_alloc_zeroed(n, sizeof(*l->by));
	l->over = rp_alloc_zeroed(n, sizeof(*l->over));
	if (l->by != NULL && l->over != NULL)
		return true;
	rp_lags_release(l);
	return false;
}

void
rp_lags_release(struct rp_lags *l)
{
	rp_release_mem(l->by);
	rp_release_mem(l->over);
	*l = (struct rp_lags){ .made = false };
}

void
rp_lags_begin(struct rp_lags *l, uint64_t trial)
{
	double step = (double)l->help->m->grid.step_s;

	if (l->made && (l->h->fixed || l->trial == trial))
		return;
	l->made = true;
	l->trial = trial;
	l->n_by = l->n_over = 0;
	l->end = l->help->m->grid.n_regular;
	l->most = 1.0;
	if (l->h->step->kind == RP_STEP_POLL)
		return;
	l->most = 1.0 - l->h->never;
	rp_curve_of(&l->curve, &l->h->law, &l->help->normal);
	/* Who enters over a step may be a step later. */
	if (l->curve.top < step * (double)(l->end - 1))
		l->end = 1 + (size_t)ceil(fmax(l->curve.top, 0.0) / step);
}

static double
through(const struct rp_lags *l, double lag)
{
	return l->h->step->kind == RP_STEP_POLL ?
	    rp_hop_lag_cdf(l->h, lag) : l->most * rp_curve_by(&l->curve, lag);
}

static double
area(const struct rp_lags *l, double lag)
{
	return l->h->step->kind == RP_STEP_POLL ?
	    rp_hop_poll_area(l->h, lag) :
	    l->most * rp_curve_area(&l->curve, lag);
}

static bool
has_area(const struct rp_lags *l)
{
	return l->h->step->kind == RP_STEP_POLL || l->curve.has_area;
}

/* ---- tables ------------------------------------------------------------- */

/* Rounding must not make anybody come back. */
static void
only_ascend(const struct rp_lags *l, double *p, size_t from, size_t until)
{
	size_t end = until < l->end ? until : l->end;
	double before = from > 0 ? p[from - 1] : 0.0, most = l->most;

	for (size_t k = from; k < end; k++) {
		double here = p[k] < most ? p[k] : most;

		before = here > before ? here : before;
		p[k] = before;
	}
	for (size_t k = from > end ? from : end; k < until; k++)
		p[k] = most;
}

static void
fill_by(struct rp_lags *l, size_t until)
{
	double step = (double)l->help->m->grid.step_s;
	size_t from = l->n_by;

	if (until <= from)
		return;
	l->n_by = until;
	if (l->h->step->kind == RP_STEP_POLL) {
		for (size_t k = from; k < until; k++)
			l->by[k] = rp_hop_lag_cdf(l->h, (double)k * step);
	} else {
		rp_curve_by_steps(&l->curve, step, l->help->ln, from, until,
		    l->by);
		for (size_t k = from; k < until; k++)
			l->by[k] *= l->most;
	}
	only_ascend(l, l->by, from, until);
}

/* The mean of what is through after k - 1 to k steps. */
static double
mean_of_step(const struct rp_lags *l, size_t k)
{
	double step = (double)l->help->m->grid.step_s, sum = 0.0;

	for (int i = 0; i < RP_LAG_NODES; i++)
		sum += node_weight[i] * through(l,
		    ((double)k - node_at[i]) * step);
	return sum;
}

/* From areas up to each step, which lie in p, to their differences. */
static void
differ(const struct rp_lags *l, double *p, size_t from, size_t until,
    double below)
{
	for (size_t k = from; k < until; k++) {
		double up_to = p[k];

		p[k] = l->most * (up_to - below);
		below = up_to;
	}
}

static void
fill_over(struct rp_lags *l, size_t until)
{
	double step = (double)l->help->m->grid.step_s;
	size_t from = l->n_over;
	double below;

	if (until <= from)
		return;
	l->n_over = until;
	if (from == 0)
		l->over[from++] = 0.0;
	if (!has_area(l)) {
		for (size_t k = from; k < until; k++)
			l->over[k] = mean_of_step(l, k);
	} else if (l->h->step->kind == RP_STEP_POLL) {
		below = rp_hop_poll_area(l->h, (double)(from - 1) * step);
		for (size_t k = from; k < until; k++)
			l->over[k] = rp_hop_poll_area(l->h,
			    (double)k * step) / step;
		differ(l, l->over, from, until, below / step);
	} else {
		below = rp_curve_area(&l->curve, (double)(from - 1) * step);
		rp_curve_area_steps(&l->curve, step, l->help->ln, from, until,
		    l->over);
		differ(l, l->over, from, until, below / step);
	}
	only_ascend(l, l->over, from, until);
}

/* ---- sources ------------------------------------------------------------ */

static size_t
least(size_t a, size_t b)
{
	return a < b ? a : b;
}

/* The clock of a hop at the grid's points, and at an instant. */
static const int64_t *
clock_of(const struct rp_lags *l)
{
	const struct rp_model *m = l->help->m;

	return rp_hop_is_working(l->h) ?
	    m->calendar[l->h->calendar].seconds : m->grid.t;
}

static double
on_clock(const struct rp_lags *l, double u)
{
	const struct rp_model *m = l->help->m;

	return rp_hop_is_working(l->h) ?
	    (double)rp_calendar_seconds(m->calendar[l->h->calendar].calendar,
	    rp_instant_of_s((int64_t)u)) : u;
}

/* The most that a table can be asked for. */
static size_t
room(const struct rp_lags *l, int32_t whole)
{
	return least(l->end + 1, l->help->m->grid.n_regular - (size_t)whole);
}

void
rp_lags_over(struct rp_lags *l, size_t c)
{
	fill_over(l, room(l, l->help->m->grid.whole[c]));
}

void
rp_lags_from_instant(struct rp_lags *l, double u, size_t i,
    struct rp_lag_source *s)
{
	const struct rp_grid *g = &l->help->m->grid;

	*s = (struct rp_lag_source){ .lags = l, .whole = g->whole[i],
	    .clock = clock_of(l), .asked = INT64_MIN, .n = 1 };
	s->node[0] = on_clock(l, u);
	if (s->clock != g->t || s->whole < 0 || u != (double)g->t[i])
		return;
	fill_by(l, room(l, s->whole));
	s->table = l->by;
}

void
rp_lags_from_cell(struct rp_lags *l, size_t c, struct rp_lag_source *s)
{
	const struct rp_grid *g = &l->help->m->grid;
	const int64_t *clock = clock_of(l);
	int64_t len = g->t[c + 1] - g->t[c], run = clock[c + 1] - clock[c];

	*s = (struct rp_lag_source){ .lags = l, .whole = g->whole[c],
	    .clock = clock, .asked = INT64_MIN };
	if (clock == g->t && g->whole[c] >= 0 && g->whole[c + 1] >= 0) {
		fill_over(l, room(l, s->whole));
		s->table = l->over;
	}
	s->node[0] = (double)clock[c];
	if (run == 0) {
		/* All who come while nobody works begin at once. */
		s->n = 1;
	} else if (run == len && has_area(l)) {
		s->len = (double)len;
	} else {
		s->n = RP_LAG_NODES;
		for (int k = 0; k < s->n; k++)
			s->node[k] = on_clock(l, (double)g->t[c] +
			    node_at[k] * (double)len);
	}
}

/* Without the help of a table. */
static double
worked_out(const struct rp_lag_source *s, double at)
{
	double sum = 0.0;

	if (s->len > 0.0)
		return (area(s->lags, at - s->node[0]) - area(s->lags,
		    at - s->node[0] - s->len)) / s->len;
	if (s->n == 1)
		return through(s->lags, at - s->node[0]);
	for (int k = 0; k < s->n; k++)
		sum += node_weight[k] * through(s->lags, at - s->node[k]);
	return sum;
}

double
rp_lags_by(struct rp_lag_source *s, size_t j)
{
	int32_t whole = s->lags->help->m->grid.whole[j];

	if (s->table != NULL && whole >= 0) {
		size_t k = (size_t)(whole - s->whole);

		return k < s->lags->end ? s->table[k] : s->lags->most;
	}
	/* The clock of work stands still over most of a week. */
	if (s->clock[j] != s->asked) {
		s->asked = s->clock[j];
		s->answer = worked_out(s, (double)s->asked);
	}
	return s->answer;
}

size_t
rp_lags_left(const struct rp_lag_source *s, size_t j)
{
	size_t k = (size_t)(s->lags->help->m->grid.whole[j] - s->whole);
	size_t n = room(s->lags, s->whole);

	return k + 1 < n ? n - k - 1 : 0;
}

double
rp_lags_own_mean(const struct rp_hop *h, double u, double len, double t)
{
	double sum = 0.0;

	for (int k = 0; k < RP_LAG_NODES; k++)
		sum += node_weight[k] * rp_hop_own_cdf(h, u + node_at[k] * len,
		    t);
	return sum;
}
