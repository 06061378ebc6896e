#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>

#include "write/post_words.h"

#define DAY_S INT64_C(86400)

static bool
at_midnight(struct rp_instant t)
{
	return rp_instant_cmp(t, rp_instant_midnight(t)) == 0;
}

/* "2020-12-31 14:00 UTC". */
static const char *
minute(struct rp_instant at, char buf[RP_WORDS])
{
	char text[RP_INSTANT_TEXT];

	(void)rp_instant_format(at, text);
	(void)snprintf(buf, RP_WORDS, "%.10s %.5s UTC", text, text + 11);
	return buf;
}

/* An end of an interval: the date where it lies between two days. */
static const char *
edge(struct rp_instant at, bool last, char buf[RP_WORDS])
{
	char text[RP_INSTANT_TEXT];

	if (!at_midnight(at))
		return minute(at, buf);
	if (last)
		at = rp_instant_plus(at, rp_span_of_s(-1));
	(void)snprintf(buf, RP_WORDS, "%.10s",
	    rp_instant_format_date(at, text));
	return buf;
}

const char *
rp_post_when(struct rp_when w, char buf[RP_WORDS])
{
	char from[RP_WORDS], until[RP_WORDS];

	if (rp_when_is_exact(w))
		return minute(w.from, buf);
	if (at_midnight(w.from) && rp_span_s(rp_instant_between(w.from,
	    w.until)) == DAY_S)
		return edge(w.from, false, buf);
	(void)snprintf(buf, RP_WORDS, "%.40s to %.40s",
	    edge(w.from, false, from), edge(w.until, true, until));
	return buf;
}

const char *
rp_post_moment(struct rp_instant at, struct rp_when as_of,
    char buf[RP_WORDS])
{
	char text[RP_INSTANT_TEXT];

	if (rp_span_s(rp_instant_between(as_of.from, at)) < 14 * DAY_S &&
	    rp_span_s(rp_instant_between(rp_instant_midnight(at), at)) !=
	    DAY_S - 1)
		return minute(at, buf);
	(void)snprintf(buf, RP_WORDS, "%.10s",
	    rp_instant_format_date(at, text));
	return buf;
}

/* Parts per billion as percent with so many decimals, halves away from 0. */
static void
percent(int64_t ppb, unsigned decimals, char buf[RP_WORDS])
{
	int64_t step = 10000000, whole = 1;
	uint64_t n;

	if (decimals > 7)
		decimals = 7;
	for (unsigned i = 0; i < decimals; i++) {
		step /= 10;
		whole *= 10;
	}
	n = ((uint64_t)llabs(ppb) + (uint64_t)step / 2) / (uint64_t)step;
	/* As rp_share_format() has it: not all while one is left. */
	if (llabs(ppb) < RP_SHARE_ONE_PPB && n == 100 * (uint64_t)whole)
		n--;
	if (decimals == 0)
		(void)snprintf(buf, RP_WORDS, "%s%" PRIu64, ppb < 0 && n > 0 ?
		    "-" : "", n);
	else
		(void)snprintf(buf, RP_WORDS, "%s%" PRIu64 ".%0*" PRIu64,
		    ppb < 0 && n > 0 ? "-" : "", n / (uint64_t)whole,
		    (int)decimals, n % (uint64_t)whole);
}

const char *
rp_post_amount(const struct rp_amount *a, char buf[RP_WORDS])
{
	char text[RP_WORDS];

	if (a->is_count) {
		(void)snprintf(buf, RP_WORDS, "%" PRIu64,
		    rp_count_n(a->count));
		return buf;
	}
	percent(rp_share_ppb(a->share), a->decimals, text);
	(void)snprintf(buf, RP_WORDS, "%.60s %%", text);
	return buf;
}

static const char *
bound_words(enum rp_bound bound)
{
	if (bound == RP_BOUND_AT_LEAST)
		return "at least ";
	return bound == RP_BOUND_AT_MOST ? "at most " : "";
}

const char *
rp_post_figure(const struct rp_post_figure *f, char buf[RP_WORDS])
{
	struct rp_count base = f->of;
	char amount[RP_WORDS], share[RP_WORDS];

	(void)rp_post_amount(&f->amount, amount);
	if (!f->amount.is_count || rp_count_n(base) == 0) {
		(void)snprintf(buf, RP_WORDS, "%s%.60s",
		    bound_words(f->bound), amount);
		return buf;
	}
	percent(rp_share_ppb(rp_share_of_counts(f->amount.count, base)), 1,
	    share);
	(void)snprintf(buf, RP_WORDS, "%s%.20s of %" PRIu64 " (%.20s %%)",
	    bound_words(f->bound), amount, rp_count_n(base), share);
	return buf;
}

static void
count_change(uint64_t a, uint64_t b, char buf[RP_WORDS])
{
	(void)snprintf(buf, RP_WORDS, "%" PRIu64 " to %" PRIu64 " (%c%" PRIu64
	    ")", a, b, b < a ? '-' : '+', b < a ? a - b : b - a);
}

static void
share_change(const struct rp_amount *a, const struct rp_amount *b,
    char buf[RP_WORDS])
{
	int64_t d = rp_share_ppb(b->share) - rp_share_ppb(a->share);
	unsigned decimals = a->decimals > b->decimals ? a->decimals :
	    b->decimals;
	char x[RP_WORDS], y[RP_WORDS], points[RP_WORDS];

	percent(d, decimals, points);
	(void)snprintf(buf, RP_WORDS, "%.24s to %.24s (%s%.24s points)",
	    rp_post_amount(a, x), rp_post_amount(b, y), d < 0 ? "" : "+",
	    points);
}

const char *
rp_post_change(const struct rp_amount *before, const struct rp_amount *now,
    char buf[RP_WORDS])
{
	char x[RP_WORDS], y[RP_WORDS];

	(void)rp_post_amount(before, x);
	(void)rp_post_amount(now, y);
	if (!before->known)
		(void)snprintf(buf, RP_WORDS, "%.40s (not reported before)",
		    y);
	else if (before->is_count != now->is_count)
		(void)snprintf(buf, RP_WORDS, "%.40s to %.40s", x, y);
	else if (before->is_count ?
	    rp_count_n(before->count) == rp_count_n(now->count) :
	    rp_share_ppb(before->share) == rp_share_ppb(now->share))
		(void)snprintf(buf, RP_WORDS, "%.40s (as before)", y);
	else if (now->is_count)
		count_change(rp_count_n(before->count),
		    rp_count_n(now->count), buf);
	else
		share_change(before, now, buf);
	return buf;
}

const char *
rp_post_span(int64_t s, char buf[RP_WORDS])
{
	int64_t n;

	s = llabs(s);
	/* Ten minutes late is late, and not by 0 hours. */
	if (s > 0 && s < 3600)
		return rp_words_number((uint64_t)(s < 60 ? s : s / 60),
		    s < 60 ? "second" : "minute", s < 60 ? "seconds" :
		    "minutes", buf);
	if (s < 2 * DAY_S && s != DAY_S) {
		n = (s + 1800) / 3600;
		(void)snprintf(buf, RP_WORDS, "%" PRId64 " hour%s", n,
		    n == 1 ? "" : "s");
		return buf;
	}
	n = (s + DAY_S / 2) / DAY_S;
	(void)snprintf(buf, RP_WORDS, "%" PRId64 " day%s", n,
	    n == 1 ? "" : "s");
	return buf;
}

static bool
is_day(struct rp_when w)
{
	return at_midnight(w.from) &&
	    rp_span_s(rp_instant_between(w.from, w.until)) == DAY_S;
}

const char *
rp_post_late(struct rp_when due, struct rp_when done, char buf[RP_WORDS])
{
	int64_t least = rp_span_s(rp_instant_between(rp_when_last(due),
	    done.from));
	int64_t most = rp_span_s(rp_instant_between(due.from,
	    rp_when_last(done)));
	char text[RP_WORDS];

	buf[0] = '\0';
	if (least <= 0)
		return buf;
	if (is_day(due) && is_day(done))
		return rp_post_span(rp_span_s(rp_instant_between(due.from,
		    done.from)), buf);
	if (most - least < DAY_S)
		return rp_post_span(least, buf);
	/* What is said to be the least must not be rounded up. */
	if (least > 2 * DAY_S)
		least -= least % DAY_S;
	(void)snprintf(buf, RP_WORDS, "at least %.60s",
	    rp_post_span(least, text));
	return buf;
}

const char *
rp_post_overdue(const struct rp_post *post, const struct rp_post_row *r,
    char buf[RP_WORDS])
{
	const struct rp_amount *left =
	    &r->figure[RP_FIGURE_OUTSTANDING].amount;
	int64_t late;

	buf[0] = '\0';
	if (!r->has_deadline || !left->known || (left->is_count ?
	    rp_count_n(left->count) == 0 : rp_share_ppb(left->share) == 0))
		return buf;
	late = rp_span_s(rp_instant_between(rp_when_last(r->deadline),
	    rp_when_last(post->as_of)));
	if (late <= 0)
		return buf;
	/* A day that ends in its last second is a whole one. */
	if (late >= 2 * DAY_S)
		late = (late + 1) / DAY_S * DAY_S;
	return rp_post_span(late, buf);
}

const char *
rp_post_certificates(struct rp_count n, char buf[RP_WORDS])
{
	return rp_words_number(rp_count_n(n), "certificate", "certificates",
	    buf);
}

const char *
rp_post_work(enum rp_metric metric)
{
	static const char *const words[RP_METRICS] = {
		[RP_METRIC_REISSUED] =
		    "the reissuance of the affected certificates",
		[RP_METRIC_REPLACED] =
		    "the replacement of the affected certificates",
		[RP_METRIC_REVOKED] =
		    "the revocation of the affected certificates",
		[RP_METRIC_GONE] =
		    "the revocation (or expiry) of the affected certificates",
	};

	return words[metric];
}

const char *
rp_post_due_reason(const struct rp_post_due *due, char buf[2 * RP_WORDS])
{
	static const char *const by[] = {
		[RP_MUST] = "required by",
		[RP_MUST_NOT] = "required by",
		[RP_SHOULD] = "recommended by",
		[RP_MAY] = "allowed by",
		[RP_EXPECTED] = "expected by",
	};

	if (due->rule == NULL)
		(void)snprintf(buf, 2 * RP_WORDS,
		    "as agreed with the root program");
	else
		(void)snprintf(buf, 2 * RP_WORDS, "%s the %.60s, \"%.80s\"",
		    by[due->rule->severity], due->rule->document,
		    due->rule->section);
	return buf;
}
