/*
 * rules/series.h - what a rule demands of CRLs, or of OCSP responses, that
 * follow each other.
 */
#ifndef RP_RULES_SERIES_H
#define RP_RULES_SERIES_H

#include "revplan/record.h"

struct rp_series {
	enum rp_fact_kind kind;
	enum rp_certificate certificate;
	/*
	 * When the next one is due.  Where that depends on what is not on
	 * record, it spans all that it may be.
	 */
	struct rp_when (*refresh)(const struct rp_fact *one);
	const char *apart;		/* the same in words */
	/* The latest nextUpdate that it may have. */
	struct rp_when (*latest)(const struct rp_fact *one);
	const char *valid;		/* the same in words */
	struct rp_span least;		/* from thisUpdate on, 0: no limit */
};

extern const struct rp_series rp_crl_ee_v130, rp_crl_ee_v201, rp_crl_ca,
    rp_ocsp_ee_v130, rp_ocsp_ee_v171, rp_ocsp_ca, rp_ocsp_microsoft;

#endif /* RP_RULES_SERIES_H */
