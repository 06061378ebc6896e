/*
 * revplan/report.h - everything about an incident on one page.
 *
 * Stage 7.  Reads: all results.  Read by: the command.
 */
#ifndef RP_REPORT_H
#define RP_REPORT_H

#include <stddef.h>

#include "revplan/case.h"
#include "revplan/check.h"
#include "revplan/compare.h"
#include "revplan/err.h"
#include "revplan/forecast.h"
#include "revplan/simulate.h"

struct rp_report_data {
	const struct rp_case *cs;
	const struct rp_trials *trials;
	const struct rp_forecast *forecast;	/* may be NULL */
	const struct rp_comparison *comparison;	/* may be NULL */
	const struct rp_findings *findings;
	struct rp_when as_of;
	enum rp_view view;
};

/*
 * One HTML file: charts inline, a table beside each, no network, no script.
 * *html is malloc'ed, free() it.  RP_EPROGRAM when gnuplot is missing or
 * failed, RP_ENOMEM.
 */
RP_CHECKED rp_status rp_report_html(const struct rp_report_data *data,
    char **html, size_t *len, struct rp_err *err);

#endif /* RP_REPORT_H */
