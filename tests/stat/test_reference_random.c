/*
 * test_reference_random.c - many small random cases, by the engine of counts
 * and by the plain simulation of each certificate, in distribution.
 *
 * Cases come from seeds (support/small.h): each step and event alone, in pairs
 * and mixed.  Of every state, metric and population whole laws are compared at
 * random instants, with completions, their tails, overdue days, the deadline's
 * outcome and the deadline sheet.
 *
 * The engine may misplace a certificate by one step of its grid at each hop,
 * so a count at t must lie between those of the reference `hops` steps
 * earlier and later, in law, but for those whose replacement or revocation came
 * less than that before they ran out, or who only just caught or missed a
 * batch; with steps of a day that is the stated bound, with steps of an hour
 * the law itself must agree.
 *
 * A comparison fails at p < ALPHA.  A run makes fewer than MOST of them for
 * either step (it is checked), hence less than one run in 10,000 fails by
 * chance alone.  Each failure prints its seed; REVPLAN_SEED=n REVPLAN_CASES=1
 * plays that one again and prints its case, REVPLAN_TRIALS says how often.
 */
#include <math.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>
#include <gsl/gsl_errno.h>

#include "revplan/simulate.h"
#include "support/agree.h"
#include "support/bound.h"
#include "support/curve_row.h"
#include "support/look.h"
#include "support/reference.h"
#include "support/small.h"

#define ALPHA 1e-9
#define MOST 40000
#define ALONE 50		/* each feature alone, and some pairs */
#define MIXED 4
#define FIRST_MIXED 84
#define TRIALS 300

/* The engine's own counts, all metrics, of the same trials. */
static uint32_t counted[RP_METRICS][INSTANTS][TRIALS_MAX];

static size_t all_made, all_bad;

/* ---- what is said of a comparison --------------------------------------- */

static void say(struct look *k, double p, const char *format, ...)
    __attribute__((format(printf, 3, 4)));

static void
say(struct look *k, double p, const char *format, ...)
{
	char what[200];
	va_list ap;

	k->made++;
	if (p >= ALPHA)
		return;
	va_start(ap, format);
	(void)vsnprintf(what, sizeof(what), format, ap);
	va_end(ap);
	if (k->bad++ == 0) {
		print_message("seed %llu, steps of %g h:",
		    (unsigned long long)k->seed, k->step / HOUR);
		for (int f = 0; f < SMALL_FEATURES; f++)
			if (small_has(k->features, (enum small_feature)f))
				print_message(" %s",
				    small_word((enum small_feature)f));
		print_message("\n");
	}
	if (k->bad <= 12)
		print_message("  %s: p = %.2g\n", what, p);
}

/* With steps of a day only the bound holds. */
#define exactly(k, p, ...)						\
	do {								\
		if ((k)->step <= HOUR)					\
			say((k), (p), __VA_ARGS__);			\
	} while (0)

static const char *
day_of(const struct look *k, size_t i)
{
	static char text[32];

	(void)snprintf(text, sizeof(text), "day %.2f",
	    (double)(k->at[i] - SMALL_AWARE) / 86400.0);
	return text;
}

/* ---- the engine against it ---------------------------------------------- */

static struct rp_trials *
engine_run(struct look *k, enum rp_metric metric)
{
	struct rp_instant candidates[INSTANTS];
	bool first = metric == RP_METRIC_REPLACED;
	struct rp_sim_options opt = { .trials = k->trials, .has_seed = true,
	    .seed = k->seed + 1, .metric = metric, .details = first,
	    .bands = first ? RP_BANDS_ALL : RP_BANDS_NONE,
	    .n_candidates = INSTANTS, .candidates = candidates };
	struct rp_trials *tr = NULL;
	struct rp_err err = { 0 };

	for (size_t i = 0; i < INSTANTS; i++)
		candidates[i] = rp_instant_of_s(k->at[i]);
	if (rp_simulate(k->b.cs, &opt, &tr, &err) != RP_OK) {
		say(k, 0.0, "engine: %s", err.text);
		return NULL;
	}
	return tr;
}

static size_t
grid_index(const struct rp_trials *tr, int64_t at)
{
	size_t n, i = 0;
	const struct rp_instant *grid = rp_trials_grid(tr, &n);

	while (i + 1 < n && rp_instant_s(grid[i]) < at)
		i++;
	assert_int_equal(rp_instant_s(grid[i]), at);
	return i;
}

static void
band_agrees(struct look *k, const struct rp_band *band,
    const struct envelope *e, const char *what)
{
	size_t n = k->trials;

	say(k, mean_within(band->mean, n, e->low, e->high, n),
	    "%s: mean %.3f, reference %.3f .. %.3f", what, band->mean,
	    mean_of(e->low, n), mean_of(e->high, n));
	for (int q = 0; q < RP_QUANTILES; q++)
		say(k, quantile_within(band->q[q], rp_quantile_level[q], n,
		    e->low, e->high, n), "%s: %g %% quantile %u", what,
		    100.0 * rp_quantile_level[q], band->q[q]);
}

static void
states_agree(struct look *k, const struct rp_trials *tr, size_t i)
{
	size_t g = grid_index(tr, k->at[i]);
	char what[80];

	for (int s = 0; s < RP_STATES; s++)
		for (size_t p = 0; p <= k->populations; p++) {
			const struct rp_band *band = rp_trials_bands(tr,
			    p == k->populations ? -1 : (int)p,
			    (enum rp_state)s);

			(void)snprintf(what, sizeof(what), "%s of %s, %s",
			    rp_state_word((enum rp_state)s),
			    p == k->populations ? "all" :
			    k->b.cs->population[p].name, day_of(k, i));
			if (band != NULL && rp_trials_has_state(tr,
			    (enum rp_state)s))
				band_agrees(k, &band[g],
				    &plain.state[s][p][i], what);
			else
				say(k, mean_of(plain.state[s][p][i].low,
				    k->trials) > 0.0 &&
				    s != RP_STATE_REISSUED ? 0.0 : 1.0,
				    "%s: the engine has no such state", what);
		}
}

static void
nothing_agrees(struct look *k, const struct rp_trials *tr, size_t i)
{
	static const enum rp_metric metric[] = { RP_METRIC_REPLACED,
	    RP_METRIC_GONE };
	char what[80];

	for (int m = 0; m < 2; m++) {
		const struct rp_band *band = rp_trials_nothing(tr, metric[m]);

		(void)snprintf(what, sizeof(what), "nothing done, %s, %s",
		    rp_metric_word(metric[m]), day_of(k, i));
		if (band != NULL)
			band_agrees(k, &band[grid_index(tr, k->at[i])],
			    &plain.nothing[m][i], what);
		else
			say(k, mean_of(plain.nothing[m][i].low, k->trials) >
			    0.0 ? 0.0 : 1.0, "%s: missing", what);
	}
}

static void
sheet_agrees(struct look *k, const struct rp_trials *tr)
{
	size_t n, t = k->trials;
	const struct rp_sheet_row *row = rp_trials_sheet(tr, -1, &n);

	for (size_t i = 0; i < INSTANTS; i++)
		for (size_t j = 0; j < n; j++) {
			const struct envelope *e = &plain.left[i];
			const struct envelope *o = &plain.owners[i];

			if (rp_instant_s(row[j].at) != k->at[i])
				continue;
			say(k, mean_within(row[j].harmed, t, e->low, e->high,
			    t), "sheet, %s: harmed %.3f, reference %.3f .. "
			    "%.3f", day_of(k, i), row[j].harmed,
			    mean_of(e->low, t), mean_of(e->high, t));
			say(k, mean_within(row[j].subscribers, t, o->low,
			    o->high, t), "sheet, %s: subscribers %.3f, "
			    "reference %.3f .. %.3f", day_of(k, i),
			    row[j].subscribers, mean_of(o->low, t),
			    mean_of(o->high, t));
		}
}

static void
deadline_agrees(struct look *k, const struct rp_trials *tr)
{
	const struct rp_deadline_outcome *o = rp_trials_deadline(tr);
	size_t n = k->trials;

	if (o == NULL)
		return;
	say(k, share_within(round(o->probability * (double)n), n,
	    plain.in_time[0], plain.in_time[1], n),
	    "in time: %.4f, reference %.4f .. %.4f", o->probability,
	    plain.in_time[0] / (double)n, plain.in_time[1] / (double)n);
	say(k, mean_within(o->overdue_days, n, plain.overdue.low,
	    plain.overdue.high, n), "overdue days: %.3f, reference %.3f .. "
	    "%.3f", o->overdue_days, mean_of(plain.overdue.low, n),
	    mean_of(plain.overdue.high, n));
}

/* With the risk come true, and without it: the law of such trials. */
static void
risk_agrees(struct look *k, const struct rp_trials *tr)
{
	size_t n, t = k->trials;
	const struct rp_risk_outcome *o = rp_trials_risks(tr, &n);
	double share[2], overdue[2];

	if (k->risk == k->b.cs->n_events)
		return;
	say(k, n == 1 && o->trials > 0 ? 1.0 : 0.0, "risks: %zu", n);
	if (n != 1)
		return;
	say(k, share_within(round(o->probability * (double)t), t,
	    (double)plain.risk[1].trials, (double)plain.risk[1].trials, t),
	    "risk: %.3f, reference %zu of %zu", o->probability,
	    plain.risk[1].trials, t);
	share[0] = o->deadline_without;
	share[1] = o->deadline_with;
	overdue[0] = o->overdue_without;
	overdue[1] = o->overdue_with;
	for (int i = 0; i < 2; i++) {
		size_t m = plain.risk[i].trials;

		say(k, share_within(round(share[i] * (double)o->trials),
		    (size_t)o->trials, plain.risk[i].in_time[0],
		    plain.risk[i].in_time[1], m), "risk %s: in time %.4f",
		    i ? "come true" : "not come true", share[i]);
		say(k, mean_within(overdue[i], (size_t)o->trials,
		    plain.risk[i].overdue.low, plain.risk[i].overdue.high, m),
		    "risk %s: overdue days %.3f, reference %.3f .. %.3f",
		    i ? "come true" : "not come true", overdue[i],
		    mean_of(plain.risk[i].overdue.low, m),
		    mean_of(plain.risk[i].overdue.high, m));
	}
}

static enum rp_state
state_of(enum rp_metric metric)
{
	return metric == RP_METRIC_REISSUED ? RP_STATE_REISSUED :
	    metric == RP_METRIC_REPLACED ? RP_STATE_REPLACED :
	    RP_STATE_REVOKED;
}

/* What is gone has been revoked, or has expired. */
static void
envelope_of(const struct look *k, enum rp_metric metric, size_t i,
    double *low, double *high)
{
	size_t p = k->populations;

	for (size_t t = 0; t < k->trials; t++) {
		const struct envelope *e =
		    &plain.state[state_of(metric)][p][i];
		const struct envelope *x =
		    &plain.state[RP_STATE_EXPIRED][p][i];
		bool gone = metric == RP_METRIC_GONE;

		low[t] = e->low[t] + (gone ? x->low[t] : 0.0);
		high[t] = e->high[t] + (gone ? x->high[t] : 0.0);
	}
}

static void
completion_agrees(struct look *k, const struct rp_trials *tr,
    enum rp_metric metric)
{
	static double value[TRIALS_MAX], day[TRIALS_MAX];
	const int64_t *done = rp_trials_completion(tr, -1);
	struct envelope *e = &plain.done[metric];
	size_t n = k->trials;
	double p;

	for (size_t t = 0; t < n; t++)
		value[t] = done[t] == INT64_MAX ? LATE :
		    look_completed(k, (double)done[t]);
	for (size_t t = 0; t < n; t++)
		day[t] = look_whole_day(value[t]);
	p = ks_two(day, n, plain.day[metric], n);
	exactly(k, p, "completion (%s), exactly: median day %g, reference %g",
	    rp_metric_word(metric), day[n / 2], plain.day[metric][n / 2]);
	exactly(k, tail_two(day, n, plain.day[metric], n, 0.05),
	    "the last twentieth of completions (%s)",
	    rp_metric_word(metric));
	p = ks_within(value, n, e->low, e->high, n);
	say(k, p, "completion (%s): median day %.2f, reference %.2f .. %.2f",
	    rp_metric_word(metric), look_days(value[n / 2]),
	    look_days(e->low[n / 2]), look_days(e->high[n / 2]));
}

static void
metric_agrees(struct look *k, enum rp_metric metric)
{
	static double value[TRIALS_MAX], low[TRIALS_MAX], high[TRIALS_MAX];
	struct rp_trials *tr = engine_run(k, metric);
	size_t n = k->trials;

	if (tr == NULL)
		return;
	for (size_t i = 0; i < INSTANTS; i++) {
		const uint32_t *row = curve_row(tr, k->at[i]);

		for (size_t t = 0; t < n; t++) {
			value[t] = row[t];
			counted[metric][i][t] = row[t];
		}
		exactly(k, chi_two(value, n, plain.exact[metric][i], n),
		    "%s on %s, exactly: mean %.3f, reference %.3f",
		    rp_metric_word(metric), day_of(k, i), mean_of(value, n),
		    mean_of(plain.exact[metric][i], n));
		envelope_of(k, metric, i, low, high);
		say(k, ks_within(value, n, low, high, n),
		    "%s on %s: mean %.3f, reference %.3f .. %.3f",
		    rp_metric_word(metric), day_of(k, i), mean_of(value, n),
		    mean_of(low, n), mean_of(high, n));
		if (metric == RP_METRIC_REPLACED) {
			states_agree(k, tr, i);
			nothing_agrees(k, tr, i);
		}
	}
	completion_agrees(k, tr, metric);
	if (metric == RP_METRIC_REPLACED) {
		sheet_agrees(k, tr);
		deadline_agrees(k, tr);
		risk_agrees(k, tr);
	}
	rp_trials_free(tr);
}

/* Trial by trial: what is revoked is gone, what is gone was in the base, what
 * is replaced has been reissued. */
static void
identities_hold(struct look *k, bool reissues)
{
	size_t broken = 0;

	for (size_t i = 0; i < INSTANTS; i++)
		for (size_t t = 0; t < k->trials; t++) {
			broken += counted[RP_METRIC_REVOKED][i][t] >
			    counted[RP_METRIC_GONE][i][t];
			broken += reissues &&
			    counted[RP_METRIC_REPLACED][i][t] >
			    counted[RP_METRIC_REISSUED][i][t];
		}
	say(k, broken > 0 ? 0.0 : 1.0, "identities of the engine: %zu trials "
	    "break them", broken);
}

/* ---- a case ------------------------------------------------------------- */

static size_t
steps_of(const struct rp_path *path)
{
	size_t n = path->n_steps;

	for (size_t i = 0; i < path->n_steps; i++)
		if (path->step[i].kind == RP_STEP_BRANCH)
			n += steps_of(&path->step[i].as.branch.path);
	return n;
}

/* The steps of the longest path and rollout, and revocation. */
static size_t
hops_of(const struct rp_case *cs)
{
	size_t most = 0, rollouts = 0, n;

	for (size_t i = 0; i < cs->n_populations; i++) {
		n = steps_of(&cs->population[i].path);
		most = n > most ? n : most;
	}
	for (size_t i = 0; i < cs->n_events; i++) {
		const struct rp_event *e = &cs->event[i];

		while (e->kind == RP_EVENT_RISK)
			e = e->then;
		if (e->kind == RP_EVENT_ROLLOUT)
			rollouts += steps_of(&e->path);
	}
	return most + rollouts + 1;
}

static void
look_at(uint64_t seed, int step_hours, size_t trials, bool show)
{
	char text[SMALL_TEXT];
	struct look k = { .seed = seed, .features = small_features(seed),
	    .step = step_hours * HOUR, .trials = trials };

	bool reissues;

	k.text = small_case(seed, k.features, step_hours, text);
	if (show)
		print_message("%s", k.text);
	k.b = bind_text(k.text, ".");
	if (k.b.cs == NULL) {
		say(&k, 0.0, "not bound: %s", k.b.faults.n > 0 ?
		    k.b.faults.fault[0].text : "?");
		all_bad += k.bad;
		bound_release(&k.b);
		return;
	}
	k.populations = k.b.cs->n_populations;
	while (k.risk < k.b.cs->n_events &&
	    k.b.cs->event[k.risk].kind != RP_EVENT_RISK)
		k.risk++;
	k.slack = k.step * (double)hops_of(k.b.cs);
	k.horizon = (double)rp_instant_s(k.b.cs->simulation.horizon);
	for (size_t i = 0; i < INSTANTS; i++) {
		uint64_t day = 1 + (seed * 31 + i * 13 + seed / 7) % 10 +
		    i * 9;

		k.at[i] = SMALL_AWARE + (int64_t)day * 86400 +
		    (step_hours == 1 ? (int64_t)(seed % 24) * 3600 : 0);
	}
	if (!look_by_plain(&k))
		say(&k, 0.0, "no reference");
	say(&k, plain.faults > 0 ? 0.0 : 1.0, "identities of the reference");
	metric_agrees(&k, RP_METRIC_REPLACED);
	metric_agrees(&k, RP_METRIC_REVOKED);
	metric_agrees(&k, RP_METRIC_GONE);
	reissues = strstr(k.text, "reissues: true") != NULL;
	if (reissues)
		metric_agrees(&k, RP_METRIC_REISSUED);
	identities_hold(&k, reissues);
	all_made += k.made;
	all_bad += k.bad;
	bound_release(&k.b);
}

static uint64_t
number_from(const char *name, uint64_t otherwise)
{
	const char *text = getenv(name);

	return text == NULL ? otherwise : strtoull(text, NULL, 10);
}

/* Each feature alone, some pairs, some mixtures; or those asked for. */
static void
by_steps(int hours)
{
	bool asked = getenv("REVPLAN_CASES") != NULL;
	uint64_t first = number_from("REVPLAN_SEED", 0);
	uint64_t n = number_from("REVPLAN_CASES", ALONE + MIXED);
	uint64_t trials = number_from("REVPLAN_TRIALS", TRIALS);

	all_made = all_bad = 0;
	for (uint64_t i = 0; i < n; i++)
		look_at(first + i + (asked || i < ALONE ? 0 :
		    FIRST_MIXED - ALONE), hours, (size_t)(trials <
		    TRIALS_MAX ? trials : TRIALS_MAX), n == 1);
	assert_true(asked || all_made < MOST);
	print_message("%zu comparisons\n", all_made);
	if (all_bad > 0)
		fail_msg("%zu of %zu comparisons disagree", all_bad,
		    all_made);
}

static void
steps_of_an_hour(void **state)
{
	(void)state;
	by_steps(1);
}

static void
steps_of_a_day(void **state)
{
	(void)state;
	by_steps(24);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(steps_of_an_hour),
		cmocka_unit_test(steps_of_a_day),
	};

	(void)gsl_set_error_handler_off();
	return !!cmocka_run_group_tests(tests, NULL, NULL);
}
