/*
 * revplan/chart.h - pictures of the results.
 *
 * Stage 7.  Reads: table.h and the results.  Read by: the report.
 *
 * The gnuplot script is text that revplan owns: making it is pure and tested
 * against golden files.  Running it is ten lines around a pipe.  No text from
 * a case reaches gnuplot but in data or in single quotes.
 */
#ifndef RP_CHART_H
#define RP_CHART_H

#include <stdbool.h>
#include <stddef.h>

#include "revplan/case.h"
#include "revplan/compare.h"
#include "revplan/err.h"
#include "revplan/forecast.h"
#include "revplan/simulate.h"
#include "revplan/table.h"

enum rp_chart_kind {
	RP_CHART_CURVE,		/* the metric over time with its bands */
	RP_CHART_COMPARE,	/* planned against actual, and differences */
	RP_CHART_COMPLETION,	/* distribution of the completion date */
	RP_CHART_POPULATIONS,	/* replaced by population, stacked */
	RP_CHART_REVOCATION,	/* replaced against revoked, and harmed */
	RP_CHART_SHEET		/* harmed against overdue days saved, by the
				 * instant of revocation */
};

enum rp_chart_format {
	RP_CHART_SVG,
	RP_CHART_PNG,
	RP_CHART_PDF,
	RP_CHART_TERMINAL
};

/* What a chart may draw upon; what it does not need may be NULL. */
struct rp_chart_data {
	const struct rp_case *cs;
	const struct rp_trials *trials;
	const struct rp_forecast *forecast;
	const struct rp_comparison *comparison;
	struct rp_when as_of;
	const char *provenance;	/* version, seed, digest: small print */
	/* Other cases on the same axes (curve): their trials, with bands, and
	 * how the key calls them. */
	size_t n_overlays;
	const struct rp_trials *const *overlay;
	const char *const *overlay_name;
};

#define RP_CHART_OVERLAYS 4	/* as many as can be told apart */

/* Opaque: a script, the table of what it shows, and a text alternative. */
struct rp_chart;

/*
 * Lay out a chart.  RP_ESTATE: the data that this kind needs is not there
 * (err says what); RP_ENOMEM.  On any error *out is untouched.
 */
RP_CHECKED rp_status rp_chart_new(enum rp_chart_kind kind,
    enum rp_chart_format format, const struct rp_chart_data *data,
    struct rp_chart **out, struct rp_err *err);
void rp_chart_free(struct rp_chart *c);

/* Pure: the same data, the same bytes. */
const char *rp_chart_script(const struct rp_chart *c);
const char *rp_chart_title(const struct rp_chart *c);
const char *rp_chart_alternative(const struct rp_chart *c);
const struct rp_table *rp_chart_table(const struct rp_chart *c);

/*
 * Run gnuplot on it.  *bytes is malloc'ed, free() it; *len bytes.
 * RP_EPROGRAM: gnuplot is missing or refused the script.
 */
RP_CHECKED rp_status rp_chart_run(const struct rp_chart *c, char **bytes,
    size_t *len, struct rp_err *err);

#endif /* RP_CHART_H */
