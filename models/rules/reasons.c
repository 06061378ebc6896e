/*
 * rules/reasons.c - the reasons against the numbered lists of the editions.
 */
#include "rules/reasons.h"

#include <stdint.h>

/* A cell holds tier and item; an empty cell means that the list is silent. */
struct cell {
	uint8_t tier;
	uint8_t item;
};

#define T1(n) { RP_TIER_1, n }
#define T2(n) { RP_TIER_2, n }
#define CA(n) { RP_TIER_CA, n }
#define NO { RP_TIER_NONE, 0 }

/*
 * Columns that differ.  The list of 1.0.0 has the reasons of 1.1.1 as far as
 * anybody knows, 1.8.7 has the items of 1.8.5, and the S/MIME list for
 * subordinate CAs is that of the TLS requirements.
 */
enum column { V111, V161, V173, V185, CA10, CA9, SMIME, CODE, COLUMNS };

struct row {
	struct cell cell[COLUMNS];
	int8_t crl_reason;	/* from 1.8.7 on, where V185 has an item */
};

/*
 * Readings of ours: a key that can be computed, or that a known method
 * exposes, counts as compromised for a subordinate CA (item 3), since its
 * list has no words for them.
 */
static const struct row rows[RP_REASON_COUNT] = {
	/*                  1.1.1   1.6.1   1.7.3   1.8.5   CA 10  CA 9
	 * S/MIME  code signing,  CRL reason */
	[RP_REASON_SUBSCRIBER_REQUEST] = { {
	    T1(1), T1(1), T1(1), T1(1), CA(1), CA(1), T1(1), T1(1) }, 0 },
	[RP_REASON_UNAUTHORISED_REQUEST] = { {
	    T1(2), T1(2), T1(2), T1(2), CA(2), CA(2), T1(2), T1(2) }, 9 },
	[RP_REASON_KEY_COMPROMISE] = { {
	    T1(3), T1(3), T1(3), T1(3), CA(3), CA(3), T1(3), T1(3) }, 1 },
	[RP_REASON_WEAK_KEY] = { {
	    NO, T2(11), T1(4), T1(4), CA(3), CA(3), T1(4), T1(4) }, 1 },
	[RP_REASON_VALIDATION_UNRELIABLE] = { {
	    NO, T1(4), T1(5), T1(5), NO, NO, T1(5), NO }, 4 },
	[RP_REASON_BAD_KEY_PARAMETERS] = { {
	    T1(3), T2(1), T2(1), T2(6), CA(3), CA(3), T2(6), T2(7) }, 4 },
	[RP_REASON_MISUSE] = { {
	    T1(4), T2(2), T2(2), T2(7), CA(4), CA(4), T2(7), T2(8) }, 9 },
	[RP_REASON_AGREEMENT_BREACH] = { {
	    T1(5), T2(3), T2(3), T2(8), NO, NO, T2(8), T2(9) }, 9 },
	[RP_REASON_NAME_NOT_PERMITTED] = { {
	    T1(6), T2(4), T2(4), T2(9), NO, NO, T2(9), NO }, 5 },
	[RP_REASON_WILDCARD_MISLEADING] = { {
	    T1(7), T2(5), T2(5), T2(10), NO, NO, NO, NO }, 9 },
	[RP_REASON_MATERIAL_CHANGE] = { {
	    T1(8), T2(6), T2(6), T2(11), NO, NO, T2(10), T2(10) }, 9 },
	[RP_REASON_NOT_PER_REQUIREMENTS] = { {
	    T1(9), T2(7), T2(7), T2(12), CA(5), CA(5), T2(11), T2(11) }, 4 },
	[RP_REASON_INACCURATE_INFORMATION] = { {
	    T1(10), T2(8), T2(8), T2(13), CA(6), CA(6), T2(12), T2(12) },
	    9 },
	[RP_REASON_ISSUING_RIGHT_ENDED] = { {
	    T1(12), T2(9), T2(9), T2(14), CA(8), CA(8), T2(13), T2(13) },
	    0 },
	[RP_REASON_POLICY_REQUIRES] = { {
	    T1(14), T2(10), T2(10), T2(15), CA(9), CA(9), T2(14), T2(14) },
	    0 },
	[RP_REASON_KEY_EXPOSING_METHOD] = { {
	    NO, T2(11), T2(11), T2(16), CA(3), CA(3), T2(15), T1(5) }, 1 },
	[RP_REASON_OPERATIONS_CEASED] = { {
	    T1(11), NO, NO, NO, CA(7), CA(7), NO, NO }, RP_CRL_REASON_NONE },
	[RP_REASON_SUBORDINATE_KEY_COMPROMISE] = { {
	    T1(13), NO, NO, NO, CA(3), CA(3), NO, NO }, RP_CRL_REASON_NONE },
	[RP_REASON_UNACCEPTABLE_CONTENT] = { {
	    T1(15), NO, NO, NO, CA(10), NO, NO, NO }, RP_CRL_REASON_NONE },
};

static const enum column column_of[RP_LISTS] = {
	[RP_LIST_TLS_V100] = V111,
	[RP_LIST_TLS_V111] = V111,
	[RP_LIST_TLS_V161] = V161,
	[RP_LIST_TLS_V173] = V173,
	[RP_LIST_TLS_V185] = V185,
	[RP_LIST_TLS_V187] = V185,
	[RP_LIST_SUBCA_V111] = CA10,
	[RP_LIST_SUBCA_V161] = CA9,
	[RP_LIST_SMIME] = SMIME,
	[RP_LIST_SMIME_SUBCA] = CA9,
	[RP_LIST_CODE_SIGNING] = CODE,
};

struct rp_reason_item
rp_reason_item(enum rp_reason reason, enum rp_list list)
{
	const struct cell *cell = &rows[reason].cell[column_of[list]];
	struct rp_reason_item out = {
		(enum rp_tier)cell->tier, cell->item, RP_CRL_REASON_NONE
	};

	if (list == RP_LIST_TLS_V100)
		out.item = 0;
	if (list == RP_LIST_TLS_V187 && out.tier != RP_TIER_NONE)
		out.crl_reason = rows[reason].crl_reason;
	return out;
}
