/*
 * fake_details.h - answers that trials give only when asked, made by hand.
 *
 * Part of fake_results.h: shares and instants asked for, the deadline sheet,
 * the tail, risks, the curve of doing nothing and the closed form.  All of it
 * is empty until fake_fill() is called; a test may change any of it after.
 */
#ifndef RP_TESTS_FAKE_DETAILS_H
#define RP_TESTS_FAKE_DETAILS_H

#include <math.h>
#include <string.h>

#include "revplan/simulate.h"

#define FAKE_DAY INT64_C(86400)
#define FAKE_GRID 301
#define FAKE_WHO 4		/* total and three populations */

/* 2020-07-02T00:00:00Z. */
#define FAKE_START INT64_C(1593648000)

struct fake_details {
	bool has_state[RP_STATES];
	enum rp_design design;
	size_t inputs;
	uint64_t discovered;		/* joins the base on day 100 */
	size_t n_shares, n_by, n_sheet, n_risks;
	struct rp_share_date shares[3];
	struct rp_by_date by[2];
	double done[2][FAKE_WHO];	/* the populations, then all */
	double done_se[2][FAKE_WHO];
	struct rp_sheet_row sheet[FAKE_WHO][5];
	bool has_tail;
	struct rp_tail tail;
	struct rp_tail_row tail_row[4];
	struct rp_event risk, then;
	struct rp_risk_outcome outcome[1];
	bool has_nothing;
	struct rp_band nothing[2][FAKE_GRID]; /* replaced, gone */
	struct rp_closed_form closed;
};

static inline struct rp_completion
fake_dates(int64_t first_day, int64_t apart, size_t n)
{
	struct rp_completion c = { .never = n < RP_COMPLETION_QUANTILES ?
	    0.0725 : 0, .never_se = n < RP_COMPLETION_QUANTILES ? 0.0082 : 0 };

	for (size_t i = 0; i < n; i++) {
		c.has[i] = true;
		c.q[i] = rp_instant_of_s(FAKE_START + FAKE_DAY *
		    (first_day + (int64_t)i * apart) - 1);
		c.q_se_s[i] = 21600;
	}
	return c;
}

static inline void
fake_shares(struct fake_details *d)
{
	d->n_shares = 3;
	d->shares[0] = (struct rp_share_date){ 0.5,
		fake_dates(90, 2, RP_COMPLETION_QUANTILES) };
	d->shares[1] = (struct rp_share_date){ 0.85,
		fake_dates(150, 4, RP_COMPLETION_QUANTILES) };
	d->shares[2] = (struct rp_share_date){ 1,
		fake_dates(210, 10, RP_COMPLETION_QUANTILES - 1) };
}

static inline void
fake_by(struct fake_details *d)
{
	static const int64_t day[2] = { 61, 183 };
	static const double mean[2] = { 9120.5, 24800.25 };

	d->n_by = 2;
	for (size_t i = 0; i < 2; i++) {
		struct rp_by_date *b = &d->by[i];

		b->at = rp_instant_of_s(FAKE_START + day[i] * FAKE_DAY);
		b->base = 27000;
		b->band = (struct rp_band){ .at = b->at, .mean = mean[i],
			.mean_se = 12.5 };
		for (size_t k = 0; k < RP_QUANTILES; k++) {
			b->band.q[k] = (uint32_t)mean[i] - 300 +
			    100 * (uint32_t)k;
			b->band.q_se[k] = 8;
		}
		for (size_t who = 0; who < FAKE_WHO; who++) {
			d->done[i][who] = i == 0 ? 0 : 0.25 * (double)who;
			d->done_se[i][who] = i == 0 ? 0 : 0.0125;
		}
		/* All of them together are never the likeliest. */
		d->done[i][FAKE_WHO - 1] = 0;
		b->done = d->done[i];
		b->done_se = d->done_se[i];
	}
}

static inline void
fake_sheet(struct fake_details *d)
{
	static const int64_t hour[5] = { 84, 168, 192, 336, 4320 };

	d->n_sheet = 5;
	for (size_t who = 0; who < FAKE_WHO; who++)
		for (size_t i = 0; i < 5; i++) {
			double left = (who == 0 ? 27000.0 : 9000.0) *
			    (double)(5 - i) / 5;
			uint32_t n = (uint32_t)left;

			d->sheet[who][i] = (struct rp_sheet_row){
				.at = rp_instant_of_s(FAKE_START +
				    hour[i] * 3600),
				.is_deadline = i == 1,
				.harmed = left, .harmed_se = 4.5,
				.harmed_q = { n - 50, n, n + 50 },
				.subscribers = left / 10,
				.subscribers_se = 1.5, .trials = 1000,
				.subscribers_trials = 1000,
				.subscribers_q = { n / 12, n / 10, n / 8 },
				.overdue_days = 1000.0 * (double)i,
				.overdue_days_se = i == 0 ? 0 : 10,
				.saved_days = 5000.0 - 1000.0 * (double)i,
				.saved_days_se = 15 };
		}
}

static inline void
fake_tail(struct fake_details *d)
{
	static const struct rp_tail_row row[4] = {
		{ 1, "install", 42, 2100.5, 8, 0.5184 },
		{ 0, "consent", 31, 1200.25, 6, 0.2962 },
		{ 1, "never answers", 37, 500, 2, 0.1234 },
		{ 2, "not started", 0, 251, 2, 0.062 },
	};

	d->has_tail = true;
	memcpy(d->tail_row, row, sizeof(row));
	d->tail = (struct rp_tail){ .found = true, .trials = 398,
		.looked_at = 400, .by = fake_dates(150, 4,
		RP_COMPLETION_QUANTILES), .n_rows = 4, .row = d->tail_row };
}

static inline void
fake_risk(struct fake_details *d)
{
	d->then = (struct rp_event){ .kind = RP_EVENT_HOLD, .population = -1,
		.on = { { FAKE_START + 30 * FAKE_DAY },
		{ FAKE_START + 31 * FAKE_DAY } }, .has_until = true,
		.until = { { FAKE_START + 60 * FAKE_DAY },
		{ FAKE_START + 61 * FAKE_DAY } }, .certificates = { 500 } };
	d->risk = (struct rp_event){ .kind = RP_EVENT_RISK, .population = -1,
		.probability = { .fixed = 0.3 }, .then = &d->then,
		.why = "a court order", .origin = { .line = 77, .col = 3 } };
	d->n_risks = 1;
	d->outcome[0] = (struct rp_risk_outcome){ .event = &d->risk,
		.probability = 0.296, .probability_se = 0.0144, .trials = 400,
		.with = fake_dates(230, 10, RP_COMPLETION_QUANTILES - 1),
		.without = fake_dates(210, 10, RP_COMPLETION_QUANTILES),
		.days = 19.5, .days_se = 0.75, .deadline_with = 0.05,
		.deadline_without = 0.125, .overdue_with = 6084.5,
		.overdue_without = 1084.5, .overdue_se = 42 };
}

static inline void
fake_nothing(struct fake_details *d)
{
	d->has_nothing = true;
	for (size_t k = 0; k < FAKE_GRID; k++) {
		for (size_t metric = 0; metric < 2; metric++) {
			struct rp_band *b = &d->nothing[metric][k];

			b->at = rp_instant_of_s(FAKE_START +
			    (int64_t)k * FAKE_DAY);
			b->mean = (metric == 0 ? 40.0 : 30.0) * (double)k;
			for (size_t i = 0; i < RP_QUANTILES; i++)
				b->q[i] = (uint32_t)b->mean + (uint32_t)i;
		}
	}
}

/* Everything that can be asked for, with figures that go together. */
static inline void
fake_fill(struct fake_details *d)
{
	for (size_t s = 0; s < RP_STATES; s++)
		d->has_state[s] = true;
	d->inputs = 3;
	d->discovered = 500;
	fake_shares(d);
	fake_by(d);
	fake_sheet(d);
	fake_tail(d);
	fake_risk(d);
	fake_nothing(d);
	d->closed = (struct rp_closed_form){ .found = true,
		.mean_s = (double)(FAKE_START + 225 * FAKE_DAY) };
	for (size_t i = 0; i < RP_COMPLETION_QUANTILES; i++) {
		d->closed.has[i] = true;
		d->closed.q[i] = rp_instant_of_s(FAKE_START +
		    (209 + 10 * (int64_t)i) * FAKE_DAY);
	}
}

#endif /* RP_TESTS_FAKE_DETAILS_H */
