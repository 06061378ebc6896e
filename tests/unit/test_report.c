/*
 * tests/unit/test_report.c - the page: whole, closed to the network, and
 * deaf to what a case would like to say in HTML.
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "fake_results.h"
#include "revplan/report.h"

#define EVIL "\"'><script>alert(1)</script><img src=http://e.example/x>"

static struct rp_trials trials;
static struct rp_forecast forecast;

static char *
report(const struct rp_case *cs, bool everything)
{
	struct rp_compare_options opt = { .plan = SIZE_MAX };
	struct rp_report_data d = { .cs = cs, .trials = &trials };
	struct rp_comparison *c = NULL;
	struct rp_findings *f = NULL;
	struct rp_err err = { 0 };
	char *html = NULL;
	size_t len = 0;

	fake_trials(&trials);
	fake_forecast(&forecast);
	trials.cs = cs;
	opt.as_of = d.as_of = rp_forecast_as_of(&forecast);
	assert_int_equal(rp_compare(cs, &opt, &c, &err), RP_OK);
	assert_int_equal(rp_check(cs, d.as_of, RP_VIEW_INTERNAL, &f, &err),
	    RP_OK);
	if (everything)
		fake_fill(&trials.details);
	d.findings = f;
	d.comparison = everything ? c : NULL;
	d.forecast = everything ? &forecast : NULL;
	assert_int_equal(rp_report_html(&d, &html, &len, &err), RP_OK);
	assert_int_equal(strlen(html), len);
	rp_findings_free(f);
	rp_comparison_free(c);
	return html;
}

static size_t
count(const char *s, const char *what)
{
	size_t n = 0;

	while ((s = strstr(s, what)) != NULL) {
		n++;
		s += strlen(what);
	}
	return n;
}

static void
has_every_section(void **state)
{
	static const char *const ids[] = { "headline", "update", "forecast",
		"rules", "simulation", "sheet", "tail", "ledger", "meaning",
		"provenance" };
	char *html = report(&fake_case, true);
	char id[64];
	size_t i;

	(void)state;
	for (i = 0; i < sizeof(ids) / sizeof(ids[0]); i++) {
		(void)snprintf(id, sizeof(id), "<section id=\"%s\"", ids[i]);
		assert_int_equal(count(html, id), 1);
	}
	assert_int_equal(count(html, "<svg "), 6);
	assert_non_null(strstr(html, "<caption>Deadline sheet"));
	assert_non_null(strstr(html, "<caption>The tail"));
	assert_non_null(strstr(html, "<p><strong>Risk:</strong> hold of"));
	assert_non_null(strstr(html, "<p><strong>Design:</strong> "));
	assert_int_equal(count(html, "<section"), count(html, "</section>"));
	assert_int_equal(count(html, "<div"), count(html, "</div>"));
	assert_int_equal(count(html, "<details"), count(html, "</details>"));
	/* Ahead and compliant are two cards. */
	assert_non_null(strstr(html, "Ahead of the plan"));
	assert_non_null(strstr(html, "<h3>Rules</h3>"));
	assert_non_null(strstr(html, fake_case.digest));
	free(html);
}

static void
is_closed_to_the_network(void **state)
{
	char *html = report(&fake_case, true);

	(void)state;
	assert_non_null(strstr(html, "content=\"default-src 'none'; "
	    "style-src 'unsafe-inline'; img-src data:\""));
	assert_null(strstr(html, "<script"));
	assert_null(strstr(html, "<link"));
	assert_null(strstr(html, " src="));
	assert_null(strstr(html, "@import"));
	/* The only address to go to is that of the incident. */
	assert_int_equal(count(html, "href=\"http"), 1);
	assert_non_null(strstr(html, "href=\"https://bugs.example/1\""));
	free(html);
}

static void
ids_are_unique(void **state)
{
	char *html = report(&fake_case, true), *s = html, *end;
	char id[256];

	(void)state;
	while ((s = strstr(s, " id=")) != NULL) {
		s += 4;
		end = strchr(s + 1, *s);
		assert_non_null(end);
		(void)snprintf(id, sizeof(id), " id=%.*s",
		    (int)(end - s) + 1, s);
		if (count(html, id) != 1)
			print_error("%s\n", id);
		assert_int_equal(count(html, id), 1);
	}
	free(html);
}

static void
markup_of_a_case_is_text(void **state)
{
	struct rp_case cs = fake_case;
	struct rp_duty duty = fake_duty[0];
	struct rp_population p[3];
	char *html;

	(void)state;
	memcpy(p, fake_population, sizeof(p));
	cs.id = cs.ca = cs.title = cs.file = EVIL;
	cs.reference = "javascript:alert(1)//" EVIL;
	duty.name = p[0].name = p[1].name = p[2].name = EVIL;
	cs.duty = &duty;
	cs.population = p;
	cs.total_origin = (struct rp_origin){ 3, 1, RP_BASIS_STATED, EVIL };
	html = report(&cs, true);
	assert_null(strstr(html, "<script"));
	assert_null(strstr(html, "<img"));
	assert_null(strstr(html, "href=\"javascript"));
	assert_true(count(html, "&lt;script&gt;alert(1)") > 5);
	free(html);
}

static void
does_without_what_is_missing(void **state)
{
	char *html = report(&fake_case, false);

	(void)state;
	assert_non_null(strstr(html, "there is nothing to compare"));
	assert_non_null(strstr(html, "No forecast was made"));
	assert_int_equal(count(html, "<svg "), 4);
	assert_non_null(strstr(html, "so there is no sheet"));
	free(html);
}

static void
needs_gnuplot(void **state)
{
	struct rp_report_data d = { .cs = &fake_case, .trials = &trials,
		.as_of = rp_forecast_as_of(&forecast) };
	struct rp_findings *f = NULL;
	struct rp_err err = { 0 };
	char *path = strdup(getenv("PATH")), *html = NULL;
	size_t len;

	(void)state;
	fake_trials(&trials);
	assert_int_equal(rp_check(&fake_case, d.as_of, RP_VIEW_INTERNAL, &f,
	    &err), RP_OK);
	d.findings = f;
	assert_int_equal(setenv("PATH", "/nonexistent", 1), 0);
	assert_int_equal(rp_report_html(&d, &html, &len, &err), RP_EPROGRAM);
	assert_null(html);
	assert_non_null(strstr(err.text, "gnuplot is not installed"));
	assert_int_equal(setenv("PATH", path, 1), 0);
	free(path);
	rp_findings_free(f);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(has_every_section),
		cmocka_unit_test(is_closed_to_the_network),
		cmocka_unit_test(ids_are_unique),
		cmocka_unit_test(markup_of_a_case_is_text),
		cmocka_unit_test(does_without_what_is_missing),
		cmocka_unit_test(needs_gnuplot),
	};

	return !!cmocka_run_group_tests(tests, NULL, NULL);
}
