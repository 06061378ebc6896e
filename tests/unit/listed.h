/*
 * listed.h - a case from a text, checked and held against what was said.
 *
 * Deadlines: aware 2026-03-02T09:15Z + 5 d = 2026-03-07T09:15Z.
 */
#ifndef TESTS_LISTED_H
#define TESTS_LISTED_H

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <string.h>

#include <cmocka.h>

#include "revplan/check.h"
#include "revplan/claims.h"
#include "support/bound.h"
#include "support/written.h"

#define HEAD								\
	"revplan: 1\n"							\
	"incident: {id: t, certificate: subscriber,\n"			\
	"  reason: not-per-requirements, aware: 2026-03-02T09:15Z}\n"	\
	"populations:\n"						\
	"  - {name: a, certificates: 100,\n"				\
	"     path: [{team: {rate: 20/working-day}}]}\n"

struct listed {
	struct bound full;
	struct rp_case *now;
	struct rp_findings *findings;
	struct rp_claims *claims;
	struct rp_when as_of;
};

static inline void
listed_open(struct listed *l, const char *text, const char *as_of)
{
	struct rp_err err = { 0 };

	memset(l, 0, sizeof(*l));
	l->as_of = when(as_of);
	l->full = bind_text(text, ".");
	if (l->full.cs == NULL)
		fail_msg("%s", l->full.faults.n > 0 ?
		    l->full.faults.fault[0].text : "no case");
	if (rp_case_view(l->full.cs, &l->as_of, RP_VIEW_INTERNAL, &l->now,
	    &err) != RP_OK ||
	    rp_check(l->now, l->as_of, RP_VIEW_INTERNAL, &l->findings,
	    &err) != RP_OK ||
	    rp_claims(l->now, l->as_of, RP_VIEW_INTERNAL, &l->claims,
	    &err) != RP_OK)
		fail_msg("%s", err.text);
}

static inline void
listed_close(struct listed *l)
{
	rp_claims_free(l->claims);
	rp_findings_free(l->findings);
	rp_case_free(l->now);
	bound_release(&l->full);
}

#endif /* TESTS_LISTED_H */
