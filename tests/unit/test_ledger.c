/*
 * On what a case rests: a row for every value that the trials use, also for
 * what makes populations what they really are.
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

#include "bound.h"
#include "write/ledger.h"

static struct bound b;
static struct rp_table *t;

static int
load(void **state)
{
	(void)state;
	b = bind_file("tests/support/cases/populations.yaml");
	if (b.status != RP_OK)
		return 1;
	return rp_ledger_table(b.cs, &t, NULL) != RP_OK;
}

static int
unload(void **state)
{
	(void)state;
	rp_table_free(t);
	bound_release(&b);
	return 0;
}

static const char *
cell(size_t row, size_t column)
{
	const char *text;

	(void)rp_table_cell(t, row, column, &text, NULL);
	return text;
}

static void
test_rows(void **state)
{
	static const char *const rows[][2] = {
		{ "rank correlation of 'pace' and 'silence'", "-0.6" },
		{ "population 'hosting': giant", "1 subscriber with 40000" },
		{ "population 'hosting': the rest",
		    "999 subscribers with 2000" },
		{ "population 'hosting': renewal, before expiry",
		    "uniform 25 d, 30 d" },
		{ "population 'hosting': renewal, share", "95 %" },
		{ "population 'hosting': consent, time",
		    "log-normal, median (triangular 5 d, 7 d, 10 d), sigma 1" },
		{ "population 'hosting': consent, never",
		    "uniform 1 %, 5 %; input 'silence'" },
		{ "population 'hosting': branch, validated",
		    "uniform 2025-06-01 00:00Z, 2026-03-01 00:00Z" },
		{ "population 'hosting': install, rate",
		    "triangular 800, 1000, 1200 a working day; input 'pace'" },
		{ "population 'acme': owns",
		    "Pareto, least 1, shape (uniform 1.1, 1.3)" },
		{ "population 'acme': poll, certbot-4.1", "60 %" },
		{ "population 'acme': certbot-4.1, client", "certbot-4.1: "
		    "every 12 h, renews 15 d 16 h before expiry, asks 100 %" },
		{ "population 'acme': poll, acme.sh-3.0", "beta 40, 60" },
		{ "population 'acme': poll, failures", "2 %" },
		{ "rollout, share", "80 %" },
		{ "poll, share", "uniform 40 %, 60 %; input 'obedience'" },
		{ "discovery, certificates", "500" },
		{ "hold, certificates", "80" },
		{ "risk, probability", "uniform 5 %, 15 %" },
		{ "hold, certificates", "50" },
	};
	size_t i, row;
	int bad = 0;

	(void)state;
	for (i = 0; i < sizeof(rows) / sizeof(rows[0]); i++) {
		for (row = 0; row < rp_table_rows(t); row++)
			if (strcmp(cell(row, 0), rows[i][0]) == 0 &&
			    strcmp(cell(row, 1), rows[i][1]) == 0)
				break;
		if (row == rp_table_rows(t)) {
			print_error("no row: %s | %s\n", rows[i][0],
			    rows[i][1]);
			bad++;
		}
	}
	for (row = 0; bad > 0 && row < rp_table_rows(t); row++)
		print_error("  %s | %s\n", cell(row, 0), cell(row, 1));
	assert_int_equal(bad, 0);
}

/* A risk has no time of its own, and nothing happened in 1970. */
static void
test_no_row_is_of_long_ago(void **state)
{
	size_t row;

	(void)state;
	assert_string_equal(cell(0, 2), "assumed");
	for (row = 0; row < rp_table_rows(t); row++) {
		assert_null(strstr(cell(row, 1), "1970-"));
		assert_true(strlen(cell(row, 1)) > 0);
	}
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_rows),
		cmocka_unit_test(test_no_row_is_of_long_ago),
	};

	return !!cmocka_run_group_tests(tests, load, unload);
}
