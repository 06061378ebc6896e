/*
 * forecast/plan.c - which shares and which date can be promised.
 *
 * What c of the trials reach is an order statistic: of n trials that count
 * alike, the largest share that at least ceil(c n) of them have, and the
 * earliest date by which as many are complete.  With weights, the same of the
 * weight.  No trial is looked at between two points of the grid: its state at
 * the point before stands for it, which is never bolder.
 */
#include "revplan/plan.h"

#include <math.h>
#include <stdio.h>

#include "base/mem.h"
#include "forecast/ranks.h"

#define PPB_OF_PM (RP_SHARE_ONE_PPB / 1000)

struct rp_schedule {
	const struct rp_trials *tr;
	const struct rp_forecast *fc;		/* or NULL */
	struct rp_trials *own_tr;		/* what this owns of them */
	struct rp_forecast *own_fc;
	struct rp_schedule_options opt;
	size_t n;				/* trials */
	double sample;				/* effective number of them */
	double all;				/* the weight of all */
	double need;				/* the weight that must do */
	struct rp_schedule_completion completion;
	struct rp_schedule_row *row;
	size_t n_rows, room;
	struct rp_ranks ranks;			/* work space */
	bool *keeps;				/* [n] all rows so far */
	struct rp_notes notes;
};

/* Plain trials count one each, so that sums of them stay exact. */
static double
weight(const struct rp_schedule *s, size_t i)
{
	return s->fc == NULL ? 1.0 : rp_forecast_weights(s->fc)[i];
}

/* ---- order statistics --------------------------------------------------- */

/* Half the distance between the values one deviation of their rank away. */
static double
standard_error(const struct rp_schedule *s, bool from_top)
{
	double c = s->opt.confidence_pm / 1000.0;
	double sd = s->all * sqrt(c * (1.0 - c) / s->sample);
	double a = rp_ranks_gathered(&s->ranks, s->need - sd, from_top);
	double b = rp_ranks_gathered(&s->ranks, s->need + sd, from_top);

	return isfinite(a) && isfinite(b) ? 0.5 * fabs(a - b) : (double)NAN;
}

/* ---- the completion ----------------------------------------------------- */

/* How many get there at all: what a reader without a date asks next. */
static void
set_complete(struct rp_schedule *s, double done)
{
	struct rp_schedule_completion *c = &s->completion;

	c->complete = done / s->all;
	c->complete_se = sqrt(fmax(0.0, c->complete * (1.0 - c->complete)) /
	    s->sample);
}

static void
set_completion(struct rp_schedule *s)
{
	const int64_t *at = rp_trials_completion(s->tr, -1);
	struct rp_schedule_completion *c = &s->completion;
	double done = 0.0, reached;

	for (size_t i = 0; i < s->n; i++) {
		bool never = at[i] == INT64_MAX;

		s->ranks.value[i] = never ? (double)INFINITY : (double)at[i];
		done += never ? 0.0 : weight(s, i);
	}
	set_complete(s, done);
	/* Trials that never end are the last ones, and infinite. */
	rp_ranks_order(&s->ranks);
	reached = rp_ranks_gathered(&s->ranks, s->need, false);
	c->has = isfinite(reached);
	c->reached_se_s = standard_error(s, false);
	if (!c->has)
		return;
	c->reached = c->planned = rp_instant_of_s((int64_t)reached);
	if (s->opt.round_pm > 0)
		c->planned = rp_instant_plus(rp_period_next(s->opt.period,
		    c->reached), rp_span_of_s(-1));
}

/* ---- the rows ----------------------------------------------------------- */

/*
 * What each trial reaches by a point.  A forecast moves its trials so that
 * they start from what was seen last; the plan must say the same as its curve.
 */
static void
set_shares(struct rp_schedule *s, size_t point)
{
	size_t n;
	const struct rp_instant *grid = rp_trials_grid(s->tr, &n);
	const uint32_t *curve = rp_trials_curve(s->tr);

	for (size_t i = 0; s->fc != NULL && i < s->n; i++)
		s->ranks.value[i] = rp_forecast_share(s->fc, i, grid[point]);
	for (size_t i = 0; s->fc == NULL && i < s->n; i++)
		s->ranks.value[i] = curve[point * s->n + i] /
		    rp_trials_base_of(s->tr, i, point);
}

/*
 * Down to what may be promised.  All of them only if as many trials are
 * complete: 99.96 % must not become 100.0 %, nor a share of a base of billions
 * be rounded to all.
 */
static struct rp_share
promise(const struct rp_schedule *s, struct rp_share reached,
    struct rp_instant until)
{
	int64_t step = PPB_OF_PM * (s->opt.round_pm > 0 ? s->opt.round_pm : 1);
	int64_t ppb = rp_share_ppb(reached) / step * step;
	bool complete = s->completion.has &&
	    rp_instant_cmp(s->completion.reached, until) < 0;

	if (rp_share_ppb(reached) >= RP_SHARE_ONE_PPB)
		ppb = complete ? RP_SHARE_ONE_PPB :
		    (RP_SHARE_ONE_PPB - 1) / step * step;
	return rp_share_of_ppb(ppb);
}

/* Which trials keep the row, of those that kept the others. */
static void
sift(struct rp_schedule *s, const struct rp_schedule_row *row)
{
	double promised = rp_share_real(row->planned);

	/* Half of the smallest step that a share is known to. */
	for (size_t i = 0; i < s->n; i++)
		s->keeps[i] = s->keeps[i] &&
		    s->ranks.value[i] >= promised - 0.5e-9;
}

/* A period that the horizon cuts has what is reached by the horizon. */
static void
set_row(struct rp_schedule *s, struct rp_instant start)
{
	struct rp_schedule_row *row = &s->row[s->n_rows++];
	size_t point;

	rp_period_name(s->opt.period, start, row->period);
	row->until = rp_period_next(s->opt.period, start);
	point = rp_point_before(s->tr, row->until);
	set_shares(s, point);
	rp_ranks_order(&s->ranks);
	row->reached = rp_share_of_real(rp_ranks_gathered(&s->ranks, s->need,
	    true));
	row->reached_se = standard_error(s, true);
	row->planned = promise(s, row->reached, row->until);
	sift(s, row);
}

/* The chance of a plan is not that of its figures: they fail one by one. */
static void
set_kept(struct rp_schedule *s)
{
	const int64_t *at = rp_trials_completion(s->tr, -1);
	struct rp_schedule_completion *c = &s->completion;
	double kept = 0.0;

	for (size_t i = 0; i < s->n; i++)
		if (s->keeps[i] && (!c->has ||
		    at[i] <= rp_instant_s(c->planned)))
			kept += weight(s, i);
	c->kept = kept / s->all;
}

/* The case is done, or was to be: there is nothing ahead to promise. */
static rp_status
refuse_done(const struct rp_schedule *s, struct rp_instant from,
    struct rp_err *err)
{
	char done[RP_INSTANT_TEXT], asked[RP_INSTANT_TEXT];

	return rp_fail(err, RP_ESTATE, "nothing is left to plan: %.1f %% of "
	    "the trials are complete by %s, and the plan would begin on %s; "
	    "plan as of an earlier date (--as-of)",
	    s->opt.confidence_pm / 10.0,
	    rp_instant_format_date(s->completion.reached, done),
	    rp_instant_format_date(from, asked));
}

/* The first and the last instant that rows are made for. */
static rp_status
find_span(const struct rp_schedule *s, struct rp_instant *from,
    struct rp_instant *last, struct rp_err *err)
{
	size_t n;
	const struct rp_instant *grid = rp_trials_grid(s->tr, &n);
	char horizon[RP_INSTANT_TEXT], asked[RP_INSTANT_TEXT];

	/* After its last second, as a plan says of itself when it was made. */
	*from = rp_instant_plus(rp_when_last(s->opt.as_of), rp_span_of_s(1));
	if (rp_instant_cmp(*from, grid[0]) < 0)
		*from = grid[0];
	*last = rp_instant_plus(grid[n - 1], rp_span_of_s(-1));
	if (rp_instant_cmp(*from, *last) > 0)
		return rp_fail(err, RP_ESTATE, "nothing is left to plan: the "
		    "simulation ends at its horizon, %s, and the plan would "
		    "begin on %s; plan as of an earlier date (--as-of) or set "
		    "a later horizon",
		    rp_instant_format_date(grid[n - 1], horizon),
		    rp_instant_format_date(*from, asked));
	if (s->completion.has && rp_instant_cmp(s->completion.reached,
	    *from) < 0)
		return refuse_done(s, *from, err);
	if (s->completion.has && rp_instant_cmp(s->completion.reached,
	    *last) < 0)
		*last = s->completion.reached;
	return RP_OK;
}

/* Counted first, for rows are allocated once. */
static size_t
count_periods(enum rp_period period, struct rp_instant from,
    struct rp_instant last)
{
	size_t n = 1;

	for (; rp_instant_cmp(rp_period_next(period, from), last) <= 0; n++)
		from = rp_period_next(period, from);
	return n;
}

/* ---- what a reader must know -------------------------------------------- */

/* Two plans of one case differ by this before they differ by anything else. */
static void
tell_basis(struct rp_schedule *s)
{
	const char *metric = rp_metric_word(rp_trials_metric(s->tr));
	const char *const *note;
	char when[RP_INSTANT_TEXT];
	size_t n;

	rp_instant_format_date(rp_when_last(s->opt.as_of), when);
	if (s->fc == NULL) {
		rp_note(&s->notes, "Plain trials: no actual of '%s' had been "
		    "seen by %s, so the plan rests on the inputs of the case "
		    "alone.", metric, when);
		return;
	}
	(void)rp_forecast_fits(s->fc, &n);
	rp_note(&s->notes, "The trials are those of a forecast, weighted by "
	    "the actuals of '%s' seen by %s (%zu of them); the effective "
	    "sample is %.0f of %zu trials.", metric, when, n, s->sample, s->n);
	note = rp_forecast_notes(s->fc, &n);
	for (size_t i = 0; i < n; i++)
		rp_note(&s->notes, "%s", note[i]);
}

/* The trials know the populations of the case, and no later count. */
static void
tell_base(struct rp_schedule *s)
{
	uint64_t known = rp_count_n(rp_trials_case(s->tr)->base);
	uint64_t at_first = rp_trials_base(s->tr, -1), in_the_end;
	size_t n;

	(void)rp_trials_grid(s->tr, &n);
	in_the_end = (uint64_t)llround(rp_trials_base_at(s->tr, -1, n - 1));
	if (in_the_end != at_first)
		rp_note(&s->notes, "The case has %llu certificates discovered "
		    "on the way, in the mean of the trials: each share is of "
		    "what is known on its day, so it may fall when more are "
		    "found.", (unsigned long long)(in_the_end - at_first));
	else if (known != 0 && known != in_the_end)
		rp_note(&s->notes, "The shares are of the %llu certificates "
		    "of the trials, while %llu are known to be affected: say "
		    "in the populations or events of the case how the others "
		    "are replaced.", (unsigned long long)in_the_end,
		    (unsigned long long)known);
}

/*
 * "87.0 %", down to one decimal, for 99.96 % is not all of them; what is so in
 * all of the trials, or in none, is no certainty and no percentage.
 */
static const char *
so_many(const struct rp_schedule *s, double share, char buf[32])
{
	double one = 0.5 / (double)s->n;

	if (share >= 1.0 - one)
		(void)snprintf(buf, 32, "all");
	else if (share <= one)
		(void)snprintf(buf, 32, "none");
	else if (share < 0.001)
		(void)snprintf(buf, 32, "less than 0.1 %%");
	else
		(void)snprintf(buf, 32, "%.1f %%",
		    floor(1000.0 * share + 1e-9) / 10.0);
	return buf;
}

static void
tell_confidence(struct rp_schedule *s)
{
	double beyond = s->sample * (1.0 - s->opt.confidence_pm / 1000.0);
	char kept[32];

	if (beyond < 1.0 - 1e-9)
		rp_note(&s->notes, "Of an effective sample of %.0f trials not "
		    "even one lies beyond %.1f %%: run more of them (--trials) "
		    "or plan at a lower confidence.", s->sample,
		    s->opt.confidence_pm / 10.0);
	rp_note(&s->notes, "Each figure by itself is reached in at least "
	    "%.1f %% of the trials; all of them together are kept in %s of "
	    "the trials.", s->opt.confidence_pm / 10.0,
	    so_many(s, s->completion.kept, kept));
	if (s->opt.round_pm > 0)
		rp_note(&s->notes, "Shares are rounded down to a multiple of "
		    "%.1f %%, the completion up to the end of its %s.",
		    s->opt.round_pm / 10.0,
		    s->opt.period == RP_PERIOD_WEEK ? "week" : "month");
}

static double
complete_by(const struct rp_schedule *s, struct rp_instant t)
{
	const int64_t *at = rp_trials_completion(s->tr, -1);
	double done = 0.0;

	for (size_t i = 0; i < s->n; i++)
		if (at[i] <= rp_instant_s(t))
			done += weight(s, i);
	return done / s->all;
}

/* Those that run out first are never replaced, and never revoked. */
static bool
stays_below(const struct rp_schedule *s)
{
	return s->n_rows > 0 && rp_share_ppb(s->row[s->n_rows - 1].reached) <
	    RP_SHARE_ONE_PPB;
}

/* A plan without a date must not look as if it had forgotten it. */
static void
tell_completion(struct rp_schedule *s)
{
	const struct rp_schedule_completion *c = &s->completion;
	char end[RP_INSTANT_TEXT], by[RP_INSTANT_TEXT];
	char in_time[32], in_end[32];
	size_t n;
	const struct rp_instant *grid = rp_trials_grid(s->tr, &n);

	rp_instant_format_date(grid[n - 1], end);
	if (!c->has) {
		rp_note(&s->notes, "No date of completion can be promised at "
		    "%.1f %%: by the horizon, %s, %s of %zu trials "
		    "are complete. Set a later horizon, plan at a lower "
		    "confidence, or change the case: 'revplan simulate' names "
		    "the step that holds it up.", s->opt.confidence_pm / 10.0,
		    end, so_many(s, c->complete, in_end), s->n);
		return;
	}
	rp_note(&s->notes, "Of %zu%s trials %s are complete by %s, and %s by "
	    "the horizon, %s.", s->n, s->fc != NULL ? " weighted" : "",
	    so_many(s, complete_by(s, c->planned), in_time),
	    rp_instant_format_date(c->planned, by),
	    so_many(s, c->complete, in_end), end);
	if (stays_below(s))
		rp_note(&s->notes, "The share of '%s' does not come to 100 %% "
		    "though nothing is left then: the others expire or are "
		    "revoked first.", rp_metric_word(rp_trials_metric(s->tr)));
}

/* ---- making it ---------------------------------------------------------- */

static rp_status
fill(struct rp_schedule *s, struct rp_err *err)
{
	struct rp_instant from, last;
	rp_status rc;

	s->keeps = rp_alloc_zeroed(s->n, sizeof(*s->keeps));
	if (s->keeps == NULL)
		return rp_fail(err, RP_ENOMEM, "no memory for a plan");
	rc = rp_ranks_init(&s->ranks, s->n, s->fc == NULL ? NULL :
	    rp_forecast_weights(s->fc), err);
	if (rc != RP_OK)
		return rc;
	for (size_t i = 0; i < s->n; i++)
		s->keeps[i] = true;
	set_completion(s);
	rc = find_span(s, &from, &last, err);
	if (rc != RP_OK)
		return rc;
	s->room = count_periods(s->opt.period, from, last);
	s->row = rp_alloc_zeroed(s->room, sizeof(*s->row));
	if (s->row == NULL)
		return rp_fail(err, RP_ENOMEM, "no memory for a plan");
	for (; s->n_rows < s->room; from = rp_period_next(s->opt.period, from))
		set_row(s, from);
	set_kept(s);
	tell_basis(s);
	tell_base(s);
	tell_completion(s);
	tell_confidence(s);
	return RP_OK;
}

rp_status
rp_schedule_build(const struct rp_trials *tr, const struct rp_forecast *fc,
    const struct rp_schedule_options *opt, struct rp_schedule **out,
    struct rp_err *err)
{
	struct rp_schedule *s = rp_alloc_zeroed(1, sizeof(*s));
	double c = opt->confidence_pm;
	rp_status rc;

	if (s == NULL)
		return rp_fail(err, RP_ENOMEM, "no memory for a plan");
	s->tr = tr;
	s->fc = fc;
	s->opt = *opt;
	s->n = rp_trials_count(tr);
	s->all = fc == NULL ? (double)s->n : 1.0;
	s->sample = fc == NULL ? (double)s->n :
	    rp_forecast_effective_sample_size(fc);
	/* Whole trials, so that no rounding lets one too few do. */
	s->need = fc == NULL ? ceil((double)s->n * c / 1000.0) : c / 1000.0;
	rc = fill(s, err);
	if (rc != RP_OK) {
		rp_schedule_free(s);
		return rc;
	}
	*out = s;
	return RP_OK;
}

/*
 * Where there is nothing to weigh by, the plain trials are taken: a plan made
 * on the first day then says the same as `simulate`.
 */
static bool
has_actuals(const struct rp_case *cs, enum rp_metric metric,
    const struct rp_schedule_options *opt)
{
	for (size_t i = 0; i < cs->n_actuals; i++) {
		const struct rp_actual *a = &cs->actual[i];

		if (a->population < 0 && a->metric[metric].known &&
		    rp_seen(a->as_of, a->has_published, a->published,
		    opt->as_of, opt->view))
			return true;
	}
	return false;
}

/* Nothing is simulated before it. */
static struct rp_instant
earliest(const struct rp_case *cs)
{
	struct rp_instant first = cs->aware.from;

	for (size_t i = 0; i < cs->n_populations; i++)
		if (rp_instant_cmp(cs->population[i].starts.from, first) < 0)
			first = cs->population[i].starts.from;
	return rp_instant_plus(first, rp_span_of_s(-86400));
}

/*
 * The ends of all periods that may get a row: of the days between nothing is
 * asked, and trials that are not walked through cost a fraction.
 */
static rp_status
simulate_ends(const struct rp_case *cs, const struct rp_sim_options *sim,
    const struct rp_schedule_options *opt, struct rp_trials **out,
    struct rp_err *err)
{
	struct rp_instant from = rp_when_last(opt->as_of);
	struct rp_sim_options ends = *sim;
	struct rp_instant *until;
	rp_status rc;

	if (rp_instant_cmp(from, earliest(cs)) < 0)
		from = earliest(cs);
	ends.n_report = count_periods(opt->period, from,
	    cs->simulation.horizon);
	until = rp_alloc_zeroed(ends.n_report, sizeof(*until));
	if (until == NULL)
		return rp_fail(err, RP_ENOMEM, "no memory for a plan");
	for (size_t i = 0; i < ends.n_report; i++)
		from = until[i] = rp_period_next(opt->period, from);
	ends.report = until;
	rc = rp_simulate(cs, &ends, out, err);
	rp_release_mem(until);
	return rc;
}

/* Whoever wants more of the trials gets all of their days. */
static bool
wants_more(const struct rp_sim_options *sim)
{
	return sim->n_report > 0 || sim->bands != RP_BANDS_NONE ||
	    sim->bottleneck || sim->details || sim->n_shares > 0;
}

rp_status
rp_schedule_run(const struct rp_case *cs, const struct rp_sim_options *sim,
    const struct rp_schedule_options *opt, struct rp_schedule **out,
    struct rp_err *err)
{
	struct rp_trials *tr = NULL;
	struct rp_forecast *fc = NULL;
	rp_status rc;

	if (has_actuals(cs, sim->metric, opt))
		rc = rp_forecast_run(cs, sim, opt->as_of, opt->view, &fc, err);
	else if (wants_more(sim))
		rc = rp_simulate(cs, sim, &tr, err);
	else
		rc = simulate_ends(cs, sim, opt, &tr, err);
	if (rc == RP_OK)
		rc = rp_schedule_build(fc != NULL ? rp_forecast_trials(fc) :
		    tr, fc, opt, out, err);
	if (rc != RP_OK) {
		rp_forecast_free(fc);
		rp_trials_free(tr);
		return rc;
	}
	(*out)->own_fc = fc;
	(*out)->own_tr = tr;
	return RP_OK;
}

void
rp_schedule_free(struct rp_schedule *s)
{
	if (s == NULL)
		return;
	rp_forecast_free(s->own_fc);
	rp_trials_free(s->own_tr);
	rp_release_mem(s->row);
	rp_ranks_release(&s->ranks);
	rp_release_mem(s->keeps);
	rp_release_mem(s);
}

/* ---- answers ------------------------------------------------------------ */

const struct rp_trials *
rp_schedule_trials(const struct rp_schedule *s)
{
	return s->tr;
}

const struct rp_forecast *
rp_schedule_forecast(const struct rp_schedule *s)
{
	return s->fc;
}

const struct rp_schedule_options *
rp_schedule_options(const struct rp_schedule *s)
{
	return &s->opt;
}

const struct rp_schedule_row *
rp_schedule_rows(const struct rp_schedule *s, size_t *n)
{
	*n = s->n_rows;
	return s->row;
}

const struct rp_schedule_completion *
rp_schedule_completion(const struct rp_schedule *s)
{
	return &s->completion;
}

const char *const *
rp_schedule_notes(const struct rp_schedule *s, size_t *n)
{
	*n = s->notes.n;
	return (const char *const *)s->notes.line;
}
