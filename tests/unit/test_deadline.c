/*
 * tests/unit/test_deadline.c - the table, and deadlines by edition.
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <string.h>

#include <cmocka.h>

#include "revplan/rules.h"
#include "rules/terms.h"
#include "support/written.h"

#define H INT64_C(3600)
#define D INT64_C(86400)

static struct rp_duty
duty_of(enum rp_certificate certificate, enum rp_profile profile,
    enum rp_reason reason, struct rp_when aware)
{
	return (struct rp_duty){ .name = "all", .certificate = certificate,
	    .profile = profile, .reason = reason, .aware = aware };
}

static void
table_is_whole(void **state)
{
	struct rp_civil c;

	(void)state;
	assert_true(rp_rule_count() >= 40);
	assert_null(rp_rule_at(rp_rule_count()));
	for (size_t i = 0; i < rp_rule_count(); i++) {
		const struct rp_rule *r = rp_rule_at(i);

		/* No id stands twice. */
		assert_ptr_equal(rp_rule_find(r->id), r);
		assert_true(strlen(r->title) > 10);
		assert_true(strlen(r->document) > 3);
		assert_true(strlen(r->section) > 0);
		assert_non_null(r->terms);
		assert_true(r->draft || r->terms->check != NULL);
		assert_int_not_equal(r->terms->profiles, 0);
		assert_int_equal(rp_civil_parse(r->from, &c, NULL), RP_OK);
		if (r->until != NULL) {
			assert_int_equal(rp_civil_parse(r->until, &c, NULL),
			    RP_OK);
			assert_true(strcmp(r->from, r->until) < 0);
		}
		assert_int_equal(r->terms->tier == RP_TIER_NONE,
		    r->terms->clause == NULL);
	}
	assert_null(rp_rule_find("BR-REV"));
}

static void
rules_are_in_force_from_midnight_to_midnight(void **state)
{
	const struct rp_rule *r = rp_rule_find("BR-REV-T1-v161");

	(void)state;
	assert_non_null(r);
	assert_false(rp_rule_in_force(r, when("2018-10-13T23:59:59Z").from));
	assert_true(rp_rule_in_force(r, when("2018-10-14T00:00:00Z").from));
	assert_true(rp_rule_in_force(r, when("2020-10-18T23:59:59Z").from));
	assert_false(rp_rule_in_force(r, when("2020-10-19T00:00:00Z").from));
	r = rp_rule_find("BR-REV-SUBCA-v161");
	assert_true(rp_rule_in_force(r, when("2999-01-01T00:00:00Z").from));
}

/* Editions of one reason, each with its first second; limits by hand. */
struct edition {
	const char *from;
	const char *rule;
	int64_t limit;
	const char *citation;
};

static void
editions_are(enum rp_certificate certificate, enum rp_profile profile,
    enum rp_reason reason, const struct edition *e, size_t n)
{
	for (size_t i = 0; i < n; i++) {
		/* The first second of an edition and the last before it. */
		for (int64_t s = i == 0 ? 0 : -1; s <= 1; s++) {
			const struct edition *want = s < 0 ? &e[i - 1] : &e[i];
			struct rp_duty d = duty_of(certificate, profile,
			    reason, when_plus(e[i].from, s));
			struct rp_deadline dl;

			assert_int_equal(rp_duty_deadline(&d, &dl, NULL),
			    RP_OK);
			assert_string_equal(dl.rule->id, want->rule);
			assert_string_equal(dl.citation, want->citation);
			assert_true(rp_when_is_exact(dl.at));
			assert_int_equal(rp_span_s(rp_instant_between(
			    d.aware.from, dl.at.from)), want->limit);
			assert_int_equal(rp_instant_cmp(dl.start.from,
			    d.aware.from), 0);
		}
	}
}

static void
misissued_leaves_by_edition(void **state)
{
	static const struct edition e[] = {
		{ "2012-07-01", "BR-REV-24H-v100", 24 * H,
		    "TLS BR 1.0.0-1.1.0, 13.1.5" },
		{ "2012-11-07", "BR-REV-24H-v111", 24 * H,
		    "TLS BR 1.1.1-1.6.0, 13.1.5 item 9" },
		{ "2015-04-16", "BR-REV-24H-v111", 24 * H,
		    "TLS BR 1.1.1-1.6.0, 4.9.1.1 item 9" },
		{ "2018-10-14", "BR-REV-T2-v161", 5 * D,
		    "TLS BR 1.6.1-1.8.4, 4.9.1.1 second list item 7" },
		{ "2022-11-30", "BR-REV-T2-v185", 5 * D,
		    "TLS BR 1.8.5-1.8.6, 4.9.1.1 item 12" },
		{ "2023-07-15", "BR-REV-T2-v187", 5 * D,
		    "TLS BR 1.8.7-2.0.0, 4.9.1.1 item 12" },
		{ "2024-03-15", "BR-REV-T2-v201", 5 * D,
		    "TLS BR 2.0.1-, 4.9.1.1 item 12" },
	};

	(void)state;
	editions_are(RP_CERT_SUBSCRIBER, RP_PROFILE_TLS,
	    RP_REASON_NOT_PER_REQUIREMENTS, e, sizeof(e) / sizeof(e[0]));
}

static void
compromised_leaves_by_edition(void **state)
{
	static const struct edition e[] = {
		{ "2018-10-14", "BR-REV-T1-v161", 24 * H,
		    "TLS BR 1.6.1-1.7.2, 4.9.1.1 first list item 3" },
		{ "2020-10-19", "BR-REV-T1-v173", 24 * H,
		    "TLS BR 1.7.3-1.8.6, 4.9.1.1 item 3" },
		{ "2023-07-15", "BR-REV-T1-v187", 24 * H,
		    "TLS BR 1.8.7-2.0.0, 4.9.1.1 item 3" },
		{ "2024-03-15", "BR-REV-T1-v201", 24 * H,
		    "TLS BR 2.0.1-2.2.5, 4.9.1.1 item 3" },
		{ "2026-03-31", "BR-REV-T1-v226", 24 * H,
		    "TLS BR 2.2.6-, 4.9.1.1 item 3" },
	};

	(void)state;
	editions_are(RP_CERT_SUBSCRIBER, RP_PROFILE_TLS,
	    RP_REASON_KEY_COMPROMISE, e, sizeof(e) / sizeof(e[0]));
}

/* A weak key had five days until 1.7.3, and 24 hours from then on. */
static void
weak_keys_change_their_tier(void **state)
{
	static const struct edition e[] = {
		{ "2018-10-14", "BR-REV-T2-v161", 5 * D,
		    "TLS BR 1.6.1-1.8.4, 4.9.1.1 second list item 11" },
		{ "2020-10-19", "BR-REV-T1-v173", 24 * H,
		    "TLS BR 1.7.3-1.8.6, 4.9.1.1 item 4" },
	};

	(void)state;
	editions_are(RP_CERT_SUBSCRIBER, RP_PROFILE_TLS, RP_REASON_WEAK_KEY,
	    e, sizeof(e) / sizeof(e[0]));
}

static void
subordinate_cas_have_seven_days(void **state)
{
	static const struct edition e[] = {
		{ "2012-11-07", "BR-REV-SUBCA-v111", 7 * D,
		    "TLS BR 1.1.1-1.6.0, 13.1.6 item 5" },
		{ "2015-04-16", "BR-REV-SUBCA-v111", 7 * D,
		    "TLS BR 1.1.1-1.6.0, 4.9.1.2 item 5" },
		{ "2018-10-14", "BR-REV-SUBCA-v161", 7 * D,
		    "TLS BR 1.6.1-, 4.9.1.2 item 5" },
	};

	(void)state;
	editions_are(RP_CERT_SUBORDINATE_CA, RP_PROFILE_TLS,
	    RP_REASON_NOT_PER_REQUIREMENTS, e, sizeof(e) / sizeof(e[0]));
}

static void
other_profiles_have_their_own_rules(void **state)
{
	static const struct edition smime[] = { { "2023-09-01",
	    "SMIME-REV-T2", 5 * D, "S/MIME BR 1.0.0-, 4.9.1.1 item 11" } };
	static const struct edition key[] = { { "2023-09-01",
	    "SMIME-REV-T1", 24 * H, "S/MIME BR 1.0.0-, 4.9.1.1 item 3" } };
	static const struct edition ca[] = { { "2023-09-01",
	    "SMIME-REV-SUBCA", 7 * D, "S/MIME BR 1.0.0-, 4.9.1.2 item 5" } };
	static const struct edition code[] = { { "2023-06-29", "CS-REV-T2",
	    5 * D, "CS BR 3.3-, 4.9.1.1 item 11" } };
	static const struct edition method[] = { { "2023-06-29", "CS-REV-T1",
	    24 * H, "CS BR 3.3-, 4.9.1.1 item 5" } };

	(void)state;
	editions_are(RP_CERT_SUBSCRIBER, RP_PROFILE_SMIME,
	    RP_REASON_NOT_PER_REQUIREMENTS, smime, 1);
	editions_are(RP_CERT_SUBSCRIBER, RP_PROFILE_SMIME,
	    RP_REASON_KEY_COMPROMISE, key, 1);
	editions_are(RP_CERT_SUBORDINATE_CA, RP_PROFILE_SMIME,
	    RP_REASON_NOT_PER_REQUIREMENTS, ca, 1);
	editions_are(RP_CERT_SUBSCRIBER, RP_PROFILE_CODE_SIGNING,
	    RP_REASON_NOT_PER_REQUIREMENTS, code, 1);
	editions_are(RP_CERT_SUBSCRIBER, RP_PROFILE_CODE_SIGNING,
	    RP_REASON_KEY_EXPOSING_METHOD, method, 1);
}

static void
no_rule_is_said_and_changes_nothing(void **state)
{
	static const struct {
		enum rp_certificate certificate;
		enum rp_profile profile;
		enum rp_reason reason;
		const char *aware, *text;
	} rows[] = {
		{ RP_CERT_SUBSCRIBER, RP_PROFILE_TLS,
		    RP_REASON_KEY_COMPROMISE, "2012-06-30",
		    "no revocation deadline" },
		{ RP_CERT_SUBORDINATE_CA, RP_PROFILE_TLS,
		    RP_REASON_KEY_COMPROMISE, "2012-11-06",
		    "no revocation deadline" },
		{ RP_CERT_SUBSCRIBER, RP_PROFILE_TLS,
		    RP_REASON_OPERATIONS_CEASED, "2020-01-01",
		    "'operations-ceased'" },
		{ RP_CERT_SUBSCRIBER, RP_PROFILE_TLS, RP_REASON_WEAK_KEY,
		    "2016-01-01", "'weak-key'" },
		{ RP_CERT_SUBORDINATE_CA, RP_PROFILE_TLS,
		    RP_REASON_WILDCARD_MISLEADING, "2020-01-01",
		    "'wildcard-misleading'" },
		{ RP_CERT_SUBSCRIBER, RP_PROFILE_SMIME,
		    RP_REASON_KEY_COMPROMISE, "2023-08-31",
		    "no revocation deadline" },
		{ RP_CERT_SUBORDINATE_CA, RP_PROFILE_CODE_SIGNING,
		    RP_REASON_KEY_COMPROMISE, "2024-01-01",
		    "no revocation deadline" },
	};

	(void)state;
	for (size_t i = 0; i < sizeof(rows) / sizeof(rows[0]); i++) {
		struct rp_duty d = duty_of(rows[i].certificate,
		    rows[i].profile, rows[i].reason, when(rows[i].aware));
		struct rp_deadline dl = { .item = 77 };
		struct rp_err err = { 0 };

		assert_int_equal(rp_duty_deadline(&d, &dl, &err), RP_ESTATE);
		assert_non_null(strstr(err.text, rows[i].text));
		assert_non_null(strstr(err.text, "duty 'all'"));
		assert_int_equal(dl.item, 77);
	}
}

/* 28 February of a leap year and of another: 120 h end on different days. */
static void
days_are_86400_seconds_over_a_leap_day(void **state)
{
	static const struct {
		const char *aware, *at;
	} rows[] = {
		{ "2020-02-27T12:00Z", "2020-03-03T12:00Z" },
		{ "2021-02-27T12:00Z", "2021-03-04T12:00Z" },
		/* Saturdays count, and so does the change to summer time. */
		{ "2024-03-29T09:30Z", "2024-04-03T09:30Z" },
	};

	(void)state;
	for (size_t i = 0; i < sizeof(rows) / sizeof(rows[0]); i++) {
		struct rp_duty d = duty_of(RP_CERT_SUBSCRIBER, RP_PROFILE_TLS,
		    RP_REASON_NOT_PER_REQUIREMENTS, when(rows[i].aware));
		struct rp_deadline dl;

		assert_int_equal(rp_duty_deadline(&d, &dl, NULL), RP_OK);
		assert_int_equal(rp_instant_cmp(dl.at.from,
		    when(rows[i].at).from), 0);
	}
}

static void
a_bare_date_of_awareness_spans_a_day(void **state)
{
	struct rp_duty d = duty_of(RP_CERT_SUBORDINATE_CA, RP_PROFILE_TLS,
	    RP_REASON_NOT_PER_REQUIREMENTS, when("2020-07-02"));
	struct rp_deadline dl;
	char buf[RP_INSTANT_TEXT];

	(void)state;
	assert_int_equal(rp_duty_deadline(&d, &dl, NULL), RP_OK);
	assert_string_equal(rp_when_format(dl.at, buf), "2020-07-09");
}

/*
 * Awareness between two editions with 5 days and 24 hours.  Earliest: 24 h
 * after the change, on 2020-10-20T00:00; latest: five days after the last
 * moment before the change, within 2020-10-23T23:59:59.
 */
static void
an_interval_over_two_editions_spans_both(void **state)
{
	struct rp_duty d = duty_of(RP_CERT_SUBSCRIBER, RP_PROFILE_TLS,
	    RP_REASON_WEAK_KEY, when("2020-10-18..2020-10-20"));
	struct rp_deadline dl;

	(void)state;
	assert_int_equal(rp_duty_deadline(&d, &dl, NULL), RP_OK);
	assert_string_equal(dl.rule->id, "BR-REV-T2-v161");
	assert_int_equal(rp_instant_cmp(dl.at.from,
	    when("2020-10-20T00:00Z").from), 0);
	assert_int_equal(rp_instant_cmp(dl.at.until,
	    when("2020-10-24T00:00Z").from), 0);

	/* A reason that only the later edition names has its deadline. */
	d.reason = RP_REASON_VALIDATION_UNRELIABLE;
	d.aware = when("2018-10-13..2018-10-15");
	assert_int_equal(rp_duty_deadline(&d, &dl, NULL), RP_OK);
	assert_string_equal(dl.rule->id, "BR-REV-T1-v161");
	assert_int_equal(rp_instant_cmp(dl.at.from,
	    when("2018-10-15T00:00Z").from), 0);
}

static void
severities_have_words(void **state)
{
	(void)state;
	assert_string_equal(rp_severity_word(RP_MUST), "MUST");
	assert_string_equal(rp_severity_word(RP_MUST_NOT), "MUST NOT");
	assert_string_equal(rp_severity_word(RP_SHOULD), "SHOULD");
	assert_string_equal(rp_severity_word(RP_MAY), "MAY");
	assert_string_equal(rp_severity_word(RP_EXPECTED), "EXPECTED");
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(table_is_whole),
		cmocka_unit_test(rules_are_in_force_from_midnight_to_midnight),
		cmocka_unit_test(misissued_leaves_by_edition),
		cmocka_unit_test(compromised_leaves_by_edition),
		cmocka_unit_test(weak_keys_change_their_tier),
		cmocka_unit_test(subordinate_cas_have_seven_days),
		cmocka_unit_test(other_profiles_have_their_own_rules),
		cmocka_unit_test(no_rule_is_said_and_changes_nothing),
		cmocka_unit_test(days_are_86400_seconds_over_a_leap_day),
		cmocka_unit_test(a_bare_date_of_awareness_spans_a_day),
		cmocka_unit_test(an_interval_over_two_editions_spans_both),
		cmocka_unit_test(severities_have_words),
	};

	return !!cmocka_run_group_tests(tests, NULL, NULL);
}
