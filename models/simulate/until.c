/*
 * simulate/until.c - how many trials it takes until a date is known so well.
 *
 * Rounds of more and more trials, each run anew: cheap ones, that keep
 * no curves, until the error that they tell is small enough.  Seed and case
 * decide how many there will be, threads do not.
 */
#include <math.h>

#include "simulate/ensemble.h"

/* The error is itself known only roughly: neither a leap nor a crawl. */
#define AT_MOST_TIMES 8.0
#define AT_LEAST_TIMES 1.25
#define MARGIN 1.1
/* A handful of trials may agree by chance, or all miss the horizon. */
#define TRIALS_LEAST 100
/* If each trial keeps its curve. */
#define CURVE_BYTES (UINT64_C(1) << 30)

/* The largest level up to 80 % whose date and error are known; -1: none. */
static int
level_of(const struct rp_completion *c)
{
	int k = RP_COMPLETION_QUANTILES - 1;

	while (k >= 0 && (rp_completion_level[k] > 0.80 || !c->has[k] ||
	    isnan(c->q_se_s[k])))
		k--;
	return k;
}

static uint64_t
most_trials(const struct rp_trials *tr, bool no_curve)
{
	uint64_t most = no_curve ? RP_UNTIL_ERROR_TRIALS :
	    CURVE_BYTES / (tr->n_points * sizeof(*tr->curve));

	return most < RP_UNTIL_ERROR_TRIALS ? most : RP_UNTIL_ERROR_TRIALS;
}

/* One round; what it says goes into u, and the next number of trials into n
 * unless it was the last. */
static rp_status
round_of(const struct rp_case *cs, const struct rp_sim_options *opt,
    uint64_t *n, struct rp_until *u, struct rp_err *err)
{
	struct rp_sim_options cheap = *opt;
	struct rp_trials *tr = NULL;
	const struct rp_completion *c;
	double times;
	uint64_t most;
	rp_status rc;

	cheap.trials = *n;
	cheap.until_error_s = 0.0;
	cheap.bands = RP_BANDS_NONE;
	cheap.bottleneck = false;
	cheap.details = false;
	cheap.no_curve = true;
	rc = rp_simulate(cs, &cheap, &tr, err);
	if (rc != RP_OK)
		return rc;
	c = rp_trials_completion_summary(tr, -1);
	u->level = level_of(c);
	u->reached = u->level >= 0 &&
	    c->q_se_s[u->level] <= opt->until_error_s;
	most = most_trials(tr, opt->no_curve);
	u->done = u->reached || u->level < 0 || *n >= most;
	if (!u->done) {
		times = pow(c->q_se_s[u->level] / opt->until_error_s, 2.0) *
		    MARGIN;
		times = fmin(fmax(times, AT_LEAST_TIMES), AT_MOST_TIMES);
		*n = (uint64_t)fmin(ceil((double)*n * times), (double)most);
	}
	rp_trials_free(tr);
	return RP_OK;
}

rp_status
rp_until_error(const struct rp_case *cs, const struct rp_sim_options *opt,
    uint64_t *trials, struct rp_until *out, struct rp_err *err)
{
	rp_status rc = RP_OK;

	*out = (struct rp_until){ .asked_s = opt->until_error_s };
	if (*trials < TRIALS_LEAST)
		*trials = TRIALS_LEAST;
	while (rc == RP_OK && !out->done)
		rc = round_of(cs, opt, trials, out, err);
	return rc;
}
