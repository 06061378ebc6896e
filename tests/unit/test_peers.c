/*
 * Processes that share the trials of a case: whatever their number, and that
 * of their threads, all of them hold the bytes of one alone.
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <string.h>

#include <cmocka.h>

#include "base/mem.h"
#include "revplan/simulate.h"
#include "support/bound.h"
#include "support/crowd.h"

static const unsigned crowds[] = { 2, 3, 4, 7 };
#define CROWDS (sizeof(crowds) / sizeof(crowds[0]))

/* What one of them was asked and what it answered. */
struct task {
	const struct rp_case *cs;
	struct rp_sim_options opt;
	rp_status status[CROWD_MOST];
	struct rp_trials *tr[CROWD_MOST];
	struct rp_err err[CROWD_MOST];
};

static void
simulate(void *arg, const struct rp_peers *p)
{
	struct task *t = arg;
	struct rp_sim_options opt = t->opt;

	opt.peers = p;
	opt.threads = 1 + p->rank % 2;
	t->status[p->rank] = rp_simulate(t->cs, &opt, &t->tr[p->rank],
	    &t->err[p->rank]);
}

/* ---- the same ----------------------------------------------------------- */

static void
same_bytes(const void *a, const void *b, size_t n)
{
	assert_true((a == NULL) == (b == NULL));
	if (a != NULL)
		assert_memory_equal(a, b, n);
}

static void
same_band(const struct rp_band *a, const struct rp_band *b, size_t n)
{
	assert_true((a == NULL) == (b == NULL));
	for (size_t k = 0; a != NULL && k < n; k++) {
		same_bytes(a[k].q, b[k].q, sizeof(a[k].q));
		same_bytes(a[k].q_se, b[k].q_se, sizeof(a[k].q_se));
		same_bytes(&a[k].mean, &b[k].mean, sizeof(double));
		same_bytes(&a[k].mean_se, &b[k].mean_se, sizeof(double));
	}
}

static void
same_completion(const struct rp_completion *a, const struct rp_completion *b)
{
	same_bytes(a->has, b->has, sizeof(a->has));
	same_bytes(a->q, b->q, sizeof(a->q));
	same_bytes(a->q_se_s, b->q_se_s, sizeof(a->q_se_s));
	same_bytes(&a->mean_s, &b->mean_s, sizeof(double));
	same_bytes(&a->mean_se_s, &b->mean_se_s, sizeof(double));
	same_bytes(&a->never, &b->never, sizeof(double));
	same_bytes(&a->never_se, &b->never_se, sizeof(double));
}

static void
same_curves(const struct rp_trials *a, const struct rp_trials *b)
{
	size_t points, populations = rp_trials_case(a)->n_populations;
	uint64_t n = rp_trials_count(a);

	(void)rp_trials_grid(a, &points);
	same_bytes(rp_trials_curve(a), rp_trials_curve(b),
	    points * n * sizeof(uint32_t));
	same_bytes(rp_trials_pace(a), rp_trials_pace(b), n * sizeof(double));
	for (int p = -1; p < (int)populations; p++) {
		same_bytes(rp_trials_completion(a, p),
		    rp_trials_completion(b, p), n * sizeof(int64_t));
		same_completion(rp_trials_completion_summary(a, p),
		    rp_trials_completion_summary(b, p));
		for (int s = 0; s < RP_STATES; s++)
			same_band(rp_trials_bands(a, p, (enum rp_state)s),
			    rp_trials_bands(b, p, (enum rp_state)s), points);
	}
	same_band(rp_trials_nothing(a, RP_METRIC_GONE),
	    rp_trials_nothing(b, RP_METRIC_GONE), points);
}

static void
same_deadline(const struct rp_trials *a, const struct rp_trials *b)
{
	struct rp_deadline_trials x, y;
	uint64_t n = rp_trials_count(a);
	bool known = rp_trials_deadline_each(a, &x);

	assert_int_equal(known, rp_trials_deadline_each(b, &y));
	if (!known)
		return;
	same_bytes(x.met, y.met, n * sizeof(*x.met));
	same_bytes(x.replaced, y.replaced, n * sizeof(*x.replaced));
	same_bytes(x.harmed, y.harmed, n * sizeof(*x.harmed));
	same_bytes(x.overdue_days, y.overdue_days,
	    n * sizeof(*x.overdue_days));
	same_bytes(&rp_trials_deadline(a)->overdue_days_se,
	    &rp_trials_deadline(b)->overdue_days_se, sizeof(double));
}

static void
same_answers(const struct rp_trials *a, const struct rp_trials *b)
{
	const struct rp_milestone_odds *x, *y;
	const struct rp_share_date *s, *t;
	const struct rp_by_date *v, *w;
	size_t n, m;

	x = rp_trials_milestones(a, &n);
	y = rp_trials_milestones(b, &m);
	assert_int_equal(n, m);
	for (size_t k = 0; k < n; k++)
		same_bytes(&x[k].probability, &y[k].probability,
		    sizeof(double));
	s = rp_trials_share_dates(a, &n);
	t = rp_trials_share_dates(b, &m);
	assert_int_equal(n, m);
	for (size_t k = 0; k < n; k++)
		same_completion(&s[k].by, &t[k].by);
	v = rp_trials_by_dates(a, &n);
	w = rp_trials_by_dates(b, &m);
	assert_int_equal(n, m);
	for (size_t k = 0; k < n; k++)
		same_band(&v[k].band, &w[k].band, 1);
}

static void
same_details(const struct rp_trials *a, const struct rp_trials *b)
{
	const struct rp_bottleneck *x = rp_trials_bottleneck(a);
	const struct rp_bottleneck *y = rp_trials_bottleneck(b);
	const struct rp_sheet_row *s, *t;
	const char *const *v, *const *w;
	size_t n, m;

	assert_int_equal(x->found, y->found);
	same_bytes(&x->queue_days, &y->queue_days, sizeof(double));
	same_bytes(&x->gain_days, &y->gain_days, sizeof(double));
	s = rp_trials_sheet(a, -1, &n);
	t = rp_trials_sheet(b, -1, &m);
	assert_int_equal(n, m);
	for (size_t k = 0; k < n; k++) {
		same_bytes(&s[k].harmed, &t[k].harmed, sizeof(double));
		same_bytes(&s[k].saved_days, &t[k].saved_days,
		    sizeof(double));
	}
	v = rp_trials_notes(a, &n);
	w = rp_trials_notes(b, &m);
	assert_int_equal(n, m);
	for (size_t k = 0; k < n; k++)
		assert_string_equal(v[k], w[k]);
}

/* The crowds against one process alone, with no other thread. */
static void
all_alike(const struct rp_case *cs, struct rp_sim_options opt)
{
	struct rp_trials *one = NULL;
	struct rp_err err = { 0 };

	opt.threads = 1;
	if (rp_simulate(cs, &opt, &one, &err) != RP_OK)
		fail_msg("%s", err.text);
	for (size_t i = 0; i < CROWDS; i++) {
		struct task t = { .cs = cs, .opt = opt };

		assert_true(in_a_crowd(crowds[i], simulate, &t));
		for (unsigned r = 0; r < crowds[i]; r++) {
			if (t.status[r] != RP_OK)
				fail_msg("%s", t.err[r].text);
			assert_int_equal(rp_trials_count(t.tr[r]),
			    rp_trials_count(one));
			same_curves(one, t.tr[r]);
			same_deadline(one, t.tr[r]);
			same_answers(one, t.tr[r]);
			same_details(one, t.tr[r]);
			rp_trials_free(t.tr[r]);
		}
	}
	rp_trials_free(one);
}

static const double shares[] = { 0.5, 1.0 };

static struct rp_sim_options
curves(uint64_t trials)
{
	return (struct rp_sim_options){ .metric = RP_METRIC_REPLACED,
	    .bands = RP_BANDS_ALL, .trials = trials, .n_shares = 2,
	    .shares = shares };
}

static void
alike_in_file(const char *path, struct rp_sim_options opt)
{
	struct bound b = bind_file(path);

	if (b.cs == NULL)
		fail_msg("%s", path);
	all_alike(b.cs, opt);
	bound_release(&b);
}

static void
shipped_cases_are_alike(void **state)
{
	struct rp_sim_options opt = curves(101);

	(void)state;
	alike_in_file("scenarios/secom-2020.yaml", opt);
	opt.metric = RP_METRIC_GONE;
	alike_in_file("scenarios/mixed.yaml", opt);
	opt.bands = RP_BANDS_TOTAL;
	opt.no_curve = true;
	alike_in_file("scenarios/key-compromise-24h.yaml", opt);
	opt.bands = RP_BANDS_NONE;
	opt.pace_sd = 0.1;
	alike_in_file("scenarios/rehearsal.yaml", opt);
}

static void
so_are_their_details(void **state)
{
	struct rp_sim_options opt = curves(60);

	(void)state;
	opt.details = opt.bottleneck = true;
	alike_in_file("scenarios/hosting-100-a-day.yaml", opt);
}

/* Some have no trial of their own then. */
static void
more_of_them_than_trials(void **state)
{
	(void)state;
	alike_in_file("scenarios/hosting-100-a-day.yaml", curves(1));
	alike_in_file("scenarios/hosting-100-a-day.yaml", curves(5));
}

/* ---- many trials -------------------------------------------------------- */

#define HEAD(horizon) "revplan: 1\n"					\
	"incident: {id: t, certificate: subscriber, "			\
	"reason: not-per-requirements, aware: 2026-03-02T00:00Z}\n"	\
	"simulation: {horizon: " horizon ", trials: 50}\n"

/* More than 16,384 trials are counted in steps: of one certificate here, of
 * four there; few that lie far apart are listed. */
#define FAR_APART HEAD("2026-03-09") "populations:\n"			\
	"  - {name: far, certificates: 60000, path: [{wait: {time: "	\
	"{exponential: {triangular: [1 d, 4 d, 40 d]}}}}]}\n"		\
	"  - {name: near, certificates: 385, path: [{wait: {time: "	\
	"{exponential: 3 d}}}]}\n"

static void
alike_in_text(const char *text, struct rp_sim_options opt)
{
	struct bound b = bind_text(text, ".");

	if (b.cs == NULL)
		fail_msg("%s", b.faults.n > 0 ? b.faults.fault[0].text :
		    "not bound");
	all_alike(b.cs, opt);
	bound_release(&b);
}

static void
values_far_apart_are_alike(void **state)
{
	(void)state;
	alike_in_text(FAR_APART, curves(301));
}

static void
very_many_trials_are_alike(void **state)
{
	(void)state;
	alike_in_text(FAR_APART, curves(RP_BAND_VALUES + 123));
}

static void
as_many_trials_as_an_error_needs(void **state)
{
	struct rp_sim_options opt = curves(100);

	(void)state;
	opt.until_error_s = 86400.0;
	opt.bands = RP_BANDS_TOTAL;
	alike_in_file("scenarios/hosting-100-a-day.yaml", opt);
}

/* ---- what goes wrong ---------------------------------------------------- */

/* One trial in some hundreds makes no sense. */
#define FAILS HEAD("2026-03-09") "populations:\n"			\
	"  - {name: p, certificates: 40, path: [{branch: {share: "	\
	"{normal: [60%, 16%]}, path: [{wait: {time: 1 d}}]}}]}\n"

static void
the_first_failure_is_told_to_all(void **state)
{
	struct bound b = bind_text(FAILS, ".");
	struct rp_sim_options opt = curves(400);
	struct rp_trials *tr = NULL;
	struct rp_err err = { 0 };

	(void)state;
	assert_non_null(b.cs);
	assert_int_equal(rp_simulate(b.cs, &opt, &tr, &err), RP_ERANGE);
	for (size_t i = 0; i < CROWDS; i++) {
		struct task t = { .cs = b.cs, .opt = opt };

		assert_true(in_a_crowd(crowds[i], simulate, &t));
		for (unsigned r = 0; r < crowds[i]; r++) {
			assert_int_equal(t.status[r], RP_ERANGE);
			assert_null(t.tr[r]);
			assert_string_equal(t.err[r].text, err.text);
			assert_int_equal(t.err[r].line, err.line);
		}
	}
	bound_release(&b);
}

/* Whichever of them has no memory, and when: all give up, or none. */
static void
no_memory_for_one_is_told_to_all(void **state)
{
	struct bound b = bind_text(FAR_APART, ".");
	struct rp_sim_options opt = curves(33);
	bool failed = true;

	(void)state;
	assert_non_null(b.cs);
	for (unsigned long n = 1; failed; n += 1 + n / 4) {
		struct task t = { .cs = b.cs, .opt = opt };
		size_t live = rp_alloc_live();

		rp_alloc_fail_at(n);
		assert_true(in_a_crowd(2, simulate, &t));
		rp_alloc_fail_at(0);
		assert_int_equal(t.status[0], t.status[1]);
		failed = t.status[0] != RP_OK;
		if (failed)
			assert_int_equal(t.status[0], RP_ENOMEM);
		rp_trials_free(t.tr[0]);
		rp_trials_free(t.tr[1]);
		assert_int_equal(rp_alloc_live(), live);
	}
	bound_release(&b);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(shipped_cases_are_alike),
		cmocka_unit_test(so_are_their_details),
		cmocka_unit_test(more_of_them_than_trials),
		cmocka_unit_test(values_far_apart_are_alike),
		cmocka_unit_test(very_many_trials_are_alike),
		cmocka_unit_test(as_many_trials_as_an_error_needs),
		cmocka_unit_test(the_first_failure_is_told_to_all),
		cmocka_unit_test(no_memory_for_one_is_told_to_all)
	};

	return !!cmocka_run_group_tests(tests, NULL, NULL);
}
