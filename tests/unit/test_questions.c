/*
 * test_questions.c - which answer belongs to which question, and of how many
 * certificates a share is one.
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

#include "base/mem.h"
#include "revplan/check.h"
#include "support/checked.h"

#define LEAF12 RP_CERT_SUBSCRIBER, RP_PROFILE_TLS, \
	RP_REASON_NOT_PER_REQUIREMENTS

/* Facts 0 to 3: asked on 3 and 4 June, answered on 5 and 20 June. */
static void
ask_and_answer(struct made *m)
{
	make(m, LEAF12, when("2025-06-02T08:00Z"));
	add_fact(m, RP_FACT_QUESTION, when("2025-06-03T08:00Z"), 0);
	add_fact(m, RP_FACT_QUESTION, when("2025-06-04T08:00Z"), 0);
	add_fact(m, RP_FACT_ANSWER, when("2025-06-05T08:00Z"), 0);
	add_fact(m, RP_FACT_ANSWER, when("2025-06-20T08:00Z"), 0);
}

/* The verdicts on the first and on the second question. */
static void
expect(const struct made *m, enum rp_verdict first, enum rp_verdict second)
{
	struct rp_findings *f = checked(m, when("2025-07-01"));

	row_must(f, "IRG30-Q7D", 0, first);
	row_must(f, "IRG30-Q7D", 1, second);
	assert_null(row_of(f, "IRG30-Q7D", 2));
	rp_findings_free(f);
}

static void
answers_without_a_name_go_by_their_order(void **state)
{
	struct made m;

	(void)state;
	ask_and_answer(&m);
	expect(&m, RP_VERDICT_MET, RP_VERDICT_BREACHED);
}

static void
answers_go_to_the_question_that_they_name(void **state)
{
	struct made m;

	(void)state;
	ask_and_answer(&m);
	m.fact[2].answers = 1;
	m.fact[3].answers = 0;
	expect(&m, RP_VERDICT_BREACHED, RP_VERDICT_MET);
}

/* The one that names the second leaves the other to the first. */
static void
named_answers_are_out_of_the_row(void **state)
{
	struct made m;

	(void)state;
	ask_and_answer(&m);
	m.fact[2].answers = 1;
	expect(&m, RP_VERDICT_BREACHED, RP_VERDICT_MET);
	/* And of two that name the same one, the earlier counts. */
	m.fact[3].answers = 1;
	expect(&m, RP_VERDICT_UNDECIDED, RP_VERDICT_MET);
}

static uint64_t
open_of(const struct made *m)
{
	struct rp_findings *f = checked(m, when("2025-06-10T08:00Z"));
	uint64_t n = row_must(f, "BR-REV-T2-v201", 0,
	    RP_VERDICT_BREACHED)->count;

	rp_findings_free(f);
	return n;
}

/*
 * 50 % as printed without a decimal is at most 50.5 %: of 100 certificates
 * 50 and a part, of 40 certificates 20 and a part; the part counts as one.
 */
static void
shares_are_of_what_the_source_says(void **state)
{
	struct made m;

	(void)state;
	make(&m, LEAF12, when("2025-06-02T08:00Z"));
	m.cs.n_actuals = 1;
	m.actual[0] = (struct rp_actual){ .as_of = when("2025-06-09"),
	    .population = -1 };
	m.actual[0].metric[RP_METRIC_REVOKED] = (struct rp_amount){
	    .known = true, .share = rp_share_of_real(0.5) };
	assert_int_equal(open_of(&m), 100 - 51);
	m.actual[0].has_of = true;
	m.actual[0].of = rp_count_of(40);
	assert_int_equal(open_of(&m), 100 - 21);
}

/* Of 100 in the case only 80 were known to be affected. */
static void
all_affected_are_those_known(void **state)
{
	struct rp_findings *f;
	struct made m;

	(void)state;
	make(&m, LEAF12, when("2025-06-02T08:00Z"));
	m.cs.base = rp_count_of(80);
	assert_int_equal(open_of(&m), 80);
	add_fact(&m, RP_FACT_REVOKED, when("2025-06-03T08:00Z"), 80);
	f = checked(&m, when("2025-06-10T08:00Z"));
	row_must(f, "BR-REV-T2-v201", 0, RP_VERDICT_MET);
	rp_findings_free(f);
}

static void
memory_that_runs_out_leaves_nothing_behind(void **state)
{
	struct rp_findings *f = NULL;
	rp_status rc = RP_ENOMEM;
	struct made m;

	(void)state;
	ask_and_answer(&m);
	for (unsigned long i = 1; rc != RP_OK; i++) {
		assert_true(i < 500);
		rp_alloc_fail_at(i);
		rc = rp_check(&m.cs, when("2025-08-01"), RP_VIEW_INTERNAL, &f,
		    NULL);
		rp_alloc_fail_at(0);
		assert_true(rc == RP_OK || rp_alloc_live() == 0);
	}
	rp_findings_free(f);
	assert_int_equal(rp_alloc_live(), 0);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(answers_without_a_name_go_by_their_order),
		cmocka_unit_test(answers_go_to_the_question_that_they_name),
		cmocka_unit_test(named_answers_are_out_of_the_row),
		cmocka_unit_test(shares_are_of_what_the_source_says),
		cmocka_unit_test(all_affected_are_those_known),
		cmocka_unit_test(memory_that_runs_out_leaves_nothing_behind),
	};

	return !!cmocka_run_group_tests(tests, NULL, NULL);
}
