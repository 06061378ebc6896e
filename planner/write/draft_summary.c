/* The summary of a draft: what, when, against which policies. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "write/draft_parts.h"
#include "write/post_words.h"

/* ---- what --------------------------------------------------------------- */

static const char *
title_of(const struct rp_case *cs)
{
	return cs->title != NULL ? cs->title : cs->id;
}

/* A report of a delay is one of its own, and says first what is late. */
static bool
add_delay(struct rp_drafting *w, const char *label)
{
	const struct rp_post_row *late = rp_draft_late(w);
	const struct rp_post_figure *left;
	struct rp_text line = { 0 };
	char words[RP_WORDS], at[RP_WORDS];

	if (late == NULL)
		return false;
	left = &late->figure[RP_FIGURE_OUTSTANDING];
	rp_text_printf(&line, "Delayed revocation: %s%s%s should have been "
	    "revoked by %s", rp_post_certificates(late->base, words),
	    w->in->post->n_rows > 1 ? ", " : "",
	    w->in->post->n_rows > 1 ? late->name : "",
	    rp_post_when(late->deadline, at));
	if (late->has_done)
		rp_text_printf(&line, "; the last was revoked: %s.",
		    rp_post_when(late->done, at));
	else
		rp_text_printf(&line, "; not yet revoked as of %s: %s.",
		    rp_post_when(left->as_of, at),
		    rp_post_figure(left, words));
	rp_draft_line(w, 0, label, &line);
	return true;
}

static void
description(struct rp_drafting *w, const char *label)
{
	if (w->in->kind == RP_DRAFT_DELAYED && label != NULL &&
	    add_delay(w, label)) {
		if (w->say->summary != NULL)
			rp_draft_go_on(w, w->say->summary);
		else
			rp_draft_gap_within(w, NULL, "incident description - "
			    "say in a few sentences why the certificates have "
			    "to be revoked");
		return;
	}
	if (w->say->summary != NULL)
		rp_draft_text(w, label, w->say->summary);
	else
		rp_draft_gap(w, label, "incident description - say in a few "
		    "sentences what went wrong (the case is called '%.200s')",
		    title_of(w->in->cs));
}

void
rp_draft_description(struct rp_drafting *w)
{
	description(w, "Incident description");
}

void
rp_draft_summary(struct rp_drafting *w)
{
	description(w, NULL);
}

/*
 * A first report has to say how many are known as affected, and whether it
 * goes on; both are part of the description, for they have no field.
 */
void
rp_draft_known(struct rp_drafting *w)
{
	const struct rp_fact *stopped =
	    rp_draft_fact(w, RP_FACT_ISSUANCE_STOPPED);
	const struct rp_case *cs = w->in->cs;
	char at[RP_WORDS], n[RP_WORDS];

	if (cs->total_origin.basis == RP_BASIS_ASSUMED)
		rp_draft_gap_within(w, NULL, "affected certificates known so "
		    "far - give their number (the case only assumes %llu)",
		    (unsigned long long)rp_count_n(cs->base));
	else
		rp_document_go_on(&w->d, "Known to be affected as of %s: %s.",
		    rp_post_when(w->in->as_of, at),
		    rp_post_certificates(cs->base, n));
	if (stopped != NULL)
		rp_document_go_on(&w->d, "Issuance with this fault stopped: "
		    "%s.", rp_post_when(stopped->at, at));
	else if (rp_draft_not_done(w, RP_FACT_ISSUANCE_STOPPED,
	    &(struct rp_when){ 0 }))
		rp_document_go_on(&w->d, "The incident is ongoing: issuance "
		    "with this fault has not been stopped.");
	else
		rp_draft_gap_within(w, NULL, "contained or ongoing - say "
		    "whether certificates with this fault are still being "
		    "issued");
}

/* ---- policies ----------------------------------------------------------- */

static bool
is_binding(enum rp_severity severity)
{
	return severity == RP_MUST || severity == RP_MUST_NOT;
}

static const char *
nature_of(enum rp_severity severity)
{
	if (is_binding(severity))
		return "";
	return severity == RP_EXPECTED ? "; an expectation, no requirement" :
	    "; a recommendation";
}

/* What the list of policies has already; of many findings only a few. */
struct told {
	const struct rp_finding **row;
	size_t n;
};

/*
 * A requirement and the recommendation beside it may have one citation, and
 * neither stands for the other.  own: only what is late by the case's clock.
 */
static bool
is_told(const struct told *told, const char *citation, bool binding, bool own)
{
	for (size_t i = 0; i < told->n; i++)
		if (strcmp(told->row[i]->citation, citation) == 0 &&
		    is_binding(told->row[i]->rule->severity) == binding &&
		    (!own || told->row[i]->by == NULL))
			return true;
	return false;
}

/*
 * What was broken, each once: first by the case's own clock, then by that of
 * others where they alone have it so.
 */
static void
add_breached(struct rp_drafting *w, struct told *told, bool by, bool binding)
{
	size_t n, i;
	const struct rp_finding *row = rp_findings_rows(w->in->findings, &n);

	for (i = 0; i < n; i++) {
		if (row[i].verdict != RP_VERDICT_BREACHED ||
		    is_binding(row[i].rule->severity) != binding ||
		    (row[i].by != NULL) != by ||
		    is_told(told, row[i].citation, binding, false))
			continue;
		/* Who says otherwise may not want to be named. */
		rp_document_field(&w->d, 1, NULL, "%s (%s%s; not met%s)",
		    row[i].citation, row[i].rule->title,
		    nature_of(row[i].rule->severity), by ? " by another "
		    "account of when the clock began" : "");
		told->row[told->n++] = &row[i];
	}
}

/* By which requirement the certificates have to be revoked: each once. */
static void
add_limits(struct rp_drafting *w, const struct told *told)
{
	const struct rp_case *cs = w->in->cs;
	struct rp_deadline deadline, before;

	for (size_t i = 0; i < cs->n_duties; i++) {
		bool again = false;

		if (rp_duty_deadline(&cs->duty[i], &deadline, NULL) !=
		    RP_OK || is_told(told, deadline.citation, true, true))
			continue;
		for (size_t k = 0; k < i && !again; k++)
			again = rp_duty_deadline(&cs->duty[k], &before,
			    NULL) == RP_OK && strcmp(before.citation,
			    deadline.citation) == 0;
		if (!again)
			rp_document_field(&w->d, 1, NULL, "%s (%s)",
			    deadline.citation, deadline.rule->title);
	}
}

static void
add_requirements(struct rp_drafting *w)
{
	struct told told = { 0 };
	size_t n;

	(void)rp_findings_rows(w->in->findings, &n);
	told.row = calloc(n + 1, sizeof(*told.row));
	if (told.row == NULL) {
		w->d.failed = true;
		return;
	}
	add_breached(w, &told, false, true);
	add_breached(w, &told, true, true);
	if (told.n == 0 || w->in->kind == RP_DRAFT_DELAYED)
		add_limits(w, &told);
	add_breached(w, &told, false, false);
	add_breached(w, &told, true, false);
	free(told.row);
}

void
rp_draft_policies(struct rp_drafting *w)
{
	const char *label = "Relevant policies";

	if (w->in->kind == RP_DRAFT_DELAYED)
		rp_document_field(&w->d, 0, label, "%s", "");
	else
		rp_draft_need(w, label, w->say->policies, "policy that the "
		    "fault itself breaks - name the document, its version and "
		    "the section");
	add_requirements(w);
	if (w->in->kind == RP_DRAFT_DELAYED && w->say->policies != NULL)
		rp_document_field(&w->d, 1, NULL, "Of the fault itself: %s",
		    w->say->policies);
}

/* ---- how it came to light ----------------------------------------------- */

#define DISCLOSURE_TEXT(name, word, text) [name] = (text),
static const char *const disclosures[] = {
	[RP_DISCLOSURE_NOT_SAID] = NULL,
	RP_DISCLOSURE_LIST(DISCLOSURE_TEXT)
};

void
rp_draft_source(struct rp_drafting *w)
{
	const char *label = "Source of incident disclosure";

	if (w->say->source != RP_DISCLOSURE_NOT_SAID)
		rp_document_field(&w->d, 0, label, "%s",
		    disclosures[w->say->source]);
	else
		rp_draft_gap(w, label, "source of disclosure - choose Self "
		    "Reported, Third Party Reported or Audit%s",
		    w->in->cs->has_reported ? " (the receipt of a problem "
		    "report is on record)" : "");
}

void
rp_draft_awareness(struct rp_drafting *w)
{
	const struct rp_case *cs = w->in->cs;
	char at[RP_WORDS];

	rp_draft_need(w, NULL, w->say->awareness, "how we became aware - say "
	    "through what: a problem report, a public discussion, a bug, an "
	    "audit of our own");
	if (cs->has_reported)
		rp_document_add(&w->d, RP_PIECE_PARAGRAPH, "A problem report "
		    "was received: %s.", rp_post_when(cs->reported, at));
	if (cs->aware_origin.basis == RP_BASIS_ASSUMED)
		rp_draft_gap(w, NULL, "when we became aware - the case only "
		    "assumes %s", rp_post_when(cs->aware, at));
	else
		rp_document_add(&w->d, RP_PIECE_PARAGRAPH, "We became aware: "
		    "%s.", rp_post_when(cs->aware, at));
}

/* ---- when --------------------------------------------------------------- */

void
rp_draft_ccadb(struct rp_drafting *w)
{
	rp_draft_need(w, "CA Owner CCADB unique ID", w->say->ccadb_id,
	    "CCADB unique ID - the letter A and six digits, from the record "
	    "of the CA owner");
}

static void
date(struct rp_drafting *w, const char *label, bool has,
    struct rp_when when, const char *what)
{
	char at[RP_WORDS];

	if (has)
		rp_document_field(&w->d, 1, label, "%s",
		    rp_post_when(when, at));
	else
		rp_draft_gap_within(w, label, "%s", what);
}

/* A delay begins with the first deadline, and ends with the last one. */
static void
add_delay_dates(struct rp_drafting *w)
{
	const struct rp_fact *told = rp_draft_fact(w, RP_FACT_DELAY_DISCLOSED);
	const struct rp_post_row *late = rp_draft_late(w);
	const struct rp_post *post = w->in->post;
	struct rp_text line = { 0 };
	char at[RP_WORDS];

	date(w, "Non-compliance start date", late != NULL, late != NULL ?
	    late->deadline : w->in->as_of, "start of the non-compliance - no "
	    "deadline was missed for certain, as the record stands");
	rp_draft_gap_within(w, "Non-compliance identified date", "when it was "
	    "known that the deadline would be missed%s%s", told != NULL ?
	    "; it was disclosed on " : "", told != NULL ?
	    rp_post_when(told->at, at) : "");
	if (post->complete && late != NULL && late->has_done)
		date(w, "Non-compliance end date", true, late->done, "");
	else if (rp_draft_expected(w, &line))
		rp_document_field(&w->d, 1, "Non-compliance end date",
		    "expected: %s", line.failed ? "" : line.bytes);
	else
		rp_draft_gap_within(w, "Non-compliance end date", "when the "
		    "last certificate will be revoked - no estimate is at "
		    "hand");
	w->d.failed = w->d.failed || line.failed;
	rp_text_release(&line);
}

void
rp_draft_dates(struct rp_drafting *w)
{
	const struct rp_narrative *say = w->say;
	const struct rp_case *cs = w->in->cs;

	rp_document_field(&w->d, 0, "Timeline summary", "%s", "");
	if (w->in->kind == RP_DRAFT_DELAYED) {
		add_delay_dates(w);
		return;
	}
	date(w, "Non-compliance start date", say->has_began, say->began,
	    "when the non-compliance began - a change of software or policy, "
	    "the first faulty certificate");
	date(w, "Non-compliance identified date", cs->aware_origin.basis !=
	    RP_BASIS_ASSUMED, cs->aware, "when it was identified - the case "
	    "only assumes a time of awareness");
	date(w, "Non-compliance end date", say->has_ended, say->ended,
	    "when the non-compliance ended, or is expected to");
}

/* ---- issuance ----------------------------------------------------------- */

/* The answer from the record; false: there is none. */
static bool
answer_issuance(struct rp_drafting *w, const char *label)
{
	const struct rp_fact *stopped =
	    rp_draft_fact(w, RP_FACT_ISSUANCE_STOPPED);
	struct rp_when at = { 0 };
	char words[RP_WORDS];

	if (stopped != NULL)
		rp_document_field(&w->d, 0, label, "Yes, stopped: %s.",
		    rp_post_when(stopped->at, words));
	else if (rp_draft_not_done(w, RP_FACT_ISSUANCE_STOPPED, &at))
		rp_document_field(&w->d, 0, label, "No, it had not been "
		    "stopped by %s.", rp_post_when(at, words));
	else
		return false;
	return true;
}

void
rp_draft_issuance(struct rp_drafting *w)
{
	const char *label = w->style == RP_TEMPLATE_PRESCRIBED ?
	    "Was issuance stopped in response to this incident, and why or "
	    "why not?" : "Issuance of certificates with this problem";
	const bool answered = answer_issuance(w, label);

	if (!answered)
		rp_draft_need(w, label, w->say->issuance, "whether issuance "
		    "was stopped - answer yes (when) or no, and say why");
	else if (w->say->issuance != NULL)
		rp_draft_go_on(w, w->say->issuance);
	else
		rp_draft_gap_within(w, NULL, "why issuance was stopped, or "
		    "why not");
}
