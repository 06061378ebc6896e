/* Which parts a report has, by its kind and the template in force. */
#include "write/draft_parts.h"
#include "write/post_words.h"

#define PARTS 10

struct section {
	const char *heading;	/* NULL: none */
	rp_draft_part *part[PARTS];
};

#define SECTIONS 10

struct layout {
	const char *title;	/* NULL: none */
	const char *warning;	/* the template has none of the kind; NULL */
	struct section section[SECTIONS];
};

/* ---- what the templates ask for ----------------------------------------- */

#define PRESCRIBED_FULL							\
	{ "Summary", { rp_draft_ccadb, rp_draft_description,		\
	    rp_draft_dates, rp_draft_policies, rp_draft_source } },	\
	{ "Impact", { rp_draft_total, rp_draft_remaining,		\
	    rp_draft_types, rp_draft_heuristic, rp_draft_issuance,	\
	    rp_draft_analysis, rp_draft_additional, rp_draft_progress } }, \
	{ "Timeline", { rp_draft_timeline } },				\
	{ "Related Incidents", { rp_draft_related } },			\
	{ "Root Cause Analysis", { rp_draft_causes } },			\
	{ "Lessons Learned", { rp_draft_lessons } },			\
	{ "Action Items", { rp_draft_actions } },			\
	{ "Appendix", { rp_draft_appendix } }

#define SECTIONS_FULL							\
	{ "Summary", { rp_draft_summary, rp_draft_policies } },		\
	{ "Impact", { rp_draft_problem, rp_draft_issuance,		\
	    rp_draft_progress } },					\
	{ "Timeline", { rp_draft_timeline } },				\
	{ "Root Cause Analysis", { rp_draft_causes } },			\
	{ "Lessons Learned", { rp_draft_lessons } },			\
	{ "Action Items", { rp_draft_actions } },			\
	{ "Appendix", { rp_draft_appendix } }

#define SEVEN_TOPICS							\
	{ "(1) How we became aware", { rp_draft_awareness } },		\
	{ "(2) What we did, and when", { rp_draft_timeline } },		\
	{ "(3) Whether issuance has stopped", { rp_draft_issuance } },	\
	{ "(4) The certificates in question", { rp_draft_summary,	\
	    rp_draft_problem } },					\
	{ "(5) Their complete data", { rp_draft_appendix } },		\
	{ "(6) How it came about, and why it was not found before",	\
	    { rp_draft_causes } },					\
	{ "(7) What we do about it, and by when", { rp_draft_actions } }

#define CLOSURE(heading)						\
	{ heading, { rp_draft_description, rp_draft_root_causes,	\
	    rp_draft_remediation, rp_draft_commitments,			\
	    rp_draft_statement } }

#define DELAY								\
	{ "Delay of the revocation", { rp_draft_delay, rp_draft_policies, \
	    rp_draft_figures } }

/* The figures of the revocation belong to a report of its delay. */
static void
rp_draft_progress(struct rp_drafting *w)
{
	if (w->in->kind == RP_DRAFT_DELAYED)
		rp_draft_figures(w);
}

static const struct layout layouts[][RP_DRAFTS] = {
	[RP_TEMPLATE_SEVEN_TOPICS] = {
		[RP_DRAFT_PRELIMINARY] = { "Preliminary incident report",
		    "the template in force knows no preliminary report; these "
		    "are those of its topics that can be told early", {
			{ "(1) How we became aware", { rp_draft_awareness } },
			{ "(3) Whether issuance has stopped",
			    { rp_draft_issuance } },
			{ "(4) The certificates in question",
			    { rp_draft_summary, rp_draft_total } } } },
		[RP_DRAFT_FULL] = { "Incident report", NULL,
		    { SEVEN_TOPICS } },
		[RP_DRAFT_DELAYED] = { "Incident report: delayed revocation",
		    NULL, { DELAY, SEVEN_TOPICS } },
		[RP_DRAFT_CLOSURE] = { "Summary for closing", "no closure "
		    "report was asked for before 2025-03-01; this has the "
		    "points of the later template, without its statement",
		    { CLOSURE(NULL) } },
	},
	[RP_TEMPLATE_SECTIONS] = {
		[RP_DRAFT_PRELIMINARY] = { "Preliminary Incident Report",
		    "the template in force has no form for a preliminary "
		    "report, which it allows; this has two of its sections", {
			{ "Summary", { rp_draft_description, rp_draft_known,
			    rp_draft_policies } },
			{ "Impact", { rp_draft_total, rp_draft_issuance } } }
		    },
		[RP_DRAFT_FULL] = { "Incident Report", NULL,
		    { SECTIONS_FULL } },
		[RP_DRAFT_DELAYED] = { "Incident Report", NULL,
		    { DELAY, SECTIONS_FULL } },
		[RP_DRAFT_CLOSURE] = { "Incident Report Closure Summary",
		    "no closure report was asked for before 2025-03-01; this "
		    "has the points of the later template, without its "
		    "statement", { CLOSURE(NULL) } },
	},
	[RP_TEMPLATE_PRESCRIBED] = {
		[RP_DRAFT_PRELIMINARY] = { "Preliminary Incident Report",
		    NULL, {
			{ "Summary", { rp_draft_description, rp_draft_known,
			    rp_draft_policies, rp_draft_source } } } },
		[RP_DRAFT_FULL] = { "Full Incident Report", NULL,
		    { PRESCRIBED_FULL } },
		[RP_DRAFT_DELAYED] = { "Full Incident Report", NULL,
		    { PRESCRIBED_FULL } },
		[RP_DRAFT_CLOSURE] = { NULL, NULL,
		    { CLOSURE("Report Closure Summary") } },
	},
};

/* ---- the whole ---------------------------------------------------------- */

/* What must not be posted says so, at the top, and is one line. */
static void
add_notice(struct rp_drafting *w, const struct rp_template *t,
    const char *warning)
{
	char at[RP_WORDS];

	rp_document_add(&w->d, RP_PIECE_LABEL, "NOT TO BE POSTED: draft as "
	    "of %s by %s%s%s. Fill in what is marked " RP_GAP_WORD ", check "
	    "the rest, and delete this line.",
	    rp_post_when(w->in->as_of, at), t->title,
	    warning != NULL ? "; " : "", warning != NULL ? warning : "");
}

static void
add_sections(struct rp_drafting *w, const struct layout *layout)
{
	for (size_t i = 0; i < SECTIONS; i++) {
		const struct section *s = &layout->section[i];

		if (s->heading != NULL)
			rp_document_add(&w->d, RP_PIECE_HEADING, "%s",
			    s->heading);
		for (size_t k = 0; k < PARTS && s->part[k] != NULL; k++)
			s->part[k](w);
	}
}

static void
add_provenance(struct rp_drafting *w, const struct rp_provenance *p)
{
	struct rp_text line = { 0 };

	rp_provenance_line(p, &line);
	if (line.failed)
		w->d.failed = true;
	else
		rp_document_add(&w->d, RP_PIECE_PARAGRAPH, "Made with %s.",
		    line.bytes);
	rp_text_release(&line);
}

/* Before there was any template the first one is the nearest. */
static const struct rp_template *
template_of(const struct rp_draft *draft, const char **warning)
{
	const struct rp_template *t =
	    rp_template_at(rp_when_last(draft->as_of));

	if (t != NULL)
		return t;
	*warning = "no template was in force yet; this is the first one";
	return rp_template_find("wiki");
}

rp_status
rp_show_draft(const struct rp_draft *draft, const struct rp_show *how,
    struct rp_draft_result *result, struct rp_text *out, struct rp_err *err)
{
	static const struct rp_narrative nothing = { 0 };
	const struct rp_narrative *say = draft->cs->narrative;
	struct rp_drafting w = { .in = draft,
	    .say = say != NULL ? say : &nothing };
	const char *warning = NULL;
	const struct rp_template *t = template_of(draft, &warning);
	const struct layout *layout = &layouts[t->kind][draft->kind];

	w.style = t->kind;
	if (warning == NULL)
		warning = layout->warning;
	add_notice(&w, t, warning);
	if (layout->title != NULL)
		rp_document_add(&w.d, RP_PIECE_TITLE, "%s", layout->title);
	add_sections(&w, layout);
	add_provenance(&w, &how->provenance);
	*result = (struct rp_draft_result){ .parts = 1, .missing = w.missing,
	    .title = t->title, .warning = warning };
	if (how->format == RP_FORMAT_TEXT)
		rp_document_text(&w.d, out);
	else
		result->parts = rp_document_markdown(&w.d,
		    RP_COMMENT_CHARACTERS, out);
	rp_document_release(&w.d);
	return out->failed ? rp_fail(err, RP_ENOMEM,
	    "no memory for the draft") : RP_OK;
}
