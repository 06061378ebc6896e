/*
 * base/order.h - the last of many without drawing the others.
 */
#ifndef RP_BASE_ORDER_H
#define RP_BASE_ORDER_H

#include "base/stream.h"

/*
 * The largest of n independent uniforms, as its distance below 1: what share
 * of a law is later than the last of n who follow it.  The largest has the
 * distribution function u^n (David and Nagaraja 2003, "Order Statistics",
 * section 2.1), so it is U^(1/n); the distance is -expm1(log(U) / n), to a few
 * units in the last place however large n is, where 1 - U^(1/n) would have
 * lost its digits.  n = 0: 1, as nobody is late at all.  Uses one word.
 */
double rp_draw_last(struct rp_stream *s, uint64_t n);

#endif /* RP_BASE_ORDER_H */
