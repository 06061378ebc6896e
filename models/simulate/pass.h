/*
 * simulate/pass.h - a mass through one step; part of kernel.c.
 */
#ifndef RP_SIMULATE_PASS_H
#define RP_SIMULATE_PASS_H

#include "simulate/kernel.h"

/* What enters as `in` leaves as `out`, which must be clear. */
void rp_pass(struct rp_kernel_work *w, const struct rp_hop *h,
    const struct rp_mass *in, struct rp_mass *out);

/* Room for what a batch does to each cell; false: no memory. */
bool rp_pass_init(struct rp_kernel_work *w);
void rp_pass_release(struct rp_kernel_work *w);

#endif /* RP_SIMULATE_PASS_H */
