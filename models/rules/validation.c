/*
 * rules/validation.c - for how long a validation may be used again.
 */
#include "revplan/rules.h"

/* One row a limit; of a profile the latest row that has begun counts. */
struct reuse {
	enum rp_profile profile;
	int64_t from;		/* issuance at or after it */
	int64_t limit_s;
	const char *citation;
};

#define DAYS(n) (INT64_C(86400) * (n))

/*
 * Domain and address validation, TLS BR 4.2.1.  39 months are taken as 39
 * twelfths of the Gregorian year.  The S/MIME BR are not in the table: for
 * them, and for code signing, nothing is known here.
 */
static const struct reuse reuse[] = {
	{ RP_PROFILE_TLS, INT64_C(1467331200), /* 2016-07-01 */
	    INT64_C(39) * 2629746, "TLS BR to 1.4.3, 4.2.1 (39 months)" },
	{ RP_PROFILE_TLS, INT64_C(1519862400), /* 2018-03-01 */
	    DAYS(825), "TLS BR 1.4.4-, 4.2.1 (825 days)" },
	{ RP_PROFILE_TLS, INT64_C(1633046400), /* 2021-10-01 */
	    DAYS(398), "TLS BR 1.7.5-, 4.2.1 (398 days)" },
	{ RP_PROFILE_TLS, INT64_C(1773532800), /* 2026-03-15 */
	    DAYS(200), "TLS BR 2.1.5-, 4.2.1 (200 days)" },
	{ RP_PROFILE_TLS, INT64_C(1805068800), /* 2027-03-15 */
	    DAYS(100), "TLS BR 2.1.5-, 4.2.1 (100 days)" },
	{ RP_PROFILE_TLS, INT64_C(1868227200), /* 2029-03-15 */
	    DAYS(10), "TLS BR 2.1.5-, 4.2.1 (10 days)" }
};

bool
rp_validation_reuse(enum rp_profile profile, struct rp_instant t,
    struct rp_span *limit, const char **citation)
{
	const struct reuse *found = NULL;

	for (size_t i = 0; i < sizeof(reuse) / sizeof(reuse[0]); i++)
		if (reuse[i].profile == profile &&
		    reuse[i].from <= rp_instant_s(t))
			found = &reuse[i];
	if (found == NULL)
		return false;
	*limit = rp_span_of_s(found->limit_s);
	if (citation != NULL)
		*citation = found->citation;
	return true;
}
