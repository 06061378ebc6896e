/*
 * read/bug_facts.c - facts and updates out of a bug.
 *
 * Each has an id of the bug and the comment, so that the same bug gives the
 * same items whenever it was saved; and each says on what it rests, for who
 * reads a case must be able to look it up.
 */
#include "read/bugzilla.h"

#include <string.h>

#include "read/tree.h"

/* From then on any comment wants an answer, not only a question:
 * 2025-03-01T00:00:00Z, when version 3.0 of the guidelines began. */
#define EVERY_COMMENT_S INT64_C(1740787200)

#define ID 128
#define NOTE 400

/* The lists of a document, and what is being added. */
struct maker {
	const struct rp_bug *bug;
	FILE *notes;
	struct rp_doc *doc;
	struct rp_node *facts, *updates;
	struct rp_node *last_fact, *last_update;
	struct rp_node *item, *last;	/* the one that is being made */
	const char *source;
	char prefix[RP_BUG_PREFIX];
	bool failed;
};

const char *
rp_bug_prefix(uint32_t number, char buf[RP_BUG_PREFIX])
{
	(void)snprintf(buf, RP_BUG_PREFIX, "bug-%u-", (unsigned)number);
	return buf;
}

static void note(const struct maker *m, const char *fmt, ...) RP_PRINTF(2, 3);

static void
note(const struct maker *m, const char *fmt, ...)
{
	va_list ap;

	if (m->notes == NULL)
		return;
	(void)fprintf(m->notes, "bug %u: ", (unsigned)m->bug->number);
	va_start(ap, fmt);
	(void)vfprintf(m->notes, fmt, ap);
	va_end(ap);
	(void)fputc('\n', m->notes);
}

/* ---- making items ------------------------------------------------------- */

/* A node that is a child of parent under key (NULL: of a list). */
static struct rp_node *
add_node(struct maker *m, struct rp_node *parent, struct rp_node **last,
    enum rp_node_kind kind, const char *key)
{
	struct rp_node *node = parent == NULL ? NULL :
	    rp_doc_node(m->doc, kind, 0, 0);

	if (node != NULL && key != NULL) {
		node->key = rp_doc_text(m->doc, key, strlen(key));
		if (node->key == NULL)
			node = NULL;
	}
	if (node == NULL) {
		m->failed = true;
		return NULL;
	}
	rp_node_link(parent, last, node);
	return node;
}

static void
set_text(struct maker *m, struct rp_node *node, const char *text, bool quoted)
{
	if (node == NULL)
		return;
	node->quoted = quoted;
	node->text = rp_doc_text(m->doc, text, strlen(text));
	if (node->text == NULL) {
		node->text = "";
		m->failed = true;
	}
}

/* A word, and a text of which people may have written anything. */
static void
put(struct maker *m, const char *key, const char *text)
{
	set_text(m, add_node(m, m->item, &m->last, RP_NODE_SCALAR, key), text,
	    false);
}

static void
put_said(struct maker *m, const char *key, const char *text)
{
	set_text(m, add_node(m, m->item, &m->last, RP_NODE_SCALAR, key), text,
	    true);
}

static void
put_when(struct maker *m, const char *key, struct rp_when when)
{
	char text[RP_INSTANT_TEXT];

	put(m, key, rp_when_format(when, text));
}

static void
put_fields(struct maker *m, uint64_t has)
{
	struct rp_node *list, *last = NULL;

	if (has == 0)
		return;
	list = add_node(m, m->item, &m->last, RP_NODE_LIST, "has");
	for (int i = 0; i < RP_FIELDS; i++)
		if ((has & RP_FIELD_BIT(i)) != 0)
			set_text(m, add_node(m, list, &last, RP_NODE_SCALAR,
			    NULL), rp_field_word((enum rp_field)i), false);
}

/* What is on the bug is public at once. */
static void
begin_fact(struct maker *m, const char *id, enum rp_fact_kind what,
    struct rp_when at)
{
	m->last = NULL;
	m->item = add_node(m, m->facts, &m->last_fact, RP_NODE_MAP, NULL);
	put(m, "id", id);
	put(m, "what", rp_fact_word(what));
	put_when(m, "at", at);
	put_when(m, "published", at);
	if (m->source != NULL)
		put_said(m, "source", m->source);
}

/* "bug-1-comment-2", with what comes behind it. */
static const char *
id_of(const struct maker *m, uint32_t comment, const char *behind,
    char id[ID])
{
	(void)snprintf(id, ID, "%scomment-%u%s", m->prefix, (unsigned)comment,
	    behind);
	return id;
}

/* ---- comments of the CA ------------------------------------------------- */

static void
add_update(struct maker *m, const struct rp_bug_comment *c)
{
	char id[ID], text[32];

	m->last = NULL;
	m->item = add_node(m, m->updates, &m->last_update, RP_NODE_MAP, NULL);
	put(m, "id", id_of(m, c->number, "", id));
	put_when(m, "at", rp_when_exact(c->at));
	(void)snprintf(text, sizeof(text), "comment %u", (unsigned)c->number);
	put_said(m, "note", text);
}

static uint64_t
fields_of(const struct rp_bug_comment *c, const struct rp_bug_look *look)
{
	return look->has | (c->markdown ? RP_FIELD_BIT(RP_FIELD_MARKDOWN) : 0);
}

static void
put_recognised(struct maker *m, const char *as, const struct rp_bug_look *look)
{
	char text[NOTE];

	(void)snprintf(text, sizeof(text), "%s, recognised by %s", as,
	    look->words);
	put_said(m, "note", text);
}

static void
add_report(struct maker *m, const struct rp_bug_comment *c,
    const struct rp_bug_look *look)
{
	char id[ID];

	if (look->report == RP_BUG_FULL) {
		begin_fact(m, id_of(m, c->number, "-full-report", id),
		    RP_FACT_FULL_REPORT, rp_when_exact(c->at));
		put_said(m, "by", c->by);
		put_fields(m, fields_of(c, look));
		put_recognised(m, "full report", look);
	} else if (look->report == RP_BUG_CLOSURE) {
		begin_fact(m, id_of(m, c->number, "-closure-report", id),
		    RP_FACT_CLOSURE_REPORT, rp_when_exact(c->at));
		put_said(m, "by", c->by);
		put_recognised(m, "closure report", look);
	}
}

/* ---- who disclosed it --------------------------------------------------- */

/* A disclosure without a name is the CA's: its author is in the note. */
static void
put_author(struct maker *m, const char *what, const char *by)
{
	char text[NOTE];

	(void)snprintf(text, sizeof(text), "%s, by %s for the CA", what, by);
	put_said(m, "note", text);
}

static void
begin_disclosure(struct maker *m, const struct rp_bug_comment *c,
    const char *behind)
{
	char id[ID];

	(void)snprintf(id, sizeof(id), "%sdisclosed%s", m->prefix, behind);
	begin_fact(m, id, RP_FACT_INCIDENT_DISCLOSED, rp_when_exact(c->at));
}

static void
disclosed_by_ca(struct maker *m, const struct rp_bug_comment *c)
{
	struct rp_bug_look look;

	rp_bug_look(c->text, &look);
	begin_disclosure(m, c, "");
	if (look.report == RP_BUG_PRELIMINARY) {
		put_fields(m, fields_of(c, &look));
		put_recognised(m, "preliminary report of the CA", &look);
	} else {
		put_author(m, "description of the bug", c->by);
	}
}

/* The reply of the CA is its own disclosure; clocks of the incident are none
 * of an import's business. */
static void
disclosed_by_other(struct maker *m, const struct rp_bug_comment *c)
{
	char at[RP_INSTANT_TEXT];
	size_t i;

	begin_disclosure(m, c, "");
	put_said(m, "by", c->by);
	put_said(m, "note", "description of the bug, not by the CA");
	note(m, "comment 0 is by '%s' and not by the CA; an import does not "
	    "change 'incident.reported': where it was the report to the CA, "
	    "put %s there", c->by, rp_instant_format(c->at, at));
	for (i = 0; i < m->bug->n_comments; i++)
		if (m->bug->comment[i].role == RP_BUG_CA)
			break;
	if (i == m->bug->n_comments)
		return;
	c = &m->bug->comment[i];
	m->source = NULL;
	begin_disclosure(m, c, "-by-ca");
	put_author(m, "reply, the first comment", c->by);
}

/* A bug of its own is the report of a delay, or an old one got the tag. */
static void
add_delay(struct maker *m, const struct rp_bug_comment *c)
{
	const char *tag = rp_bug_delay_tag(m->bug->whiteboard);
	char id[ID], text[NOTE];

	if (tag == NULL)
		return;
	if (c->role != RP_BUG_CA) {
		note(m, "it has the tag '%s', but comment 0 is not by the CA; "
		    "no 'delay-disclosed' is made of it", tag);
		return;
	}
	(void)snprintf(id, sizeof(id), "%sdelay-disclosed", m->prefix);
	begin_fact(m, id, RP_FACT_DELAY_DISCLOSED, rp_when_exact(c->at));
	put_said(m, "by", c->by);
	(void)snprintf(text, sizeof(text), "the bug has the tag %s", tag);
	put_said(m, "note", text);
}

static void
add_description(struct maker *m)
{
	const struct rp_bug_comment *c = m->bug->comment;

	if (m->bug->n_comments == 0 || c->number != 0) {
		note(m, "comment 0 is not in what was saved; nothing is known "
		    "of the disclosure");
		return;
	}
	m->source = "comment 0";
	if (c->role == RP_BUG_CA)
		disclosed_by_ca(m, c);
	else
		disclosed_by_other(m, c);
	m->source = "comment 0";
	add_delay(m, c);
	m->source = NULL;
}

/* ---- questions and their answers ---------------------------------------- */

static bool
is_question(const struct rp_bug_comment *c)
{
	if (c->number == 0 || (c->role != RP_BUG_OTHER &&
	    c->role != RP_BUG_PROGRAM))
		return false;
	return rp_instant_s(c->at) >= EVERY_COMMENT_S ?
	    rp_bug_says(c->text) : rp_bug_asks(c->text);
}

static void
add_question(struct maker *m, const struct rp_bug_comment *c)
{
	char id[ID], text[NOTE];

	begin_fact(m, id_of(m, c->number, "", id), RP_FACT_QUESTION,
	    rp_when_exact(c->at));
	put_said(m, "by", c->by);
	(void)snprintf(text, sizeof(text), "%s%s",
	    c->role == RP_BUG_PROGRAM ? "of a root program; " : "",
	    rp_instant_s(c->at) >= EVERY_COMMENT_S ?
	    "every comment of others wants an answer since 2025-03-01" :
	    "it has a question mark");
	put_said(m, "note", text);
}

/* Whether the next comment of the CA answers it, people have to read. */
static void
add_answer(struct maker *m, const struct rp_bug_comment *c,
    const struct rp_bug_comment *asked)
{
	char id[ID], behind[ID / 2];

	(void)snprintf(behind, sizeof(behind), "-answers-%u",
	    (unsigned)asked->number);
	begin_fact(m, id_of(m, c->number, behind, id), RP_FACT_ANSWER,
	    rp_when_exact(c->at));
	put(m, "answers", id_of(m, asked->number, "", id));
	put_said(m, "by", c->by);
	put_said(m, "note", "the next comment of the CA");
}

/* Comments from *first on have not been answered before comment i. */
static void
answer_all(struct maker *m, size_t *first, size_t i)
{
	const struct rp_bug_comment *c = m->bug->comment;

	for (; *first < i; (*first)++)
		if (is_question(&c[*first]))
			add_answer(m, &c[i], &c[*first]);
}

static void
add_comments(struct maker *m)
{
	const struct rp_bug *bug = m->bug;
	struct rp_bug_look look;
	char source[32];
	size_t i, first = 0, n_robots = 0;

	for (i = 0; i < bug->n_comments; i++) {
		const struct rp_bug_comment *c = &bug->comment[i];

		(void)snprintf(source, sizeof(source), "comment %u",
		    (unsigned)c->number);
		m->source = source;
		n_robots += c->role == RP_BUG_ROBOT;
		if (is_question(c))
			add_question(m, c);
		if (c->role != RP_BUG_CA)
			continue;
		add_update(m, c);
		rp_bug_look(c->text, &look);
		add_report(m, c, &look);
		answer_all(m, &first, i);
	}
	m->source = NULL;
	if (n_robots > 0)
		note(m, "%zu comment%s of programs left out", n_robots,
		    n_robots == 1 ? " is" : "s are");
	if (bug->n_private > 0)
		note(m, "%zu comment%s not public and left out",
		    bug->n_private, bug->n_private == 1 ? " is" : "s are");
}

/* ---- the whiteboard ----------------------------------------------------- */

static void
add_next(struct maker *m, struct rp_civil due, struct rp_when at,
    const char *by)
{
	char id[ID], date[RP_INSTANT_TEXT];

	(void)rp_instant_format_date(rp_instant_of_civil(due), date);
	(void)snprintf(id, sizeof(id), "%snext-update-%s", m->prefix, date);
	begin_fact(m, id, RP_FACT_NEXT_UPDATE, at);
	put(m, "due", date);
	if (by != NULL)
		put_said(m, "by", by);
	put_said(m, "note", by != NULL ? "set on the whiteboard" :
	    "on the whiteboard; set at some time until the bug was last "
	    "changed");
}

static bool
is_same_date(struct rp_civil a, struct rp_civil b)
{
	return a.year == b.year && a.month == b.month && a.day == b.day;
}

/* Whether an earlier change had set that date. */
static bool
was_set(const struct rp_bug *bug, size_t n, struct rp_civil due)
{
	for (size_t i = 0; i < n; i++)
		if (bug->change[i].next == RP_BUG_DATE &&
		    is_same_date(due, bug->change[i].due))
			return true;
	return false;
}

/* A date that the CA sets by itself is no agreement. */
static void
add_change(struct maker *m, size_t i)
{
	const struct rp_bug_change *c = &m->bug->change[i];

	if (c->next != RP_BUG_DATE || was_set(m->bug, i, c->due))
		return;
	if (c->role == RP_BUG_CA)
		note(m, "'%s' set the next update by itself, for the CA; it is "
		    "not taken as agreed", c->by);
	else
		add_next(m, c->due, rp_when_exact(c->at), c->by);
}

static struct rp_when
until_changed(const struct rp_bug *bug)
{
	return (struct rp_when){ bug->created, rp_instant_plus(bug->changed,
	    rp_span_of_s(1)) };
}

static void
add_whiteboard(struct maker *m)
{
	const struct rp_bug *bug = m->bug;
	struct rp_civil due;
	enum rp_bug_next next;

	m->source = "history";
	for (size_t i = 0; i < bug->n_changes; i++)
		add_change(m, i);
	m->source = "whiteboard";
	next = rp_bug_next_update(bug->whiteboard, &due);
	if (next == RP_BUG_DATE && !was_set(bug, bug->n_changes, due))
		add_next(m, due, until_changed(bug), NULL);
	if (next == RP_BUG_UNREADABLE)
		note(m, "the date of the next update on the whiteboard is not "
		    "one such as 2026-03-02");
	m->source = NULL;
}

/* ---- the end ------------------------------------------------------------ */

static bool
is_closed(const char *status)
{
	static const char *const closed[] = { "RESOLVED", "VERIFIED",
	    "CLOSED" };

	for (size_t i = 0; i < sizeof(closed) / sizeof(closed[0]); i++)
		if (strcmp(closed[i], status) == 0)
			return true;
	return false;
}

/* The change that closed it for good; NULL: it is open, or not known. */
static const struct rp_bug_change *
closing(const struct rp_bug *bug)
{
	const struct rp_bug_change *found = NULL, *c = bug->change;

	for (size_t i = 0; i < bug->n_changes; i++) {
		if (c[i].field != RP_BUG_STATUS)
			continue;
		if (!is_closed(c[i].added))
			found = NULL;
		else if (found == NULL)
			found = &c[i];
	}
	return found;
}

/* What the bug says of itself, or the history where it is all there is. */
static void
add_closed(struct maker *m)
{
	const struct rp_bug *bug = m->bug;
	const struct rp_bug_change *c = closing(bug);
	struct rp_when at;
	char id[ID], text[NOTE];

	if (bug->has_fields ? !is_closed(bug->status) : c == NULL)
		return;
	if (c != NULL)
		at = rp_when_exact(c->at);
	else if (bug->has_resolved)
		at = rp_when_exact(bug->resolved);
	else
		at = until_changed(bug);
	(void)snprintf(id, sizeof(id), "%sclosed", m->prefix);
	m->source = c != NULL ? "history" : "status";
	begin_fact(m, id, RP_FACT_CLOSED, at);
	if (c != NULL)
		put_said(m, "by", c->by);
	(void)snprintf(text, sizeof(text), "%.60s%s%.60s",
	    bug->has_fields ? bug->status : c->added,
	    bug->resolution[0] != '\0' ? " " : "", bug->resolution);
	put_said(m, "note", rp_whole_letters(text));
	m->source = NULL;
}

/* ---- the whole ---------------------------------------------------------- */

static bool
begin(struct maker *m)
{
	struct rp_node *last = NULL;

	m->doc = rp_doc_new();
	if (m->doc == NULL)
		return false;
	m->doc->root = rp_doc_node(m->doc, RP_NODE_MAP, 0, 0);
	if (m->doc->root == NULL)
		return false;
	m->facts = add_node(m, m->doc->root, &last, RP_NODE_LIST, "facts");
	m->updates = add_node(m, m->doc->root, &last, RP_NODE_LIST,
	    "updates");
	return !m->failed;
}

rp_status
rp_bug_facts(const struct rp_bug *bug, FILE *notes, struct rp_doc **out,
    struct rp_err *err)
{
	struct maker m = { .bug = bug, .notes = notes };
	rp_status rc = RP_OK;

	(void)rp_bug_prefix(bug->number, m.prefix);
	if (begin(&m)) {
		add_description(&m);
		add_comments(&m);
		add_whiteboard(&m);
		add_closed(&m);
	}
	if (m.doc != NULL && rp_doc_is_full(m.doc))
		rc = rp_fail(err, RP_ERANGE, "bug %u gives more facts than a "
		    "case can hold", (unsigned)bug->number);
	else if (m.doc == NULL || m.failed)
		rc = rp_fail(err, RP_ENOMEM, "out of memory for a document");
	if (rc == RP_OK && !bug->has_fields)
		note(&m, "the bug itself is not in what was saved, so its "
		    "status and whiteboard are not known");
	if (rc == RP_OK)
		*out = m.doc;
	else
		rp_doc_free(m.doc);
	return rc;
}
