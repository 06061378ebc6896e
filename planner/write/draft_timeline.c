/*
 * The timeline of a draft: what the record has, in order, and what readers
 * expect and it has not.
 */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "write/draft_parts.h"
#include "write/post.h"
#include "write/post_words.h"

#define EVENT_TEXT 512

/* p10 p50 p80 p90, see revplan/forecast.h. */
enum { P80 = 2 };

struct line {
	struct rp_when at;
	size_t order;		/* in which they were found */
	bool assumed;
	char text[EVENT_TEXT];
	const char *own;	/* a text of the case behind it, or "" */
};

struct lines {
	struct line *line;
	size_t n, room;
	bool failed;
};

/* ---- events ------------------------------------------------------------- */

static struct line *
new_line(struct lines *l, struct rp_when at)
{
	size_t room = l->room > 0 ? 2 * l->room : 64;
	struct line *more;

	if (l->n == l->room && !l->failed) {
		more = realloc(l->line, room * sizeof(*more));
		l->failed = more == NULL;
		if (more != NULL) {
			l->line = more;
			l->room = room;
		}
	}
	if (l->failed)
		return NULL;
	l->line[l->n] = (struct line){ .at = at, .order = l->n, .own = "" };
	return &l->line[l->n++];
}

static struct line *
add(struct lines *l, struct rp_when at, const char *text, const char *more)
{
	struct line *line = new_line(l, at);

	if (line != NULL)
		(void)snprintf(line->text, sizeof(line->text), "%s%.200s",
		    text, more);
	return line;
}

/* A time that nobody stated is not to be posted as if somebody had. */
static void
mark(struct line *line, const struct rp_origin *origin)
{
	if (line != NULL)
		line->assumed = origin->basis == RP_BASIS_ASSUMED;
}

static int
earlier(const void *a, const void *b)
{
	const struct line *x = a, *y = b;
	int order = rp_instant_cmp(x->at.from, y->at.from);

	if (order == 0)
		order = rp_instant_cmp(x->at.until, y->at.until);
	if (order == 0)
		order = (x->order > y->order) - (x->order < y->order);
	return order;
}

/* Facts that are no events of the incident, but of those who watch it. */
static bool
is_event(enum rp_fact_kind kind)
{
	static const enum rp_fact_kind not[] = {
		RP_FACT_QUESTION, RP_FACT_ANSWER, RP_FACT_NEXT_UPDATE,
		RP_FACT_NOT_DONE, RP_FACT_CRL, RP_FACT_OCSP,
		RP_FACT_OCSP_KNOWN, RP_FACT_CRL_URL, RP_FACT_FIRST_ISSUANCE,
		RP_FACT_FIRST_REVOCATION, RP_FACT_MASS_PLAN,
		RP_FACT_MASS_TEST, RP_FACT_CPS_STATEMENT, RP_FACT_ARI,
		RP_FACT_SUBSCRIBERS_WARNED, RP_FACT_AGREEMENT_TERMS,
		RP_FACT_ASSESSMENT
	};

	for (size_t i = 0; i < sizeof(not) / sizeof(not[0]); i++)
		if (not[i] == kind)
			return false;
	return true;
}

static const char *
recipient(enum rp_recipient to)
{
	static const char *const words[] = {
		[RP_TO_NOBODY] = "",
		[RP_TO_SUBSCRIBER] = " to the affected Subscribers",
		[RP_TO_REPORTER] = " to the reporter",
	};

	return words[to];
}

/* "6 certificates (issuing CAs): recorded as revoked". */
static void
add_fact(struct lines *l, const struct rp_case *cs, const struct rp_fact *f)
{
	struct line *line = new_line(l, f->at);
	char n[RP_WORDS] = "", whose[2 * RP_WORDS] = "";

	if (line == NULL)
		return;
	if (f->has_certificates)
		(void)rp_post_certificates(f->certificates, n);
	if (f->duty >= 0 && cs->n_duties > 1)
		(void)snprintf(whose, sizeof(whose), "%s%.150s%s",
		    n[0] != '\0' ? " (" : "", cs->duty[f->duty].name,
		    n[0] != '\0' ? ")" : "");
	(void)snprintf(line->text, sizeof(line->text),
	    "%.90s%.180s%s%.90s%.40s", n, whose,
	    n[0] != '\0' || whose[0] != '\0' ? ": " : "",
	    rp_fact_text(f->kind), recipient(f->to));
	mark(line, &f->origin);
}

/* Whose account it is, is not for a report. */
static void
add_clock(struct lines *l, const struct rp_clock_said *clock)
{
	if (clock->has_reported)
		mark(add(l, clock->reported, "certificate problem report "
		    "received, by another account", ""), &clock->origin);
	else if (clock->has_aware)
		mark(add(l, clock->aware, "we became aware, by another "
		    "account", ""), &clock->origin);
}

/* What people wrote is not cut. */
static struct line *
add_own(struct lines *l, struct rp_when at, const char *text, const char *own)
{
	struct line *line = add(l, at, text, "");

	if (line != NULL)
		line->own = own;
	return line;
}

static void
gather_case(struct lines *l, const struct rp_drafting *w)
{
	const struct rp_narrative *say = w->say;
	const struct rp_case *cs = w->in->cs;

	if (say->has_began)
		(void)add(l, say->began, "the incident began", "");
	if (cs->has_reported)
		(void)add(l, cs->reported, "certificate problem report "
		    "received", "");
	mark(add(l, cs->aware, "we became aware of the incident", ""),
	    &cs->aware_origin);
	for (size_t i = 0; i < cs->n_clocks; i++)
		add_clock(l, &cs->clock[i]);
	for (size_t i = 0; i < cs->n_facts; i++)
		if (is_event(cs->fact[i].kind) &&
		    cs->fact[i].mark.retracted == NULL)
			add_fact(l, cs, &cs->fact[i]);
	for (size_t i = 0; i < say->n_timeline; i++)
		if (rp_draft_seen(w, say->timeline[i].at))
			mark(add_own(l, say->timeline[i].at, "",
			    say->timeline[i].event), &say->timeline[i].origin);
	if (say->has_ended && rp_draft_seen(w, say->ended))
		(void)add(l, say->ended, "the incident ended", "");
}

static void
add_deadline(struct lines *l, const struct rp_case *cs,
    const struct rp_post *post, const struct rp_post_row *r)
{
	struct line *line;
	char name[2 * RP_WORDS] = "";

	if (post->n_rows > 1 && r->name != NULL)
		(void)snprintf(name, sizeof(name), " (%.150s)", r->name);
	line = add(l, r->deadline, "deadline for the revocation", name);
	/* It is counted from awareness, and no more certain than that. */
	if (r->duty < 0 || rp_instant_cmp(cs->duty[r->duty].aware.from,
	    cs->aware.from) == 0)
		mark(line, &cs->aware_origin);
}

static void
gather_posts(struct lines *l, const struct rp_drafting *w)
{
	const struct rp_case *cs = w->in->cs;
	const struct rp_post *post = w->in->post;

	for (size_t i = 0; i < post->n_rows; i++)
		if (post->row[i].has_deadline)
			add_deadline(l, cs, post, &post->row[i]);
	for (size_t i = 0; i < cs->n_plans; i++)
		if (cs->plan[i].has_published)
			mark(add(l, cs->plan[i].published, i == 0 ? "plan of "
			    "the replacement published" : "plan of the "
			    "replacement changed", ""), &cs->plan[i].origin);
	for (size_t i = 0; i < cs->n_updates; i++)
		mark(add(l, cs->update[i].at, "update posted", ""),
		    &cs->update[i].origin);
	for (size_t i = 0; i < cs->n_commitments; i++)
		if (cs->commitment[i].has_done)
			mark(add_own(l, cs->commitment[i].done, "done: ",
			    cs->commitment[i].what),
			    &cs->commitment[i].origin);
}

/* What is said twice of the same moment is said once. */
static bool
is_repeated(const struct lines *l, size_t i)
{
	const struct line *a, *b = &l->line[i];

	if (i == 0)
		return false;
	a = &l->line[i - 1];
	return rp_instant_cmp(a->at.from, b->at.from) == 0 &&
	    rp_instant_cmp(a->at.until, b->at.until) == 0 &&
	    strcmp(a->text, b->text) == 0 && strcmp(a->own, b->own) == 0;
}

/* The one event of the future that is to be told. */
static void
put_completion(struct rp_drafting *w)
{
	struct rp_text line = { 0 };

	if (w->style == RP_TEMPLATE_PRESCRIBED &&
	    rp_draft_expected(w, &line))
		rp_draft_line(w, 0, "Expected to be complete", &line);
}

/* "2020-07-02 01:47 UTC: we became aware", and what is wrong with the times. */
static void
put_lines(struct rp_drafting *w, const struct lines *l)
{
	size_t vague = 0, assumed = 0, n = 0;
	char at[RP_WORDS];

	for (size_t i = 0; i < l->n; i++) {
		const struct line *line = &l->line[i];

		if (is_repeated(l, i))
			continue;
		rp_document_add(&w->d, RP_PIECE_ITEM, "%s%s: %s%s",
		    rp_post_when(line->at, at), line->assumed ? " (assumed)" :
		    "", line->text, line->own);
		vague += !rp_when_is_exact(line->at);
		assumed += line->assumed;
		n++;
	}
	put_completion(w);
	if (vague > 0)
		rp_draft_gap(w, NULL, "times to the minute, in UTC - %zu of "
		    "the %zu events above ha%s a date or an interval only",
		    vague, n, vague == 1 ? "s" : "ve");
	if (assumed > 0)
		rp_draft_gap(w, NULL, "times that are known - %zu of the %zu "
		    "events above ha%s one that the case assumes", assumed,
		    n, assumed == 1 ? "s" : "ve");
}

/* ---- what readers expect ------------------------------------------------ */

static bool
has_fact(const struct rp_drafting *w, enum rp_fact_kind kind,
    enum rp_recipient to)
{
	const struct rp_case *cs = w->in->cs;

	for (size_t i = 0; i < cs->n_facts; i++)
		if (cs->fact[i].kind == kind && cs->fact[i].to == to)
			return true;
	return false;
}

static bool
is_covered(const struct rp_drafting *w, enum rp_expected what)
{
	for (size_t i = 0; i < w->say->n_timeline; i++)
		if (w->say->timeline[i].covers == what &&
		    rp_draft_seen(w, w->say->timeline[i].at))
			return true;
	return false;
}

typedef bool on_record(const struct rp_drafting *w);

static bool
has_change(const struct rp_drafting *w)
{
	return is_covered(w, RP_EXPECTED_CHANGE);
}

static bool
has_began(const struct rp_drafting *w)
{
	return w->say->has_began;
}

static bool
has_awareness(const struct rp_drafting *w)
{
	(void)w;
	return true;	/* no case is without */
}

static bool
has_report(const struct rp_drafting *w)
{
	return w->in->cs->has_reported;
}

static bool
has_told_reporter(const struct rp_drafting *w)
{
	return has_fact(w, RP_FACT_PRELIMINARY_REPORT, RP_TO_REPORTER);
}

static bool
has_told_subscribers(const struct rp_drafting *w)
{
	return has_fact(w, RP_FACT_PRELIMINARY_REPORT, RP_TO_SUBSCRIBER);
}

static bool
has_scope(const struct rp_drafting *w)
{
	return is_covered(w, RP_EXPECTED_SCOPE) ||
	    has_fact(w, RP_FACT_SCOPE, RP_TO_NOBODY);
}

static bool
has_new_scope(const struct rp_drafting *w)
{
	return is_covered(w, RP_EXPECTED_SCOPE_UPDATED) ||
	    w->in->cs->has_grown;
}

static bool
has_expected_end(const struct rp_drafting *w)
{
	const struct rp_post *post = w->in->post;

	return post->complete || (post->estimate.known &&
	    post->estimate.has[P80]);
}

static bool
has_actual_end(const struct rp_drafting *w)
{
	return w->in->post->complete;
}

static bool
has_ended(const struct rp_drafting *w)
{
	return w->say->has_ended;
}

static bool
has_stopped(const struct rp_drafting *w)
{
	return rp_draft_fact(w, RP_FACT_ISSUANCE_STOPPED) != NULL;
}

static bool
has_resumed(const struct rp_drafting *w)
{
	return is_covered(w, RP_EXPECTED_RESUMED);
}

/* "if it applies": "N/A" is an answer to what may not have happened. */
static const struct {
	on_record *has;
	const char *what;
	bool may;
} expected[] = {
	{ has_change, "changes of policies, processes and software that "
	    "contributed to a root cause", false },
	{ has_began, "when the incident began", false },
	{ has_awareness, "when we became aware", false },
	{ has_report, "when a certificate problem report was received",
	    true },
	{ has_told_reporter, "when its sender got a preliminary report",
	    true },
	{ has_told_subscribers, "when the affected Subscribers got a "
	    "preliminary report", true },
	{ has_scope, "when scope and impact were known and disclosed",
	    false },
	{ has_new_scope, "when scope and impact were updated", true },
	{ has_expected_end, "when the revocation is expected to be complete",
	    false },
	{ has_actual_end, "when the revocation was complete", false },
	{ has_ended, "when the incident ended", false },
	{ has_stopped, "when issuance ceased", true },
	{ has_resumed, "when issuance was resumed", true },
};

static void
put_expected(struct rp_drafting *w)
{
	for (size_t i = 0; i < sizeof(expected) / sizeof(expected[0]); i++)
		if (!expected[i].has(w))
			rp_draft_gap(w, NULL, "%s - it is not on record%s",
			    expected[i].what, expected[i].may ?
			    "; write N/A if it does not apply" : "");
}

void
rp_draft_timeline(struct rp_drafting *w)
{
	struct lines l = { 0 };

	gather_case(&l, w);
	gather_posts(&l, w);
	if (l.failed) {
		w->d.failed = true;
	} else {
		qsort(l.line, l.n, sizeof(*l.line), earlier);
		put_lines(w, &l);
		if (w->style == RP_TEMPLATE_PRESCRIBED)
			put_expected(w);
	}
	free(l.line);
}
