/*
 * tests/unit/test_outcome.c - what the trials answer, as readers get it.
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>
#include <jansson.h>

#include "../support/near.h"
#include "fake_results.h"
#include "write/events.h"
#include "write/show.h"
#include "write/tables.h"
#include "write/words.h"

static struct rp_trials trials;
static struct rp_forecast forecast;

static int
set_up(void **state)
{
	(void)state;
	fake_trials(&trials);
	fake_fill(&trials.details);
	fake_forecast(&forecast);
	return 0;
}

static struct rp_show
how(enum rp_format format)
{
	return (struct rp_show){ format, { .cs = &fake_case, .has_run = true,
	    .seed = 7, .trials = FAKE_TRIALS } };
}

static void
show(enum rp_format format, struct rp_text *out)
{
	struct rp_show as = how(format);
	struct rp_err err = { 0 };

	assert_int_equal(rp_show_simulate(&trials, &as, out, &err), RP_OK);
}

static void
show_one(enum rp_sim_table which, enum rp_format format, struct rp_text *out)
{
	struct rp_show as = how(format);
	struct rp_err err = { 0 };

	assert_int_equal(rp_show_simulate_table(&trials, which, &as, out,
	    &err), RP_OK);
}

/* Where in the text; fails when it is not there. */
static const char *
find(const struct rp_text *t, const char *s)
{
	const char *at = t->bytes == NULL ? NULL : strstr(t->bytes, s);

	if (at == NULL) {
		print_error("no '%s' in:\n%.6000s\n", s, t->bytes);
		fail();
	}
	return at;
}

/* ---- words -------------------------------------------------------------- */

static void
estimates_have_their_error(void **state)
{
	char buf[RP_WORDS];

	(void)state;
	assert_string_equal(rp_words_estimate(150, 3.25, buf), "150 +- 3.2");
	assert_string_equal(rp_words_estimate(26587.4, 120, buf),
	    "26587 +- 120");
	assert_string_equal(rp_words_estimate(2601543.7, 12.4, buf),
	    "2601544 +- 12");
	assert_string_equal(rp_words_estimate(9760.9, 13.4, buf),
	    "9761 +- 13");
	assert_string_equal(rp_words_estimate(9796.6, 6.6, buf), "9797 +- 7");
	assert_string_equal(rp_words_estimate(93.3, 8.6, buf), "93.3 +- 8.6");
	assert_string_equal(rp_words_mean(25672.9, buf), "25673");
	assert_string_equal(rp_words_estimate(7.25, 0.01, buf), "7.2");
	assert_string_equal(rp_words_estimate(7, (double)NAN, buf), "7");
	assert_string_equal(rp_words_estimate((double)NAN, 1, buf),
	    "unknown");
}

/* A cell of an hour ends when the next one begins; a day has its own name. */
static void
the_last_second_of_an_hour_is_its_end(void **state)
{
	char buf[RP_WORDS];

	(void)state;
	/* 2026-03-02T00:00Z */
	assert_string_equal(rp_words_moment(rp_instant_of_s(1772409600 +
	    7 * 3600 + 3599), buf), "2026-03-02 08:00Z");
	assert_string_equal(rp_words_moment(rp_instant_of_s(1772409600 +
	    7 * 3600 + 1800), buf), "2026-03-02 07:30Z");
	assert_string_equal(rp_words_moment(rp_instant_of_s(1772409600 +
	    86399), buf), "2026-03-02");
}

static void
means_of_shares_are_no_certainty(void **state)
{
	char buf[RP_WORDS];

	(void)state;
	assert_string_equal(rp_words_mean_share(1, 0, buf), ">99.9%");
	assert_string_equal(rp_words_mean_share(0, 0, buf), "<0.1%");
	assert_string_equal(rp_words_mean_share(0.852, 0.0042, buf),
	    "85.2% +- 0.4");
	assert_string_equal(rp_words_mean_share((double)NAN, 0, buf),
	    "unknown");
}

static void
midnight_ends_a_day(void **state)
{
	char buf[RP_WORDS];

	(void)state;
	assert_string_equal(rp_words_end(fake_day(1), buf), "2020-07-02");
	assert_string_equal(rp_words_end(rp_instant_of_s(FAKE_START + 3600),
	    buf), "2020-07-02 01:00Z");
}

static void
events_in_words(void **state)
{
	struct rp_event e = { .kind = RP_EVENT_DISCOVERY, .population = 1,
		.certificates = { 1 }, .on = rp_when_exact(fake_day(3)) };
	struct rp_text out = { 0 };

	(void)state;
	rp_event_words(&fake_case, &e, &out);
	assert_string_equal(out.bytes, "discovery of 1 certificate of "
	    "'manual' on 2020-07-05T00:00:00Z");
	rp_text_release(&out);
	rp_event_words(&fake_case, &trials.details.risk, &out);
	assert_string_equal(out.bytes, "hold of 500 certificates from "
	    "2020-08-01 to 2020-08-31 (a court order)");
	rp_text_release(&out);
}

/* ---- text --------------------------------------------------------------- */

/* Who reads it at two in the morning reads it from the top. */
static void
first_things_first(void **state)
{
	static const char *const order[] = {
		"completion: ",
		"When a share of the base is replaced",
		"How many are replaced by a date",
		"P(all done), by population and jointly",
		"deadline: ",
		"Deadline sheet: ",
		"tail: 85 % are replaced: 50 % by",
		"The tail: who is left",
		"bottleneck: ",
		"risk: hold of 500 certificates",
		"closed form: 50 % by",
		"nothing done: by the deadline ",
		"design: 1000 trials, seed 7; 3 uncertain inputs",
		"Share of the base replaced: quantiles",
		"note: Expiry",
		"revplan ",
	};
	struct rp_text out = { 0 };
	const char *last = NULL, *at;
	size_t i;

	(void)state;
	show(RP_FORMAT_TEXT, &out);
	for (i = 0; i < sizeof(order) / sizeof(order[0]); i++) {
		at = find(&out, order[i]);
		assert_true(last == NULL || at > last);
		last = at;
	}
	assert_null(strstr(out.bytes, "\n\n\n"));
	rp_text_release(&out);
}

/* Of 1,000 trials no share may look like all of them, or like none. */
static void
no_certainty_in_any_format(void **state)
{
	static const enum rp_format format[] = { RP_FORMAT_TEXT,
		RP_FORMAT_MARKDOWN, RP_FORMAT_HTML };
	size_t i;

	(void)state;
	trials.deadline.replaced = 1;
	trials.completion.never = 0;
	for (i = 0; i < sizeof(format) / sizeof(format[0]); i++) {
		struct rp_text out = { 0 };

		show(format[i], &out);
		assert_null(strstr(out.bytes, " 100.0 %"));
		assert_null(strstr(out.bytes, " 0.0 %"));
		assert_null(strstr(out.bytes, "in the mean: 100"));
		rp_text_release(&out);
	}
}

static void
dates_both_ways(void **state)
{
	struct rp_text out = { 0 };

	(void)state;
	show(RP_FORMAT_TEXT, &out);
	/* 85 %: day 150, four days a quantile; 50 % is the fourth. */
	find(&out, "  85%  2020-12-10  2020-12-18  2020-12-22  +- 0.2 d  "
	    "     < 0.1 %");
	find(&out, " 100%  2021-02-26  2021-03-18  2021-03-28  +- 0.2 d  "
	    "7.2 % +- 0.8");
	/* 9,120 of 27,000; nothing is complete on that day. */
	find(&out, "2020-08-31   8820   9120   9420  8.0    33.8%");
	find(&out, "all of them          < 0.1 %        < 0.1 %");
	rp_text_release(&out);
}

/* Issued anew is not installed: the curve is that of its own state. */
static void
reissued_has_a_curve_of_its_own(void **state)
{
	struct rp_text out = { 0 };

	(void)state;
	trials.metric = RP_METRIC_REISSUED;
	for (size_t k = 0; k < FAKE_GRID; k++)
		for (size_t i = 0; i < RP_QUANTILES; i++)
			trials.band[0][RP_STATE_REISSUED][k].q[i] = 13500;
	show_one(RP_TABLE_PROGRESS, RP_FORMAT_CSV, &out);
	/* Of 27,000, and of 500 more that are known by day 100. */
	find(&out, "\n2020-08-01T00:00:00Z,50.0,50.0,50.0,50.0,50.0\n");
	rp_text_release(&out);
}

static void
sheet_marks_the_deadline(void **state)
{
	static const int shown[] = { 21600, 4, 2160, 2, 1000, 10, 4000, 15 };
	struct rp_text out = { 0 };
	const char *row;
	size_t i;
	int n[8];

	(void)state;
	show(RP_FORMAT_TEXT, &out);
	row = find(&out, "* 2020-07-09 00:00Z ");
	assert_int_equal(sscanf(row, "* 2020-07-09 00:00Z %d +- %d %d +- %d "
	    "%d +- %d %d +- %d\n", &n[0], &n[1], &n[2], &n[3], &n[4], &n[5],
	    &n[6], &n[7]), 8);
	for (i = 0; i < sizeof(n) / sizeof(n[0]); i++)
		assert_int_equal(n[i], shown[i]);
	find(&out, "note: * the deadline. Harmed:");
	find(&out, "Means of the trials.");
	/* Populations are rows of the long form. */
	assert_null(strstr(out.bytes, "hosting-provider  2020-07-"));
	rp_text_release(&out);
	show_one(RP_TABLE_SHEET, RP_FORMAT_TEXT, &out);
	find(&out, "hosting-provider");
	rp_text_release(&out);
}

/* Of how many trials the means are is told where it is not all of them. */
static void
the_sheet_says_of_how_many_trials(void **state)
{
	struct rp_text out = { 0 };

	(void)state;
	trials.details.sheet[0][0].trials = 160;
	trials.details.sheet[0][0].subscribers_trials = 42;
	show_one(RP_TABLE_SHEET, RP_FORMAT_MARKDOWN, &out);
	find(&out, "Means of 160 of the 1000 trials, of 42 for subscribers; "
	    "what is rarer than one in so many may be in none of them.");
	assert_null(strstr(out.bytes, "Means of the trials."));
	rp_text_release(&out);
	trials.details.sheet[0][0].subscribers = (double)NAN;
	show_one(RP_TABLE_SHEET, RP_FORMAT_MARKDOWN, &out);
	find(&out, "Means of 160 of the 1000 trials (more certificates than "
	    "can be followed to their subscribers); what is rarer");
	rp_text_release(&out);
}

/* Whatever the curves count, the tail is found where so many are replaced. */
static void
the_tail_is_of_what_is_replaced(void **state)
{
	struct rp_text out = { 0 };

	(void)state;
	trials.metric = RP_METRIC_GONE;
	show(RP_FORMAT_TEXT, &out);
	find(&out, "tail: 85 % are replaced: ");
	find(&out, "The tail: who is left when 85 % are replaced, and where");
	rp_text_release(&out);
	trials.metric = RP_METRIC_REPLACED;
}

static void
nothing_to_say(void **state)
{
	struct rp_text out = { 0 };

	(void)state;
	fake_trials(&trials);
	show(RP_FORMAT_TEXT, &out);
	assert_null(strstr(out.bytes, "risk:"));
	assert_null(strstr(out.bytes, "tail:"));
	assert_null(strstr(out.bytes, "nothing done:"));
	find(&out, "closed form: none. A path does more than wait.");
	assert_null(strstr(out.bytes, "\n\n\n"));
	rp_text_release(&out);
	trials.details.has_tail = true;
	show(RP_FORMAT_TEXT, &out);
	find(&out, "tail: no trial gets as far as 85 %");
	rp_text_release(&out);
	show_one(RP_TABLE_RISKS, RP_FORMAT_TEXT, &out);
	find(&out, "Nothing to show: the case has no risk among its events.");
	rp_text_release(&out);
}

/* ---- machines ----------------------------------------------------------- */

static void
tables_in_csv(void **state)
{
	struct rp_text out = { 0 };

	(void)state;
	show_one(RP_TABLE_SHEET, RP_FORMAT_CSV, &out);
	find(&out, "at,population,is_deadline,harmed,harmed_se,harmed_p10,");
	find(&out, "\n2020-07-09T00:00:00Z,total,1,21600.0,4.50,21550,21600,"
	    "21650,2160.0,1.50,1800,2160,2700,1000.0,10.00,4000.0,15.00\n");
	find(&out, "\n2020-07-05T12:00:00Z,manual,0,9000.0,");
	rp_text_release(&out);
	show_one(RP_TABLE_TAIL, RP_FORMAT_CSV, &out);
	find(&out, "\nmanual,install,42,2100.5,8.00,51.8\n");
	find(&out, "\nautomated,not started,,251.0,2.00,6.2\n");
	rp_text_release(&out);
	show_one(RP_TABLE_BY, RP_FORMAT_CSV, &out);
	find(&out, "\n2020-09-01T00:00:00Z,total,9120.5,12.50,8820,8920,9020,"
	    "9120,9220,9320,9420,8.00,27000.0,33.8,0.000000,0.000000,"
	    "0.000000000,0.0036");
	/* 0.5: the second of three populations on the second date. */
	find(&out, "\n2021-01-01T00:00:00Z,automated,,,,,,,,,,,,,0.500000,");
	rp_text_release(&out);
	show_one(RP_TABLE_CLOSED_FORM, RP_FORMAT_CSV, &out);
	find(&out, "level,closed_form,simulated,simulated_se_days,"
	    "difference_days\n");
	find(&out, "\np50,2021-02-26T00:00:00Z,2021-03-17T23:59:59Z,0.50,"
	    "20.00\n");
	rp_text_release(&out);
	show_one(RP_TABLE_NOTHING, RP_FORMAT_CSV, &out);
	/* Day 30: 40 and 30 a day. */
	find(&out, "\n2020-08-01T00:00:00Z,1200.0,4.4,900.0,3.3,");
	rp_text_release(&out);
	show_one(RP_TABLE_RISKS, RP_FORMAT_CSV, &out);
	find(&out, "hold of 500 certificates from 2020-08-01 to 2020-08-31 "
	    "(a court order),77,0.296000,0.014400,");
	rp_text_release(&out);
}

static json_t *
as_json(void)
{
	struct rp_text out = { 0 };
	json_error_t why;
	json_t *root;

	show(RP_FORMAT_JSON, &out);
	root = json_loads(out.bytes, 0, &why);
	if (root == NULL)
		print_error("%s, line %d\n", why.text, why.line);
	assert_non_null(root);
	rp_text_release(&out);
	return root;
}

static double
number(json_t *o, const char *key)
{
	assert_true(json_is_number(json_object_get(o, key)));
	return json_number_value(json_object_get(o, key));
}

/* 0 of 1,000: up to 1 - 0.025^(1/1000). */
static void
json_has_bounds(void **state)
{
	json_t *root = as_json(), *deadline, *both;

	(void)state;
	deadline = json_object_get(root, "deadline");
	assert_near(number(deadline, "probability"), 0, 0);
	both = json_object_get(deadline, "probability_bounds");
	assert_near(json_number_value(json_array_get(both, 0)), 0, 0);
	assert_near(json_number_value(json_array_get(both, 1)), 0.00368208,
	    1e-8);
	assert_non_null(json_object_get(json_object_get(root, "completion"),
	    "never_bounds"));
	json_decref(root);
}

static void
json_has_the_answers(void **state)
{
	json_t *root = as_json(), *o;

	(void)state;
	assert_int_equal(json_array_size(json_object_get(root, "shares")), 3);
	/* Two dates, of all and of three populations. */
	assert_int_equal(json_array_size(json_object_get(root, "by")), 8);
	assert_int_equal(json_array_size(json_object_get(root, "sheet")), 20);
	assert_int_equal(json_array_size(json_object_get(root, "risks")), 1);
	o = json_object_get(root, "tail");
	assert_near(number(o, "trials"), 398, 0);
	assert_near(number(o, "looked_at"), 400, 0);
	assert_int_equal(json_array_size(json_object_get(o, "left")), 4);
	assert_string_equal(json_string_value(json_object_get(
	    json_object_get(o, "by"), "p50")), "2020-12-10T23:59:59Z");
	o = json_object_get(root, "closed_form");
	assert_true(json_is_true(json_object_get(o, "found")));
	assert_string_equal(json_string_value(json_object_get(o, "p50")),
	    "2021-02-26T00:00:00Z");
	o = json_object_get(root, "design");
	assert_string_equal(json_string_value(json_object_get(o, "name")),
	    "quasi-random");
	assert_near(number(o, "inputs"), 3, 0);
	o = json_array_get(json_object_get(root, "nothing_done"), 30);
	assert_near(number(o, "renewed"), 1200, 0);
	assert_near(number(o, "expired"), 900, 0);
	json_decref(root);
}

/* What does not exist is null or empty, and says why. */
static void
json_without_answers(void **state)
{
	json_t *root;

	(void)state;
	fake_trials(&trials);
	root = as_json();
	assert_int_equal(json_array_size(json_object_get(root, "sheet")), 0);
	assert_true(json_is_null(json_object_get(root, "tail")));
	assert_true(json_is_null(json_object_get(root, "nothing_done")));
	assert_string_equal(json_string_value(json_object_get(json_object_get(
	    root, "closed_form"), "why_not")), "A path does more than wait.");
	json_decref(root);
}

static void
states_that_the_case_has(void **state)
{
	struct rp_text out = { 0 };

	(void)state;
	show(RP_FORMAT_CSV, &out);
	find(&out, ",total,reissued,");
	find(&out, ",total,expired-late,");
	find(&out, ",total,held,");
	rp_text_release(&out);
	trials.details.has_state[RP_STATE_HELD] = false;
	show(RP_FORMAT_CSV, &out);
	assert_null(strstr(out.bytes, ",held,"));
	find(&out, ",total,expired-late,");
	rp_text_release(&out);
}

/* Names of a case are made harmless in every format. */
static void
names_are_harmless(void **state)
{
	static const char *const name[] = { "=cmd|'/C calc'!A0",
		"<script>alert(1)</script>", "a|b*c*" };
	struct rp_text out = { 0 };
	const char *kept[3];
	size_t i;

	(void)state;
	for (i = 0; i < 3; i++) {
		kept[i] = fake_population[i].name;
		fake_population[i].name = name[i];
	}
	show_one(RP_TABLE_SHEET, RP_FORMAT_CSV, &out);
	assert_null(strstr(out.bytes, ",=cmd"));
	rp_text_release(&out);
	show(RP_FORMAT_HTML, &out);
	assert_null(strstr(out.bytes, "<script>"));
	rp_text_release(&out);
	show_one(RP_TABLE_TAIL, RP_FORMAT_MARKDOWN, &out);
	assert_null(strstr(out.bytes, "a|b"));
	rp_text_release(&out);
	for (i = 0; i < 3; i++)
		fake_population[i].name = kept[i];
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(estimates_have_their_error),
		cmocka_unit_test(the_last_second_of_an_hour_is_its_end),
		cmocka_unit_test(means_of_shares_are_no_certainty),
		cmocka_unit_test(midnight_ends_a_day),
		cmocka_unit_test(events_in_words),
		cmocka_unit_test_setup(first_things_first, set_up),
		cmocka_unit_test_setup(no_certainty_in_any_format, set_up),
		cmocka_unit_test_setup(dates_both_ways, set_up),
		cmocka_unit_test_setup(reissued_has_a_curve_of_its_own,
		    set_up),
		cmocka_unit_test_setup(sheet_marks_the_deadline, set_up),
		cmocka_unit_test_setup(the_sheet_says_of_how_many_trials,
		    set_up),
		cmocka_unit_test_setup(the_tail_is_of_what_is_replaced,
		    set_up),
		cmocka_unit_test_setup(nothing_to_say, set_up),
		cmocka_unit_test_setup(tables_in_csv, set_up),
		cmocka_unit_test_setup(json_has_bounds, set_up),
		cmocka_unit_test_setup(json_has_the_answers, set_up),
		cmocka_unit_test_setup(json_without_answers, set_up),
		cmocka_unit_test_setup(states_that_the_case_has, set_up),
		cmocka_unit_test_setup(names_are_harmless, set_up),
	};

	return !!cmocka_run_group_tests(tests, set_up, NULL);
}
