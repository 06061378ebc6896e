/*
 * simulate/hop.h - a step as a function of the time at which it is entered.
 *
 * Instants are seconds since 1970 as real numbers; INFINITY is never.  A hop
 * has been resolved for the trial.
 */
#ifndef RP_SIMULATE_HOP_H
#define RP_SIMULATE_HOP_H

#include <stdbool.h>
#include <stddef.h>

#include "simulate/model.h"

/* A wait in working time. */
bool rp_hop_is_working(const struct rp_hop *h);

/* P(through by lag), lag in seconds of the hop's clock since the entry. */
double rp_hop_lag_cdf(const struct rp_hop *h, double lag);

/* The integral of that over 0..lag, of a poll. */
double rp_hop_poll_area(const struct rp_hop *h, double lag);

/*
 * P(renewed on its own schedule by t | valid at u): `renews` before its
 * expiry, at once where that is over.
 */
double rp_hop_own_cdf(const struct rp_hop *h, double u, double t);

/* The instant at which d seconds of a hop's clock have passed since u. */
double rp_hop_after(const struct rp_model *m, const struct rp_hop *h,
    double u, double d);

/* P(through by point j | entered at u). */
double rp_hop_cdf_from(const struct rp_model *m, const struct rp_hop *h,
    double u, size_t j);

/* Whether the instant of entry decides that of leaving; and which it is. */
bool rp_hop_maps_instants(const struct rp_hop *h);
double rp_hop_mapped(const struct rp_model *m, const struct rp_hop *h,
    double u);

#endif /* RP_SIMULATE_HOP_H */
