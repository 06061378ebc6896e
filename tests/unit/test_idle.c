/*
 * test_idle.c - a team begins when the first one comes to it, within the cell
 * in which that happens, and what it could have done before is lost.
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "counted.h"

#define COME "path: [{wait: {what: w, time: {uniform: [0 d, 1 d]}}}, "
#define LONE COME "{team: {what: t, rate: 2/day}}]}\n"
#define DESK COME "{team: {what: t, name: desk, rate: 2/day}}]}\n"

/* Half a day for one: done on the day of arrival by those of its first half. */
static void
one_who_comes_late_is_done_late(void **state)
{
	(void)state;
	open_case(HEAD "populations:\n"
	    "  - {name: p, certificates: 1, " LONE);
	assert_mean(replaced, 0, 1.0, 4000, 0.5);
	assert_mean(replaced, 0, 2.0, 4000, 1.0);
	close_case();
}

static uint32_t
both(size_t part, double day)
{
	return replaced(part, day) + replaced(1 - part, day);
}

/* The first of two comes in the first half with probability 3/4, and the other
 * is done after another half a day. */
static void
the_first_of_several_counts(void **state)
{
	(void)state;
	open_case(HEAD "populations:\n"
	    "  - {name: p, certificates: 1, " DESK
	    "  - {name: q, certificates: 1, " DESK);
	assert_mean(both, 0, 1.0, 4000, 0.75);
	close_case();
	open_case(HEAD "populations:\n"
	    "  - {name: p, certificates: 2, " LONE);
	assert_mean(replaced, 0, 1.0, 4000, 0.75);
	close_case();
}

/* Two more come a day and a half after the first was done: they take a whole
 * day, however long nobody was there. */
static void
idle_time_is_lost(void **state)
{
	(void)state;
	open_case(HEAD "populations:\n"
	    "  - {name: p, certificates: 1, path: [{team: {what: t, name: "
	    "desk, rate: 2/day}}]}\n"
	    "  - {name: q, certificates: 2, starts: 2026-03-04, path: [{team: "
	    "{what: t, name: desk, rate: 2/day}}]}\n");
	trial(0);
	assert_int_equal(replaced(0, 1.0), 1);
	assert_int_equal(replaced(1, 2.0), 0);
	assert_int_equal(replaced(1, 3.0), 2);
	close_case();
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(one_who_comes_late_is_done_late),
		cmocka_unit_test(the_first_of_several_counts),
		cmocka_unit_test(idle_time_is_lost)
	};

	return !!cmocka_run_group_tests(tests, NULL, NULL);
}
