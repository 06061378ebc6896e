/*
 * test_record.c - the record in a case file: ids, corrections, claims,
 * forecasts.  What is refused is in scenarios/invalid/.
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <string.h>

#include <cmocka.h>

#include "bound.h"

#define HEAD "revplan: 1\n"						\
	"incident: {id: example, certificate: subscriber,\n"		\
	"  reason: not-per-requirements, aware: 2026-03-02T09:15Z}\n"	\
	"populations:\n"						\
	"  - {name: hosting, certificates: 12000,\n"			\
	"     path: [{team: {rate: 100/d}}]}\n"				\
	"duties:\n"							\
	"  - {name: all, note: of them}\n"				\
	"  - {name: some, certificates: 5}\n"

static struct bound
accepted(const char *text)
{
	char whole[8000];
	struct bound b;

	assert_true(snprintf(whole, sizeof(whole), "%s%s", HEAD, text) <
	    (int)sizeof(whole));
	b = bind_text(whole, ".");
	if (b.cs == NULL && b.faults.n > 0)
		fail_msg("line %u: %s", (unsigned)b.faults.fault[0].line,
		    b.faults.fault[0].text);
	assert_non_null(b.cs);
	return b;
}

static void
assert_when(struct rp_when w, const char *text)
{
	char buf[RP_INSTANT_TEXT];

	assert_string_equal(rp_when_format(w, buf), text);
}

static void
duties_and_bases(void **state)
{
	struct bound b = accepted("note: all\n");

	(void)state;
	assert_string_equal(b.cs->duty[0].note, "of them");
	assert_null(b.cs->duty[1].note);
	assert_int_equal(rp_count_n(b.cs->base), 12000);
	assert_int_equal(rp_count_n(b.cs->first_base), 12000);
	assert_false(b.cs->has_grown);
	bound_release(&b);
}

static void
plans_and_actuals(void **state)
{
	struct bound b = accepted(
	    "plans:\n"
	    "  - {of: 11500, notice: comment 12,\n"
	    "     milestones: {2026-04-30: 10%}}\n"
	    "actuals:\n"
	    "  - {as_of: 2026-04-01, of: 11000, expired: 50,\n"
	    "     expired-late: 20, remaining: 40%, held: 1.5%}\n");
	const struct rp_actual *a = b.cs->actual;

	(void)state;
	assert_true(b.cs->plan->has_of);
	assert_int_equal(rp_count_n(b.cs->plan->of), 11500);
	assert_string_equal(b.cs->plan->notice, "comment 12");
	assert_null(b.cs->plan->mark.id);
	assert_int_equal(b.cs->plan->mark.replaces, -1);
	assert_int_equal(b.cs->plan->mark.replaced_by, -1);
	assert_true(a->has_of);
	assert_int_equal(rp_count_n(a->of), 11000);
	assert_true(a->expired_late.known && a->expired_late.is_count);
	assert_int_equal(rp_count_n(a->expired_late.count), 20);
	assert_true(a->held.known && !a->held.is_count);
	assert_int_equal(rp_share_ppb(a->held.share), 15000000);
	bound_release(&b);
}

/* Any of several actuals, and not only the first of them. */
static void
each_actual_can_be_corrected(void **state)
{
	static const char *const days[] = { "03-31", "04-30", "05-31" };
	char text[600];
	struct bound b;
	size_t i;

	(void)state;
	for (i = 0; i < 3; i++) {
		(void)snprintf(text, sizeof(text), "actuals:\n"
		    "  - {as_of: 2026-03-31, replaced: 10%%, id: a0}\n"
		    "  - {as_of: 2026-04-30, replaced: 20%%, id: a1}\n"
		    "  - {as_of: 2026-05-31, replaced: 30%%, id: a2}\n"
		    "  - {as_of: 2026-%s, replaced: 25%%, replaces: a%zu}\n",
		    days[i], i);
		b = accepted(text);
		assert_int_equal(b.cs->n_actuals, 4);
		bound_release(&b);
	}
}

static void
facts_and_commitments(void **state)
{
	struct bound b = accepted(
	    "facts:\n"
	    "  - {what: answer, at: 2026-04-02, answers: why}\n"
	    "  - {what: scope, at: 2026-03-03, certificates: 11500}\n"
	    "  - {what: question, at: 2026-04-01, id: {value: why}}\n"
	    "commitments:\n"
	    "  - {what: lint, due: 2026-06-01, said: 2026-04-01,\n"
	    "     done: 2026-05-01, published: 2026-05-02}\n"
	    "  - {what: audit, due: 2026-06-01}\n");
	const struct rp_commitment *c = b.cs->commitment;

	(void)state;
	assert_int_equal(b.cs->fact[0].answers, 2);
	assert_int_equal(b.cs->fact[1].answers, -1);
	assert_int_equal(b.cs->fact[1].kind, RP_FACT_SCOPE);
	assert_string_equal(b.cs->fact[2].mark.id, "why");
	assert_true(c[0].has_said && c[0].has_done && c[0].has_published);
	assert_when(c[0].said, "2026-04-01");
	assert_when(c[0].published, "2026-05-02");
	assert_false(c[1].has_said || c[1].has_done || c[1].has_published);
	bound_release(&b);
}

/* Two kinds of posts in one list, which is sorted by time. */
static void
updates(void **state)
{
	struct bound b = accepted(
	    "updates:\n"
	    "  - 2026-04-03\n"
	    "  - {at: 2026-04-02, id: two, note: monthly, source: comment 7}\n"
	    "  - {value: 2026-04-01, source: comment 6}\n"
	    "  - {at: 2026-04-04, replaces: two}\n");
	const struct rp_update *u = b.cs->update;

	(void)state;
	assert_int_equal(b.cs->n_updates, 4);
	assert_when(u[0].at, "2026-04-01");
	assert_string_equal(u[0].origin.source, "comment 6");
	assert_int_equal(u[0].mark.replaces, -1);
	assert_string_equal(u[1].mark.id, "two");
	assert_string_equal(u[1].note, "monthly");
	assert_string_equal(u[1].origin.source, "comment 7");
	assert_int_equal(u[1].mark.replaced_by, 3);
	assert_null(u[2].origin.source);
	assert_int_equal(u[3].mark.replaces, 1);
	bound_release(&b);
}

static void
claims(void **state)
{
	struct bound b = accepted(
	    "claims:\n"
	    "  - {id: july, said: 2026-06-20, duty: some, about: revocation,\n"
	    "     share: 80%, promise: most, by: 2026-07-31, changes: june,\n"
	    "     done: 2026-07-30, evidence: log, withdrawn: 2026-08-05}\n"
	    "  - {id: june, said: 2026-03-10, promise: all, by: 2026-06-30}\n"
	    "  - {said: 2026-08-01, fact: key-destroyed, at: 2026-07-28,\n"
	    "     certificates: 3, kept: july}\n"
	    "  - {said: 2026-08-02, kept: [june, july]}\n");
	const struct rp_claim *c = b.cs->claim;

	(void)state;
	assert_int_equal(c[0].duty, 1);
	assert_int_equal(c[0].about, RP_ABOUT_REVOCATION);
	assert_true(c[0].has_share);
	assert_int_equal(rp_share_ppb(c[0].share), 800000000);
	assert_int_equal(c[0].changes, 1);
	assert_when(c[0].done, "2026-07-30");
	assert_string_equal(c[0].evidence, "log");
	assert_when(c[0].withdrawn, "2026-08-05");
	assert_int_equal(c[1].about, RP_ABOUT_OTHER);
	assert_int_equal(c[1].changes, -1);
	assert_int_equal(c[1].duty, -1);
	assert_false(c[1].has_share || c[1].has_done || c[1].has_withdrawn ||
	    c[1].has_fact);
	assert_true(c[2].has_fact && c[2].has_at && c[2].has_certificates);
	assert_int_equal(c[2].fact, RP_FACT_KEY_DESTROYED);
	assert_when(c[2].at, "2026-07-28");
	assert_int_equal(rp_count_n(c[2].certificates), 3);
	assert_int_equal(c[2].n_kept, 1);
	assert_int_equal(c[2].kept[0], 0);
	assert_int_equal(c[3].n_kept, 2);
	assert_int_equal(c[3].kept[0], 1);
	assert_int_equal(c[3].kept[1], 0);
	bound_release(&b);
}

static void
forecasts(void **state)
{
	struct bound b = accepted(
	    "forecasts:\n"
	    "  - {as_of: 2026-05-01, p10: 2026-07-01, p50: 2026-08-01,\n"
	    "     never: 12.5%, explained: false, metric: revoked,\n"
	    "     trials: 5000, seed: 7, note: by the CA,\n"
	    "     published: 2026-05-02}\n"
	    "  - {as_of: 2026-04-01, id: first, p10: 2026-06-01T12:00Z,\n"
	    "     p50: 2026-07-01, p80: 2026-07-01, p90: 2026-09-01}\n");
	const struct rp_forecast_made *f = b.cs->forecast;
	char buf[RP_INSTANT_TEXT];

	(void)state;
	assert_int_equal(b.cs->n_forecasts, 2);
	assert_string_equal(f[0].mark.id, "first");
	assert_true(f[0].explained && !f[0].has_published);
	assert_int_equal(f[0].metric, RP_METRIC_REPLACED);
	for (int i = 0; i < 4; i++)
		assert_true(f[0].has[i]);
	assert_string_equal(rp_instant_format(f[0].q[0], buf),
	    "2026-06-01T12:00:00Z");
	assert_string_equal(rp_instant_format_date(f[0].q[3], buf),
	    "2026-09-01");
	assert_int_equal(f[1].metric, RP_METRIC_REVOKED);
	assert_true(f[1].has[0] && f[1].has[1] && !f[1].has[2] && !f[1].has[3]);
	assert_int_equal(rp_share_ppb(f[1].never), 125000000);
	assert_false(f[1].explained);
	assert_int_equal(f[1].trials, 5000);
	assert_int_equal(f[1].seed, 7);
	assert_string_equal(f[1].note, "by the CA");
	assert_when(f[1].published, "2026-05-02");
	bound_release(&b);
}

/* ---- corrections -------------------------------------------------------- */

/*
 * Actuals are sorted by time, and the links go with them.  What was corrected
 * may be impossible, and may say the same of the same time.
 */
static void
corrections_survive_the_sorting(void **state)
{
	struct bound b = accepted(
	    "actuals:\n"
	    "  - {id: three, replaces: two, as_of: 2026-03-20, revoked: 30}\n"
	    "  - {id: two, replaces: one, as_of: 2026-04-01, revoked: 20}\n"
	    "  - {id: one, as_of: 2026-04-01, revoked: 99000}\n"
	    "  - {as_of: 2026-03-25, revoked: 31}\n");
	const struct rp_actual *a = b.cs->actual;

	(void)state;
	assert_string_equal(a[0].mark.id, "three");
	assert_null(a[1].mark.id);
	assert_string_equal(a[2].mark.id, "two");
	assert_string_equal(a[3].mark.id, "one");
	assert_int_equal(a[0].mark.replaces, 2);
	assert_int_equal(a[0].mark.replaced_by, -1);
	assert_int_equal(a[1].mark.replaces, -1);
	assert_int_equal(a[1].mark.replaced_by, -1);
	assert_int_equal(a[2].mark.replaces, 3);
	assert_int_equal(a[2].mark.replaced_by, 0);
	assert_int_equal(a[3].mark.replaces, -1);
	assert_int_equal(a[3].mark.replaced_by, 2);
	bound_release(&b);
}

static void
every_list_takes_corrections_and_retractions(void **state)
{
	struct bound b = accepted(
	    "plans:\n"
	    "  - {id: a, milestones: {2026-04-30: 10%}}\n"
	    "  - {replaces: a, retracted: a draft, published: 2026-03-05}\n"
	    "facts:\n"
	    "  - {id: a, what: closed, at: 2026-05-01}\n"
	    "  - {id: b, replaces: a, retracted: another bug, note: yes}\n"
	    "  - {replaces: b, what: closed, at: 2026-05-02}\n"
	    "commitments:\n"
	    "  - {id: a, what: lint, due: 2026-06-01}\n"
	    "  - {replaces: a, retracted: not ours, published: 2026-05-01}\n"
	    "updates: [{at: 2026-04-01, id: a}, {replaces: a, retracted: no}]\n"
	    "claims:\n"
	    "  - {id: a, said: 2026-04-01, rate: 5/d}\n"
	    "  - {replaces: a, retracted: never said, source: comment 3}\n"
	    "requests:\n"
	    "  - {id: a, asked: 2026-04-01, finish-by: 2026-05-01}\n"
	    "  - {replaces: a, retracted: never asked}\n"
	    "forecasts:\n"
	    "  - {id: a, as_of: 2026-04-01, never: 100%}\n"
	    "  - {replaces: a, retracted: a slip, basis: stated}\n");
	struct rp_case *cs = NULL;

	(void)state;
	assert_string_equal(b.cs->fact[1].mark.retracted, "another bug");
	assert_int_equal(b.cs->fact[1].mark.replaced_by, 2);
	assert_int_equal(rp_case_view(b.cs, NULL, RP_VIEW_PUBLIC, &cs, NULL),
	    RP_OK);
	assert_int_equal(cs->n_plans + cs->n_commitments + cs->n_updates +
	    cs->n_claims + cs->n_requests + cs->n_forecasts, 0);
	assert_int_equal(cs->n_facts, 1);
	assert_when(cs->fact->at, "2026-05-02");
	rp_case_free(cs);
	bound_release(&b);
}

/* The restated figure of the public view, from a file. */
static void
the_public_reads_what_was_published(void **state)
{
	static const struct {
		const char *as_of;
		uint64_t replaced;
	} days[] = { { "2026-05-03", 0 }, { "2026-05-04", 2900 },
	    { "2026-05-17", 2900 }, { "2026-05-18", 2400 } };
	struct bound b = accepted(
	    "actuals:\n"
	    "  - {id: april, as_of: 2026-04-30, published: 2026-05-04,\n"
	    "     replaced: 2900}\n"
	    "  - {replaces: april, as_of: 2026-04-30, published: 2026-05-18,\n"
	    "     replaced: 2400}\n");

	(void)state;
	for (size_t i = 0; i < sizeof(days) / sizeof(days[0]); i++) {
		struct rp_case *cs = NULL;
		struct rp_when w;

		assert_int_equal(rp_when_parse(days[i].as_of, &w, NULL),
		    RP_OK);
		assert_int_equal(rp_case_view(b.cs, &w, RP_VIEW_PUBLIC, &cs,
		    NULL), RP_OK);
		assert_int_equal(cs->n_actuals, days[i].replaced > 0);
		if (cs->n_actuals > 0)
			assert_int_equal(rp_count_n(cs->actual->metric[
			    RP_METRIC_REPLACED].count), days[i].replaced);
		rp_case_free(cs);
	}
	bound_release(&b);
}

/* A chain as long as a list may be costs no more than reading it. */
static void
long_chains_are_cheap(void **state)
{
	enum { LINKS = 20000 };
	static char text[LINKS * 80 + 1000];
	struct rp_case *cs = NULL;
	struct bound b;
	size_t len;

	(void)state;
	len = (size_t)snprintf(text, sizeof(text), "%sfacts:\n"
	    "  - {id: f0, what: question, at: 2026-04-01}\n", HEAD);
	for (int i = 1; i < LINKS; i++)
		len += (size_t)snprintf(text + len, sizeof(text) - len,
		    "  - {id: f%d, replaces: f%d, what: question, "
		    "at: 2026-04-01}\n", i, i - 1);
	b = bind_text(text, ".");
	assert_non_null(b.cs);
	assert_int_equal(rp_case_view(b.cs, NULL, RP_VIEW_PUBLIC, &cs, NULL),
	    RP_OK);
	assert_int_equal(cs->n_facts, 1);
	assert_string_equal(cs->fact->mark.id, "f19999");
	rp_case_free(cs);
	bound_release(&b);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(duties_and_bases),
		cmocka_unit_test(plans_and_actuals),
		cmocka_unit_test(each_actual_can_be_corrected),
		cmocka_unit_test(facts_and_commitments),
		cmocka_unit_test(updates),
		cmocka_unit_test(claims),
		cmocka_unit_test(forecasts),
		cmocka_unit_test(corrections_survive_the_sorting),
		cmocka_unit_test(every_list_takes_corrections_and_retractions),
		cmocka_unit_test(the_public_reads_what_was_published),
		cmocka_unit_test(long_chains_are_cheap),
	};

	return !!cmocka_run_group_tests(tests, NULL, NULL);
}
