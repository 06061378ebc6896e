/*
 * Counts by group: which interval an expiry is, how sizes become classes, and
 * how far size and expiry go together.
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "near.h"
#include "read/counts.h"
#include "revplan/instant.h"

#define HEADER "population,subscriber_size,expiry,certificates\n"
#define DAY_S 86400

struct read {
	struct rp_faults faults;
	struct rp_counts counts;
	rp_status status;
};

static struct read
read_text(const char *text, size_t classes)
{
	struct read r = { .status = RP_OK };
	struct rp_counting *c;
	struct rp_err err = { 0 };

	rp_faults_init(&r.faults, "counts.csv");
	c = rp_counting_new(&r.faults);
	assert_non_null(c);
	(void)rp_counting_add(c, text, strlen(text));
	r.status = rp_counting_end(c, classes, &r.counts, &err);
	rp_counting_free(c);
	return r;
}

static void
release(struct read *r)
{
	rp_counts_release(&r->counts);
	rp_faults_release(&r->faults);
}

static void
assert_day(int32_t day, const char *date)
{
	char text[RP_INSTANT_TEXT];

	assert_string_equal(rp_instant_format_date(rp_instant_of_s(
	    (int64_t)day * DAY_S), text), date);
}

/* Weeks begin on a Monday, that of the first one may be of the year before;
 * 2026 has 53 of them. */
static void
expiries_are_intervals(void **state)
{
	static const struct {
		const char *said, *from, *until;
	} tries[] = {
		{ "2026-03", "2026-03-01", "2026-04-01" },
		{ "2027-12", "2027-12-01", "2028-01-01" },
		{ "2028-02", "2028-02-01", "2028-03-01" },
		{ "2028-02-29", "2028-02-29", "2028-03-01" },
		{ "2026-12-31", "2026-12-31", "2027-01-01" },
		{ "2026-W01", "2025-12-29", "2026-01-05" },
		{ "2026-W10", "2026-03-02", "2026-03-09" },
		{ "2026-W53", "2026-12-28", "2027-01-04" },
		{ "2027-W01", "2027-01-04", "2027-01-11" },
		{ "1900-01", "1900-01-01", "1900-02-01" },
		{ "1900-W01", "1900-01-01", "1900-01-08" },
		{ "2999-12", "2999-12-01", "3000-01-01" },
	};
	char text[200];

	(void)state;
	for (size_t i = 0; i < sizeof(tries) / sizeof(tries[0]); i++) {
		struct read r;

		(void)snprintf(text, sizeof(text), HEADER "a,1,%s,7\n",
		    tries[i].said);
		r = read_text(text, 10);
		assert_int_equal(r.status, RP_OK);
		assert_int_equal(r.counts.population[0].n_buckets, 1);
		assert_day(r.counts.population[0].bucket[0].from,
		    tries[i].from);
		assert_day(r.counts.population[0].bucket[0].until,
		    tries[i].until);
		release(&r);
	}
}

static void
what_is_no_expiry(void **state)
{
	static const char *const tries[] = { "2026", "2026-13", "2026-00",
	    "2027-02-29", "2026-W00", "2025-W53", "2026-W54", "2026-w10",
	    "26-03", "2026-3", "2026-03-1", "2026-03-01T00:00Z", "1899-12",
	    "1899-W52", "3000-01", "2026-03-01..2026-04-01", "soon" };
	char text[200];

	(void)state;
	for (size_t i = 0; i < sizeof(tries) / sizeof(tries[0]); i++) {
		struct read r;

		(void)snprintf(text, sizeof(text), HEADER "a,1,%s,7\n",
		    tries[i]);
		r = read_text(text, 10);
		assert_int_equal(r.status, RP_EINPUT);
		assert_int_equal(r.faults.n, 1);
		assert_int_equal(r.faults.fault[0].line, 2);
		assert_int_equal(r.faults.fault[0].col, 5);
		release(&r);
	}
}

/* 40 sizes in all: no more classes than asked for, and not one certificate or
 * subscriber more or less. */
static void
sizes_become_classes(void **state)
{
	char text[4096] = HEADER;
	size_t len = strlen(text);
	uint64_t certificates = 0, subscribers = 0;

	(void)state;
	for (unsigned size = 1; size <= 40; size++) {
		unsigned n = 1 + (size * 7) % 13;

		len += (size_t)snprintf(text + len, sizeof(text) - len,
		    "a,%u,2026-0%u,%u\n", size, 3 + size % 5, size * n);
		certificates += size * n;
		subscribers += n;
	}
	for (size_t most = 1; most <= 41; most++) {
		struct read r = read_text(text, most);
		const struct rp_counts_population *p = r.counts.population;
		uint64_t owned = 0, owners = 0;

		assert_int_equal(r.status, RP_OK);
		assert_int_equal(p->n_sizes, 40);
		assert_true(p->n_classes <= most);
		/* Few are left unused, for sizes are whole numbers. */
		assert_true(p->n_classes + 3 >= (most < 40 ? most : 40));
		assert_true(most < 40 || p->widest == 1.0);
		assert_true(most >= 40 || p->widest > 1.0);
		assert_true(most > 1 || p->widest == 40.0);
		for (size_t i = 0; i < p->n_classes; i++) {
			owned += p->class[i].certificates;
			owners += p->class[i].subscribers;
		}
		assert_int_equal(owned, certificates);
		assert_int_equal(owners, subscribers);
		assert_int_equal(p->subscribers, subscribers);
		release(&r);
	}
}

/* A subscriber's certificates may expire in any month; their number may not. */
static void
multiples_over_all_expiries(void **state)
{
	struct read r = read_text(HEADER "a,5,2026-03,1\na,5,2026-04,2\n"
	    "a,5,,7\n", 10);

	(void)state;
	assert_int_equal(r.status, RP_OK);
	assert_int_equal(r.counts.population[0].subscribers, 2);
	assert_int_equal(r.counts.population[0].unknown, 7);
	release(&r);
	r = read_text(HEADER "a,5,2026-03,1\na,5,2026-04,2\na,5,,8\n", 10);
	assert_int_equal(r.status, RP_EINPUT);
	release(&r);
}

static void
size_and_expiry(void **state)
{
	/* The same months for all. */
	struct read r = read_text(HEADER "a,1,2026-03,300\na,1,2026-04,700\n"
	    "a,10,2026-03,60\na,10,2026-04,140\na,10,,40\n", 10);
	const struct rp_counts_bond *b = &r.counts.population[0].bond;

	(void)state;
	assert_int_equal(r.status, RP_OK);
	assert_near(b->excess, 0.0, 1e-12);
	release(&r);
	/* Half are large, and all of these come last: 1/2 - 1/2 * 1/2. */
	r = read_text(HEADER "a,1,2026-03,500\na,1,2026-04,500\n"
	    "a,10,2026-05,1000\n", 10);
	b = &r.counts.population[0].bond;
	assert_near(b->excess, 0.25, 1e-12);
	assert_int_equal(b->size, 1);
	assert_day(b->before, "2026-05-01");
	assert_near(b->of_larger, 0.0, 1e-12);
	assert_near(b->of_all, 0.5, 1e-12);
	release(&r);
	/* 0.2 larger; of them 0.6 in March, of all 0.36: 0.2 * 0.24. */
	r = read_text(HEADER "a,2,2026-03,240\na,2,2026-04,560\n"
	    "a,5,2026-03,120\na,5,2026-04,80\n", 10);
	b = &r.counts.population[0].bond;
	assert_near(b->excess, 0.048, 1e-12);
	assert_int_equal(b->size, 2);
	assert_near(b->of_larger, 0.6, 1e-12);
	assert_near(b->of_all, 0.36, 1e-12);
	release(&r);
}

static void
what_looks_cut(void **state)
{
	static const struct {
		const char *lines;
		bool monthly, weekly;
	} tries[] = {
		{ "a,1,2026-03-01,1\na,1,2026-04-01,1\n", true, false },
		{ "a,1,2026-03-01,1\na,1,2026-03-01,1\n", false, false },
		{ "a,1,2026-03,1\na,1,2026-04,1\n", false, false },
		{ "a,1,2026-03-01,1\na,1,2026-04-02,1\n", false, false },
		{ "a,1,2026-03-02,1\na,1,2026-03-09,1\na,1,2026-03-16,1\n",
		    false, true },
	};
	char text[400];

	(void)state;
	for (size_t i = 0; i < sizeof(tries) / sizeof(tries[0]); i++) {
		struct read r;

		(void)snprintf(text, sizeof(text), HEADER "%s",
		    tries[i].lines);
		r = read_text(text, 10);
		assert_int_equal(r.status, RP_OK);
		assert_int_equal(r.counts.looks_monthly, tries[i].monthly);
		assert_int_equal(r.counts.looks_weekly, tries[i].weekly);
		release(&r);
	}
}

/* More groups, names and sizes than any table has room for at first. */
static void
many_groups(void **state)
{
	struct rp_faults f;
	struct rp_counting *c;
	struct rp_counts counts;
	struct rp_err err = { 0 };
	char line[100];

	(void)state;
	rp_faults_init(&f, "counts.csv");
	c = rp_counting_new(&f);
	assert_non_null(c);
	assert_true(rp_counting_add(c, HEADER, strlen(HEADER)));
	for (unsigned i = 0; i < 60000; i++) {
		int n = snprintf(line, sizeof(line), "name %u,%u,2026-%02u,"
		    "%u\n", i % 1000, 1 + i / 1000 % 5, 1 + i / 5000,
		    1 + i / 1000 % 5);

		assert_true(rp_counting_add(c, line, (size_t)n));
	}
	assert_int_equal(rp_counting_end(c, 500, &counts, &err), RP_OK);
	assert_int_equal(counts.n, 1000);
	assert_int_equal(counts.n_lines, 60000);
	assert_int_equal(counts.n_repeated, 0);
	for (size_t i = 0; i < counts.n; i++) {
		(void)snprintf(line, sizeof(line), "name %zu", i);
		assert_string_equal(counts.population[i].name, line);
		assert_int_equal(counts.population[i].certificates, 180);
		assert_int_equal(counts.population[i].subscribers, 60);
		assert_int_equal(counts.population[i].n_buckets, 12);
		assert_int_equal(counts.population[i].n_classes, 5);
	}
	rp_counts_release(&counts);
	rp_counting_free(c);
	rp_faults_release(&f);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(expiries_are_intervals),
		cmocka_unit_test(what_is_no_expiry),
		cmocka_unit_test(sizes_become_classes),
		cmocka_unit_test(multiples_over_all_expiries),
		cmocka_unit_test(size_and_expiry),
		cmocka_unit_test(what_looks_cut),
		cmocka_unit_test(many_groups),
	};

	return !!cmocka_run_group_tests(tests, NULL, NULL);
}
