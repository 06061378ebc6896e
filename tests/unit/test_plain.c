/*
 * Parts whose outcome follows from their replacement: the same to the byte as
 * the full tally makes it, over shipped and random cases; and the bands, read
 * off counts and off each other, the same as from the sorted values of the
 * full tally.
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

#include "population/spread.h"
#include "simulate/outcome.h"
#include "support/bound.h"
#include "support/near.h"
#include "support/small.h"

#define TRIALS 150

/* Both ways of working out a trial, and how a case went. */
struct pair {
	struct rp_model m;
	struct rp_spread *spread;
	struct rp_engine e;
	struct rp_outcome full, quick, lean;
	size_t plain, others;		/* parts of trials */
};

static bool
pair_init(struct pair *x, const struct rp_case *cs)
{
	if (rp_model_init(&x->m, cs, 7, 0.0, NULL, NULL) != RP_OK)
		return false;
	assert_int_equal(rp_spread_new(cs, RP_DESIGN_RANDOM, 7, TRIALS,
	    &x->spread, NULL), RP_OK);
	x->m.spread = x->spread;
	assert_int_equal(rp_engine_init(&x->e, &x->m, NULL), RP_OK);
	assert_int_equal(rp_outcome_init(&x->full, &x->m, NULL), RP_OK);
	assert_int_equal(rp_outcome_init(&x->quick, &x->m, NULL), RP_OK);
	assert_int_equal(rp_outcome_init(&x->lean, &x->m, NULL), RP_OK);
	x->full.in_full = true;
	x->lean.lean = true;
	return true;
}

static void
pair_release(struct pair *x)
{
	rp_outcome_release(&x->full);
	rp_outcome_release(&x->quick);
	rp_outcome_release(&x->lean);
	rp_engine_release(&x->e);
	rp_model_release(&x->m);
	rp_spread_free(x->spread);
}

static void
same_part(struct pair *x, size_t p, const char *name)
{
	size_t n = x->m.grid.n;

	for (size_t i = 0; i < n; i++) {
		for (size_t s = 0; s < RP_STATES; s++) {
			uint32_t want;

			if (x->full.state[s] == NULL)
				continue;
			want = x->full.state[s][p * n + i];
			if (x->quick.state[s][p * n + i] != want ||
			    rp_outcome_at(&x->lean, (enum rp_state)s, p, i) !=
			    want)
				fail_msg("%s, part %zu, point %zu: %s", name,
				    p, i, rp_state_word((enum rp_state)s));
		}
		if (x->quick.stroke[p * n + i] != x->full.stroke[p * n + i] ||
		    rp_outcome_stroke(&x->lean, p, i) !=
		    x->full.stroke[p * n + i])
			fail_msg("%s, part %zu, point %zu: at a stroke", name,
			    p, i);
	}
	for (size_t k = 0; k < RP_METRICS; k++)
		if (x->full.complete[k] != NULL &&
		    (x->quick.complete[k][p] != x->full.complete[k][p] ||
		    x->lean.complete[k][p] != x->full.complete[k][p]))
			fail_msg("%s, part %zu: complete in metric %zu", name,
			    p, k);
	assert_true(memcmp(&x->quick.late_s[p], &x->full.late_s[p],
	    sizeof(double)) == 0);
	assert_true(memcmp(&x->lean.late_s[p], &x->full.late_s[p],
	    sizeof(double)) == 0);
}

/* What no trial may contradict is said of all of them. */
static void
as_always(struct pair *x, size_t p, const char *name)
{
	struct rp_plain always;
	const struct rp_plain *now = &x->quick.plain[p];

	if (!rp_plain_always(&x->quick, p, &always))
		return;
	if (!now->is || now->at_once != always.at_once ||
	    now->known != always.known || now->cut != always.cut ||
	    now->n != always.n)
		fail_msg("%s, part %zu: not as in every trial", name, p);
}

static void
same_trials(struct pair *x, uint64_t trials, const char *name)
{
	for (uint64_t i = 0; i < trials; i++) {
		if (rp_engine_run(&x->e, i, NULL) != RP_OK)
			return;
		assert_int_equal(rp_outcome_take(&x->full, &x->e, NULL),
		    RP_OK);
		assert_int_equal(rp_outcome_take(&x->quick, &x->e, NULL),
		    RP_OK);
		assert_int_equal(rp_outcome_take(&x->lean, &x->e, NULL),
		    RP_OK);
		for (size_t p = 0; p < x->m.n_parts; p++) {
			x->plain += x->quick.plain[p].is;
			x->others += !x->quick.plain[p].is;
			same_part(x, p, name);
			as_always(x, p, name);
		}
	}
}

static const char *const shipped[] = { "acme", "hosting-100-a-day",
	"itruschina-2024", "key-compromise-24h", "letsencrypt-2020",
	"mixed", "rehearsal", "secom-2020",
	"sectigo-2020", "wisekey-2020", "bench/four-populations",
	"bench/four-populations-uncertain" };
#define SHIPPED (sizeof(shipped) / sizeof(shipped[0]))

static void
shipped_cases_as_in_full(void **state)
{
	size_t plain = 0;

	(void)state;
	for (size_t i = 0; i < SHIPPED; i++) {
		struct pair x = { .plain = 0 };
		char path[128];
		struct bound b;

		(void)snprintf(path, sizeof(path), "scenarios/%s.yaml",
		    shipped[i]);
		b = bind_file(path);
		if (b.cs == NULL)
			fail_msg("%s: %s", path, b.faults.n > 0 ?
			    b.faults.fault[0].text : "not bound");
		assert_true(pair_init(&x, b.cs));
		same_trials(&x, 5, shipped[i]);
		plain += x.plain;
		pair_release(&x);
		bound_release(&b);
	}
	assert_true(plain > 0);
}

static void
random_cases_as_in_full(void **state)
{
	size_t plain = 0, others = 0, cut = 0;

	(void)state;
	for (uint64_t seed = 0; seed < 600; seed++) {
		struct pair x = { .plain = 0 };
		char text[SMALL_TEXT], name[64];
		uint32_t features = seed % 2 == 0 ? small_features(seed / 2) :
		    UINT32_C(1) << seed / 2 % SMALL_FEATURES;
		struct bound b = bind_text(small_case(seed, features, 24,
		    text), ".");

		if (b.cs == NULL) {
			bound_release(&b);
			continue;
		}
		(void)snprintf(name, sizeof(name), "seed %d", (int)seed);
		if (pair_init(&x, b.cs)) {
			same_trials(&x, 3, name);
			for (size_t p = 0; p < x.m.n_parts; p++)
				cut += x.quick.plain[p].is &&
				    x.quick.plain[p].cut < x.m.grid.n;
			plain += x.plain;
			others += x.others;
			pair_release(&x);
		}
		bound_release(&b);
	}
	/* The seeds have enough of each. */
	assert_true(plain > 40);
	assert_true(others > 300);
	assert_true(cut > 10);
}

/* ---- bands -------------------------------------------------------------- */

struct values {
	struct pair x;
	uint32_t *of;		/* [(populations + 1) * states * points *
				 * TRIALS] */
	size_t points;
};

static uint32_t *
values_of(const struct values *v, size_t who, size_t s, size_t k)
{
	return &v->of[((who * RP_STATES + s) * v->points + k) * TRIALS];
}

static void
gather(struct values *v)
{
	const struct rp_model *m = &v->x.m;

	v->points = m->grid.n_regular;
	v->of = calloc((m->n_populations + 1) * RP_STATES * v->points *
	    TRIALS, sizeof(*v->of));
	assert_non_null(v->of);
	for (uint64_t i = 0; i < TRIALS; i++) {
		assert_int_equal(rp_engine_run(&v->x.e, i, NULL), RP_OK);
		assert_int_equal(rp_outcome_take(&v->x.full, &v->x.e, NULL),
		    RP_OK);
		for (size_t p = 0; p < m->n_parts; p++)
			for (size_t s = 0; s < RP_STATES; s++)
				for (size_t k = 0; k < v->points; k++) {
					uint32_t n = v->x.full.state[s] ==
					    NULL ? 0 : v->x.full.state[s][p *
					    m->grid.n + m->grid.regular[k]];

					values_of(v, m->part[p].of, s,
					    k)[i] += n;
					values_of(v, m->n_populations, s,
					    k)[i] += n;
				}
	}
}

static int
by_value(const void *a, const void *b)
{
	uint32_t x = *(const uint32_t *)a, y = *(const uint32_t *)b;

	return (x > y) - (x < y);
}

/* The smallest value that at least that share does not exceed. */
static uint32_t
order(const uint32_t *sorted, double level)
{
	double i = fmin(fmax(ceil(level * TRIALS) - 1.0, 0.0), TRIALS - 1.0);

	return sorted[(size_t)i];
}

static void
is_band_of(const struct rp_band *b, uint32_t *x)
{
	double sum = 0.0;

	for (size_t i = 0; i < TRIALS; i++)
		sum += x[i];
	qsort(x, TRIALS, sizeof(*x), by_value);
	assert_true(b->mean == sum / TRIALS);
	if (x[0] == x[TRIALS - 1])
		assert_true(b->mean_se == 0.0);
	for (size_t q = 0; q < RP_QUANTILES; q++) {
		double p = rp_quantile_level[q];
		double sd = sqrt(p * (1.0 - p) / TRIALS);

		assert_int_equal(b->q[q], order(x, p));
		assert_near(b->q_se[q], 0.5 * ((double)order(x, p + sd) -
		    (double)order(x, p - sd)), 1e-12);
	}
}

static void
bands_of(const struct rp_case *cs, unsigned states, const char *name)
{
	struct rp_sim_options opt = { .metric = RP_METRIC_REPLACED,
	    .bands = RP_BANDS_ALL, .trials = TRIALS, .states = states,
	    .has_seed = true, .seed = 7, .no_curve = true, .threads = 2,
	    .has_design = true, .design = RP_DESIGN_RANDOM };
	struct values v = { .of = NULL };
	struct rp_trials *tr = NULL;
	struct rp_err err = { 0 };

	assert_true(pair_init(&v.x, cs));
	same_trials(&v.x, 20, name);
	gather(&v);
	if (rp_simulate(cs, &opt, &tr, &err) != RP_OK)
		fail_msg("%s: %s", name, err.text);
	for (int p = -1; p < (int)cs->n_populations; p++)
		for (size_t s = 0; s < RP_STATES; s++) {
			const struct rp_band *b = rp_trials_bands(tr, p,
			    (enum rp_state)s);

			assert_int_equal(b != NULL, rp_trials_has_state(tr,
			    (enum rp_state)s) && (states == 0 ||
			    (states >> s & 1u) != 0));
			for (size_t k = 0; b != NULL && k < v.points; k++)
				is_band_of(&b[k], values_of(&v, p < 0 ?
				    cs->n_populations : (size_t)p, s, k));
		}
	assert_null(rp_trials_curve(tr));
	rp_trials_free(tr);
	free(v.of);
	pair_release(&v.x);
}

static void
bands_of_text(const char *text, unsigned states)
{
	struct bound b = bind_text(text, ".");

	if (b.cs == NULL)
		fail_msg("%s", b.faults.n > 0 ? b.faults.fault[0].text :
		    "not bound");
	bands_of(b.cs, states, "text");
	bound_release(&b);
}

/* Every way of revoking that is plain, parts that are known later or that are
 * cut at other instants, and one that is not plain beside them. */
#define CASE(revocation, events, expiry) "revplan: 1\n"			\
	"incident: {id: t, certificate: subscriber, "			\
	"reason: not-per-requirements, aware: 2026-03-02T00:00Z}\n"	\
	"simulation: {horizon: 2026-03-30}\n" revocation events		\
	"populations:\n"						\
	"  - {name: a, certificates: 900, path: [{wait: {time: "	\
	"{exponential: 6 d}}}]}\n"					\
	"  - {name: b, certificates: 400" expiry ", path: [{team: "	\
	"{rate: {uniform: [10/day, 30/day]}}}]}\n"

#define DISCOVERED "events: [{discovery: {on: 2026-03-09, "		\
	"population: a, certificates: 300}}, {cutoff: {on: 2026-03-20, "\
	"population: a}}]\n"
#define RISKY "events: [{risk: {probability: 40%, then: {cutoff: "	\
	"{on: 2026-03-17}}}}]\n"
#define EXPIRY ", expiry: {uniform: [2026-03-05, 2026-06-01]}"

static void
bands_follow_from_each_other(void **state)
{
	static const unsigned some[] = { 0, 1u << RP_STATE_OUTSTANDING,
		1u << RP_STATE_HARMED | 1u << RP_STATE_REVOKED };

	(void)state;
	for (size_t i = 0; i < sizeof(some) / sizeof(some[0]); i++) {
		bands_of_text(CASE("", "", ""), some[i]);
		bands_of_text(CASE("", DISCOVERED, ""), some[i]);
		bands_of_text(CASE("", RISKY, ""), some[i]);
		bands_of_text(CASE("revocation: {at: deadline}\n", DISCOVERED,
		    ""), some[i]);
		bands_of_text(CASE("revocation: {at: 2026-03-12}\n", "",
		    EXPIRY), some[i]);
		bands_of_text(CASE("", DISCOVERED, EXPIRY), some[i]);
	}
}

static void
bands_of_shipped_cases(void **state)
{
	static const char *const path[] = { "scenarios/mixed.yaml",
		"scenarios/key-compromise-24h.yaml",
		"scenarios/hosting-100-a-day.yaml" };

	(void)state;
	for (size_t i = 0; i < sizeof(path) / sizeof(path[0]); i++) {
		struct bound b = bind_file(path[i]);

		assert_non_null(b.cs);
		bands_of(b.cs, 0, path[i]);
		bound_release(&b);
	}
}

/*
 * More columns than there is room for at a time: the populations are run one
 * group after the other, those that share a team together, and each of them is
 * what it is among all.
 */
#define MANY 30

static void
bands_of_many_populations(void **state)
{
	static char text[MANY * 300 + 500];
	size_t len;

	(void)state;
	len = (size_t)snprintf(text, sizeof(text), "revplan: 1\n"
	    "incident: {id: t, certificate: subscriber, "
	    "reason: not-per-requirements, aware: 2026-03-02T00:00Z}\n"
	    "simulation: {horizon: 2027-03-02}\npopulations:\n");
	/* Teams of two populations far apart, and some without one. */
	for (int i = 0; i < MANY; i++) {
		char team[128] = "";

		if (i % 3 != 0)
			(void)snprintf(team, sizeof(team), ", {team: {what: t, "
			    "name: team-%d, rate: {uniform: [90/day, "
			    "130/day]}}}", i % 15);
		len += (size_t)snprintf(text + len, sizeof(text) - len,
		    "  - {name: p%d, certificates: 20000, path: [{wait: "
		    "{time: {exponential: {uniform: [%d d, %d d]}}}}%s]}\n",
		    i, 5 + i, 9 + 3 * i, team);
	}
	bands_of_text(text, 0);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(shipped_cases_as_in_full),
		cmocka_unit_test(random_cases_as_in_full),
		cmocka_unit_test(bands_follow_from_each_other),
		cmocka_unit_test(bands_of_shipped_cases),
		cmocka_unit_test(bands_of_many_populations)
	};

	return !!cmocka_run_group_tests(tests, NULL, NULL);
}
