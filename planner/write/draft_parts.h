/*
 * write/draft_parts.h - what the parts of a draft share.
 */
#ifndef RP_WRITE_DRAFT_PARTS_H
#define RP_WRITE_DRAFT_PARTS_H

#include <stdbool.h>

#include "revplan/narrative.h"
#include "write/document.h"
#include "write/draft.h"

struct rp_drafting {
	const struct rp_draft *in;
	const struct rp_narrative *say;	/* an empty one where none is */
	enum rp_template_kind style;
	struct rp_document d;
	size_t missing;
};

/* One or more pieces of a section. */
typedef void rp_draft_part(struct rp_drafting *w);

/* ---- draft_say.c -------------------------------------------------------- */

/* A gap, counted; label as in rp_document_gap(). */
void rp_draft_gap(struct rp_drafting *w, const char *label, const char *fmt,
    ...) RP_PRINTF(3, 4);

/* The same within the item before it; label NULL: its next paragraph. */
void rp_draft_gap_within(struct rp_drafting *w, const char *label,
    const char *fmt, ...) RP_PRINTF(3, 4);

/* A text of the narrative, paragraph by paragraph; label NULL: no item. */
void rp_draft_text(struct rp_drafting *w, const char *label,
    const char *text);

/* More paragraphs of the item before. */
void rp_draft_go_on(struct rp_drafting *w, const char *text);

/* The text, or a gap that says `what` is to be written. */
void rp_draft_need(struct rp_drafting *w, const char *label,
    const char *text, const char *what);

/* Adds the line to the document and releases it. */
void rp_draft_line(struct rp_drafting *w, unsigned level, const char *label,
    struct rp_text *line);

/* The last fact of a kind, NULL: none is on record. */
const struct rp_fact *rp_draft_fact(const struct rp_drafting *w,
    enum rp_fact_kind kind);

/* Whether it is on record by then as not done; *at is when. */
bool rp_draft_not_done(const struct rp_drafting *w, enum rp_fact_kind kind,
    struct rp_when *at);

/* Whether what happened then is told at as_of, as the record is (rp_seen()). */
bool rp_draft_seen(const struct rp_drafting *w, struct rp_when when);

/* Whether a date by which something was due has passed at as_of. */
bool rp_draft_passed(const struct rp_drafting *w, struct rp_when when);

/*
 * "the replacement of ... by 2026-05-29, with a confidence of 80 %"; false:
 * there is no estimate, or nothing is left to estimate.
 */
bool rp_draft_expected(const struct rp_drafting *w, struct rp_text *line);

/* The first deadline that was missed, or is past with something left; NULL:
 * none. */
const struct rp_post_row *rp_draft_late(const struct rp_drafting *w);

/* ---- draft_summary.c ---------------------------------------------------- */

rp_draft_part rp_draft_description, rp_draft_policies, rp_draft_source,
    rp_draft_ccadb, rp_draft_dates, rp_draft_known, rp_draft_awareness,
    rp_draft_summary, rp_draft_issuance;

/* ---- draft_impact.c ----------------------------------------------------- */

rp_draft_part rp_draft_total, rp_draft_remaining, rp_draft_types,
    rp_draft_heuristic, rp_draft_analysis, rp_draft_additional,
    rp_draft_figures, rp_draft_appendix, rp_draft_problem,
    rp_draft_delay;

/* ---- draft_timeline.c --------------------------------------------------- */

rp_draft_part rp_draft_timeline;

/* ---- draft_causes.c ----------------------------------------------------- */

rp_draft_part rp_draft_related, rp_draft_causes, rp_draft_lessons,
    rp_draft_actions, rp_draft_root_causes, rp_draft_remediation,
    rp_draft_commitments, rp_draft_statement;

#endif /* RP_WRITE_DRAFT_PARTS_H */
