/* When it will be done, in plain words with its confidence. */
#include <math.h>
#include <stdio.h>
#include <string.h>

#include "write/post.h"
#include "write/post_words.h"

/* p10 p50 p80 p90, see revplan/forecast.h. */
enum { P10, P50, P80, P90 };

static void
say_error(struct rp_text *line, double se_s)
{
	char words[RP_WORDS];

	if (isfinite(se_s) && se_s >= 1)
		rp_text_printf(line, ", with a sampling error of %s",
		    rp_post_span((int64_t)(se_s < 3600 ? 3600 : se_s),
		    words));
}

/* The model cannot explain what was observed. */
static bool
is_doubted(const struct rp_post_estimate *e)
{
	return e->weighted && !e->explained;
}

/* Nobody should expect what the model itself does not stand for. */
static void
say_expected(struct rp_text *line, const struct rp_post *post, bool starts)
{
	const struct rp_post_estimate *e = &post->estimate;
	char at[RP_WORDS];

	rp_text_puts(line, starts ? is_doubted(e) ? "Our" : "We" :
	    is_doubted(e) ? "our" : "we");
	rp_text_printf(line, "%s%s%s complete by %s with a confidence of "
	    "80 %%", is_doubted(e) ? " simulation has " : " expect ",
	    rp_post_work(e->metric), is_doubted(e) ? "" : " to be",
	    rp_post_moment(e->q[P80], post->as_of, at));
}

void
rp_post_say_estimate_short(struct rp_text *line, const struct rp_post *post)
{
	const struct rp_post_estimate *e = &post->estimate;
	char at[RP_WORDS];

	if (post->complete)
		rp_text_puts(line, "nothing is left to be revoked");
	else if (!e->known)
		rp_text_puts(line, "we cannot give an estimate of completion");
	else if (!e->has[P80])
		rp_text_printf(line, "we cannot name a date before %s by "
		    "which %s is complete with a confidence of 80 %%",
		    rp_post_moment(e->horizon, post->as_of, at),
		    rp_post_work(e->metric));
	else {
		say_expected(line, post, false);
		rp_text_puts(line, is_doubted(e) ? ", but cannot explain the "
		    "figures observed so far" : "");
	}
}

void
rp_post_add_estimate_item(struct rp_document *d, const struct rp_post *post)
{
	const struct rp_post_estimate *e = &post->estimate;
	char at[RP_WORDS];

	if (post->complete)
		rp_document_add(d, RP_PIECE_ITEM,
		    "Estimate of completion: nothing is left to be revoked.");
	else if (!e->known)
		rp_document_add(d, RP_PIECE_ITEM,
		    "Estimate of completion: none can be given, see below.");
	else if (!e->has[P80])
		rp_document_add(d, RP_PIECE_ITEM, "Estimate of completion: "
		    "not before %s with a confidence of 80 %%, see below.",
		    rp_post_moment(e->horizon, post->as_of, at));
	else
		rp_document_add(d, RP_PIECE_ITEM, "Estimate of completion: "
		    "by %s with a confidence of 80 %%%s, see below.",
		    rp_post_moment(e->q[P80], post->as_of, at),
		    is_doubted(e) ? " (but the simulation cannot explain "
		    "the figures)" : "");
}

/* ---- in full ------------------------------------------------------------ */

/* A date on which whatever is left will be revoked ends every course. */
static bool
is_cutoff(const struct rp_post_estimate *e, const struct rp_case *cs)
{
	for (size_t i = 0; e->has[P80] && i < cs->n_events; i++)
		if (cs->event[i].kind == RP_EVENT_CUTOFF &&
		    rp_instant_cmp(rp_instant_midnight(e->q[P80]),
		    rp_instant_midnight(cs->event[i].on.from)) == 0)
			return true;
	return false;
}

static void
say_dates(struct rp_text *line, const struct rp_post *post,
    const struct rp_case *cs)
{
	const struct rp_post_estimate *e = &post->estimate;
	char at[RP_WORDS];

	if (e->has[P80]) {
		say_expected(line, post, true);
		rp_text_puts(line, ": in 8 of 10 simulated courses it is done "
		    "by then");
		say_error(line, e->q_se_s[P80]);
		rp_text_puts(line, is_cutoff(e, cs) ? "; whatever is left on "
		    "that day will be revoked then." : ".");
	} else
		rp_text_printf(line, "In fewer than 8 of 10 simulated courses "
		    "%s is complete by %s, where the simulation ends.",
		    rp_post_work(e->metric), rp_post_moment(e->horizon,
		    post->as_of, at));
	if (e->has[P50] && e->has[P90] && rp_instant_cmp(e->q[P50],
	    e->q[P90]) == 0)
		return;
	if (e->has[P50])
		rp_text_printf(line, " It is as likely as not to be done by "
		    "%s", rp_post_moment(e->q[P50], post->as_of, at));
	if (e->has[P50] && e->has[P90])
		rp_text_printf(line, ", and 9 of 10 courses are done by %s",
		    rp_post_moment(e->q[P90], post->as_of, at));
	rp_text_puts(line, e->has[P50] ? "." : "");
}

/* What has run out needs no new certificate, and the work is done without. */
static bool
may_expire(const struct rp_post_estimate *e, const struct rp_case *cs)
{
	for (size_t i = 0; i < cs->n_populations; i++)
		if (cs->population[i].has_expiry)
			return e->metric == RP_METRIC_REPLACED ||
			    e->metric == RP_METRIC_REISSUED;
	return false;
}

static void
say_doubts(struct rp_text *line, const struct rp_post_estimate *e,
    const struct rp_post *post, const struct rp_case *cs)
{
	char at[RP_WORDS];

	if (e->never >= 0.0005 && e->has[P80])
		rp_text_printf(line, " In %.1f %% of the courses it is not "
		    "complete by %s.", 100 * e->never,
		    rp_post_moment(e->horizon, post->as_of, at));
	if (may_expire(e, cs))
		rp_text_puts(line, " Certificates that expire or are revoked "
		    "before they are replaced are not waited for.");
	rp_text_puts(line, " The estimate rests on the capacities and times "
	    "that we assume or were told; it is not a commitment.");
	if (!e->weighted)
		rp_text_puts(line, " No observation has entered it yet.");
	else if (!e->explained)
		rp_text_puts(line, " The simulation cannot explain the "
		    "figures observed so far, so neither the date nor its "
		    "confidence should be relied on.");
}

void
rp_post_add_expected(struct rp_document *d, const struct rp_post *post,
    const struct rp_case *cs)
{
	const struct rp_post_estimate *e = &post->estimate;
	struct rp_text line = { 0 };

	if (post->complete)
		rp_text_puts(&line, "Everything that had to be revoked is "
		    "revoked or expired; nothing is left to estimate.");
	else if (!e->known)
		rp_text_printf(&line, "We cannot give an estimate of "
		    "completion: %s.", e->why != NULL && *e->why != '\0' ?
		    e->why : "no simulation was made");
	else {
		say_dates(&line, post, cs);
		say_doubts(&line, e, post, cs);
	}
	if (line.failed)
		d->failed = true;
	else
		rp_document_add(d, RP_PIECE_PARAGRAPH, "%s", line.bytes);
	rp_text_release(&line);
}

void
rp_post_add_estimate(struct rp_document *d, const struct rp_post *post,
    const struct rp_case *cs)
{
	rp_document_add(d, RP_PIECE_HEADING, "Estimate of completion");
	rp_post_add_expected(d, post, cs);
}

/* ---- how it moved ------------------------------------------------------- */

static const char *
date_of(const struct rp_post_estimate *e, struct rp_when as_of,
    char buf[RP_WORDS])
{
	char at[RP_WORDS];

	if (e->has[P80])
		return rp_post_moment(e->q[P80], as_of, buf);
	(void)snprintf(buf, RP_WORDS, "none before %.40s",
	    rp_post_moment(e->horizon, as_of, at));
	return buf;
}

/* " (8 days later)", "" where one of the dates is not known. */
static const char *
move_of(const struct rp_post_estimate *b, const struct rp_post_estimate *e,
    char buf[RP_WORDS])
{
	char span[RP_WORDS];
	int64_t s;

	buf[0] = '\0';
	if (!b->has[P80] || !e->has[P80])
		return buf;
	s = rp_span_s(rp_instant_between(b->q[P80], e->q[P80]));
	(void)snprintf(buf, RP_WORDS, " (%.60s %s)", rp_post_span(s, span),
	    s < 0 ? "earlier" : "later");
	return buf;
}

void
rp_post_add_estimate_change(struct rp_document *d,
    const struct rp_post *post)
{
	const struct rp_post_estimate *b = &post->estimate_before;
	const struct rp_post_estimate *e = &post->estimate;
	char then[RP_WORDS], now[RP_WORDS], move[RP_WORDS];

	/* Without news the same model says the same again. */
	if (post->complete || !b->known || !e->known ||
	    b->metric != e->metric || (!post->news && !b->recorded))
		return;
	(void)date_of(b, post->as_of, then);
	(void)date_of(e, post->as_of, now);
	if (strcmp(then, now) == 0)
		rp_document_add(d, RP_PIECE_ITEM, "Estimate of completion "
		    "(confidence 80 %%): %s, %s.", now, b->recorded ?
		    "as before" : "which the same model also gives for the "
		    "figures that were public then");
	else
		rp_document_add(d, RP_PIECE_ITEM, "Estimate of completion "
		    "(confidence 80 %%): %s to %s%s%s.", then, now,
		    move_of(b, e, move), b->recorded ? "" : "; the first of "
		    "the two is what the same model says today from the "
		    "figures that were public then");
}
