/*
 * tests/unit/test_claims.c - what was said, and what became of it.
 *
 * Each line of a table is a record, a moment and the row that must come of
 * it.  Days are counted by hand: a date is kept until its last second, so
 * what is done at some time of a day ten days later is 9.0 to 10.0 d late.
 */
#include "base/mem.h"
#include "support/ledger.h"

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

#define DONE_BEFORE(said)						\
	"claims: [{id: x, said: 2026-03-05, about: revocation, "	\
	"duty: a, promise: revoke both, by: 2026-04-10}, {id: y, "	\
	"about: revocation, duty: a, promise: later, by: 2026-04-30, "	\
	"said: " said "}]\n" TWO("2026-04-02")

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
		/*
		 * Done on 2 April: kept, whatever was said on the 3rd.  On
		 * the 2nd itself it may not have been done yet.
		 */
		{ DONE_BEFORE("2026-04-03"), "2026-05-01", "x", NULL,
		    RP_SAID_PROMISE, RP_SAID_KEPT, 0, 0, "had been done" },
		{ DONE_BEFORE("2026-04-03, changes: x"), "2026-05-01", "x",
		    NULL, RP_SAID_PROMISE, RP_SAID_KEPT, 0, 0,
		    "had been done" },
		{ DONE_BEFORE("2026-04-02"), "2026-05-01", "x", NULL,
		    RP_SAID_PROMISE, RP_SAID_SILENTLY_CHANGED, 0, 0, NULL },
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
		{ AGREED("") "updates: [2026-03-18..2026-03-25]\n",
		    "2026-05-01", "x", NULL, RP_SAID_NEXT_UPDATE,
		    RP_SAID_UNDECIDED, 0, 0, NULL },
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
		    "2026-04-10}]\nfacts: [{what: revoked, at: "
		    "2026-04-10}]\n", "2026-05-01", "x", NULL,
		    RP_SAID_REQUEST, RP_SAID_KEPT, 0, 0, NULL },
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
		{ SAYS("fact: revoked, at: 2026-04-10") TWO("2026-04-20"),
		    "2026-05-01", "x", NULL, RP_SAID_STATEMENT,
		    RP_SAID_CONTRADICTED, 0, 0,
		    "9 days apart by the calendar" },
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
		/* Without a number all of the duty is meant, as in a fact. */
		{ SAYS("fact: revoked") TWO("2026-04-20"), "2026-05-01", "x",
		    NULL, RP_SAID_STATEMENT, RP_SAID_AGREES, 0, 0,
		    "as of 2026-04-20" },
		{ SAYS("fact: revoked") "facts: [" ONE "]\n", "2026-05-01",
		    "x", NULL, RP_SAID_STATEMENT, RP_SAID_CONTRADICTED, 0, 0,
		    "Said of all 2 certificates; on record by then is 1" },
		/* Nobody can tell on 25 April of what happened in May. */
		{ SAYS("fact: key-destroyed") "facts: [{what: key-destroyed, "
		    "at: 2026-05-02}]\n", "2026-05-03", "x", NULL,
		    RP_SAID_STATEMENT, RP_SAID_CONTRADICTED, 0, 0,
		    "Said 2026-04-25; on record is 2026-05-02 only, 7 days" },
		{ "claims:\n- {id: p, said: 2026-03-05, promise: both, by: "
		    "2026-05-30, done: 2026-05-02}\n- {id: x, said: "
		    "2026-04-25, kept: p}\n", "2026-06-01", "x", NULL,
		    RP_SAID_STATEMENT, RP_SAID_CONTRADICTED, 0, 0,
		    "done only after that was said, 2026-05-02" },
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
		cmocka_unit_test(test_order),
		cmocka_unit_test(test_memory),
		cmocka_unit_test(test_empty),
	};

	return !!cmocka_run_group_tests(tests, NULL, NULL);
}
