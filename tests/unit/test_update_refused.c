/*
 * tests/unit/test_update_refused.c - what cannot be posted, and what must be
 * restated.
 */
#include "support/posted.h"

/* The one contradiction of a text, which must hold these words. */
static void
refused(const char *text, const char *words)
{
	struct made m;

	make(&m, text, "2026-04-04", RP_VIEW_INTERNAL);
	assert_int_equal(m.status, RP_EINPUT);
	assert_null(m.post);
	assert_int_equal(m.n_lines, 1);
	if (strstr(m.line[0], words) == NULL)
		fail_msg("'%s' is not in '%s'", words, m.line[0]);
	release(&m);
}

static void
accepted(const char *text)
{
	struct made m;

	post(&m, text, "2026-04-04");
	assert_int_equal(m.n_lines, 0);
	release(&m);
}

/* ---- what is refused ---------------------------------------------------- */

#define ONE(figures) HEAD "actuals:\n  - {as_of: 2026-03-31, " figures "}\n"

static void
parts_must_make_the_whole(void **state)
{
	(void)state;
	refused(ONE("revoked: 500, expired: 20, remaining: 479"), "base");
	accepted(ONE("revoked: 500, expired: 20, remaining: 480"));
	refused(ONE("revoked: 500, expired: 20, gone: 521"), "gone");
	refused(ONE("gone: 500, remaining: 499"), "base");
	/* 50.0 % of 1000 is 499.5 to 500.5; with 20 that is 51.95 %.. */
	accepted(ONE("revoked: 50.0%, expired: 20, gone: 52.0%"));
	refused(ONE("revoked: 50.0%, expired: 20, gone: 52.2%"), "gone");
	refused(ONE("replaced: 500, reissued: 499"), "part");
	/* A bound is no sum. */
	accepted(ONE("revoked: 500, expired: 20, remaining: 479, "
	    "bound: at-least"));
}

static void
nothing_cumulative_falls(void **state)
{
	(void)state;
	refused(HEAD "actuals:\n"
	    "  - {as_of: 2026-03-20, revoked: 500}\n"
	    "  - {as_of: 2026-03-31, revoked: 499}\n", "falls from 500");
	refused(HEAD "actuals:\n"
	    "  - {as_of: 2026-03-20, replaced: 61.2%}\n"
	    "  - {as_of: 2026-03-25, revoked: 5}\n"
	    "  - {as_of: 2026-03-31, replaced: 61.1%}\n", "falls from 61.2");
	/* What is known only to be more than nothing hides no fall. */
	refused(HEAD "actuals:\n"
	    "  - {as_of: 2026-03-20, revoked: 500}\n"
	    "  - {as_of: 2026-03-25, revoked: 1, bound: at-least}\n"
	    "  - {as_of: 2026-03-31, revoked: 499}\n", "falls from 500");
	/* 500 may print as 50 %, and 49.96 % as 50.0 %. */
	accepted(HEAD "actuals:\n"
	    "  - {as_of: 2026-03-20, replaced: 500}\n"
	    "  - {as_of: 2026-03-25, replaced: 50%}\n"
	    "  - {as_of: 2026-03-31, replaced: 50.0%}\n");
	/* "At least 400" takes nothing back. */
	accepted(HEAD "actuals:\n"
	    "  - {as_of: 2026-03-20, replaced: 500}\n"
	    "  - {as_of: 2026-03-31, replaced: 400, bound: at-least}\n");
	/* Another population is another figure. */
	accepted(HEAD "actuals:\n"
	    "  - {as_of: 2026-03-20, population: a, replaced: 500}\n"
	    "  - {as_of: 2026-03-31, population: b, replaced: 300}\n");
}

static void
sums_and_records_agree(void **state)
{
	(void)state;
	refused(HEAD "actuals:\n"
	    "  - {as_of: 2026-03-31, replaced: 500}\n"
	    "  - {as_of: 2026-03-31, population: a, replaced: 300}\n"
	    "  - {as_of: 2026-03-31, population: b, replaced: 210}\n",
	    "add up to 510");
	/* 300 + 210 = 510 is 51.0 %. */
	accepted(HEAD "actuals:\n"
	    "  - {as_of: 2026-03-31, replaced: 51.0%}\n"
	    "  - {as_of: 2026-03-31, population: a, replaced: 300}\n"
	    "  - {as_of: 2026-03-31, population: b, replaced: 210}\n");
	refused(ONE("revoked: 500") "facts:\n"
	    "  - {what: revoked, at: 2026-03-20, certificates: 501}\n",
	    "add up to 501");
	/* After the actual it is one more. */
	accepted(ONE("revoked: 500") "facts:\n"
	    "  - {what: revoked, at: 2026-04-01, certificates: 500}\n");
	refused(HEAD TWO_DUTIES "facts:\n"
	    "  - {what: revoked, duty: y, at: 2026-03-09, certificates: 1}\n"
	    "  - {what: revoked, duty: y, at: 2026-03-10, certificates: 1}\n",
	    "more than its 1");
	refused(HEAD TWO_DUTIES "facts:\n"
	    "  - {what: revoked, at: 2026-03-09, certificates: 1}\n",
	    "add 'duty'");
	refused(ONE("revoked: 50.0%, of: 1100"), "scope");
}

/* ---- corrections -------------------------------------------------------- */

static void
a_correction_needs_a_reason(void **state)
{
	struct made m;

	(void)state;
	refused(HEAD POSTED "actuals:\n"
	    "  - {id: x, as_of: 2026-03-09, published: 2026-03-10,\n"
	    "     revoked: 300}\n"
	    "  - {as_of: 2026-03-09, published: 2026-03-20, replaces: x,\n"
	    "     revoked: 290}\n", "'note'");
	post(&m, HEAD POSTED "actuals:\n"
	    "  - {id: x, as_of: 2026-03-09, published: 2026-03-10,\n"
	    "     revoked: 300, expired: 1}\n"
	    "  - {as_of: 2026-03-09, published: 2026-03-20, replaces: x,\n"
	    "     revoked: 290, expired: 1, note: ten were tests}\n",
	    "2026-04-04");
	assert_int_equal(m.post->n_restatements, 1);
	assert_int_equal(m.post->restatement[0].figure, RP_FIGURE_REVOKED);
	assert_int_equal(rp_count_n(m.post->restatement[0].before.count), 300);
	assert_int_equal(rp_count_n(m.post->restatement[0].now.count), 290);
	assert_string_equal(m.post->restatement[0].note, "ten were tests");
	figure_is(&m.post->row[0], RP_FIGURE_REVOKED, 290);
	figure_is(&m.post->before[0], RP_FIGURE_REVOKED, 300);
	release(&m);
}

static void
what_was_not_public_is_no_restatement(void **state)
{
	/* Corrected before anybody had read it, without a word. */
	(void)state;
	accepted(HEAD POSTED "actuals:\n"
	    "  - {id: x, as_of: 2026-03-09, published: 2026-03-12,\n"
	    "     revoked: 300}\n"
	    "  - {as_of: 2026-03-09, published: 2026-03-12, replaces: x,\n"
	    "     revoked: 290}\n");
	/* Restated in a post that is over is not restated again. */
	accepted(HEAD "updates: [2026-03-10T16:00Z, 2026-03-20T16:00Z]\n"
	    "actuals:\n"
	    "  - {id: x, as_of: 2026-03-09, published: 2026-03-10,\n"
	    "     revoked: 300}\n"
	    "  - {as_of: 2026-03-09, published: 2026-03-20, replaces: x,\n"
	    "     revoked: 290}\n");
}

static void
a_record_that_came_late(void **state)
{
	struct made m;

	(void)state;
	refused(HEAD POSTED "facts:\n"
	    "  - {what: revoked, at: 2026-03-09, published: 2026-03-20,\n"
	    "     certificates: 7}\n", "did not count");
	/* On the day of a post, at whatever hour: it may have come after it. */
	accepted(HEAD "updates: [2026-03-10]\nfacts:\n"
	    "  - {what: revoked, at: 2026-03-10, published: 2026-03-20,\n"
	    "     certificates: 7}\n");
	post(&m, HEAD POSTED "facts:\n"
	    "  - {what: revoked, at: 2026-03-09, published: 2026-03-20,\n"
	    "     certificates: 7, note: left out}\n", "2026-04-04");
	assert_int_equal(m.post->n_restatements, 1);
	assert_true(m.post->restatement[0].late);
	figure_is(&m.post->before[0], RP_FIGURE_REVOKED, 0);
	figure_is(&m.post->row[0], RP_FIGURE_REVOKED, 7);
	release(&m);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(parts_must_make_the_whole),
		cmocka_unit_test(nothing_cumulative_falls),
		cmocka_unit_test(sums_and_records_agree),
		cmocka_unit_test(a_correction_needs_a_reason),
		cmocka_unit_test(what_was_not_public_is_no_restatement),
		cmocka_unit_test(a_record_that_came_late),
	};

	return !!cmocka_run_group_tests(tests, NULL, NULL);
}
