/*
 * simulate/exact.c - the completion without any trial.
 */
#include <math.h>
#include <string.h>

#include "simulate/closed.h"
#include "simulate/ensemble.h"

#define WEEK_S (7.0 * 86400.0)
#define DEPTH 30
#define TOLERANCE 5e-7		/* of the time that a case takes */
#define UNFINISHED 1e-6		/* at the end of time: there is no mean */
#define WEEKS_EACH 16		/* summed up one by one */

/* The first second from *low on by which all are done with probability p; it
 * was not done by then with the p before. */
static bool
quantile(struct rp_closed *c, double p, double *low)
{
	double high, step = 86400.0;

	if (rp_closed_by(c, c->until) < p)
		return false;
	for (high = *low; rp_closed_by(c, high) < p; step *= 2.0) {
		*low = high;
		high = fmin(high + step, c->until);
	}
	while (high - *low > 1.0) {
		double mid = floor(0.5 * (*low + high));

		if (rp_closed_by(c, mid) < p)
			*low = mid;
		else
			high = mid;
	}
	*low = high;
	return true;
}

/* ---- the mean ----------------------------------------------------------- */

/* An interval with what is unfinished at its ends and in its middle. */
struct piece {
	double a, b;
	double fa, fm, fb;
	double tolerance;
};

static double
unfinished(struct rp_closed *c, double t)
{
	return 1.0 - rp_closed_by(c, t);
}

static double
simpson(const struct piece *p)
{
	return (p->b - p->a) / 6.0 * (p->fa + 4.0 * p->fm + p->fb);
}

/* Adaptive: halve until both halves together say what the whole does. */
static double
integral(struct rp_closed *c, const struct piece *p, int depth)
{
	double m = 0.5 * (p->a + p->b), apart;
	struct piece left = { p->a, m, p->fa, unfinished(c, 0.5 * (p->a + m)),
	    p->fm, 0.5 * p->tolerance };
	struct piece right = { m, p->b, p->fm, unfinished(c, 0.5 * (m +
	    p->b)), p->fb, 0.5 * p->tolerance };

	apart = simpson(&left) + simpson(&right) - simpson(p);
	/* Where something happens at a stroke no number of halves suffices. */
	if (depth == 0 || fabs(apart) < 15.0 * p->tolerance ||
	    p->b - p->a < 1.0)
		return simpson(&left) + simpson(&right) + apart / 15.0;
	return integral(c, &left, depth - 1) + integral(c, &right, depth - 1);
}

/* From a to b, where work neither begins nor ends in between. */
static double
stretch(struct rp_closed *c, double a, double b, double tolerance)
{
	double fa = unfinished(c, a), fb = unfinished(c, b - 1.0);
	struct piece p = { a, b - 1.0, fa, 0.0, fb, tolerance };

	/* It never grows: the same at both ends is the same between. */
	if (fa == fb || b - a <= 2.0)
		return fa * (b - a);
	p.fm = unfinished(c, 0.5 * (p.a + p.b));
	/* With the end something may happen at a stroke. */
	return integral(c, &p, DEPTH) + fb;
}

/* The next instant at which some clock that matters begins or ceases to run. */
static double
next_edge(const struct rp_closed *c, double t)
{
	struct rp_instant at;
	double next = (double)INFINITY;

	for (size_t k = 0; k < c->m.n_calendars; k++)
		if (c->uses[k] && rp_calendar_edge(c->m.calendar[k].calendar,
		    rp_instant_of_s((int64_t)t), &at))
			next = fmin(next, (double)rp_instant_s(at));
	return next;
}

static double
week(struct rp_closed *c, size_t k, double tolerance)
{
	double t = c->from + (double)k * WEEK_S, sum = 0.0, next;
	double end = fmin(t + WEEK_S, c->until);

	while (t < end) {
		next = fmin(end, next_edge(c, t));
		sum += stretch(c, t, next, tolerance * (next - t) / WEEK_S);
		t = next;
	}
	return sum;
}

/* So many weeks from one on, a power of two; with the first of them, that in
 * the middle and that after the last. */
struct weeks {
	size_t from, n;
	double first, middle, after;
	double tolerance;
};

/* The sum of the parabola through the three. */
static double
parabola(const struct weeks *w)
{
	double n = (double)w->n;

	return n / 6.0 * (w->first + 4.0 * w->middle + w->after) +
	    (w->first - 2.0 * w->middle + w->after) / (3.0 * n) +
	    0.5 * (w->first - w->after);
}

/*
 * Weeks that lie far from where anything begins differ little: so a few of
 * them tell the others.  Halve until both halves together say what the whole
 * does; the sum of two weeks is exact.
 */
static double
sum_of(struct rp_closed *c, const struct weeks *w)
{
	size_t half = w->n / 2;
	struct weeks early = { w->from, half, w->first, 0.0, w->middle,
	    0.5 * w->tolerance };
	struct weeks late = { w->from + half, half, w->middle, 0.0, w->after,
	    0.5 * w->tolerance };
	double apart, each = w->tolerance / (double)w->n;

	if (w->n == 2)
		return w->first + w->middle;
	early.middle = week(c, w->from + half / 2, each);
	late.middle = week(c, w->from + half + half / 2, each);
	apart = parabola(&early) + parabola(&late) - parabola(w);
	if (fabs(apart) < 15.0 * w->tolerance)
		return parabola(&early) + parabola(&late) + apart / 15.0;
	return sum_of(c, &early) + sum_of(c, &late);
}

static bool
may_never_end(const struct rp_closed *c)
{
	for (size_t p = 0; p < c->n; p++)
		for (size_t k = 0; k < c->part[p].chain.n; k++)
			if (c->part[p].chain.link[k].hop.never > 0.0)
				return true;
	return false;
}

/*
 * The mean instant: the first start, and the integral of what is unfinished
 * from there on, week by week.  NaN where something may stay unfinished for
 * ever.
 */
static double
mean(struct rp_closed *c)
{
	double sum = 0.0, all, median = floor(c->from) - 1.0, tolerance;
	size_t k = 0;

	if (may_never_end(c) || unfinished(c, c->until) > UNFINISHED ||
	    !quantile(c, 0.5, &median))
		return (double)NAN;
	tolerance = TOLERANCE * (median - c->from);
	for (; k < WEEKS_EACH; k++)
		sum += week(c, k, tolerance / WEEKS_EACH);
	/* Ever further, until what is left cannot matter. */
	for (all = (double)k * WEEK_S; c->from + all < c->until; k *= 2) {
		struct weeks w = { k, k, 0.0, 0.0, 0.0, tolerance };

		if (unfinished(c, c->from + all) * all < tolerance)
			break;
		w.first = week(c, k, tolerance / (double)k);
		w.middle = week(c, k + k / 2, tolerance / (double)k);
		w.after = week(c, 2 * k, tolerance / (double)k);
		sum += sum_of(c, &w);
		all *= 2.0;
	}
	return c->from + sum;
}

/* ---- the answer --------------------------------------------------------- */

static void
answer(struct rp_trials *tr, struct rp_closed *c)
{
	struct rp_closed_form *f = &tr->closed;
	double at = floor(c->from) - 1.0;

	f->found = true;
	f->why_not = NULL;
	for (size_t k = 0; k < RP_COMPLETION_QUANTILES; k++) {
		f->has[k] = quantile(c, rp_completion_level[k], &at);
		if (f->has[k])
			f->q[k] = rp_instant_of_s((int64_t)at);
	}
	f->mean_s = mean(c);
}

/* What keeps a case from having one, before its paths are looked at. */
static const char *
obstacle(const struct rp_trials *tr)
{
	if (tr->bands == RP_BANDS_NONE)
		return "Without curves it is not looked for.";
	if (tr->metric != RP_METRIC_REPLACED)
		return "There is one only of what is replaced.";
	if (rp_spread_inputs(tr->spread) > 0)
		return "Some inputs of the case are uncertain.";
	if (tr->model.pace_sd > 0.0)
		return "The pace of all people is drawn in every trial.";
	return NULL;
}

rp_status
rp_close(struct rp_trials *tr, struct rp_err *err)
{
	struct rp_closed_form *f = &tr->closed;
	struct rp_completion *all = &tr->completion[tr->model.n_populations];
	struct rp_closed c;
	rp_status rc;

	*f = (struct rp_closed_form){ .why_not = obstacle(tr) };
	if (f->why_not != NULL)
		return RP_OK;
	rc = rp_closed_init(&c, tr->model.cs, err);
	if (rc != RP_OK)
		return rc;
	if (c.why[0] == '\0') {
		answer(tr, &c);
	} else {
		memcpy(tr->closed_why, c.why, sizeof(c.why));
		f->why_not = tr->closed_why;
	}
	rp_closed_release(&c);
	if (f->found && !isnan(f->mean_s)) {
		all->has_mean = true;
		all->mean_is_closed_form = true;
		all->mean_s = f->mean_s;
		all->mean_se_s = 0.0;
	}
	return RP_OK;
}
