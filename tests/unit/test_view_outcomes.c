/*
 * test_view_outcomes.c - what became of a promise is shown from its day on.
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <string.h>

#include <cmocka.h>

#include "viewed.h"

static bool
knows_outcome(const struct rp_case *full, const char *as_of,
    enum rp_view view)
{
	struct rp_case *cs = view_of(full, as_of, view);
	bool done;

	assert_int_equal(cs->n_commitments, 1);
	done = cs->commitment->has_done;
	assert_int_equal(cs->commitment->has_published, done);
	rp_case_free(cs);
	return done;
}

static void
outcomes_wait_for_their_day(void **state)
{
	struct rp_commitment c = { .mark = ALONE, .what = "lint",
	    .due = when("2026-06-01"), .has_done = true,
	    .done = when("2026-05-10"), .has_published = true,
	    .published = when("2026-05-20") };
	struct rp_case full = { .n_commitments = 1, .commitment = &c };
	struct rp_case *cs;

	(void)state;
	assert_false(knows_outcome(&full, "2026-05-09", RP_VIEW_INTERNAL));
	assert_true(knows_outcome(&full, "2026-05-10", RP_VIEW_INTERNAL));
	assert_false(knows_outcome(&full, "2026-05-19", RP_VIEW_PUBLIC));
	assert_true(knows_outcome(&full, "2026-05-20", RP_VIEW_PUBLIC));
	assert_true(knows_outcome(&full, NULL, RP_VIEW_PUBLIC));
	/* The promise itself is there from when it was given. */
	c.has_said = true;
	c.said = when("2026-05-01");
	cs = view_of(&full, "2026-04-30", RP_VIEW_PUBLIC);
	assert_int_equal(cs->n_commitments, 0);
	rp_case_free(cs);
	assert_false(knows_outcome(&full, "2026-05-01", RP_VIEW_PUBLIC));
}

/* "evidence", or "evidence, DAY of May" once it is known to be done. */
static const char *
promise(const struct rp_case *full, const char *as_of, enum rp_view view)
{
	static char text[100];
	char day[RP_INSTANT_TEXT] = "";
	struct rp_case *cs = view_of(full, as_of, view);

	assert_int_equal(cs->n_commitments, 1);
	assert_string_equal(cs->commitment->mark.id, "lint");
	if (cs->commitment->has_done)
		(void)rp_when_format(cs->commitment->done, day);
	(void)snprintf(text, sizeof(text), "%s%s%s",
	    cs->commitment->evidence, day[0] != '\0' ? ", " : "", day);
	rp_case_free(cs);
	return text;
}

/*
 * Promised; done on the 10th, as was said on the 11th; which was the 8th in
 * truth, as was said on the 20th.  Nobody knew of the evidence before.
 */
static void
outcomes_are_corrections(void **state)
{
	struct rp_commitment c[] = {
		{ .mark = ALONE, .what = "lint", .evidence = "a report" },
		{ .mark = ALONE, .what = "lint", .evidence = "minutes",
		    .has_done = true, .done = when("2026-05-10"),
		    .has_published = true, .published = when("2026-05-11") },
		{ .mark = ALONE, .what = "lint", .evidence = "the log",
		    .has_done = true, .done = when("2026-05-08"),
		    .has_published = true, .published = when("2026-05-20") },
	};
	struct rp_case full = { .n_commitments = 2, .commitment = c };
	struct rp_case *cs;

	(void)state;
	c[0].mark.id = "lint";
	link_up(&c[1].mark, 1, &c[0].mark, 0);
	for (int view = RP_VIEW_INTERNAL; view <= RP_VIEW_PUBLIC; view++)
		assert_string_equal(promise(&full, "2026-05-07",
		    (enum rp_view)view), "a report");
	assert_string_equal(promise(&full, "2026-05-10", RP_VIEW_INTERNAL),
	    "minutes, 2026-05-10");
	full.n_commitments = LEN(c);
	link_up(&c[2].mark, 2, &c[1].mark, 1);
	assert_string_equal(promise(&full, "2026-05-07", RP_VIEW_INTERNAL),
	    "a report");
	assert_string_equal(promise(&full, "2026-05-08", RP_VIEW_INTERNAL),
	    "the log, 2026-05-08");
	assert_string_equal(promise(&full, "2026-05-10", RP_VIEW_PUBLIC),
	    "a report");
	assert_string_equal(promise(&full, "2026-05-12", RP_VIEW_PUBLIC),
	    "minutes, 2026-05-10");
	assert_string_equal(promise(&full, "2026-05-20", RP_VIEW_PUBLIC),
	    "the log, 2026-05-08");
	/* An outcome that was moved to a later day never was on the first. */
	c[2].done = when("2026-05-18");
	assert_string_equal(promise(&full, "2026-05-12", RP_VIEW_INTERNAL),
	    "a report");
	assert_string_equal(promise(&full, "2026-05-12", RP_VIEW_PUBLIC),
	    "minutes, 2026-05-10");
	/* Taken back on the 20th, it was there before. */
	c[2].mark.retracted = "a slip";
	c[2].has_done = false;
	assert_string_equal(promise(&full, "2026-05-12", RP_VIEW_PUBLIC),
	    "minutes, 2026-05-10");
	cs = view_of(&full, "2026-05-20", RP_VIEW_PUBLIC);
	assert_int_equal(cs->n_commitments, 0);
	rp_case_free(cs);
}

static void
claims_are_kept_and_withdrawn_later(void **state)
{
	struct rp_claim c = claim("2026-04-01", "p");
	struct rp_case full = { .n_claims = 1, .claim = &c };
	struct rp_case *cs;

	(void)state;
	c.has_done = c.has_withdrawn = true;
	c.done = when("2026-05-01");
	c.evidence = "log";
	c.withdrawn = when("2026-06-01");
	cs = view_of(&full, "2026-04-30", RP_VIEW_INTERNAL);
	assert_false(cs->claim->has_done);
	assert_null(cs->claim->evidence);
	assert_false(cs->claim->has_withdrawn);
	rp_case_free(cs);
	cs = view_of(&full, "2026-05-01", RP_VIEW_INTERNAL);
	assert_true(cs->claim->has_done);
	assert_string_equal(cs->claim->evidence, "log");
	assert_false(cs->claim->has_withdrawn);
	rp_case_free(cs);
	cs = view_of(&full, "2026-06-01", RP_VIEW_PUBLIC);
	assert_true(cs->claim->has_withdrawn);
	rp_case_free(cs);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(outcomes_wait_for_their_day),
		cmocka_unit_test(outcomes_are_corrections),
		cmocka_unit_test(claims_are_kept_and_withdrawn_later),
	};

	return !!cmocka_run_group_tests(tests, NULL, NULL);
}
