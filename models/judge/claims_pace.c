/*
 * judge/claims_pace.c - what a stated pace comes to.
 */
#include "judge/claims_pace.h"

#include <math.h>

#define DAY_S INT64_C(86400)

/* Distributions within distributions are drawn; this deep is deep enough. */
#define DEPTH 8

/* 160 years of days: within what a calendar can be. */
#define REACH_DAYS 58000

/* ---- means -------------------------------------------------------------- */

static double quantity_mean(const struct rp_quantity *q, int depth);

static double
points_mean(const struct rp_dist *d)
{
	double sum = 0;

	for (size_t i = 0; i < d->n_points; i++)
		sum += d->point[i] * (d->weight != NULL ? d->weight[i] :
		    1.0 / (double)d->n_points);
	return sum;
}

/* Between two points: their middle. */
static double
histogram_mean(const struct rp_dist *d)
{
	double sum = 0;

	for (size_t i = 1; i < d->n_points; i++)
		sum += (d->point[i - 1] + d->point[i]) / 2 *
		    (d->weight[i] - d->weight[i - 1]);
	return sum;
}

static double
dist_mean(const struct rp_dist *d, int depth)
{
	double a[RP_DIST_PARAMS] = { 0 };

	for (unsigned i = 0; i < d->n_params; i++)
		a[i] = quantity_mean(&d->param[i], depth);
	switch (d->kind) {
	case RP_DIST_UNIFORM:
		return (a[0] + a[1]) / 2;
	case RP_DIST_TRIANGULAR:
		return (a[0] + a[1] + a[2]) / 3;
	case RP_DIST_BETA:
		return d->n_params < 4 ? a[0] / (a[0] + a[1]) :
		    a[2] + (a[3] - a[2]) * a[0] / (a[0] + a[1]);
	case RP_DIST_NORMAL:
	case RP_DIST_EXPONENTIAL:
		return a[0];
	case RP_DIST_GAMMA:
		return a[0] * a[1];
	case RP_DIST_WEIBULL:
		return a[0] * tgamma(1 + 1 / a[1]);
	case RP_DIST_LOGNORMAL:
		return a[0] * exp(a[1] * a[1] / 2);
	case RP_DIST_PARETO:
		/* Its mean may be infinite; its median never is. */
		return a[1] > 1 ? a[0] * a[1] / (a[1] - 1) :
		    a[0] * pow(2, 1 / a[1]);
	case RP_DIST_HISTOGRAM:
		return histogram_mean(d);
	case RP_DIST_ONE_OF:
	case RP_DIST_EMPIRICAL:
		break;
	}
	return points_mean(d);
}

static double
quantity_mean(const struct rp_quantity *q, int depth)
{
	if (q->dist == NULL)
		return q->fixed;
	return depth > 0 ? dist_mean(q->dist, depth - 1) : 0;
}

/* As far as its kind has a mean in closed form. */
static double
mean_of(const struct rp_quantity *q)
{
	return quantity_mean(q, DEPTH);
}

/* ---- a pace ------------------------------------------------------------- */

static struct rp_instant
days_after(struct rp_instant t, int64_t days)
{
	return rp_instant_plus(t, rp_span_of_s(days * DAY_S));
}

/*
 * Slow paces need years of calendar; what needs more than the longest one is
 * out of reach anyway.
 */
static rp_status
make_calendar(struct rp_pace *p, int index, struct rp_err *err)
{
	const struct rp_calendar_spec *spec = index < 0 ?
	    &rp_calendar_default : &p->cs->calendar[index].spec;
	double need = 800 + 10 * p->certificates / p->amount;
	rp_status rc;

	p->reach_days = p->per != RP_PER_WORKING_DAY ? 20000 :
	    need < REACH_DAYS ? (int64_t)need : REACH_DAYS;
	rc = rp_calendar_new(spec, rp_instant_midnight(p->starts),
	    days_after(p->starts, p->reach_days), &p->calendar, NULL);
	if (rc != RP_OK && rc != RP_ERANGE)
		return rp_fail(err, rc, "out of memory for a calendar");
	return RP_OK;
}

rp_status
rp_pace_init(struct rp_pace *p, const struct rp_case *cs,
    const struct rp_claim *c, struct rp_err *err)
{
	int calendar = -1;

	*p = (struct rp_pace){ .cs = cs, .population = c->population,
	    .per = c->rate.per, .uncertain = c->rate.amount.dist != NULL };
	p->amount = mean_of(&c->rate.amount);
	if (c->population >= 0) {
		const struct rp_population *pop =
		    &cs->population[c->population];

		p->certificates = (double)rp_count_n(pop->certificates);
		p->assumed = pop->certificates_origin.basis ==
		    RP_BASIS_ASSUMED;
		p->starts = pop->starts.from;
		calendar = pop->calendar;
	} else {
		p->certificates = (double)(rp_count_n(cs->base) > 0 ?
		    rp_count_n(cs->base) : rp_count_n(cs->total));
		p->assumed = cs->total_origin.basis == RP_BASIS_ASSUMED;
		p->starts = cs->aware.from;
	}
	if (!(p->amount > 0) || !isfinite(p->amount))
		return RP_OK;
	return make_calendar(p, calendar, err);
}

void
rp_pace_release(struct rp_pace *p)
{
	rp_calendar_free(p->calendar);
	p->calendar = NULL;
}

double
rp_pace_days(const struct rp_pace *p, struct rp_instant from,
    struct rp_instant until)
{
	return (double)(rp_calendar_ticks(p->calendar, until) -
	    rp_calendar_ticks(p->calendar, from)) / (double)RP_WORKDAY_TICKS;
}

/* The first second by which so many ticks are worked after `from`. */
static bool
after_ticks(const struct rp_pace *p, struct rp_instant from, double ticks,
    struct rp_instant *end)
{
	double start = (double)rp_calendar_ticks(p->calendar, from);
	int64_t low = rp_instant_s(from), high, middle;

	high = rp_instant_s(days_after(p->starts, p->reach_days));
	if (low > high || (double)rp_calendar_ticks(p->calendar,
	    rp_instant_of_s(high)) - start < ticks)
		return false;
	while (low < high) {
		middle = low + (high - low) / 2;
		if ((double)rp_calendar_ticks(p->calendar,
		    rp_instant_of_s(middle)) - start >= ticks)
			high = middle;
		else
			low = middle + 1;
	}
	*end = rp_instant_of_s(high);
	return true;
}

static int64_t
unit_s(enum rp_per per)
{
	static const int64_t units[] = {
		[RP_PER_HOUR] = 3600,
		[RP_PER_DAY] = DAY_S,
		[RP_PER_WORKING_DAY] = 0,
		[RP_PER_WEEK] = 7 * DAY_S,
		[RP_PER_MONTH] = RP_MONTH_S,
	};

	return units[per];
}

bool
rp_pace_end(const struct rp_pace *p, double n, struct rp_instant from,
    struct rp_instant *end)
{
	double units = n / p->amount, s;

	if (p->per == RP_PER_WORKING_DAY)
		return after_ticks(p, from, units *
		    (double)RP_WORKDAY_TICKS - 0.5, end);
	s = units * (double)unit_s(p->per);
	if (!(s < (double)p->reach_days * (double)DAY_S))
		return false;
	*end = rp_instant_plus(from, rp_span_of_s((int64_t)s));
	return true;
}

double
rp_pace_units(const struct rp_pace *p, struct rp_span time)
{
	if (p->per == RP_PER_WORKING_DAY)
		return rp_pace_days(p, p->starts, rp_instant_plus(p->starts,
		    time));
	return (double)rp_span_s(time) / (double)unit_s(p->per);
}

/* ---- months ------------------------------------------------------------- */

static struct rp_civil
next_month(struct rp_civil c)
{
	c.day = 1;
	c.month = (uint8_t)(c.month % 12 + 1);
	c.year += c.month == 1;
	return c;
}

struct rp_monthly
rp_pace_monthly(const struct rp_pace *p)
{
	struct rp_civil c = next_month(rp_civil_of_instant(p->starts));
	struct rp_monthly m = { HUGE_VAL, 0, HUGE_VAL, 0 };

	if (p->per == RP_PER_MONTH)
		return (struct rp_monthly){ p->amount, p->amount, 0, 0 };
	/* The month it starts in is not a whole one, so it is left out. */
	for (int i = 0; i < 12; i++) {
		struct rp_instant from = rp_instant_of_civil(c), until;
		double days, n;

		c = next_month(c);
		until = rp_instant_of_civil(c);
		days = rp_pace_days(p, from, until);
		n = p->amount * (p->per == RP_PER_WORKING_DAY ? days :
		    (double)rp_span_s(rp_instant_between(from, until)) /
		    (double)unit_s(p->per));
		m.least = fmin(m.least, n);
		m.most = fmax(m.most, n);
		m.least_days = fmin(m.least_days, days);
		m.most_days = fmax(m.most_days, days);
	}
	return m;
}

/* ---- what comes before -------------------------------------------------- */

struct rp_instant
rp_pace_ready(const struct rp_pace *p, double *waits, bool *assumed)
{
	const struct rp_population *pop;
	struct rp_instant t = p->starts;
	double s;

	*waits = 0;
	*assumed = false;
	if (p->population < 0)
		return t;
	pop = &p->cs->population[p->population];
	for (size_t i = 0; i < pop->path.n_steps; i++) {
		const struct rp_step *step = &pop->path.step[i];

		if (step->kind != RP_STEP_WAIT ||
		    rp_count_n(pop->subscribers) != 1)
			break;
		s = mean_of(&step->as.wait.time);
		if (!(s >= 0 && s < (double)REACH_DAYS * (double)DAY_S))
			break;
		if (step->as.wait.clock == RP_CLOCK_WORKING &&
		    !rp_calendar_at_seconds(p->calendar,
		    rp_calendar_seconds(p->calendar, t) + (int64_t)s, &t))
			break;
		if (step->as.wait.clock == RP_CLOCK_ELAPSED)
			t = rp_instant_plus(t, rp_span_of_s((int64_t)s));
		*assumed = *assumed ||
		    step->origin.basis == RP_BASIS_ASSUMED ||
		    step->as.wait.time.origin.basis == RP_BASIS_ASSUMED;
	}
	*waits = (double)rp_span_s(rp_instant_between(p->starts, t)) /
	    (double)DAY_S;
	return t;
}

/* ---- words -------------------------------------------------------------- */

void
rp_say_pace(struct rp_sentence *s, const struct rp_pace *p)
{
	static const char *const units[] = {
		[RP_PER_HOUR] = "an hour",
		[RP_PER_DAY] = "a day",
		[RP_PER_WORKING_DAY] = "a working day",
		[RP_PER_WEEK] = "a week",
		[RP_PER_MONTH] = "a month",
	};

	rp_say(s, "%s%.10g %s", p->uncertain ? "about " : "", p->amount,
	    units[p->per]);
}
