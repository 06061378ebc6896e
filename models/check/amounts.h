/*
 * check/amounts.h - what an actual says about certificates that are settled.
 */
#ifndef RP_CHECK_AMOUNTS_H
#define RP_CHECK_AMOUNTS_H

#include <stdint.h>

#include "revplan/case.h"

/*
 * The most certificates of `base` that an actual lets be revoked or expired,
 * rounded shares taken at their upper end; 0 where it says nothing of them.
 */
uint64_t rp_actual_settled_most(const struct rp_actual *a, uint64_t base);

#endif /* RP_CHECK_AMOUNTS_H */
