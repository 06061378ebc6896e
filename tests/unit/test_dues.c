/*
 * test_dues.c - what is still to be done, and by when.
 *
 * Dates were worked out by hand from the limits that the rules name: 5 d from
 * awareness, 7 d between posts, 14 d from the disclosure.
 */
#include "base/mem.h"
#include "listed.h"
#include "revplan/dues.h"

static struct rp_dues *
dues_of(struct listed *l, const char *text, const char *as_of)
{
	struct rp_dues *d = NULL;
	struct rp_err err = { 0 };

	listed_open(l, text, as_of);
	if (rp_dues(l->now, l->findings, l->claims, l->as_of, &d, &err) !=
	    RP_OK)
		fail_msg("%s", err.text);
	return d;
}

/* The only due of an id; NULL: there is none. */
static const struct rp_due *
due_of(const struct rp_dues *d, const char *id)
{
	const struct rp_due *row, *found = NULL;
	size_t n;

	row = rp_dues_rows(d, &n);
	for (size_t i = 0; i < n; i++)
		if (strcmp(row[i].id, id) == 0) {
			if (found != NULL)
				fail_msg("two dues '%s'", id);
			found = &row[i];
		}
	return found;
}

static void
must_be(const struct rp_dues *d, const char *id, enum rp_due_state state,
    const char *last)
{
	const struct rp_due *due = due_of(d, id);

	if (due == NULL)
		fail_msg("no due '%s'", id);
	if (due->state != state)
		fail_msg("'%s' is %s, not %s", id,
		    rp_due_state_word(due->state), rp_due_state_word(state));
	assert_true(due->has_at);
	assert_int_equal(rp_instant_s(rp_when_last(due->at)),
	    rp_instant_s(rp_when_last(when(last))));
}

#define STORY HEAD							\
	"facts:\n"							\
	"  - {what: incident-disclosed, at: 2026-03-03T10:00Z}\n"	\
	"  - {what: question, at: 2026-03-03T12:00Z, id: q1}\n"	\
	"  - {what: revoked, at: 2026-03-09T10:00Z, certificates: 40}\n" \
	"updates: [2026-03-03T10:00Z]\n"				\
	"commitments:\n"						\
	"  - {what: new linter, due: 2026-03-20, kind: prevent}\n"	\
	"  - {what: never, due: 2026-03-20, cancelled: 2026-03-05,\n"	\
	"     evidence: not needed}\n"					\
	"  - {what: done, due: 2026-03-20, done: 2026-03-05}\n"

static void
before_the_deadline(void **state)
{
	struct listed l;
	struct rp_dues *d = dues_of(&l, STORY, "2026-03-06T00:00Z");
	const struct rp_due *row;
	size_t n;

	(void)state;
	must_be(d, "BR-REV-T2-v201", RP_DUE_AHEAD, "2026-03-07T09:15Z");
	must_be(d, "BR-REV-T2-v201/published", RP_DUE_AHEAD,
	    "2026-03-07T09:15Z");
	assert_false(rp_due_is_published(due_of(d, "BR-REV-T2-v201")));
	assert_true(rp_due_is_published(due_of(d,
	    "BR-REV-T2-v201/published")));
	must_be(d, "IRG30-FULL-14D", RP_DUE_AHEAD, "2026-03-17T10:00Z");
	must_be(d, "IRG30-Q7D", RP_DUE_AHEAD, "2026-03-10T12:00Z");
	/* By state, then by time. */
	row = rp_dues_rows(d, &n);
	for (size_t i = 1; i < n; i++) {
		assert_true(row[i - 1].state <= row[i].state);
		if (row[i - 1].state == row[i].state)
			assert_true(rp_instant_cmp(row[i - 1].at.from,
			    row[i].at.from) <= 0);
	}
	rp_dues_free(d);
	listed_close(&l);
}

static void
after_the_deadline(void **state)
{
	struct listed l;
	struct rp_dues *d = dues_of(&l, STORY, "2026-03-18T00:00Z");

	(void)state;
	/* Of 100 certificates 40 are recorded, late; 60 are still open. */
	must_be(d, "BR-REV-T2-v201", RP_DUE_OVERDUE, "2026-03-07T09:15Z");
	assert_int_equal(due_of(d, "BR-REV-T2-v201")->count, 60);
	/* Nobody said that there is no full report: it may be there. */
	must_be(d, "IRG30-FULL-14D", RP_DUE_UNRECORDED, "2026-03-17T10:00Z");
	rp_dues_free(d);
	listed_close(&l);
}

/* What was promised is told once, and not when it is settled. */
static void
promises(void **state)
{
	struct listed l;
	struct rp_dues *d = dues_of(&l, STORY, "2026-03-06T00:00Z");
	const struct rp_due *row;
	size_t n, linter = 0;

	(void)state;
	row = rp_dues_rows(d, &n);
	for (size_t i = 0; i < n; i++) {
		assert_string_not_equal(row[i].what, "never");
		assert_string_not_equal(row[i].what, "done");
		linter += strstr(row[i].what, "new linter") != NULL;
	}
	assert_int_equal(linter, 1);
	rp_dues_free(d);
	listed_close(&l);
}

#define LATE_POST HEAD							\
	"facts:\n"							\
	"  - {what: incident-disclosed, at: 2026-03-03T10:00Z}\n"	\
	"  - {what: revoked, at: 2026-03-07T09:15Z}\n"			\
	"  - {what: revocation-published, at: 2026-03-07T09:15Z}\n"	\
	"updates: [2026-03-03T10:00Z, 2026-03-20T10:00Z]\n"

/* The gap from 3 to 20 March is over; the next post is due 7 d after it. */
static void
next_post_after_a_gap(void **state)
{
	struct listed l;
	struct rp_dues *d = dues_of(&l, LATE_POST, "2026-03-22T00:00Z");

	(void)state;
	must_be(d, "IRG30-UPD7D", RP_DUE_AHEAD, "2026-03-27T10:00Z");
	rp_dues_free(d);
	listed_close(&l);
	d = dues_of(&l, LATE_POST, "2026-03-28T00:00Z");
	must_be(d, "IRG30-UPD7D", RP_DUE_OVERDUE, "2026-03-27T10:00Z");
	rp_dues_free(d);
	listed_close(&l);
}

/* An agreed date and the rule that waits for it are one due. */
static void
agreed_date_is_told_once(void **state)
{
	struct listed l;
	struct rp_dues *d = dues_of(&l, HEAD
	    "facts:\n"
	    "  - {what: incident-disclosed, at: 2026-03-03T10:00Z}\n"
	    "  - {what: next-update, at: 2026-03-04T10:00Z, due: 2026-04-01}\n"
	    "updates: [2026-03-03T10:00Z]\n", "2026-03-06T00:00Z");

	(void)state;
	assert_null(due_of(d, "next-update"));
	must_be(d, "IRG30-UPD7D", RP_DUE_AHEAD, "2026-04-01");
	rp_dues_free(d);
	listed_close(&l);
}

static void
nothing_after_the_closing(void **state)
{
	struct listed l;
	struct rp_dues *d = dues_of(&l, LATE_POST
	    "commitments:\n  - {what: x, due: 2026-03-20, "
	    "done: 2026-03-19}\n", "2026-03-21T00:00Z");

	(void)state;
	assert_non_null(due_of(d, "IRG30-UPD7D"));
	rp_dues_free(d);
	listed_close(&l);
	d = dues_of(&l, HEAD
	    "facts:\n"
	    "  - {what: incident-disclosed, at: 2026-03-03T10:00Z}\n"
	    "  - {what: closed, at: 2026-03-21T12:00Z}\n"
	    "updates: [2026-03-03T10:00Z, 2026-03-20T10:00Z]\n",
	    "2026-03-22T00:00Z");
	assert_null(due_of(d, "IRG30-UPD7D"));
	assert_null(due_of(d, "IRG30-FULL-14D"));
	/* But certificates stay certificates. */
	must_be(d, "BR-REV-T2-v201", RP_DUE_OVERDUE, "2026-03-07T09:15Z");
	rp_dues_free(d);
	listed_close(&l);
}

static void
memory_may_run_out(void **state)
{
	struct listed l;
	struct rp_dues *d = NULL;
	struct rp_err err = { 0 };
	size_t live;

	(void)state;
	listed_open(&l, STORY, "2026-03-06T00:00Z");
	live = rp_alloc_live();
	for (unsigned long n = 1; n <= 2; n++) {
		rp_alloc_fail_at(n);
		assert_int_equal(rp_dues(l.now, l.findings, l.claims,
		    l.as_of, &d, &err), RP_ENOMEM);
		rp_alloc_fail_at(0);
		assert_null(d);
		assert_int_equal(rp_alloc_live(), live);
	}
	rp_dues_free(NULL);
	listed_close(&l);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(before_the_deadline),
		cmocka_unit_test(after_the_deadline),
		cmocka_unit_test(promises),
		cmocka_unit_test(next_post_after_a_gap),
		cmocka_unit_test(agreed_date_is_told_once),
		cmocka_unit_test(nothing_after_the_closing),
		cmocka_unit_test(memory_may_run_out),
	};

	return !!cmocka_run_group_tests(tests, NULL, NULL);
}
