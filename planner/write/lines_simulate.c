/* What the trials say, a line each, as a reader is told. */
#include <inttypes.h>
#include <math.h>
#include <stdio.h>

#include "write/events.h"
#include "write/show_simulate.h"
#include "write/tables.h"
#include "write/words.h"
#include "write/writers.h"

static struct rp_instant
horizon_of(const struct rp_trials *tr)
{
	return rp_trials_case(tr)->simulation.horizon;
}

/* ---- completion --------------------------------------------------------- */

static void
add_quantile(struct rp_text *line, const struct rp_trials *tr,
    const struct rp_completion *c, double p)
{
	char at[RP_WORDS], error[RP_WORDS];
	size_t i = rp_sim_level(p);

	rp_text_printf(line, "%.0f %% %s", 100 * p,
	    rp_words_by(c->has[i], c->q[i], horizon_of(tr), at));
	if (c->has[i] && rp_words_error_days(c->q_se_s[i], error)[0] != '\0')
		rp_text_printf(line, " (%s)", error);
}

static void
put_mean(const struct rp_sim_sink *out, const struct rp_completion *c)
{
	struct rp_text line = { 0 };
	char words[RP_WORDS];
	struct rp_instant at;

	if (!c->has_mean)
		return;
	at = rp_instant_of_s(llround(c->mean_s));
	/* A minute that is known to a day at best is none. */
	if (!c->mean_is_closed_form && c->mean_se_s >= 21600)
		at = rp_instant_plus(rp_instant_midnight(at),
		    rp_span_of_s(86399));
	rp_text_puts(&line, rp_words_moment(at, words));
	if (c->mean_is_closed_form)
		rp_text_puts(&line, " (closed form)");
	else if (*rp_words_error_days(c->mean_se_s, words) != '\0')
		rp_text_printf(&line, " (%s)", words);
	rp_sim_end_line(out, "mean completion", &line);
}

void
rp_sim_completion(const struct rp_sim_sink *out, const struct rp_trials *tr)
{
	static const double shown[] = { 0.1, 0.5, 0.8, 0.9 };
	const struct rp_completion *c = rp_trials_completion_summary(tr, -1);
	struct rp_text line = { 0 };
	char words[RP_WORDS], at[RP_INSTANT_TEXT];
	size_t i;

	/* What comes after one that is open is open, too. */
	for (i = 0; i < sizeof(shown) / sizeof(shown[0]); i++) {
		if (i > 0)
			rp_text_puts(&line, ", ");
		add_quantile(&line, tr, c, shown[i]);
		if (!c->has[rp_sim_level(shown[i])])
			break;
	}
	rp_text_printf(&line, "; not complete by %s: %s",
	    rp_instant_format_date(horizon_of(tr), at),
	    rp_words_odds(c->never, c->never_se, rp_trials_count(tr), words));
	rp_sim_end_line(out, "completion", &line);
	put_mean(out, c);
}

/* ---- deadline ----------------------------------------------------------- */

static void
add_mean(struct rp_text *line, const char *before, double mean, double se)
{
	char words[RP_WORDS];

	rp_text_printf(line, "%s%s", before,
	    rp_words_estimate(mean, se, words));
}

static bool
some_expire(const struct rp_case *cs)
{
	size_t i;

	for (i = 0; i < cs->n_populations; i++)
		if (cs->population[i].has_expiry)
			return true;
	return false;
}

void
rp_sim_deadline(const struct rp_sim_sink *out, const struct rp_trials *tr)
{
	const struct rp_deadline_outcome *d = rp_trials_deadline(tr);
	const struct rp_case *cs = rp_trials_case(tr);
	struct rp_text line = { 0 };
	char words[RP_WORDS], at[RP_INSTANT_TEXT];

	if (d == NULL)
		return;
	rp_text_printf(&line, "%s (%s", rp_when_format(d->deadline.at, at),
	    d->deadline.citation);
	if (d->duty >= 0 && (size_t)d->duty < cs->n_duties)
		rp_text_printf(&line, ", duty '%s'", cs->duty[d->duty].name);
	if (!isfinite(d->probability)) {
		rp_text_puts(&line, "): it lies beyond the horizon, so "
		    "nothing is known of it");
		rp_sim_end_line(out, "deadline", &line);
		return;
	}
	rp_text_printf(&line, "): all done by then: %s",
	    rp_words_odds(d->probability, d->probability_se,
	    rp_trials_count(tr), words));
	rp_text_printf(&line, "; replaced by then, in the mean: %s",
	    rp_words_mean_share(d->replaced, d->replaced_se, words));
	/* The deadline sheet leaves out those that have run out. */
	add_mean(&line, some_expire(cs) ? "; left without a working "
	    "certificate if all were revoked then, what has run out "
	    "included: " : "; left without a working certificate if all were "
	    "revoked then: ", d->unreplaced, d->unreplaced_se);
	add_mean(&line, "; revoked by then while not replaced: ",
	    d->harmed, d->harmed_se);
	add_mean(&line, "; overdue certificate-days: ", d->overdue_days,
	    d->overdue_days_se);
	rp_sim_end_line(out, "deadline", &line);
}

/* ---- who holds it up ---------------------------------------------------- */

void
rp_sim_tail(const struct rp_sim_sink *out, const struct rp_trials *tr)
{
	const struct rp_tail *tail = rp_trials_tail(tr);
	struct rp_text line = { 0 };

	if (tail == NULL)
		return;
	if (!tail->found) {
		rp_text_printf(&line, "no trial gets as far as %.0f %%",
		    100 * RP_TAIL_SHARE);
		rp_sim_end_line(out, "tail", &line);
		return;
	}
	/* Whatever is counted otherwise: the tail is of what is replaced. */
	rp_text_printf(&line, "%.0f %% are replaced: ", 100 * RP_TAIL_SHARE);
	add_quantile(&line, tr, &tail->by, 0.5);
	rp_text_puts(&line, ", ");
	add_quantile(&line, tr, &tail->by, 0.9);
	rp_text_printf(&line, "; %" PRIu64 " of %" PRIu64 " trials get there",
	    tail->trials, tail->looked_at);
	rp_sim_end_line(out, "tail", &line);
}

void
rp_sim_bottleneck(const struct rp_sim_sink *out, const struct rp_trials *tr)
{
	const struct rp_bottleneck *b = rp_trials_bottleneck(tr);
	const struct rp_case *cs = rp_trials_case(tr);
	struct rp_text line = { 0 };
	char words[RP_WORDS];

	if (b == NULL || !b->found)
		return;
	rp_text_printf(&line, "step '%s' of population '%s' (line %" PRIu32
	    "); it finishes last in %s of the trials", b->what,
	    cs->population[b->population].name, b->line,
	    rp_words_probability(b->last_share, rp_trials_count(tr), words));
	if (b->queue_days >= 0.5)
		rp_text_printf(&line, "; %s certificate-days are spent there",
		    rp_words_mean(b->queue_days, words));
	if (b->has_gain)
		rp_text_printf(&line, "; were it twice as fast, completion "
		    "would come %.1f d sooner in the mean", b->gain_days);
	/* A single trial has no standard error. */
	if (b->has_gain && isfinite(b->gain_se_days))
		rp_text_printf(&line, " (+- %.1f)", b->gain_se_days);
	rp_sim_end_line(out, "bottleneck", &line);
}

/* ---- risks -------------------------------------------------------------- */

static void
add_delay(struct rp_text *line, const struct rp_risk_outcome *r)
{
	if (!isfinite(r->days))
		return;
	rp_text_printf(line, "; completion comes %.1f d %s in the mean",
	    fabs(r->days), r->days < 0 ? "sooner" : "later");
	if (isfinite(r->days_se))
		rp_text_printf(line, " (+- %.1f)", r->days_se);
}

static void
put_risk(const struct rp_sim_sink *out, const struct rp_trials *tr,
    const struct rp_risk_outcome *r)
{
	struct rp_text line = { 0 };
	char words[RP_WORDS];

	rp_event_words(rp_trials_case(tr), r->event, &line);
	rp_text_printf(&line, ", line %" PRIu32 ": comes true in %s of the "
	    "trials; with it completion is ", r->event->origin.line,
	    rp_words_odds(r->probability, r->probability_se,
	    rp_trials_count(tr), words));
	add_quantile(&line, tr, &r->with, 0.8);
	rp_text_puts(&line, ", without it ");
	add_quantile(&line, tr, &r->without, 0.8);
	add_delay(&line, r);
	if (isfinite(r->overdue_with)) {
		rp_text_printf(&line, "; all done by the deadline: with it "
		    "%s", rp_words_probability(r->deadline_with, r->trials,
		    words));
		rp_text_printf(&line, ", without it %s",
		    rp_words_probability(r->deadline_without, r->trials,
		    words));
		rp_text_printf(&line, "; overdue certificate-days: with it "
		    "%s", rp_words_mean(r->overdue_with, words));
		rp_text_printf(&line, ", without it %s",
		    rp_words_mean(r->overdue_without, words));
		if (r->overdue_se >= 0.05)
			rp_text_printf(&line, " (difference +- %s)",
			    rp_words_mean(r->overdue_se, words));
	}
	rp_sim_end_line(out, "risk", &line);
}

void
rp_sim_risks(const struct rp_sim_sink *out, const struct rp_trials *tr)
{
	const struct rp_risk_outcome *r;
	size_t n, i;

	r = rp_trials_risks(tr, &n);
	for (i = 0; i < n; i++)
		put_risk(out, tr, &r[i]);
}

/* ---- what needs no trials ----------------------------------------------- */

/* Whether anything renews by itself at all; if not, that is no estimate. */
static bool
some_renew(const struct rp_trials *tr, size_t last)
{
	const struct rp_band *renewed = rp_trials_nothing(tr,
	    RP_METRIC_REPLACED);

	return renewed != NULL && renewed[last].mean > 0;
}

static void
add_nothing(struct rp_text *line, const struct rp_trials *tr, size_t k,
    const char *when, bool renews)
{
	const struct rp_band *renewed = renews ?
	    rp_trials_nothing(tr, RP_METRIC_REPLACED) : NULL;
	const struct rp_band *expired = rp_trials_nothing(tr, RP_METRIC_GONE);
	double base = (double)rp_trials_base(tr, -1);
	char words[RP_WORDS];

	rp_text_printf(line, "%s%s ", line->len > 0 ? "; " : "", when);
	if (renewed != NULL)
		rp_text_printf(line, "%s renewed in the ordinary way",
		    rp_words_mean_share(renewed[k].mean / base,
		    renewed[k].mean_se / base, words));
	if (expired != NULL)
		rp_text_printf(line, "%s%s run out", renewed != NULL ?
		    ", " : "", rp_words_mean_share(expired[k].mean /
		    base, expired[k].mean_se / base, words));
}

void
rp_sim_nothing(const struct rp_sim_sink *out, const struct rp_trials *tr)
{
	const struct rp_deadline_outcome *d = rp_trials_deadline(tr);
	const struct rp_instant *grid;
	struct rp_text line = { 0 };
	char when[RP_WORDS], at[RP_INSTANT_TEXT];
	size_t n;
	bool renews;

	if (rp_trials_base(tr, -1) == 0 ||
	    (rp_trials_nothing(tr, RP_METRIC_REPLACED) == NULL &&
	    rp_trials_nothing(tr, RP_METRIC_GONE) == NULL))
		return;
	grid = rp_trials_grid(tr, &n);
	renews = some_renew(tr, n - 1);
	if (!renews)
		rp_text_puts(&line, "none renews by itself");
	if (d != NULL && rp_instant_cmp(d->deadline.at.from, grid[n - 1]) <= 0)
		add_nothing(&line, tr, rp_grid_find(grid, n,
		    d->deadline.at.from), "by the deadline", renews);
	(void)snprintf(when, sizeof(when), "by %s",
	    rp_instant_format_date(grid[n - 1], at));
	add_nothing(&line, tr, n - 1, when, renews);
	rp_sim_end_line(out, "nothing done", &line);
}

void
rp_sim_design(const struct rp_sim_sink *out, const struct rp_trials *tr)
{
	struct rp_text line = { 0 };
	size_t inputs;
	enum rp_design design = rp_trials_design(tr, &inputs);

	rp_text_printf(&line, "%" PRIu64 " trial%s, seed %" PRIu64,
	    rp_trials_count(tr), rp_trials_count(tr) == 1 ? "" : "s",
	    rp_trials_seed(tr));
	if (inputs == 0)
		rp_text_puts(&line, rp_trials_count(tr) == 1 ?
		    "; no input is uncertain" : "; no input is uncertain, so "
		    "the trials differ by chance alone");
	else
		rp_text_printf(&line, "; %zu uncertain input%s, spread over "
		    "the trials by a %s design", inputs,
		    inputs == 1 ? "" : "s", rp_words_of_design(design));
	rp_sim_end_line(out, "design", &line);
}
