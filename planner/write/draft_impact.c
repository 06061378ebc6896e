/* The impact of a draft: how many certificates, which, and what is left. */
#include <stdio.h>

#include "write/draft_parts.h"
#include "write/post.h"
#include "write/post_words.h"

/* Of several groups each has its name. */
static const char *
name_of(const struct rp_drafting *w, const struct rp_post_row *r)
{
	if (w->in->post->n_rows == 1)
		return NULL;
	return r->duty < 0 ? "Affected certificates" : r->name;
}

static void
put(struct rp_drafting *w, const struct rp_post_row *r, const char *label,
    const char *text)
{
	const char *name = name_of(w, r);

	if (name != NULL)
		rp_document_field(&w->d, 1, name, "%s", text);
	else
		rp_document_field(&w->d, 0, label, "%s", text);
}

static void
lack(struct rp_drafting *w, const struct rp_post_row *r, const char *label,
    const char *what)
{
	const char *name = name_of(w, r);

	if (name != NULL)
		rp_draft_gap_within(w, name, "%s", what);
	else
		rp_draft_gap(w, label, "%s", what);
}

/* The groups stand below one label. */
static void
open_rows(struct rp_drafting *w, const char *label)
{
	if (w->in->post->n_rows > 1)
		rp_document_field(&w->d, 0, label, "%s", "");
}

void
rp_draft_total(struct rp_drafting *w)
{
	const char *label = "Total number of certificates";
	const struct rp_post *post = w->in->post;
	char text[4 * RP_WORDS], n[RP_WORDS];

	open_rows(w, label);
	for (size_t i = 0; i < post->n_rows; i++) {
		const struct rp_post_row *r = &post->row[i];

		if (r->assumed) {
			(void)snprintf(text, sizeof(text), "number of "
			    "certificates - the case only assumes %llu",
			    (unsigned long long)rp_count_n(r->base));
			lack(w, r, label, text);
			continue;
		}
		(void)rp_words_number(rp_count_n(r->base), "certificate",
		    "certificates", n);
		if (rp_count_n(r->first_base) != rp_count_n(r->base))
			(void)snprintf(text, sizeof(text), "%s, %llu as first "
			    "known", n,
			    (unsigned long long)rp_count_n(r->first_base));
		else
			(void)snprintf(text, sizeof(text), "%s", n);
		put(w, r, label, text);
	}
}

void
rp_draft_remaining(struct rp_drafting *w)
{
	const char *label = "Total number of \"remaining valid\" certificates";
	const struct rp_post *post = w->in->post;
	char text[2 * RP_WORDS + 16], n[RP_WORDS], at[RP_WORDS];

	open_rows(w, label);
	for (size_t i = 0; i < post->n_rows; i++) {
		const struct rp_post_row *r = &post->row[i];
		const struct rp_post_figure *f =
		    &r->figure[RP_FIGURE_OUTSTANDING];

		/* What hangs on the duties need not be revoked itself. */
		if (!f->amount.known && r->duty < 0)
			continue;
		if (!f->amount.known) {
			lack(w, r, label, "number of certificates that are "
			    "neither revoked nor expired - it is not "
			    "recorded");
			continue;
		}
		(void)snprintf(text, sizeof(text), "%s, as of %s",
		    rp_post_figure(f, n), rp_post_when(f->as_of, at));
		put(w, r, label, text);
	}
}

void
rp_draft_types(struct rp_drafting *w)
{
	static const char *const words[] = {
		[RP_VALIDATED_DV] = "DV", [RP_VALIDATED_IV] = "IV",
		[RP_VALIDATED_OV] = "OV", [RP_VALIDATED_EV] = "EV",
	};
	const char *label = "Affected certificate types";
	struct rp_text line = { 0 };

	for (size_t i = 0; i < RP_VALIDATIONS; i++)
		if ((w->say->types >> i & 1) != 0)
			rp_text_printf(&line, "%s%s", line.len > 0 ? ", " : "",
			    words[i]);
	if (w->say->types == 0)
		rp_draft_gap(w, label, "types of the certificates - DV, IV, "
		    "OV or EV, by the policy OIDs in them");
	rp_draft_line(w, 0, label, &line);
}

void
rp_draft_heuristic(struct rp_drafting *w)
{
	rp_draft_need(w, "Incident heuristic", w->say->heuristic,
	    "heuristic - how others can find all affected certificates, or "
	    "why they cannot, or that the appendix lists them all");
}

void
rp_draft_analysis(struct rp_drafting *w)
{
	if (w->say->analysis != NULL || w->in->kind == RP_DRAFT_DELAYED)
		rp_draft_need(w, "Analysis", w->say->analysis, "analysis of "
		    "the delay - what led to the decision, which extensive "
		    "harm to whom, and why this is exceptional");
	else
		rp_document_field(&w->d, 0, "Analysis", "N/A");
}

void
rp_draft_additional(struct rp_drafting *w)
{
	rp_draft_text(w, "Additional considerations",
	    w->say->additional != NULL ? w->say->additional : "N/A");
}

/* What was promised last, and which state it counts. */
static void
add_plan(struct rp_drafting *w)
{
	const struct rp_case *cs = w->in->cs;
	const struct rp_plan *plan;
	char at[RP_WORDS], share[RP_UNIT_TEXT];

	if (cs->n_plans == 0)
		return;
	plan = &cs->plan[cs->n_plans - 1];
	rp_document_add(&w->d, RP_PIECE_LABEL, "Plan in force (share %s)",
	    rp_metric_word(plan->metric));
	for (size_t i = 0; i < plan->n_milestones; i++)
		rp_document_add(&w->d, RP_PIECE_ITEM, "%s: %s %%",
		    rp_post_when(plan->milestone[i].by, at),
		    rp_share_format(plan->milestone[i].share, share));
}

/* The figures of an update of the same moment, by the same hand. */
void
rp_draft_figures(struct rp_drafting *w)
{
	rp_document_add(&w->d, RP_PIECE_LABEL, "Progress of the revocation");
	rp_post_add_rows(&w->d, w->in->post, w->in->cs);
	rp_document_add(&w->d, RP_PIECE_LABEL, "Estimate of completion");
	rp_post_add_expected(&w->d, w->in->post, w->in->cs);
	add_plan(w);
}

/* ---- the delay, where the template has no fields for it ----------------- */

/* By which requirement it should have been done. */
static void
add_missed(struct rp_drafting *w)
{
	const struct rp_post_row *late = rp_draft_late(w);
	char at[RP_WORDS];

	if (late != NULL)
		rp_document_field(&w->d, 0, "Deadline that is not kept", "%s",
		    rp_post_when(late->deadline, at));
	else
		rp_draft_gap(w, "Deadline that is not kept", "deadline - none "
		    "was missed for certain, as the record stands");
}

void
rp_draft_delay(struct rp_drafting *w)
{
	const struct rp_fact *told = rp_draft_fact(w, RP_FACT_DELAY_DISCLOSED);
	char at[RP_WORDS];

	add_missed(w);
	if (told != NULL)
		rp_document_field(&w->d, 0, "Decision disclosed", "%s",
		    rp_post_when(told->at, at));
	else
		rp_draft_gap(w, "Decision disclosed", "when it was disclosed "
		    "that revocation is delayed");
	rp_draft_need(w, "Decision and rationale", w->say->analysis,
	    "rationale - why the situation is exceptional; for each "
	    "Subscriber who asked for a delay, his own reasons");
	rp_draft_gap(w, "Audit", "say whether the delay will be a finding in "
	    "the next BR audit statement, and what the auditor was told");
}

/* ---- the certificates themselves ---------------------------------------- */

/* When the first and the last one were issued. */
void
rp_draft_problem(struct rp_drafting *w)
{
	const struct rp_case *cs = w->in->cs;
	char at[RP_WORDS], text[2 * RP_WORDS];

	rp_draft_total(w);
	for (size_t i = 0; i < cs->n_duties; i++) {
		const struct rp_duty *duty = &cs->duty[i];

		(void)snprintf(text, sizeof(text), "First and last issued%s"
		    "%.80s", cs->n_duties > 1 ? ", " : "",
		    cs->n_duties > 1 ? duty->name : "");
		if (duty->has_issued)
			rp_document_field(&w->d, 0, text, "%s",
			    rp_post_when(duty->issued, at));
		else
			rp_draft_gap(w, text, "dates on which the first and "
			    "the last one with this problem were issued");
	}
	rp_draft_remaining(w);
}

void
rp_draft_appendix(struct rp_drafting *w)
{
	const struct rp_fact *list =
	    rp_draft_fact(w, RP_FACT_CERTIFICATE_LIST);
	const bool many = rp_count_n(w->in->cs->base) >= 10000;
	char at[RP_WORDS];

	if (list != NULL)
		rp_document_add(&w->d, RP_PIECE_PARAGRAPH, "A list of the "
		    "certificates was attached: %s.",
		    rp_post_when(list->at, at));
	if (w->say->appendix != NULL)
		rp_draft_text(w, NULL, w->say->appendix);
	else if (list == NULL && w->style == RP_TEMPLATE_PRESCRIBED)
		rp_draft_gap(w, NULL, "certificates - attach the CSV with the "
		    "prescribed columns%s, and say here what is attached",
		    many ? " (or, from 10,000 on, a line with the address of "
		    "each)" : "");
	else if (list == NULL)
		rp_draft_gap(w, NULL, "certificate data - attach fingerprints "
		    "or crt.sh addresses, one list a problem, and say here "
		    "what is attached");
}
