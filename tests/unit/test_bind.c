/*
 * A whole case, value by value: what the file says is what the struct holds.
 * Dates were turned into UTC by hand (Tokyo is nine hours ahead all year).
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "base/mem.h"
#include "bound.h"
#include "near.h"

#define DESIGN "tests/support/cases/design.yaml"

#define HEAD "revplan: 1\n"						\
    "incident: {id: x, certificate: subscriber, reason: weak-key, "	\
    "aware: 2026-03-02}\n"
#define PEOPLE "populations:\n"						\
    "  - {name: a, certificates: 10, path: [{wait: {time: 1 d}}]}\n"

static void
assert_at(struct rp_instant at, const char *text)
{
	char buf[RP_INSTANT_TEXT];

	assert_string_equal(rp_instant_format(at, buf), text);
}

static void
assert_when(struct rp_when w, const char *text)
{
	char buf[RP_INSTANT_TEXT];

	assert_string_equal(rp_when_format(w, buf), text);
}

static void
assert_fixed(const struct rp_quantity *q, double value)
{
	assert_null(q->dist);
	assert_near(q->fixed, value, 1e-9);
}

static void
assert_dist(const struct rp_quantity *q, enum rp_dist_kind kind,
    unsigned n_params, const double *params)
{
	unsigned i;

	assert_non_null(q->dist);
	assert_int_equal(q->dist->kind, kind);
	assert_int_equal(q->dist->n_params, n_params);
	for (i = 0; i < n_params; i++)
		assert_fixed(&q->dist->param[i], params[i]);
}

/* A text that must be accepted. */
static struct bound
accept(const char *text)
{
	struct bound b = bind_text(text, "tests/support/cases");
	size_t i;

	for (i = 0; i < b.faults.n; i++)
		print_error("%u:%u: %s\n", (unsigned)b.faults.fault[i].line,
		    (unsigned)b.faults.fault[i].col, b.faults.fault[i].text);
	assert_int_equal(b.status, RP_OK);
	assert_non_null(b.cs);
	return b;
}

static int
load_design(void **state)
{
	static struct bound b;

	b = bind_file(DESIGN);
	*state = b.cs;
	return b.status == RP_OK && b.faults.n == 0 ? 0 : -1;
}

static int
free_design(void **state)
{
	rp_case_free(*state);
	return 0;
}

static void
test_incident_and_simulation(void **state)
{
	const struct rp_case *cs = *state;

	assert_string_equal(cs->file, "case.yaml");
	assert_string_equal(cs->id, "example-2026");
	assert_string_equal(cs->ca, "Example CA");
	assert_string_equal(cs->title,
	    "Leaf certificates with a wrong policy qualifier");
	assert_int_equal(cs->certificate, RP_CERT_SUBSCRIBER);
	assert_int_equal(cs->profile, RP_PROFILE_TLS);
	assert_int_equal(cs->reason, RP_REASON_NOT_PER_REQUIREMENTS);
	assert_when(cs->aware, "2026-03-02T09:15:00Z");
	assert_int_equal(cs->aware_origin.line, 10);
	assert_int_equal(cs->aware_origin.col, 10);
	assert_true(cs->has_reported);
	assert_when(cs->reported, "2026-03-02T08:40:00Z");
	assert_int_equal(rp_count_n(cs->total), 27000);
	assert_at(cs->simulation.horizon, "2027-03-10T00:00:00Z");
	assert_int_equal(rp_span_s(cs->simulation.step), 86400);
	assert_int_equal(cs->simulation.trials, 10000);
	assert_int_equal(cs->simulation.seed, 1);
}

static void
test_calendar(void **state)
{
	const struct rp_case *cs = *state;
	const struct rp_named_calendar *cal = cs->calendar;

	assert_int_equal(cs->n_calendars, 1);
	assert_string_equal(cal->name, "japan");
	assert_string_equal(cal->zone, "Asia/Tokyo");
	assert_string_equal(cal->holidays, "japan.ics");
	assert_int_equal(cal->spec.week, 0x1f);
	assert_int_equal(cal->spec.opens_s, 9 * 3600);
	assert_int_equal(cal->spec.closes_s, 18 * 3600);
	assert_int_equal(cal->spec.n_holidays, 1);
	assert_int_equal(cal->spec.holidays[0].month, 3);
	assert_int_equal(cal->spec.holidays[0].day, 20);
	assert_true(cal->spec.n_offsets >= 1);
	assert_int_equal(cal->spec.offsets[0].offset_s, 9 * 3600);
	assert_int_equal(cal->spec.n_freezes, 1);
	/* Local midnights, nine hours before those of UTC. */
	assert_at(cal->spec.freezes[0].from, "2026-04-28T15:00:00Z");
	assert_at(cal->spec.freezes[0].until, "2026-05-06T15:00:00Z");
	assert_string_equal(cal->spec.freezes[0].why, "Golden Week");
}

static void
test_duty(void **state)
{
	const struct rp_case *cs = *state;

	assert_int_equal(cs->n_duties, 1);
	assert_string_equal(cs->duty[0].name, "issuing CAs");
	assert_int_equal(rp_count_n(cs->duty[0].certificates), 6);
	assert_int_equal(cs->duty[0].certificate, RP_CERT_SUBORDINATE_CA);
	assert_int_equal(cs->duty[0].reason, RP_REASON_NOT_PER_REQUIREMENTS);
	assert_when(cs->duty[0].aware, "2026-03-02T09:15:00Z");
	assert_false(cs->duty[0].implied);
	assert_int_equal(cs->duty[0].origin.line, 18);
}

static void
test_first_population(void **state)
{
	static const double lognormal[] = { 864000, 0.5 };
	static const double triangular[] = { 80, 100, 120 };
	const struct rp_case *cs = *state;
	const struct rp_population *p = &cs->population[0];
	const struct rp_step *step = p->path.step;

	assert_int_equal(cs->n_populations, 2);
	assert_string_equal(p->name, "hosting-provider");
	assert_int_equal(p->blocks, 0);
	assert_int_equal(p->calendar, 0);
	assert_when(p->starts, "2026-03-03T00:00:00Z");
	assert_int_equal(rp_count_n(p->certificates), 12000);
	assert_int_equal(rp_count_n(p->subscribers), 1);
	assert_true(p->has_expiry);
	/* 2026-03-10 and 2027-03-10, 20522 and 20887 days after 1970. */
	assert_dist(&p->expiry, RP_DIST_UNIFORM, 2,
	    (const double[]){ 20522.0 * 86400, 20887.0 * 86400 });
	assert_int_equal(p->path.n_steps, 2);
	assert_int_equal(step[0].kind, RP_STEP_WAIT);
	assert_string_equal(step[0].what, "consent");
	assert_int_equal(step[0].as.wait.per, RP_UNIT_SUBSCRIBER);
	assert_int_equal(step[0].as.wait.clock, RP_CLOCK_ELAPSED);
	assert_fixed(&step[0].as.wait.never, 0);
	assert_dist(&step[0].as.wait.time, RP_DIST_LOGNORMAL, 2, lognormal);
	assert_int_equal(step[1].kind, RP_STEP_TEAM);
	assert_null(step[1].as.team.name);
	assert_int_equal(step[1].as.team.rate.per, RP_PER_WORKING_DAY);
	assert_dist(&step[1].as.team.rate.amount, RP_DIST_TRIANGULAR, 3,
	    triangular);
	assert_fixed(&step[1].as.team.ramp_from, 1);
	assert_fixed(&step[1].as.team.ramp_over, 0);
	assert_false(step[1].as.team.weekends);
}

/* A value knows its place, on what it rests and who said it. */
static void
test_origins(void **state)
{
	const struct rp_case *cs = *state;
	const struct rp_origin *o = &cs->population[0].certificates_origin;

	assert_int_equal(o->line, 23);
	assert_int_equal(o->col, 27);
	assert_int_equal(o->basis, RP_BASIS_STATED);
	assert_string_equal(o->source, "comment 4");
	o = &cs->population[1].certificates_origin;
	assert_int_equal(o->line, 31);
	assert_int_equal(o->basis, RP_BASIS_UNSAID);
	assert_null(o->source);
	/* The share has no source of its own: the record's counts. */
	o = &cs->actual[0].metric[RP_METRIC_REPLACED].origin;
	assert_string_equal(o->source, "weekly count");
	assert_string_equal(cs->claim[0].origin.source, "comment 4");
	assert_string_equal(cs->claim[0].rate.amount.origin.source,
	    "comment 4");
	assert_string_equal(cs->claim[2].origin.source, "comment 6");
	assert_string_equal(cs->request[0].origin.source, "comment 3");
	/* What nobody wrote stands nowhere. */
	o = &cs->population[1].path.step[0].as.poll.failures.origin;
	assert_int_equal(o->line, 0);
}

static void
test_second_population(void **state)
{
	const struct rp_case *cs = *state;
	const struct rp_population *p = &cs->population[1];
	const struct rp_step *step = p->path.step;

	assert_int_equal(p->blocks, -1);
	assert_int_equal(p->calendar, -1);
	assert_int_equal(rp_count_n(p->subscribers), 9000);
	/* Work may begin at awareness. */
	assert_when(p->starts, "2026-03-02T09:15:00Z");
	assert_false(p->has_expiry);
	assert_int_equal(step[0].kind, RP_STEP_POLL);
	assert_fixed(&step[0].as.poll.every, 6 * 3600);
	assert_fixed(&step[0].as.poll.share, 0.56);
	assert_fixed(&step[0].as.poll.failures, 0);
	assert_fixed(&step[0].as.poll.renews, 30 * 86400);
	assert_int_equal(step[1].kind, RP_STEP_BRANCH);
	assert_string_equal(step[1].what, "branch");
	assert_fixed(&step[1].as.branch.share, 0.02);
	assert_int_equal(step[1].as.branch.path.n_steps, 1);
	assert_string_equal(step[1].as.branch.path.step[0].what, "repair");
}

static void
test_events_and_revocation(void **state)
{
	const struct rp_case *cs = *state;

	assert_int_equal(cs->n_events, 2);
	assert_int_equal(cs->event[0].kind, RP_EVENT_ROLLOUT);
	assert_when(cs->event[0].on, "2026-06-01");
	assert_int_equal(cs->event[0].population, 0);
	assert_fixed(&cs->event[0].share, 0.8);
	assert_int_equal(cs->event[0].path.n_steps, 1);
	assert_int_equal(cs->event[1].kind, RP_EVENT_CUTOFF);
	assert_int_equal(cs->event[1].population, -1);
	assert_int_equal(cs->event[1].origin.line, 38);
	assert_int_equal(cs->revocation.kind, RP_REVOKE_AFTER_REPLACED);
	assert_fixed(&cs->revocation.delay, 86400);
}

static void
test_what_was_planned_and_happened(void **state)
{
	const struct rp_case *cs = *state;
	const struct rp_amount *done;

	assert_int_equal(cs->n_plans, 1);
	assert_when(cs->plan[0].published, "2026-03-10");
	assert_int_equal(cs->plan[0].metric, RP_METRIC_REPLACED);
	assert_int_equal(cs->plan[0].n_milestones, 3);
	assert_when(cs->plan[0].milestone[1].by, "2026-04-30");
	assert_int_equal(rp_share_ppb(cs->plan[0].milestone[1].share),
	    250000000);
	assert_int_equal(cs->n_actuals, 1);
	done = &cs->actual[0].metric[RP_METRIC_REPLACED];
	assert_true(done->known);
	assert_false(done->is_count);
	assert_int_equal(rp_share_ppb(done->share), 110000000);
	assert_int_equal(done->decimals, 1);
	assert_false(cs->actual[0].metric[RP_METRIC_REVOKED].known);
	assert_int_equal(cs->actual[0].bound, RP_BOUND_NONE);
	assert_int_equal(cs->actual[0].population, -1);
	assert_int_equal(cs->n_facts, 2);
	assert_int_equal(cs->fact[0].kind, RP_FACT_PRELIMINARY_REPORT);
	assert_int_equal(cs->fact[0].to, RP_TO_SUBSCRIBER);
	assert_false(cs->fact[0].has_certificates);
	assert_int_equal(rp_count_n(cs->fact[1].certificates), 12);
	assert_int_equal(cs->fact[1].duty, -1);
	assert_int_equal(cs->n_updates, 2);
	assert_when(cs->update[1].at, "2026-03-09T10:00:00Z");
}

static void
test_what_was_said(void **state)
{
	const struct rp_case *cs = *state;

	assert_string_equal(cs->commitment[0].what, "key destruction");
	assert_string_equal(cs->commitment[0].evidence, "auditor's minutes");
	assert_int_equal(cs->n_claims, 3);
	assert_int_equal(cs->claim[0].rate.per, RP_PER_WORKING_DAY);
	assert_fixed(&cs->claim[0].rate.amount, 100);
	assert_int_equal(cs->claim[1].rate.per, RP_PER_MONTH);
	assert_int_equal(cs->claim[1].duration_bound, RP_BOUND_AT_LEAST);
	/* 6 x 365.25 / 12 = 182.625 days. */
	assert_int_equal(rp_span_s(cs->claim[1].duration), 15778800);
	assert_int_equal(cs->claim[1].population, 0);
	assert_string_equal(cs->claim[2].promise, "revoke all");
	assert_true(cs->claim[2].has_by);
	assert_when(cs->request[0].finish_by, "2026-08-31");
}

/* ---- defaults ----------------------------------------------------------- */

static void
test_defaults(void **state)
{
	struct bound b = accept(HEAD PEOPLE);
	const struct rp_case *cs = b.cs;

	(void)state;
	assert_int_equal(rp_count_n(cs->total), 10);
	assert_int_equal(rp_count_n(cs->population[0].subscribers), 10);
	/* 2026-03-02 and 400 days: 365 to 2027-03-02, 35 more. */
	assert_at(cs->simulation.horizon, "2027-04-06T00:00:00Z");
	assert_int_equal(rp_span_s(cs->simulation.step), 86400);
	assert_int_equal(cs->simulation.trials, 10000);
	assert_int_equal(cs->simulation.seed, 1);
	assert_int_equal(cs->revocation.kind, RP_REVOKE_AFTER_REPLACED);
	assert_fixed(&cs->revocation.delay, 0);
	assert_int_equal(cs->n_duties, 1);
	assert_true(cs->duty[0].implied);
	assert_string_equal(cs->duty[0].name, "affected certificates");
	assert_int_equal(rp_count_n(cs->duty[0].certificates), 0);
	assert_int_equal(cs->duty[0].reason, RP_REASON_WEAK_KEY);
	assert_when(cs->duty[0].aware, "2026-03-02");
	bound_release(&b);
}

static void
test_revocation_in_its_ways(void **state)
{
	struct bound b = accept(HEAD PEOPLE "revocation: {at: deadline}\n");

	(void)state;
	assert_int_equal(b.cs->revocation.kind, RP_REVOKE_AT_DEADLINE);
	bound_release(&b);
	b = accept(HEAD PEOPLE "revocation: {at: 2026-03-05T12:00Z}\n");
	assert_int_equal(b.cs->revocation.kind, RP_REVOKE_AT_INSTANT);
	assert_when(b.cs->revocation.at, "2026-03-05T12:00:00Z");
	bound_release(&b);
	/* Before the incident in the file, yet after it in time. */
	b = accept("revocation: {batches: 25000/day}\n" HEAD PEOPLE);
	assert_int_equal(b.cs->revocation.kind, RP_REVOKE_IN_BATCHES);
	assert_int_equal(b.cs->revocation.batches.per, RP_PER_DAY);
	assert_fixed(&b.cs->revocation.batches.amount, 25000);
	assert_when(b.cs->revocation.at, "2026-03-02");
	bound_release(&b);
}

static void
test_duties_take_after_the_incident(void **state)
{
	struct bound b = accept(HEAD PEOPLE "duties:\n"
	    "  - {name: d, aware: 2026-03-05, profile: smime}\n");

	(void)state;
	assert_int_equal(b.cs->duty[0].reason, RP_REASON_WEAK_KEY);
	assert_int_equal(b.cs->duty[0].profile, RP_PROFILE_SMIME);
	assert_when(b.cs->duty[0].aware, "2026-03-05");
	bound_release(&b);
}

/* References may stand before what they refer to. */
static void
test_order_of_the_file_does_not_matter(void **state)
{
	struct bound b = accept("actuals:\n"
	    "  - {as_of: 2026-04-01, population: b, replaced: 1}\n"
	    "populations:\n"
	    "  - {name: a, certificates: 10, calendar: z, "
	    "path: [{wait: {time: 1 d}}]}\n"
	    "  - {name: b, certificates: 10, calendar: y, "
	    "path: [{wait: {time: 1 d}}]}\n"
	    "calendars: {y: {}, z: {}}\n" HEAD);

	(void)state;
	assert_int_equal(b.cs->actual[0].population, 1);
	assert_int_equal(b.cs->population[0].calendar, 1);
	assert_int_equal(b.cs->population[1].calendar, 0);
	bound_release(&b);
}

static void
test_an_empty_document_is_refused(void **state)
{
	struct bound b = bind_text("# nothing\n", ".");

	(void)state;
	assert_int_equal(b.status, RP_EINPUT);
	assert_int_equal(b.faults.n, 1);
	bound_release(&b);
}

/* Whichever allocation of the case fails: said so, and nothing leaks. */
static void
run_out_of_memory(const char *file)
{
	char *text = read_whole_file(file);
	size_t live = rp_alloc_live();
	struct bound b = { 0 };
	unsigned long n;

	assert_non_null(text);
	for (n = 1; n < 10000; n++) {
		rp_alloc_fail_at(n);
		b = bind_text(text, "tests/support/cases");
		rp_alloc_fail_at(0);
		if (b.status == RP_OK)
			break;
		assert_int_equal(b.status, RP_ENOMEM);
		assert_null(b.cs);
		bound_release(&b);
		assert_int_equal(rp_alloc_live(), live);
	}
	/* The case alone takes a few. */
	assert_true(n > 3 && n < 10000);
	bound_release(&b);
	assert_int_equal(rp_alloc_live(), live);
	free(text);
}

static void
test_running_out_of_memory_anywhere(void **state)
{
	(void)state;
	run_out_of_memory(DESIGN);
	run_out_of_memory("tests/support/cases/populations.yaml");
}

#define ON_DESIGN(test)							\
    cmocka_unit_test_setup_teardown(test, load_design, free_design)

/* Of 10 certificates 12 were known in the end: 7 + 1 + 4 of them. */
static void
test_scope_widens_the_base(void **state)
{
	static const char more[] = HEAD PEOPLE
	    "facts: [{what: scope, at: 2026-04-01, certificates: 12}]\n"
	    "actuals:\n"
	    "  - {as_of: 2026-04-10, revoked: 7, expired: 1, remaining: 4}\n"
	    "  - {as_of: 2026-04-10, population: a, replaced: 12}\n";
	static const char too_many[] = HEAD PEOPLE
	    "facts: [{what: scope, at: 2026-04-01, certificates: 12}]\n"
	    "actuals: [{as_of: 2026-04-10, replaced: 13}]\n";
	struct bound b;

	(void)state;
	b = bind_text(more, ".");
	assert_non_null(b.cs);
	bound_release(&b);
	b = bind_text(too_many, ".");
	assert_null(b.cs);
	bound_release(&b);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		ON_DESIGN(test_incident_and_simulation),
		ON_DESIGN(test_calendar),
		ON_DESIGN(test_duty),
		ON_DESIGN(test_first_population),
		ON_DESIGN(test_origins),
		ON_DESIGN(test_second_population),
		ON_DESIGN(test_events_and_revocation),
		ON_DESIGN(test_what_was_planned_and_happened),
		ON_DESIGN(test_what_was_said),
		cmocka_unit_test(test_defaults),
		cmocka_unit_test(test_revocation_in_its_ways),
		cmocka_unit_test(test_duties_take_after_the_incident),
		cmocka_unit_test(test_order_of_the_file_does_not_matter),
		cmocka_unit_test(test_scope_widens_the_base),
		cmocka_unit_test(test_an_empty_document_is_refused),
		cmocka_unit_test(test_running_out_of_memory_anywhere),
	};

	return !!cmocka_run_group_tests(tests, NULL, NULL);
}
