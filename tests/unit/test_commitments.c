/*
 * tests/unit/test_commitments.c - rules that only a case has, and standing
 * duties: what tests/rules cannot ask, which is words, severities, whose
 * clock it is and who looks.
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <string.h>

#include <cmocka.h>

#include "base/mem.h"
#include "bound.h"
#include "revplan/check.h"

#define HEAD "revplan: 1\n"						\
	"incident: {id: x, ca: Example CA, certificate: subscriber,\n"	\
	"  reason: not-per-requirements, aware: 2026-03-02T10:00Z}\n"	\
	"populations:\n"						\
	"- {name: all, certificates: 10, path: [{wait: {time: 1 d}}]}\n"

/* The findings outlive the case that they are about. */
static struct rp_findings *
check_text(const char *text, const char *as_of, enum rp_view who)
{
	struct bound b = bind_text(text, ".");
	struct rp_case *view = NULL;
	struct rp_findings *f = NULL;
	struct rp_err err = { 0 };
	struct rp_when when;

	if (b.cs == NULL)
		fail_msg("%s", b.faults.fault[0].text);
	assert_int_equal(rp_when_parse(as_of, &when, &err), RP_OK);
	assert_int_equal(rp_case_view(b.cs, &when, who, &view, &err), RP_OK);
	assert_int_equal(rp_check(view, when, who, &f, &err), RP_OK);
	rp_case_free(view);
	bound_release(&b);
	return f;
}

/* The n-th row of an id, NULL when there is none. */
static const struct rp_finding *
row_of(const struct rp_findings *f, const char *id, size_t n)
{
	size_t rows;
	const struct rp_finding *r = rp_findings_rows(f, &rows);

	for (size_t i = 0; i < rows; i++)
		if (strcmp(r[i].id, id) == 0 && n-- == 0)
			return &r[i];
	return NULL;
}

static const struct rp_finding *
row_must(const struct rp_findings *f, const char *id, size_t n,
    enum rp_verdict verdict)
{
	const struct rp_finding *r = row_of(f, id, n);

	if (r == NULL)
		fail_msg("no row %zu of %s", n, id);
	if (r->verdict != verdict)
		fail_msg("%s is %s: %s", id, rp_verdict_word(r->verdict),
		    r->detail);
	return r;
}

static void
says(const char *text, const char *words)
{
	if (strstr(text, words) == NULL)
		fail_msg("'%s' does not say '%s'", text, words);
}

/* ---- rules of a case ---------------------------------------------------- */

static void
a_cps_is_binding(void **state)
{
	struct rp_findings *f = check_text(HEAD
	    "commitments:\n"
	    "- {what: shown within a day, rule: cps, section: 4.9.7,\n"
	    "   within: 24 h, after: revoked, then: revocation-published}\n"
	    "facts:\n"
	    "- {what: revoked, at: 2026-03-03T10:00Z}\n"
	    "- {what: revocation-published, at: 2026-03-04T11:00Z}\n",
	    "2026-03-05", RP_VIEW_INTERNAL);
	const struct rp_finding *r = row_must(f, "CASE-CPS-1", 0,
	    RP_VERDICT_BREACHED);

	(void)state;
	assert_int_equal(r->rule->severity, RP_MUST);
	assert_string_equal(r->rule->id, "CASE-CPS-1");
	assert_string_equal(r->rule->title, "shown within a day");
	assert_string_equal(r->citation, "CP/CPS of Example CA, 4.9.7");
	assert_string_equal(rp_keyed_word(r->rule), "the event");
	assert_int_equal(r->overdue_s, 3600);
	assert_int_equal(r->duty, 0);
	assert_true(rp_findings_must_breached(f));
	rp_findings_free(f);
}

/* A promise that slipped is a lapse and does not make the check fail. */
static void
a_promise_is_expected(void **state)
{
	struct rp_findings *f = check_text(HEAD
	    "commitments:\n"
	    "- {what: linting, said: 2026-03-04, source: comment 3,\n"
	    "   due: 2026-03-10T00:00Z, done: 2026-03-11T00:00Z}\n"
	    "- {what: training, due: 2026-03-10T00:00Z}\n"
	    "facts:\n"
	    "- {what: revoked, at: 2026-03-03T10:00Z}\n"
	    "- {what: revocation-published, at: 2026-03-03T10:00Z}\n",
	    "2026-03-12", RP_VIEW_INTERNAL);
	const struct rp_finding *r = row_must(f, "CASE-PROMISE-1", 0,
	    RP_VERDICT_BREACHED);

	(void)state;
	assert_int_equal(r->rule->severity, RP_EXPECTED);
	assert_string_equal(r->citation, "promise of 2026-03-04, comment 3");
	says(r->detail, "an expectation, not a MUST");
	assert_int_equal(r->overdue_s, 86400);
	r = row_must(f, "CASE-PROMISE-2", 0, RP_VERDICT_UNDECIDED);
	assert_string_equal(r->citation,
	    "promise of the CA, no source given");
	assert_false(rp_findings_must_breached(f));
	rp_findings_free(f);
}

/* 100 letters of two bytes each: 40 of the name and 30 of the section. */
static void
no_letter_is_cut_in_two(void **state)
{
	char text[2048], name[201] = "", section[201] = "";
	const struct rp_finding *r;
	struct rp_findings *f;

	(void)state;
	for (size_t i = 0; i < 100; i++) {
		memcpy(name + 2 * i, "\xC3\xA4", 3);
		memcpy(section + 2 * i, "\xC3\xB6", 3);
	}
	/* One byte before them, so that every cut falls into a letter. */
	(void)snprintf(text, sizeof(text), "revplan: 1\n"
	    "incident: {id: x, ca: A%s, certificate: subscriber,\n"
	    "  reason: key-compromise, aware: 2026-03-02T10:00Z}\n"
	    "populations:\n"
	    "- {name: all, certificates: 10, path: [{wait: {time: 1 d}}]}\n"
	    "commitments:\n"
	    "- {what: review, rule: cps, section: B%s, due: 2026-03-10}\n",
	    name, section);
	f = check_text(text, "2026-03-05", RP_VIEW_INTERNAL);
	r = row_must(f, "CASE-CPS-1", 0, RP_VERDICT_DUE);
	/* "CP/CPS of ", A and 39 letters, ", ", B and 29 letters. */
	assert_int_equal(strlen(r->citation), 10 + 1 + 78 + 2 + 1 + 58);
	says(r->citation, "\xC3\xA4, B\xC3\xB6");
	assert_string_equal(r->citation + strlen(r->citation) - 2,
	    "\xC3\xB6");
	rp_findings_free(f);
}

/* What became public later had not been read by then. */
static void
the_public_knows_what_was_published(void **state)
{
	static const char text[] = HEAD
	    "commitments:\n"
	    "- {what: linting, due: 2026-03-20T00:00Z, done: 2026-03-08,\n"
	    "   published: 2026-03-15}\n";
	struct rp_findings *f = check_text(text, "2026-03-10",
	    RP_VIEW_INTERNAL);

	(void)state;
	(void)row_must(f, "CASE-PROMISE-1", 0, RP_VERDICT_MET);
	rp_findings_free(f);
	f = check_text(text, "2026-03-10", RP_VIEW_PUBLIC);
	(void)row_must(f, "CASE-PROMISE-1", 0, RP_VERDICT_DUE);
	rp_findings_free(f);
	f = check_text(text, "2026-03-16", RP_VIEW_PUBLIC);
	(void)row_must(f, "CASE-PROMISE-1", 0, RP_VERDICT_MET);
	rp_findings_free(f);
}

/* Two duties: each has its own certificates, and so its own rows. */
static void
each_duty_is_judged(void **state)
{
	struct rp_findings *f = check_text(HEAD
	    "duties:\n"
	    "- {name: web, certificates: 6}\n"
	    "- {name: mail, certificates: 4}\n"
	    "commitments:\n"
	    "- {what: shown within a day, rule: cps, within: 24 h,\n"
	    "   after: revoked, then: revocation-published}\n"
	    "facts:\n"
	    "- {what: revoked, at: 2026-03-03T10:00Z}\n"
	    "- {what: revocation-published, at: 2026-03-03T12:00Z,\n"
	    "   duty: web}\n"
	    "- {what: good-served, at: 2026-03-04T10:00:05Z, duty: mail}\n",
	    "2026-03-05", RP_VIEW_INTERNAL);
	const struct rp_finding *r = row_must(f, "CASE-CPS-1", 0,
	    RP_VERDICT_MET);

	(void)state;
	assert_int_equal(r->duty, 0);
	assert_int_equal(r->count, 6);
	r = row_must(f, "CASE-CPS-1", 1, RP_VERDICT_BREACHED);
	assert_int_equal(r->duty, 1);
	assert_int_equal(r->count, 4);
	assert_int_equal(r->overdue_s, 5);
	assert_true(r->still_open && !r->has_met);
	says(r->detail, "still answered as good");
	assert_null(row_of(f, "CASE-CPS-1", 2));
	rp_findings_free(f);
}

/* Wherever memory runs out, nothing is left behind and nothing is half done. */
static void
memory_may_run_out_anywhere(void **state)
{
	struct bound b = bind_text(HEAD
	    "commitments:\n"
	    "- {what: shown within a day, rule: cps, within: 24 h,\n"
	    "   after: revoked, then: revocation-published}\n"
	    "- {what: revoked within a day of proof, within: 24 h,\n"
	    "   after: compromise-proven, then: revoked}\n"
	    "- {what: answers, within: 2 d, after: question, then: answer}\n"
	    "- {what: linting, due: 2026-03-10}\n"
	    "facts:\n"
	    "- {what: compromise-proven, at: 2026-03-02T10:00Z}\n"
	    "- {what: revoked, at: 2026-03-03T10:00Z}\n"
	    "- {what: question, at: 2026-03-03T10:00Z}\n", ".");
	struct rp_findings *f = NULL;
	struct rp_when when;
	unsigned long n = 0;
	rp_status rc;

	(void)state;
	assert_non_null(b.cs);
	assert_int_equal(rp_when_parse("2026-03-12", &when, NULL), RP_OK);
	do {
		struct rp_err err = { 0 };

		rp_alloc_fail_at(++n);
		rc = rp_check(b.cs, when, RP_VIEW_INTERNAL, &f, &err);
		rp_alloc_fail_at(0);
		assert_true(rc == RP_OK || rc == RP_ENOMEM);
		assert_true(rc == RP_OK || (f == NULL && err.text[0] != '\0'));
	} while (rc != RP_OK && n < 10000);
	assert_int_equal(rc, RP_OK);
	assert_true(n > 50);
	rp_findings_free(f);
	bound_release(&b);
}

/* ---- certificate by certificate ----------------------------------------- */

#define CERTIFICATES 12
#define DAYS 9

/* A generator of its own, so that a failing seed can be played again. */
static unsigned
draw(unsigned *state, unsigned below)
{
	*state = *state * 1664525u + 1013904223u;
	return (*state >> 8) % below;
}

/*
 * Facts of a kind on the hours of some days; *n of the certificates by time,
 * hour[i] that of the i-th certificate.
 */
static size_t
write_facts(char *text, size_t size, const char *what, unsigned *state,
    unsigned hour[CERTIFICATES], size_t *n)
{
	size_t used = 0;

	*n = 0;
	for (unsigned day = 3; day < 3 + DAYS; day++) {
		unsigned many = draw(state, 5), at = draw(state, 24);

		if (many == 0 || *n + many > CERTIFICATES)
			continue;
		used += (size_t)snprintf(text + used, size - used,
		    "- {what: %s, at: 2026-03-%02uT%02u:00Z, "
		    "certificates: %u}\n", what, day, at, many);
		while (many-- > 0)
			hour[(*n)++] = (day - 3) * 24 + at;
	}
	return used;
}

/*
 * Who is asked for first is revoked first: the i-th certificate that was asked
 * for against the i-th that was revoked, by hand.
 */
static void
each_certificate_is_asked_for_once(void **state)
{
	(void)state;
	for (unsigned seed = 1; seed <= 400; seed++) {
		unsigned asked[CERTIFICATES], done[CERTIFICATES], s = seed;
		size_t n_asked, n_done, used, rows = 0;
		uint64_t late = 0, all = 0, expected = 0;
		const struct rp_finding *r;
		struct rp_findings *f;
		char text[4096];

		used = (size_t)snprintf(text, sizeof(text), "revplan: 1\n"
		    "incident: {id: x, certificate: subscriber,\n"
		    "  reason: not-per-requirements,\n"
		    "  aware: 2026-03-02T10:00Z}\n"
		    "populations:\n- {name: all, certificates: %d,\n"
		    "   path: [{wait: {time: 1 d}}]}\nfacts:\n"
		    "- {what: scope, at: 2026-03-02, certificates: %d}\n",
		    CERTIFICATES, CERTIFICATES);
		used += write_facts(text + used, sizeof(text) - used,
		    "microsoft-notice", &s, asked, &n_asked);
		(void)write_facts(text + used, sizeof(text) - used, "revoked",
		    &s, done, &n_done);
		f = check_text(text, "2026-04-02", RP_VIEW_INTERNAL);
		for (size_t i = 0; i < n_asked; i++)
			expected += i >= n_done || done[i] > asked[i] + 24;
		for (; (r = row_of(f, "MS-REV-24H-v11", rows)) != NULL;
		    rows++) {
			all += r->count;
			if (r->verdict == RP_VERDICT_BREACHED)
				late += r->count;
		}
		if (all != n_asked || late != expected)
			fail_msg("seed %u: %u of %u late, not %u of %zu",
			    seed, (unsigned)late, (unsigned)all,
			    (unsigned)expected, n_asked);
		rp_findings_free(f);
	}
}

/* ---- standing duties and programs --------------------------------------- */

static void
what_is_missing_is_named(void **state)
{
	struct rp_findings *f = check_text(HEAD
	    "facts:\n"
	    "- {what: subscribers-warned, at: 2025-08-01}\n"
	    "- {what: mass-revocation-plan, at: 2025-08-01,\n"
	    "   has: [activation, contacts, automation, targets,\n"
	    "   notification, roles, training]}\n",
	    "2026-03-05", RP_VIEW_INTERNAL);
	const struct rp_finding *r = row_must(f, "MRSP-DR-PREP", 0,
	    RP_VERDICT_UNDECIDED);

	(void)state;
	says(r->detail, "'agreement-terms'");
	assert_null(strstr(r->detail, "subscribers-warned"));
	r = row_must(f, "BR-MRP-PLAN", 0, RP_VERDICT_UNDECIDED);
	says(r->detail, "testing, analysis and update after a test");
	assert_null(strstr(r->detail, "training"));
	rp_findings_free(f);
}

/* A duty that is younger than the closing has nothing to do with it. */
static void
an_old_report_is_no_excuse(void **state)
{
	struct rp_findings *f = check_text(HEAD
	    "facts:\n"
	    "- {what: closed, at: 2025-06-01}\n",
	    "2026-03-05", RP_VIEW_INTERNAL);
	const struct rp_finding *r = row_must(f, "BR-MRP-CPS", 0,
	    RP_VERDICT_UNDECIDED);

	(void)state;
	assert_null(strstr(r->detail, "closing"));
	says(r->detail, "if there was none");
	rp_findings_free(f);
}

/* By the reporter the deadline was a day earlier, and only then missed. */
static void
whose_clock_it_is_is_told(void **state)
{
	struct rp_findings *f = check_text("revplan: 1\n"
	    "incident: {id: x, certificate: subscriber,\n"
	    "  reason: not-per-requirements, aware: 2026-03-02T10:00Z,\n"
	    "  clocks: [{by: reporter, aware: 2026-03-01T10:00Z}]}\n"
	    "populations:\n"
	    "- {name: all, certificates: 10,\n"
	    "   path: [{wait: {time: 1 d}}]}\n"
	    "facts:\n"
	    "- {what: revoked, at: 2026-03-06T11:00Z}\n"
	    "- {what: delay-disclosed, at: 2026-03-07T10:00Z}\n"
	    "- {what: audit-statement, at: 2026-05-01,\n"
	    "   lacks: [delay-finding]}\n",
	    "2026-06-05", RP_VIEW_INTERNAL);
	const struct rp_finding *r = row_must(f, "CHROME-SECOND-MUST", 0,
	    RP_VERDICT_MET);

	(void)state;
	assert_string_equal(r->by, "reporter");
	assert_null(row_of(f, "CHROME-SECOND-MUST", 1));
	r = row_must(f, "MRSP-DR-FINDING", 0, RP_VERDICT_BREACHED);
	assert_string_equal(r->by, "reporter");
	assert_null(row_of(f, "MRSP-DR-FINDING", 1));
	rp_findings_free(f);
}

/* Rules that were only proposed say nothing of any case. */
static void
drafts_are_never_judged(void **state)
{
	static const char *const ids[] = { "DRAFT-CORPUS", "DRAFT-REVOKED",
	    "DRAFT-TRIAGE" };
	struct rp_findings *f = check_text(HEAD, "2028-01-01",
	    RP_VIEW_INTERNAL);

	(void)state;
	for (size_t i = 0; i < sizeof(ids) / sizeof(ids[0]); i++) {
		const struct rp_rule *rule = rp_rule_find(ids[i]);
		struct rp_when day;

		assert_non_null(rule);
		assert_true(rule->draft);
		assert_string_equal(rule->from, "2027-02-15");
		says(rule->note, "unverified");
		assert_int_equal(rp_when_parse("2028-01-01", &day, NULL),
		    RP_OK);
		assert_false(rp_rule_in_force(rule, day.from));
		assert_null(row_of(f, ids[i], 0));
	}
	rp_findings_free(f);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(a_cps_is_binding),
		cmocka_unit_test(a_promise_is_expected),
		cmocka_unit_test(no_letter_is_cut_in_two),
		cmocka_unit_test(the_public_knows_what_was_published),
		cmocka_unit_test(each_duty_is_judged),
		cmocka_unit_test(memory_may_run_out_anywhere),
		cmocka_unit_test(each_certificate_is_asked_for_once),
		cmocka_unit_test(what_is_missing_is_named),
		cmocka_unit_test(an_old_report_is_no_excuse),
		cmocka_unit_test(whose_clock_it_is_is_told),
		cmocka_unit_test(drafts_are_never_judged),
	};

	return !!cmocka_run_group_tests(tests, NULL, NULL);
}
