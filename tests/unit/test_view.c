/*
 * test_view.c - what a reader of a given moment is shown.
 *
 * The records are made by hand, so that each test says all that matters to
 * it; what a case file says instead is proved by test_record.c.
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <string.h>

#include <cmocka.h>

#include "base/mem.h"
#include "viewed.h"

static struct rp_actual
actual(const char *as_of, const char *published, uint64_t revoked)
{
	struct rp_actual a = { .mark = ALONE, .as_of = when(as_of) };

	a.population = -1;
	a.has_published = published != NULL;
	if (published != NULL)
		a.published = when(published);
	a.metric[RP_METRIC_REVOKED].known = true;
	a.metric[RP_METRIC_REVOKED].is_count = true;
	a.metric[RP_METRIC_REVOKED].count = rp_count_of(revoked);
	return a;
}

/* The only actual of a view, by its number; 0 when there is none. */
static uint64_t
shown(const struct rp_case *full, const char *as_of, enum rp_view view)
{
	struct rp_case *cs = view_of(full, as_of, view);
	uint64_t n = 0;

	assert_true(cs->n_actuals <= 1);
	if (cs->n_actuals == 1) {
		n = rp_count_n(cs->actual->metric[RP_METRIC_REVOKED].count);
		assert_int_equal(cs->actual->mark.replaces, -1);
		assert_int_equal(cs->actual->mark.replaced_by, -1);
	}
	rp_case_free(cs);
	return n;
}

/* 10, corrected to 20 on 5 May and to 30 on 9 May, all of 1 April. */
static void
chain_of_corrections(void **state)
{
	struct rp_actual a[] = {
		actual("2026-04-01", "2026-04-02", 10),
		actual("2026-04-01", "2026-05-05", 20),
		actual("2026-04-01", "2026-05-09", 30),
	};
	struct rp_case full = { .n_actuals = LEN(a), .actual = a };

	(void)state;
	link_up(&a[1].mark, 1, &a[0].mark, 0);
	link_up(&a[2].mark, 2, &a[1].mark, 1);
	assert_int_equal(shown(&full, "2026-04-01", RP_VIEW_PUBLIC), 0);
	assert_int_equal(shown(&full, "2026-04-02", RP_VIEW_PUBLIC), 10);
	assert_int_equal(shown(&full, "2026-05-04", RP_VIEW_PUBLIC), 10);
	assert_int_equal(shown(&full, "2026-05-05", RP_VIEW_PUBLIC), 20);
	assert_int_equal(shown(&full, "2026-05-09", RP_VIEW_PUBLIC), 30);
	assert_int_equal(shown(&full, "2026-03-31", RP_VIEW_INTERNAL), 0);
	assert_int_equal(shown(&full, "2026-04-01", RP_VIEW_INTERNAL), 30);
	assert_int_equal(shown(&full, NULL, RP_VIEW_PUBLIC), 30);
}

/* Who has seen the last word does not go back for the one before it. */
static void
link_seen_late_stays_hidden(void **state)
{
	struct rp_actual a[] = {
		actual("2026-04-01", "2026-06-01", 20),
		actual("2026-04-01", "2026-05-01", 30),
		actual("2026-04-01", "2026-04-02", 10),
	};
	struct rp_case full = { .n_actuals = LEN(a), .actual = a };

	(void)state;
	link_up(&a[0].mark, 0, &a[2].mark, 2);
	link_up(&a[1].mark, 1, &a[0].mark, 0);
	assert_int_equal(shown(&full, "2026-04-30", RP_VIEW_PUBLIC), 10);
	assert_int_equal(shown(&full, "2026-05-01", RP_VIEW_PUBLIC), 30);
	assert_int_equal(shown(&full, "2026-06-02", RP_VIEW_PUBLIC), 30);
}

/*
 * The day of an actual was mistyped, 1 April for 1 May: from within it never
 * stood at 1 April; the public read so until 5 May.
 */
static void
moved_to_a_later_day(void **state)
{
	struct rp_actual a[] = {
		actual("2026-04-01", "2026-04-02", 10),
		actual("2026-05-01", "2026-05-05", 20),
	};
	struct rp_case full = { .n_actuals = LEN(a), .actual = a };

	(void)state;
	link_up(&a[1].mark, 1, &a[0].mark, 0);
	assert_int_equal(shown(&full, "2026-04-15", RP_VIEW_INTERNAL), 0);
	assert_int_equal(shown(&full, "2026-05-01", RP_VIEW_INTERNAL), 20);
	assert_int_equal(shown(&full, "2026-04-15", RP_VIEW_PUBLIC), 10);
	assert_int_equal(shown(&full, "2026-05-05", RP_VIEW_PUBLIC), 20);
}

static void
retraction(void **state)
{
	struct rp_actual a[] = {
		actual("2026-04-01", "2026-04-02", 10),
		{ .mark = ALONE },
	};
	struct rp_case full = { .n_actuals = LEN(a), .actual = a };

	(void)state;
	a[1].mark.retracted = "counted twice";
	link_up(&a[1].mark, 1, &a[0].mark, 0);
	assert_int_equal(shown(&full, "2026-04-02", RP_VIEW_PUBLIC), 0);
	assert_int_equal(shown(&full, "2026-04-02", RP_VIEW_INTERNAL), 0);
	a[1].has_published = true;
	a[1].published = when("2026-05-01");
	assert_int_equal(shown(&full, "2026-04-30", RP_VIEW_PUBLIC), 10);
	assert_int_equal(shown(&full, "2026-05-01", RP_VIEW_PUBLIC), 0);
	assert_int_equal(shown(&full, "2026-04-02", RP_VIEW_INTERNAL), 0);
	assert_int_equal(shown(&full, NULL, RP_VIEW_PUBLIC), 0);
}

/* ---- what points at other items ----------------------------------------- */

static struct rp_fact
fact(enum rp_fact_kind kind, const char *at, const char *id)
{
	struct rp_fact f = { .mark = ALONE, .kind = kind, .at = when(at),
	    .duty = -1, .answers = -1 };

	f.mark.id = id;
	return f;
}

/*
 * The question was first recorded with a wrong date; its answer names the
 * first record, and must find the one that is shown.
 */
static void
answers_find_their_question(void **state)
{
	struct rp_fact f[] = {
		fact(RP_FACT_REVOKED, "2026-09-01", "late"),
		fact(RP_FACT_ANSWER, "2026-04-09", "a"),
		fact(RP_FACT_QUESTION, "2026-04-01", "q1"),
		fact(RP_FACT_QUESTION, "2026-04-02", "q2"),
	};
	struct rp_case full = { .n_facts = LEN(f), .fact = f };
	struct rp_case *cs;

	(void)state;
	f[1].answers = 2;
	link_up(&f[3].mark, 3, &f[2].mark, 2);
	cs = view_of(&full, "2026-05-01", RP_VIEW_INTERNAL);
	assert_int_equal(cs->n_facts, 2);
	assert_string_equal(cs->fact[0].mark.id, "a");
	assert_string_equal(cs->fact[1].mark.id, "q2");
	assert_int_equal(cs->fact[0].answers, 1);
	rp_case_free(cs);
	/* Asked in public after the answer was given: it answers nothing. */
	f[2].has_published = f[3].has_published = true;
	f[2].published = f[3].published = when("2026-04-20");
	cs = view_of(&full, "2026-04-15", RP_VIEW_PUBLIC);
	assert_int_equal(cs->n_facts, 1);
	assert_int_equal(cs->fact[0].answers, -1);
	rp_case_free(cs);
	assert_int_equal(f[1].answers, 2);
}

static void
promises_find_each_other(void **state)
{
	static const int kept[] = { 1, 3, 0 };
	struct rp_claim c[] = {
		claim("2026-07-01", "later"),
		claim("2026-04-01", "first"),
		claim("2026-04-05", "second"),
		claim("2026-04-03", "third"),
	};
	struct rp_case full = { .n_claims = LEN(c), .claim = c };
	struct rp_case *cs;

	(void)state;
	c[2].changes = 3;
	c[2].kept = kept;
	c[2].n_kept = LEN(kept);
	cs = view_of(&full, "2026-05-01", RP_VIEW_PUBLIC);
	assert_int_equal(cs->n_claims, 3);
	assert_int_equal(cs->claim[1].changes, 2);
	assert_int_equal(cs->claim[1].n_kept, 3);
	assert_int_equal(cs->claim[1].kept[0], 0);
	assert_int_equal(cs->claim[1].kept[1], 2);
	assert_int_equal(cs->claim[1].kept[2], -1);
	rp_case_free(cs);
	assert_int_equal(kept[0], 1);
}

/*
 * "first" is changed by "second", and its own correction, dated later, names
 * "second" in turn: the way from promise to promise must come to an end.
 */
static void
changes_never_go_round(void **state)
{
	struct rp_claim c[] = {
		claim("2026-04-01", "first"),
		claim("2026-04-03", "second"),
		claim("2026-04-05", "first, corrected"),
	};
	struct rp_case full = { .n_claims = LEN(c), .claim = c };
	struct rp_case *cs;

	(void)state;
	c[1].changes = 0;
	c[2].changes = 1;
	link_up(&c[2].mark, 2, &c[0].mark, 0);
	cs = view_of(&full, NULL, RP_VIEW_PUBLIC);
	assert_int_equal(cs->n_claims, 2);
	assert_int_equal(cs->claim[0].changes, -1);
	assert_int_equal(cs->claim[1].changes, 0);
	rp_case_free(cs);
}

/* ---- outcomes ----------------------------------------------------------- */

/* ---- the other lists ---------------------------------------------------- */

static void
every_list_has_its_time(void **state)
{
	struct rp_plan p[] = { { .mark = ALONE }, { .mark = ALONE,
	    .has_published = true, .published = when("2026-04-01") } };
	struct rp_update u = { .mark = ALONE, .at = when("2026-04-02") };
	struct rp_request r = { .mark = ALONE, .asked = when("2026-04-03") };
	struct rp_forecast_made f = { .mark = ALONE,
	    .as_of = when("2026-04-04"), .has_published = true,
	    .published = when("2026-04-05") };
	struct rp_case full = { .n_plans = 2, .plan = p, .n_updates = 1,
	    .update = &u, .n_requests = 1, .request = &r, .n_forecasts = 1,
	    .forecast = &f };
	static const struct {
		const char *as_of;
		enum rp_view view;
		size_t plans, updates, requests, forecasts;
	} days[] = {
		{ "2026-03-31", RP_VIEW_INTERNAL, 1, 0, 0, 0 },
		{ "2026-04-01", RP_VIEW_INTERNAL, 2, 0, 0, 0 },
		{ "2026-04-02", RP_VIEW_INTERNAL, 2, 1, 0, 0 },
		{ "2026-04-03", RP_VIEW_PUBLIC, 2, 1, 1, 0 },
		{ "2026-04-04", RP_VIEW_INTERNAL, 2, 1, 1, 1 },
		{ "2026-04-04", RP_VIEW_PUBLIC, 2, 1, 1, 0 },
		{ "2026-04-05", RP_VIEW_PUBLIC, 2, 1, 1, 1 },
	};

	(void)state;
	for (size_t i = 0; i < LEN(days); i++) {
		struct rp_case *cs = view_of(&full, days[i].as_of,
		    days[i].view);

		assert_int_equal(cs->n_plans, days[i].plans);
		assert_int_equal(cs->n_updates, days[i].updates);
		assert_int_equal(cs->n_requests, days[i].requests);
		assert_int_equal(cs->n_forecasts, days[i].forecasts);
		rp_case_free(cs);
	}
}

/* It stays the first, and came out when it came out. */
static void
a_plan_that_was_corrected_keeps_its_place(void **state)
{
	struct rp_plan p[] = { { .mark = ALONE, .has_published = true,
	    .published = when("2026-03-05") }, { .mark = ALONE,
	    .has_published = true, .published = when("2026-04-02"),
	    .note = "second" }, { .mark = ALONE, .has_published = true,
	    .published = when("2026-04-10"), .note = "corrected" } };
	struct rp_case full = { .n_plans = LEN(p), .plan = p };
	struct rp_case *cs;

	(void)state;
	link_up(&p[2].mark, 2, &p[0].mark, 0);
	cs = view_of(&full, "2026-04-09", RP_VIEW_INTERNAL);
	assert_int_equal(cs->n_plans, 2);
	assert_null(cs->plan[0].note);
	rp_case_free(cs);
	cs = view_of(&full, "2026-04-10", RP_VIEW_INTERNAL);
	assert_int_equal(cs->n_plans, 2);
	assert_string_equal(cs->plan[0].note, "corrected");
	assert_string_equal(cs->plan[1].note, "second");
	assert_int_equal(rp_instant_cmp(cs->plan[0].published.from,
	    when("2026-03-05").from), 0);
	rp_case_free(cs);
}

/* ---- the base ----------------------------------------------------------- */

static struct rp_fact
scope(const char *at, const char *published, uint64_t n)
{
	struct rp_fact f = fact(RP_FACT_SCOPE, at, NULL);

	f.has_published = published != NULL;
	if (published != NULL)
		f.published = when(published);
	f.has_certificates = true;
	f.certificates = rp_count_of(n);
	return f;
}

static void
base_grows(void **state)
{
	/* Out of order, and repeated without a change on 1 June. */
	struct rp_fact f[] = {
		scope("2026-06-01", "2026-06-01", 300),
		scope("2026-05-01", "2026-05-10", 300),
		scope("2026-04-01", "2026-04-01", 200),
	};
	struct rp_case full = { .total = rp_count_of(400),
	    .n_facts = LEN(f), .fact = f };
	static const struct {
		const char *as_of;
		enum rp_view view;
		uint64_t base, first;
		const char *grown;
	} days[] = {
		{ "2026-03-31", RP_VIEW_INTERNAL, 400, 400, NULL },
		{ "2026-04-01", RP_VIEW_INTERNAL, 200, 200, NULL },
		{ "2026-05-09", RP_VIEW_PUBLIC, 200, 200, NULL },
		{ "2026-05-09", RP_VIEW_INTERNAL, 300, 200, "2026-05-01" },
		{ "2026-05-10", RP_VIEW_PUBLIC, 300, 200, "2026-05-01" },
		{ "2026-07-01", RP_VIEW_PUBLIC, 300, 200, "2026-05-01" },
		{ NULL, RP_VIEW_PUBLIC, 300, 200, "2026-05-01" },
	};

	(void)state;
	for (size_t i = 0; i < LEN(days); i++) {
		struct rp_case *cs = view_of(&full, days[i].as_of,
		    days[i].view);

		assert_int_equal(rp_count_n(cs->base), days[i].base);
		assert_int_equal(rp_count_n(cs->first_base), days[i].first);
		assert_int_equal(cs->has_grown, days[i].grown != NULL);
		if (days[i].grown != NULL)
			assert_int_equal(rp_instant_cmp(cs->grown.from,
			    when(days[i].grown).from), 0);
		rp_case_free(cs);
	}
}

/* ---- memory ------------------------------------------------------------- */

static void
out_of_memory_leaves_nothing(void **state)
{
	static const int kept[] = { 0 };
	struct rp_actual a = actual("2026-04-01", NULL, 1);
	struct rp_claim c[] = { claim("2026-04-01", "p"),
	    claim("2026-04-02", "k") };
	struct rp_case full = { .n_actuals = 1, .actual = &a, .n_claims = 2,
	    .claim = c };
	struct rp_case *cs = NULL;
	struct rp_err err = { 0 };
	rp_status st = RP_ENOMEM;
	unsigned long n;

	(void)state;
	c[1].kept = kept;
	c[1].n_kept = 1;
	for (n = 1; st == RP_ENOMEM && n < 100; n++) {
		rp_alloc_fail_at(n);
		st = rp_case_view(&full, NULL, RP_VIEW_PUBLIC, &cs, &err);
		rp_alloc_fail_at(0);
		assert_true(st == RP_OK || cs == NULL);
		assert_true(st == RP_OK || rp_alloc_live() == 0);
	}
	assert_int_equal(st, RP_OK);
	assert_true(n > 3);
	rp_case_free(cs);
	assert_int_equal(rp_alloc_live(), 0);
}

/* A view may own what it points into. */
static void
view_frees_what_is_under_it(void **state)
{
	struct rp_case *full = rp_case_new(), *cs;

	(void)state;
	assert_non_null(full);
	cs = view_of(full, NULL, RP_VIEW_PUBLIC);
	cs->under = full;
	rp_case_free(cs);
	assert_int_equal(rp_alloc_live(), 0);
}

static void
about_has_words(void **state)
{
	(void)state;
	assert_string_equal(rp_about_word(RP_ABOUT_OTHER), "other");
	assert_string_equal(rp_about_word(RP_ABOUT_NEXT_UPDATE),
	    "next-update");
	assert_string_equal(rp_about_word(RP_ABOUTS), "");
	for (int i = 0; i < RP_ABOUTS; i++)
		assert_true(rp_about_word((enum rp_about)i)[0] != '\0');
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(chain_of_corrections),
		cmocka_unit_test(link_seen_late_stays_hidden),
		cmocka_unit_test(moved_to_a_later_day),
		cmocka_unit_test(retraction),
		cmocka_unit_test(answers_find_their_question),
		cmocka_unit_test(promises_find_each_other),
		cmocka_unit_test(changes_never_go_round),
		cmocka_unit_test(every_list_has_its_time),
		cmocka_unit_test(a_plan_that_was_corrected_keeps_its_place),
		cmocka_unit_test(base_grows),
		cmocka_unit_test(out_of_memory_leaves_nothing),
		cmocka_unit_test(view_frees_what_is_under_it),
		cmocka_unit_test(about_has_words),
	};

	return !!cmocka_run_group_tests(tests, NULL, NULL);
}
