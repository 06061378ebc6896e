#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "write/plot.h"
#include "write/utf8.h"
#include "write/writers.h"

#define TITLE_COLUMNS 44
#define KEY_COLUMNS 26
#define SMALL_COLUMNS 82

static const struct {
	const char *prefix;
	rp_plot_layout *layout;
} kinds[] = {
	[RP_CHART_CURVE] = { "curve-", rp_plot_curve },
	[RP_CHART_COMPARE] = { "compare-", rp_plot_compare },
	[RP_CHART_COMPLETION] = { "completion-", rp_plot_completion },
	[RP_CHART_POPULATIONS] = { "populations-", rp_plot_populations },
	[RP_CHART_REVOCATION] = { "revocation-", rp_plot_revocation },
	[RP_CHART_SHEET] = { "sheet-", rp_plot_sheet },
};

/*
 * Letters stay legible when the picture is shrunk to the width of a phone:
 * 420 units wide with letters of 14 are 12 pixels high at 360.  All sizes are
 * in these units; the names and the small print make a picture taller.
 */
#define WIDTH 420
#define PLOT_HEIGHT 310
#define KEY_HEIGHT 20
#define SMALL_HEIGHT 11

/* ---- helpers of the layouts --------------------------------------------- */

/*
 * gnuplot doubles a quote within quotes, but takes one at the very start for
 * the end of an empty text, and what follows for a command.  Nothing that it
 * could read as the end of a text or as a shell command gets there: look-alikes
 * stand in for both.
 */
static void
put_letter(struct rp_text *out, const char *s, size_t n)
{
	if (*s == '\'')
		rp_text_puts(out, "\xE2\x80\x99");
	else if (*s == '`')
		rp_text_puts(out, "\xCB\x8B");
	else
		rp_text_add(out, s, n);
}

void
rp_plot_quote(struct rp_text *out, const char *s, size_t columns)
{
	struct rp_text safe = { 0 };
	const char *p;
	size_t n, used = 0;
	uint32_t cp;
	bool valid;

	rp_text_safe(&safe, s);
	rp_text_puts(out, "'");
	for (p = safe.bytes; p != NULL && *p != '\0'; p += n) {
		n = rp_utf8_next(p, &cp, &valid);
		used += rp_utf8_width(cp);
		if (used > columns) {
			rp_text_puts(out, "...");
			break;
		}
		put_letter(out, p, n);
	}
	rp_text_puts(out, "'");
	if (safe.failed)
		out->failed = true;
	rp_text_release(&safe);
}

/* Version, seed and digest, in lines; malloc'ed, NULL: none. */
static char *
small_print(struct rp_plot *p, unsigned *lines)
{
	struct rp_text wrapped = { 0 };
	const char *s;

	*lines = 0;
	if (p->data->provenance == NULL || p->format == RP_CHART_TERMINAL)
		return NULL;
	rp_text_wrap(&wrapped, p->data->provenance, 0, 0, SMALL_COLUMNS);
	if (wrapped.failed)
		p->script.failed = true;
	for (s = wrapped.bytes; s != NULL && (s = strchr(s, '\n')) != NULL;
	    s++)
		++*lines;
	return wrapped.bytes;
}

static void
put_terminal(struct rp_plot *p, unsigned height)
{
	switch (p->format) {
	case RP_CHART_SVG:
		rp_text_printf(&p->script, "svg size %d,%u dynamic "
		    "font 'sans-serif,14' linewidth 1.3 "
		    "background '#ffffff' noenhanced\n", WIDTH, height);
		break;
	case RP_CHART_PNG:
		rp_text_printf(&p->script, "pngcairo size %d,%u "
		    "font 'sans,14' fontscale 1.95 linewidth 3 "
		    "dashlength 0.6 pointscale 2.2 noenhanced\n",
		    WIDTH * 20 / 7, height * 20 / 7);
		break;
	case RP_CHART_PDF:
		rp_text_printf(&p->script, "pdfcairo size 16cm,%u.%ucm "
		    "font 'sans,14' linewidth 1.8 dashlength 0.6 "
		    "noenhanced\n", height / 26, height % 26 * 10 / 26);
		break;
	case RP_CHART_TERMINAL:
		rp_text_printf(&p->script,
		    "dumb size 79,%u mono noenhanced\n",
		    24 + (p->keys + 2) / 3);
		break;
	}
}

/* The small print gets a strip of its own along the lower edge. */
static void
put_small_print(struct rp_plot *p, char *small, unsigned lines,
    unsigned height)
{
	double step = (double)SMALL_HEIGHT / height;
	char *line, *save = NULL;

	if (small == NULL)
		return;
	rp_text_printf(&p->script, "set origin 0,%.4f\nset size 1,%.4f\n",
	    step * lines, 1 - step * lines);
	for (line = strtok_r(small, "\n", &save); line != NULL;
	    line = strtok_r(NULL, "\n", &save)) {
		rp_text_puts(&p->script, "set label ");
		rp_plot_quote(&p->script, line, 2 * SMALL_COLUMNS);
		rp_text_printf(&p->script, " at screen 0.01,%.4f font ',8' "
		    "textcolor rgb '#444444' noenhanced\n",
		    step * lines-- - step / 2);
	}
}

static void
put_head(struct rp_plot *p)
{
	unsigned lines, height;
	char *small = small_print(p, &lines);

	height = PLOT_HEIGHT + (p->keys + 1) / 2 * KEY_HEIGHT +
	    lines * SMALL_HEIGHT;
	rp_text_puts(&p->script, "set encoding utf8\nset terminal ");
	put_terminal(p, height);
	rp_text_puts(&p->script, "set title ");
	rp_plot_quote(&p->script, p->title.bytes != NULL ? p->title.bytes :
	    "", TITLE_COLUMNS);
	rp_text_puts(&p->script, " noenhanced\n"
	    "set colorsequence podo\n"
	    "set key bmargin center horizontal Left reverse ");
	/* Letters of a terminal are as wide as gnuplot takes them to be. */
	rp_text_printf(&p->script, "samplen 1.5 width %d font ',12' maxcols 2 "
	    "noenhanced\n", p->format == RP_CHART_TERMINAL ? 1 : -3);
	rp_text_puts(&p->script,
	    "set border 3 linecolor rgb '#444444'\n"
	    "set tics nomirror out\n");
	if (rp_plot_has_areas(p))
		rp_text_puts(&p->script, "set grid ytics "
		    "linecolor rgb '#dddddd' linetype 1\n");
	put_small_print(p, small, lines, height);
	free(small);
}

long long
rp_plot_x(struct rp_instant at)
{
	return (long long)rp_instant_s(at);
}

void
rp_plot_percent_axis(struct rp_plot *p, const char *label)
{
	rp_text_printf(&p->script, "set ylabel '%s'\n"
	    "set yrange [0:100]\nset ytics 0,20,100\n", label);
}

void
rp_plot_data_begin(struct rp_plot *p, const char *name)
{
	rp_text_printf(&p->script, "%s << EOD\n", name);
}

void
rp_plot_data_end(struct rp_plot *p)
{
	rp_text_puts(&p->script, "EOD\n");
}

void
rp_plot_add_cut(struct rp_plot *p, const char *what, const char *style,
    const char *key, size_t columns)
{
	if (p->curves.len > 0)
		rp_text_puts(&p->curves, ", \\\n    ");
	rp_text_printf(&p->curves, "%s %s ", what, style);
	if (key == NULL) {
		rp_text_puts(&p->curves, "notitle");
		return;
	}
	rp_text_puts(&p->curves, "title ");
	rp_plot_quote(&p->curves, key, columns);
	rp_text_puts(&p->curves, " noenhanced");
	p->keys++;
}

void
rp_plot_add(struct rp_plot *p, const char *what, const char *style,
    const char *key)
{
	rp_plot_add_cut(p, what, style, key, KEY_COLUMNS);
}

void
rp_plot_upright(struct rp_plot *p, const char *name, struct rp_instant at,
    const char *style, const char *key)
{
	if (rp_instant_cmp(at, p->from) < 0 ||
	    rp_instant_cmp(at, p->until) > 0)
		return;
	rp_plot_data_begin(p, name);
	rp_text_printf(&p->script, "%lld 0\n%lld 100\n", rp_plot_x(at),
	    rp_plot_x(at));
	rp_plot_data_end(p);
	rp_plot_add(p, name, style, key);
}

void
rp_plot_deadline(struct rp_plot *p)
{
	const struct rp_deadline_outcome *d =
	    rp_trials_deadline(p->data->trials);
	char key[64], at[RP_INSTANT_TEXT];

	if (d == NULL)
		return;
	(void)rp_instant_format(d->deadline.at.from, at);
	/* Where hours are simulated, the hour of the deadline matters. */
	if (rp_plot_is_race(p) || rp_span_s(p->data->cs->simulation.step) <
	    86400)
		(void)snprintf(key, sizeof(key), "deadline %.5s %.5sZ", at + 5,
		    at + 11);
	else
		(void)snprintf(key, sizeof(key), "deadline %.10s", at);
	rp_plot_upright(p, "$deadline", d->deadline.at.from,
	    "with lines linewidth 1.5 dashtype 3 linecolor rgb '#d55e00'",
	    key);
}

void
rp_plot_end(struct rp_plot *p)
{
	struct rp_text body = p->script;

	memset(&p->script, 0, sizeof(p->script));
	put_head(p);
	if (body.failed || p->curves.failed)
		p->script.failed = true;
	rp_text_puts(&p->script, body.bytes != NULL ? body.bytes : "");
	rp_text_puts(&p->script, "plot ");
	rp_text_puts(&p->script, p->curves.bytes != NULL ?
	    p->curves.bytes : "NaN notitle");
	rp_text_puts(&p->script, "\n");
	rp_text_release(&body);
}

bool
rp_plot_has_areas(const struct rp_plot *p)
{
	return p->format != RP_CHART_TERMINAL;
}

/* ---- the chart ---------------------------------------------------------- */

static char *
take(struct rp_text *t)
{
	char *bytes = t->failed ? NULL : t->bytes;

	if (bytes == NULL)
		return NULL;
	memset(t, 0, sizeof(*t));
	return bytes;
}

static void
release(struct rp_plot *p)
{
	rp_text_release(&p->script);
	rp_text_release(&p->title);
	rp_text_release(&p->alternative);
	rp_text_release(&p->curves);
	rp_table_free(p->table);
}

rp_status
rp_chart_new(enum rp_chart_kind kind, enum rp_chart_format format,
    const struct rp_chart_data *data, struct rp_chart **out,
    struct rp_err *err)
{
	struct rp_plot p = { .format = format, .data = data };
	struct rp_chart *c;
	rp_status rc = kinds[kind].layout(&p, err);

	if (rc != RP_OK)
		goto out;
	c = calloc(1, sizeof(*c));
	if (c == NULL) {
		rc = rp_fail(err, RP_ENOMEM, "no memory for a chart");
		goto out;
	}
	c->format = format;
	c->prefix = kinds[kind].prefix;
	c->script = take(&p.script);
	c->title = take(&p.title);
	c->alternative = take(&p.alternative);
	c->table = p.table;
	p.table = NULL;
	if (c->script == NULL || c->title == NULL || c->alternative == NULL) {
		rp_chart_free(c);
		rc = rp_fail(err, RP_ENOMEM, "no memory for a chart");
		goto out;
	}
	*out = c;
out:
	release(&p);
	return rc;
}

void
rp_chart_free(struct rp_chart *c)
{
	if (c == NULL)
		return;
	free(c->script);
	free(c->title);
	free(c->alternative);
	rp_table_free(c->table);
	free(c);
}

const char *
rp_chart_script(const struct rp_chart *c)
{
	return c->script;
}

const char *
rp_chart_title(const struct rp_chart *c)
{
	return c->title;
}

const char *
rp_chart_alternative(const struct rp_chart *c)
{
	return c->alternative;
}

const struct rp_table *
rp_chart_table(const struct rp_chart *c)
{
	return c->table;
}

rp_status
rp_chart_run(const struct rp_chart *c, char **bytes, size_t *len,
    struct rp_err *err)
{
	struct rp_text raw = { 0 }, whole = { 0 };
	rp_status rc = rp_gnuplot(c->script, &raw, err);

	if (rc != RP_OK)
		goto out;
	if (c->format == RP_CHART_SVG && raw.bytes != NULL) {
		rp_svg_inline(&whole, raw.bytes, c->prefix, c->title,
		    c->alternative);
	} else {
		rp_text_add(&whole, raw.bytes != NULL ? raw.bytes : "",
		    raw.len);
	}
	if (raw.failed || whole.failed) {
		rc = rp_fail(err, RP_ENOMEM, "no memory for a chart");
		goto out;
	}
	*len = whole.len;
	*bytes = take(&whole);
out:
	rp_text_release(&raw);
	rp_text_release(&whole);
	return rc;
}
