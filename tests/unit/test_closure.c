/*
 * test_closure.c - whether a report is ready to be closed.
 *
 * Each case has all that is needed but for one thing, which is then the only
 * item that is not done.
 */
#include "base/mem.h"
#include "listed.h"
#include "revplan/closure.h"

#define REVOKED								\
	"  - {what: revoked, at: 2026-03-06T10:00Z}\n"
#define PROVED								\
	"  - {what: revocation-published, at: 2026-03-06T11:00Z}\n"
#define REPORTS								\
	"  - {what: incident-disclosed, at: 2026-03-03T10:00Z}\n"	\
	"  - {what: full-report, at: 2026-03-10T10:00Z}\n"
#define CLOSURE								\
	"  - {what: closure-report, at: 2026-04-01T10:00Z}\n"
#define ACTIONS								\
	"commitments:\n"						\
	"  - {what: linter, due: 2026-03-20, done: 2026-03-19,\n"	\
	"     kind: prevent}\n"
#define READY HEAD "facts:\n" REVOKED PROVED REPORTS CLOSURE

static struct rp_closure *
closure_of(struct listed *l, const char *text, const char *as_of)
{
	struct rp_closure *c = NULL;
	struct rp_err err = { 0 };

	listed_open(l, text, as_of);
	if (rp_closure(l->now, l->findings, l->claims, l->as_of, &c, &err) !=
	    RP_OK)
		fail_msg("%s", err.text);
	return c;
}

static const struct rp_closure_row *
row_of(const struct rp_closure *c, enum rp_closure_item item)
{
	const struct rp_closure_row *row;
	size_t n;

	row = rp_closure_rows(c, &n);
	for (size_t i = 0; i < n; i++)
		if (row[i].item == item)
			return &row[i];
	fail_msg("no item '%s'", rp_closure_word(item));
	return NULL;
}

struct expected {
	const char *text;
	enum rp_closure_item item;
	enum rp_closure_state state;
	uint64_t count, of;
	const char *words;	/* of the detail */
};

static void
must_be(const struct expected *e, const struct rp_closure *c)
{
	const struct rp_closure_row *row = row_of(c, e->item);

	if (row->state != e->state)
		fail_msg("%s\n'%s' is %s, not %s: %s", e->text,
		    rp_closure_word(e->item),
		    rp_closure_state_word(row->state),
		    rp_closure_state_word(e->state), row->detail);
	assert_int_equal(row->count, e->count);
	assert_int_equal(row->of, e->of);
	if (strstr(row->detail, e->words) == NULL)
		fail_msg("%s\nno '%s' in '%s'", e->text, e->words,
		    row->detail);
	assert_true(strlen(row->citation) > 5);
}

static void
hold(const struct expected *table, size_t n)
{
	for (size_t i = 0; i < n; i++) {
		struct listed l;
		struct rp_closure *c = closure_of(&l, table[i].text,
		    "2026-04-30");

		must_be(&table[i], c);
		/* What is not done, or cannot be told, keeps it open. */
		if (rp_closure_is_ready(c) != (table[i].state ==
		    RP_CLOSURE_DONE || table[i].state ==
		    RP_CLOSURE_NOT_NEEDED))
			fail_msg("%s\nready: %d", table[i].text,
			    rp_closure_is_ready(c));
		rp_closure_free(c);
		listed_close(&l);
	}
}

#define HOLD(table) hold(table, sizeof(table) / sizeof((table)[0]))

static void
certificates(void **state)
{
	static const struct expected table[] = {
		{ READY ACTIONS, RP_CLOSURE_REVOKED, RP_CLOSURE_DONE, 100,
		    100, "100 shown as revoked" },
		/* The CA's own record is no proof. */
		{ HEAD "facts:\n" REVOKED REPORTS CLOSURE ACTIONS,
		    RP_CLOSURE_REVOKED, RP_CLOSURE_UNDECIDED, 0, 100,
		    "missing for 100" },
		{ HEAD "facts:\n" REPORTS CLOSURE
		    "  - {what: revoked, at: 2026-03-06T10:00Z, "
		    "certificates: 70}\n"
		    "  - {what: revocation-published, at: 2026-03-06T11:00Z,"
		    " certificates: 60}\n" ACTIONS,
		    RP_CLOSURE_REVOKED, RP_CLOSURE_OPEN, 60, 100,
		    "30 not accounted for" },
		/* What was good after the record is proved no more ... */
		{ READY "  - {what: good-served, at: 2026-03-06T12:00Z, "
		    "certificates: 5}\n" ACTIONS, RP_CLOSURE_REVOKED,
		    RP_CLOSURE_UNDECIDED, 95, 100,
		    "good was served for 5 of them" },
		/* ... until it was shown again, at that moment or later. */
		{ READY "  - {what: good-served, at: 2026-03-06T12:00Z, "
		    "certificates: 5}\n"
		    "  - {what: revocation-published, "
		    "at: 2026-03-06T12:00Z, certificates: 5}\n" ACTIONS,
		    RP_CLOSURE_REVOKED, RP_CLOSURE_DONE, 100, 100,
		    "100 shown" },
		{ READY "  - {what: good-served, at: 2026-03-06T10:30Z}\n"
		    ACTIONS, RP_CLOSURE_REVOKED, RP_CLOSURE_DONE, 100, 100,
		    "100 shown" },
		/* 60 shown and 40 expired are all of the 100. */
		{ HEAD "facts:\n" REPORTS CLOSURE
		    "  - {what: revoked, at: 2026-03-06T10:00Z, "
		    "certificates: 60}\n"
		    "  - {what: revocation-published, at: 2026-03-06T11:00Z,"
		    " certificates: 60}\n" ACTIONS
		    "actuals:\n  - {as_of: 2026-03-06T10:00Z, revoked: 60, "
		    "expired: 40}\n",
		    RP_CLOSURE_REVOKED, RP_CLOSURE_DONE, 100, 100,
		    "40 expired" },
	};

	(void)state;
	/* The last one is not judged as a whole: its rows on the deadline
	 * are another matter. */
	hold(table, 6);
	for (size_t i = 6; i < 7; i++) {
		struct listed l;
		struct rp_closure *c = closure_of(&l, table[i].text,
		    "2026-04-30");

		must_be(&table[i], c);
		rp_closure_free(c);
		listed_close(&l);
	}
}

static void
what_was_promised(void **state)
{
	static const struct expected table[] = {
		{ READY ACTIONS, RP_CLOSURE_ACTIONS, RP_CLOSURE_DONE, 1, 1,
		    "all are settled" },
		{ READY, RP_CLOSURE_ACTIONS, RP_CLOSURE_UNDECIDED, 0, 0,
		    "records no action item" },
		{ READY ACTIONS "  - {what: review, due: 2026-05-20, "
		    "kind: detect}\n", RP_CLOSURE_ACTIONS, RP_CLOSURE_OPEN, 1,
		    2, "'review' (line" },
		{ READY ACTIONS "  - {what: review, due: 2026-05-20, "
		    "kind: detect, cancelled: 2026-04-01}\n",
		    RP_CLOSURE_ACTIONS, RP_CLOSURE_UNDECIDED, 1, 2,
		    "given up without words" },
		{ READY ACTIONS "  - {what: review, due: 2026-05-20, "
		    "kind: detect, cancelled: 2026-04-01, evidence: "
		    "comment 9}\n", RP_CLOSURE_ACTIONS, RP_CLOSURE_DONE, 2, 2,
		    "all are settled" },
		/* Given up only after the day that is looked at. */
		{ READY ACTIONS "  - {what: review, due: 2026-05-20, "
		    "kind: detect, cancelled: 2026-05-01, evidence: "
		    "comment 9}\n", RP_CLOSURE_ACTIONS, RP_CLOSURE_OPEN, 1, 2,
		    "'review'" },
		{ READY ACTIONS, RP_CLOSURE_COMMITMENTS,
		    RP_CLOSURE_NOT_NEEDED, 0, 0, "no other commitment" },
		{ READY ACTIONS "  - {what: mail all, due: 2026-05-20}\n",
		    RP_CLOSURE_COMMITMENTS, RP_CLOSURE_OPEN, 0, 1,
		    "'mail all'" },
		{ READY ACTIONS "claims:\n  - {said: 2026-03-05, promise: "
		    "write a tool, by: 2026-05-01}\n",
		    RP_CLOSURE_COMMITMENTS, RP_CLOSURE_OPEN, 0, 1,
		    "'write a tool'" },
	};

	(void)state;
	HOLD(table);
}

#define ASKED "  - {what: question, at: 2026-03-03T12:00Z, id: q1}\n"
#define ANSWERED							\
	"  - {what: answer, at: 2026-03-05T12:00Z, answers: q1}\n"

static void
questions_and_dates(void **state)
{
	static const struct expected table[] = {
		{ READY ACTIONS, RP_CLOSURE_QUESTIONS, RP_CLOSURE_NOT_NEEDED,
		    0, 0, "no question" },
		{ READY ASKED ANSWERED ACTIONS, RP_CLOSURE_QUESTIONS,
		    RP_CLOSURE_DONE, 1, 1, "all are answered" },
		{ READY ASKED ACTIONS, RP_CLOSURE_QUESTIONS, RP_CLOSURE_OPEN,
		    0, 1, "2026-03-03T12:00:00Z (line" },
		{ READY "  - {what: next-update, at: 2026-04-02T10:00Z, "
		    "due: 2026-05-15}\n" ACTIONS, RP_CLOSURE_NEXT_UPDATE,
		    RP_CLOSURE_OPEN, 0, 0, "2026-05-15" },
	};

	(void)state;
	HOLD(table);
}

static void
reports(void **state)
{
	static const struct expected table[] = {
		{ READY ACTIONS, RP_CLOSURE_FIRST_REPORT, RP_CLOSURE_DONE, 0,
		    0, "2026-03-03T10:00:00Z" },
		{ READY ACTIONS, RP_CLOSURE_DELAY_REPORT,
		    RP_CLOSURE_NOT_NEEDED, 0, 0, "no certificate is late" },
		{ HEAD "facts:\n" REVOKED PROVED CLOSURE
		    "  - {what: full-report, at: 2026-03-04T10:00Z}\n"
		    ACTIONS, RP_CLOSURE_FIRST_REPORT, RP_CLOSURE_DONE, 0, 0,
		    "full incident report" },
		{ HEAD "facts:\n" REVOKED PROVED CLOSURE
		    "  - {what: incident-disclosed, at: 2026-03-03T10:00Z}\n"
		    ACTIONS, RP_CLOSURE_FULL_REPORT, RP_CLOSURE_UNDECIDED, 0,
		    0, "no 'full-report'" },
		{ HEAD "facts:\n" REVOKED PROVED CLOSURE
		    "  - {what: incident-disclosed, at: 2026-03-03T10:00Z}\n"
		    "  - {what: not-done, of: full-report, "
		    "at: 2026-04-20}\n" ACTIONS, RP_CLOSURE_FULL_REPORT,
		    RP_CLOSURE_OPEN, 0, 0, "not done by 2026-04-20" },
		/* A second after the deadline; the delay was not disclosed. */
		{ HEAD "facts:\n" PROVED REPORTS CLOSURE
		    "  - {what: revoked, at: 2026-03-07T09:15:01Z}\n"
		    ACTIONS, RP_CLOSURE_DELAY_REPORT, RP_CLOSURE_UNDECIDED, 0,
		    0, "no 'delay-disclosed'" },
		{ HEAD "facts:\n" REVOKED PROVED REPORTS ACTIONS,
		    RP_CLOSURE_REPORT, RP_CLOSURE_OPEN, 0, 0,
		    "no 'closure-report'" },
		{ READY "  - {what: key-destroyed, at: 2026-03-20T10:00Z}\n"
		    ACTIONS, RP_CLOSURE_AUDITOR, RP_CLOSURE_UNDECIDED, 0, 0,
		    "a private key was destroyed" },
		{ READY "  - {what: key-destroyed, at: 2026-03-20T10:00Z}\n"
		    "  - {what: auditor-letter, at: 2026-03-25T10:00Z}\n"
		    ACTIONS, RP_CLOSURE_AUDITOR, RP_CLOSURE_DONE, 0, 0,
		    "2026-03-25" },
		{ READY ACTIONS, RP_CLOSURE_AUDITOR, RP_CLOSURE_NOT_NEEDED, 0,
		    0, "no private key" },
		{ READY ACTIONS, RP_CLOSURE_CCADB, RP_CLOSURE_NOT_NEEDED, 0,
		    0, "no CA certificate" },
	};

	(void)state;
	HOLD(table);
}

#define CA_HEAD								\
	"revplan: 1\n"							\
	"incident: {id: t, certificate: subordinate-ca,\n"		\
	"  reason: not-per-requirements, aware: 2020-07-02T01:00Z}\n"	\
	"duties: [{name: one, certificates: 2}, {name: two, "		\
	"certificates: 3}]\n"						\
	"populations:\n"						\
	"  - {name: a, certificates: 100,\n"				\
	"     path: [{team: {rate: 20/working-day}}]}\n"

/* Each duty has its rows, and before 2025 the list is an expectation. */
static void
duties_of_ca_certificates(void **state)
{
	static const enum rp_closure_state want[] = { RP_CLOSURE_DONE,
		RP_CLOSURE_OPEN, RP_CLOSURE_DONE, RP_CLOSURE_UNDECIDED };
	const struct rp_closure_row *row;
	struct rp_closure *c;
	struct listed l;
	size_t n;

	(void)state;
	c = closure_of(&l, CA_HEAD "facts:\n"
	    "  - {what: revoked, at: 2020-07-05, duty: one}\n"
	    "  - {what: revocation-published, at: 2020-07-05, duty: one}\n"
	    "  - {what: ccadb-record, at: 2020-07-06, duty: one}\n"
	    "  - {what: ccadb-record, at: 2020-07-06, duty: two, "
	    "certificates: 1}\n", "2020-08-01");
	row = rp_closure_rows(c, &n);
	assert_true(n > 4);
	for (size_t i = 0; i < 4; i++) {
		assert_int_equal(row[i].duty, i % 2);
		assert_int_equal(row[i].item, i < 2 ? RP_CLOSURE_REVOKED :
		    RP_CLOSURE_CCADB);
		assert_int_equal(row[i].state, want[i]);
	}
	assert_int_equal(row[3].count, 1);
	assert_int_equal(row[3].of, 3);
	assert_int_equal(row_of(c, RP_CLOSURE_REPORT)->state,
	    RP_CLOSURE_NOT_NEEDED);
	assert_non_null(strstr(row[0].citation, "expectation"));
	rp_closure_free(c);
	listed_close(&l);
}

/* Two duties are late, and the report speaks of one of them. */
static void
a_delay_of_each_duty(void **state)
{
	const struct rp_closure_row *row;
	struct rp_closure *c;
	struct listed l;

	(void)state;
	c = closure_of(&l, CA_HEAD "facts:\n"
	    "  - {what: delay-disclosed, at: 2020-07-10, duty: one}\n",
	    "2020-08-01");
	row = row_of(c, RP_CLOSURE_DELAY_REPORT);
	assert_int_equal(row->state, RP_CLOSURE_UNDECIDED);
	assert_int_equal(row->duty, 1);
	rp_closure_free(c);
	listed_close(&l);
	c = closure_of(&l, CA_HEAD "facts:\n"
	    "  - {what: delay-disclosed, at: 2020-07-10}\n", "2020-08-01");
	row = row_of(c, RP_CLOSURE_DELAY_REPORT);
	assert_int_equal(row->state, RP_CLOSURE_DONE);
	assert_int_equal(row->duty, -1);
	rp_closure_free(c);
	listed_close(&l);
}

/* In time by the CA's clock and late by the reporter's. */
static void
a_delay_that_is_disputed(void **state)
{
	struct rp_closure *c;
	struct listed l;

	(void)state;
	c = closure_of(&l,
	    "revplan: 1\n"
	    "incident: {id: t, certificate: subscriber,\n"
	    "  reason: not-per-requirements, aware: 2026-03-02T09:15Z,\n"
	    "  clocks: [{by: reporter, aware: 2026-03-01T09:15Z}]}\n"
	    "populations:\n"
	    "  - {name: a, certificates: 100,\n"
	    "     path: [{team: {rate: 20/working-day}}]}\n"
	    "facts:\n"
	    "  - {what: revoked, at: 2026-03-06T10:00Z}\n"
	    "  - {what: revocation-published, at: 2026-03-06T11:00Z}\n",
	    "2026-04-30");
	assert_int_equal(row_of(c, RP_CLOSURE_DELAY_REPORT)->state,
	    RP_CLOSURE_UNDECIDED);
	rp_closure_free(c);
	listed_close(&l);
}

static void
memory_may_run_out(void **state)
{
	struct rp_closure *c = NULL;
	struct rp_err err = { 0 };
	struct listed l;
	rp_status st = RP_ENOMEM;
	size_t live;

	(void)state;
	listed_open(&l, READY ASKED ACTIONS, "2026-04-30");
	live = rp_alloc_live();
	for (unsigned long n = 1; st == RP_ENOMEM; n++) {
		assert_true(n < 20);
		rp_alloc_fail_at(n);
		st = rp_closure(l.now, l.findings, l.claims, l.as_of, &c,
		    &err);
		rp_alloc_fail_at(0);
		if (st != RP_OK)
			assert_int_equal(rp_alloc_live(), live);
	}
	assert_int_equal(st, RP_OK);
	rp_closure_free(c);
	assert_int_equal(rp_alloc_live(), live);
	rp_closure_free(NULL);
	listed_close(&l);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(certificates),
		cmocka_unit_test(what_was_promised),
		cmocka_unit_test(questions_and_dates),
		cmocka_unit_test(reports),
		cmocka_unit_test(duties_of_ca_certificates),
		cmocka_unit_test(a_delay_of_each_duty),
		cmocka_unit_test(a_delay_that_is_disputed),
		cmocka_unit_test(memory_may_run_out),
	};

	return !!cmocka_run_group_tests(tests, NULL, NULL);
}
