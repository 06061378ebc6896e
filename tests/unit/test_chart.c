/*
 * tests/unit/test_chart.c - scripts against golden files, hostile names, and
 * gnuplot as a child.
 *
 * BLESS=1 in the environment writes the golden scripts anew.
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
#include "write/plot.h"

#define GOLDEN "tests/golden/chart/"

static struct rp_trials trials;
static struct rp_forecast forecast;
static struct rp_comparison *comparison;

static int
set_up(void **state)
{
	struct rp_compare_options opt = { .plan = SIZE_MAX };

	(void)state;
	fake_trials(&trials);
	fake_forecast(&forecast);
	opt.as_of = rp_forecast_as_of(&forecast);
	return rp_compare(&fake_case, &opt, &comparison, NULL) != RP_OK;
}

static int
tear_down(void **state)
{
	(void)state;
	rp_comparison_free(comparison);
	return 0;
}

static struct rp_chart_data
all_data(void)
{
	return (struct rp_chart_data){ .cs = &fake_case, .trials = &trials,
		.forecast = &forecast, .comparison = comparison,
		.as_of = rp_forecast_as_of(&forecast) };
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

/* ---- golden scripts ----------------------------------------------------- */

static void
compare_with(const char *path, const char *script)
{
	struct rp_err err = { 0 };
	struct rp_text golden = { 0 };
	char buf[4096];
	size_t n;
	FILE *f;

	if (getenv("BLESS") != NULL)
		assert_int_equal(rp_output_write(path, script,
		    strlen(script), &err), RP_OK);
	f = fopen(path, "r");
	assert_non_null(f);
	while ((n = fread(buf, 1, sizeof(buf), f)) > 0)
		rp_text_add(&golden, buf, n);
	(void)fclose(f);
	assert_string_equal(script, golden.bytes);
	rp_text_release(&golden);
}

static void
golden(const char *name, enum rp_chart_kind kind,
    enum rp_chart_format format, const struct rp_chart_data *data)
{
	struct rp_chart *c = new_chart(kind, format, data);
	char path[128];

	(void)snprintf(path, sizeof(path), GOLDEN "%s.gp", name);
	compare_with(path, rp_chart_script(c));
	rp_chart_free(c);
}

static void
scripts_are_golden(void **state)
{
	struct rp_chart_data d = all_data();

	(void)state;
	golden("curve-forecast", RP_CHART_CURVE, RP_CHART_SVG, &d);
	golden("compare", RP_CHART_COMPARE, RP_CHART_SVG, &d);
	golden("completion-forecast", RP_CHART_COMPLETION, RP_CHART_SVG, &d);
	d.forecast = NULL;
	d.provenance = "revplan 0, seed 7, input 'fake.yaml'";
	golden("curve", RP_CHART_CURVE, RP_CHART_PNG, &d);
	golden("completion", RP_CHART_COMPLETION, RP_CHART_PDF, &d);
	golden("populations", RP_CHART_POPULATIONS, RP_CHART_SVG, &d);
	golden("curve-terminal", RP_CHART_CURVE, RP_CHART_TERMINAL, &d);
	golden("compare-terminal", RP_CHART_COMPARE, RP_CHART_TERMINAL, &d);
}

static void
missing_data_is_said(void **state)
{
	struct rp_chart_data d = { .cs = &fake_case };
	struct rp_chart *c = NULL;
	struct rp_err err = { 0 };

	(void)state;
	assert_int_equal(rp_chart_new(RP_CHART_CURVE, RP_CHART_SVG, &d, &c,
	    &err), RP_ESTATE);
	assert_string_equal(err.text,
	    "this chart needs trials with their curves");
	assert_int_equal(rp_chart_new(RP_CHART_COMPARE, RP_CHART_SVG, &d, &c,
	    &err), RP_ESTATE);
	assert_int_equal(rp_chart_new(RP_CHART_COMPLETION, RP_CHART_SVG, &d,
	    &c, &err), RP_ESTATE);
	assert_int_equal(rp_chart_new(RP_CHART_POPULATIONS, RP_CHART_SVG, &d,
	    &c, &err), RP_ESTATE);
	assert_null(c);
}

/* ---- hostile names ------------------------------------------------------ */

#define PWNED "/tmp/revplan-chart-pwned"

static const char *const hostile[] = {
	"'.system('touch " PWNED "').'",
	"' ; system 'touch " PWNED "'",
	"`touch " PWNED "`",
	"\"`touch " PWNED "`\"",
	"EOD\nEOD\nsystem 'touch " PWNED "'\n",
	"x\\\nset output '" PWNED "'",
	"''' ! touch " PWNED,
	"$(touch " PWNED ") %s %n %1000000d @A {/=90 x}",
	"</title></svg><script>alert(1)</script>&#60;&lt;",
	"\xFF\xFE bad bytes \x1b[2J",
	"",
};

static void
draw_hostile(enum rp_chart_kind kind, enum rp_chart_format format,
    const struct rp_chart_data *d)
{
	struct rp_chart *c = new_chart(kind, format, d);
	struct rp_err err = { 0 };
	char *bytes = NULL;
	size_t len = 0;
	rp_status rc = rp_chart_run(c, &bytes, &len, &err);

	if (rc != RP_OK)
		print_error("%s\n", err.text);
	assert_int_equal(rc, RP_OK);
	assert_int_not_equal(access(PWNED, F_OK), 0);
	if (format == RP_CHART_SVG) {
		assert_null(strstr(bytes, "<script"));
		assert_null(strstr(strstr(bytes, "</svg>") + 1, "<"));
	}
	if (format != RP_CHART_PNG && format != RP_CHART_PDF)
		assert_null(memchr(bytes, '\x1b', len));
	free(bytes);
	rp_chart_free(c);
}

static void
names_do_not_break_out(void **state)
{
	struct rp_case cs = fake_case;
	struct rp_chart_data d = all_data();
	const char *before = fake_population[1].name;
	size_t i;

	(void)state;
	(void)unlink(PWNED);
	trials.cs = &cs;
	d.cs = &cs;
	for (i = 0; i < sizeof(hostile) / sizeof(hostile[0]); i++) {
		cs.id = hostile[i];
		fake_population[1].name = hostile[i];
		d.provenance = hostile[i];
		draw_hostile(RP_CHART_POPULATIONS, RP_CHART_SVG, &d);
		draw_hostile(RP_CHART_POPULATIONS, RP_CHART_TERMINAL, &d);
		draw_hostile(RP_CHART_CURVE, RP_CHART_PNG, &d);
	}
	fake_population[1].name = before;
	trials.cs = &fake_case;
}

static void
quotes_are_closed(void **state)
{
	struct rp_text t = { 0 };
	size_t i;

	(void)state;
	for (i = 0; i < sizeof(hostile) / sizeof(hostile[0]); i++) {
		rp_plot_quote(&t, hostile[i], 30);
		/* One quote opens, one closes, none between. */
		assert_int_equal(t.bytes[0], '\'');
		assert_ptr_equal(strchr(t.bytes + 1, '\''),
		    t.bytes + t.len - 1);
		assert_null(strpbrk(t.bytes, "`\n\x1b"));
		rp_text_release(&t);
	}
	rp_plot_quote(&t, "\xE6\x97\xA5\xE6\x9C\xAC\xE8\xAA\x9E", 4);
	assert_string_equal(t.bytes, "'\xE6\x97\xA5\xE6\x9C\xAC...'");
	rp_text_release(&t);
}

/* ---- the child ---------------------------------------------------------- */

static void
missing_gnuplot(void **state)
{
	struct rp_text out = { 0 };
	struct rp_err err = { 0 };
	char *path = strdup(getenv("PATH"));

	(void)state;
	assert_non_null(path);
	assert_int_equal(setenv("PATH", "/nonexistent", 1), 0);
	assert_int_equal(rp_gnuplot("plot x\n", &out, &err), RP_EPROGRAM);
	assert_string_equal(err.text, "gnuplot is not installed; run "
	    "'make deps' or install the gnuplot-nox package");
	assert_int_equal(setenv("PATH", path, 1), 0);
	free(path);
	rp_text_release(&out);
}

static void
refused_script(void **state)
{
	struct rp_text out = { 0 };
	struct rp_err err = { 0 };

	(void)state;
	assert_int_equal(rp_gnuplot("set terminal dumb\nplot )\n", &out,
	    &err), RP_EPROGRAM);
	assert_memory_equal(err.text, "gnuplot failed: line ", 21);
	assert_null(strchr(err.text, '\n'));
	rp_text_release(&out);
	/* It ends before it has read all: no signal, no hang. */
	rp_text_puts(&out, "exit status 3\n");
	while (out.len < 300000)
		rp_text_puts(&out, "# a comment that nobody reads\n");
	assert_int_equal(rp_gnuplot(out.bytes, &(struct rp_text){ 0 }, &err),
	    RP_EPROGRAM);
	assert_string_equal(err.text,
	    "gnuplot failed: it gave no reason");
	rp_text_release(&out);
}

static void
settings_of_the_user_are_ignored(void **state)
{
	struct rp_text out = { 0 };
	struct rp_err err = { 0 };

	(void)state;
	assert_int_equal(setenv("GNUTERM", "nonsense", 1), 0);
	assert_int_equal(setenv("GNUPLOT_LIB", "/nonexistent", 1), 0);
	assert_int_equal(rp_gnuplot("set terminal dumb 40,10\nplot x\n",
	    &out, &err), RP_OK);
	assert_true(out.len > 100);
	assert_int_equal(unsetenv("GNUTERM") | unsetenv("GNUPLOT_LIB"), 0);
	rp_text_release(&out);
}

static void
formats_are_what_they_say(void **state)
{
	static const char *const magic[] = { "<svg ", "\x89PNG", "%PDF-" };
	struct rp_chart_data d = all_data();
	struct rp_err err = { 0 };
	struct rp_chart *c;
	char *bytes;
	size_t len;
	int kind, format;

	(void)state;
	for (kind = 0; kind < 4; kind++)
		for (format = 0; format < 3; format++) {
			c = new_chart((enum rp_chart_kind)kind,
			    (enum rp_chart_format)format, &d);
			assert_int_equal(rp_chart_run(c, &bytes, &len, &err),
			    RP_OK);
			assert_memory_equal(bytes, magic[format],
			    strlen(magic[format]));
			free(bytes);
			rp_chart_free(c);
		}
}

/* ---- SVG ---------------------------------------------------------------- */

static void
svg_is_fit_for_a_page(void **state)
{
	struct rp_text out = { 0 };

	(void)state;
	rp_svg_inline(&out, "<?xml version='1.0'?>\n"
	    "<svg width=\"9\" viewBox=\"0 0 4 2\" onload=\"x\">\n"
	    "<title>Gnuplot</title><desc>by\nit</desc><script>1</script>"
	    "<g id=\"a\"><path id='b' d='M0 0'/><use xlink:href='#b'/>"
	    "<rect clip-path=\"url(#c)\"/><text> id=\"t\"</text></g></svg>\n",
	    "p-", "A <b>", "c & d");
	assert_string_equal(out.bytes,
	    "<svg xmlns=\"http://www.w3.org/2000/svg\" "
	    "xmlns:xlink=\"http://www.w3.org/1999/xlink\" "
	    "viewBox=\"0 0 4 2\" width=\"100%\" role=\"img\" "
	    "aria-labelledby=\"p-title p-desc\">\n"
	    "<title id=\"p-title\">A &lt;b&gt;</title>\n"
	    "<desc id=\"p-desc\">c &amp; d</desc>\n\n"
	    "<g id=\"p-a\"><path id='p-b' d='M0 0'/>"
	    "<use xlink:href='#p-b'/><rect clip-path=\"url(#p-c)\"/>"
	    "<text> id=\"t\"</text></g></svg>\n");
	rp_text_release(&out);
}

static void
svg_cut_short(void **state)
{
	static const char *const broken[] = { "", "<svg", "no picture",
		"<svg><title>", "<svg><g id='", "<svg viewBox=\"" };
	struct rp_text out = { 0 };
	size_t i;

	(void)state;
	for (i = 0; i < sizeof(broken) / sizeof(broken[0]); i++) {
		rp_svg_inline(&out, broken[i], "p-", "t", "d");
		assert_false(out.failed);
		rp_text_release(&out);
	}
}

static void
alternatives_speak(void **state)
{
	struct rp_chart_data d = all_data();
	struct rp_chart *c = new_chart(RP_CHART_COMPARE, RP_CHART_SVG, &d);

	(void)state;
	assert_string_equal(rp_chart_title(c),
	    "fake-2020: planned and actual");
	/* 76.4 - 45.0 = 31.4 */
	assert_string_equal(rp_chart_alternative(c), "Planned and actual "
	    "shares in 8 periods, with their differences as bars. In December "
	    "2020 45.0 percent were planned and 76.4 percent reached: 31.4 "
	    "points ahead. The numbers are in the table with this chart.");
	assert_int_equal(rp_table_rows(rp_chart_table(c)), 8);
	rp_chart_free(c);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(scripts_are_golden),
		cmocka_unit_test(missing_data_is_said),
		cmocka_unit_test(names_do_not_break_out),
		cmocka_unit_test(quotes_are_closed),
		cmocka_unit_test(missing_gnuplot),
		cmocka_unit_test(refused_script),
		cmocka_unit_test(settings_of_the_user_are_ignored),
		cmocka_unit_test(formats_are_what_they_say),
		cmocka_unit_test(svg_is_fit_for_a_page),
		cmocka_unit_test(svg_cut_short),
		cmocka_unit_test(alternatives_speak),
	};

	return !!cmocka_run_group_tests(tests, set_up, tear_down);
}
