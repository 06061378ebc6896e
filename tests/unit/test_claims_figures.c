/*
 * tests/unit/test_claims_figures.c - figures against each other, and paces
 * against numbers, dates and the steps of plans; worked out by hand.
 */
#include "support/ledger.h"

/* ---- figures ------------------------------------------------------------ */

static void
test_figures(void **state)
{
	static const struct expected table[] = {
		{ "actuals: [{as_of: 2026-03-31, replaced: 400}, {id: x, "
		    "as_of: 2026-04-30, replaced: 399}]\n", "2026-05-01",
		    "x", NULL, RP_SAID_FIGURE, RP_SAID_CONTRADICTED, 0, 0,
		    "does not come undone" },
		/* Printed alike, less is less; no bound hides a fall. */
		{ "actuals: [{as_of: 2026-03-31, replaced: 36.2%}, {id: x, "
		    "as_of: 2026-04-30, replaced: 36.1%}]\n", "2026-05-01",
		    "x", NULL, RP_SAID_FIGURE, RP_SAID_CONTRADICTED, 0, 0,
		    "It was 36.2%" },
		{ "actuals: [{as_of: 2026-03-31, replaced: 400}, {as_of: "
		    "2026-04-10, replaced: 0, bound: at-least}, {id: x, "
		    "as_of: 2026-04-30, replaced: 399}]\n", "2026-05-01",
		    "x", NULL, RP_SAID_FIGURE, RP_SAID_CONTRADICTED, 0, 0,
		    "It was 400" },
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

/* Of what a correction leaves as it is nothing is told; a reason that was
 * forgotten may come in one more correction. */
static void
test_restated_again(void **state)
{
	const char *record = "actuals: [{id: x, as_of: 2026-03-31, "
	    "replaced: 361, expired: 8}, {id: y, replaces: x, as_of: "
	    "2026-03-31, published: 2026-04-15, replaced: 359, expired: 8}, "
	    "{replaces: y, as_of: 2026-03-31, published: 2026-04-20, "
	    "replaced: 359, expired: 8, note: counted twice}]\n";
	struct ledger l;

	(void)state;
	open_ledger(&l, record, "2026-04-16", RP_VIEW_PUBLIC);
	assert_int_equal(find(l.l, "x", "replaced")->verdict,
	    RP_SAID_SILENTLY_CHANGED);
	assert_null(find(l.l, "x", "expired"));
	close_ledger(&l);
	open_ledger(&l, record, "2026-04-20", RP_VIEW_PUBLIC);
	assert_int_equal(find(l.l, "x", "replaced")->verdict,
	    RP_SAID_CHANGED);
	assert_null(find(l.l, "x", "expired"));
	assert_null(find(l.l, "y", NULL));
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
		    "2026-04-24; after waits of 14 d in the mean, until "
		    "2026-05-08" },
		{ PACE("hosts", "10/working-day") ALL_BY("hosts",
		    "2026-04-10"), "2026-05-01", "x", "promised",
		    RP_SAID_CAPACITY, RP_SAID_CONTRADICTED, 0, 0,
		    "14 d after the date" },
		{ PACE("hosts", "10/working-day") ALL_BY("hosts",
		    "2026-12-31"), "2026-05-01", "x", "promised",
		    RP_SAID_CAPACITY, RP_SAID_UNDECIDED, 0, 0,
		    "nothing stated says what they are for" },
		{ PACE("hosts", "10/working-day") ALL_BY("hosts",
		    "2026-04-26"), "2026-05-01", "x", "promised",
		    RP_SAID_CAPACITY, RP_SAID_UNDECIDED, 0, 0,
		    "with the waits it is missed" },
		/* Done on 8 May, and a tenth of 66 d is no difference. */
		{ PACE("hosts", "{uniform: [9/working-day, "
		    "11/working-day]}") ALL_BY("hosts", "2026-05-06"),
		    "2026-05-01", "x", "promised", RP_SAID_CAPACITY,
		    RP_SAID_AGREES, 0, 0, "to 2 d" },
		{ PACE("guess", "10/working-day") ALL_BY("guess",
		    "2026-04-20"), "2026-05-01", "x", "promised",
		    RP_SAID_CAPACITY, RP_SAID_UNDECIDED, 0, 0,
		    "the number is assumed" },
		{ PACE("hosts", "{triangular: [5/working-day, "
		    "10/working-day, 15/working-day]}") ALL_BY("hosts",
		    "2026-05-10"), "2026-05-01", "x", "promised",
		    RP_SAID_CAPACITY, RP_SAID_AGREES, 0, 0,
		    "this is its mean" },
		/* 1,000 at 20 are 50 working days: to Friday 8 May. */
		{ "plans: [{published: 2026-03-03, milestones: {2026-04-30: "
		    "100%}}]\nclaims: [{id: x, said: 2026-03-05, rate: "
		    "20/working-day}]\n", "2026-05-01", "x",
		    "the plan's 2026-04-30", RP_SAID_CAPACITY,
		    RP_SAID_CONTRADICTED, 0, 0,
		    "until 2026-05-08. That is 8 d after the date" },
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

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_figures),
		cmocka_unit_test(test_pairs),
		cmocka_unit_test(test_restated_in_public),
		cmocka_unit_test(test_restated_again),
		cmocka_unit_test(test_capacity),
	};

	return !!cmocka_run_group_tests(tests, NULL, NULL);
}
