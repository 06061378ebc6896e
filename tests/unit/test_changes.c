/*
 * tests/unit/test_changes.c - what the requirements changed between dates.
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <string.h>

#include <cmocka.h>

/* For the table of duties. */
#include "../../models/rules/changes.c"
#include "support/written.h"

#define DAY (-86400)

static struct rp_changes *
between(const char *earlier, const char *later)
{
	struct rp_changes *c = NULL;

	assert_int_equal(rp_changes(when(earlier).from, when(later).from, &c,
	    NULL), RP_OK);
	return c;
}

/* The day before a date of the table, and that date. */
static struct rp_changes *
at(const char *date)
{
	struct rp_instant later = when(date).from;
	struct rp_changes *c = NULL;

	assert_int_equal(rp_changes(rp_instant_plus(later,
	    rp_span_of_s(DAY)), later, &c, NULL), RP_OK);
	return c;
}

/* ---- rules -------------------------------------------------------------- */

static size_t
count(const struct rp_changes *c, const char *before, const char *after)
{
	size_t n, found = 0;
	const struct rp_rule_change *row = rp_changes_rules(c, &n);

	for (size_t i = 0; i < n; i++)
		found += (row[i].before == NULL ? before == NULL :
		    before != NULL && strcmp(row[i].before->id, before) ==
		    0) && (row[i].after == NULL ? after == NULL :
		    after != NULL && strcmp(row[i].after->id, after) == 0);
	return found;
}

/* Pairs by hand, from what the documents say of themselves. */
static void
editions_follow_each_other(void **state)
{
	static const struct {
		const char *date, *before, *after;
	} pairs[] = {
		{ "2018-10-14", "BR-REV-24H-v111", "BR-REV-T1-v161" },
		{ "2018-10-14", "BR-REV-24H-v111", "BR-REV-T2-v161" },
		{ "2018-10-14", "BR-REV-SUBCA-v111", "BR-REV-SUBCA-v161" },
		{ "2018-10-14", "BR-CPR-BEGIN", "BR-CPR-PRELIM" },
		{ "2018-10-14", NULL, "BR-REV-T2-24H" },
		{ "2018-10-14", NULL, "BR-CPR-PUBLISHED" },
		{ "2020-10-19", "BR-REV-T1-v161", "BR-REV-T1-v173" },
		{ "2022-11-30", "BR-REV-T2-v161", "BR-REV-T2-v185" },
		{ "2023-07-15", "BR-REV-T1-v173", "BR-REV-T1-v187" },
		{ "2023-07-15", "BR-REV-T2-v185", "BR-REV-T2-v187" },
		{ "2023-09-01", "WIKI-REPORT-2W", NULL },
		{ "2023-10-17", "IRG10-2W", "IRG20-FULL" },
		{ "2023-10-17", "IRG10-WEEKLY", "IRG20-FULL" },
		{ "2023-10-17", NULL, "IRG20-72H" },
		{ "2024-03-15", "BR-REV-T1-v187", "BR-REV-T1-v201" },
		{ "2024-03-15", "BR-REV-T2-v187", "BR-REV-T2-v201" },
		{ "2024-03-15", "BR-CRL-CA-v130", "BR-CRL-CA-v201" },
		{ "2024-03-15", NULL, "BR-CRL-EE-24H" },
		{ "2025-03-01", "IRG20-72H", "IRG30-72H" },
		{ "2025-03-01", "IRG20-FULL", "IRG30-FULL-14D" },
		{ "2025-03-01", "IRG20-FULL", "IRG30-Q7D" },
		{ "2025-03-01", "IRG20-FULL", "IRG30-UPD7D" },
		{ "2025-03-01", "WIKI-DELAY", "IRG30-DELAY-SEP" },
		{ "2025-03-01", "WIKI-STOP", "IRG30-STOP" },
		{ "2025-03-01", "WIKI-CORPUS", "IRG30-CORPUS" },
		{ "2025-03-01", NULL, "IRG30-DELAY-7D" },
		{ "2026-03-15", "BR-VALID-398", "BR-VALID-200" },
		{ "2026-03-15", "BR-SHORT-10", "BR-SHORT-7" },
		{ "2026-03-20", "CCADB-CRL-URL-v20", "CCADB-CRL-URL-v21" },
		{ "2026-03-31", "BR-REV-T1-v201", "BR-REV-T1-v226" },
	};

	(void)state;
	for (size_t i = 0; i < sizeof(pairs) / sizeof(pairs[0]); i++) {
		struct rp_changes *c = at(pairs[i].date);

		if (count(c, pairs[i].before, pairs[i].after) != 1)
			fail_msg("%s: %s, %s", pairs[i].date, pairs[i].before,
			    pairs[i].after);
		rp_changes_free(c);
	}
}

static void
what_came_and_went_in_between_is_not_told(void **state)
{
	struct rp_changes *c = between("2020-10-19", "2024-03-15");

	(void)state;
	assert_int_equal(count(c, "BR-REV-T2-v161", "BR-REV-T2-v201"), 1);
	assert_int_equal(count(c, "BR-REV-T2-v161", "BR-REV-T2-v185"), 0);
	assert_int_equal(count(c, "BR-REV-T1-v173", "BR-REV-T1-v201"), 1);
	rp_changes_free(c);
	/* From the wiki to IRG 3.0, each demand by itself. */
	c = between("2020-10-19", "2025-03-01");
	assert_int_equal(count(c, "WIKI-REPORT-2W", "IRG30-FULL-14D"), 1);
	assert_int_equal(count(c, "WIKI-REPORT-2W", "IRG30-UPD7D"), 0);
	assert_int_equal(count(c, "WIKI-UPDATE-WEEKLY", "IRG30-UPD7D"), 1);
	assert_int_equal(count(c, "WIKI-UPDATE-WEEKLY", "IRG30-Q7D"), 0);
	assert_int_equal(count(c, "WIKI-Q7D", "IRG30-Q7D"), 1);
	assert_int_equal(count(c, "WIKI-UPDATE-WEEKLY", "IRG30-FULL-14D"), 0);
	rp_changes_free(c);
	c = between("2020-10-19", "2020-10-19");
	assert_int_equal(c->n_rules + c->n_reasons, 0);
	rp_changes_free(c);
}

static const struct rp_rule_change *
row_of(const struct rp_changes *c, const char *before, const char *after)
{
	size_t n;
	const struct rp_rule_change *row = rp_changes_rules(c, &n);

	for (size_t i = 0; i < n; i++)
		if (row[i].after != NULL && strcmp(row[i].after->id, after) ==
		    0 && (row[i].before == NULL ? before == NULL :
		    before != NULL && strcmp(row[i].before->id, before) == 0))
			return &row[i];
	fail_msg("no row of %s", after);
	return NULL;
}

static void
differences_are_named(void **state)
{
	struct rp_changes *c = at("2018-10-14");
	const struct rp_rule_change *r;

	(void)state;
	r = row_of(c, "BR-REV-24H-v111", "BR-REV-T2-v161");
	assert_int_equal(r->differs, RP_DIFFERS_DOCUMENT |
	    RP_DIFFERS_SECTION | RP_DIFFERS_LIMIT);
	assert_int_equal(rp_span_s(r->limit_before), 86400);
	assert_int_equal(rp_span_s(r->limit_after), 5 * 86400);
	r = row_of(c, "BR-REV-24H-v111", "BR-REV-T1-v161");
	assert_int_equal(r->differs, RP_DIFFERS_DOCUMENT |
	    RP_DIFFERS_SECTION);
	rp_changes_free(c);
	c = at("2025-03-01");
	r = row_of(c, "IRG20-72H", "IRG30-72H");
	assert_int_equal(r->differs & (RP_DIFFERS_LIMIT |
	    RP_DIFFERS_SEVERITY | RP_DIFFERS_CLOCK), RP_DIFFERS_SEVERITY);
	/* The 14 days of the report now run from its disclosure. */
	r = row_of(c, "IRG20-FULL", "IRG30-FULL-14D");
	assert_null(r->part);
	assert_int_equal(r->differs & (RP_DIFFERS_LIMIT | RP_DIFFERS_CLOCK),
	    RP_DIFFERS_CLOCK);
	/* Its week for questions stands in the row of 14 days. */
	r = row_of(c, "IRG20-FULL", "IRG30-Q7D");
	assert_string_equal(r->part->id, "IRG20-FULL");
	assert_int_equal(r->differs & (RP_DIFFERS_LIMIT | RP_DIFFERS_CLOCK),
	    0);
	assert_int_equal(rp_span_s(r->limit_before), 7 * 86400);
	rp_changes_free(c);
	/* The wiki still asked for the report that IRG 1.0 asks for. */
	c = at("2023-02-15");
	r = row_of(c, NULL, "IRG10-2W");
	assert_string_equal(r->beside->id, "WIKI-REPORT-2W");
	rp_changes_free(c);
}

/* How often a rule is the later or the earlier one. */
static size_t
mentions(const struct rp_changes *c, const struct rp_rule *rule, bool after)
{
	size_t n, found = 0;
	const struct rp_rule_change *row = rp_changes_rules(c, &n);

	for (size_t i = 0; i < n; i++)
		found += (after ? row[i].after : row[i].before) == rule;
	return found;
}

/* All that comes and all that goes on a day, and nothing else. */
static void
comings_and_goings_of(const char *date)
{
	struct rp_changes *c = at(date);
	const struct rp_rule *rule;

	for (size_t i = 0; (rule = rp_rule_at(i)) != NULL; i++) {
		bool comes = !rule->draft && strcmp(rule->from, date) == 0;
		bool goes = !rule->draft && rule->until != NULL &&
		    strcmp(rule->until, date) == 0;

		if ((mentions(c, rule, true) > 0) != comes ||
		    (mentions(c, rule, false) > 0) != goes)
			fail_msg("%s on %s", rule->id, date);
	}
	rp_changes_free(c);
}

/* Whether an earlier row of the table has the date, so that it was tried. */
static bool
was_tried(const char *date, size_t before)
{
	for (size_t i = 0; i < before; i++)
		if (strcmp(rp_rule_at(i)->from, date) == 0)
			return true;
	return false;
}

static void
each_rule_comes_and_goes_on_its_days(void **state)
{
	const struct rp_rule *rule;

	(void)state;
	for (size_t i = 0; (rule = rp_rule_at(i)) != NULL; i++) {
		if (!was_tried(rule->from, i))
			comings_and_goings_of(rule->from);
		if (rule->until != NULL &&
		    !was_tried(rule->until, rp_rule_count()))
			comings_and_goings_of(rule->until);
	}
}

static void
every_family_of_a_duty_exists(void **state)
{
	(void)state;
	for (size_t i = 0; i < sizeof(duties) / sizeof(duties[0]); i++)
		for (size_t k = 0; k < FAMILIES &&
		    duties[i].family[k] != NULL; k++) {
			const struct rp_rule *rule;
			size_t n = 0;

			for (size_t r = 0; (rule = rp_rule_at(r)) != NULL; r++)
				n += is_of(rule->id, duties[i].family[k]);
			if (n == 0)
				fail_msg("there is no rule of the family %s",
				    duties[i].family[k]);
		}
}

static void
a_family_is_an_id_without_its_edition(void **state)
{
	(void)state;
	assert_true(is_of("BR-REV-T1-v187", "BR-REV-T1"));
	assert_true(is_of("BR-REV-T2-24H", "BR-REV-T2-24H"));
	assert_false(is_of("BR-REV-T2-24H", "BR-REV-T2"));
	assert_false(is_of("BR-REV-T2-v161", "BR-REV-T1"));
	assert_true(is_of("BR-VALID-47", "BR-VALID-47"));
	assert_true(is_of("-v1", "-v1"));
	assert_true(is_of("", ""));
	assert_true(is_of("x-v", "x-v"));
}

/* ---- words -------------------------------------------------------------- */

static void
a_rule_says_whose_it_is_and_what_starts_its_clock(void **state)
{
	static const struct {
		const char *id, *scope, *clock;
	} said[] = {
		{ "BR-REV-T1-v161", "subscriber certificates", "awareness" },
		{ "BR-REV-SUBCA-v161", "subordinate CA certificates",
		    "awareness" },
		{ "BR-CPR-BEGIN", "all certificates",
		    "receipt of the report" },
		/* A deadline, but no number of its own. */
		{ "WIKI-DELAY", "all certificates",
		    "the deadline that was missed" },
		{ "IRG30-72H", "the incident", "awareness" },
		/* What must be right has no clock. */
		{ "BR-REASON-EE", "subscriber certificates", "" },
		{ "BR-MRP-PLAN", "the CA", "" },
	};
	const struct rp_rule *r;

	(void)state;
	for (size_t i = 0; i < sizeof(said) / sizeof(said[0]); i++) {
		r = rp_rule_find(said[i].id);
		assert_non_null(r);
		assert_string_equal(rp_scope_word(r), said[i].scope);
		assert_string_equal(rp_clock_word(r), said[i].clock);
	}
	for (size_t i = 0; (r = rp_rule_at(i)) != NULL; i++)
		assert_true(strlen(rp_keyed_word(r)) > 0 &&
		    (rp_rule_for_profile(r, RP_PROFILE_TLS) ||
		    rp_rule_for_profile(r, RP_PROFILE_SMIME) ||
		    rp_rule_for_profile(r, RP_PROFILE_CODE_SIGNING)));
	r = rp_rule_find("SMIME-REV-T1");
	assert_false(rp_rule_for_profile(r, RP_PROFILE_TLS));
	assert_true(rp_rule_for_profile(r, RP_PROFILE_SMIME));
}

/* ---- reasons ------------------------------------------------------------ */

/* "24-3": item 3 of those with 24 hours; "-": not named; "": no list. */
static const char *
place_text(enum rp_place_state state, const struct rp_reason_place *p,
    char buf[64])
{
	int64_t hours;

	if (state != RP_PLACE_NAMED)
		return state == RP_PLACE_NOT_NAMED ? "-" : "";
	hours = rp_span_s(p->rule->limit) / 3600;
	(void)snprintf(buf, 64, "%d-%u %s", (int)(hours == 24 ? 24 :
	    hours / 24), p->item, p->crl_reason == RP_CRL_NOT_SAID ? "" :
	    rp_crl_reason_word(p->crl_reason));
	return buf;
}

struct moved {
	const char *key, *was, *is;
};

static void
reasons_move(const char *date, enum rp_profile profile,
    enum rp_certificate certificate, const struct moved *want, size_t n_want)
{
	struct rp_changes *c = at(date);
	size_t n, found = 0;
	const struct rp_reason_change *r = rp_changes_reasons(c, &n);
	char was[64], is[64];

	for (size_t i = 0; i < n; i++) {
		if (r[i].profile != profile || r[i].certificate != certificate)
			continue;
		if (found == n_want)
			fail_msg("%s: more than that: %s", date,
			    rp_reason_key(r[i].reason));
		assert_string_equal(rp_reason_key(r[i].reason),
		    want[found].key);
		assert_string_equal(place_text(r[i].was, &r[i].before, was),
		    want[found].was);
		assert_string_equal(place_text(r[i].is, &r[i].after, is),
		    want[found].is);
		found++;
	}
	assert_int_equal(found, n_want);
	rp_changes_free(c);
}

#define MOVE(date, certificate, ...)					\
	do {								\
		static const struct moved want[] = { __VA_ARGS__ };	\
									\
		reasons_move(date, RP_PROFILE_TLS, certificate, want,	\
		    sizeof(want) / sizeof(want[0]));			\
	} while (0)

/* From the crosswalk of the editions, by hand; all others stay. */
static void
reasons_change_with_the_lists(void **state)
{
	(void)state;
	MOVE("2018-10-14", RP_CERT_SUBSCRIBER,
	    { "weak-key", "-", "5-11 " },
	    { "validation-unreliable", "-", "24-4 " },
	    { "bad-key-parameters", "24-3 ", "5-1 " },
	    { "misuse", "24-4 ", "5-2 " },
	    { "agreement-breach", "24-5 ", "5-3 " },
	    { "name-not-permitted", "24-6 ", "5-4 " },
	    { "wildcard-misleading", "24-7 ", "5-5 " },
	    { "material-change", "24-8 ", "5-6 " },
	    { "not-per-requirements", "24-9 ", "5-7 " },
	    { "inaccurate-information", "24-10 ", "5-8 " },
	    { "issuing-right-ended", "24-12 ", "5-9 " },
	    { "policy-requires", "24-14 ", "5-10 " },
	    { "key-exposing-method", "-", "5-11 " },
	    { "operations-ceased", "24-11 ", "-" },
	    { "subordinate-key-compromise", "24-13 ", "-" },
	    { "unacceptable-content", "24-15 ", "-" });
	MOVE("2018-10-14", RP_CERT_SUBORDINATE_CA,
	    { "unacceptable-content", "7-10 ", "-" });
	MOVE("2020-10-19", RP_CERT_SUBSCRIBER,
	    { "weak-key", "5-11 ", "24-4 " },
	    { "validation-unreliable", "24-4 ", "24-5 " });
	MOVE("2022-11-30", RP_CERT_SUBSCRIBER,
	    { "bad-key-parameters", "5-1 ", "5-6 " },
	    { "misuse", "5-2 ", "5-7 " },
	    { "agreement-breach", "5-3 ", "5-8 " },
	    { "name-not-permitted", "5-4 ", "5-9 " },
	    { "wildcard-misleading", "5-5 ", "5-10 " },
	    { "material-change", "5-6 ", "5-11 " },
	    { "not-per-requirements", "5-7 ", "5-12 " },
	    { "inaccurate-information", "5-8 ", "5-13 " },
	    { "issuing-right-ended", "5-9 ", "5-14 " },
	    { "policy-requires", "5-10 ", "5-15 " },
	    { "key-exposing-method", "5-11 ", "5-16 " });
	MOVE("2023-07-15", RP_CERT_SUBSCRIBER,
	    { "subscriber-request", "24-1 ", "24-1 none" },
	    { "unauthorised-request", "24-2 ", "24-2 privilegeWithdrawn" },
	    { "key-compromise", "24-3 ", "24-3 keyCompromise" },
	    { "weak-key", "24-4 ", "24-4 keyCompromise" },
	    { "validation-unreliable", "24-5 ", "24-5 superseded" },
	    { "bad-key-parameters", "5-6 ", "5-6 superseded" },
	    { "misuse", "5-7 ", "5-7 privilegeWithdrawn" },
	    { "agreement-breach", "5-8 ", "5-8 privilegeWithdrawn" },
	    { "name-not-permitted", "5-9 ", "5-9 cessationOfOperation" },
	    { "wildcard-misleading", "5-10 ", "5-10 privilegeWithdrawn" },
	    { "material-change", "5-11 ", "5-11 privilegeWithdrawn" },
	    { "not-per-requirements", "5-12 ", "5-12 superseded" },
	    { "inaccurate-information", "5-13 ", "5-13 privilegeWithdrawn" },
	    { "issuing-right-ended", "5-14 ", "5-14 none" },
	    { "policy-requires", "5-15 ", "5-15 none" },
	    { "key-exposing-method", "5-16 ", "5-16 keyCompromise" });
}

static void
later_editions_move_no_reason(void **state)
{
	static const char *const dates[] = { "2024-03-15", "2025-03-01",
		"2026-03-20", "2026-03-31" };

	(void)state;
	for (size_t i = 0; i < sizeof(dates) / sizeof(dates[0]); i++) {
		struct rp_changes *c = at(dates[i]);

		assert_int_equal(c->n_reasons, 0);
		rp_changes_free(c);
	}
}

static void
a_list_that_begins_is_told_from_a_reason_that_appears(void **state)
{
	struct rp_changes *c = at("2023-09-01");
	size_t n;
	const struct rp_reason_change *r = rp_changes_reasons(c, &n);

	(void)state;
	/* S/MIME: 15 items, and the 9 of subordinate CAs by 13 keys. */
	assert_int_equal(n, 28);
	for (size_t i = 0; i < n; i++) {
		assert_int_equal(r[i].profile, RP_PROFILE_SMIME);
		assert_int_equal(r[i].was, RP_PLACE_NO_LIST);
		assert_int_equal(r[i].is, RP_PLACE_NAMED);
	}
	rp_changes_free(c);
}

static void
memory_may_run_out(void **state)
{
	struct rp_changes *c = NULL;
	struct rp_err err = { 0 };
	unsigned long n = 0;
	rp_status st;

	(void)state;
	do {
		rp_alloc_fail_at(++n);
		st = rp_changes(when("2018-10-13").from,
		    when("2018-10-14").from, &c, &err);
		assert_true(st == RP_OK || (st == RP_ENOMEM && c == NULL));
	} while (st != RP_OK);
	rp_alloc_fail_at(0);
	assert_int_equal(n, 4);
	rp_changes_free(c);
	rp_changes_free(NULL);
	assert_int_equal(rp_alloc_live(), 0);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(editions_follow_each_other),
		cmocka_unit_test(what_came_and_went_in_between_is_not_told),
		cmocka_unit_test(differences_are_named),
		cmocka_unit_test(each_rule_comes_and_goes_on_its_days),
		cmocka_unit_test(every_family_of_a_duty_exists),
		cmocka_unit_test(a_family_is_an_id_without_its_edition),
		cmocka_unit_test(
		    a_rule_says_whose_it_is_and_what_starts_its_clock),
		cmocka_unit_test(reasons_change_with_the_lists),
		cmocka_unit_test(later_editions_move_no_reason),
		cmocka_unit_test(
		    a_list_that_begins_is_told_from_a_reason_that_appears),
		cmocka_unit_test(memory_may_run_out),
	};

	return !!cmocka_run_group_tests(tests, NULL, NULL);
}
