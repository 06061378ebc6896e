/* A plan and a forecast as the pairs that record them. */
#include "made.h"

#include <inttypes.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

/* ---- pairs -------------------------------------------------------------- */

/* Failure is kept until the end, as in the text that it comes from. */
static void
take(struct made *m, struct rp_text *pair)
{
	if (pair->failed || pair->bytes == NULL || m->n == MADE_PAIRS) {
		m->failed = true;
		rp_text_release(pair);
		return;
	}
	m->own[m->n++] = pair->bytes;
}

void
made_add(struct made *m, const char *fmt, ...)
{
	struct rp_text pair = { 0 };
	char text[400];
	va_list ap;
	int n;

	va_start(ap, fmt);
	n = vsnprintf(text, sizeof(text), fmt, ap);
	va_end(ap);
	if (n < 0 || (size_t)n >= sizeof(text))
		m->failed = true;
	rp_text_puts(&pair, text);
	take(m, &pair);
}

/* What begins with one of these is read as YAML; a quoted text is itself. */
void
made_add_text(struct made *m, const char *key, const char *text)
{
	struct rp_text pair = { 0 };
	bool quote = *text == '\0' || strchr("{[\"'", *text) != NULL;

	rp_text_printf(&pair, "%s=%s", key, quote ? "\"" : "");
	for (; *text != '\0'; text++) {
		if (quote && (*text == '"' || *text == '\\'))
			rp_text_puts(&pair, "\\");
		rp_text_add(&pair, text, 1);
	}
	rp_text_puts(&pair, quote ? "\"" : "");
	take(m, &pair);
}

void
made_copy(struct made *m, const char *pair)
{
	struct rp_text own = { 0 };

	rp_text_puts(&own, pair);
	take(m, &own);
}

void
made_release(struct made *m)
{
	size_t i;

	for (i = 0; i < m->n; i++)
		free(m->own[i]);
	*m = (struct made){ .n = 0 };
}

bool
made_has(const char *const *pair, size_t n, const char *key)
{
	size_t len = strlen(key), i;

	for (i = 0; i < n; i++)
		if (strncmp(pair[i], key, len) == 0 && pair[i][len] == '=')
			return true;
	return false;
}

/* ---- a plan ------------------------------------------------------------- */

/* "milestones={2026-03-31: 22.0%, ...}" */
static void
add_milestones(struct made *m, const struct rp_schedule *s)
{
	struct rp_text pair = { 0 };
	char day[RP_INSTANT_TEXT], percent[RP_UNIT_TEXT];
	const struct rp_schedule_row *row;
	size_t n, i;

	row = rp_schedule_rows(s, &n);
	rp_text_puts(&pair, "milestones={");
	for (i = 0; i < n; i++)
		rp_text_printf(&pair, "%s%s: %s%%", i > 0 ? ", " : "",
		    rp_instant_format_date(rp_instant_plus(row[i].until,
		    rp_span_of_s(-1)), day),
		    rp_share_format(row[i].planned, percent));
	rp_text_puts(&pair, "}");
	take(m, &pair);
}

/*
 * The base is said as well: a plan whose shares are of another base later is
 * another plan.  The note is what somebody needs to make it again.
 */
void
made_plan(struct made *m, const struct rp_schedule *s)
{
	const struct rp_schedule_options *opt = rp_schedule_options(s);
	const struct rp_schedule_completion *c = rp_schedule_completion(s);
	const struct rp_trials *tr = rp_schedule_trials(s);
	char day[RP_INSTANT_TEXT], when[RP_INSTANT_TEXT];

	made_add(m, "metric=%s", rp_metric_word(rp_trials_metric(tr)));
	made_add(m, "of=%" PRIu64, rp_trials_base(tr, -1));
	add_milestones(m, s);
	made_add(m, "note=revplan plan at %.1f %%, complete %s%s; %" PRIu64
	    " %strials, seed %" PRIu64 ", as of %s",
	    opt->confidence_pm / 10.0, c->has ? "by " : "at no date",
	    c->has ? rp_instant_format_date(c->planned, day) : "",
	    rp_trials_count(tr),
	    rp_schedule_forecast(s) != NULL ? "weighted " : "",
	    rp_trials_seed(tr), rp_when_format(opt->as_of, when));
}

/* ---- a forecast --------------------------------------------------------- */

/* A quantile beyond the horizon has no key: nobody knows when. */
void
made_forecast(struct made *m, const struct rp_forecast *fc)
{
	static const char *const keys[RP_FORECAST_QUANTILES] = {
		"p10", "p50", "p80", "p90"
	};
	const struct rp_forecast_completion *c = rp_forecast_completion(fc);
	const struct rp_trials *tr = rp_forecast_trials(fc);
	char when[RP_INSTANT_TEXT];
	size_t i;

	made_add(m, "as_of=%s", rp_when_format(rp_forecast_as_of(fc), when));
	made_add(m, "metric=%s", rp_metric_word(rp_trials_metric(tr)));
	for (i = 0; i < RP_FORECAST_QUANTILES; i++)
		if (c->has[i])
			made_add(m, "%s=%s", keys[i],
			    rp_instant_format(c->q[i], when));
	/* A share of sums of weights may be a hair above all of them. */
	made_add(m, "never=%.3f%%", c->never > 1.0 ? 100.0 :
	    100.0 * c->never);
	made_add(m, "explained=%s", rp_forecast_explained(fc) ? "true" :
	    "false");
	made_add(m, "trials=%" PRIu64, rp_trials_count(tr));
	made_add(m, "seed=%" PRIu64, rp_trials_seed(tr));
}
