/*
 * tests/unit/test_chart_outcome.c - revocation, the sheet, and what is held
 * against a curve.
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include <cmocka.h>

#include "fake_results.h"
#include "output.h"
#include "revplan/chart.h"

#define GOLDEN "tests/golden/chart/"
#define PWNED "/tmp/revplan-overlay-pwned"

static struct rp_trials trials, other;
static struct rp_forecast forecast;

static int
set_up(void **state)
{
	size_t k, i;

	(void)state;
	fake_trials(&trials);
	fake_trials(&other);
	fake_forecast(&forecast);
	fake_fill(&trials.details);
	/* Half of all is revoked on day 8, a tenth of it to harm. */
	for (k = 8; k < FAKE_GRID; k++) {
		struct rp_band *revoked = &trials.band[0][RP_STATE_REVOKED][k];
		struct rp_band *harmed = &trials.band[0][RP_STATE_HARMED][k];

		revoked->mean = 13500;
		harmed->mean = 1350;
		for (i = 0; i < RP_QUANTILES; i++) {
			revoked->q[i] = 13400 + 40 * (uint32_t)i;
			harmed->q[i] = 1300 + 20 * (uint32_t)i;
		}
	}
	return 0;
}

static struct rp_chart_data
plain(void)
{
	return (struct rp_chart_data){ .cs = &fake_case, .trials = &trials,
		.as_of = rp_when_exact(fake_day(400)) };
}

static struct rp_chart *
new_chart(enum rp_chart_kind kind, enum rp_chart_format format,
    const struct rp_chart_data *data)
{
	struct rp_chart *c = NULL;
	struct rp_err err = { 0 };

	assert_int_equal(rp_chart_new(kind, format, data, &c, &err), RP_OK);
	return c;
}

static void
expect(const char *text, const char *what)
{
	if (strstr(text, what) != NULL)
		return;
	print_error("no '%s' in:\n%.6000s\n", what, text);
	fail();
}

/* BLESS=1 writes the golden script anew. */
static void
golden(const char *name, enum rp_chart_kind kind,
    enum rp_chart_format format, const struct rp_chart_data *data)
{
	struct rp_chart *c = new_chart(kind, format, data);
	struct rp_text want = { 0 };
	struct rp_err err = { 0 };
	char path[128], buf[4096];
	size_t n;
	FILE *f;

	(void)snprintf(path, sizeof(path), GOLDEN "%s.gp", name);
	if (getenv("BLESS") != NULL)
		assert_int_equal(rp_output_write(path, rp_chart_script(c),
		    strlen(rp_chart_script(c)), &err), RP_OK);
	f = fopen(path, "r");
	assert_non_null(f);
	while ((n = fread(buf, 1, sizeof(buf), f)) > 0)
		rp_text_add(&want, buf, n);
	(void)fclose(f);
	assert_string_equal(rp_chart_script(c), want.bytes);
	rp_text_release(&want);
	rp_chart_free(c);
}

static void
scripts_are_golden(void **state)
{
	static const struct rp_trials *const others[] = { &other };
	static const char *const name[] = { "Two shifts at the desk, day and "
	    "night" };
	struct rp_chart_data d = plain();

	(void)state;
	golden("revocation", RP_CHART_REVOCATION, RP_CHART_SVG, &d);
	golden("revocation-terminal", RP_CHART_REVOCATION,
	    RP_CHART_TERMINAL, &d);
	golden("sheet", RP_CHART_SHEET, RP_CHART_SVG, &d);
	golden("sheet-terminal", RP_CHART_SHEET, RP_CHART_TERMINAL, &d);
	d.n_overlays = 1;
	d.overlay = others;
	d.overlay_name = name;
	golden("curve-overlay", RP_CHART_CURVE, RP_CHART_SVG, &d);
}

static void
missing_data_is_said(void **state)
{
	struct rp_chart_data d = { .cs = &fake_case };
	struct rp_chart *c = NULL;
	struct rp_err err = { 0 };

	(void)state;
	assert_int_equal(rp_chart_new(RP_CHART_REVOCATION, RP_CHART_SVG, &d,
	    &c, &err), RP_ESTATE);
	assert_int_equal(rp_chart_new(RP_CHART_SHEET, RP_CHART_SVG, &d, &c,
	    &err), RP_ESTATE);
	d.trials = &other;
	assert_int_equal(rp_chart_new(RP_CHART_SHEET, RP_CHART_SVG, &d, &c,
	    &err), RP_ESTATE);
	expect(err.text, "there is no deadline sheet");
	assert_null(c);
}

/* Of 24 hours a date alone is half of the news. */
static void
deadlines_have_their_hour(void **state)
{
	struct rp_case hourly = fake_case;
	struct rp_chart_data d = plain();
	struct rp_chart *c;

	(void)state;
	d.cs = &hourly;
	c = new_chart(RP_CHART_SHEET, RP_CHART_SVG, &d);
	expect(rp_chart_script(c), "'deadline 2020-07-09'");
	rp_chart_free(c);
	hourly.simulation.step = rp_span_of_s(3600);
	c = new_chart(RP_CHART_SHEET, RP_CHART_SVG, &d);
	expect(rp_chart_script(c), "'deadline 07-09 00:00Z'");
	rp_chart_free(c);
}

/* What needs no deadline is on the axis of what is overdue. */
static void
sheet_without_savings(void **state)
{
	struct rp_chart_data d = plain();
	struct rp_chart *c;
	size_t i;

	(void)state;
	c = new_chart(RP_CHART_SHEET, RP_CHART_SVG, &d);
	expect(rp_chart_script(c), "certificate-days saved, thousands'");
	expect(rp_chart_alternative(c), "would be saved, for 5 instants. At "
	    "the deadline, 2020-07-09T00:00:00Z, 21600 +- 4 certificates of "
	    "2160 +- 2 subscribers would be harmed.");
	assert_int_equal(rp_table_rows(rp_chart_table(c)), 5);
	rp_chart_free(c);
	for (i = 0; i < 5; i++)
		trials.details.sheet[0][i].saved_days = 0;
	c = new_chart(RP_CHART_SHEET, RP_CHART_SVG, &d);
	expect(rp_chart_script(c), "certificate-days overdue, thousands'");
	expect(rp_chart_script(c), "'days overdue (right)'");
	rp_chart_free(c);
	(void)set_up(NULL);
}

static void
curve_with_company(void **state)
{
	static const struct rp_trials *const others[] = { &other };
	static const char *const name[] = { "faster" };
	struct rp_chart_data d = plain();
	const struct rp_table *t;
	const char *human;
	struct rp_chart *c;

	(void)state;
	d.n_overlays = 1;
	d.overlay = others;
	d.overlay_name = name;
	c = new_chart(RP_CHART_CURVE, RP_CHART_SVG, &d);
	expect(rp_chart_script(c), "title 'nothing done (mean)'");
	expect(rp_chart_script(c), "title 'faster'");
	expect(rp_chart_alternative(c), "Beside it, 'faster': half of its "
	    "trials are complete by 2021-03-17.");
	/* by, three quantiles, the other case, doing nothing. */
	t = rp_chart_table(c);
	assert_int_equal(rp_table_columns(t), 6);
	/* Day 30: 1,200 of 27,000 renew anyway. */
	(void)rp_table_cell(t, 0, 5, &human, NULL);
	assert_string_equal(human, "4.4%");
	rp_chart_free(c);
}

static void
too_many_others(void **state)
{
	const struct rp_trials *others[RP_CHART_OVERLAYS + 1];
	const char *name[RP_CHART_OVERLAYS + 1];
	struct rp_chart_data d = plain();
	struct rp_chart *c = NULL;
	struct rp_err err = { 0 };
	size_t i;

	(void)state;
	for (i = 0; i <= RP_CHART_OVERLAYS; i++) {
		others[i] = &other;
		name[i] = "x";
	}
	d.overlay = others;
	d.overlay_name = name;
	d.n_overlays = RP_CHART_OVERLAYS;
	c = new_chart(RP_CHART_CURVE, RP_CHART_SVG, &d);
	rp_chart_free(c);
	c = NULL;
	d.n_overlays++;
	assert_int_equal(rp_chart_new(RP_CHART_CURVE, RP_CHART_SVG, &d, &c,
	    &err), RP_ESTATE);
	assert_null(c);
}

/* The names of other cases come from files of others. */
static void
names_do_not_break_out(void **state)
{
	static const char *const hostile[] = {
		("'.system('touch " PWNED "').'"),
		("' ; system 'touch " PWNED "'"), ("`touch " PWNED "`"),
		("EOD\nEOD\nsystem 'touch " PWNED "'\n"),
		("''' ! touch " PWNED),
		"\xFF\xFE bad bytes \x1b[2J", "" };
	static const struct rp_trials *const others[] = { &other };
	struct rp_chart_data d = plain();
	struct rp_err err = { 0 };
	struct rp_chart *c;
	char *bytes = NULL;
	size_t i, len;

	(void)state;
	(void)unlink(PWNED);
	d.n_overlays = 1;
	d.overlay = others;
	for (i = 0; i < sizeof(hostile) / sizeof(hostile[0]); i++) {
		d.overlay_name = &hostile[i];
		c = new_chart(RP_CHART_CURVE, RP_CHART_SVG, &d);
		assert_int_equal(rp_chart_run(c, &bytes, &len, &err), RP_OK);
		assert_int_not_equal(access(PWNED, F_OK), 0);
		free(bytes);
		rp_chart_free(c);
	}
}

/* All over in two days: the axis has hours, and so has the table. */
static void
a_race_is_told_in_hours(void **state)
{
	struct rp_chart_data d = plain();
	struct rp_chart *c;
	size_t k;

	(void)state;
	for (k = 0; k < FAKE_GRID; k++)
		trials.grid[k] = rp_instant_of_s(FAKE_START +
		    (int64_t)k * 3600);
	trials.deadline.deadline.at = rp_when_exact(rp_instant_of_s(
	    FAKE_START + 7 * 3600 + 1800));
	c = new_chart(RP_CHART_REVOCATION, RP_CHART_SVG, &d);
	expect(rp_chart_script(c), "'07-02 06:00' ");
	expect(rp_chart_script(c), "title 'deadline 07-02 07:30Z'");
	assert_true(rp_table_rows(rp_chart_table(c)) >= 2);
	rp_chart_free(c);
	(void)set_up(NULL);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(scripts_are_golden),
		cmocka_unit_test(missing_data_is_said),
		cmocka_unit_test(deadlines_have_their_hour),
		cmocka_unit_test(sheet_without_savings),
		cmocka_unit_test(curve_with_company),
		cmocka_unit_test(too_many_others),
		cmocka_unit_test(names_do_not_break_out),
		cmocka_unit_test(a_race_is_told_in_hours),
	};

	return !!cmocka_run_group_tests(tests, set_up, NULL);
}
