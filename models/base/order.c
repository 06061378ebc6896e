/*
 * base/order.c - order statistics.
 */
#include "base/order.h"

#include <math.h>

double
rp_draw_last(struct rp_stream *s, uint64_t n)
{
	double u = rp_stream_uniform(s);

	return n == 0 ? 1.0 : -expm1(log(u) / (double)n);
}
