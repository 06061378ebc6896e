/*
 * simulate/exact.c - the completion without any trial.
 */
#include <math.h>
#include <string.h>

#include "simulate/closed.h"
#include "simulate/ensemble.h"

#define HALVINGS 40		/* centuries, down to less than a second */
#define DEPTH 30
#define TOLERANCE 2e-7		/* of the time that a case takes */
#define UNLIKELY 1e-10
#define UNFINISHED 1e-6		/* at the end of time: there is no mean */

/* The first second by which all are done with probability p. */
static bool
quantile(struct rp_closed *c, double p, double *at)
{
	double low = c->from - 1.0, high = c->until;

	if (rp_closed_by(c, high) < p)
		return false;
	for (int k = 0; k < HALVINGS && high - low > 0.5; k++) {
		double mid = 0.5 * (low + high);

		if (rp_closed_by(c, mid) < p)
			low = mid;
		else
			high = mid;
	}
	*at = high;
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

static double
between(struct rp_closed *c, double a, double b, double tolerance)
{
	struct piece p = { a, b, unfinished(c, a), unfinished(c,
	    0.5 * (a + b)), unfinished(c, b), tolerance };

	return b > a ? integral(c, &p, DEPTH) : 0.0;
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
 * The mean instant: up to where nothing can be done by chance yet, and the
 * integral of what is unfinished from there on, cut where it changes.  NaN
 * where something may stay unfinished for ever.
 */
static double
mean(struct rp_closed *c)
{
	static const double level[] = { UNLIKELY, 1e-4, 0.05, 0.25, 0.5, 0.75,
		0.95, 1.0 - 1e-3, 1.0 - 1e-5, 1.0 - 1e-7 };
	const size_t n = sizeof(level) / sizeof(level[0]);
	double a, b, sum;

	if (may_never_end(c) || unfinished(c, c->until) > UNFINISHED ||
	    !quantile(c, UNLIKELY, &a))
		return (double)NAN;
	/* Nothing is done a second before the quantile. */
	a -= 1.0;
	sum = a;
	for (size_t k = 1; k <= n; k++) {
		if (k == n)
			b = fmin(c->until, a + 4.0 * (a - c->from));
		else if (!quantile(c, level[k], &b))
			b = c->until;
		sum += between(c, a, b, TOLERANCE * (b - c->from));
		a = fmax(a, b);
	}
	return sum;
}

/* ---- the answer --------------------------------------------------------- */

static void
answer(struct rp_trials *tr, struct rp_closed *c)
{
	struct rp_closed_form *f = &tr->closed;

	f->found = true;
	f->why_not = NULL;
	for (size_t k = 0; k < RP_COMPLETION_QUANTILES; k++) {
		double at;

		f->has[k] = quantile(c, rp_completion_level[k], &at);
		if (f->has[k])
			f->q[k] = rp_instant_of_s((int64_t)ceil(at));
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
