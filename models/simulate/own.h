/*
 * simulate/own.h - those who renewed on their own schedule and were replaced
 * by that.
 */
#ifndef RP_SIMULATE_OWN_H
#define RP_SIMULATE_OWN_H

#include "simulate/engine.h"

/* Mark the nodes of a compiled model that end in such a renewal. */
RP_CHECKED rp_status rp_own_mark(struct rp_model *m, struct rp_err *err);

bool rp_own_any(const struct rp_model *m);

/* Tell the flow of each part of them; on error the caller releases. */
RP_CHECKED rp_status rp_own_init(struct rp_engine *e, struct rp_err *err);

/* P(valid at t | renewed at u, where it was due before). */
double rp_own_valid(const struct rp_hop *h, double u, double t);

/* Of those renewed between u and t, who did so as much before their expiry as
 * the ordinary course of things has it, and not as the client has it. */
double rp_own_sooner(const struct rp_hop *h, double u, double t);

#endif /* RP_SIMULATE_OWN_H */
