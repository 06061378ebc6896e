#include <inttypes.h>
#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "write/words.h"

const char *
rp_words_moment(struct rp_instant at, char buf[RP_WORDS])
{
	char text[RP_INSTANT_TEXT];
	int64_t left = rp_instant_s(at) - rp_instant_s(rp_instant_midnight(at));
	bool day = left == 86399;

	/* The last second of an hour or a minute is told by its end. */
	if (!day && left % 60 == 59)
		at = rp_instant_plus(at, rp_span_of_s(1));
	(void)rp_instant_format(at, text);
	if (day)
		(void)snprintf(buf, RP_WORDS, "%.10s", text);
	else
		(void)snprintf(buf, RP_WORDS, "%.10s %.5sZ", text, text + 11);
	return buf;
}

const char *
rp_words_quantile(bool has, struct rp_instant at, struct rp_instant horizon,
    char buf[RP_WORDS])
{
	char text[RP_INSTANT_TEXT];

	if (has)
		return rp_words_moment(at, buf);
	(void)snprintf(buf, RP_WORDS, "after %s",
	    rp_instant_format_date(horizon, text));
	return buf;
}

const char *
rp_words_by(bool has, struct rp_instant at, struct rp_instant horizon,
    char buf[RP_WORDS])
{
	char text[RP_WORDS], date[RP_INSTANT_TEXT];

	if (has)
		(void)snprintf(buf, RP_WORDS, "by %.40s",
		    rp_words_moment(at, text));
	else
		(void)snprintf(buf, RP_WORDS, "not by %s",
		    rp_instant_format_date(horizon, date));
	return buf;
}

const char *
rp_words_percent(double share, char buf[RP_WORDS])
{
	struct rp_share a = rp_share_of_real(share);
	char text[RP_UNIT_TEXT];

	(void)rp_share_format(a, text);
	if (share < 1 && rp_share_ppb(a) >= RP_SHARE_ONE_PPB / 10000 * 9995)
		(void)snprintf(buf, RP_WORDS, ">99.9%%");
	else if (share > 0 && strcmp(text, "0.0") == 0)
		(void)snprintf(buf, RP_WORDS, "<0.1%%");
	else
		(void)snprintf(buf, RP_WORDS, "%s%%", text);
	return buf;
}

const char *
rp_words_mean_share(double share, double se, char buf[RP_WORDS])
{
	char text[RP_WORDS];

	if (!isfinite(share))
		(void)snprintf(buf, RP_WORDS, "unknown");
	else if (share >= 1)
		(void)snprintf(buf, RP_WORDS, ">99.9%%");
	else if (share <= 0)
		(void)snprintf(buf, RP_WORDS, "<0.1%%");
	else if (se >= 0.0005)
		(void)snprintf(buf, RP_WORDS, "%.40s +- %.1f",
		    rp_words_percent(share, text), 100 * se);
	else
		(void)rp_words_percent(share, buf);
	return buf;
}

const char *
rp_words_of_design(enum rp_design design)
{
	static const char *const word[] = {
		[RP_DESIGN_QUASI_RANDOM] = "quasi-random",
		[RP_DESIGN_LATIN_HYPERCUBE] = "latin-hypercube",
		[RP_DESIGN_RANDOM] = "random",
	};

	return word[design];
}

/* Decimals of a percentage that tell one trial in n. */
static int
decimals_for(uint64_t trials)
{
	int n = 0;

	for (; trials > 100 && n < 12; trials = (trials + 9) / 10)
		n++;
	return n;
}

const char *
rp_words_probability(double p, uint64_t trials, char buf[RP_WORDS])
{
	double one = trials > 0 ? 1.0 / (double)trials : 1.0;
	int decimals = decimals_for(trials);

	if (!isfinite(p))
		(void)snprintf(buf, RP_WORDS, "unknown");
	else if (trials == 1)
		(void)snprintf(buf, RP_WORDS, "%.0f of 1", p);
	else if (p >= 1.0 - one / 2)
		(void)snprintf(buf, RP_WORDS, "> %.*f %%", decimals,
		    100.0 * (1.0 - one));
	else if (p <= one / 2)
		(void)snprintf(buf, RP_WORDS, "< %.*f %%", decimals,
		    100.0 * one);
	else if (p > 0.999 || p < 0.001)
		(void)snprintf(buf, RP_WORDS, "%.*f %%", decimals, 100.0 * p);
	else
		(void)snprintf(buf, RP_WORDS, "%.1f %%", 100.0 * p);
	return buf;
}

const char *
rp_words_odds(double p, double se, uint64_t trials, char buf[RP_WORDS])
{
	char text[RP_WORDS];

	(void)rp_words_probability(p, trials, text);
	if (!(se > 0) || strpbrk(text, "<>") != NULL)
		(void)snprintf(buf, RP_WORDS, "%s", text);
	else if (se < 0.0005)
		(void)snprintf(buf, RP_WORDS, "%.40s +- %.2f", text,
		    100.0 * se);
	else
		(void)snprintf(buf, RP_WORDS, "%.40s +- %.1f", text,
		    100.0 * se);
	return buf;
}

const char *
rp_words_mean(double mean, char buf[RP_WORDS])
{
	bool whole = fabs(mean) >= 1e4 || fabs(mean - nearbyint(mean)) < 0.05;

	if (!isfinite(mean))
		(void)snprintf(buf, RP_WORDS, "unknown");
	else
		(void)snprintf(buf, RP_WORDS, "%.*f", whole ? 0 : 1,
		    whole ? nearbyint(mean) + 0.0 : mean);
	return buf;
}

const char *
rp_words_estimate(double mean, double se, char buf[RP_WORDS])
{
	char a[RP_WORDS];
	/* No digit is shown that the error leaves open. */
	bool coarse = se >= 10 || (se >= 1 && fabs(mean) >= 1e3) ||
	    (se >= 0.5 && fabs(mean) >= 1e4);

	if (isfinite(mean) && coarse)
		(void)snprintf(a, sizeof(a), "%.0f", nearbyint(mean) + 0.0);
	else
		(void)rp_words_mean(mean, a);
	if (!isfinite(mean) || !(se >= 0.05))
		(void)snprintf(buf, RP_WORDS, "%s", a);
	else
		(void)snprintf(buf, RP_WORDS, "%.40s +- %.*f", a,
		    coarse ? 0 : 1, se);
	return buf;
}

const char *
rp_words_end(struct rp_instant at, char buf[RP_WORDS])
{
	bool midnight = rp_instant_cmp(at, rp_instant_midnight(at)) == 0;

	return rp_words_moment(midnight ?
	    rp_instant_plus(at, rp_span_of_s(-1)) : at, buf);
}

const char *
rp_words_error_days(double se_s, char buf[RP_WORDS])
{
	if (!isfinite(se_s))
		buf[0] = '\0';
	else if (se_s < 1)
		(void)snprintf(buf, RP_WORDS, "+- 0");
	else if (se_s < 4320)
		(void)snprintf(buf, RP_WORDS, "+- %.1f h", se_s / 3600);
	else
		(void)snprintf(buf, RP_WORDS, "+- %.1f d", se_s / 86400);
	return buf;
}

const char *
rp_words_pace(struct rp_forecast_pace pace, char buf[RP_WORDS])
{
	(void)snprintf(buf, RP_WORDS,
	    "%.2f times as fast as assumed (5 to 95 %%: %.2f to %.2f)",
	    pace.p50, pace.p05, pace.p95);
	return buf;
}

const char *
rp_words_gain(struct rp_span gain, bool exact, char buf[RP_WORDS])
{
	int64_t s = rp_span_s(gain);
	bool hours = exact && s > -172800 && s < 172800;
	int64_t unit = hours ? 3600 : 86400;
	int64_t n = (s + (s < 0 ? -unit / 2 : unit / 2)) / unit;

	(void)snprintf(buf, RP_WORDS, n == 0 ? "%" PRId64 " %s" :
	    "%+" PRId64 " %s", n, hours ? "h" : "d");
	return buf;
}

const char *
rp_words_lead(struct rp_lead lead, bool exact, char buf[RP_WORDS])
{
	char least[RP_WORDS], most[RP_WORDS];

	buf[0] = '\0';
	if (lead.has_least)
		(void)rp_words_gain(lead.least, exact, least);
	if (lead.has_most)
		(void)rp_words_gain(lead.most, exact, most);
	if (lead.has_least && lead.has_most && strcmp(least, most) == 0)
		(void)snprintf(buf, RP_WORDS, "%s", least);
	else if (lead.has_least && lead.has_most)
		(void)snprintf(buf, RP_WORDS, "%.40s to %.40s", least, most);
	else if (lead.has_least)
		(void)snprintf(buf, RP_WORDS, "at least %.40s", least);
	else if (lead.has_most)
		(void)snprintf(buf, RP_WORDS, "at most %.40s", most);
	return buf;
}

const char *
rp_words_number(uint64_t n, const char *one, const char *many,
    char buf[RP_WORDS])
{
	(void)snprintf(buf, RP_WORDS, "%" PRIu64 " %s", n,
	    n == 1 ? one : many);
	return buf;
}

const char *
rp_words_period(const char *period, char buf[RP_WORDS])
{
	static const char *const month[] = { "January", "February", "March",
		"April", "May", "June", "July", "August", "September",
		"October", "November", "December" };
	unsigned long m = 0;

	if (strlen(period) == 7 && period[4] == '-')
		m = strtoul(period + 5, NULL, 10);
	if (m >= 1 && m <= 12)
		(void)snprintf(buf, RP_WORDS, "%s %.4s", month[m - 1],
		    period);
	else
		(void)snprintf(buf, RP_WORDS, "%s", period);
	return buf;
}
