/*
 * tests/unit/test_places.c - where each reason stood on the days on which the
 * lists of reasons changed, and a second before.
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <string.h>

#include <cmocka.h>

#include "revplan/rules.h"
#include "support/written.h"

/*
 * Typed from the crosswalk of the editions, not from the table: hours, then
 * the number of the item.  "24-3": item 3 of those with 24 hours; "120-7":
 * item 7 of those with 5 days; "-": not named.  The last column is what the
 * CRL entry says from 2023-07-15 on: "none" leaves the reasonCode out.
 */
static const struct {
	enum rp_reason reason;
	const char *at[4];	/* 1.3.0, 1.6.1, 1.7.3, 1.8.5 */
	const char *crl;
} crosswalk[] = {
	{ RP_REASON_SUBSCRIBER_REQUEST,
	    { "24-1", "24-1", "24-1", "24-1" }, "none" },
	{ RP_REASON_UNAUTHORISED_REQUEST,
	    { "24-2", "24-2", "24-2", "24-2" }, "privilegeWithdrawn" },
	{ RP_REASON_KEY_COMPROMISE,
	    { "24-3", "24-3", "24-3", "24-3" }, "keyCompromise" },
	{ RP_REASON_WEAK_KEY,
	    { "-", "120-11", "24-4", "24-4" }, "keyCompromise" },
	{ RP_REASON_VALIDATION_UNRELIABLE,
	    { "-", "24-4", "24-5", "24-5" }, "superseded" },
	{ RP_REASON_BAD_KEY_PARAMETERS,
	    { "24-3", "120-1", "120-1", "120-6" }, "superseded" },
	{ RP_REASON_MISUSE,
	    { "24-4", "120-2", "120-2", "120-7" }, "privilegeWithdrawn" },
	{ RP_REASON_AGREEMENT_BREACH,
	    { "24-5", "120-3", "120-3", "120-8" }, "privilegeWithdrawn" },
	{ RP_REASON_NAME_NOT_PERMITTED,
	    { "24-6", "120-4", "120-4", "120-9" }, "cessationOfOperation" },
	{ RP_REASON_WILDCARD_MISLEADING,
	    { "24-7", "120-5", "120-5", "120-10" }, "privilegeWithdrawn" },
	{ RP_REASON_MATERIAL_CHANGE,
	    { "24-8", "120-6", "120-6", "120-11" }, "privilegeWithdrawn" },
	{ RP_REASON_NOT_PER_REQUIREMENTS,
	    { "24-9", "120-7", "120-7", "120-12" }, "superseded" },
	{ RP_REASON_INACCURATE_INFORMATION,
	    { "24-10", "120-8", "120-8", "120-13" }, "privilegeWithdrawn" },
	{ RP_REASON_ISSUING_RIGHT_ENDED,
	    { "24-12", "120-9", "120-9", "120-14" }, "none" },
	{ RP_REASON_POLICY_REQUIRES,
	    { "24-14", "120-10", "120-10", "120-15" }, "none" },
	{ RP_REASON_KEY_EXPOSING_METHOD,
	    { "-", "120-11", "120-11", "120-16" }, "keyCompromise" },
	{ RP_REASON_OPERATIONS_CEASED, { "24-11", "-", "-", "-" }, "" },
	{ RP_REASON_SUBORDINATE_KEY_COMPROMISE,
	    { "24-13", "-", "-", "-" }, "" },
	{ RP_REASON_UNACCEPTABLE_CONTENT, { "24-15", "-", "-", "-" }, "" },
};

/* Which of the columns held, and whether the items had CRL reasons. */
static const struct {
	const char *when;
	int column;
	bool mapped;
} days[] = {
	{ "2016-01-01T00:00Z", 0, false },
	{ "2018-10-13T23:59:59Z", 0, false },
	{ "2018-10-14T00:00Z", 1, false },
	{ "2020-10-18T23:59:59Z", 1, false },
	{ "2020-10-19T00:00Z", 2, false },
	{ "2022-11-29T23:59:59Z", 2, false },
	{ "2022-11-30T00:00Z", 3, false },
	{ "2023-07-14T23:59:59Z", 3, false },
	{ "2023-07-15T00:00Z", 3, true },
	{ "2024-03-15T00:00Z", 3, true },
	{ "2026-03-31T00:00Z", 3, true },
};

#define COUNT(array) (sizeof(array) / sizeof((array)[0]))

/* "24-3", and in *crl what the entry says; "-" when it is not named. */
static void
place_of(enum rp_reason reason, enum rp_certificate certificate,
    enum rp_profile profile, const char *date, char buf[32],
    const char **crl)
{
	struct rp_reason_place place;
	char item[16];

	*crl = "";
	(void)snprintf(buf, 32, "-");
	if (!rp_reason_place(reason, certificate, profile, when(date).from,
	    &place))
		return;
	(void)snprintf(buf, 32, "%d-%u", (int)(rp_span_s(place.rule->limit) /
	    3600), place.item);
	*crl = rp_crl_reason_word(place.crl_reason);
	/* The citation names the same item. */
	(void)snprintf(item, sizeof(item), "item %u", place.item);
	if (strcmp(place.citation + strlen(place.citation) - strlen(item),
	    item) != 0)
		fail_msg("'%s' on %s is cited as %s", rp_reason_key(reason),
		    date, place.citation);
}

static void
expect(enum rp_reason reason, enum rp_certificate certificate,
    const char *date, const char *want, const char *want_crl)
{
	const char *crl;
	char got[32];

	place_of(reason, certificate, RP_PROFILE_TLS, date, got, &crl);
	if (strcmp(got, want) != 0 || strcmp(crl, want_crl) != 0)
		fail_msg("'%s' on %s: %s with '%s', not %s with '%s'",
		    rp_reason_key(reason), date, got, crl, want, want_crl);
}

static void
subscriber_reasons_stand_where_they_did(void **state)
{
	(void)state;
	assert_int_equal(COUNT(crosswalk), RP_REASON_COUNT);
	for (size_t d = 0; d < COUNT(days); d++)
		for (size_t i = 0; i < COUNT(crosswalk); i++) {
			const char *want = crosswalk[i].at[days[d].column];
			bool named = strcmp(want, "-") != 0;

			expect(crosswalk[i].reason, RP_CERT_SUBSCRIBER,
			    days[d].when, want, named && days[d].mapped ?
			    crosswalk[i].crl : "");
		}
}

/* 168 hours for all; only the tenth item went when 1.6.1 came. */
static void
subordinate_ca_reasons_have_seven_days(void **state)
{
	static const struct {
		enum rp_reason reason;
		const char *y2016, *y2019;
	} list[] = {
		{ RP_REASON_SUBSCRIBER_REQUEST, "168-1", "168-1" },
		{ RP_REASON_UNAUTHORISED_REQUEST, "168-2", "168-2" },
		{ RP_REASON_KEY_COMPROMISE, "168-3", "168-3" },
		{ RP_REASON_BAD_KEY_PARAMETERS, "168-3", "168-3" },
		{ RP_REASON_MISUSE, "168-4", "168-4" },
		{ RP_REASON_NOT_PER_REQUIREMENTS, "168-5", "168-5" },
		{ RP_REASON_INACCURATE_INFORMATION, "168-6", "168-6" },
		{ RP_REASON_OPERATIONS_CEASED, "168-7", "168-7" },
		{ RP_REASON_ISSUING_RIGHT_ENDED, "168-8", "168-8" },
		{ RP_REASON_POLICY_REQUIRES, "168-9", "168-9" },
		{ RP_REASON_UNACCEPTABLE_CONTENT, "168-10", "-" },
		{ RP_REASON_AGREEMENT_BREACH, "-", "-" },
		{ RP_REASON_WILDCARD_MISLEADING, "-", "-" },
	};

	(void)state;
	for (size_t i = 0; i < COUNT(list); i++) {
		expect(list[i].reason, RP_CERT_SUBORDINATE_CA, "2016-01-01",
		    list[i].y2016, "");
		expect(list[i].reason, RP_CERT_SUBORDINATE_CA, "2019-01-01",
		    list[i].y2019, "");
		/* The list has no CRL reasons, not even later. */
		expect(list[i].reason, RP_CERT_SUBORDINATE_CA, "2024-03-15",
		    list[i].y2019, "");
	}
}

/* S/MIME: 1 to 5 in a day, 6 to 15 in 5; code signing: 1 to 6, 7 to 14. */
static void
other_profiles_keep_their_tiers(void **state)
{
	const char *crl;
	char got[32];
	unsigned item;
	int hours;

	(void)state;
	for (int r = 0; r < RP_REASON_COUNT; r++) {
		place_of((enum rp_reason)r, RP_CERT_SUBSCRIBER,
		    RP_PROFILE_SMIME, "2024-01-01", got, &crl);
		assert_string_equal(crl, "");
		if (sscanf(got, "%d-%u", &hours, &item) == 2)
			assert_true(hours == (item <= 5 ? 24 : 120) &&
			    item <= 15);
		place_of((enum rp_reason)r, RP_CERT_SUBSCRIBER,
		    RP_PROFILE_CODE_SIGNING, "2024-01-01", got, &crl);
		assert_string_equal(crl, "");
		if (sscanf(got, "%d-%u", &hours, &item) == 2)
			assert_true(hours == (item <= 6 ? 24 : 120) &&
			    item <= 14);
	}
}

/* 0 is expressed by leaving the reasonCode out, which is not "not said". */
static void
reason_zero_is_an_absent_one(void **state)
{
	struct rp_reason_place place;

	(void)state;
	assert_true(rp_reason_place(RP_REASON_POLICY_REQUIRES,
	    RP_CERT_SUBSCRIBER, RP_PROFILE_TLS, when("2023-07-15").from,
	    &place));
	assert_int_equal(place.crl_reason, RP_CRL_ABSENT);
	assert_true(rp_reason_place(RP_REASON_POLICY_REQUIRES,
	    RP_CERT_SUBSCRIBER, RP_PROFILE_TLS,
	    when("2023-07-14T23:59:59Z").from, &place));
	assert_int_equal(place.crl_reason, RP_CRL_NOT_SAID);
	assert_string_equal(place.citation,
	    "TLS BR 1.8.5-1.8.6, 4.9.1.1 item 15");
}

/* One number, whether a plan is checked before or an issuance after it. */
static void
rows_agree_with_the_limits_of_the_plan(void **state)
{
	static const char *const ids[] = { "BR-DCV-398", "BR-DCV-200",
	    "BR-DCV-100", "BR-DCV-10" };

	(void)state;
	for (size_t i = 0; i < COUNT(ids); i++) {
		const struct rp_rule *rule = rp_rule_find(ids[i]);
		const char *citation = NULL;
		struct rp_span limit;

		assert_non_null(rule);
		assert_true(rp_validation_reuse(RP_PROFILE_TLS,
		    when(rule->from).from, &limit, &citation));
		assert_int_equal(rp_span_s(limit), rp_span_s(rule->limit));
		assert_memory_equal(citation, rule->document,
		    strlen(rule->document));
	}
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(subscriber_reasons_stand_where_they_did),
		cmocka_unit_test(subordinate_ca_reasons_have_seven_days),
		cmocka_unit_test(other_profiles_keep_their_tiers),
		cmocka_unit_test(reason_zero_is_an_absent_one),
		cmocka_unit_test(rows_agree_with_the_limits_of_the_plan),
	};

	return !!cmocka_run_group_tests(tests, NULL, NULL);
}
