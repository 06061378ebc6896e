/*
 * simulate/risks.c - each risk, come true and not.
 *
 * The same trials are run with the risk in all of them and in none of them, so
 * that what differs comes from the risk and not from chance.
 */
#include <math.h>

#include "base/mem.h"
#include "simulate/details.h"
#include "simulate/extra.h"

#define RISK_TRIALS_LEAST 160
#define RISK_TRIALS_MOST 400
/* Each takes two networks and two sets of trials. */
#define RISKS_MOST 50

/* One of the two sets of trials. */
struct half {
	const struct rp_trials *tr;
	int64_t *complete;	/* [n] */
	double *in_time;	/* [n] 0 or 1 */
	double *overdue;	/* [n] certificate-days */
};

static rp_status
keep(void *arg, const struct rp_extra_trial *t, struct rp_err *err)
{
	struct half *h = arg;
	const int64_t *done = rp_complete_in(t->o, h->tr->metric);

	(void)err;
	h->complete[t->trial] = rp_extra_complete(h->tr, t->o);
	h->in_time[t->trial] = rp_all_in_time(t->o->m, done) ? 1.0 : 0.0;
	h->overdue[t->trial] = rp_overdue_days(t->o,
	    h->complete[t->trial]);
	return RP_OK;
}

static bool
half_init(struct half *h, const struct rp_trials *tr, size_t n)
{
	*h = (struct half){ .tr = tr,
	    .complete = rp_alloc_zeroed(n, sizeof(*h->complete)),
	    .in_time = rp_alloc_zeroed(n, sizeof(*h->in_time)),
	    .overdue = rp_alloc_zeroed(n, sizeof(*h->overdue)) };
	return h->complete != NULL && h->in_time != NULL &&
	    h->overdue != NULL;
}

static void
half_release(struct half *h)
{
	rp_release_mem(h->complete);
	rp_release_mem(h->in_time);
	rp_release_mem(h->overdue);
}

static rp_status
run_half(struct half *h, size_t event, bool happens, size_t n,
    struct rp_err *err)
{
	struct rp_whatif w = rp_whatif_none;
	struct rp_extra x = { .tr = h->tr, .whatif = &w, .n = n,
	    .keep = keep, .arg = h };

	w.risk = (int)event;
	w.risk_happens = happens;
	return rp_run_extra(&x, err);
}

/* The delay, of the trials that are complete in both. */
static void
set_delay(struct rp_risk_outcome *r, const struct half *with,
    const struct half *without, double *scratch)
{
	struct rp_sampling plain = { 0, 0 };

	for (size_t i = 0; i < r->trials; i++)
		if (with->complete[i] != INT64_MAX &&
		    without->complete[i] != INT64_MAX)
			scratch[plain.n++] = (double)(with->complete[i] -
			    without->complete[i]) / 86400.0;
	r->days = r->days_se = (double)NAN;
	if (plain.n > 0)
		rp_mean_of(&plain, scratch, &r->days, &r->days_se);
}

static void
compare(const struct rp_trials *tr, struct rp_risk_outcome *r,
    const struct half *with, const struct half *without, double *scratch,
    int64_t *sorted)
{
	struct rp_sampling s = rp_extra_sampling(tr, r->trials);
	double se;

	rp_completion_of(&s, with->complete, sorted, &r->with);
	rp_completion_of(&s, without->complete, sorted, &r->without);
	set_delay(r, with, without, scratch);
	r->deadline_with = r->deadline_without = (double)NAN;
	r->overdue_with = r->overdue_without = r->overdue_se = (double)NAN;
	if (tr->model.deadline_point == SIZE_MAX)
		return;
	rp_mean_of(&s, with->in_time, &r->deadline_with, &se);
	rp_mean_of(&s, without->in_time, &r->deadline_without, &se);
	rp_mean_of(&s, with->overdue, &r->overdue_with, &se);
	rp_mean_of(&s, without->overdue, &r->overdue_without, &se);
	for (size_t i = 0; i < r->trials; i++)
		scratch[i] = with->overdue[i] - without->overdue[i];
	rp_mean_of(&s, scratch, &se, &r->overdue_se);
}

static rp_status
look_at(struct rp_trials *tr, size_t event, struct rp_risk_outcome *r,
    struct rp_err *err)
{
	size_t n = rp_extra_worth(tr, RISK_TRIALS_LEAST, RISK_TRIALS_MOST);
	double *scratch = rp_alloc_zeroed(n, sizeof(*scratch));
	int64_t *sorted = rp_alloc_zeroed(n, sizeof(*sorted));
	struct half with, without;
	bool ok = half_init(&with, tr, n);
	rp_status rc = RP_OK;

	ok = half_init(&without, tr, n) && ok;
	if (!ok || scratch == NULL || sorted == NULL)
		rc = rp_fail(err, RP_ENOMEM, "no memory for a risk");
	r->event = &tr->model.cs->event[event];
	r->trials = n;
	rp_flags_of(&tr->sampling, &tr->happened[event * tr->n],
	    &r->probability, &r->probability_se);
	if (rc == RP_OK)
		rc = run_half(&with, event, true, n, err);
	if (rc == RP_OK)
		rc = run_half(&without, event, false, n, err);
	if (rc == RP_OK)
		compare(tr, r, &with, &without, scratch, sorted);
	half_release(&with);
	half_release(&without);
	rp_release_mem(scratch);
	rp_release_mem(sorted);
	return rc;
}

rp_status
rp_find_risks(struct rp_trials *tr, struct rp_err *err)
{
	const struct rp_case *cs = tr->model.cs;
	rp_status rc = RP_OK;

	tr->risk = rp_alloc_zeroed(cs->n_events, sizeof(*tr->risk));
	if (tr->risk == NULL)
		return rp_fail(err, RP_ENOMEM, "no memory for the risks");
	for (size_t i = 0; i < cs->n_events && rc == RP_OK; i++) {
		if (cs->event[i].kind != RP_EVENT_RISK)
			continue;
		if (tr->n_risks < RISKS_MOST)
			rc = look_at(tr, i, &tr->risk[tr->n_risks++], err);
		else
			tr->risks_left++;
	}
	return rc;
}
