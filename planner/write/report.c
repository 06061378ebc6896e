#include <stdlib.h>
#include <string.h>

#include "write/provenance.h"
#include "write/report_parts.h"
#include "write/writers.h"

/* ---- pieces that the sections share ------------------------------------- */

void
rp_report_open(struct rp_text *out, const char *id, const char *heading)
{
	rp_text_printf(out, "<section id=\"%s\">\n<h2>", id);
	rp_text_html(out, heading);
	rp_text_puts(out, "</h2>\n");
}

void
rp_report_paragraph(struct rp_text *out, const char *text)
{
	rp_text_puts(out, "<p>");
	rp_text_html(out, text);
	rp_text_puts(out, "</p>\n");
}

void
rp_report_item(struct rp_text *out, const char *term, const char *text)
{
	if (text == NULL || *text == '\0')
		return;
	rp_text_puts(out, "<dt>");
	rp_text_html(out, term);
	rp_text_puts(out, "</dt><dd>");
	rp_text_html(out, text);
	rp_text_puts(out, "</dd>\n");
}

rp_status
rp_report_table(struct rp_text *out, rp_status rc, struct rp_table *t)
{
	if (rc != RP_OK)
		return rc;
	if (rp_table_rows(t) > 0)
		rp_table_body_html(t, out);
	rp_table_free(t);
	return RP_OK;
}

rp_status
rp_report_details(struct rp_text *out, const char *summary, rp_status rc,
    struct rp_table *t)
{
	if (rc != RP_OK)
		return rc;
	if (rp_table_rows(t) > 0) {
		rp_text_puts(out, "<details><summary>");
		rp_text_html(out, summary);
		rp_text_puts(out, "</summary>\n");
		rp_table_body_html(t, out);
		rp_text_puts(out, "</details>\n");
	}
	rp_table_free(t);
	return RP_OK;
}

void
rp_report_notes(struct rp_text *out, const char *const *note, size_t n)
{
	size_t i;

	for (i = 0; i < n; i++) {
		rp_text_puts(out, "<p class=\"note\">");
		rp_text_html(out, note[i]);
		rp_text_puts(out, "</p>\n");
	}
}

static void
put_figure(struct rp_text *out, const struct rp_chart *c, const char *svg,
    size_t len)
{
	rp_text_puts(out, "<figure>\n");
	rp_text_add(out, svg, len);
	rp_text_puts(out, "<figcaption>");
	rp_text_html(out, rp_chart_alternative(c));
	rp_text_puts(out, "</figcaption>\n<details><summary>"
	    "Numbers of this chart</summary>\n");
	rp_table_body_html(rp_chart_table(c), out);
	rp_text_puts(out, "</details>\n</figure>\n");
}

rp_status
rp_report_chart(const struct rp_report_data *data, enum rp_chart_kind kind,
    struct rp_text *out, struct rp_err *err)
{
	struct rp_chart_data d = { .cs = data->cs, .trials = data->trials,
		.forecast = data->forecast, .comparison = data->comparison,
		.as_of = data->as_of };
	struct rp_chart *c = NULL;
	struct rp_err why = { 0 };
	char *svg = NULL;
	size_t len = 0;
	rp_status rc;

	rc = rp_chart_new(kind, RP_CHART_SVG, &d, &c, &why);
	if (rc == RP_ESTATE) {
		rp_text_puts(out, "<p class=\"note\">No chart: ");
		rp_text_html(out, why.text);
		rp_text_puts(out, ".</p>\n");
		return RP_OK;
	}
	if (rc != RP_OK)
		return rp_fail(err, rc, "%s", why.text);
	rc = rp_chart_run(c, &svg, &len, err);
	if (rc == RP_OK)
		put_figure(out, c, svg, len);
	free(svg);
	rp_chart_free(c);
	return rc;
}

/* ---- the page ----------------------------------------------------------- */

/* A link only where it can be nothing but a page to read. */
static void
put_reference(struct rp_text *out, const char *reference)
{
	bool link = strncmp(reference, "https://", 8) == 0 ||
	    strncmp(reference, "http://", 7) == 0;

	rp_text_puts(out, "<p>");
	if (link) {
		rp_text_puts(out, "<a rel=\"noreferrer\" href=\"");
		rp_text_html(out, reference);
		rp_text_puts(out, "\">");
	}
	rp_text_html(out, reference);
	rp_text_puts(out, link ? "</a></p>\n" : "</p>\n");
}

static void
put_header(const struct rp_report_data *data, struct rp_text *out)
{
	const struct rp_case *cs = data->cs;
	char when[RP_INSTANT_TEXT];

	rp_text_puts(out, "<header>\n<p>");
	rp_text_html(out, cs->ca != NULL ? cs->ca : "Incident");
	rp_text_puts(out, " &middot; ");
	rp_text_html(out, cs->id);
	rp_text_puts(out, "</p>\n<h1>");
	rp_text_html(out, cs->title != NULL ? cs->title : cs->id);
	rp_text_printf(out, "</h1>\n<p>As of %s, %s view</p>\n",
	    rp_when_format(data->as_of, when), rp_view_word(data->view));
	if (cs->reference != NULL)
		put_reference(out, cs->reference);
	rp_text_puts(out, "<nav aria-label=\"Sections\"><ul>"
	    "<li><a href=\"#update\">Update table</a></li>"
	    "<li><a href=\"#forecast\">Forecast</a></li>"
	    "<li><a href=\"#rules\">Rules</a></li>"
	    "<li><a href=\"#simulation\">Simulation</a></li>"
	    "<li><a href=\"#sheet\">Deadline sheet</a></li>"
	    "<li><a href=\"#tail\">Tail and risks</a></li>"
	    "<li><a href=\"#ledger\">Assumptions</a></li>"
	    "<li><a href=\"#meaning\">What the numbers mean</a></li>"
	    "<li><a href=\"#provenance\">Provenance</a></li>"
	    "</ul></nav>\n</header>\n<main>\n");
}

static void
put_head(const struct rp_report_data *data, struct rp_text *out)
{
	rp_text_puts(out, "<!DOCTYPE html>\n<html lang=\"en\">\n<head>\n"
	    "<meta charset=\"utf-8\">\n"
	    "<meta http-equiv=\"Content-Security-Policy\" "
	    "content=\"default-src 'none'; style-src 'unsafe-inline'; "
	    "img-src data:\">\n"
	    "<meta name=\"referrer\" content=\"no-referrer\">\n"
	    "<meta name=\"viewport\" content=\"width=device-width, "
	    "initial-scale=1\">\n"
	    "<meta name=\"generator\" content=\"revplan ");
	rp_text_html(out, rp_version());
	rp_text_puts(out, "\">\n<title>");
	rp_text_html(out, data->cs->id);
	rp_text_puts(out, ": revocation report</title>\n<style>\n");
	rp_text_puts(out, rp_report_style());
	rp_text_puts(out, "</style>\n</head>\n<body>\n");
}

rp_status
rp_report_html(const struct rp_report_data *data, char **html, size_t *len,
    struct rp_err *err)
{
	static rp_report_part *const part[] = { rp_report_headline,
		rp_report_update, rp_report_forecast, rp_report_rules,
		rp_report_simulation, rp_report_sheet, rp_report_tail,
		rp_report_ledger, rp_report_meaning, rp_report_provenance };
	struct rp_text out = { 0 };
	rp_status rc = RP_OK;
	size_t i;

	put_head(data, &out);
	put_header(data, &out);
	for (i = 0; rc == RP_OK && i < sizeof(part) / sizeof(part[0]); i++)
		rc = part[i](data, &out, err);
	rp_text_puts(&out, "</main>\n</body>\n</html>\n");
	if (rc == RP_OK && out.failed)
		rc = rp_fail(err, RP_ENOMEM, "no memory for the report");
	if (rc != RP_OK) {
		rp_text_release(&out);
		return rc;
	}
	*html = out.bytes;
	*len = out.len;
	return RP_OK;
}
