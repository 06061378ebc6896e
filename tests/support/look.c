/*
 * tests/support/look.c - see look.h.
 */
#include "support/look.h"

#include <math.h>
#include <string.h>

#include "support/reference.h"
#include "support/small.h"

struct looked plain;

static void
see(struct envelope *e, size_t trial, double x)
{
	e->low[trial] = fmin(e->low[trial], x);
	e->high[trial] = fmax(e->high[trial], x);
}

static void
clear(struct envelope *e, size_t trial)
{
	e->low[trial] = (double)HUGE_VAL;
	e->high[trial] = -(double)HUGE_VAL;
}

static void
see_state(const struct look *k, const struct reference *r, size_t trial,
    size_t i, size_t p, enum rp_state s)
{
	struct envelope *e = &plain.state[s][p][i];
	int of = p == k->populations ? -1 : (int)p;
	double close = reference_close(r, of, k->slack);

	clear(e, trial);
	for (int d = -1; d <= 1; d++)
		see(e, trial, reference_state_of(r, s, of, (double)k->at[i],
		    (double)k->at[i] + d * k->slack));
	/* As many were just too late as were just in time. */
	e->low[trial] = fmax(0.0, e->low[trial] - close);
	e->high[trial] += close;
}

static void
see_states(const struct look *k, const struct reference *r, size_t trial,
    size_t i)
{
	for (int s = 0; s < RP_STATES; s++)
		for (size_t p = 0; p <= k->populations; p++)
			see_state(k, r, trial, i, p, (enum rp_state)s);
}

static void
see_rest(const struct look *k, struct reference *r, size_t trial, size_t i)
{
	clear(&plain.left[i], trial);
	clear(&plain.owners[i], trial);
	for (int m = 0; m < 2; m++)
		clear(&plain.nothing[m][i], trial);
	for (int d = -1; d <= 1; d++) {
		double t = (double)k->at[i] + d * k->slack, owners;

		see(&plain.left[i], trial,
		    reference_left(r, -1, t, &owners));
		see(&plain.owners[i], trial, owners);
	}
	plain.left[i].high[trial] += reference_close(r, -1, k->slack);
	plain.owners[i].high[trial] += reference_close(r, -1, k->slack);
	for (int m = 0; m < 2; m++)
		for (int d = -1; d <= 1; d++)
			see(&plain.nothing[m][i], trial,
			    reference_nothing(r, m == 0 ?
			    RP_METRIC_REPLACED : RP_METRIC_GONE,
			    (double)k->at[i] + d * k->slack));
}

double
look_completed(const struct look *k, double t)
{
	return t > k->horizon - 2.0 * k->slack ? LATE : t;
}

double
look_days(double t)
{
	return (t - (double)SMALL_AWARE) / 86400.0;
}

double
look_whole_day(double t)
{
	return floor(look_days(t));
}

static void
see_risk(const struct look *k, const struct reference *r, size_t trial)
{
	int came = reference_happened(r, k->risk);
	size_t n = plain.risk[came].trials++;

	plain.risk[came].overdue.low[n] = plain.overdue.low[trial];
	plain.risk[came].overdue.high[n] = plain.overdue.high[trial];
	plain.risk[came].in_time[0] += reference_in_time(r, -k->slack);
	plain.risk[came].in_time[1] += reference_in_time(r, k->slack);
}

static void
see_trial(const struct look *k, struct reference *r, size_t trial)
{
	for (size_t i = 0; i < INSTANTS; i++) {
		see_states(k, r, trial, i);
		see_rest(k, r, trial, i);
		plain.faults += reference_fault(r, (double)k->at[i]) != NULL;
		for (int m = 0; m < RP_METRICS; m++)
			plain.exact[m][i][trial] = reference_count(r,
			    (enum rp_metric)m, (double)k->at[i]);
	}
	for (int m = 0; m < RP_METRICS; m++) {
		double t = reference_completion(r, (enum rp_metric)m, -1);

		plain.day[m][trial] = look_whole_day(look_completed(k, t));
		plain.done[m].low[trial] = look_completed(k, t - k->slack);
		plain.done[m].high[trial] = look_completed(k, t + k->slack);
	}
	clear(&plain.overdue, trial);
	for (int d = -1; d <= 1; d += 2)
		see(&plain.overdue, trial, reference_overdue(r, -1,
		    k->horizon) + d * k->slack / 86400.0 *
		    reference_base(r, -1, k->horizon));
	plain.in_time[0] += reference_in_time(r, -k->slack);
	plain.in_time[1] += reference_in_time(r, k->slack);
	if (k->risk < k->b.cs->n_events)
		see_risk(k, r, trial);
}

bool
look_by_plain(struct look *k)
{
	struct reference *r = reference_new(k->b.cs,
	    (unsigned long)(k->seed * 17 + 3));
	size_t n;

	plain.in_time[0] = plain.in_time[1] = 0.0;
	memset(plain.risk, 0, sizeof(plain.risk));
	plain.faults = 0;
	if (r == NULL)
		return false;
	k->deadline = reference_deadline(r);
	for (size_t i = 0; i < k->trials; i++) {
		(void)reference_trial(r, &n);
		see_trial(k, r, i);
	}
	reference_free(r);
	return true;
}
