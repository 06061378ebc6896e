/*
 * tests/unit/test_update.c - the figures of a post, and what it owes.
 */
#include "support/posted.h"

static void
is_unknown(const struct rp_post_row *r, enum rp_figure f)
{
	assert_false(r->figure[f].amount.known);
}

/* ---- figures ------------------------------------------------------------ */

static void
identity_and_later_records(void **state)
{
	struct made m;

	(void)state;
	/* 600 + 30 = 630 are gone, 370 left; 20 more later: 620 and 350. */
	post(&m, HEAD "actuals:\n"
	    "  - {as_of: 2026-03-31, revoked: 600, expired: 30,\n"
	    "     expired-late: 10, held: 5}\n"
	    "facts:\n"
	    "  - {what: revoked, at: 2026-03-30, certificates: 600}\n"
	    "  - {what: revoked, at: 2026-04-03T08:00Z, certificates: 20}\n",
	    "2026-04-04");
	assert_int_equal(m.post->n_rows, 1);
	assert_true(m.post->row[0].affected);
	figure_is(&m.post->row[0], RP_FIGURE_REVOKED, 620);
	figure_is(&m.post->row[0], RP_FIGURE_GONE, 650);
	figure_is(&m.post->row[0], RP_FIGURE_OUTSTANDING, 350);
	figure_is(&m.post->row[0], RP_FIGURE_EXPIRED, 30);
	figure_is(&m.post->row[0], RP_FIGURE_EXPIRED_EARLY, 20);
	figure_is(&m.post->row[0], RP_FIGURE_EXPIRED_LATE, 10);
	figure_is(&m.post->row[0], RP_FIGURE_HELD, 5);
	assert_int_equal(rp_instant_s(m.post->row[0].as_of.from),
	    rp_instant_s(when("2026-04-03T08:00Z").from));
	assert_false(m.post->complete);
	assert_false(m.post->has_last);
	release(&m);
}

static void
expired_is_split_only_where_it_is_known(void **state)
{
	struct made m;

	(void)state;
	/* 8 by the deadline at the least; between it and the end: unknown. */
	post(&m, HEAD "actuals:\n"
	    "  - {as_of: 2026-03-06, revoked: 100, expired: 8}\n"
	    "  - {as_of: 2026-03-31, revoked: 600, expired: 30}\n",
	    "2026-04-04");
	is_unknown(&m.post->row[0], RP_FIGURE_EXPIRED_LATE);
	assert_true(m.post->row[0].has_early_least);
	assert_int_equal(m.post->row[0].early_least, 8);
	release(&m);
	/* None expired since then: all 8 did so by the deadline. */
	post(&m, HEAD "actuals:\n"
	    "  - {as_of: 2026-03-06, revoked: 100, expired: 8}\n"
	    "  - {as_of: 2026-03-31, revoked: 600, expired: 8}\n",
	    "2026-04-04");
	figure_is(&m.post->row[0], RP_FIGURE_EXPIRED_EARLY, 8);
	figure_is(&m.post->row[0], RP_FIGURE_EXPIRED_LATE, 0);
	release(&m);
	/* Counted at the deadline itself: 9, so 21 of 30 are late. */
	post(&m, HEAD "actuals:\n"
	    "  - {as_of: 2026-03-07T09:15Z, revoked: 100, expired: 9}\n"
	    "  - {as_of: 2026-03-31, revoked: 600, expired: 30}\n",
	    "2026-04-04");
	figure_is(&m.post->row[0], RP_FIGURE_EXPIRED_LATE, 21);
	release(&m);
	/* Before the deadline nothing can be late. */
	post(&m, HEAD "actuals:\n"
	    "  - {as_of: 2026-03-06, revoked: 100, expired: 8}\n",
	    "2026-03-06");
	figure_is(&m.post->row[0], RP_FIGURE_EXPIRED_LATE, 0);
	release(&m);
}

static void
nothing_is_made_up(void **state)
{
	struct made m;

	(void)state;
	/* 600 + 370 = 970: nobody said what became of the other 30. */
	post(&m, HEAD "actuals:\n"
	    "  - {as_of: 2026-03-31, revoked: 600, remaining: 370}\n",
	    "2026-04-04");
	is_unknown(&m.post->row[0], RP_FIGURE_EXPIRED);
	figure_is(&m.post->row[0], RP_FIGURE_OUTSTANDING, 370);
	release(&m);
	/* Replaced is not revoked. */
	post(&m, HEAD "actuals:\n"
	    "  - {as_of: 2026-03-31, replaced: 600}\n", "2026-04-04");
	is_unknown(&m.post->row[0], RP_FIGURE_REVOKED);
	is_unknown(&m.post->row[0], RP_FIGURE_OUTSTANDING);
	release(&m);
	/* A bound leaves no remainder. */
	post(&m, HEAD "actuals:\n"
	    "  - {as_of: 2026-03-31, gone: 600, bound: at-least}\n",
	    "2026-04-04");
	is_unknown(&m.post->row[0], RP_FIGURE_OUTSTANDING);
	release(&m);
}

static void
shares_stay_shares(void **state)
{
	const struct rp_post_row *r;
	struct made m;

	(void)state;
	/* 100 - 62.5 = 37.5 %. */
	post(&m, HEAD "actuals:\n"
	    "  - {as_of: 2026-03-31, gone: 62.5%, expired: 2.5%}\n",
	    "2026-04-04");
	r = &m.post->row[0];
	assert_false(r->figure[RP_FIGURE_OUTSTANDING].amount.is_count);
	assert_int_equal(rp_share_ppb(
	    r->figure[RP_FIGURE_OUTSTANDING].amount.share), 375000000);
	assert_int_equal(rp_share_ppb(
	    r->figure[RP_FIGURE_REVOKED].amount.share), 600000000);
	release(&m);
}

static void
populations_add_up_to_the_figures(void **state)
{
	struct made m;

	(void)state;
	/* 300 + 150 revoked, 10 + 5 expired, 4 + 1 of them late, 3 held. */
	post(&m, HEAD "actuals:\n"
	    "  - {as_of: 2026-03-31, population: a, revoked: 300,\n"
	    "     expired: 10, expired-late: 4, held: 3}\n"
	    "  - {as_of: 2026-03-31, population: b, revoked: 150,\n"
	    "     expired: 5, expired-late: 1, held: 0}\n", "2026-04-04");
	figure_is(&m.post->row[0], RP_FIGURE_REVOKED, 450);
	figure_is(&m.post->row[0], RP_FIGURE_EXPIRED, 15);
	figure_is(&m.post->row[0], RP_FIGURE_EXPIRED_LATE, 5);
	figure_is(&m.post->row[0], RP_FIGURE_HELD, 3);
	figure_is(&m.post->row[0], RP_FIGURE_OUTSTANDING, 535);
	release(&m);
}

static void
duties_of_other_certificates(void **state)
{
	struct made m;

	(void)state;
	post(&m, HEAD TWO_DUTIES "actuals:\n"
	    "  - {as_of: 2026-03-31, replaced: 61.2%}\n"
	    "facts:\n"
	    "  - {what: revoked, duty: x, at: 2026-03-09}\n", "2026-04-04");
	/* x, y and the affected certificates. */
	assert_int_equal(m.post->n_rows, 3);
	figure_is(&m.post->row[0], RP_FIGURE_REVOKED, 2);
	figure_is(&m.post->row[1], RP_FIGURE_REVOKED, 0);
	figure_is(&m.post->row[1], RP_FIGURE_OUTSTANDING, 1);
	assert_int_equal(m.post->row[2].duty, -1);
	is_unknown(&m.post->row[2], RP_FIGURE_REVOKED);
	assert_false(m.post->complete);
	release(&m);
	post(&m, HEAD TWO_DUTIES "facts:\n"
	    "  - {what: revoked, at: 2026-03-09}\n", "2026-04-04");
	assert_int_equal(m.post->n_rows, 2);
	assert_true(m.post->complete);
	release(&m);
}

static void
a_base_that_grew_prints_both(void **state)
{
	struct made m;

	(void)state;
	/* 450 of 900 in March, 500 of 1000 later. */
	post(&m, HEAD "facts:\n"
	    "  - {what: scope, at: 2026-03-02T09:15Z, certificates: 900}\n"
	    "  - {what: scope, at: 2026-03-20, certificates: 1000}\n"
	    "actuals:\n"
	    "  - {as_of: 2026-03-10, revoked: 450, expired: 0,\n"
	    "     remaining: 450}\n"
	    "  - {as_of: 2026-03-31, revoked: 500, expired: 0,\n"
	    "     remaining: 500}\n", "2026-04-04");
	assert_int_equal(rp_count_n(m.post->row[0].base), 1000);
	assert_int_equal(rp_count_n(m.post->row[0].first_base), 900);
	release(&m);
	/* All 900 that were known are done, the 100 found since are not. */
	post(&m, HEAD "facts:\n"
	    "  - {what: scope, at: 2026-03-02T09:15Z, certificates: 900}\n"
	    "  - {what: scope, at: 2026-03-20, certificates: 1000}\n"
	    "actuals:\n"
	    "  - {as_of: 2026-03-10, revoked: 900, expired: 0}\n",
	    "2026-04-04");
	figure_is(&m.post->row[0], RP_FIGURE_OUTSTANDING, 0);
	assert_int_equal(rp_count_n(m.post->row[0].figure[
	    RP_FIGURE_OUTSTANDING].of), 900);
	assert_false(m.post->complete);
	release(&m);
}

/* ---- the last post ------------------------------------------------------ */

static void
the_post_being_written_is_not_the_last(void **state)
{
	static const char text[] = HEAD
	    "updates: [2026-03-10T16:00Z, 2026-03-31]\n"
	    "actuals:\n"
	    "  - {as_of: 2026-03-10, published: 2026-03-10, revoked: 300}\n"
	    "  - {as_of: 2026-03-31, published: 2026-03-31, revoked: 400}\n";
	struct made m;

	(void)state;
	/* On the day of the second post it is the one that is written. */
	post(&m, text, "2026-03-31");
	assert_true(m.post->has_last);
	assert_int_equal(rp_instant_s(m.post->last.from),
	    rp_instant_s(when("2026-03-10T16:00Z").from));
	/* Published on the day of the first post: read with it. */
	figure_is(&m.post->before[0], RP_FIGURE_REVOKED, 300);
	assert_true(m.post->news);
	release(&m);
	/* On the next day it is the last, and there is nothing new. */
	post(&m, text, "2026-04-01");
	assert_int_equal(rp_instant_s(m.post->last.from),
	    rp_instant_s(when("2026-03-31").from));
	assert_false(m.post->news);
	release(&m);
	/* What the public read on the 15th is the figure of the first. */
	make(&m, text, "2026-03-15", RP_VIEW_PUBLIC);
	figure_is(&m.post->row[0], RP_FIGURE_REVOKED, 300);
	release(&m);
}

/* ---- promises, questions, dates ----------------------------------------- */

static void
questions_without_an_answer(void **state)
{
	struct made m;

	(void)state;
	/* The third is named by its answer, the first takes the other one. */
	post(&m, HEAD "facts:\n"
	    "  - {what: question, at: 2026-03-10}\n"
	    "  - {what: question, at: 2026-03-20, source: comment 4}\n"
	    "  - {id: q, what: question, at: 2026-03-21}\n"
	    "  - {what: answer, at: 2026-03-12}\n"
	    "  - {what: answer, at: 2026-03-30, answers: q}\n"
	    "  - {what: question, at: 2026-04-01T12:00Z}\n", "2026-04-04");
	assert_int_equal(m.post->n_questions, 2);
	/* From the end of 20 March to the end of 4 April: 15 days. */
	assert_int_equal(m.post->question[0].days, 15);
	assert_true(m.post->question[0].over_week);
	/* 1 April 12:00 to the end of 4 April: 3.5 days. */
	assert_int_equal(m.post->question[1].days, 3);
	assert_false(m.post->question[1].over_week);
	release(&m);
}

static void
when_the_next_post_is_due(void **state)
{
	struct made m;

	(void)state;
	/* The delay is open, so 7 days whatever was agreed. */
	post(&m, HEAD "updates: [2026-03-20T10:00Z]\n"
	    "facts:\n"
	    "  - {what: next-update, at: 2026-03-21, due: 2026-05-01}\n",
	    "2026-04-04T10:00Z");
	assert_true(m.post->due.has);
	assert_string_equal(m.post->due.rule->id, "IRG30-DELAY-7D");
	assert_int_equal(rp_instant_s(m.post->due.at.from),
	    rp_instant_s(when("2026-04-11T10:00Z").from));
	/* This one was due on 27 March: 8 days ago. */
	assert_true(m.post->overdue);
	assert_int_equal(m.post->overdue_s, 8 * 86400);
	release(&m);
	/* All are revoked: the agreed date stands. */
	post(&m, HEAD "updates: [2026-03-20T10:00Z]\n"
	    "facts:\n"
	    "  - {what: revoked, at: 2026-03-06}\n"
	    "  - {what: next-update, at: 2026-03-21, due: 2026-05-01}\n",
	    "2026-04-04T10:00Z");
	assert_null(m.post->due.rule);
	assert_int_equal(rp_instant_s(m.post->due.at.from),
	    rp_instant_s(when("2026-05-01").from));
	release(&m);
	/* Closed: nothing is due. */
	post(&m, HEAD "facts:\n"
	    "  - {what: revoked, at: 2026-03-06}\n"
	    "  - {what: closed, at: 2026-03-21}\n", "2026-04-04T10:00Z");
	assert_true(m.post->closed);
	assert_false(m.post->due.has);
	release(&m);
}

static void
promises_by_state(void **state)
{
	static const struct {
		enum rp_post_promise_state state;
		const char *what;
	} want[] = {
		{ RP_PROMISE_DUE, "soon" }, { RP_PROMISE_LATE, "slipped" },
		{ RP_PROMISE_LATE, "overdue" }, { RP_PROMISE_KEPT, "kept" },
	};
	size_t n = sizeof(want) / sizeof(want[0]), found = 0;
	struct made m;

	(void)state;
	/* The last post was on 20 March, the next is due by 11 April. */
	post(&m, HEAD "updates: [2026-03-20T10:00Z]\n"
	    "commitments:\n"
	    "  - {what: long kept, due: 2026-03-10, done: 2026-03-09}\n"
	    "  - {what: kept, due: 2026-03-30, done: 2026-03-29}\n"
	    "  - {what: overdue, due: 2026-03-30}\n"
	    "  - {what: slipped, due: 2026-03-30, done: 2026-04-01}\n"
	    "  - {what: long slipped, due: 2026-03-10, done: 2026-03-12}\n"
	    "  - {what: soon, due: 2026-04-08}\n"
	    "  - {what: later, due: 2026-05-08}\n", "2026-04-04T10:00Z");
	assert_int_equal(m.post->n_promises, n);
	for (size_t i = 0; i < n; i++)
		for (size_t k = 0; k < n; k++)
			found += m.post->promise[k].state == want[i].state &&
			    strcmp(m.post->promise[k].row->what,
			    want[i].what) == 0;
	assert_int_equal(found, n);
	/* In the order of their states. */
	for (size_t i = 1; i < n; i++)
		assert_true(m.post->promise[i].state >=
		    m.post->promise[i - 1].state);
	release(&m);
}

/* ---- memory ------------------------------------------------------------- */

static void
memory_may_run_out_anywhere(void **state)
{
	static const char text[] = HEAD POSTED "actuals:\n"
	    "  - {id: x, as_of: 2026-03-09, published: 2026-03-10,\n"
	    "     revoked: 300}\n"
	    "  - {as_of: 2026-03-09, published: 2026-03-20, replaces: x,\n"
	    "     revoked: 290, note: why}\n"
	    "facts:\n"
	    "  - {what: question, at: 2026-03-20}\n";
	struct rp_post_sources src = { .as_of = when("2026-04-04") };
	struct rp_post *out = NULL;
	struct rp_err err;
	struct made m;
	size_t live;
	rp_status rc = RP_ENOMEM;

	(void)state;
	post(&m, text, "2026-04-04");
	src.full = m.full.cs;
	src.now = m.now;
	src.claims = m.claims;
	live = rp_alloc_live();
	for (unsigned long n = 1; n < 500 && rc != RP_OK; n++) {
		rp_alloc_fail_at(n);
		rc = rp_post_make(&src, &out, &err);
		rp_alloc_fail_at(0);
		if (rc != RP_OK) {
			assert_int_equal(rc, RP_ENOMEM);
			assert_null(out);
			assert_int_equal(rp_alloc_live(), live);
		}
	}
	assert_int_equal(rc, RP_OK);
	rp_post_free(out);
	rp_post_free(NULL);
	release(&m);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(identity_and_later_records),
		cmocka_unit_test(expired_is_split_only_where_it_is_known),
		cmocka_unit_test(nothing_is_made_up),
		cmocka_unit_test(shares_stay_shares),
		cmocka_unit_test(populations_add_up_to_the_figures),
		cmocka_unit_test(duties_of_other_certificates),
		cmocka_unit_test(a_base_that_grew_prints_both),
		cmocka_unit_test(the_post_being_written_is_not_the_last),
		cmocka_unit_test(questions_without_an_answer),
		cmocka_unit_test(when_the_next_post_is_due),
		cmocka_unit_test(promises_by_state),
		cmocka_unit_test(memory_may_run_out_anywhere),
	};

	return !!cmocka_run_group_tests(tests, NULL, NULL);
}
