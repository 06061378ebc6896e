/*
 * write/show_simulate.h - the parts of rp_show_simulate().
 */
#ifndef RP_WRITE_SHOW_SIMULATE_H
#define RP_WRITE_SHOW_SIMULATE_H

#include "output.h"
#include "revplan/simulate.h"
#include "revplan/table.h"
#include "write/provenance.h"

/* Where what is said of the trials goes: lines of a text, or remarks below a
 * table; the other one is NULL. */
struct rp_sim_sink {
	struct rp_text *text;
	struct rp_table *table;
};

/* One line each, "label: ...", for a reader; nothing where there is nothing
 * to say. */
typedef void rp_sim_line(const struct rp_sim_sink *out,
    const struct rp_trials *tr);
rp_sim_line rp_sim_completion, rp_sim_deadline, rp_sim_tail,
    rp_sim_bottleneck, rp_sim_risks, rp_sim_closed_form, rp_sim_nothing,
    rp_sim_design;

/* What makes a table of the trials, see write/tables.h. */
typedef rp_status rp_sim_tabler(const struct rp_trials *tr,
    struct rp_table **out, struct rp_err *err);

RP_CHECKED rp_status rp_simulate_json(const struct rp_trials *tr,
    const struct rp_provenance *p, struct rp_text *out, struct rp_err *err);

#endif /* RP_WRITE_SHOW_SIMULATE_H */
