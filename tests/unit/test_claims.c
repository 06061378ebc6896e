/*
 * tests/unit/test_claims.c - what was said, and what became of it.
 *
 * Each line of a table is a record, a moment and the row that must come of
 * it.  Days are counted by hand: a date is kept until its last second, so
 * what is done at some time of a day ten days later is 9.0 to 10.0 d late.
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "base/mem.h"
#include "revplan/claims.h"
#include "support/bound.h"
#include "support/near.h"
#include "support/written.h"

#define COUNT(a) (sizeof(a) / sizeof((a)[0]))
#define TEXT 8192

/* Two duties, of two and of one certificate; 1,000 certificates to replace. */
static const char head[] =
    "revplan: 1\n"
    "incident: {id: t, certificate: subordinate-ca, profile: tls,\n"
    "  reason: not-per-requirements, aware: 2026-03-02, total: 1000}\n"
    "duties:\n"
    "- {name: a, certificates: 2}\n"
    "- {name: b, certificates: 1}\n"
    "populations:\n"
    "- {name: hosts, blocks: a, certificates: 400, subscribers: 1,\n"
    "   starts: 2026-03-02, path: [{wait: {time: 14 d, per: subscriber}},\n"
    "   {team: {rate: 10/working-day}}]}\n"
    "- {name: guess, certificates: {value: 600, basis: assumed},\n"
    "   subscribers: 1, starts: 2026-03-02,\n"
    "   path: [{team: {rate: 10/working-day}}]}\n";

struct ledger {
	struct bound b;
	struct rp_case *view;
	struct rp_claims *l;
};

static void
open_ledger(struct ledger *l, const char *record, const char *as_of,
    enum rp_view view)
{
	struct rp_when at = when(as_of);
	struct rp_err err = { 0 };
	char text[TEXT];

	(void)snprintf(text, sizeof(text), "%s%s", head, record);
	l->b = bind_text(text, ".");
	if (l->b.cs == NULL)
		fail_msg("%s\n%s", record, l->b.faults.n > 0 ?
		    l->b.faults.fault[0].text : "no case");
	if (rp_case_view(l->b.cs, &at, view, &l->view, &err) != RP_OK)
		fail_msg("%s", err.text);
	/* As the program has it: the view knows what lies under it. */
	l->view->under = l->b.cs;
	if (rp_claims(l->view, at, view, &l->l, &err) != RP_OK)
		fail_msg("%s", err.text);
}

static void
close_ledger(struct ledger *l)
{
	rp_claims_free(l->l);
	l->view->under = NULL;
	rp_case_free(l->view);
	bound_release(&l->b);
}

/* The first row of an id whose subject has these words; NULL: any words. */
static const struct rp_said_row *
find(const struct rp_claims *l, const char *id, const char *what)
{
	size_t n;
	const struct rp_said_row *row = rp_claims_rows(l, &n);

	for (size_t i = 0; i < n; i++) {
		if (id != NULL && (row[i].id == NULL ||
		    strcmp(row[i].id, id) != 0))
			continue;
		if (what == NULL || strstr(row[i].what, what) != NULL)
			return &row[i];
	}
	return NULL;
}

static bool
is_fault(enum rp_said_verdict v)
{
	return v == RP_SAID_SLIPPED || v == RP_SAID_OVERDUE ||
	    v == RP_SAID_SILENTLY_CHANGED || v == RP_SAID_CONTRADICTED;
}

/* least and most in days; both 0: not late. */
struct expected {
	const char *record;
	const char *as_of;
	const char *id;			/* NULL: none of its own */
	const char *what;
	enum rp_said_kind kind;
	enum rp_said_verdict verdict;
	double least, most;
	const char *detail;		/* words of it, or NULL */
};

static void
row_is(const struct rp_said_row *r, const struct expected *e)
{
	if (r == NULL)
		fail_msg("no row '%s' of\n%s", e->id != NULL ? e->id :
		    e->what, e->record);
	if (r->kind != e->kind || r->verdict != e->verdict)
		fail_msg("%s %s, not %s %s, of\n%s%s",
		    rp_said_kind_word(r->kind),
		    rp_said_verdict_word(r->verdict),
		    rp_said_kind_word(e->kind),
		    rp_said_verdict_word(e->verdict), e->record,
		    r->detail != NULL ? r->detail : "");
	assert_int_equal(r->finding, e->kind != RP_SAID_REQUEST &&
	    is_fault(e->verdict));
	assert_int_equal(r->has_late, e->most > 0);
	assert_near((double)r->late_least_s / 86400, e->least, 0.001);
	assert_near((double)r->late_most_s / 86400, e->most, 0.001);
	if (e->detail != NULL && (r->detail == NULL ||
	    strstr(r->detail, e->detail) == NULL))
		fail_msg("no '%s' in '%s' of\n%s", e->detail, r->detail !=
		    NULL ? r->detail : "", e->record);
}

static void
run(const struct expected *e, size_t n)
{
	for (size_t i = 0; i < n; i++) {
		struct ledger l;

		open_ledger(&l, e[i].record, e[i].as_of, RP_VIEW_INTERNAL);
		row_is(find(l.l, e[i].id, e[i].what), &e[i]);
		close_ledger(&l);
	}
}

/* ---- promises ----------------------------------------------------------- */

#define BOTH_BY(date)							\
	"claims: [{id: x, said: 2026-03-05, about: revocation, "	\
	"duty: a, promise: revoke both, by: " date "}]\n"
#define ONE "{what: revoked, at: 2026-04-01, duty: a, certificates: 1}"
#define TWO(at) "facts: [" ONE ", {what: revoked, at: " at ", "	\
	"duty: a, certificates: 1}]\n"

static void
test_revocation(void **state)
{
	static const struct expected table[] = {
		{ BOTH_BY("2026-04-10") TWO("2026-04-10"), "2026-05-01", "x",
		    NULL, RP_SAID_PROMISE, RP_SAID_KEPT, 0, 0,
		    "in time for 2026-04-10" },
		{ BOTH_BY("2026-04-10") TWO("2026-04-20"), "2026-05-01", "x",
		    NULL, RP_SAID_PROMISE, RP_SAID_SLIPPED, 9, 10,
		    "10 days by the calendar after 2026-04-10, 9.0 to 10.0 d "
		    "after the end of that day" },
		/* From the last second of the 10th to noon of the 12th. */
		{ BOTH_BY("2026-04-10") TWO("2026-04-12T12:00Z"),
		    "2026-05-01", "x", NULL, RP_SAID_PROMISE,
		    RP_SAID_SLIPPED, 1.5, 1.5, "1.5 d after the end of" },
		{ BOTH_BY("2026-04-10T12:00Z") TWO("2026-04-11T12:00Z"),
		    "2026-05-01", "x", NULL, RP_SAID_PROMISE,
		    RP_SAID_SLIPPED, 1, 1, "1.0 d after 2026-04-10T12:00" },
		{ BOTH_BY("2026-04-10") TWO("2026-04-08..2026-04-15"),
		    "2026-05-01", "x", NULL, RP_SAID_PROMISE,
		    RP_SAID_UNDECIDED, 0, 0, "a closer one is needed" },
		/* Half of the interval is still in time; all of it is not. */
		{ BOTH_BY("2026-04-10") TWO("2026-04-11..2026-04-15"),
		    "2026-05-01", "x", NULL, RP_SAID_PROMISE,
		    RP_SAID_SLIPPED, 0, 4, "0.0 to 4.0 d" },
		{ BOTH_BY("2026-04-10") TWO("2026-04-20"), "2026-04-10", "x",
		    NULL, RP_SAID_PROMISE, RP_SAID_OPEN, 0, 0,
		    "1 of 2 certificates" },
		{ BOTH_BY("2026-04-10") TWO("2026-04-20"), "2026-04-12", "x",
		    NULL, RP_SAID_PROMISE, RP_SAID_OVERDUE, 2, 2,
		    "1 of 2 certificates" },
		/* A part of the duty. */
		{ "claims: [{id: x, said: 2026-03-05, about: revocation, "
		    "duty: a, promise: half, share: 50%, by: 2026-04-01}]\n"
		    TWO("2026-04-20"), "2026-05-01", "x", NULL,
		    RP_SAID_PROMISE, RP_SAID_KEPT, 0, 0, NULL },
		/* All duties, of which one is not done. */
		{ "claims: [{id: x, said: 2026-03-05, about: revocation, "
		    "promise: all, by: 2026-04-20}]\n" TWO("2026-04-20"),
		    "2026-04-21", "x", NULL, RP_SAID_PROMISE,
		    RP_SAID_OVERDUE, 1, 1, "Not all of duty 'b'" },
		{ "claims: [{id: x, said: 2026-03-05, about: "
		    "key-destruction, promise: all keys, by: 2026-04-20}]\n"
		    "facts: [{what: key-destroyed, at: 2026-04-19}]\n",
		    "2026-05-01", "x", NULL, RP_SAID_PROMISE, RP_SAID_KEPT,
		    0, 0, NULL },
	};

	(void)state;
	run(table, COUNT(table));
}

#define HALF_BY(date)							\
	"claims: [{id: x, said: 2026-03-05, about: replacement, "	\
	"promise: half, share: 50%, by: " date "}]\n"
#define SEEN "actuals: [{as_of: 2026-03-31, replaced: 40%}, "		\
	"{as_of: 2026-04-30, replaced: 60%}]\n"
#define HOSTS_BY(date)							\
	"claims: [{id: x, said: 2026-03-05, about: replacement, "	\
	"population: hosts, promise: all of them, by: " date "}]\n"

static void
test_replacement(void **state)
{
	static const struct expected table[] = {
		{ HALF_BY("2026-04-30") SEEN, "2026-05-01", "x", NULL,
		    RP_SAID_PROMISE, RP_SAID_KEPT, 0, 0,
		    "below in the actual of 2026-03-31" },
		/* At the end of March it was not; in April it was reached. */
		{ HALF_BY("2026-03-31") SEEN, "2026-05-01", "x", NULL,
		    RP_SAID_PROMISE, RP_SAID_SLIPPED, 0, 30,
		    "0.0 to 30.0 d" },
		{ HALF_BY("2026-04-15") SEEN, "2026-05-01", "x", NULL,
		    RP_SAID_PROMISE, RP_SAID_UNDECIDED, 0, 0, NULL },
		/* At least 40 % may have been half already. */
		{ HALF_BY("2026-03-31") "actuals: [{as_of: 2026-03-31, "
		    "replaced: 40%, bound: at-least}, {as_of: 2026-04-30, "
		    "replaced: 60%}]\n", "2026-05-01", "x", NULL,
		    RP_SAID_PROMISE, RP_SAID_UNDECIDED, 0, 0, NULL },
		/* At most 60 % need not be half. */
		{ HALF_BY("2026-04-30") "actuals: [{as_of: 2026-04-30, "
		    "replaced: 60%, bound: at-most}]\n", "2026-05-02", "x",
		    NULL, RP_SAID_PROMISE, RP_SAID_UNDECIDED, 0, 0, NULL },
		/* 500 of 1,000, and 500 of the 1,100 that were counted. */
		{ HALF_BY("2026-04-30") "actuals: [{as_of: 2026-04-30, "
		    "replaced: 500}]\n", "2026-05-01", "x", NULL,
		    RP_SAID_PROMISE, RP_SAID_KEPT, 0, 0, NULL },
		{ HALF_BY("2026-04-30") "actuals: [{as_of: 2026-04-30, "
		    "replaced: 500, of: 1100}]\n", "2026-05-01", "x", NULL,
		    RP_SAID_PROMISE, RP_SAID_OVERDUE, 1, 1, NULL },
		/* Looked at before the date only: nobody knows. */
		{ HALF_BY("2026-04-15") "actuals: [{as_of: 2026-03-31, "
		    "replaced: 40%}]\n", "2026-05-01", "x", NULL,
		    RP_SAID_PROMISE, RP_SAID_UNDECIDED, 0, 0,
		    "an observation after that date is needed" },
		{ HALF_BY("2026-04-15") SEEN, "2026-04-15", "x", NULL,
		    RP_SAID_PROMISE, RP_SAID_OPEN, 0, 0, NULL },
		/* Duty a waits for the hosts, so they were done before. */
		{ HOSTS_BY("2026-04-30") TWO("2026-04-20"), "2026-05-01",
		    "x", NULL, RP_SAID_PROMISE, RP_SAID_KEPT, 0, 0,
		    "an inference" },
		{ HOSTS_BY("2026-04-30") "actuals: [{as_of: 2026-04-30, "
		    "population: hosts, replaced: 399}]\n", "2026-05-03",
		    "x", NULL, RP_SAID_PROMISE, RP_SAID_OVERDUE, 3, 3,
		    "is below it" },
	};

	(void)state;
	run(table, COUNT(table));
}

#define OTHER(more)							\
	"claims: [{id: x, said: 2026-03-05, promise: tell, "		\
	"by: 2026-04-10" more "}]\n"
#define POST_BY(more)							\
	"claims: [{id: x, said: 2026-03-05, about: next-update, "	\
	"promise: next, by: 2026-03-10}]\nupdates: [2026-03-05" more "]\n"

static void
test_others(void **state)
{
	static const struct expected table[] = {
		{ OTHER(", done: 2026-04-09, evidence: a letter"),
		    "2026-05-01", "x", NULL, RP_SAID_PROMISE, RP_SAID_KEPT,
		    0, 0, "Evidence: a letter." },
		{ OTHER(", done: 2026-04-11"), "2026-05-01", "x", NULL,
		    RP_SAID_PROMISE, RP_SAID_SLIPPED, 0, 1, NULL },
		/* Not known yet on the day before. */
		{ OTHER(", done: 2026-04-12"), "2026-04-11", "x", NULL,
		    RP_SAID_PROMISE, RP_SAID_OVERDUE, 1, 1, NULL },
		{ OTHER(", withdrawn: 2026-04-01"), "2026-05-01", "x", NULL,
		    RP_SAID_PROMISE, RP_SAID_WITHDRAWN, 0, 0,
		    "Taken back 2026-04-01" },
		{ OTHER(", withdrawn: 2026-04-20"), "2026-04-20", "x", NULL,
		    RP_SAID_PROMISE, RP_SAID_OVERDUE, 10, 10,
		    "already been due" },
		{ "claims: [{id: x, said: 2026-03-05, promise: soon}]\n",
		    "2026-05-01", "x", NULL, RP_SAID_PROMISE,
		    RP_SAID_UNDECIDED, 0, 0, "No date was given" },
		/* The post that promises is not the one that is promised. */
		{ POST_BY(", 2026-03-09"), "2026-05-01", "x", NULL,
		    RP_SAID_NEXT_UPDATE, RP_SAID_KEPT, 0, 0, NULL },
		{ POST_BY(", 2026-03-12"), "2026-05-01", "x", NULL,
		    RP_SAID_NEXT_UPDATE, RP_SAID_SLIPPED, 1, 2, NULL },
		{ POST_BY(""), "2026-03-13", "x", NULL, RP_SAID_NEXT_UPDATE,
		    RP_SAID_OVERDUE, 3, 3, NULL },
		{ POST_BY(""), "2026-03-10", "x", NULL, RP_SAID_NEXT_UPDATE,
		    RP_SAID_OPEN, 0, 0, NULL },
	};

	(void)state;
	run(table, COUNT(table));
}

/* The first promise is 10 April; the second is `later`. */
#define VERSIONS(later)							\
	"claims:\n- {id: x, said: 2026-03-05, about: revocation, "	\
	"duty: a, promise: both, by: 2026-04-10}\n- {id: y, said: "	\
	later ", about: revocation, duty: a, promise: both}\n"		\
	TWO("2026-04-20")

static void
test_versions(void **state)
{
	static const struct expected table[] = {
		{ VERSIONS("2026-04-01, changes: x, by: 2026-04-30"),
		    "2026-05-01", "x", NULL, RP_SAID_PROMISE,
		    RP_SAID_CHANGED, 9, 10, "openly" },
		{ VERSIONS("2026-04-01, changes: x, by: 2026-04-30"),
		    "2026-05-01", "y", NULL, RP_SAID_PROMISE, RP_SAID_KEPT,
		    0, 0, NULL },
		{ VERSIONS("2026-04-01, by: 2026-04-30"), "2026-05-01", "x",
		    NULL, RP_SAID_PROMISE, RP_SAID_SILENTLY_CHANGED, 9, 10,
		    "nothing said that it replaces" },
		/* An improvement is no fault, and may itself slip. */
		{ VERSIONS("2026-04-01, by: 2026-04-05"), "2026-05-01", "x",
		    NULL, RP_SAID_PROMISE, RP_SAID_CHANGED, 9, 10,
		    "An earlier date" },
		{ VERSIONS("2026-04-01, by: 2026-04-05"), "2026-05-01", "y",
		    NULL, RP_SAID_PROMISE, RP_SAID_SLIPPED, 14, 15, NULL },
		/* Said after the date had passed: it was missed. */
		{ VERSIONS("2026-04-12, changes: x, by: 2026-04-30"),
		    "2026-05-01", "x", NULL, RP_SAID_PROMISE,
		    RP_SAID_SLIPPED, 9, 10, "already passed" },
		/* The same date again is no other version. */
		{ VERSIONS("2026-04-01, by: 2026-04-10"), "2026-05-01", "x",
		    NULL, RP_SAID_PROMISE, RP_SAID_SLIPPED, 9, 10, NULL },
		/* Not known before it was said. */
		{ VERSIONS("2026-04-01, by: 2026-04-30"), "2026-03-31", "x",
		    NULL, RP_SAID_PROMISE, RP_SAID_OPEN, 0, 0, NULL },
	};

	(void)state;
	run(table, COUNT(table));
}

/* ---- commitments, posts and requests ------------------------------------ */

#define COMMITTED(more)							\
	"commitments: [{id: x, what: test, due: 2026-04-10" more "}]\n"
#define AGREED(more) "facts: [{id: x, what: next-update, "		\
	"at: 2026-03-05, due: 2026-03-20}" more "]\n"

static void
test_record(void **state)
{
	static const struct expected table[] = {
		{ COMMITTED(", done: 2026-04-10"), "2026-05-01", "x", NULL,
		    RP_SAID_COMMITMENT, RP_SAID_KEPT, 0, 0,
		    "No evidence is on record" },
		{ COMMITTED(", done: 2026-04-20"), "2026-05-01", "x", NULL,
		    RP_SAID_COMMITMENT, RP_SAID_SLIPPED, 9, 10, NULL },
		{ COMMITTED(", evidence: minutes"), "2026-04-10", "x", NULL,
		    RP_SAID_COMMITMENT, RP_SAID_OPEN, 0, 0,
		    "is to be: minutes" },
		{ COMMITTED(""), "2026-04-20", "x", NULL,
		    RP_SAID_COMMITMENT, RP_SAID_OVERDUE, 10, 10, NULL },
		{ COMMITTED(", done: 2026-04-09..2026-04-12"), "2026-05-01",
		    "x", NULL, RP_SAID_COMMITMENT, RP_SAID_UNDECIDED, 0, 0,
		    NULL },
		{ AGREED("") "updates: [2026-03-05, 2026-03-21]\n",
		    "2026-05-01", "x", NULL, RP_SAID_NEXT_UPDATE,
		    RP_SAID_SLIPPED, 0, 1, "1 day by the calendar" },
		{ AGREED("") "updates: [2026-03-20]\n", "2026-05-01", "x",
		    NULL, RP_SAID_NEXT_UPDATE, RP_SAID_KEPT, 0, 0, NULL },
		{ AGREED(""), "2026-03-20", "x", NULL, RP_SAID_NEXT_UPDATE,
		    RP_SAID_OPEN, 0, 0, NULL },
		{ AGREED(""), "2026-03-21", "x", NULL, RP_SAID_NEXT_UPDATE,
		    RP_SAID_OVERDUE, 1, 1, NULL },
		{ AGREED(", {what: next-update, at: 2026-03-18, due: "
		    "2026-04-20}"), "2026-05-01", "x", NULL,
		    RP_SAID_NEXT_UPDATE, RP_SAID_CHANGED, 0, 0,
		    "moved to 2026-04-20" },
		{ AGREED(", {what: closed, at: 2026-03-15}"), "2026-05-01",
		    "x", NULL, RP_SAID_NEXT_UPDATE, RP_SAID_KEPT, 0, 0,
		    "closed 2026-03-15" },
		/* Late, and no finding: nobody promised it. */
		{ "requests: [{id: x, asked: 2026-03-05, finish-by: "
		    "2026-04-10}]\nfacts: [{what: revoked, at: "
		    "2026-04-20}]\n", "2026-05-01", "x", NULL,
		    RP_SAID_REQUEST, RP_SAID_SLIPPED, 9, 10, NULL },
		{ "requests: [{id: x, asked: 2026-03-05, finish-by: "
		    "2026-04-10}]\n", "2026-04-12", "x", NULL,
		    RP_SAID_REQUEST, RP_SAID_OVERDUE, 2, 2, NULL },
	};

	(void)state;
	run(table, COUNT(table));
}

/* ---- statements --------------------------------------------------------- */

#define SAYS(what)							\
	"claims: [{id: x, said: 2026-04-25, duty: a, " what "}]\n"
#define KEPT "claims:\n- {id: p, said: 2026-03-05, about: revocation, "	\
	"duty: a, promise: both, by: 2026-04-10}\n"			\
	"- {id: x, said: 2026-04-25, kept: p}\n"

static void
test_statements(void **state)
{
	static const struct expected table[] = {
		{ SAYS("fact: revoked, at: 2026-04-20") TWO("2026-04-20"),
		    "2026-05-01", "x", NULL, RP_SAID_STATEMENT,
		    RP_SAID_AGREES, 0, 0, NULL },
		/* From the end of 1 April to the 10th: 8 days and a second. */
		{ SAYS("fact: revoked, at: 2026-04-10") TWO("2026-04-20"),
		    "2026-05-01", "x", NULL, RP_SAID_STATEMENT,
		    RP_SAID_CONTRADICTED, 0, 0, "at least 8.0 d apart" },
		{ SAYS("fact: revoked, certificates: 2") TWO("2026-04-20"),
		    "2026-05-01", "x", NULL, RP_SAID_STATEMENT,
		    RP_SAID_AGREES, 0, 0, NULL },
		{ SAYS("fact: revoked, certificates: 3") TWO("2026-04-20"),
		    "2026-05-01", "x", NULL, RP_SAID_STATEMENT,
		    RP_SAID_CONTRADICTED, 0, 0, "on record by then are 2" },
		/* One fact of two: the second one, alone. */
		{ SAYS("fact: revoked, at: 2026-04-20, certificates: 1")
		    TWO("2026-04-20"), "2026-05-01", "x", NULL,
		    RP_SAID_STATEMENT, RP_SAID_AGREES, 0, 0, NULL },
		{ SAYS("fact: key-destroyed") TWO("2026-04-20"),
		    "2026-05-01", "x", NULL, RP_SAID_STATEMENT,
		    RP_SAID_UNDECIDED, 0, 0, "No such fact" },
		{ SAYS("fact: revoked, at: 2026-04-10, withdrawn: "
		    "2026-04-28") TWO("2026-04-20"), "2026-05-01", "x", NULL,
		    RP_SAID_STATEMENT, RP_SAID_WITHDRAWN, 0, 0, NULL },
		{ KEPT TWO("2026-04-09"), "2026-05-01", "x", NULL,
		    RP_SAID_STATEMENT, RP_SAID_AGREES, 0, 0, "was kept" },
		{ KEPT TWO("2026-04-20"), "2026-05-01", "x", NULL,
		    RP_SAID_STATEMENT, RP_SAID_CONTRADICTED, 0, 0,
		    "done late: 10 days by the calendar" },
		{ KEPT, "2026-05-01", "x", NULL, RP_SAID_STATEMENT,
		    RP_SAID_CONTRADICTED, 0, 0, "not done at all" },
		{ KEPT TWO("2026-04-09..2026-04-12"), "2026-05-01", "x",
		    NULL, RP_SAID_STATEMENT, RP_SAID_UNDECIDED, 0, 0,
		    "cannot be decided" },
	};

	(void)state;
	run(table, COUNT(table));
}

/* ---- figures ------------------------------------------------------------ */

static void
test_figures(void **state)
{
	static const struct expected table[] = {
		{ "actuals: [{as_of: 2026-03-31, replaced: 400}, {id: x, "
		    "as_of: 2026-04-30, replaced: 399}]\n", "2026-05-01",
		    "x", NULL, RP_SAID_FIGURE, RP_SAID_CONTRADICTED, 0, 0,
		    "does not come undone" },
		/* The base grew in between: 40 % of 1,000 are 40 of 100. */
		{ "facts: [{what: scope, at: 2026-04-10, certificates: "
		    "2000}]\nactuals: [{as_of: 2026-03-31, replaced: 40%}, "
		    "{id: x, as_of: 2026-04-30, replaced: 25%}]\n",
		    "2026-05-01", NULL, "2 figures", RP_SAID_FIGURE,
		    RP_SAID_AGREES, 0, 0, NULL },
		{ "actuals: [{id: x, as_of: 2026-03-31, revoked: 400, "
		    "expired: 10, remaining: 580}]\n", "2026-05-01", "x",
		    "remaining", RP_SAID_FIGURE, RP_SAID_CONTRADICTED, 0, 0,
		    "400 revoked + 10 expired + 580 remaining do not make "
		    "the base of 1000" },
		{ "actuals: [{id: x, as_of: 2026-03-31, revoked: 400, "
		    "expired: 10, remaining: 580, of: 990}]\n", "2026-05-01",
		    NULL, "3 figures", RP_SAID_FIGURE, RP_SAID_AGREES, 0, 0,
		    NULL },
		{ "actuals: [{id: x, as_of: 2026-03-31, revoked: 40%, "
		    "expired: 1%, remaining: 58%}]\n", "2026-05-01", NULL,
		    "3 figures", RP_SAID_FIGURE, RP_SAID_AGREES, 0, 0, NULL },
		{ "actuals: [{id: x, as_of: 2026-03-31, revoked: 40%, "
		    "expired: 1%, remaining: 50%}]\n", "2026-05-01", "x",
		    NULL, RP_SAID_FIGURE, RP_SAID_CONTRADICTED, 0, 0,
		    "do not make 100%" },
		{ "actuals: [{id: x, as_of: 2026-03-31, revoked: 400, "
		    "expired: 10, gone: 420}]\n", "2026-05-01", "x",
		    "revoked or expired", RP_SAID_FIGURE,
		    RP_SAID_CONTRADICTED, 0, 0, "do not make that" },
		{ "actuals: [{as_of: 2026-03-31, population: hosts, "
		    "replaced: 100}, {as_of: 2026-03-31, population: guess, "
		    "replaced: 200}, {id: x, as_of: 2026-03-31, replaced: "
		    "310}]\n", "2026-05-01", "x", NULL, RP_SAID_FIGURE,
		    RP_SAID_CONTRADICTED, 0, 0, "add up to 300" },
		/* Openly: the old figure is listed with the new one. */
		{ "actuals: [{id: x, as_of: 2026-03-31, replaced: 36.1%}, "
		    "{id: y, replaces: x, as_of: 2026-03-31, published: "
		    "2026-04-15, replaced: 35.9%, note: counted twice}]\n",
		    "2026-05-01", "x", NULL, RP_SAID_FIGURE,
		    RP_SAID_CHANGED, 0, 0, "Restated as 35.9%, published "
		    "2026-04-15: counted twice." },
		{ "actuals: [{id: x, as_of: 2026-03-31, replaced: 36.1%}, "
		    "{replaces: x, as_of: 2026-03-31, replaced: 35.9%}]\n",
		    "2026-05-01", "x", NULL, RP_SAID_FIGURE,
		    RP_SAID_SILENTLY_CHANGED, 0, 0, "says why" },
		/* 36 % is 35.5 to 36.5: no other figure, only a rounder one. */
		{ "actuals: [{id: x, as_of: 2026-03-31, replaced: 36.1%}, "
		    "{replaces: x, as_of: 2026-03-31, replaced: 36%}]\n",
		    "2026-05-01", "x", NULL, RP_SAID_FIGURE,
		    RP_SAID_CHANGED, 0, 0, NULL },
		{ "actuals: [{id: x, as_of: 2026-03-31, replaced: 36.1%}, "
		    "{replaces: x, retracted: of another incident}]\n",
		    "2026-05-01", "x", NULL, RP_SAID_FIGURE,
		    RP_SAID_WITHDRAWN, 0, 0, "of another incident" },
	};

	(void)state;
	run(table, COUNT(table));
}

/*
 * The reader of files refuses two figures of one time without a correction,
 * but a case may come from elsewhere.
 */
static const struct {
	const char *first, *second;
	enum rp_said_verdict verdict;
} pairs[] = {
	{ "36.1%", "36.3%", RP_SAID_CONTRADICTED },
	{ "36.1%", "36%", RP_SAID_AGREES },
	{ "36.1%", "400", RP_SAID_CONTRADICTED },
	{ "36.1%", "361", RP_SAID_AGREES },
	{ "30%, bound: at-least", "36%", RP_SAID_AGREES },
	{ "30%, bound: at-most", "36%", RP_SAID_CONTRADICTED },
};

static void
test_pairs(void **state)
{
	(void)state;
	for (size_t i = 0; i < COUNT(pairs); i++) {
		struct rp_actual two[2];
		struct rp_claims *again = NULL;
		struct rp_err err = { 0 };
		struct ledger l;
		char text[256];

		(void)snprintf(text, sizeof(text), "actuals: [{as_of: "
		    "2026-03-31, replaced: %s}, {id: x, as_of: 2026-04-01, "
		    "replaced: %s}]\n", pairs[i].first, pairs[i].second);
		open_ledger(&l, text, "2026-05-01", RP_VIEW_INTERNAL);
		memcpy(two, l.view->actual, sizeof(two));
		two[1].as_of = two[0].as_of;
		l.view->actual = two;
		assert_int_equal(rp_claims(l.view, when("2026-05-01"),
		    RP_VIEW_INTERNAL, &again, &err), RP_OK);
		if (pairs[i].verdict == RP_SAID_AGREES)
			assert_null(find(again, "x", NULL));
		else
			assert_int_equal(find(again, "x", NULL)->verdict,
			    pairs[i].verdict);
		rp_claims_free(again);
		close_ledger(&l);
	}
}

/* What the public reads before the correction is out is not corrected. */
static void
test_restated_in_public(void **state)
{
	const char *record = "actuals: [{id: x, as_of: 2026-03-31, "
	    "published: 2026-04-02, replaced: 36.1%}, {replaces: x, as_of: "
	    "2026-03-31, published: 2026-04-15, replaced: 35.9%}]\n";
	struct ledger l;

	(void)state;
	open_ledger(&l, record, "2026-04-10", RP_VIEW_PUBLIC);
	assert_null(find(l.l, "x", NULL));
	assert_non_null(find(l.l, NULL, "1 figure, as of 2026-03-31"));
	close_ledger(&l);
	open_ledger(&l, record, "2026-04-10", RP_VIEW_INTERNAL);
	assert_int_equal(find(l.l, "x", NULL)->verdict,
	    RP_SAID_SILENTLY_CHANGED);
	close_ledger(&l);
	open_ledger(&l, record, "2026-04-15", RP_VIEW_PUBLIC);
	assert_int_equal(find(l.l, "x", NULL)->verdict,
	    RP_SAID_SILENTLY_CHANGED);
	close_ledger(&l);
}

/* ---- capacity ----------------------------------------------------------- */

#define PACE(who, rate) "claims:\n- {id: x, said: 2026-03-05, "		\
	"population: " who ", rate: " rate "}\n"
#define ALL_BY(who, date) "- {id: p, said: 2026-03-05, about: "		\
	"replacement, population: " who ", promise: all, by: " date "}\n"

static void
test_capacity(void **state)
{
	static const struct expected table[] = {
		/* 100 a month for 4 months are 400, which is what there is. */
		{ PACE("hosts", "100/month, duration: 4 months"),
		    "2026-05-01", "x", "duration", RP_SAID_CAPACITY,
		    RP_SAID_AGREES, 0, 0, "make 400; the number to do is "
		    "400" },
		{ PACE("hosts", "100/month, duration: 6 months"),
		    "2026-05-01", "x", "duration", RP_SAID_CAPACITY,
		    RP_SAID_CONTRADICTED, 0, 0, NULL },
		{ PACE("hosts", "100/month, duration: {at-most: 6 months}"),
		    "2026-05-01", "x", "duration", RP_SAID_CAPACITY,
		    RP_SAID_AGREES, 0, 0, NULL },
		{ PACE("hosts", "100/month, duration: {at-least: 6 months}"),
		    "2026-05-01", "x", "duration", RP_SAID_CAPACITY,
		    RP_SAID_CONTRADICTED, 0, 0, NULL },
		{ PACE("guess", "100/month, duration: 4 months"),
		    "2026-05-01", "x", "duration", RP_SAID_CAPACITY,
		    RP_SAID_UNDECIDED, 0, 0, "assumed" },
		/* 10 working days from Monday 2 March: 100 of 10 a day. */
		{ PACE("hosts", "10/working-day, duration: 14 d"),
		    "2026-05-01", "x", "duration", RP_SAID_CAPACITY,
		    RP_SAID_CONTRADICTED, 0, 0, "make 100;" },
		/* April 2026 to March 2027 have 20 (Feb) to 23 days. */
		{ PACE("hosts", "100/working-day") "- {id: y, said: "
		    "2026-03-05, population: hosts, rate: 2000/month}\n",
		    "2026-05-01", "y", "against 100 a working day",
		    RP_SAID_CAPACITY, RP_SAID_AGREES, 0, 0,
		    "times the 20 to 23 working days of a month, 2000 to "
		    "2300 a month" },
		{ PACE("hosts", "100/working-day") "- {id: y, said: "
		    "2026-03-05, population: hosts, rate: 1500/month}\n",
		    "2026-05-01", "y", "against 100 a working day",
		    RP_SAID_CAPACITY, RP_SAID_CONTRADICTED, 0, 0, NULL },
		/* 40 working days are 8 weeks: Friday 24 April; after a wait
		 * of 14 d, Friday 8 May. */
		{ PACE("hosts", "10/working-day") ALL_BY("hosts",
		    "2026-05-10"), "2026-05-01", "x", "promised",
		    RP_SAID_CAPACITY, RP_SAID_AGREES, 0, 0,
		    "take 40 working days from 2026-03-02, that is until "
		    "2026-04-25; after waits of 14 d in the mean, until "
		    "2026-05-09" },
		{ PACE("hosts", "10/working-day") ALL_BY("hosts",
		    "2026-04-20"), "2026-05-01", "x", "promised",
		    RP_SAID_CAPACITY, RP_SAID_CONTRADICTED, 0, 0,
		    "4 d after the date" },
		{ PACE("hosts", "10/working-day") ALL_BY("hosts",
		    "2026-12-31"), "2026-05-01", "x", "promised",
		    RP_SAID_CAPACITY, RP_SAID_UNDECIDED, 0, 0,
		    "nothing stated says what they are for" },
		{ PACE("hosts", "10/working-day") ALL_BY("hosts",
		    "2026-04-26"), "2026-05-01", "x", "promised",
		    RP_SAID_CAPACITY, RP_SAID_UNDECIDED, 0, 0,
		    "with the waits it is missed" },
		{ PACE("guess", "10/working-day") ALL_BY("guess",
		    "2026-04-20"), "2026-05-01", "x", "promised",
		    RP_SAID_CAPACITY, RP_SAID_UNDECIDED, 0, 0,
		    "the number is assumed" },
		{ PACE("hosts", "{triangular: [5/working-day, "
		    "10/working-day, 15/working-day]}") ALL_BY("hosts",
		    "2026-05-10"), "2026-05-01", "x", "promised",
		    RP_SAID_CAPACITY, RP_SAID_AGREES, 0, 0,
		    "this is its mean" },
		/* 22, 22 and 21 working days of 500, 100 and 400. */
		{ "plans: [{published: 2026-03-03, milestones: {2026-03-31: "
		    "50%, 2026-04-30: 60%, 2026-05-31: 100%}}]\n"
		    "claims: [{id: x, said: 2026-03-05, rate: "
		    "20/working-day}]\n", "2026-05-01", "x", "the plan",
		    RP_SAID_CAPACITY, RP_SAID_CONTRADICTED, 0, 0,
		    "2026-03-31: 500 / 22 = 23, 2026-04-30: 100 / 22 = 5, "
		    "2026-05-31: 400 / 21 = 19" },
		{ "plans: [{published: 2026-03-03, milestones: {2026-03-31: "
		    "50%, 2026-04-30: 60%, 2026-05-31: 100%}}]\n"
		    PACE("hosts", "20/working-day"), "2026-05-01", "x",
		    "the plan", RP_SAID_CAPACITY, RP_SAID_UNDECIDED, 0, 0,
		    "400 of 1000" },
		{ "plans: [{published: 2026-03-03, milestones: {2026-03-31: "
		    "33%, 2026-04-30: 67%, 2026-05-31: 100%}}]\n"
		    PACE("hosts", "20/working-day"), "2026-05-01", "x",
		    "the plan", RP_SAID_CAPACITY, RP_SAID_AGREES, 0, 0,
		    NULL },
	};

	(void)state;
	run(table, COUNT(table));
}

/* ---- the whole ---------------------------------------------------------- */

static const char everything[] =
    "claims:\n"
    "- {id: x, said: 2026-03-05, about: revocation, duty: a, promise: both,\n"
    "   by: 2026-04-10}\n"
    "- {id: y, said: 2026-03-04, population: hosts, rate: 10/working-day}\n"
    "- {id: z, said: 2026-04-21, kept: x}\n"
    TWO("2026-04-20")
    "commitments: [{what: first of all, said: 2026-03-01, due: "
    "2026-04-01}, {what: who knows when, due: 2026-04-01}]\n"
    "requests: [{asked: 2026-03-03, finish-by: 2026-04-01}]\n"
    "actuals: [{as_of: 2026-03-31, replaced: 400}, {as_of: 2026-04-30, "
    "replaced: 399}]\nupdates: [2026-03-05]\n"
    "plans: [{published: 2026-03-03, milestones: {2026-03-31: 50%, "
    "2026-04-30: 60%}}]\n";

static void
test_order(void **state)
{
	const struct rp_said_row *row;
	struct ledger l;
	size_t n, found = 0;

	(void)state;
	open_ledger(&l, everything, "2026-05-01", RP_VIEW_INTERNAL);
	row = rp_claims_rows(l.l, &n);
	assert_int_equal(n, 7);
	assert_string_equal(row[0].what, "first of all");
	assert_string_equal(row[n - 1].what, "who knows when");
	for (size_t i = 0; i < n; i++) {
		found += row[i].finding;
		if (i > 0 && row[i].has_said)
			assert_true(rp_instant_cmp(row[i - 1].said.from,
			    row[i].said.from) <= 0);
	}
	assert_int_equal(found, rp_claims_findings(l.l));
	assert_true(found >= 4);
	close_ledger(&l);
}

/* Nothing is lost when memory runs out, wherever it does. */
static void
test_memory(void **state)
{
	struct rp_claims *l = NULL;
	struct rp_err err = { 0 };
	struct ledger whole;
	size_t live;
	rp_status rc = RP_ENOMEM;

	(void)state;
	open_ledger(&whole, everything, "2026-05-01", RP_VIEW_INTERNAL);
	live = rp_alloc_live();
	for (unsigned long n = 1; rc != RP_OK && n < 1000; n++) {
		rp_alloc_fail_at(n);
		rc = rp_claims(whole.view, when("2026-05-01"),
		    RP_VIEW_INTERNAL, &l, &err);
		rp_alloc_fail_at(0);
		if (rc == RP_OK)
			break;
		assert_int_equal(rc, RP_ENOMEM);
		assert_null(l);
		assert_int_equal(rp_alloc_live(), live);
	}
	assert_int_equal(rc, RP_OK);
	rp_claims_free(l);
	close_ledger(&whole);
	rp_claims_free(NULL);
}

/* A case without anything to judge has an empty ledger. */
static void
test_empty(void **state)
{
	struct ledger l;
	size_t n;

	(void)state;
	open_ledger(&l, "", "2026-05-01", RP_VIEW_INTERNAL);
	(void)rp_claims_rows(l.l, &n);
	assert_int_equal(n, 0);
	assert_int_equal(rp_claims_findings(l.l), 0);
	close_ledger(&l);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_revocation),
		cmocka_unit_test(test_replacement),
		cmocka_unit_test(test_others),
		cmocka_unit_test(test_versions),
		cmocka_unit_test(test_record),
		cmocka_unit_test(test_statements),
		cmocka_unit_test(test_figures),
		cmocka_unit_test(test_pairs),
		cmocka_unit_test(test_restated_in_public),
		cmocka_unit_test(test_capacity),
		cmocka_unit_test(test_order),
		cmocka_unit_test(test_memory),
		cmocka_unit_test(test_empty),
	};

	return !!cmocka_run_group_tests(tests, NULL, NULL);
}
