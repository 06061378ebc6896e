/*
 * tests/unit/test_show.c - results in the contracts of each format.
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>
#include <jansson.h>

#include "fake_results.h"
#include "write/findings.h"
#include "write/ledger.h"
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
	fake_forecast(&forecast);
	return 0;
}

static struct rp_show
how(enum rp_format format)
{
	return (struct rp_show){ format, { .cs = &fake_case, .has_run = true,
	    .seed = 7, .trials = FAKE_TRIALS, .has_as_of = true,
	    .as_of = rp_forecast_as_of(&forecast) } };
}

static void
expect_line(const char *text, const char *line)
{
	size_t n = strlen(line);
	const char *s;

	for (s = text; s != NULL; s = strchr(s, '\n')) {
		s += *s == '\n';
		if (strncmp(s, line, n) == 0 && s[n] == '\n')
			return;
	}
	print_error("no line '%s' in:\n%.4000s\n", line, text);
	fail();
}

/* ---- words -------------------------------------------------------------- */

static void
certainty_is_never_printed(void **state)
{
	char buf[RP_WORDS];

	(void)state;
	assert_string_equal(rp_words_probability(1, 10000, buf), "> 99.99 %");
	assert_string_equal(rp_words_probability(0, 10000, buf), "< 0.01 %");
	assert_string_equal(rp_words_probability(1, 200, buf), "> 99.5 %");
	assert_string_equal(rp_words_probability(1, 1000000, buf),
	    "> 99.9999 %");
	assert_string_equal(rp_words_probability(0, 1, buf), "0 of 1");
	assert_string_equal(rp_words_probability(1, 1, buf), "1 of 1");
	/* 9,999 of 10,000 is what can be told from all of them. */
	assert_string_equal(rp_words_probability(0.9999, 10000, buf),
	    "99.99 %");
	assert_string_equal(rp_words_probability(0.421, 10000, buf),
	    "42.1 %");
	assert_string_equal(rp_words_odds(0.421, 0.0049, 10000, buf),
	    "42.1 % +- 0.5");
	assert_string_equal(rp_words_odds(1, 0, 10000, buf), "> 99.99 %");
	assert_string_equal(rp_words_odds(1, (double)NAN, 1, buf), "1 of 1");
	assert_string_equal(rp_words_probability((double)NAN, 10, buf),
	    "unknown");
}

static void
shares_near_the_ends(void **state)
{
	char buf[RP_WORDS];

	(void)state;
	assert_string_equal(rp_words_percent(1, buf), "100.0%");
	assert_string_equal(rp_words_percent(0.99996, buf), ">99.9%");
	assert_string_equal(rp_words_percent(0.00001, buf), "<0.1%");
	assert_string_equal(rp_words_percent(0, buf), "0.0%");
	assert_string_equal(rp_words_percent(0.361, buf), "36.1%");
}

static void
leads_are_days_hours_or_bounds(void **state)
{
	struct rp_lead l = { true, true, rp_span_of_s(1425600),
	    rp_span_of_s(1425600) };
	char buf[RP_WORDS];

	(void)state;
	/* 16.5 days; 3.6 hours. */
	assert_string_equal(rp_words_lead(l, false, buf), "+17 d");
	l.least = l.most = rp_span_of_s(-12960);
	assert_string_equal(rp_words_lead(l, false, buf), "0 d");
	assert_string_equal(rp_words_lead(l, true, buf), "-4 h");
	l.least = rp_span_of_s(-12 * 86400);
	assert_string_equal(rp_words_lead(l, false, buf), "-12 d to 0 d");
	l.has_most = false;
	assert_string_equal(rp_words_lead(l, false, buf), "at least -12 d");
	l = (struct rp_lead){ .has_most = true,
	    .most = rp_span_of_s(-5 * 86400) };
	assert_string_equal(rp_words_lead(l, true, buf), "at most -5 d");
	l.has_most = false;
	assert_string_equal(rp_words_lead(l, true, buf), "");
}

static void
moments_and_periods(void **state)
{
	char buf[RP_WORDS];

	(void)state;
	/* 2020-07-02T00:00:00Z, see fake_results.h. */
	assert_string_equal(rp_words_moment(rp_instant_of_s(FAKE_START),
	    buf), "2020-07-02 00:00Z");
	assert_string_equal(rp_words_moment(rp_instant_of_s(FAKE_START - 1),
	    buf), "2020-07-01");
	assert_string_equal(rp_words_by(false, fake_day(0), fake_day(400),
	    buf), "not by 2021-08-06");
	assert_string_equal(rp_words_period("2020-08", buf), "August 2020");
	assert_string_equal(rp_words_period("2020-W36", buf), "2020-W36");
	assert_string_equal(rp_words_period("2020-13", buf), "2020-13");
	assert_string_equal(rp_words_error_days(43200, buf), "+- 0.5 d");
	assert_string_equal(rp_words_error_days(0, buf), "+- 0");
	assert_string_equal(rp_words_error_days((double)NAN, buf), "");
}

static void
ticks_are_month_ends(void **state)
{
	struct rp_instant tick[RP_TICKS];
	char buf[RP_INSTANT_TEXT];
	size_t n;

	(void)state;
	n = rp_ticks(fake_day(0), fake_day(300), tick);
	assert_int_equal(n, 10);
	assert_string_equal(rp_instant_format(tick[0], buf),
	    "2020-08-01T00:00:00Z");
	assert_string_equal(rp_instant_format(tick[9], buf),
	    "2021-04-28T00:00:00Z");
	/* 2020-07-06 is the first Monday after 2020-07-02, a Thursday. */
	n = rp_ticks(fake_day(0), fake_day(30), tick);
	assert_int_equal(n, 5);
	assert_string_equal(rp_instant_format(tick[0], buf),
	    "2020-07-06T00:00:00Z");
	assert_int_equal(rp_ticks(fake_day(0), fake_day(5), tick), 5);
	assert_int_equal(rp_ticks(fake_day(0), fake_day(100000), tick),
	    RP_TICKS);
	assert_int_equal(rp_ticks(fake_day(1), fake_day(0), tick), 0);
}

static void
gone_is_what_is_no_longer_outstanding(void **state)
{
	double q[RP_QUANTILES], g[RP_QUANTILES], mean;
	size_t i;

	(void)state;
	assert_true(rp_metric_band(&trials, 100, q, &mean));
	trials.metric = RP_METRIC_GONE;
	assert_true(rp_metric_band(&trials, 100, g, &mean));
	trials.metric = RP_METRIC_REPLACED;
	/* Nothing expires in these trials, and replaced is gone. */
	for (i = 0; i < RP_QUANTILES; i++)
		assert_true(fabs(q[i] - g[i]) < 1e-12);
}

/* ---- compare ------------------------------------------------------------ */

static struct rp_comparison *
new_comparison(enum rp_period period)
{
	struct rp_compare_options opt = { .plan = SIZE_MAX,
		.period = period };
	struct rp_comparison *c = NULL;

	opt.as_of = rp_forecast_as_of(&forecast);
	assert_int_equal(rp_compare(&fake_case, &opt, &c, NULL), RP_OK);
	return c;
}

static void
compare_text(void **state)
{
	struct rp_comparison *c = new_comparison(RP_PERIOD_MONTH);
	struct rp_show text = how(RP_FORMAT_TEXT);
	struct rp_text out = { 0 };

	(void)state;
	assert_int_equal(rp_show_compare(c, &text, &out, NULL), RP_OK);
	expect_line(out.bytes, "Year & month    Planned value  Actual value"
	    "  Difference   Days  Status");
	/*
	 * 11.0 - 5.0 and 76.4 - 45.0; 6 of the 40 points that the plan makes
	 * in 122 days, 31.4 of the 55 that it makes in 90 days.
	 */
	expect_line(out.bytes, "August 2020              5.0%         11.0%"
	    "       6.0pt  +18 d  ahead");
	expect_line(out.bytes, "December 2020           45.0%         76.4%"
	    "      31.4pt  +51 d  ahead");
	expect_line(out.bytes, "March 2021             100.0%              "
	    "                     open");
	rp_text_release(&out);
	rp_comparison_free(c);
}

static void
compare_csv(void **state)
{
	struct rp_comparison *c = new_comparison(RP_PERIOD_MONTH);
	struct rp_show csv = how(RP_FORMAT_CSV);
	struct rp_text out = { 0 };

	(void)state;
	assert_int_equal(rp_show_compare(c, &csv, &out, NULL), RP_OK);
	expect_line(out.bytes, "period,as_of,planned_pct,actual_pct,"
	    "difference_pt,replaced,revoked,expired,remaining,status");
	/* A bare date is its last second. */
	expect_line(out.bytes,
	    "2020-08,2020-08-31T23:59:59Z,5.0,11.0,6.0,,,,,ahead");
	expect_line(out.bytes, "2021-03,,100.0,,,,,,,open");
	rp_text_release(&out);
	rp_comparison_free(c);
}

static json_t *
parse(const struct rp_text *out)
{
	json_error_t e;
	json_t *root = json_loadb(out->bytes, out->len,
	    JSON_REJECT_DUPLICATES, &e);

	if (root == NULL)
		print_error("%d:%d: %s\n", e.line, e.column, e.text);
	assert_non_null(root);
	return root;
}

static void
compare_json(void **state)
{
	struct rp_comparison *c = new_comparison(RP_PERIOD_MONTH);
	struct rp_show as_json = how(RP_FORMAT_JSON);
	struct rp_text out = { 0 };
	json_t *root, *row;

	(void)state;
	assert_int_equal(rp_show_compare(c, &as_json, &out, NULL), RP_OK);
	/* Exactly the printed decimals. */
	assert_non_null(strstr(out.bytes, "\"difference_pt\": 31.4,"));
	assert_non_null(strstr(out.bytes, "\"planned_pct\": 100.0,"));
	root = parse(&out);
	row = json_array_get(json_object_get(root, "rows"), 1);
	assert_true(json_is_null(json_object_get(row, "actual_pct")));
	assert_string_equal(json_string_value(json_object_get(
	    json_object_get(root, "plan"), "metric")), "reissued");
	assert_true(json_array_size(json_object_get(root, "notes")) > 0);
	json_decref(root);
	rp_text_release(&out);
	rp_comparison_free(c);
}

/* ---- simulate ----------------------------------------------------------- */

static void
simulate_csv(void **state)
{
	struct rp_show csv = how(RP_FORMAT_CSV);
	struct rp_text out = { 0 };
	struct rp_err err = { 0 };
	const char *s;
	size_t lines = 0;

	(void)state;
	assert_int_equal(rp_show_simulate(&trials, &csv, &out, &err), RP_OK);
	expect_line(out.bytes, "at,population,state,mean,p05,p10,p25,p50,p75,"
	    "p90,p95");
	/* Day 100: automated is a line from day 5 to day 100, so done in the
	 * median, and (95/125) = 76 % of it at 30 days later. */
	expect_line(out.bytes, "2020-10-10T00:00:00Z,automated,replaced,"
	    "10000.0,7600,8260,9047,10000,10000,10000,10000");
	for (s = out.bytes; (s = strchr(s, '\n')) != NULL; s++)
		lines++;
	/* The three states that this case does not have give no rows. */
	assert_int_equal(lines, 1 + FAKE_WHO * 5 * FAKE_GRID);
	rp_text_release(&out);
	trials.no_bands = true;
	assert_int_equal(rp_show_simulate(&trials, &csv, &out, &err),
	    RP_ESTATE);
	trials.no_bands = false;
	rp_text_release(&out);
}

static const char *
at(json_t *root, const char *object, const char *key)
{
	return json_string_value(json_object_get(json_object_get(root,
	    object), key));
}

static void
simulate_json(void **state)
{
	static const char *const keys[] = { "metric", "trials", "seed",
		"completion", "deadline", "bottleneck", "milestones",
		"standard_error", "notes", "provenance", "curve" };
	struct rp_show as_json = how(RP_FORMAT_JSON);
	struct rp_text out = { 0 };
	json_t *root, *o;
	size_t i;

	(void)state;
	trials.completion.has[7] = false;
	assert_int_equal(rp_show_simulate(&trials, &as_json, &out, NULL),
	    RP_OK);
	trials.completion.has[7] = true;
	root = parse(&out);
	for (i = 0; i < sizeof(keys) / sizeof(keys[0]); i++)
		assert_non_null(json_object_get(root, keys[i]));
	/* Trial 500 of 1,000: day 210 + 49, the second before the next. */
	assert_string_equal(at(root, "completion", "p50"),
	    "2021-03-17T23:59:59Z");
	o = json_object_get(root, "completion");
	assert_int_equal(json_object_size(o), 11);
	assert_true(json_is_null(json_object_get(o, "p95")));
	assert_true(json_is_null(json_object_get(o, "mean")));
	assert_true(json_real_value(json_object_get(o, "never")) == 0.01);
	o = json_object_get(root, "deadline");
	assert_string_equal(at(root, "deadline", "at"),
	    "2020-07-09T23:59:59Z");
	assert_true(json_real_value(json_object_get(o, "replaced_pct")) ==
	    1.5);
	assert_true(json_real_value(json_object_get(o, "harmed")) == 150);
	assert_string_equal(at(root, "bottleneck", "step"), "install");
	json_decref(root);
	rp_text_release(&out);
}

static void
simulate_text(void **state)
{
	struct rp_show text = how(RP_FORMAT_TEXT);
	struct rp_text out = { 0 };
	const char *s, *next;

	(void)state;
	assert_int_equal(rp_show_simulate(&trials, &text, &out, NULL), RP_OK);
	expect_line(out.bytes, "completion: 10 % by 2021-02-05 (+- 0.5 d), "
	    "50 % by 2021-03-17 (+- 0.5 d), 80 %");
	expect_line(out.bytes, "2020-08-31     5.0%       > 99.9 %");
	expect_line(out.bytes, "note: Expiry is not modelled for 'manual'.");
	/* Sentences stay within 80 columns; only the last line may not. */
	for (s = out.bytes; (next = strchr(s, '\n')) != NULL; s = next + 1)
		if (strstr(s, "revplan") == NULL || strstr(s, "revplan") > s)
			assert_true(next - s <= 81);
	rp_text_release(&out);
}

/* What is posted says when, not only how much. */
static void
markdown_has_the_completion(void **state)
{
	struct rp_show md = how(RP_FORMAT_MARKDOWN);
	struct rp_text out = { 0 };

	(void)state;
	assert_int_equal(rp_show_simulate(&trials, &md, &out, NULL), RP_OK);
	assert_non_null(strstr(out.bytes, "**Completion: "));
	assert_non_null(strstr(out.bytes, "**Milestones of the plan**"));
	assert_non_null(strstr(out.bytes, "Expiry is not modelled for"));
	rp_text_release(&out);
	assert_int_equal(rp_show_forecast(&forecast, &trials, &md, &out, NULL),
	    RP_OK);
	assert_non_null(strstr(out.bytes, "Completion in the weighted trials"));
	rp_text_release(&out);
}

/* ---- forecast ----------------------------------------------------------- */

static void
forecast_text(void **state)
{
	struct rp_show text = how(RP_FORMAT_TEXT);
	struct rp_text out = { 0 };

	(void)state;
	assert_int_equal(rp_show_forecast(&forecast, &trials, &text, &out,
	    NULL), RP_OK);
	expect_line(out.bytes, "completion: 80 % of the weighted trials are "
	    "done by 2021-03-09 00:00Z; 10 % by");
	expect_line(out.bytes, "    2021-02-07 00:00Z (+- 1.0 d), 50 % by "
	    "2021-02-22 00:00Z, 90 % not by");
	expect_line(out.bytes, "80 % interval: 2021-02-07 00:00Z .. after "
	    "2021-08-06");
	expect_line(out.bytes, "effective sample size: 412 of 1000 trials");
	rp_text_release(&out);
}

static void
forecast_json(void **state)
{
	struct rp_show as_json = how(RP_FORMAT_JSON);
	struct rp_text out = { 0 };
	json_t *root, *point;

	(void)state;
	assert_int_equal(rp_show_forecast(&forecast, &trials, &as_json, &out,
	    NULL), RP_OK);
	root = parse(&out);
	assert_string_equal(json_string_value(json_object_get(root, "as_of")),
	    "2020-12-31T23:59:59Z");
	assert_string_equal(at(root, "completion", "p80"),
	    "2021-03-09T00:00:00Z");
	assert_true(json_is_null(json_object_get(json_object_get(root,
	    "completion"), "p90")));
	assert_true(json_is_true(json_object_get(root, "explained")));
	assert_int_equal(json_array_size(json_object_get(root, "curve")),
	    118);
	/* 300 / 400, 250 / 310 and 200 / 230 of the way. */
	point = json_array_get(json_object_get(root, "curve"), 0);
	assert_true(json_real_value(json_object_get(point, "p10")) == 75.0);
	assert_true(json_real_value(json_object_get(point, "p50")) == 80.6);
	assert_true(json_real_value(json_object_get(point, "p90")) == 87.0);
	json_decref(root);
	rp_text_release(&out);
}

/* ---- check -------------------------------------------------------------- */

static struct rp_findings *
new_findings(void)
{
	struct rp_findings *f = NULL;

	assert_int_equal(rp_check(&fake_case, rp_forecast_as_of(&forecast),
	    RP_VIEW_INTERNAL, &f, NULL), RP_OK);
	return f;
}

static void
check_csv(void **state)
{
	struct rp_findings *f = new_findings();
	struct rp_show csv = how(RP_FORMAT_CSV);
	struct rp_text out = { 0 };

	(void)state;
	assert_int_equal(rp_show_check(f, &csv, &out, NULL), RP_OK);
	expect_line(out.bytes, "rule,severity,verdict,clock_start,due,met_at,"
	    "overdue,count,citation,detail");
	rp_text_release(&out);
	rp_findings_free(f);
}

static void
check_text_has_every_finding(void **state)
{
	struct rp_findings *f = new_findings();
	struct rp_show text = how(RP_FORMAT_TEXT);
	struct rp_text out = { 0 };
	const struct rp_finding *row;
	size_t n, i;
	uint64_t grouped = 0;
	int g;

	(void)state;
	assert_int_equal(rp_show_check(f, &text, &out, NULL), RP_OK);
	row = rp_findings_rows(f, &n);
	assert_true(n > 0);
	for (i = 0; i < n; i++)
		assert_non_null(strstr(out.bytes, row[i].id));
	for (g = 0; g < RP_GROUPS; g++)
		grouped += rp_group_count(f, (enum rp_group)g);
	assert_int_equal(grouped, n);
	rp_text_release(&out);
	rp_findings_free(f);
}

static void
a_lapse_is_not_a_breach(void **state)
{
	struct rp_rule rule = fake_rule;
	struct rp_finding f = { .rule = &rule,
		.verdict = RP_VERDICT_BREACHED, .overdue_s = 864000,
		.has_due = true, .due = { fake_day(0), fake_day(1) } };
	char buf[RP_WORDS];

	(void)state;
	assert_int_equal(rp_finding_group(&f), RP_GROUP_BREACHED);
	rule.severity = RP_MUST_NOT;
	assert_int_equal(rp_finding_group(&f), RP_GROUP_BREACHED);
	rule.severity = RP_SHOULD;
	assert_int_equal(rp_finding_group(&f), RP_GROUP_LAPSED);
	rule.severity = RP_EXPECTED;
	assert_int_equal(rp_finding_group(&f), RP_GROUP_LAPSED);
	f.verdict = RP_VERDICT_MET;
	assert_int_equal(rp_finding_group(&f), RP_GROUP_MET);
	assert_string_equal(rp_finding_overdue(&f, buf), "at least 10 d");
	f.due = rp_when_exact(fake_day(0));
	f.still_open = true;
	assert_string_equal(rp_finding_overdue(&f, buf),
	    "10 d, and still open");
}

/* ---- the ledger --------------------------------------------------------- */

static void
ledger_puts_assumptions_first(void **state)
{
	static const struct rp_dist spread = { .kind = RP_DIST_TRIANGULAR,
		.n_params = 3, .param = { { .fixed = 864000 },
		{ .fixed = 1728000 }, { .fixed = 2592000 } } };
	const struct rp_step step = { .kind = RP_STEP_WAIT,
		.what = "consent", .as.wait.time = { .dist = &spread,
		.origin = { 12, 3, RP_BASIS_ASSUMED, "a guess" } } };
	struct rp_case cs = fake_case;
	struct rp_population p = { .name = "x", .path = { 1, &step } };
	struct rp_table *t = NULL;
	const char *text;

	(void)state;
	cs.population = &p;
	cs.n_populations = 1;
	cs.total_origin = (struct rp_origin){ 5, 1, RP_BASIS_STATED,
		"comment 4" };
	assert_int_equal(rp_ledger_table(&cs, &t, NULL), RP_OK);
	assert_int_equal(rp_table_rows(t), 2);
	(void)rp_table_cell(t, 0, 0, &text, NULL);
	assert_string_equal(text, "population 'x': consent, time");
	(void)rp_table_cell(t, 0, 1, &text, NULL);
	assert_string_equal(text, "triangular 10 d, 20 d, 30 d");
	(void)rp_table_cell(t, 0, 2, &text, NULL);
	assert_string_equal(text, "assumed");
	(void)rp_table_cell(t, 1, 3, &text, NULL);
	assert_string_equal(text, "comment 4");
	(void)rp_table_cell(t, 1, 4, &text, NULL);
	assert_string_equal(text, "5");
	rp_table_free(t);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(certainty_is_never_printed),
		cmocka_unit_test(shares_near_the_ends),
		cmocka_unit_test(leads_are_days_hours_or_bounds),
		cmocka_unit_test(moments_and_periods),
		cmocka_unit_test(ticks_are_month_ends),
		cmocka_unit_test(gone_is_what_is_no_longer_outstanding),
		cmocka_unit_test(compare_text),
		cmocka_unit_test(compare_csv),
		cmocka_unit_test(compare_json),
		cmocka_unit_test(simulate_csv),
		cmocka_unit_test(simulate_json),
		cmocka_unit_test(simulate_text),
		cmocka_unit_test(markdown_has_the_completion),
		cmocka_unit_test(forecast_text),
		cmocka_unit_test(forecast_json),
		cmocka_unit_test(check_csv),
		cmocka_unit_test(check_text_has_every_finding),
		cmocka_unit_test(a_lapse_is_not_a_breach),
		cmocka_unit_test(ledger_puts_assumptions_first),
	};

	return !!cmocka_run_group_tests(tests, set_up, NULL);
}
