/*
 * tests/unit/test_check.c - verdicts of the rules that set a clock once.
 *
 * Revocation limits are walked second by second in each edition; the other
 * rules have a table of cases.  A last test demands that every row of the
 * table of rules has been seen met, breached and open or undecided.
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <string.h>

#include <cmocka.h>

#include "base/mem.h"
#include "revplan/check.h"
#include "support/written.h"

#define H INT64_C(3600)
#define D INT64_C(86400)
#define MAX 8
#define COUNT(a) (sizeof(a) / sizeof((a)[0]))

/* A case that is put together by hand: one duty unless told otherwise. */
struct made {
	struct rp_case cs;
	struct rp_duty duty[2];
	struct rp_fact fact[MAX];
	struct rp_update update[MAX];
	struct rp_actual actual[2];
};

/* Verdicts that were seen for each rule, to be held against the table. */
static unsigned seen_verdicts[200];

static void
make(struct made *m, enum rp_certificate certificate,
    enum rp_profile profile, enum rp_reason reason, struct rp_when aware)
{
	*m = (struct made){ .cs = { .id = "made", .duty = m->duty,
	    .fact = m->fact, .update = m->update, .actual = m->actual,
	    .n_duties = 1, .certificate = certificate, .profile = profile,
	    .reason = reason, .aware = aware } };
	m->cs.total = rp_count_of(100);
	m->duty[0] = (struct rp_duty){ .name = "all",
	    .certificate = certificate, .profile = profile, .reason = reason,
	    .aware = aware };
}

static void
set_reported(struct made *m, struct rp_when at)
{
	m->cs.has_reported = m->duty[0].has_reported = true;
	m->cs.reported = m->duty[0].reported = at;
}

/* n certificates; 0: all of them. */
static struct rp_fact *
add_fact(struct made *m, enum rp_fact_kind kind, struct rp_when at,
    uint64_t n)
{
	struct rp_fact *f = &m->fact[m->cs.n_facts++];

	*f = (struct rp_fact){ .kind = kind, .at = at, .duty = -1,
	    .has_certificates = n > 0, .certificates = rp_count_of(n) };
	return f;
}

static void
add_post(struct made *m, struct rp_when at)
{
	m->update[m->cs.n_updates++].at = at;
}

static struct rp_findings *
checked(const struct made *m, struct rp_when as_of)
{
	struct rp_findings *f = NULL;
	struct rp_err err = { 0 };
	const struct rp_finding *row;
	size_t n, rules;

	if (rp_check(&m->cs, as_of, RP_VIEW_INTERNAL, &f, &err) != RP_OK)
		fail_msg("%s", err.text);
	row = rp_findings_rows(f, &n);
	for (size_t i = 0; i < n; i++) {
		size_t at = (size_t)(row[i].rule - rp_rules(&rules));

		assert_true(at < rules && rules <= COUNT(seen_verdicts));
		seen_verdicts[at] |= 1u << row[i].verdict;
		assert_true(strlen(row[i].citation) > 5);
		assert_true(strlen(row[i].detail) > 10);
		if (row[i].verdict == RP_VERDICT_BREACHED)
			assert_true(row[i].has_overdue &&
			    row[i].overdue_s > 0);
	}
	return f;
}

/* The n-th row of an id, from 0; NULL when there is none. */
static const struct rp_finding *
row_of(const struct rp_findings *f, const char *id, size_t n)
{
	size_t rows;
	const struct rp_finding *r = rp_findings_rows(f, &rows);

	for (size_t i = 0; i < rows; i++)
		if (strcmp(r[i].id, id) == 0 && n-- == 0)
			return &r[i];
	return NULL;
}

static const struct rp_finding *
row_must(const struct rp_findings *f, const char *id, size_t n,
    enum rp_verdict verdict)
{
	const struct rp_finding *r = row_of(f, id, n);

	if (r == NULL)
		fail_msg("no row %zu of '%s'", n, id);
	if (r->verdict != verdict)
		fail_msg("'%s' is %s, not %s: %s", id,
		    rp_verdict_word(r->verdict), rp_verdict_word(verdict),
		    r->detail);
	return r;
}

/* ---- revocation, second by second --------------------------------------- */

static const struct {
	const char *rule;
	enum rp_certificate certificate;
	enum rp_profile profile;
	enum rp_reason reason;
	const char *aware;
	int64_t limit;
} limits[] = {
#define LEAF RP_CERT_SUBSCRIBER, RP_PROFILE_TLS
#define ICA RP_CERT_SUBORDINATE_CA, RP_PROFILE_TLS
	{ "BR-REV-24H-v100", LEAF, RP_REASON_MISUSE, "2012-08-01T10:00Z",
	    24 * H },
	{ "BR-REV-24H-v111", LEAF, RP_REASON_NOT_PER_REQUIREMENTS,
	    "2016-02-28T10:00Z", 24 * H },
	{ "BR-REV-SUBCA-v111", ICA, RP_REASON_UNACCEPTABLE_CONTENT,
	    "2016-02-25T10:00Z", 7 * D },
	{ "BR-REV-SUBCA-v161", ICA, RP_REASON_NOT_PER_REQUIREMENTS,
	    "2020-07-02T10:00Z", 7 * D },
	{ "BR-REV-T1-v161", LEAF, RP_REASON_KEY_COMPROMISE,
	    "2020-02-28T22:59:59Z", 24 * H },
	{ "BR-REV-T1-v173", LEAF, RP_REASON_WEAK_KEY, "2020-10-19T00:00Z",
	    24 * H },
	{ "BR-REV-T1-v187", LEAF, RP_REASON_VALIDATION_UNRELIABLE,
	    "2023-07-15T00:00Z", 24 * H },
	{ "BR-REV-T1-v201", LEAF, RP_REASON_SUBSCRIBER_REQUEST,
	    "2024-03-15T00:00Z", 24 * H },
	{ "BR-REV-T1-v226", LEAF, RP_REASON_VALIDATION_UNRELIABLE,
	    "2026-03-31T00:00Z", 24 * H },
	{ "BR-REV-T2-24H", LEAF, RP_REASON_NOT_PER_REQUIREMENTS,
	    "2021-06-01T10:00Z", 24 * H },
	{ "BR-REV-T2-v161", LEAF, RP_REASON_NOT_PER_REQUIREMENTS,
	    "2020-02-27T10:00Z", 5 * D },
	{ "BR-REV-T2-v185", LEAF, RP_REASON_MATERIAL_CHANGE,
	    "2022-11-30T00:00Z", 5 * D },
	{ "BR-REV-T2-v187", LEAF, RP_REASON_INACCURATE_INFORMATION,
	    "2023-07-15T00:00Z", 5 * D },
	{ "BR-REV-T2-v201", LEAF, RP_REASON_NOT_PER_REQUIREMENTS,
	    "2024-03-15T00:00Z", 5 * D },
	{ "CS-REV-T1", RP_CERT_SUBSCRIBER, RP_PROFILE_CODE_SIGNING,
	    RP_REASON_KEY_COMPROMISE, "2023-06-29T00:00Z", 24 * H },
	{ "CS-REV-T2", RP_CERT_SUBSCRIBER, RP_PROFILE_CODE_SIGNING,
	    RP_REASON_MISUSE, "2023-06-29T00:00Z", 5 * D },
	{ "CS-REV-T2-24H", RP_CERT_SUBSCRIBER, RP_PROFILE_CODE_SIGNING,
	    RP_REASON_MISUSE, "2023-06-29T00:00Z", 24 * H },
	{ "SMIME-REV-SUBCA", RP_CERT_SUBORDINATE_CA, RP_PROFILE_SMIME,
	    RP_REASON_KEY_COMPROMISE, "2023-09-01T00:00Z", 7 * D },
	{ "SMIME-REV-T1", RP_CERT_SUBSCRIBER, RP_PROFILE_SMIME,
	    RP_REASON_KEY_COMPROMISE, "2023-09-01T00:00Z", 24 * H },
	{ "SMIME-REV-T2", RP_CERT_SUBSCRIBER, RP_PROFILE_SMIME,
	    RP_REASON_MISUSE, "2023-09-01T00:00Z", 5 * D },
	{ "SMIME-REV-T2-24H", RP_CERT_SUBSCRIBER, RP_PROFILE_SMIME,
	    RP_REASON_MISUSE, "2023-09-01T00:00Z", 24 * H },
};

static void
make_limit(struct made *m, size_t i)
{
	make(m, limits[i].certificate, limits[i].profile, limits[i].reason,
	    when(limits[i].aware));
}

/* 23:59:59, 24:00:00 and 24:00:01 after awareness, and so for days. */
static void
the_deadline_itself_is_in_time(void **state)
{
	static const struct {
		int64_t after;
		enum rp_verdict verdict;
	} rows[] = {
		{ -1, RP_VERDICT_MET }, { 0, RP_VERDICT_MET },
		{ 1, RP_VERDICT_BREACHED }, { 3600, RP_VERDICT_BREACHED },
	};

	(void)state;
	for (size_t i = 0; i < COUNT(limits); i++)
		for (size_t k = 0; k < COUNT(rows); k++) {
			struct made m;
			struct rp_findings *f;
			const struct rp_finding *r;

			make_limit(&m, i);
			add_fact(&m, RP_FACT_REVOKED, when_plus(
			    limits[i].aware, limits[i].limit + rows[k].after),
			    0);
			f = checked(&m, when_plus(limits[i].aware, 30 * D));
			r = row_must(f, limits[i].rule, 0, rows[k].verdict);
			assert_true(r->has_count && r->count == 100);
			assert_true(r->has_met && !r->still_open);
			if (rows[k].verdict == RP_VERDICT_BREACHED)
				assert_int_equal(r->overdue_s, rows[k].after);
			assert_null(row_of(f, limits[i].rule, 1));
			rp_findings_free(f);
		}
}

static void
what_is_not_revoked_is_due_and_then_breached(void **state)
{
	(void)state;
	for (size_t i = 0; i < COUNT(limits); i++)
		for (int64_t s = -1; s <= 1; s++) {
			struct made m;
			struct rp_findings *f;
			const struct rp_finding *r;

			make_limit(&m, i);
			f = checked(&m, when_plus(limits[i].aware,
			    limits[i].limit + s));
			r = row_must(f, limits[i].rule, 0, s <= 0 ?
			    RP_VERDICT_DUE : RP_VERDICT_BREACHED);
			assert_true(r->still_open && !r->has_met);
			assert_int_equal(r->count, 100);
			if (s > 0)
				assert_int_equal(r->overdue_s, s);
			assert_int_equal(rp_findings_must_breached(f),
			    s > 0 && r->rule->severity == RP_MUST);
			rp_findings_free(f);
		}
}

/* A bare date that holds the deadline decides nothing. */
static void
a_date_of_revocation_may_be_too_coarse(void **state)
{
	(void)state;
	for (size_t i = 0; i < COUNT(limits); i++) {
		struct rp_instant due = rp_instant_plus(
		    when(limits[i].aware).from,
		    rp_span_of_s(limits[i].limit));
		char day[RP_INSTANT_TEXT];
		struct made m;
		struct rp_findings *f;
		const struct rp_finding *r;

		make_limit(&m, i);
		(void)rp_instant_format_date(due, day);
		add_fact(&m, RP_FACT_REVOKED, when(day), 0);
		f = checked(&m, when_plus(limits[i].aware, 30 * D));
		r = row_must(f, limits[i].rule, 0, RP_VERDICT_UNDECIDED);
		assert_non_null(strstr(r->detail, "too coarsely"));
		assert_false(r->has_overdue);
		rp_findings_free(f);
	}
}

/*
 * Awareness on 2 July 2020 with a day's precision, revocation on 18 March
 * 2021 with one as well.  Latest deadline 2020-07-09T23:59:59Z, earliest
 * revocation 2021-03-18T00:00:00Z: 251 days and a second, by `date -d`.
 */
static void
dates_give_the_least_that_is_certain(void **state)
{
	struct made m;
	struct rp_findings *f;
	const struct rp_finding *r;

	(void)state;
	make(&m, ICA, RP_REASON_NOT_PER_REQUIREMENTS, when("2020-07-02"));
	m.duty[0].certificates = rp_count_of(6);
	m.duty[0].name = "issuing CAs";
	add_fact(&m, RP_FACT_REVOKED, when("2021-03-18"), 6);
	f = checked(&m, when("2021-05-01"));
	r = row_must(f, "BR-REV-SUBCA-v161", 0, RP_VERDICT_BREACHED);
	assert_int_equal(r->overdue_s, 251 * D + 1);
	assert_int_equal(r->count, 6);
	assert_string_equal(r->citation, "TLS BR 1.6.1-, 4.9.1.2 item 5");
	assert_non_null(strstr(r->detail, "duty 'issuing CAs': 6 certificates "
	    "recorded as revoked 2021-03-18, at least 251 d after the "
	    "deadline of 2020-07-09"));
	assert_true(rp_findings_must_breached(f));
	rp_findings_free(f);

	/* Still the day of the deadline: nobody knows at what time. */
	m.cs.n_facts = 0;
	f = checked(&m, when("2020-07-08"));
	row_must(f, "BR-REV-SUBCA-v161", 0, RP_VERDICT_DUE);
	rp_findings_free(f);
	f = checked(&m, when("2020-07-09T12:00Z"));
	row_must(f, "BR-REV-SUBCA-v161", 0, RP_VERDICT_UNDECIDED);
	rp_findings_free(f);
	f = checked(&m, when("2020-07-10"));
	r = row_must(f, "BR-REV-SUBCA-v161", 0, RP_VERDICT_BREACHED);
	assert_int_equal(r->overdue_s, D);
	rp_findings_free(f);
}

static void
parts_have_rows_of_their_own(void **state)
{
	struct made m;
	struct rp_findings *f;
	const struct rp_finding *r;

	(void)state;
	make(&m, LEAF, RP_REASON_NOT_PER_REQUIREMENTS,
	    when("2025-06-02T08:00Z"));
	/* Not in the order of time, and after as_of. */
	add_fact(&m, RP_FACT_REVOKED, when("2025-06-08T08:00Z"), 30);
	add_fact(&m, RP_FACT_REVOKED, when("2025-06-05T08:00Z"), 12);
	add_fact(&m, RP_FACT_REVOKED, when("2025-06-30T08:00Z"), 0);
	f = checked(&m, when("2025-06-10T08:00Z"));
	r = row_must(f, "BR-REV-T2-v201", 0, RP_VERDICT_MET);
	assert_int_equal(r->count, 12);
	r = row_must(f, "BR-REV-T2-v201", 1, RP_VERDICT_BREACHED);
	assert_int_equal(r->count, 30);
	assert_int_equal(r->overdue_s, D);
	r = row_must(f, "BR-REV-T2-v201", 2, RP_VERDICT_BREACHED);
	assert_int_equal(r->count, 58);
	assert_true(r->still_open);
	assert_int_equal(r->overdue_s, 3 * D);
	assert_null(row_of(f, "BR-REV-T2-v201", 3));
	rp_findings_free(f);

	/* A record without a number is of all that are left. */
	f = checked(&m, when("2025-07-01"));
	r = row_must(f, "BR-REV-T2-v201", 2, RP_VERDICT_BREACHED);
	assert_int_equal(r->count, 58);
	assert_false(r->still_open);
	assert_int_equal(r->overdue_s, 23 * D);
	rp_findings_free(f);
}

/* What an actual counts as revoked is not open, but has no date either. */
static void
actuals_leave_it_undecided(void **state)
{
	struct made m;
	struct rp_findings *f;
	const struct rp_finding *r;

	(void)state;
	make(&m, LEAF, RP_REASON_NOT_PER_REQUIREMENTS,
	    when("2025-06-02T08:00Z"));
	m.cs.n_actuals = 1;
	m.actual[0] = (struct rp_actual){ .as_of = when("2025-06-09"),
	    .population = -1 };
	m.actual[0].metric[RP_METRIC_REVOKED] = (struct rp_amount){
	    .known = true, .is_count = true, .count = rp_count_of(60) };
	f = checked(&m, when("2025-06-10T08:00Z"));
	r = row_must(f, "BR-REV-T2-v201", 0, RP_VERDICT_BREACHED);
	assert_int_equal(r->count, 40);
	r = row_must(f, "BR-REV-T2-v201", 1, RP_VERDICT_UNDECIDED);
	assert_int_equal(r->count, 60);
	rp_findings_free(f);
	/* Up to 99.9 %, as printed with no decimal: 99.5 of 100 are left in. */
	m.actual[0].metric[RP_METRIC_REVOKED] = (struct rp_amount){
	    .known = true, .share = rp_share_of_real(1) };
	f = checked(&m, when("2025-06-10T08:00Z"));
	r = row_must(f, "BR-REV-T2-v201", 0, RP_VERDICT_UNDECIDED);
	assert_int_equal(r->count, 100);
	assert_false(rp_findings_must_breached(f));
	rp_findings_free(f);
}

static void
a_number_without_a_duty_cannot_be_placed(void **state)
{
	struct made m;
	struct rp_findings *f;
	const struct rp_finding *r;

	(void)state;
	make(&m, LEAF, RP_REASON_NOT_PER_REQUIREMENTS,
	    when("2025-06-02T08:00Z"));
	m.cs.n_duties = 2;
	m.duty[1] = m.duty[0];
	m.duty[1].name = "others";
	m.duty[0].certificates = m.duty[1].certificates = rp_count_of(50);
	add_fact(&m, RP_FACT_REVOKED, when("2025-06-05T08:00Z"), 50)->duty = 1;
	add_fact(&m, RP_FACT_REVOKED, when("2025-06-06T08:00Z"), 10);
	f = checked(&m, when("2025-06-10T08:00Z"));
	r = row_must(f, "BR-REV-T2-v201", 0, RP_VERDICT_UNDECIDED);
	assert_int_equal(r->duty, 0);
	assert_non_null(strstr(r->detail, "which duty"));
	r = row_must(f, "BR-REV-T2-v201", 1, RP_VERDICT_MET);
	assert_int_equal(r->duty, 1);
	rp_findings_free(f);
}

/* ---- published ---------------------------------------------------------- */

static void
published_is_a_clock_of_its_own(void **state)
{
	const char *id = "BR-REV-T2-v201/published";
	struct made m;
	struct rp_findings *f;
	const struct rp_finding *r;

	(void)state;
	make(&m, LEAF, RP_REASON_NOT_PER_REQUIREMENTS,
	    when("2025-06-02T08:00Z"));
	f = checked(&m, when("2025-06-05"));
	row_must(f, id, 0, RP_VERDICT_DUE);
	assert_true(strcmp(row_of(f, "BR-REV-T2-v201", 0)->id, id) < 0);
	rp_findings_free(f);

	/* Recorded in time; of the publication nothing is known. */
	add_fact(&m, RP_FACT_REVOKED, when("2025-06-07T07:00Z"), 0);
	f = checked(&m, when("2025-06-10"));
	row_must(f, "BR-REV-T2-v201", 0, RP_VERDICT_MET);
	r = row_must(f, id, 0, RP_VERDICT_UNDECIDED);
	assert_non_null(strstr(r->detail, "CRL and OCSP first showed"));
	rp_findings_free(f);

	add_fact(&m, RP_FACT_PUBLISHED, when("2025-06-07T08:00Z"), 40);
	add_fact(&m, RP_FACT_PUBLISHED, when("2025-06-07T12:48Z"), 60);
	f = checked(&m, when("2025-06-10"));
	r = row_must(f, id, 0, RP_VERDICT_MET);
	assert_int_equal(r->count, 40);
	r = row_must(f, id, 1, RP_VERDICT_BREACHED);
	assert_int_equal(r->count, 60);
	assert_int_equal(r->overdue_s, 4 * H + 48 * 60);
	assert_null(row_of(f, id, 2));
	rp_findings_free(f);

	/* What is recorded late cannot have been shown in time. */
	m.cs.n_facts = 0;
	add_fact(&m, RP_FACT_REVOKED, when("2025-06-07T09:00Z"), 70);
	f = checked(&m, when("2025-06-08T08:00Z"));
	r = row_must(f, id, 0, RP_VERDICT_BREACHED);
	assert_int_equal(r->count, 100);
	assert_int_equal(r->overdue_s, H);
	rp_findings_free(f);
}

/* ---- rules that are judged by a table of cases -------------------------- */

struct given {
	enum rp_fact_kind kind;
	const char *at;		/* NULL: no more facts */
	enum rp_recipient to;
};

/* One certificate type a row; the verdict of the first row of the rule. */
static const struct {
	const char *rule;
	enum rp_certificate certificate;
	enum rp_profile profile;
	enum rp_reason reason;
	const char *aware, *reported, *as_of;
	struct given fact[3];
	const char *post;
	enum rp_verdict verdict;
	int64_t overdue;
	int none;		/* no row at all */
} cases[] = {
#define LEAF12 LEAF, RP_REASON_NOT_PER_REQUIREMENTS
#define ICA5 ICA, RP_REASON_NOT_PER_REQUIREMENTS
#define SMIME12 RP_CERT_SUBSCRIBER, RP_PROFILE_SMIME, \
	RP_REASON_NOT_PER_REQUIREMENTS
#define CODE12 RP_CERT_SUBSCRIBER, RP_PROFILE_CODE_SIGNING, \
	RP_REASON_NOT_PER_REQUIREMENTS
	/* Begun 24 h after receipt, or a second later. */
	{ "BR-CPR-BEGIN", LEAF12, "2017-01-02", "2017-01-01T10:00Z",
	    "2017-02-01", { { RP_FACT_INVESTIGATION_BEGUN,
	    "2017-01-02T10:00Z", 0 } }, NULL, RP_VERDICT_MET, 0, 0 },
	{ "BR-CPR-BEGIN", LEAF12, "2017-01-02", "2017-01-01T10:00Z",
	    "2017-02-01", { { RP_FACT_INVESTIGATION_BEGUN,
	    "2017-01-02T10:00:01Z", 0 } }, NULL, RP_VERDICT_BREACHED, 1, 0 },
	{ "BR-CPR-BEGIN", LEAF12, "2017-01-02", "2017-01-01T10:00Z",
	    "2017-02-01", { { 0, NULL, 0 } }, NULL, RP_VERDICT_UNDECIDED, 0,
	    0 },
	{ "BR-CPR-BEGIN", LEAF12, "2018-10-14", "2018-10-14T00:00Z",
	    "2018-11-01", { { 0, NULL, 0 } }, NULL, 0, 0, 1 },
	/* Both must have it. */
	{ "BR-CPR-PRELIM", LEAF12, "2019-01-02", "2019-01-01T10:00Z",
	    "2019-02-01", { { RP_FACT_PRELIMINARY_REPORT,
	    "2019-01-02T09:00Z", RP_TO_SUBSCRIBER },
	    { RP_FACT_PRELIMINARY_REPORT, "2019-01-02T10:00Z",
	    RP_TO_REPORTER } }, NULL, RP_VERDICT_MET, 0, 0 },
	{ "BR-CPR-PRELIM", LEAF12, "2019-01-02", "2019-01-01T10:00Z",
	    "2019-02-01", { { RP_FACT_PRELIMINARY_REPORT,
	    "2019-01-02T12:00Z", RP_TO_SUBSCRIBER },
	    { RP_FACT_PRELIMINARY_REPORT, "2019-01-02T09:00Z",
	    RP_TO_REPORTER } }, NULL, RP_VERDICT_BREACHED, 2 * H, 0 },
	{ "BR-CPR-PRELIM", LEAF12, "2019-01-02", "2019-01-01T10:00Z",
	    "2019-02-01", { { RP_FACT_PRELIMINARY_REPORT,
	    "2019-01-02T09:00Z", RP_TO_SUBSCRIBER } }, NULL,
	    RP_VERDICT_UNDECIDED, 0, 0 },
	{ "BR-CPR-PRELIM", LEAF12, "2019-01-02", "2019-01-01T10:00Z",
	    "2019-02-01", { { RP_FACT_PRELIMINARY_REPORT,
	    "2019-01-03T09:00Z", RP_TO_REPORTER } }, NULL,
	    RP_VERDICT_BREACHED, 23 * H, 0 },
	{ "BR-CPR-PRELIM", LEAF12, "2019-01-02", "2019-01-01T10:00Z",
	    "2019-01-02T08:00Z", { { RP_FACT_PRELIMINARY_REPORT,
	    "2019-01-01T12:00Z", RP_TO_SUBSCRIBER } }, NULL, RP_VERDICT_DUE,
	    0, 0 },
	{ "BR-CPR-PRELIM", LEAF12, "2019-01-02", NULL, "2019-02-01",
	    { { 0, NULL, 0 } }, NULL, 0, 0, 1 },
	/* Receipt to publication: five days for this reason. */
	{ "BR-CPR-PUBLISHED", LEAF12, "2019-01-02", "2019-01-01T10:00Z",
	    "2019-02-01", { { RP_FACT_PUBLISHED, "2019-01-06T10:00Z", 0 } },
	    NULL, RP_VERDICT_MET, 0, 0 },
	{ "BR-CPR-PUBLISHED", LEAF12, "2019-01-02", "2019-01-01T10:00Z",
	    "2019-02-01", { { RP_FACT_PUBLISHED, "2019-01-06T10:00:01Z",
	    0 } }, NULL, RP_VERDICT_BREACHED, 1, 0 },
	{ "BR-CPR-PUBLISHED", LEAF12, "2019-01-02", "2019-01-01T10:00Z",
	    "2019-02-01", { { RP_FACT_REVOKED, "2019-01-05", 0 } }, NULL,
	    RP_VERDICT_UNDECIDED, 0, 0 },
	{ "BR-CPR-PUBLISHED", LEAF12, "2019-01-02", "2019-01-01T10:00Z",
	    "2019-01-03", { { 0, NULL, 0 } }, NULL, RP_VERDICT_DUE, 0, 0 },
	{ "BR-CPR-PUBLISHED", ICA5, "2019-01-02", "2019-01-01T10:00Z",
	    "2019-02-01", { { 0, NULL, 0 } }, NULL, 0, 0, 1 },
	/* The CRL 24 h after the record, by the date of the record. */
	{ "BR-CRL-CA-v130", ICA5, "2024-03-10", NULL, "2024-04-01",
	    { { RP_FACT_REVOKED, "2024-03-14T23:00Z", 0 },
	    { RP_FACT_PUBLISHED, "2024-03-15T23:00Z", 0 } }, NULL,
	    RP_VERDICT_MET, 0, 0 },
	{ "BR-CRL-CA-v130", ICA5, "2024-03-10", NULL, "2024-04-01",
	    { { RP_FACT_REVOKED, "2024-03-14T23:00Z", 0 },
	    { RP_FACT_PUBLISHED, "2024-03-16T00:00Z", 0 } }, NULL,
	    RP_VERDICT_BREACHED, H, 0 },
	{ "BR-CRL-CA-v130", ICA5, "2024-03-10", NULL, "2024-04-01",
	    { { RP_FACT_REVOKED, "2024-03-14T23:00Z", 0 } }, NULL,
	    RP_VERDICT_UNDECIDED, 0, 0 },
	{ "BR-CRL-CA-v130", ICA5, "2024-03-10", NULL, "2024-04-01",
	    { { RP_FACT_REVOKED, "2024-03-15T00:00Z", 0 } }, NULL, 0, 0, 1 },
	{ "BR-CRL-CA-v201", ICA5, "2024-03-10", NULL, "2024-04-01",
	    { { RP_FACT_REVOKED, "2024-03-15T00:00Z", 0 },
	    { RP_FACT_PUBLISHED, "2024-03-15T12:00Z", 0 } }, NULL,
	    RP_VERDICT_MET, 0, 0 },
	{ "BR-CRL-CA-v201", ICA5, "2024-03-10", NULL, "2024-04-01",
	    { { RP_FACT_REVOKED, "2024-03-15T00:00Z", 0 },
	    { RP_FACT_PUBLISHED, "2024-03-16T12:00Z", 0 } }, NULL,
	    RP_VERDICT_BREACHED, 12 * H, 0 },
	{ "BR-CRL-CA-v201", ICA5, "2024-03-10", NULL, "2024-03-15T10:00Z",
	    { { RP_FACT_REVOKED, "2024-03-15T00:00Z", 0 } }, NULL,
	    RP_VERDICT_DUE, 0, 0 },
	{ "BR-CRL-EE-24H", LEAF12, "2024-03-12", NULL, "2024-04-01",
	    { { RP_FACT_REVOKED, "2024-03-15T00:00Z", 0 },
	    { RP_FACT_PUBLISHED, "2024-03-16T00:00Z", 0 } }, NULL,
	    RP_VERDICT_MET, 0, 0 },
	{ "BR-CRL-EE-24H", LEAF12, "2024-03-12", NULL, "2024-04-01",
	    { { RP_FACT_REVOKED, "2024-03-15T00:00Z", 0 },
	    { RP_FACT_PUBLISHED, "2024-03-16T00:00:01Z", 0 } }, NULL,
	    RP_VERDICT_BREACHED, 1, 0 },
	{ "BR-CRL-EE-24H", LEAF12, "2024-03-12", NULL, "2024-04-01",
	    { { RP_FACT_REVOKED, "2024-03-15T00:00Z", 0 } }, NULL,
	    RP_VERDICT_UNDECIDED, 0, 0 },
	{ "BR-CRL-EE-24H", LEAF12, "2024-03-12", NULL, "2024-04-01",
	    { { RP_FACT_REVOKED, "2024-03-14T23:59:59Z", 0 } }, NULL, 0, 0,
	    1 },
	{ "CCADB-SUBCA-7D", ICA5, "2024-03-10", NULL, "2024-04-01",
	    { { RP_FACT_REVOKED, "2024-03-15T00:00Z", 0 },
	    { RP_FACT_CCADB_RECORD, "2024-03-22T00:00Z", 0 } }, NULL,
	    RP_VERDICT_MET, 0, 0 },
	{ "CCADB-SUBCA-7D", ICA5, "2024-03-10", NULL, "2024-04-01",
	    { { RP_FACT_REVOKED, "2024-03-15T00:00Z", 0 },
	    { RP_FACT_CCADB_RECORD, "2024-03-23", 0 } }, NULL,
	    RP_VERDICT_BREACHED, D, 0 },
	{ "CCADB-SUBCA-7D", ICA5, "2024-03-10", NULL, "2024-03-20",
	    { { RP_FACT_REVOKED, "2024-03-15T00:00Z", 0 } }, NULL,
	    RP_VERDICT_DUE, 0, 0 },
	{ "CCADB-SUBCA-7D", ICA5, "2024-03-10", NULL, "2024-04-20",
	    { { RP_FACT_REVOKED, "2024-03-15T00:00Z", 0 } }, NULL,
	    RP_VERDICT_UNDECIDED, 0, 0 },
	/* Two weeks from the first report of the issue. */
	{ "IRG10-2W", LEAF12, "2023-03-02", "2023-03-01T10:00Z",
	    "2023-06-01", { { RP_FACT_FULL_REPORT, "2023-03-15T10:00Z", 0 } },
	    NULL, RP_VERDICT_MET, 0, 0 },
	{ "IRG10-2W", LEAF12, "2023-03-02", "2023-03-01T10:00Z",
	    "2023-06-01", { { RP_FACT_FULL_REPORT, "2023-03-16T10:00Z", 0 } },
	    NULL, RP_VERDICT_BREACHED, D, 0 },
	{ "IRG10-2W", LEAF12, "2023-03-02", NULL, "2023-06-01",
	    { { 0, NULL, 0 } }, NULL, RP_VERDICT_UNDECIDED, 0, 0 },
	{ "IRG10-2W", LEAF12, "2023-02-14", "2023-02-14T23:59:59Z",
	    "2023-06-01", { { 0, NULL, 0 } }, NULL, 0, 0, 1 },
	{ "IRG20-72H", LEAF12, "2023-10-17T00:00Z", NULL, "2023-12-01",
	    { { RP_FACT_INCIDENT_DISCLOSED, "2023-10-20T00:00Z", 0 } }, NULL,
	    RP_VERDICT_MET, 0, 0 },
	{ "IRG20-72H", LEAF12, "2023-10-17T00:00Z", NULL, "2023-12-01",
	    { { RP_FACT_INCIDENT_DISCLOSED, "2023-10-20T00:00:01Z", 0 } },
	    NULL, RP_VERDICT_BREACHED, 1, 0 },
	{ "IRG20-72H", LEAF12, "2023-10-17T00:00Z", NULL, "2023-10-18",
	    { { 0, NULL, 0 } }, NULL, RP_VERDICT_DUE, 0, 0 },
	{ "IRG20-FULL", LEAF12, "2023-10-17T00:00Z", NULL, "2023-12-01",
	    { { RP_FACT_FULL_REPORT, "2023-10-31T00:00Z", 0 } }, NULL,
	    RP_VERDICT_MET, 0, 0 },
	{ "IRG20-FULL", LEAF12, "2023-10-17T00:00Z", NULL, "2023-12-01",
	    { { RP_FACT_FULL_REPORT, "2023-11-01T00:00Z", 0 } }, NULL,
	    RP_VERDICT_BREACHED, D, 0 },
	{ "IRG20-FULL", LEAF12, "2023-10-17T00:00Z", NULL, "2023-12-01",
	    { { 0, NULL, 0 } }, NULL, RP_VERDICT_UNDECIDED, 0, 0 },
	{ "IRG30-72H", LEAF12, "2025-03-01T00:00Z", NULL, "2025-06-01",
	    { { RP_FACT_INCIDENT_DISCLOSED, "2025-03-04T00:00Z", 0 } }, NULL,
	    RP_VERDICT_MET, 0, 0 },
	{ "IRG30-72H", LEAF12, "2025-03-01T00:00Z", NULL, "2025-06-01",
	    { { RP_FACT_INCIDENT_DISCLOSED, "2025-03-05", 0 } }, NULL,
	    RP_VERDICT_BREACHED, D, 0 },
	{ "IRG30-72H", LEAF12, "2025-03-01T00:00Z", NULL, "2025-06-01",
	    { { 0, NULL, 0 } }, NULL, RP_VERDICT_UNDECIDED, 0, 0 },
	{ "IRG30-72H", LEAF12, "2025-02-28T23:59:59Z", NULL, "2025-06-01",
	    { { 0, NULL, 0 } }, NULL, 0, 0, 1 },
	{ "IRG30-72H", CODE12, "2025-03-02T00:00Z", NULL, "2025-06-01",
	    { { 0, NULL, 0 } }, NULL, 0, 0, 1 },
	{ "IRG30-FULL-14D", LEAF12, "2025-03-01T00:00Z", NULL, "2025-06-01",
	    { { RP_FACT_INCIDENT_DISCLOSED, "2025-03-03T00:00Z", 0 },
	    { RP_FACT_FULL_REPORT, "2025-03-17T00:00Z", 0 } }, NULL,
	    RP_VERDICT_MET, 0, 0 },
	{ "IRG30-FULL-14D", LEAF12, "2025-03-01T00:00Z", NULL, "2025-06-01",
	    { { RP_FACT_INCIDENT_DISCLOSED, "2025-03-03T00:00Z", 0 },
	    { RP_FACT_FULL_REPORT, "2025-03-17T00:00:01Z", 0 } }, NULL,
	    RP_VERDICT_BREACHED, 1, 0 },
	{ "IRG30-FULL-14D", LEAF12, "2025-03-01T00:00Z", NULL, "2025-03-10",
	    { { RP_FACT_INCIDENT_DISCLOSED, "2025-03-03T00:00Z", 0 } }, NULL,
	    RP_VERDICT_DUE, 0, 0 },
	{ "IRG30-FULL-14D", LEAF12, "2025-03-01T00:00Z", NULL, "2025-06-01",
	    { { 0, NULL, 0 } }, NULL, 0, 0, 1 },
	/* Questions: answered, late, a post that may be one, silence. */
	{ "IRG30-Q7D", LEAF12, "2025-03-01", NULL, "2025-06-01",
	    { { RP_FACT_QUESTION, "2025-03-10T00:00Z", 0 },
	    { RP_FACT_ANSWER, "2025-03-17T00:00Z", 0 } }, NULL,
	    RP_VERDICT_MET, 0, 0 },
	{ "IRG30-Q7D", LEAF12, "2025-03-01", NULL, "2025-06-01",
	    { { RP_FACT_QUESTION, "2025-03-10T00:00Z", 0 },
	    { RP_FACT_ANSWER, "2025-03-18T00:00Z", 0 } }, NULL,
	    RP_VERDICT_BREACHED, D, 0 },
	{ "IRG30-Q7D", LEAF12, "2025-03-01", NULL, "2025-06-01",
	    { { RP_FACT_QUESTION, "2025-03-10T00:00Z", 0 } }, NULL,
	    RP_VERDICT_UNDECIDED, 0, 0 },
	{ "IRG30-Q7D", LEAF12, "2025-03-01", NULL, "2025-06-01",
	    { { RP_FACT_QUESTION, "2025-03-10T00:00Z", 0 } },
	    "2025-03-12T00:00Z", RP_VERDICT_UNDECIDED, 0, 0 },
	{ "IRG30-Q7D", LEAF12, "2025-03-01", NULL, "2025-03-19T00:00Z",
	    { { RP_FACT_QUESTION, "2025-03-10T00:00Z", 0 } },
	    "2025-03-05T00:00Z", RP_VERDICT_BREACHED, 2 * D, 0 },
	{ "IRG30-Q7D", LEAF12, "2025-03-01", NULL, "2025-03-12",
	    { { RP_FACT_QUESTION, "2025-03-10T00:00Z", 0 } }, NULL,
	    RP_VERDICT_DUE, 0, 0 },
	/* A separate report 72 h after a missed deadline. */
	{ "IRG30-DELAY-SEP", LEAF12, "2025-04-01T00:00Z", NULL, "2025-06-01",
	    { { RP_FACT_DELAY_DISCLOSED, "2025-04-09T00:00Z", 0 } }, NULL,
	    RP_VERDICT_MET, 0, 0 },
	{ "IRG30-DELAY-SEP", LEAF12, "2025-04-01T00:00Z", NULL, "2025-06-01",
	    { { RP_FACT_DELAY_DISCLOSED, "2025-04-09T00:01Z", 0 } }, NULL,
	    RP_VERDICT_BREACHED, 60, 0 },
	{ "IRG30-DELAY-SEP", LEAF12, "2025-04-01T00:00Z", NULL, "2025-06-01",
	    { { 0, NULL, 0 } }, NULL, RP_VERDICT_UNDECIDED, 0, 0 },
	{ "IRG30-DELAY-SEP", LEAF12, "2025-04-01T00:00Z", NULL, "2025-04-07",
	    { { 0, NULL, 0 } }, NULL, RP_VERDICT_DUE, 0, 0 },
	{ "IRG30-DELAY-SEP", LEAF12, "2025-04-01T00:00Z", NULL, "2025-06-01",
	    { { RP_FACT_REVOKED, "2025-04-06T00:00Z", 0 } }, NULL, 0, 0, 1 },
	{ "SMIME-CPR-PRELIM", SMIME12, "2024-01-02", "2024-01-01T10:00Z",
	    "2024-02-01", { { RP_FACT_PRELIMINARY_REPORT,
	    "2024-01-02T09:00Z", RP_TO_SUBSCRIBER },
	    { RP_FACT_PRELIMINARY_REPORT, "2024-01-02T10:00Z",
	    RP_TO_REPORTER } }, NULL, RP_VERDICT_MET, 0, 0 },
	{ "SMIME-CPR-PRELIM", SMIME12, "2024-01-02", "2024-01-01T10:00Z",
	    "2024-02-01", { { RP_FACT_PRELIMINARY_REPORT,
	    "2024-01-02T11:00Z", RP_TO_SUBSCRIBER } }, NULL,
	    RP_VERDICT_BREACHED, H, 0 },
	{ "SMIME-CPR-PRELIM", SMIME12, "2024-01-02", "2024-01-01T10:00Z",
	    "2024-02-01", { { 0, NULL, 0 } }, NULL, RP_VERDICT_UNDECIDED, 0,
	    0 },
	{ "SMIME-CPR-PUBLISHED", SMIME12, "2024-01-02", "2024-01-01T10:00Z",
	    "2024-02-01", { { RP_FACT_PUBLISHED, "2024-01-06T10:00Z", 0 } },
	    NULL, RP_VERDICT_MET, 0, 0 },
	{ "SMIME-CPR-PUBLISHED", SMIME12, "2024-01-02", "2024-01-01T10:00Z",
	    "2024-02-01", { { RP_FACT_PUBLISHED, "2024-01-06T11:00Z", 0 } },
	    NULL, RP_VERDICT_BREACHED, H, 0 },
	{ "SMIME-CPR-PUBLISHED", SMIME12, "2024-01-02", "2024-01-01T10:00Z",
	    "2024-01-03", { { 0, NULL, 0 } }, NULL, RP_VERDICT_DUE, 0, 0 },
	/* Disclosed before the deadline: seven days for a CA certificate. */
	{ "WIKI-DELAY", ICA5, "2020-07-02T00:00Z", NULL, "2020-12-01",
	    { { RP_FACT_DELAY_DISCLOSED, "2020-07-09T00:00Z", 0 } }, NULL,
	    RP_VERDICT_MET, 0, 0 },
	{ "WIKI-DELAY", ICA5, "2020-07-02T00:00Z", NULL, "2020-12-01",
	    { { RP_FACT_DELAY_DISCLOSED, "2020-07-14", 0 } }, NULL,
	    RP_VERDICT_BREACHED, 5 * D, 0 },
	{ "WIKI-DELAY", ICA5, "2020-07-02T00:00Z", NULL, "2020-12-01",
	    { { 0, NULL, 0 } }, NULL, RP_VERDICT_UNDECIDED, 0, 0 },
	{ "WIKI-REPORT-2W", ICA5, "2020-07-02", NULL, "2020-12-01",
	    { { RP_FACT_INCIDENT_DISCLOSED, "2020-07-01T21:00Z", 0 },
	    { RP_FACT_FULL_REPORT, "2020-07-15", 0 } }, NULL,
	    RP_VERDICT_UNDECIDED, 0, 0 },
	{ "WIKI-REPORT-2W", ICA5, "2020-07-02", NULL, "2020-12-01",
	    { { RP_FACT_INCIDENT_DISCLOSED, "2020-07-01T21:00Z", 0 },
	    { RP_FACT_FULL_REPORT, "2020-07-14", 0 } }, NULL, RP_VERDICT_MET,
	    0, 0 },
	{ "WIKI-REPORT-2W", ICA5, "2020-07-02", NULL, "2020-12-01",
	    { { RP_FACT_INCIDENT_DISCLOSED, "2020-07-01T21:00Z", 0 },
	    { RP_FACT_FULL_REPORT, "2020-07-16", 0 } }, NULL,
	    RP_VERDICT_BREACHED, 3 * H, 0 },
};

static void
one_case(size_t i)
{
	struct made m;
	struct rp_findings *f;
	const struct rp_finding *r;

	make(&m, cases[i].certificate, cases[i].profile, cases[i].reason,
	    when(cases[i].aware));
	if (cases[i].reported != NULL)
		set_reported(&m, when(cases[i].reported));
	for (size_t k = 0; k < COUNT(cases[i].fact) &&
	    cases[i].fact[k].at != NULL; k++)
		add_fact(&m, cases[i].fact[k].kind,
		    when(cases[i].fact[k].at), 0)->to = cases[i].fact[k].to;
	if (cases[i].post != NULL)
		add_post(&m, when(cases[i].post));
	f = checked(&m, when(cases[i].as_of));
	if (cases[i].none) {
		if (row_of(f, cases[i].rule, 0) != NULL)
			fail_msg("case %zu: '%s' should not apply", i,
			    cases[i].rule);
	} else {
		r = row_must(f, cases[i].rule, 0, cases[i].verdict);
		if (r->has_overdue && r->overdue_s != cases[i].overdue)
			fail_msg("case %zu: overdue by %lld s: %s", i,
			    (long long)r->overdue_s, r->detail);
	}
	rp_findings_free(f);
}

static void
each_rule_has_its_verdicts(void **state)
{
	(void)state;
	for (size_t i = 0; i < COUNT(cases); i++)
		one_case(i);
}

/* Less than a MUST must read so, and does not fail a check. */
static void
a_lapse_is_not_called_a_breach_of_a_must(void **state)
{
	struct made m;
	struct rp_findings *f;
	const struct rp_finding *r;

	(void)state;
	make(&m, ICA5, when("2020-07-02T00:00Z"));
	add_fact(&m, RP_FACT_REVOKED, when("2020-07-08T00:00Z"), 0);
	add_fact(&m, RP_FACT_INCIDENT_DISCLOSED, when("2020-07-03"), 0);
	add_fact(&m, RP_FACT_FULL_REPORT, when("2020-08-03"), 0);
	f = checked(&m, when("2020-12-01"));
	r = row_must(f, "WIKI-REPORT-2W", 0, RP_VERDICT_BREACHED);
	assert_int_equal(r->rule->severity, RP_EXPECTED);
	assert_non_null(strstr(r->detail,
	    "a lapse against an expectation, not a MUST"));
	assert_false(rp_findings_must_breached(f));
	rp_findings_free(f);
}

static void
rows_follow_the_table_then_duty_then_time(void **state)
{
	struct made m;
	struct rp_findings *f;
	const struct rp_finding *r;
	size_t n;

	(void)state;
	make(&m, LEAF12, when("2025-06-02T08:00Z"));
	m.cs.n_duties = 2;
	m.duty[1] = m.duty[0];
	m.duty[0].certificates = m.duty[1].certificates = rp_count_of(50);
	add_fact(&m, RP_FACT_REVOKED, when("2025-06-09"), 50)->duty = 0;
	add_fact(&m, RP_FACT_REVOKED, when("2025-06-08"), 50)->duty = 1;
	f = checked(&m, when("2025-07-01"));
	r = rp_findings_rows(f, &n);
	assert_true(n > 6);
	for (size_t i = 1; i < n; i++) {
		assert_true(strcmp(r[i - 1].rule->id, r[i].rule->id) <= 0);
		if (r[i - 1].rule == r[i].rule)
			assert_true(r[i - 1].duty <= r[i].duty);
	}
	rp_findings_free(f);
}

/* The public learns of a revocation when it is published. */
static void
the_public_view_waits_for_publication(void **state)
{
	struct made m;
	struct rp_findings *f;
	struct rp_fact *fact;

	(void)state;
	make(&m, LEAF12, when("2025-06-02T08:00Z"));
	fact = add_fact(&m, RP_FACT_REVOKED, when("2025-06-05T08:00Z"), 0);
	fact->has_published = true;
	fact->published = when("2025-06-20T08:00Z");
	assert_int_equal(rp_check(&m.cs, when("2025-06-10"), RP_VIEW_PUBLIC,
	    &f, NULL), RP_OK);
	row_must(f, "BR-REV-T2-v201", 0, RP_VERDICT_BREACHED);
	rp_findings_free(f);
	f = checked(&m, when("2025-06-10"));
	row_must(f, "BR-REV-T2-v201", 0, RP_VERDICT_MET);
	rp_findings_free(f);
}

/* The n-th allocation fails, for every n until the call succeeds. */
static void
memory_that_runs_out_leaves_nothing_behind(void **state)
{
	struct rp_findings *f = NULL;
	rp_status rc = RP_ENOMEM;
	struct made m;
	size_t live = rp_alloc_live();

	(void)state;
	make(&m, LEAF12, when("2025-06-02T08:00Z"));
	set_reported(&m, when("2025-06-02T08:00Z"));
	for (unsigned long i = 1; rc != RP_OK; i++) {
		assert_true(i < 500);
		rp_alloc_fail_at(i);
		rc = rp_check(&m.cs, when("2025-08-01"), RP_VIEW_INTERNAL, &f,
		    NULL);
		rp_alloc_fail_at(0);
		if (rc != RP_OK) {
			assert_int_equal(rc, RP_ENOMEM);
			assert_null(f);
			assert_int_equal(rp_alloc_live(), live);
		}
	}
	rp_findings_free(f);
	rp_findings_free(NULL);
	assert_int_equal(rp_alloc_live(), live);
}

/* ---- updates ------------------------------------------------------------ */

static const struct {
	const char *rule;
	const char *aware;
	const char *start;		/* disclosure */
	int64_t limit;
	const char *delayed;		/* or NULL */
} cadences[] = {
	{ "WIKI-UPDATE-WEEKLY", "2020-07-02T00:00Z", "2020-07-02T00:00Z",
	    7 * D, NULL },
	{ "IRG10-WEEKLY", "2023-05-02T00:00Z", "2023-05-02T00:00Z", 7 * D,
	    NULL },
	{ "IRG30-UPD7D", "2025-03-01T00:00Z", "2025-03-01T00:00Z", 7 * D,
	    NULL },
	{ "IRG30-DELAY-7D", "2025-03-01T00:00Z", "2025-03-01T00:00Z", 7 * D,
	    "2025-03-06T00:00Z" },
	{ "IRG30-DELAY-3D", "2025-03-01T00:00Z", "2025-03-01T00:00Z", 3 * D,
	    "2025-03-06T00:00Z" },
};

/* Posts exactly at the limit, then one a second too late. */
static void
posts_are_counted_in_gaps(void **state)
{
	(void)state;
	for (size_t i = 0; i < COUNT(cadences); i++) {
		const char *start = cadences[i].delayed == NULL ?
		    cadences[i].start : cadences[i].delayed;
		int64_t limit = cadences[i].limit;
		const struct rp_finding *r;
		struct rp_findings *f;
		struct made m;

		make(&m, LEAF12, when(cadences[i].aware));
		add_fact(&m, RP_FACT_INCIDENT_DISCLOSED,
		    when(cadences[i].start), 0);
		if (cadences[i].delayed != NULL)
			add_fact(&m, RP_FACT_DELAY_DISCLOSED, when(start), 0);
		add_post(&m, when_plus(start, limit));
		add_post(&m, when_plus(start, 2 * limit));
		f = checked(&m, when_plus(start, 2 * limit + D));
		r = row_must(f, cadences[i].rule, 0, RP_VERDICT_DUE);
		assert_int_equal(rp_instant_cmp(r->due.from,
		    when_plus(start, 3 * limit).from), 0);
		rp_findings_free(f);

		add_fact(&m, RP_FACT_CLOSED, when_plus(start, 3 * limit), 0);
		f = checked(&m, when_plus(start, 9 * limit));
		r = row_must(f, cadences[i].rule, 0, RP_VERDICT_MET);
		assert_int_equal(r->count, 2);
		rp_findings_free(f);

		m.update[1].at = when_plus(start, 2 * limit + 1);
		f = checked(&m, when_plus(start, 9 * limit));
		r = row_must(f, cadences[i].rule, 0, RP_VERDICT_BREACHED);
		assert_int_equal(r->count, 1);
		assert_int_equal(r->overdue_s, 1);
		rp_findings_free(f);

		m.cs.n_updates = 0;
		f = checked(&m, when_plus(start, 9 * limit));
		row_must(f, cadences[i].rule, 0, RP_VERDICT_UNDECIDED);
		rp_findings_free(f);
	}
}

/*
 * Bare dates eight days apart lie between 7 d and 9 d from each other, less
 * a second each way: nine days apart is certainly more than seven.
 */
static void
bare_dates_count_only_when_certain(void **state)
{
	static const struct {
		const char *second;
		enum rp_verdict verdict;
	} rows[] = {
		{ "2020-08-09", RP_VERDICT_MET },
		{ "2020-08-10", RP_VERDICT_UNDECIDED },
		{ "2020-08-11", RP_VERDICT_BREACHED },
	};

	(void)state;
	for (size_t i = 0; i < COUNT(rows); i++) {
		struct made m;
		struct rp_findings *f;

		make(&m, ICA5, when("2020-08-01"));
		add_post(&m, when("2020-08-03"));
		add_post(&m, when(rows[i].second));
		add_fact(&m, RP_FACT_CLOSED, when("2020-08-12"), 0);
		f = checked(&m, when("2020-12-01"));
		row_must(f, "WIKI-UPDATE-WEEKLY", 0, rows[i].verdict);
		rp_findings_free(f);
	}
}

/* Monthly posts against a weekly expectation, counted by hand. */
static void
monthly_posts_lapse_every_time(void **state)
{
	static const char *const posts[] = {
		"2020-08-05T00:00Z", "2020-09-05T00:00Z", "2020-10-05T00:00Z",
		"2020-10-10T00:00Z", "2020-11-12T04:00Z",
	};
	struct made m;
	struct rp_findings *f;
	const struct rp_finding *r;

	(void)state;
	make(&m, ICA5, when("2020-07-29T00:00Z"));
	add_fact(&m, RP_FACT_REVOKED, when("2020-08-01"), 0);
	add_fact(&m, RP_FACT_INCIDENT_DISCLOSED, when("2020-07-30T00:00Z"),
	    0);
	add_fact(&m, RP_FACT_CLOSED, when("2020-11-15T00:00Z"), 0);
	for (size_t i = 0; i < COUNT(posts); i++)
		add_post(&m, when(posts[i]));
	f = checked(&m, when("2021-12-01"));
	r = row_must(f, "WIKI-UPDATE-WEEKLY", 0, RP_VERDICT_BREACHED);
	assert_int_equal(r->count, 3);
	/* 10 October to 12 November 04:00: 33 d 4 h, 26 d 4 h over. */
	assert_int_equal(r->overdue_s, 26 * D + 4 * H);
	assert_non_null(strstr(r->detail, "5 posts in 108 d, 3 gaps over 7 d, "
	    "the longest 33 d 4 h; a lapse against an expectation"));
	assert_false(rp_findings_must_breached(f));
	rp_findings_free(f);
}

/* A next update agreed in time lifts the week, for a delay it does not. */
static void
an_agreed_date_lifts_the_weekly_update(void **state)
{
	struct made m;
	struct rp_findings *f;
	struct rp_fact *next;

	(void)state;
	make(&m, LEAF12, when("2025-03-01T00:00Z"));
	add_fact(&m, RP_FACT_INCIDENT_DISCLOSED, when("2025-03-01T12:00Z"),
	    0);
	add_fact(&m, RP_FACT_DELAY_DISCLOSED, when("2025-03-06T00:00Z"), 0);
	add_fact(&m, RP_FACT_CLOSED, when("2025-04-02T00:00Z"), 0);
	next = add_fact(&m, RP_FACT_NEXT_UPDATE, when("2025-03-07T00:00Z"),
	    0);
	next->due = when("2025-03-31");
	add_post(&m, when("2025-03-06T10:00Z"));
	add_post(&m, when("2025-03-31T23:00Z"));
	f = checked(&m, when("2025-05-01"));
	row_must(f, "IRG30-UPD7D", 0, RP_VERDICT_MET);
	row_must(f, "IRG30-DELAY-7D", 0, RP_VERDICT_BREACHED);
	assert_true(rp_findings_must_breached(f));
	rp_findings_free(f);

	/* Agreed on the day after the post was due: too late to help. */
	next->at = when("2025-03-14T00:00Z");
	f = checked(&m, when("2025-05-01"));
	row_must(f, "IRG30-UPD7D", 0, RP_VERDICT_BREACHED);
	rp_findings_free(f);
}

/* A gap belongs to the edition of the post that it starts with. */
static void
editions_share_the_posts(void **state)
{
	struct made m;
	struct rp_findings *f;
	const struct rp_finding *r;

	(void)state;
	make(&m, LEAF12, when("2025-02-10T00:00Z"));
	add_fact(&m, RP_FACT_REVOKED, when("2025-02-12"), 0);
	add_fact(&m, RP_FACT_INCIDENT_DISCLOSED, when("2025-02-12T00:00Z"),
	    0);
	add_post(&m, when("2025-02-26T00:00Z"));
	add_post(&m, when("2025-03-04T00:00Z"));
	add_post(&m, when("2025-03-20T00:00Z"));
	add_fact(&m, RP_FACT_CLOSED, when("2025-03-22T00:00Z"), 0);
	f = checked(&m, when("2025-05-01"));
	/* Its report and its posts: the second row is of the posts. */
	r = row_must(f, "IRG20-FULL", 1, RP_VERDICT_BREACHED);
	assert_int_equal(r->count, 1);
	assert_int_equal(r->overdue_s, 7 * D);
	r = row_must(f, "IRG30-UPD7D", 0, RP_VERDICT_BREACHED);
	assert_int_equal(r->count, 1);
	assert_int_equal(r->overdue_s, 9 * D);
	rp_findings_free(f);
}

/* ---- all of it ---------------------------------------------------------- */

/* Runs last: a row without its tests is not allowed in the table. */
static void
every_rule_was_seen_met_and_breached_and_open(void **state)
{
	size_t n;
	const struct rp_rule *rules = rp_rules(&n);

	(void)state;
	for (size_t i = 0; i < n; i++) {
		unsigned v = seen_verdicts[i];

		if ((v >> RP_VERDICT_MET & 1) == 0 ||
		    (v >> RP_VERDICT_BREACHED & 1) == 0 ||
		    (v & (1u << RP_VERDICT_DUE |
		    1u << RP_VERDICT_UNDECIDED)) == 0)
			fail_msg("'%s' lacks a test of a verdict",
			    rules[i].id);
	}
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(the_deadline_itself_is_in_time),
		cmocka_unit_test(what_is_not_revoked_is_due_and_then_breached),
		cmocka_unit_test(a_date_of_revocation_may_be_too_coarse),
		cmocka_unit_test(dates_give_the_least_that_is_certain),
		cmocka_unit_test(parts_have_rows_of_their_own),
		cmocka_unit_test(actuals_leave_it_undecided),
		cmocka_unit_test(a_number_without_a_duty_cannot_be_placed),
		cmocka_unit_test(published_is_a_clock_of_its_own),
		cmocka_unit_test(each_rule_has_its_verdicts),
		cmocka_unit_test(a_lapse_is_not_called_a_breach_of_a_must),
		cmocka_unit_test(rows_follow_the_table_then_duty_then_time),
		cmocka_unit_test(the_public_view_waits_for_publication),
		cmocka_unit_test(memory_that_runs_out_leaves_nothing_behind),
		cmocka_unit_test(posts_are_counted_in_gaps),
		cmocka_unit_test(bare_dates_count_only_when_certain),
		cmocka_unit_test(monthly_posts_lapse_every_time),
		cmocka_unit_test(an_agreed_date_lifts_the_weekly_update),
		cmocka_unit_test(editions_share_the_posts),
		cmocka_unit_test(
		    every_rule_was_seen_met_and_breached_and_open),
	};

	return !!cmocka_run_group_tests(tests, NULL, NULL);
}
