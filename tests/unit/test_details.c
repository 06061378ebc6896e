/*
 * test_details.c - what trials answer when asked: shares, dates, the deadline
 * sheet, the tail, risks and doing nothing, on cases that can be worked out by
 * hand.
 */
#include <math.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <string.h>

#include <cmocka.h>

#include "bound.h"
#include "near.h"
#include "revplan/simulate.h"

/* A Monday; a deadline of five days: the 7th at 00:00. */
#define HEAD \
	"revplan: 1\n" \
	"incident: {id: d, title: t, certificate: subscriber, reason: " \
	"not-per-requirements, aware: 2026-03-02T00:00Z}\n" \
	"simulation: {step: 1 d, horizon: 2026-05-01, trials: 1000}\n"

static struct bound bound;

static struct rp_instant
instant(const char *text)
{
	struct rp_when w = { 0 };

	assert_int_equal(rp_when_parse(text, &w, NULL), RP_OK);
	return w.from;
}

static struct rp_trials *
run(const char *text, struct rp_sim_options opt)
{
	struct rp_trials *tr = NULL;
	struct rp_err err = { 0 };

	bound = bind_text(text, ".");
	if (bound.cs == NULL)
		fail_msg("%s", bound.faults.fault[0].text);
	if (rp_simulate(bound.cs, &opt, &tr, &err) != RP_OK)
		fail_msg("%s", err.text);
	return tr;
}

static void
done(struct rp_trials *tr)
{
	rp_trials_free(tr);
	bound_release(&bound);
}

static void
assert_at(struct rp_instant t, const char *want)
{
	char text[RP_INSTANT_TEXT];

	assert_string_equal(rp_instant_format(t, text), want);
}

/* ---- shares and dates --------------------------------------------------- */

/* 10 a working day: 40 are done by the 6th, a half (20) with the 3rd. */
static void
shares_and_dates_of_a_steady_team(void **state)
{
	const double shares[] = { 0.0, 0.5, 0.75, 1.0 };
	const struct rp_instant by[] = { instant("2026-03-04T12:00Z"),
	    instant("2026-03-06T00:00Z"), instant("2026-03-02T00:00Z") };
	struct rp_sim_options opt = {
	    .metric = RP_METRIC_REPLACED, .trials = 20, .n_shares = 4,
	    .shares = shares, .n_by = 3, .by = by };
	struct rp_trials *tr = run(HEAD "populations: [{name: p, "
	    "certificates: 40, path: [{team: {what: t, rate: "
	    "10/working-day}}]}]\n", opt);
	const struct rp_share_date *s;
	const struct rp_by_date *b;
	size_t n;

	(void)state;
	s = rp_trials_share_dates(tr, &n);
	assert_int_equal(n, 4);
	assert_at(s[0].by.q[3], "2026-03-02T00:00:00Z");
	assert_at(s[1].by.q[3], "2026-03-03T23:59:59Z");
	assert_at(s[2].by.q[7], "2026-03-04T23:59:59Z");
	assert_at(s[3].by.q[0], "2026-03-05T23:59:59Z");
	assert_near(s[3].by.never, 0.0, 0.0);
	b = rp_trials_by_dates(tr, &n);
	assert_int_equal(n, 3);
	assert_near(b[0].band.mean, 25.0, 0.0);
	assert_int_equal(b[0].band.q[0], 25);
	assert_near(b[0].base, 40.0, 0.0);
	assert_near(b[0].done[0], 0.0, 0.0);
	assert_near(b[1].band.mean, 40.0, 0.0);
	assert_near(b[1].done[0], 1.0, 0.0);
	assert_near(b[1].done[1], 1.0, 0.0);
	assert_near(b[2].band.mean, 0.0, 0.0);
	done(tr);
}

/*
 * Done at a gate on the 10th, and at another on the 20th with a chance of a
 * half: all together are done by the 15th in half of the trials.
 */
static void
all_are_done_less_often_than_each(void **state)
{
	const struct rp_instant by[] = { instant("2026-03-15T00:00Z") };
	struct rp_sim_options opt = {
	    .metric = RP_METRIC_REPLACED, .n_by = 1, .by = by };
	struct rp_trials *tr = run(HEAD "populations:\n"
	    "  - {name: a, certificates: 5, path: [{gate: {what: g, until: "
	    "2026-03-10}}]}\n"
	    "  - {name: b, certificates: 1, path: [{branch: {share: 50%, "
	    "path: [{gate: {what: h, until: 2026-03-20}}]}}]}\n"
	    "  - {name: c, certificates: 1, path: [{branch: {share: 50%, "
	    "path: [{gate: {what: i, until: 2026-03-20}}]}}]}\n", opt);
	const struct rp_by_date *b;
	size_t n;

	(void)state;
	b = rp_trials_by_dates(tr, &n);
	assert_near(b->done[0], 1.0, 0.0);
	assert_near(b->done[1], 0.5, 0.06);
	assert_near(b->done[2], 0.5, 0.06);
	assert_near(b->done[3], 0.25, 0.06);
	assert_near(b->done_se[3], sqrt(0.25 * 0.75 / 1000.0), 0.003);
	done(tr);
}

/* 30 more become known on the 6th: a share is one of the base of its day. */
static void
shares_are_of_the_base_of_the_day(void **state)
{
	const double shares[] = { 0.5, 1.0 };
	const struct rp_instant by[] = { instant("2026-03-05T00:00Z"),
	    instant("2026-03-07T00:00Z") };
	struct rp_sim_options opt = {
	    .metric = RP_METRIC_REPLACED, .trials = 10, .n_shares = 2,
	    .shares = shares, .n_by = 2, .by = by };
	struct rp_trials *tr = run(HEAD "populations: [{name: p, "
	    "certificates: 40, path: [{gate: {what: g, until: "
	    "2026-03-08}}]}]\n"
	    "events: [{discovery: {on: 2026-03-06, population: p, "
	    "certificates: 30}}, {discovery: {on: 2026-03-09, population: "
	    "p, certificates: 30}}]\n", opt);
	const struct rp_share_date *s;
	const struct rp_by_date *b;
	size_t n;

	(void)state;
	b = rp_trials_by_dates(tr, &n);
	assert_near(b[0].base, 40.0, 0.0);
	assert_near(b[1].base, 70.0, 0.0);
	assert_near(rp_trials_base_at(tr, -1, 3), 40.0, 0.0);
	assert_near(rp_trials_base_at(tr, 0, 4), 70.0, 0.0);
	assert_near(rp_trials_base_at(tr, 0, 7), 100.0, 0.0);
	s = rp_trials_share_dates(tr, &n);
	assert_at(s[0].by.q[3], "2026-03-08T00:00:00Z");
	assert_at(s[1].by.q[3], "2026-03-08T00:00:00Z");
	assert_at(rp_trials_completion_summary(tr, -1)->q[3],
	    "2026-03-09T00:00:00Z");
	done(tr);
}

/* ---- the deadline sheet ------------------------------------------------- */

static const struct rp_sheet_row *
row_at(const struct rp_trials *tr, int population, const char *at)
{
	size_t n;
	const struct rp_sheet_row *r = rp_trials_sheet(tr, population, &n);

	for (size_t i = 0; i < n; i++)
		if (rp_instant_cmp(r[i].at, instant(at)) == 0)
			return &r[i];
	fail_msg("no row at %s", at);
	return NULL;
}

/*
 * 10 a working day of 60, revoked as they are replaced: 20 are left at the
 * deadline (the Saturday), 10 after Monday, none after Tuesday.  Overdue if
 * nothing is revoked: 60 a day.  Saved at the deadline: the 20 of Saturday,
 * Sunday and Monday (in the mean of a day 15), 5 on Tuesday.
 */
static void
the_sheet_weighs_harm_against_days(void **state)
{
	struct rp_sim_options opt = {
	    .metric = RP_METRIC_REPLACED, .trials = 10, .details = true };
	struct rp_trials *tr = run(HEAD "populations: [{name: p, "
	    "certificates: 60, subscribers: 1, path: [{team: {what: t, "
	    "rate: 10/working-day}}]}]\n", opt);
	const struct rp_sheet_row *r = row_at(tr, -1, "2026-03-07T00:00Z");
	size_t n;

	(void)state;
	assert_true(r->is_deadline);
	assert_near(r->harmed, 10.0, 0.0);
	assert_int_equal(r->harmed_q[1], 10);
	assert_near(r->subscribers, 1.0, 0.0);
	assert_near(r->overdue_days, 0.0, 0.0);
	assert_near(r->saved_days, 10.0 + 10.0 + 5.0, 1e-9);
	r = row_at(tr, 0, "2026-03-10T00:00Z");
	assert_false(r->is_deadline);
	assert_near(r->harmed, 0.0, 0.0);
	assert_near(r->subscribers, 0.0, 0.0);
	assert_near(r->overdue_days, 180.0, 1e-9);
	assert_near(r->saved_days, 0.0, 1e-9);
	r = row_at(tr, 0, "2026-03-04T12:00Z");
	assert_near(r->harmed, 35.0, 0.0);
	(void)rp_trials_sheet(tr, -1, &n);
	assert_int_equal(n, 9);	/* up to 30 days after: then the horizon */
	done(tr);
}

/* Held ones are left out of what a revocation would harm and save. */
static void
held_certificates_are_left_out(void **state)
{
	const struct rp_instant at[] = { instant("2026-03-07T00:00Z") };
	struct rp_sim_options opt = {
	    .metric = RP_METRIC_REPLACED, .trials = 10, .details = true,
	    .n_candidates = 1, .candidates = at, .bands = RP_BANDS_ALL };
	struct rp_trials *tr = run(HEAD "revocation: {at: 2026-03-09}\n"
	    "populations: [{name: p, certificates: 60, path: [{gate: {what: "
	    "g, until: 2026-04-20}}]}]\n"
	    "events: [{hold: {on: 2026-03-03, certificates: 25, until: "
	    "2026-03-17}}]\n", opt);
	const struct rp_sheet_row *r = row_at(tr, 0, "2026-03-07T00:00Z");

	(void)state;
	assert_near(r->harmed, 35.0, 0.0);
	assert_near(r->subscribers, 35.0, 0.0);
	assert_near(r->saved_days, 2.0 * 35.0, 1e-9);
	assert_near(rp_trials_deadline(tr)->overdue_days,
	    2.0 * 60.0 + 8.0 * 25.0, 1e-9);
	assert_near(rp_trials_bands(tr, 0, RP_STATE_HELD)[14].mean, 25.0,
	    0.0);
	assert_near(rp_trials_bands(tr, 0, RP_STATE_HELD)[15].mean, 0.0,
	    0.0);
	assert_near(rp_trials_bands(tr, 0, RP_STATE_HARMED)[14].mean, 35.0,
	    0.0);
	assert_near(rp_trials_bands(tr, 0, RP_STATE_HARMED)[15].mean, 60.0,
	    0.0);
	done(tr);
}

/* Five subscribers of 4 each, all of theirs at once: as many as a quarter. */
static void
subscribers_of_several_are_followed(void **state)
{
	const struct rp_instant at[] = { instant("2026-03-05T00:00Z") };
	struct rp_sim_options opt = {
	    .metric = RP_METRIC_REPLACED, .trials = 400, .details = true,
	    .n_candidates = 1, .candidates = at };
	struct rp_trials *tr = run(HEAD "populations: [{name: p, "
	    "certificates: 20, subscribers: 5, path: [{wait: {what: w, per: "
	    "subscriber, time: {exponential: {mean: 3 d}}}}]}]\n", opt);
	const struct rp_sheet_row *r = row_at(tr, -1, "2026-03-05T00:00Z");

	(void)state;
	assert_near(r->harmed, 20.0 * exp(-1.0), 4.0 * r->harmed_se);
	assert_near(r->subscribers, 5.0 * exp(-1.0),
	    4.0 * r->subscribers_se);
	assert_true(r->subscribers_se < 0.1);
	done(tr);
}

/* ---- the tail ----------------------------------------------------------- */

/* 90 are done on the 3rd; of the others 6 wait for an answer that does not
 * come and 4 at a gate. */
static void
the_tail_names_steps(void **state)
{
	struct rp_sim_options opt = {
	    .metric = RP_METRIC_REPLACED, .trials = 50, .details = true };
	struct rp_trials *tr = run(HEAD "populations:\n"
	    "  - {name: quick, certificates: 90, path: [{gate: {what: now, "
	    "until: 2026-03-03}}]}\n"
	    "  - {name: mute, certificates: 6, path: [{wait: {what: answer, "
	    "time: 1 d, never: 100%}}]}\n"
	    "  - {name: slow, certificates: 3, path: [{gate: {what: freeze, "
	    "until: 2026-04-10}}]}\n"
	    "  - {name: later, certificates: 1, starts: 2026-03-20, path: "
	    "[{gate: {what: g, until: 2026-04-10}}]}\n", opt);
	const struct rp_tail *t = rp_trials_tail(tr);

	(void)state;
	assert_true(t->found);
	assert_int_equal(t->trials, 50);
	assert_at(t->by.q[3], "2026-03-03T00:00:00Z");
	assert_int_equal(t->n_rows, 3);
	assert_string_equal(t->row[0].what, "never answers");
	assert_int_equal(t->row[0].population, 1);
	assert_near(t->row[0].certificates, 6.0, 0.0);
	assert_near(t->row[0].share, 0.6, 1e-12);
	assert_string_equal(t->row[1].what, "freeze");
	assert_near(t->row[1].certificates, 3.0, 0.0);
	assert_string_equal(t->row[2].what, "not started");
	assert_int_equal(t->row[2].line, 0);
	assert_near(t->row[2].certificates, 1.0, 0.0);
	done(tr);
}

/* ---- risks -------------------------------------------------------------- */

/* With the risk 20 more come, ten days later: from the 10th to the 20th. */
static void
a_risk_with_and_without(void **state)
{
	struct rp_sim_options opt = {
	    .metric = RP_METRIC_REPLACED, .details = true };
	struct rp_trials *tr = run(HEAD "populations: [{name: p, "
	    "certificates: 40, path: [{wait: {what: w, time: 8 d}}]}]\n"
	    "events: [{risk: {probability: 30%, then: {discovery: {on: "
	    "2026-03-12, population: p, certificates: 20}}}}]\n", opt);
	size_t n;
	const struct rp_risk_outcome *r = rp_trials_risks(tr, &n);

	(void)state;
	assert_int_equal(n, 1);
	assert_near(r->probability, 0.3, 0.06);
	assert_near(r->probability_se, sqrt(0.3 * 0.7 / 1000.0), 0.002);
	assert_int_equal(r->trials, 250);
	assert_near(r->days, 10.0, 1e-6);
	assert_near(r->days_se, 0.0, 1e-9);
	assert_at(r->with.q[0], "2026-03-20T00:00:00Z");
	assert_at(r->without.q[7], "2026-03-10T00:00:00Z");
	/* The 20 are overdue from the 17th on, revoked on the 20th. */
	assert_near(r->overdue_with - r->overdue_without, 60.0, 1e-6);
	assert_near(rp_trials_base_at(tr, -1, 20), 40.0 +
	    20.0 * r->probability, 1e-9);
	done(tr);
}

/* ---- doing nothing ------------------------------------------------------ */

/*
 * 3,000 run out evenly over March; 80 % are renewed 10 days before.  By the
 * 12th, the 10/30th of them have run out; 80 % of 20/30th are renewed.
 */
static void
nothing_is_done(void **state)
{
	struct rp_sim_options opt = {
	    .metric = RP_METRIC_REPLACED, .bands = RP_BANDS_TOTAL };
	struct rp_trials *tr = run(HEAD "populations: [{name: p, "
	    "certificates: 3000, expiry: {uniform: [2026-03-02, "
	    "2026-04-01]}, renewal: {before: 10 d, share: 80%}, path: "
	    "[{wait: {what: w, time: 1 d}}]}, {name: q, certificates: 10, "
	    "path: [{wait: {what: w, time: 1 d}}]}]\n", opt);
	const struct rp_band *replaced = rp_trials_nothing(tr,
	    RP_METRIC_REPLACED);
	const struct rp_band *gone = rp_trials_nothing(tr, RP_METRIC_GONE);

	(void)state;
	assert_null(rp_trials_nothing(tr, RP_METRIC_REVOKED));
	assert_near(gone[0].mean, 0.0, 0.0);
	assert_near(gone[10].mean, 1000.0, 5.0 * gone[10].mean_se);
	assert_near(gone[10].mean_se, sqrt(3000.0 / 3 * 2 / 3 / 400.0),
	    0.08);
	assert_near(gone[30].mean, 3000.0, 0.0);
	assert_near(replaced[0].mean, 800.0, 5.0 * replaced[0].mean_se);
	assert_near(replaced[10].mean, 1600.0, 5.0 * replaced[10].mean_se);
	assert_near(replaced[40].mean, 2400.0, 5.0 * replaced[40].mean_se);
	done(tr);
}

/*
 * Of certificates of 300 d that expire in 60 to 90 d, one kind of clients has
 * renewed all before, at a third of their life; the other kinds will at 30 d.
 * There are as many kinds as the reader takes, and the one stands last.
 */
static void
nothing_is_done_by_many_kinds_of_clients(void **state)
{
	struct rp_sim_options opt = {
	    .metric = RP_METRIC_REPLACED, .trials = 100,
	    .bands = RP_BANDS_TOTAL };
	char text[8000] = HEAD "populations: [{name: p, certificates: 3000, "
	    "validity: 300 d, expiry: {uniform: [2026-05-01, 2026-05-31]}, "
	    "path: [{poll: {every: 1 d, share: 50%, client: {";
	const struct rp_band *replaced;
	struct rp_trials *tr;
	size_t len = strlen(text);

	(void)state;
	for (int i = 1; i < RP_POLL_KINDS_MAX; i++)
		len += (size_t)snprintf(text + len, sizeof(text) - len,
		    "certbot-1.%d: 0.1%%, ", i);
	(void)snprintf(text + len, sizeof(text) - len,
	    "lego-5.0: 90.1%%}}}]}]\n");
	tr = run(text, opt);
	replaced = rp_trials_nothing(tr, RP_METRIC_REPLACED);
	assert_near(replaced[0].mean, 3000.0 * 0.901 / (0.901 + 0.099),
	    5.0 * replaced[0].mean_se);
	done(tr);
}

/* Nobody says when they expire. */
static void
nothing_is_known_of_doing_nothing(void **state)
{
	struct rp_sim_options opt = {
	    .metric = RP_METRIC_REPLACED, .trials = 10, .bands = RP_BANDS_ALL };
	struct rp_trials *tr = run(HEAD "populations: [{name: p, "
	    "certificates: 10, path: [{wait: {what: w, time: 1 d}}]}]\n",
	    opt);
	size_t n;

	(void)state;
	assert_null(rp_trials_nothing(tr, RP_METRIC_REPLACED));
	assert_null(rp_trials_tail(tr));
	(void)rp_trials_sheet(tr, -1, &n);
	assert_int_equal(n, 0);
	(void)rp_trials_risks(tr, &n);
	assert_int_equal(n, 0);
	done(tr);
}

/* ---- threads ------------------------------------------------------------ */

static void
details_do_not_depend_on_threads(void **state)
{
	static const char text[] = HEAD "populations:\n"
	    "  - {name: p, certificates: 200, subscribers: 30, expiry: "
	    "{uniform: [2026-03-10, 2026-06-01]}, path: [{wait: {what: w, "
	    "time: {exponential: {mean: 3 d}}}}, {team: {what: t, rate: "
	    "20/day, variation: 30%}}]}\n"
	    "events: [{hold: {on: 2026-03-04, until: 2026-03-15, "
	    "certificates: 50}}, {risk: {probability: 40%, then: {cutoff: "
	    "{on: 2026-03-20}}}}]\n";
	struct rp_sim_options opt = {
	    .metric = RP_METRIC_REPLACED, .trials = 300, .details = true,
	    .threads = 1, .bands = RP_BANDS_ALL };
	struct rp_trials *one = run(text, opt), *many;
	struct bound first = bound;
	size_t n, m;

	(void)state;
	opt.threads = 3;
	many = run(text, opt);
	(void)rp_trials_sheet(one, -1, &n);
	(void)rp_trials_sheet(many, -1, &m);
	assert_int_equal(n, m);
	assert_memory_equal(rp_trials_sheet(one, -1, &n),
	    rp_trials_sheet(many, -1, &m), sizeof(struct rp_sheet_row) * n);
	assert_true(rp_trials_sheet(one, -1, &n)->subscribers > 1.0);
	assert_int_equal(rp_trials_tail(one)->n_rows,
	    rp_trials_tail(many)->n_rows);
	assert_near(rp_trials_tail(one)->row[0].certificates,
	    rp_trials_tail(many)->row[0].certificates, 0.0);
	assert_near(rp_trials_risks(one, &n)->days,
	    rp_trials_risks(many, &n)->days, 0.0);
	rp_trials_free(one);
	bound_release(&first);
	done(many);
}

/* One detail alone is what it is among all, and the others are not made. */
static void
one_detail_alone(void **state)
{
	static const char text[] = HEAD "populations: [{name: p, "
	    "certificates: 200, path: [{wait: {what: w, time: {exponential: "
	    "{mean: 3 d}}}}]}]\n"
	    "events: [{risk: {probability: 40%, then: {discovery: {on: "
	    "2026-03-20, population: p, certificates: 50}}}}]\n";
	struct rp_sim_options opt = { .metric = RP_METRIC_REPLACED,
	    .trials = 200, .details = true };
	struct rp_trials *all = run(text, opt);
	struct bound first = bound;
	size_t n, m;

	(void)state;
	for (unsigned of = RP_DETAIL_SHEET; of <= RP_DETAIL_RISKS; of++) {
		struct rp_trials *one;

		opt.details_of = 1u << of;
		one = run(text, opt);
		(void)rp_trials_sheet(all, -1, &n);
		(void)rp_trials_sheet(one, -1, &m);
		assert_true(n > 0);
		assert_int_equal(m, of == RP_DETAIL_SHEET ? n : 0);
		if (m > 0)
			assert_memory_equal(rp_trials_sheet(all, -1, &n),
			    rp_trials_sheet(one, -1, &m),
			    sizeof(struct rp_sheet_row) * n);
		assert_int_equal(rp_trials_tail(one)->n_rows, of ==
		    RP_DETAIL_TAIL ? rp_trials_tail(all)->n_rows : 0);
		(void)rp_trials_risks(one, &m);
		assert_int_equal(m, of == RP_DETAIL_RISKS ? 1 : 0);
		if (m > 0)
			assert_near(rp_trials_risks(all, &n)->days,
			    rp_trials_risks(one, &m)->days, 0.0);
		done(one);
	}
	rp_trials_free(all);
	bound_release(&first);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(one_detail_alone),
		cmocka_unit_test(shares_and_dates_of_a_steady_team),
		cmocka_unit_test(all_are_done_less_often_than_each),
		cmocka_unit_test(shares_are_of_the_base_of_the_day),
		cmocka_unit_test(the_sheet_weighs_harm_against_days),
		cmocka_unit_test(held_certificates_are_left_out),
		cmocka_unit_test(subscribers_of_several_are_followed),
		cmocka_unit_test(the_tail_names_steps),
		cmocka_unit_test(a_risk_with_and_without),
		cmocka_unit_test(nothing_is_done),
		cmocka_unit_test(nothing_is_done_by_many_kinds_of_clients),
		cmocka_unit_test(nothing_is_known_of_doing_nothing),
		cmocka_unit_test(details_do_not_depend_on_threads),
	};

	return !!cmocka_run_group_tests(tests, NULL, NULL);
}
