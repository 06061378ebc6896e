/*
 * write/bands.h - every band of every population and state.
 *
 * A year by the hour with a few populations has a million cells: they are
 * written as they come, and never stand in a table.
 */
#ifndef RP_WRITE_BANDS_H
#define RP_WRITE_BANDS_H

#include "output.h"
#include "revplan/simulate.h"

/* A header and rows; the elements of an array.  RP_ESTATE: no bands kept. */
RP_CHECKED rp_status rp_bands_csv(const struct rp_trials *tr,
    struct rp_text *out, struct rp_err *err);
RP_CHECKED rp_status rp_bands_json(const struct rp_trials *tr,
    struct rp_text *out, struct rp_err *err);

#endif /* RP_WRITE_BANDS_H */
