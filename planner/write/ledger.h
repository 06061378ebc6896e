/*
 * write/ledger.h - on what a case rests.
 */
#ifndef RP_WRITE_LEDGER_H
#define RP_WRITE_LEDGER_H

#include "revplan/case.h"
#include "revplan/table.h"

/*
 * Every value that the trials or the verdicts use: what it is, on what it
 * rests, who said so, on which line.  What is assumed comes first.
 */
RP_CHECKED rp_status rp_ledger_table(const struct rp_case *cs,
    struct rp_table **out, struct rp_err *err);

/* A quantity in words: "100", "10 d", "triangular 80, 100, 120". */
enum rp_measure {
	RP_MEASURE_NUMBER,
	RP_MEASURE_SPAN,	/* seconds */
	RP_MEASURE_INSTANT,	/* seconds since 1970 */
	RP_MEASURE_SHARE
};
struct rp_text;
void rp_quantity_words(const struct rp_quantity *q, enum rp_measure measure,
    struct rp_text *out);

#endif /* RP_WRITE_LEDGER_H */
