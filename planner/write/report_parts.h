/*
 * write/report_parts.h - the sections of the report.
 *
 * Each appends HTML and fails for want of memory or of gnuplot only: a result
 * that is not there is said in its place.  Every text of a case goes through
 * rp_text_html().
 */
#ifndef RP_WRITE_REPORT_PARTS_H
#define RP_WRITE_REPORT_PARTS_H

#include "output.h"
#include "revplan/chart.h"
#include "revplan/report.h"
#include "revplan/table.h"

typedef rp_status rp_report_part(const struct rp_report_data *data,
    struct rp_text *out, struct rp_err *err);

rp_report_part rp_report_headline, rp_report_update, rp_report_forecast,
    rp_report_rules, rp_report_simulation, rp_report_sheet, rp_report_tail,
    rp_report_ledger, rp_report_meaning, rp_report_provenance;

/* A part of the section on the simulation. */
rp_report_part rp_report_shares;

/* The style sheet, without its element. */
const char *rp_report_style(void);

/* "<section id="..."><h2>...</h2>"; the end is "</section>". */
void rp_report_open(struct rp_text *out, const char *id, const char *heading);

/* "<p>...</p>" of a text. */
void rp_report_paragraph(struct rp_text *out, const char *text);

/* "<dt>...</dt><dd>...</dd>". */
void rp_report_item(struct rp_text *out, const char *term, const char *text);

/* A table, or what prevented it; takes the table over. */
RP_CHECKED rp_status rp_report_table(struct rp_text *out, rp_status rc,
    struct rp_table *t);

/* The same, folded away under a summary. */
RP_CHECKED rp_status rp_report_details(struct rp_text *out,
    const char *summary, rp_status rc, struct rp_table *t);

/*
 * A chart with its table folded beneath.  Where the data is missing a sentence
 * stands in its place.
 */
RP_CHECKED rp_status rp_report_chart(const struct rp_report_data *data,
    enum rp_chart_kind kind, struct rp_text *out, struct rp_err *err);

void rp_report_notes(struct rp_text *out, const char *const *note, size_t n);

#endif /* RP_WRITE_REPORT_PARTS_H */
