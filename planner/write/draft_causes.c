/* Why it happened, what was learned, what is done about it. */
#include "write/draft_parts.h"
#include "write/post_words.h"

/* A cell that somebody has to fill in. */
#define GAP_CELL(what) "[" RP_GAP_WORD ": " what "]"

static const char *
cell(struct rp_drafting *w, const char *text, const char *gap)
{
	if (text != NULL && text[0] != '\0')
		return text;
	w->missing++;
	return gap;
}

static void
add_table(struct rp_drafting *w, struct rp_table *t)
{
	if (rp_table_status(t) != RP_OK)
		w->d.failed = true;
	rp_document_table(&w->d, t);
}

static struct rp_table *
new_table(struct rp_drafting *w, const struct rp_column *columns, size_t n)
{
	struct rp_table *t = NULL;

	if (rp_table_new(NULL, columns, n, &t, NULL) != RP_OK)
		w->d.failed = true;
	return t;
}

/* A cell is one line. */
static void
set(struct rp_drafting *w, struct rp_table *t, size_t column,
    const char *text)
{
	struct rp_text line = { 0 };

	for (; *text != '\0'; text++)
		rp_text_add(&line, *text == '\n' ? " " : text, 1);
	w->d.failed = w->d.failed || line.failed;
	if (line.bytes != NULL)
		rp_table_set(t, column, RP_CELL_TEXT, line.bytes, NULL);
	rp_text_release(&line);
}

/* ---- related incidents -------------------------------------------------- */

static const struct rp_column related_columns[] = {
	{ "bug", "Bug", false }, { "date", "Date", false },
	{ "description", "Description", false },
};

void
rp_draft_related(struct rp_drafting *w)
{
	const struct rp_narrative *say = w->say;
	struct rp_table *t;
	char at[RP_WORDS];

	if (say->n_related == 0) {
		rp_draft_gap(w, NULL, "related incidents - list those of the "
		    "last two years, of other CAs as well, or write N/A");
		return;
	}
	t = new_table(w, related_columns, 3);
	for (size_t i = 0; t != NULL && i < say->n_related; i++) {
		const struct rp_related *r = &say->related[i];

		rp_table_row(t);
		set(w, t, 0, cell(w, r->bug, GAP_CELL("bug")));
		set(w, t, 1, cell(w, r->has_opened ? rp_post_when(r->opened,
		    at) : NULL, GAP_CELL("date of opening")));
		set(w, t, 2, cell(w, r->how, GAP_CELL("how it is related")));
	}
	if (t != NULL)
		add_table(w, t);
}

/* ---- causes ------------------------------------------------------------- */

static void
add_cause_fields(struct rp_drafting *w, const struct rp_cause *c)
{
	rp_draft_need(w, "Description", c->description, "description of the "
	    "factor and of its part in the incident");
	rp_draft_need(w, "Timeline", c->timeline, "since when it had been "
	    "there, and how it developed");
	rp_draft_need(w, "Detection", c->detection, "how it was found, and "
	    "why not before");
	rp_draft_need(w, "Interaction with other factors", c->interaction,
	    "how it worked together with other factors, or N/A");
	rp_draft_text(w, "Root Cause Analysis methodology used",
	    c->method != NULL ? c->method : "N/A");
}

/* Free text: what is there, and the two things that are always asked for. */
static void
add_cause_words(struct rp_drafting *w, const struct rp_cause *c)
{
	const char *const more[] = { c->timeline, c->interaction, c->method };

	rp_draft_need(w, NULL, c->description, "how and why it happened");
	for (size_t i = 0; i < sizeof(more) / sizeof(more[0]); i++)
		if (more[i] != NULL)
			rp_draft_text(w, NULL, more[i]);
	rp_draft_need(w, NULL, c->detection, "why it was not found before");
}

void
rp_draft_causes(struct rp_drafting *w)
{
	const struct rp_narrative *say = w->say;

	if (say->n_causes == 0)
		rp_draft_gap(w, NULL, "root cause - say which conditions came "
		    "together, since when each of them had been there, and "
		    "why none was found before");
	for (size_t i = 0; i < say->n_causes; i++) {
		const struct rp_cause *c = &say->cause[i];

		if (c->title != NULL)
			rp_document_add(&w->d, RP_PIECE_LABEL,
			    "Contributing Factor #%zu: %s", i + 1, c->title);
		else if (say->n_causes > 1 ||
		    w->style == RP_TEMPLATE_PRESCRIBED)
			rp_document_add(&w->d, RP_PIECE_LABEL,
			    "Contributing Factor #%zu", i + 1);
		if (w->style == RP_TEMPLATE_PRESCRIBED)
			add_cause_fields(w, c);
		else
			add_cause_words(w, c);
	}
}

/* In a few words, for the closure. */
void
rp_draft_root_causes(struct rp_drafting *w)
{
	const char *label = "Incident Root Cause(s)";
	const struct rp_narrative *say = w->say;

	if (say->n_causes == 0) {
		rp_draft_gap(w, label, "root causes - sum them up in a few "
		    "sentences");
		return;
	}
	rp_document_field(&w->d, 0, label, "%s", "");
	for (size_t i = 0; i < say->n_causes; i++) {
		const struct rp_cause *c = &say->cause[i];
		const char *text = c->title != NULL ? c->title :
		    c->description;

		if (text != NULL)
			rp_document_field(&w->d, 1, NULL, "%s", text);
		else
			rp_draft_gap_within(w, NULL, "root cause %zu", i + 1);
	}
}

/* ---- lessons ------------------------------------------------------------ */

static void
add_lessons(struct rp_drafting *w, const char *label,
    const struct rp_texts *texts, const char *what)
{
	if (texts->n == 0 && what == NULL) {
		rp_document_field(&w->d, 0, label, "N/A");
		return;
	}
	if (texts->n == 0) {
		rp_draft_gap(w, label, "%s", what);
		return;
	}
	if (texts->n == 1) {
		rp_draft_text(w, label, texts->text[0]);
		return;
	}
	rp_document_field(&w->d, 0, label, "%s", "");
	for (size_t i = 0; i < texts->n; i++)
		rp_document_field(&w->d, 1, NULL, "%s", texts->text[i]);
}

void
rp_draft_lessons(struct rp_drafting *w)
{
	add_lessons(w, "What went well", &w->say->well, "what went well - "
	    "list what kept the impact small, or write N/A");
	add_lessons(w, "What didn\u2019t go well", &w->say->not_well,
	    "what did not go well - list it; each needs an action item");
	add_lessons(w, "Where we got lucky", &w->say->lucky, "where we got "
	    "lucky - list what nobody can rely on, or write N/A");
	if (w->style == RP_TEMPLATE_PRESCRIBED || w->say->other.n > 0)
		add_lessons(w, w->style == RP_TEMPLATE_PRESCRIBED ?
		    "Additional" : "Other", &w->say->other, NULL);
}

/* ---- action items ------------------------------------------------------- */

/* What is to be done by a date; standing rules of the CPS are none. */
static bool
is_item(const struct rp_commitment *c)
{
	return c->mark.retracted == NULL && (c->kind != RP_ACTION_NONE ||
	    (c->has_due && c->rule == RP_COMMITMENT_PROMISE));
}

static bool
is_given_up(const struct rp_drafting *w, const struct rp_commitment *c)
{
	return c->has_cancelled && rp_draft_seen(w, c->cancelled);
}

/* NULL: it was due, and whether it was done is not on record. */
static const char *
status_of(const struct rp_drafting *w, const struct rp_commitment *c)
{
	if (is_given_up(w, c))
		return "Canceled";
	if (c->has_done)
		return "Complete";
	return c->has_due && rp_draft_passed(w, c->due) ? NULL : "Ongoing";
}

static const char *
kind_of(const struct rp_commitment *c)
{
	static const char *const words[] = {
		[RP_ACTION_NONE] = NULL, [RP_ACTION_PREVENT] = "Prevent",
		[RP_ACTION_MITIGATE] = "Mitigate",
		[RP_ACTION_DETECT] = "Detect",
	};

	return words[c->kind];
}

enum column { ITEM, KIND, CAUSE, CRITERIA, DUE, STATUS, COLUMNS };

static const struct rp_column action_columns[COLUMNS] = {
	[ITEM] = { "item", "Action Item", false },
	[KIND] = { "kind", "Kind", false },
	[CAUSE] = { "cause", "Corresponding Root Cause(s)", false },
	[CRITERIA] = { "criteria", "Evaluation Criteria", false },
	[DUE] = { "due", "Due Date", false },
	[STATUS] = { "status", "Status", false },
};

/* The columns that each style of template has; COLUMNS ends them. */
static const enum column columns_of[][COLUMNS + 1] = {
	[RP_TEMPLATE_SEVEN_TOPICS] = { ITEM, DUE, STATUS, COLUMNS },
	[RP_TEMPLATE_SECTIONS] = { ITEM, KIND, DUE, COLUMNS },
	[RP_TEMPLATE_PRESCRIBED] = { ITEM, KIND, CAUSE, CRITERIA, DUE, STATUS,
	    COLUMNS },
};

static const char *
text_of(struct rp_drafting *w, const struct rp_commitment *c,
    enum column column, char at[RP_WORDS])
{
	switch (column) {
	case ITEM:
		return c->what;
	case KIND:
		return cell(w, kind_of(c), GAP_CELL("Prevent, Mitigate or "
		    "Detect"));
	case CAUSE:
		return cell(w, c->cause, GAP_CELL("which root cause"));
	case CRITERIA:
		return cell(w, c->criteria, GAP_CELL("how one can tell that "
		    "it works"));
	case DUE:
		return cell(w, c->has_due ? rp_post_when(c->due, at) : NULL,
		    GAP_CELL("date"));
	case STATUS:
		return cell(w, status_of(w, c), GAP_CELL("Complete (since "
		    "when) or Delayed"));
	case COLUMNS:
		break;
	}
	return "";
}

static void
add_item(struct rp_drafting *w, struct rp_table *t,
    const struct rp_commitment *c)
{
	const enum column *column = columns_of[w->style];
	char at[RP_WORDS];

	rp_table_row(t);
	for (size_t i = 0; column[i] != COLUMNS; i++)
		set(w, t, i, text_of(w, c, column[i], at));
}

/* How many there are, and of these: that prevent. */
static size_t
count_items(const struct rp_drafting *w, size_t *prevent)
{
	const struct rp_case *cs = w->in->cs;
	size_t n = 0;

	*prevent = 0;
	for (size_t i = 0; i < cs->n_commitments; i++) {
		n += is_item(&cs->commitment[i]);
		*prevent += is_item(&cs->commitment[i]) &&
		    cs->commitment[i].kind == RP_ACTION_PREVENT;
	}
	return n;
}

static void
add_items(struct rp_drafting *w)
{
	const enum column *column = columns_of[w->style];
	const struct rp_case *cs = w->in->cs;
	struct rp_column head[COLUMNS];
	struct rp_table *t;
	size_t n = 0;

	for (; column[n] != COLUMNS; n++)
		head[n] = action_columns[column[n]];
	t = new_table(w, head, n);
	for (size_t i = 0; t != NULL && i < cs->n_commitments; i++)
		if (is_item(&cs->commitment[i]))
			add_item(w, t, &cs->commitment[i]);
	if (t != NULL)
		add_table(w, t);
}

void
rp_draft_actions(struct rp_drafting *w)
{
	size_t prevent, n = count_items(w, &prevent);

	if (n > 0)
		add_items(w);
	else
		rp_draft_gap(w, NULL, "action items - none is on record; each "
		    "needs a due date%s", w->style == RP_TEMPLATE_SEVEN_TOPICS
		    ? "" : " and its kind: Prevent, Mitigate or Detect");
	if (n > 0 && prevent == 0 && w->in->kind == RP_DRAFT_DELAYED)
		rp_draft_gap(w, NULL, "action item that prevents delayed "
		    "revocation in future - none of those on record is of "
		    "the kind Prevent");
}

/* ---- closure ------------------------------------------------------------ */

void
rp_draft_remediation(struct rp_drafting *w)
{
	rp_draft_need(w, "Remediation description", w->say->remediation,
	    "remediation - sum up in a few sentences how it was remedied");
}

void
rp_draft_commitments(struct rp_drafting *w)
{
	rp_draft_need(w, "Commitment summary", w->say->commitments,
	    "commitments - what goes on after this report is closed, or N/A");
}

/* Each item that was not done is named: any of them is in the way. */
static size_t
put_open(struct rp_drafting *w)
{
	const struct rp_case *cs = w->in->cs;
	char at[RP_WORDS];
	size_t n = 0;

	for (size_t i = 0; i < cs->n_commitments; i++) {
		const struct rp_commitment *c = &cs->commitment[i];

		if (!is_item(c) || (c->has_done && !is_given_up(w, c)))
			continue;
		n++;
		if (is_given_up(w, c))
			rp_draft_gap(w, NULL, "action item was given up - "
			    "'%.200s'; say so, and why", c->what);
		else
			rp_draft_gap(w, NULL, "action item is not complete - "
			    "'%.200s'%s%s", c->what, c->has_due ? ", due " :
			    "", c->has_due ? rp_post_when(c->due, at) : "");
	}
	return n;
}

static size_t
put_unfinished(struct rp_drafting *w)
{
	const struct rp_post *post = w->in->post;
	size_t n = put_open(w), prevent;
	char words[RP_WORDS];

	if (count_items(w, &prevent) == 0) {
		rp_draft_gap(w, NULL, "action items - none is on record, so "
		    "none can be called complete");
		n++;
	}
	if (!post->complete) {
		rp_draft_gap(w, NULL, "revocation is not on record as "
		    "complete");
		n++;
	}
	if (post->n_questions > 0) {
		rp_draft_gap(w, NULL, "answers - %s open",
		    rp_words_number(post->n_questions, "question is",
		    "questions are", words));
		n++;
	}
	return n;
}

/*
 * The words are prescribed from 2025-03-01 on, and they are true or they are
 * not written.
 */
void
rp_draft_statement(struct rp_drafting *w)
{
	if (put_unfinished(w) > 0)
		rp_draft_gap(w, NULL, "the closing statement - it may be made "
		    "only when all of the above is done");
	else if (w->style == RP_TEMPLATE_PRESCRIBED)
		rp_document_add(&w->d, RP_PIECE_PARAGRAPH, "All Action Items "
		    "disclosed in this report have been completed as "
		    "described, and we request its closure.");
	else
		rp_document_add(&w->d, RP_PIECE_PARAGRAPH, "Every step that "
		    "this report announced is done. We ask for the bug to be "
		    "closed.");
}
