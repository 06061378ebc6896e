/*
 * planner/remarks.h - what is worth a second look in a case that is valid.
 */
#ifndef RP_REMARKS_H
#define RP_REMARKS_H

#include "revplan/case.h"

/* One line each on standard error, at their places; nothing when quiet. */
void rp_remarks_tell(const struct rp_case *cs);

#endif /* RP_REMARKS_H */
