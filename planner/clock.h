/*
 * planner/clock.h - the present moment, for the command line alone.
 *
 * Everything else is told the time (--as-of): a verdict that depends on when
 * somebody happened to ask cannot be reproduced.
 */
#ifndef RP_CLOCK_H
#define RP_CLOCK_H

#include <stdint.h>

#include "revplan/err.h"
#include "revplan/instant.h"

/*
 * Now, or the moment that SOURCE_DATE_EPOCH names where it is set.
 * RP_EUSAGE: SOURCE_DATE_EPOCH is not a number of seconds of the years that
 * revplan knows; *out is untouched.
 */
RP_CHECKED rp_status rp_clock_now(struct rp_instant *out, struct rp_err *err);

/* From now on it is always that moment: processes that work together must not
 * see midnight pass in one of them alone. */
void rp_clock_stop(struct rp_instant at);

/* Milliseconds of a clock that never goes back; for progress bars. */
int64_t rp_clock_ticking_ms(void);

#endif /* RP_CLOCK_H */
