/*
 * simulate/risks.c - each risk, come true and not.
 *
 * The same trials are run with the risk in all of them and in none of them, so
 * that what differs comes from the risk and not from chance.  In each trial one
 * of the two is what happened in the case itself.
 */
#include <math.h>

#include "base/mem.h"
#include "simulate/details.h"
#include "simulate/extra.h"

#define RISK_TRIALS_LEAST 160
#define RISK_TRIALS_MOST 400
/*
 * Each takes two networks, and as many trials as it is looked at: all of them
 * together twice those of the case, or so many.
 */
#define RISKS_MOST 50
#define RISK_TRIALS_ALL 1600
#define RISK_TRIALS_EACH 32

/* One of the two sets of trials. */
struct half {
	const struct rp_trials *tr;
	size_t event;		/* the risk */
	bool happens;		/* in all of them, or in none */
	int64_t *complete;	/* [n] */
	double *in_time;	/* [n] 0 or 1 */
	double *overdue;	/* [n] certificate-days */
};

/* Whether a trial is the one of the case. */
static bool
was_so(const struct half *h, uint64_t trial)
{
	return h->tr->happened[h->event * h->tr->n + trial] == h->happens;
}

static void
keep_case(struct half *h, uint64_t i)
{
	const struct rp_trials *tr = h->tr;

	h->complete[i] = tr->complete[tr->model.n_populations * tr->n + i];
	h->in_time[i] = tr->deadline_met[i] ? 1.0 : 0.0;
	h->overdue[i] = tr->overdue_days[i];
}

static bool
is_needed(void *arg, uint64_t trial)
{
	return !was_so(arg, trial);
}

static rp_status
keep(void *arg, const struct rp_extra_trial *t, struct rp_err *err)
{
	struct half *h = arg;
	const int64_t *done = rp_complete_in(t->o, h->tr->metric);

	(void)err;
	h->complete[t->trial] = rp_extra_complete(h->tr, t);
	h->in_time[t->trial] = rp_all_in_time(t->o->m, done) ? 1.0 : 0.0;
	h->overdue[t->trial] = rp_overdue_days(t->o,
	    h->complete[t->trial]);
	return RP_OK;
}

static bool
half_init(struct half *h, const struct rp_trials *tr, size_t event,
    bool happens, size_t n)
{
	*h = (struct half){ .tr = tr, .event = event, .happens = happens,
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
run_half(struct half *h, size_t n, struct rp_err *err)
{
	struct rp_whatif w = rp_whatif_none;
	struct rp_extra x = { .tr = h->tr, .whatif = &w, .n = n,
	    .needed = is_needed, .keep = keep, .arg = h };

	w.risk = (int)h->event;
	w.risk_happens = h->happens;
	for (size_t i = 0; i < n; i++)
		if (was_so(h, i))
			keep_case(h, i);
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

/* As many as one answer is worth, but for many risks together no more than
 * there is time for. */
static size_t
trials_each(const struct rp_trials *tr, size_t risks)
{
	size_t n = rp_extra_worth(tr, RISK_TRIALS_LEAST, RISK_TRIALS_MOST);
	size_t all = 2 * tr->n > RISK_TRIALS_ALL ? 2 * tr->n :
	    RISK_TRIALS_ALL;
	size_t each = all / (risks < RISKS_MOST ? risks : RISKS_MOST);

	each = each < RISK_TRIALS_EACH ? RISK_TRIALS_EACH : each;
	return n < each ? n : each;
}

static rp_status
look_at(struct rp_trials *tr, size_t event, size_t n,
    struct rp_risk_outcome *r, struct rp_err *err)
{
	double *scratch = rp_alloc_zeroed(n, sizeof(*scratch));
	int64_t *sorted = rp_alloc_zeroed(n, sizeof(*sorted));
	struct half with, without;
	bool ok = half_init(&with, tr, event, true, n);
	rp_status rc = RP_OK;

	ok = half_init(&without, tr, event, false, n) && ok;
	if (!ok || scratch == NULL || sorted == NULL)
		rc = rp_fail(err, RP_ENOMEM, "no memory for a risk");
	r->event = &tr->model.cs->event[event];
	r->trials = n;
	rp_flags_of(&tr->sampling, &tr->happened[event * tr->n],
	    &r->probability, &r->probability_se);
	if (rc == RP_OK)
		rc = run_half(&with, n, err);
	if (rc == RP_OK)
		rc = run_half(&without, n, err);
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
	size_t risks = 0;
	rp_status rc = RP_OK;

	for (size_t i = 0; i < cs->n_events; i++)
		risks += cs->event[i].kind == RP_EVENT_RISK;
	if (risks == 0)
		return RP_OK;
	tr->risk = rp_alloc_zeroed(risks, sizeof(*tr->risk));
	if (tr->risk == NULL)
		return rp_fail(err, RP_ENOMEM, "no memory for the risks");
	for (size_t i = 0; i < cs->n_events && rc == RP_OK &&
	    tr->n_risks < RISKS_MOST; i++)
		if (cs->event[i].kind == RP_EVENT_RISK)
			rc = look_at(tr, i, trials_each(tr, risks),
			    &tr->risk[tr->n_risks++], err);
	tr->risks_left = risks - tr->n_risks;
	return rc;
}
