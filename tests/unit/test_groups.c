/*
 * test_groups.c - findings in the order in which a reader needs them, and
 * what is late of each duty.
 */
#include "listed.h"

#include <stdlib.h>

#include "revplan/dues.h"
#include "write/findings.h"
#include "write/late.h"

/* 5 d after awareness: 2026-03-07T09:15Z. */
#define STORY HEAD							\
	"facts:\n"							\
	"  - {what: incident-disclosed, at: 2026-03-03T10:00Z}\n"	\
	"  - {what: revoked, at: 2026-03-08T10:00Z, certificates: 40,\n" \
	"     subscribers: 3}\n"					\
	"  - {what: revoked, at: 2026-03-06T10:00Z, certificates: 50}\n" \
	"updates: [2026-03-03T10:00Z]\n"

static void
groups_follow_each_other(void **state)
{
	const struct rp_finding **f;
	struct listed l;
	uint64_t grouped = 0;
	size_t n, i, rows;

	(void)state;
	listed_open(&l, STORY, "2026-03-09T00:00Z");
	(void)rp_findings_rows(l.findings, &rows);
	f = rp_findings_by_group(l.findings, &n);
	assert_non_null(f);
	assert_int_equal(n, rows);
	for (i = 0; i + 1 < n; i++) {
		enum rp_group g = rp_finding_group(f[i]);

		assert_true(g <= rp_finding_group(f[i + 1]));
		if (g != rp_finding_group(f[i + 1]))
			continue;
		if (g == RP_GROUP_DUE && rp_rule_is_standing(f[i]->rule))
			assert_true(rp_rule_is_standing(f[i + 1]->rule));
		else if (g == RP_GROUP_DUE && f[i]->has_due &&
		    !rp_rule_is_standing(f[i + 1]->rule))
			assert_true(!f[i + 1]->has_due || rp_instant_cmp(
			    f[i]->due.from, f[i + 1]->due.from) <= 0);
		if (g == RP_GROUP_BREACHED)
			assert_true(f[i]->still_open >= f[i + 1]->still_open);
	}
	/* Each group from end to end is all of the group. */
	for (i = 0; i < n;) {
		size_t end = rp_group_end(f, i, n);

		assert_int_equal(end - i, rp_group_count(l.findings,
		    rp_finding_group(f[i])));
		grouped += end - i;
		i = end;
	}
	assert_int_equal(grouped, n);
	assert_int_equal(rp_finding_group(f[0]), RP_GROUP_DUE);
	free(f);
	listed_close(&l);
}

static enum rp_group
group_of(const struct rp_findings *all, const char *id)
{
	const struct rp_finding *f;
	size_t n;

	f = rp_findings_rows(all, &n);
	for (size_t i = 0; i < n; i++)
		if (strcmp(f[i].id, id) == 0)
			return rp_finding_group(&f[i]);
	fail_msg("no row '%s'", id);
	return RP_GROUPS;
}

/* Silence about a standing duty is no news; a word about it is. */
static void
standing_duties_stand_apart(void **state)
{
	struct listed l;

	(void)state;
	listed_open(&l, STORY, "2026-03-09T00:00Z");
	assert_int_equal(group_of(l.findings, "BR-MRP-PLAN"),
	    RP_GROUP_STANDING);
	assert_int_equal(group_of(l.findings, "BR-CRL-EE-24H"),
	    RP_GROUP_UNDECIDED);
	listed_close(&l);
	listed_open(&l, HEAD "facts:\n"
	    "  - {what: not-done, of: mass-revocation-plan, "
	    "at: 2026-03-08}\n", "2026-03-09T00:00Z");
	assert_int_equal(group_of(l.findings, "BR-MRP-PLAN"),
	    RP_GROUP_BREACHED);
	listed_close(&l);
}

static void
how_long_it_is_yet(void **state)
{
	struct rp_instant now = when("2026-03-06T00:00Z").from;
	char buf[RP_WORDS];

	(void)state;
	assert_string_equal(rp_words_ahead(when("2026-03-07T09:15Z"), now,
	    buf), "in 33 h 15 min");
	/* A day that begins tomorrow may end the day after. */
	assert_string_equal(rp_words_ahead(when("2026-03-08"), now, buf),
	    "in at least 2 d");
	assert_string_equal(rp_words_ahead(when("2026-03-06"), now, buf),
	    "perhaps within a day");
}

/* 40 of 3 subscribers are late by the record, 10 are not done: 50 of 100. */
static void
what_is_late_of_a_duty(void **state)
{
	struct rp_text out = { 0 };
	struct listed l;

	(void)state;
	listed_open(&l, STORY, "2026-03-09T00:00Z");
	rp_late_lines(l.findings, l.now, &out);
	assert_false(out.failed);
	/* The other 10 belong to nobody else, or to 10 others. */
	if (strstr(out.bytes, "late: 50 of 100 certificates of 3 to 13 "
	    "subscribers late as recorded, 10 still") == NULL)
		fail_msg("%s", out.bytes);
	rp_text_release(&out);
	listed_close(&l);
	/* Before the deadline nothing is late, and nothing is told. */
	listed_open(&l, STORY, "2026-03-05T00:00Z");
	rp_late_lines(l.findings, l.now, &out);
	assert_int_equal(out.len, 0);
	listed_close(&l);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(groups_follow_each_other),
		cmocka_unit_test(standing_duties_stand_apart),
		cmocka_unit_test(how_long_it_is_yet),
		cmocka_unit_test(what_is_late_of_a_duty),
	};

	return !!cmocka_run_group_tests(tests, NULL, NULL);
}
