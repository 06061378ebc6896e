/*
 * The histogram of the case language: what it may be, and that its law is even
 * within each interval and empty between two that do not touch.
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>

#include <cmocka.h>

#include "bound.h"
#include "near.h"
#include "population/law.h"

#define DAY 86400.0

static struct bound
with_expiry(const char *expiry)
{
	char text[1024];

	(void)snprintf(text, sizeof(text), "revplan: 1\n"
	    "incident: {id: x, certificate: subscriber, reason: "
	    "not-per-requirements,\n  aware: 2026-03-02}\n"
	    "populations:\n  - name: a\n    certificates: 10\n"
	    "    expiry:\n      histogram: %s\n"
	    "    path: [{wait: {time: 1 d}}]\n", expiry);
	return bind_text(text, "tests/support/cases");
}

static struct bound
with_time(const char *time)
{
	char text[1024];

	(void)snprintf(text, sizeof(text), "revplan: 1\n"
	    "incident: {id: x, certificate: subscriber, reason: "
	    "not-per-requirements,\n  aware: 2026-03-02}\n"
	    "populations:\n  - name: a\n    certificates: 10\n"
	    "    path: [{wait: {time: {histogram: %s}}}]\n", time);
	return bind_text(text, "tests/support/cases");
}

static double
at(const char *text)
{
	struct rp_when w;

	assert_int_equal(rp_when_parse(text, &w, NULL), RP_OK);
	return (double)rp_instant_s(w.from);
}

/* Out of order, with a gap, a day among them; March has 31 days. */
static void
the_law_of_an_expiry(void **state)
{
	struct bound b = with_expiry("{2026-05-04: 20, "
	    "2026-04-01..2026-05-01: 50, 2026-03-01..2026-04-01: 30}");
	struct rp_draws none = { .lane = 0 };
	struct rp_law law;

	(void)state;
	assert_int_equal(b.status, RP_OK);
	assert_true(b.cs->population[0].has_expiry);
	law = rp_chance_law(&b.cs->population[0].expiry, &none);
	assert_null(rp_law_fault(&law));
	assert_near(rp_law_cdf(&law, at("2026-02-01")), 0.0, 0.0);
	assert_near(rp_law_cdf(&law, at("2026-03-01")), 0.0, 0.0);
	assert_near(rp_law_cdf(&law, at("2026-03-11")), 0.3 * 10 / 31, 1e-12);
	assert_near(rp_law_cdf(&law, at("2026-04-01")), 0.3, 1e-12);
	assert_near(rp_law_cdf(&law, at("2026-04-16")), 0.55, 1e-12);
	assert_near(rp_law_cdf(&law, at("2026-05-01")), 0.8, 1e-12);
	assert_near(rp_law_cdf(&law, at("2026-05-03")), 0.8, 1e-12);
	assert_near(rp_law_cdf(&law, at("2026-05-04T12:00Z")), 0.9, 1e-12);
	assert_near(rp_law_cdf(&law, at("2026-05-05")), 1.0, 0.0);
	assert_near(rp_law_cdf(&law, at("2027-05-05")), 1.0, 0.0);

	assert_near(rp_law_quantile(&law, 0.3), at("2026-04-01"), 1e-3);
	assert_near(rp_law_quantile(&law, 0.55), at("2026-04-16"), 1e-3);
	/* The smallest of all that have so many at or below them. */
	assert_near(rp_law_quantile(&law, 0.8), at("2026-05-01"), 1e-3);
	assert_near(rp_law_quantile(&law, 0.9), at("2026-05-04T12:00Z"),
	    1e-3);
	bound_release(&b);
}

static void
one_is_the_inverse_of_the_other(void **state)
{
	struct bound b = with_time("{2 d..3 d: 12.5%, 3 d..47 d: 50%, "
	    "50 d..50.5 d: 37.5%}");
	struct rp_draws none = { .lane = 0 };
	struct rp_law law;

	(void)state;
	assert_int_equal(b.status, RP_OK);
	law = rp_chance_law(&b.cs->population[0].path.step[0].as.wait.time,
	    &none);
	for (double u = 0.0137; u < 1.0; u += 0.0613)
		assert_near(rp_law_cdf(&law, rp_law_quantile(&law, u)), u,
		    1e-12);
	assert_near(rp_law_quantile(&law, 0.125), 3 * DAY, 1e-6);
	assert_near(rp_law_quantile(&law, 1 - 1e-15), 50.5 * DAY, 1e-3);
	law.scale = 2.0;
	assert_near(rp_law_cdf(&law, 6 * DAY), 0.125, 1e-12);
	bound_release(&b);
}

/* One alone is the uniform distribution. */
static void
one_interval(void **state)
{
	struct bound b = with_time("{10 d..20 d: 7}");
	struct rp_draws none = { .lane = 0 };
	struct rp_law law;

	(void)state;
	assert_int_equal(b.status, RP_OK);
	law = rp_chance_law(&b.cs->population[0].path.step[0].as.wait.time,
	    &none);
	assert_near(rp_law_cdf(&law, 13 * DAY), 0.3, 1e-12);
	assert_near(rp_law_quantile(&law, 0.75), 17.5 * DAY, 1e-6);
	bound_release(&b);
}

static void
what_is_none(void **state)
{
	static const struct {
		bool expiry;
		const char *said, *fault;
	} tries[] = {
		{ true, "{2026-03-01..2026-04-01: 1, 2026-03-31: 1}",
		    "'2026-03-31' overlaps '2026-03-01..2026-04-01' on line "
		    "8; intervals of 'histogram' lie side by side" },
		{ true, "{2026-03-01T00:00Z: 1}",
		    "'2026-03-01T00:00Z' is not an interval; write a day, "
		    "2026-03-10, or 2026-03-01..2026-04-01 up to the second "
		    "of them" },
		{ true, "{2026-03: 1}", NULL },
		{ true, "{2026-04-01: 0}", NULL },
		{ true, "{2026-04-01: -1}", NULL },
		{ true, "{2026-04-01: 30%, 2026-04-02: 60%}",
		    "weights of 'histogram' add up to '90%', not 100%; "
		    "correct them" },
		{ true, "{2026-04-01: 30%, 2026-04-02: 60}",
		    "weights of 'histogram' are shares and numbers; write all "
		    "of them in one way" },
		{ true, "[2026-04-01]", "'histogram' takes a map of 1 to "
		    "200000 intervals, each with how much of all lies in it" },
		{ true, "{}", "'histogram' takes a map of 1 to 200000 "
		    "intervals, each with how much of all lies in it" },
		{ false, "{10 d..5 d: 1}", "'10 d..5 d' does not end after it "
		    "begins; put the lower value first" },
		{ false, "{5 d..5 d: 1}", "'5 d..5 d' does not end after it "
		    "begins; put the lower value first" },
		{ false, "{5 d: 1}", "'5 d' is not an interval; write "
		    "LOW..HIGH, each as in '10 d'" },
		{ false, "{5..6: 1}", NULL },
		{ false, "{..: 1}", NULL },
	};

	(void)state;
	for (size_t i = 0; i < sizeof(tries) / sizeof(tries[0]); i++) {
		struct bound b = tries[i].expiry ? with_expiry(tries[i].said) :
		    with_time(tries[i].said);

		assert_int_equal(b.status, RP_EINPUT);
		assert_true(b.faults.n > 0);
		if (tries[i].fault != NULL)
			assert_string_equal(b.faults.fault[0].text,
			    tries[i].fault);
		bound_release(&b);
	}
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(the_law_of_an_expiry),
		cmocka_unit_test(one_is_the_inverse_of_the_other),
		cmocka_unit_test(one_interval),
		cmocka_unit_test(what_is_none),
	};

	return !!cmocka_run_group_tests(tests, NULL, NULL);
}
