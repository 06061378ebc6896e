/*
 * write/show_simulate.h - the parts of rp_show_simulate().
 */
#ifndef RP_WRITE_SHOW_SIMULATE_H
#define RP_WRITE_SHOW_SIMULATE_H

#include "output.h"
#include "revplan/simulate.h"
#include "revplan/table.h"
#include "write/json.h"
#include "write/provenance.h"

/* Where what is said of the trials goes: lines of a text, remarks below a
 * table, or paragraphs of a page; the others are NULL. */
struct rp_sim_sink {
	struct rp_text *text;
	struct rp_table *table;
	struct rp_text *html;
};

/* One line each, "label: ...", for a reader; nothing where there is nothing
 * to say. */
typedef void rp_sim_line(const struct rp_sim_sink *out,
    const struct rp_trials *tr);
rp_sim_line rp_sim_completion, rp_sim_deadline, rp_sim_tail,
    rp_sim_bottleneck, rp_sim_risks, rp_sim_closed_form, rp_sim_nothing,
    rp_sim_design;

/* The end of a line: it goes where it belongs, and is released. */
void rp_sim_end_line(const struct rp_sim_sink *out, const char *label,
    struct rp_text *line);

/* Place of a level in rp_completion_level. */
size_t rp_sim_level(double p);

/* "closed_form" of the document. */
void rp_json_closed_form(struct rp_json *j, const struct rp_trials *tr);

/* What makes a table of the trials, see write/tables.h. */
typedef rp_status rp_sim_tabler(const struct rp_trials *tr,
    struct rp_table **out, struct rp_err *err);

RP_CHECKED rp_status rp_simulate_json(const struct rp_trials *tr,
    const struct rp_provenance *p, struct rp_text *out, struct rp_err *err);

#endif /* RP_WRITE_SHOW_SIMULATE_H */
