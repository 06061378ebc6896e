/*
 * simulate/details.h - answers that take trials of their own.
 */
#ifndef RP_SIMULATE_DETAILS_H
#define RP_SIMULATE_DETAILS_H

#include "simulate/ensemble.h"

/* Each fills what its accessor returns.  Errors as rp_simulate(). */
RP_CHECKED rp_status rp_find_sheet(struct rp_trials *tr,
    const struct rp_sim_options *opt, struct rp_err *err);
RP_CHECKED rp_status rp_find_tail(struct rp_trials *tr, struct rp_err *err);
RP_CHECKED rp_status rp_find_risks(struct rp_trials *tr, struct rp_err *err);
RP_CHECKED rp_status rp_find_nothing(struct rp_trials *tr,
    struct rp_err *err);

#endif /* RP_SIMULATE_DETAILS_H */
