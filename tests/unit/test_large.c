/*
 * test_large.c - cases that would take too much are refused in a sentence, and
 * those that only look so are not.
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

#include "bound.h"
#include "revplan/simulate.h"

#define HEAD \
	"revplan: 1\n" \
	"incident: {id: d, title: t, certificate: subscriber, reason: " \
	"not-per-requirements, aware: 2026-03-02T00:00Z}\n"

#define TEXT_BYTES (4u << 20)

/* A case that is written line by line. */
struct text {
	char *bytes;
	size_t len;
};

__attribute__((format(printf, 2, 3))) static void
add(struct text *t, const char *format, ...)
{
	va_list args;

	if (t->bytes == NULL)
		t->bytes = calloc(1, TEXT_BYTES);
	assert_non_null(t->bytes);
	va_start(args, format);
	t->len += (size_t)vsnprintf(t->bytes + t->len, TEXT_BYTES - t->len,
	    format, args);
	va_end(args);
	assert_true(t->len < TEXT_BYTES);
}

/* Two trials of the case; *text what they were refused with. */
static rp_status
two_trials(struct text *t, struct rp_err *err)
{
	struct rp_sim_options opt = { .metric = RP_METRIC_REPLACED,
	    .trials = 2 };
	struct bound b = bind_text(t->bytes, ".");
	struct rp_trials *tr = NULL;
	rp_status rc;

	if (b.cs == NULL)
		fail_msg("%s", b.faults.fault[0].text);
	rc = rp_simulate(b.cs, &opt, &tr, err);
	rp_trials_free(tr);
	bound_release(&b);
	free(t->bytes);
	return rc;
}

static void
add_populations(struct text *t, size_t n, const char *more)
{
	add(t, "populations:\n");
	for (size_t i = 0; i < n; i++)
		add(t, "  - {name: p%zu, %s}\n", i, more);
}

/* 101 rollouts for 100 populations are 10,100 paths. */
static void
too_many_rollouts(void **state)
{
	struct text t = { 0 };
	struct rp_err err = { 0 };

	(void)state;
	add(&t, HEAD);
	add_populations(&t, 100, "certificates: 10, path: [{wait: {time: "
	    "9 d}}]");
	add(&t, "events:\n");
	for (size_t i = 0; i < 101; i++)
		add(&t, "  - rollout: {on: 2026-03-05T00:%02zu:00Z, share: "
		    "50%%, path: [{wait: {time: 1 d}}]}\n", i % 60);
	assert_int_equal(two_trials(&t, &err), RP_ERANGE);
	assert_int_equal(err.line, 3 + 100 + 1 + 101);
	assert_non_null(strstr(err.text, "more than 10000 paths"));
}

/* A thousand events that are no rollouts take no room of such. */
static void
many_discoveries(void **state)
{
	struct text t = { 0 };
	struct rp_err err = { 0 };

	(void)state;
	add(&t, HEAD);
	add_populations(&t, 1, "certificates: 10, path: [{wait: {time: "
	    "9 d}}]");
	add(&t, "events:\n");
	for (size_t i = 0; i < 300; i++)
		add(&t, "  - discovery: {on: 2026-03-%02zuT00:00:00Z, "
		    "population: p0, certificates: 10}\n", 3 + i % 20);
	assert_int_equal(two_trials(&t, &err), RP_OK);
}

/* 2,000 parts over 20 years of hours: 175,000 instants are too many by
 * themselves; over 11 years 96,000 are not, but 2,000 times that is. */
static void
too_much_memory(void **state)
{
	struct text t = { 0 };
	struct rp_err err = { 0 };

	(void)state;
	add(&t, HEAD "simulation: {step: 1 h, horizon: 2037-01-01}\n");
	add_populations(&t, 2000, "certificates: 10, path: [{wait: {time: "
	    "9 d}}]");
	assert_int_equal(two_trials(&t, &err), RP_ERANGE);
	assert_non_null(strstr(err.text, "2000 populations and discoveries"));
	assert_non_null(strstr(err.text, "at most 4 can be"));
}

/* Each is below the limit of 20 million, all together are not. */
static void
too_many_followed(void **state)
{
	struct text t = { 0 };
	struct rp_err err = { 0 };

	(void)state;
	add(&t, HEAD);
	add_populations(&t, 3, "certificates: 7000000, subscribers: 1000000, "
	    "path: [{wait: {time: {exponential: 2 d}}}, {wait: {time: "
	    "{exponential: 2 d}, per: subscriber}}]");
	assert_int_equal(two_trials(&t, &err), RP_ERANGE);
	assert_int_equal(err.line, 6);
	assert_non_null(strstr(err.text, "the 21000000 certificates of "
	    "populations down to 'p2'"));
}

/* Who owns what is harmed is unknown where that would be too much to tell;
 * all else is as known as ever. */
static void
too_many_for_the_sheet(void **state)
{
	struct rp_sim_options opt = { .metric = RP_METRIC_REPLACED,
	    .trials = 2, .details = true };
	struct bound b = bind_text(HEAD "populations: [{name: p, "
	    "certificates: 90000000, subscribers: 9000000, path: [{wait: "
	    "{time: {exponential: 2 d}}}]}]\n", ".");
	const struct rp_sheet_row *row;
	struct rp_trials *tr = NULL;
	size_t n;

	(void)state;
	assert_int_equal(rp_simulate(b.cs, &opt, &tr, NULL), RP_OK);
	row = rp_trials_sheet(tr, -1, &n);
	assert_true(n > 0);
	assert_true(isnan(row[0].subscribers));
	assert_true(row[0].harmed > 0.0);
	rp_trials_free(tr);
	bound_release(&b);
}

/*
 * Two teams in opposite order, by very many populations: what feeds what is a
 * circle, and must be cut within the time of a test.
 */
static void
circles_of_many(void **state)
{
	struct text t = { 0 };
	struct rp_err err = { 0 };

	(void)state;
	add(&t, HEAD "simulation: {step: 1 d, horizon: 2026-03-12}\n");
	add(&t, "populations:\n");
	for (size_t i = 0; i < 3000; i++)
		add(&t, "  - {name: p%zu, certificates: 10, path: [{team: "
		    "{name: %c, rate: 100/h}}, {team: {name: %c, rate: "
		    "100/h}}]}\n", i, i % 2 == 0 ? 'a' : 'b',
		    i % 2 == 0 ? 'b' : 'a');
	assert_int_equal(two_trials(&t, &err), RP_OK);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(too_many_rollouts),
		cmocka_unit_test(many_discoveries),
		cmocka_unit_test(too_much_memory),
		cmocka_unit_test(too_many_followed),
		cmocka_unit_test(too_many_for_the_sheet),
		cmocka_unit_test(circles_of_many),
	};

	return !!cmocka_run_group_tests(tests, NULL, NULL);
}
