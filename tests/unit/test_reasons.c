/*
 * tests/unit/test_reasons.c - every cell of the crosswalk of reasons.
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <string.h>

#include <cmocka.h>

#include "rules/reasons.h"

/*
 * The crosswalk as it is written down in the editions: "24-3" is item 3
 * of those with 24 hours, "5-7" item 7 of those with 5 days, "-" is not
 * named.  Columns: 1.1.1 to 1.6.0; 1.6.1 to 1.7.2; 1.7.3 to 1.8.4; 1.8.5 on;
 * the CRL reason from 1.8.7 on.
 */
static const struct {
	enum rp_reason reason;
	const char *v111, *v161, *v173, *v185;
	int crl;
} crosswalk[] = {
	{ RP_REASON_SUBSCRIBER_REQUEST, "24-1", "24-1", "24-1", "24-1", 0 },
	{ RP_REASON_UNAUTHORISED_REQUEST, "24-2", "24-2", "24-2", "24-2", 9 },
	{ RP_REASON_KEY_COMPROMISE, "24-3", "24-3", "24-3", "24-3", 1 },
	{ RP_REASON_WEAK_KEY, "-", "5-11", "24-4", "24-4", 1 },
	{ RP_REASON_VALIDATION_UNRELIABLE, "-", "24-4", "24-5", "24-5", 4 },
	{ RP_REASON_BAD_KEY_PARAMETERS, "24-3", "5-1", "5-1", "5-6", 4 },
	{ RP_REASON_MISUSE, "24-4", "5-2", "5-2", "5-7", 9 },
	{ RP_REASON_AGREEMENT_BREACH, "24-5", "5-3", "5-3", "5-8", 9 },
	{ RP_REASON_NAME_NOT_PERMITTED, "24-6", "5-4", "5-4", "5-9", 5 },
	{ RP_REASON_WILDCARD_MISLEADING, "24-7", "5-5", "5-5", "5-10", 9 },
	{ RP_REASON_MATERIAL_CHANGE, "24-8", "5-6", "5-6", "5-11", 9 },
	{ RP_REASON_NOT_PER_REQUIREMENTS, "24-9", "5-7", "5-7", "5-12", 4 },
	{ RP_REASON_INACCURATE_INFORMATION, "24-10", "5-8", "5-8", "5-13",
	    9 },
	{ RP_REASON_ISSUING_RIGHT_ENDED, "24-12", "5-9", "5-9", "5-14", 0 },
	{ RP_REASON_POLICY_REQUIRES, "24-14", "5-10", "5-10", "5-15", 0 },
	{ RP_REASON_KEY_EXPOSING_METHOD, "-", "5-11", "5-11", "5-16", 1 },
	{ RP_REASON_OPERATIONS_CEASED, "24-11", "-", "-", "-", -1 },
	{ RP_REASON_SUBORDINATE_KEY_COMPROMISE, "24-13", "-", "-", "-", -1 },
	{ RP_REASON_UNACCEPTABLE_CONTENT, "24-15", "-", "-", "-", -1 },
};

#define REASONS (sizeof(crosswalk) / sizeof(crosswalk[0]))

static void
cell_is(enum rp_reason reason, enum rp_list list, const char *want, int crl)
{
	struct rp_reason_item it = rp_reason_item(reason, list);
	char got[16] = "-";

	if (it.tier == RP_TIER_1)
		(void)snprintf(got, sizeof(got), "24-%u", it.item);
	if (it.tier == RP_TIER_2)
		(void)snprintf(got, sizeof(got), "5-%u", it.item);
	if (it.tier == RP_TIER_CA)
		(void)snprintf(got, sizeof(got), "7-%u", it.item);
	if (strcmp(got, want) != 0 || it.crl_reason != crl)
		fail_msg("'%s' in list %d: %s with CRL reason %d, not %s "
		    "with %d", rp_reason_key(reason), (int)list, got,
		    it.crl_reason, want, crl);
}

static void
subscriber_items_follow_the_crosswalk(void **state)
{
	(void)state;
	assert_int_equal(REASONS, RP_REASON_COUNT);
	for (size_t i = 0; i < REASONS; i++) {
		enum rp_reason r = crosswalk[i].reason;

		cell_is(r, RP_LIST_TLS_V111, crosswalk[i].v111, -1);
		cell_is(r, RP_LIST_TLS_V161, crosswalk[i].v161, -1);
		cell_is(r, RP_LIST_TLS_V173, crosswalk[i].v173, -1);
		cell_is(r, RP_LIST_TLS_V185, crosswalk[i].v185, -1);
		cell_is(r, RP_LIST_TLS_V187, crosswalk[i].v185,
		    crosswalk[i].crl);
	}
}

/* Of the first editions only the 24 hours are known, no numbers. */
static void
first_editions_have_no_numbers(void **state)
{
	(void)state;
	for (size_t i = 0; i < REASONS; i++)
		cell_is(crosswalk[i].reason, RP_LIST_TLS_V100,
		    crosswalk[i].v111[0] == '-' ? "-" : "24-0", -1);
}

/* "-": the list of 4.9.1.2 has no such reason. */
static void
subordinate_ca_items_follow_their_list(void **state)
{
	static const char *const nine[RP_REASON_COUNT] = {
		[RP_REASON_SUBSCRIBER_REQUEST] = "7-1",
		[RP_REASON_UNAUTHORISED_REQUEST] = "7-2",
		[RP_REASON_KEY_COMPROMISE] = "7-3",
		[RP_REASON_WEAK_KEY] = "7-3",
		[RP_REASON_BAD_KEY_PARAMETERS] = "7-3",
		[RP_REASON_KEY_EXPOSING_METHOD] = "7-3",
		[RP_REASON_SUBORDINATE_KEY_COMPROMISE] = "7-3",
		[RP_REASON_MISUSE] = "7-4",
		[RP_REASON_NOT_PER_REQUIREMENTS] = "7-5",
		[RP_REASON_INACCURATE_INFORMATION] = "7-6",
		[RP_REASON_OPERATIONS_CEASED] = "7-7",
		[RP_REASON_ISSUING_RIGHT_ENDED] = "7-8",
		[RP_REASON_POLICY_REQUIRES] = "7-9",
	};

	(void)state;
	for (int r = 0; r < RP_REASON_COUNT; r++) {
		const char *want = nine[r] == NULL ? "-" : nine[r];

		cell_is((enum rp_reason)r, RP_LIST_SUBCA_V161, want, -1);
		cell_is((enum rp_reason)r, RP_LIST_SMIME_SUBCA, want, -1);
		if (r != RP_REASON_UNACCEPTABLE_CONTENT)
			cell_is((enum rp_reason)r, RP_LIST_SUBCA_V111, want,
			    -1);
	}
	cell_is(RP_REASON_UNACCEPTABLE_CONTENT, RP_LIST_SUBCA_V111, "7-10",
	    -1);
}

/*
 * S/MIME: as TLS 1.8.5 without the wildcard, so items after it move up.
 * Code signing: exposing methods are item 5 with 24 hours, names are absent.
 */
static void
other_profiles_have_their_own_numbers(void **state)
{
	static const struct {
		enum rp_reason reason;
		const char *smime, *code;
	} rows[] = {
		{ RP_REASON_SUBSCRIBER_REQUEST, "24-1", "24-1" },
		{ RP_REASON_UNAUTHORISED_REQUEST, "24-2", "24-2" },
		{ RP_REASON_KEY_COMPROMISE, "24-3", "24-3" },
		{ RP_REASON_WEAK_KEY, "24-4", "24-4" },
		{ RP_REASON_VALIDATION_UNRELIABLE, "24-5", "-" },
		{ RP_REASON_BAD_KEY_PARAMETERS, "5-6", "5-7" },
		{ RP_REASON_MISUSE, "5-7", "5-8" },
		{ RP_REASON_AGREEMENT_BREACH, "5-8", "5-9" },
		{ RP_REASON_NAME_NOT_PERMITTED, "5-9", "-" },
		{ RP_REASON_WILDCARD_MISLEADING, "-", "-" },
		{ RP_REASON_MATERIAL_CHANGE, "5-10", "5-10" },
		{ RP_REASON_NOT_PER_REQUIREMENTS, "5-11", "5-11" },
		{ RP_REASON_INACCURATE_INFORMATION, "5-12", "5-12" },
		{ RP_REASON_ISSUING_RIGHT_ENDED, "5-13", "5-13" },
		{ RP_REASON_POLICY_REQUIRES, "5-14", "5-14" },
		{ RP_REASON_KEY_EXPOSING_METHOD, "5-15", "24-5" },
		{ RP_REASON_OPERATIONS_CEASED, "-", "-" },
		{ RP_REASON_SUBORDINATE_KEY_COMPROMISE, "-", "-" },
		{ RP_REASON_UNACCEPTABLE_CONTENT, "-", "-" },
	};

	(void)state;
	assert_int_equal(sizeof(rows) / sizeof(rows[0]), RP_REASON_COUNT);
	for (size_t i = 0; i < RP_REASON_COUNT; i++) {
		cell_is(rows[i].reason, RP_LIST_SMIME, rows[i].smime, -1);
		cell_is(rows[i].reason, RP_LIST_CODE_SIGNING, rows[i].code,
		    -1);
	}
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(subscriber_items_follow_the_crosswalk),
		cmocka_unit_test(first_editions_have_no_numbers),
		cmocka_unit_test(subordinate_ca_items_follow_their_list),
		cmocka_unit_test(other_profiles_have_their_own_numbers),
	};

	return !!cmocka_run_group_tests(tests, NULL, NULL);
}
