/*
 * read/bugzilla.c - what Bugzilla's REST interface answered, as it was saved.
 *
 *   /rest/bug/N          {"bugs": [{"id": N, "creation_time": ..., ...}]}
 *   /rest/bug/N/comment  {"bugs": {"N": {"comments": [...]}}}
 *   /rest/bug/N/history  {"bugs": [{"id": N, "history": [...]}]}
 *
 * A bug may also have its comments and history within it, and a file may be a
 * list of such answers.
 */
#include "read/bugzilla.h"

#include <jansson.h>
#include <stdlib.h>
#include <string.h>

#include "read/bytes.h"

struct rp_bug_json {
	struct rp_bug_json *next;
	json_t *root;
};

struct reader {
	struct rp_bug *bug;
	const char *file;
	struct rp_err *err;
};

/* An object of a list: "comments[3]", and what it is. */
struct place {
	const char *list;
	size_t i;
	const json_t *object;
};

static rp_status
bad(const struct reader *r, const struct place *p, const char *key,
    const char *what)
{
	return rp_fail(r->err, RP_EINPUT, "'%.100s': '%s[%zu].%s' %s", r->file,
	    p->list, p->i, key, what);
}

static rp_status
no_memory(const struct reader *r)
{
	return rp_fail(r->err, RP_ENOMEM, "out of memory for '%.100s'",
	    r->file);
}

/* ---- values ------------------------------------------------------------- */

/* A text; absent or null is "" where it may be. */
static rp_status
get_text(const struct reader *r, const struct place *p, const char *key,
    bool needed, const char **out)
{
	const json_t *value = json_object_get(p->object, key);

	*out = "";
	if (value == NULL || json_is_null(value))
		return needed ? bad(r, p, key, "is missing") : RP_OK;
	if (!json_is_string(value))
		return bad(r, p, key, "is not a text");
	*out = json_string_value(value);
	return RP_OK;
}

/* Some answers have the seconds only to the minute, none lack the zone. */
static rp_status
get_time(const struct reader *r, const struct place *p, const char *key,
    struct rp_instant *out)
{
	const char *text = "";
	struct rp_when when;
	rp_status rc = get_text(r, p, key, true, &text);

	if (rc != RP_OK)
		return rc;
	if (rp_when_parse(text, &when, NULL) != RP_OK ||
	    !rp_when_is_exact(when))
		return bad(r, p, key, "is not an instant, such as "
		    "2026-03-02T09:15:00Z");
	*out = when.from;
	return RP_OK;
}

/* What goes into a case has to be text there, and in one line. */
static bool
is_name(const char *text)
{
	struct rp_faults f;
	size_t skip = 0;
	bool good = *text != '\0' && strlen(text) <= RP_BUG_NAME;

	rp_faults_init(&f, "");
	good = good && rp_bytes_are_text(text, strlen(text), &skip, &f) &&
	    skip == 0 && strpbrk(text, "\t\n\r") == NULL;
	rp_faults_release(&f);
	return good;
}

static rp_status
get_name(const struct reader *r, const struct place *p, const char *key,
    const char **out)
{
	rp_status rc = get_text(r, p, key, true, out);

	if (rc == RP_OK && !is_name(*out))
		rc = bad(r, p, key, "is not the name of an author");
	return rc;
}

/* ---- comments ----------------------------------------------------------- */

/* Its number in the bug where that is told, else its place in the list. */
static rp_status
get_number(const struct reader *r, const struct place *p, uint32_t *out)
{
	const json_t *value = json_object_get(p->object, "count");
	json_int_t n = json_integer_value(value);

	*out = (uint32_t)p->i;
	if (value == NULL)
		return RP_OK;
	if (!json_is_integer(value) || n < 0 || n > 10 * RP_BUG_COMMENTS)
		return bad(r, p, "count", "is not the number of a comment");
	*out = (uint32_t)n;
	return RP_OK;
}

static rp_status
check_order(const struct reader *r, const struct place *p,
    const struct rp_bug_comment *c)
{
	const struct rp_bug_comment *last;

	if (r->bug->n_comments == 0)
		return RP_OK;
	last = &r->bug->comment[r->bug->n_comments - 1];
	if (c->number <= last->number)
		return bad(r, p, "count", "is not above that of the comment "
		    "before it");
	if (rp_instant_cmp(c->at, last->at) < 0)
		return bad(r, p, "creation_time", "is before that of the "
		    "comment before it");
	return RP_OK;
}

static rp_status
read_comment(struct reader *r, const struct place *p)
{
	struct rp_bug_comment *c = &r->bug->comment[r->bug->n_comments];
	const char *name = json_object_get(p->object, "creator") != NULL ?
	    "creator" : "author";
	const char *time = json_object_get(p->object, "creation_time") !=
	    NULL ? "creation_time" : "time";
	const char *text = json_is_string(json_object_get(p->object,
	    "raw_text")) ? "raw_text" : "text";
	rp_status rc = get_number(r, p, &c->number);

	if (rc == RP_OK)
		rc = get_name(r, p, name, &c->by);
	if (rc == RP_OK)
		rc = get_time(r, p, time, &c->at);
	if (rc == RP_OK)
		rc = get_text(r, p, text, true, &c->text);
	if (rc == RP_OK)
		rc = check_order(r, p, c);
	c->markdown = json_is_true(json_object_get(p->object, "is_markdown"));
	if (rc != RP_OK)
		return rc;
	/* A case is published; what only some may read stays out of it. */
	if (json_is_true(json_object_get(p->object, "is_private")))
		r->bug->n_private++;
	else
		r->bug->n_comments++;
	return RP_OK;
}

static rp_status
read_comments(struct reader *r, const json_t *list)
{
	struct rp_bug *bug = r->bug;
	size_t n = json_array_size(list), i;
	rp_status rc = RP_OK;

	if (!json_is_array(list))
		return rp_fail(r->err, RP_EINPUT, "'%.100s': 'comments' is not "
		    "a list", r->file);
	if (bug->has_comments)
		return rp_fail(r->err, RP_EINPUT, "'%.100s': the comments of "
		    "the bug are there twice; leave one out", r->file);
	if (n > RP_BUG_COMMENTS)
		return rp_fail(r->err, RP_EINPUT, "'%.100s' has %zu comments; "
		    "there may be %d", r->file, n, RP_BUG_COMMENTS);
	bug->has_comments = true;
	bug->comment = calloc(n + 1, sizeof(*bug->comment));
	if (bug->comment == NULL)
		return no_memory(r);
	for (i = 0; i < n && rc == RP_OK; i++) {
		const struct place p = { "comments", i,
		    json_array_get(list, i) };

		rc = json_is_object(p.object) ? read_comment(r, &p) :
		    bad(r, &p, "id", "is missing");
	}
	return rc;
}

/* ---- history ------------------------------------------------------------ */

static bool
is_field(const char *name, enum rp_bug_field *out)
{
	static const struct {
		const char *name;
		enum rp_bug_field field;
	} fields[] = {
		{ "status", RP_BUG_STATUS }, { "bug_status", RP_BUG_STATUS },
		{ "whiteboard", RP_BUG_WHITEBOARD },
		{ "status_whiteboard", RP_BUG_WHITEBOARD },
	};

	for (size_t i = 0; i < sizeof(fields) / sizeof(fields[0]); i++) {
		if (strcmp(fields[i].name, name) == 0) {
			*out = fields[i].field;
			return true;
		}
	}
	return false;
}

static rp_status
add_change(struct reader *r, const struct rp_bug_change *change)
{
	struct rp_bug *bug = r->bug;
	struct rp_bug_change *more;

	if (bug->n_changes == RP_BUG_CHANGES)
		return rp_fail(r->err, RP_EINPUT, "'%.100s' has more than %d "
		    "changes of status and whiteboard", r->file,
		    RP_BUG_CHANGES);
	/* Doubled at powers of two. */
	if ((bug->n_changes & (bug->n_changes - 1)) == 0) {
		more = realloc(bug->change, (bug->n_changes == 0 ? 1 :
		    2 * bug->n_changes) * sizeof(*more));
		if (more == NULL)
			return no_memory(r);
		bug->change = more;
	}
	bug->change[bug->n_changes++] = *change;
	return RP_OK;
}

/* What one person changed at one time. */
static rp_status
read_moment(struct reader *r, const struct place *p)
{
	struct rp_bug *bug = r->bug;
	const json_t *changes = json_object_get(p->object, "changes");
	struct rp_bug_change c = { 0 };
	const char *name = "";
	size_t i;
	rp_status rc = get_time(r, p, "when", &c.at);

	if (rc == RP_OK)
		rc = get_name(r, p, "who", &c.by);
	if (rc == RP_OK && !json_is_array(changes))
		rc = bad(r, p, "changes", "is not a list");
	if (rc == RP_OK && bug->n_changes > 0 && rp_instant_cmp(c.at,
	    bug->change[bug->n_changes - 1].at) < 0)
		rc = bad(r, p, "when", "is before that of an earlier change");
	for (i = 0; i < json_array_size(changes) && rc == RP_OK; i++) {
		const struct place one = { "changes", i,
		    json_array_get(changes, i) };

		rc = get_text(r, &one, "field_name", true, &name);
		if (rc != RP_OK || !is_field(name, &c.field))
			continue;
		rc = get_text(r, &one, "added", false, &c.added);
		c.next = rc == RP_OK && c.field == RP_BUG_WHITEBOARD ?
		    rp_bug_next_update(c.added, &c.due) : RP_BUG_NONE;
		if (rc == RP_OK)
			rc = add_change(r, &c);
	}
	return rc;
}

static rp_status
read_history(struct reader *r, const json_t *list)
{
	size_t i;
	rp_status rc = RP_OK;

	if (!json_is_array(list))
		return rp_fail(r->err, RP_EINPUT, "'%.100s': 'history' is not "
		    "a list", r->file);
	if (r->bug->has_history)
		return rp_fail(r->err, RP_EINPUT, "'%.100s': the history of "
		    "the bug is there twice; leave one out", r->file);
	r->bug->has_history = true;
	for (i = 0; i < json_array_size(list) && rc == RP_OK; i++) {
		const struct place p = { "history", i,
		    json_array_get(list, i) };

		rc = read_moment(r, &p);
	}
	return rc;
}

/* ---- the bug ------------------------------------------------------------ */

static rp_status
read_fields(struct reader *r, const struct place *p)
{
	struct rp_bug *bug = r->bug;
	const json_t *resolved = json_object_get(p->object,
	    "cf_last_resolved");
	rp_status rc = get_time(r, p, "creation_time", &bug->created);

	if (bug->has_fields)
		return rp_fail(r->err, RP_EINPUT, "'%.100s': the bug is there "
		    "twice; leave one out", r->file);
	bug->has_fields = true;
	bug->changed = bug->created;
	if (rc == RP_OK)
		rc = get_time(r, p, "last_change_time", &bug->changed);
	if (rc == RP_OK && rp_instant_cmp(bug->changed, bug->created) < 0)
		rc = bad(r, p, "last_change_time", "is before "
		    "'creation_time'");
	if (rc == RP_OK)
		rc = get_text(r, p, "status", true, &bug->status);
	if (rc == RP_OK)
		rc = get_text(r, p, "resolution", false, &bug->resolution);
	if (rc == RP_OK && *bug->resolution != '\0' &&
	    !is_name(bug->resolution))
		rc = bad(r, p, "resolution", "is not a word of Bugzilla");
	if (rc == RP_OK)
		rc = get_text(r, p, "whiteboard", false, &bug->whiteboard);
	bug->has_resolved = resolved != NULL && !json_is_null(resolved);
	if (rc == RP_OK && bug->has_resolved)
		rc = get_time(r, p, "cf_last_resolved", &bug->resolved);
	return rc;
}

static rp_status
set_number(struct reader *r, json_int_t number)
{
	if (number < 1 || number > INT32_MAX)
		return rp_fail(r->err, RP_EINPUT, "'%.100s': a bug is without "
		    "its number", r->file);
	if (r->bug->number != 0 && r->bug->number != (uint32_t)number)
		return rp_fail(r->err, RP_EINPUT, "'%.100s' is about bug %u, "
		    "and what came before it about bug %u; import each on "
		    "its own", r->file, (unsigned)number, r->bug->number);
	r->bug->number = (uint32_t)number;
	return RP_OK;
}

/* Who asked for some fields only got an answer that tells no status. */
static bool
is_whole(const struct place *p)
{
	return json_object_get(p->object, "last_change_time") != NULL &&
	    json_object_get(p->object, "status") != NULL;
}

/* A bug, or no more of it than its comments or its history. */
static rp_status
read_bug(struct reader *r, const struct place *p)
{
	const json_t *comments = json_object_get(p->object, "comments");
	const json_t *history = json_object_get(p->object, "history");
	const json_t *created = json_object_get(p->object, "creation_time");
	rp_status rc = set_number(r, json_integer_value(
	    json_object_get(p->object, "id")));

	if (rc == RP_OK && comments == NULL && history == NULL &&
	    created == NULL)
		return rp_fail(r->err, RP_EINPUT, "'%.100s': bug %u has "
		    "neither 'creation_time' nor 'comments' nor 'history'",
		    r->file, r->bug->number);
	if (rc == RP_OK && created != NULL)
		rc = is_whole(p) ? read_fields(r, p) :
		    get_time(r, p, "creation_time", &r->bug->created);
	if (rc == RP_OK && comments != NULL)
		rc = read_comments(r, comments);
	if (rc == RP_OK && history != NULL)
		rc = read_history(r, history);
	return rc;
}

/* {"N": {"comments": [...]}} */
static rp_status
read_by_number(struct reader *r, json_t *bugs)
{
	const char *key;
	json_t *value;
	rp_status rc;

	json_object_foreach(bugs, key, value) {
		char *end;
		long long number = strtoll(key, &end, 10);

		rc = set_number(r, *end == '\0' ? number : 0);
		if (rc == RP_OK)
			rc = read_comments(r, json_object_get(value,
			    "comments"));
		if (rc != RP_OK)
			return rc;
	}
	return RP_OK;
}

/* ---- answers ------------------------------------------------------------ */

static rp_status
read_answer(struct reader *r, const json_t *answer)
{
	json_t *bugs = json_object_get(answer, "bugs");
	const char *message = json_string_value(json_object_get(answer,
	    "message"));
	size_t i;
	rp_status rc = RP_OK;

	if (json_is_true(json_object_get(answer, "error")))
		return rp_fail(r->err, RP_EINPUT, "'%.100s' is an error that "
		    "Bugzilla answered: %.200s", r->file,
		    message != NULL ? message : "without a text");
	if (json_is_object(bugs))
		return read_by_number(r, bugs);
	if (!json_is_array(bugs))
		return rp_fail(r->err, RP_EINPUT, "'%.100s' is not an answer "
		    "of Bugzilla's REST interface: it has no 'bugs'", r->file);
	for (i = 0; i < json_array_size(bugs) && rc == RP_OK; i++) {
		const struct place p = { "bugs", i, json_array_get(bugs, i) };

		rc = read_bug(r, &p);
	}
	return rc;
}

/* The texts of a bug are those of its JSON, which lives as long. */
static rp_status
keep_json(struct reader *r, json_t *root)
{
	struct rp_bug_json *kept = calloc(1, sizeof(*kept));

	if (kept == NULL) {
		json_decref(root);
		return no_memory(r);
	}
	kept->root = root;
	kept->next = r->bug->json;
	r->bug->json = kept;
	return RP_OK;
}

/* At least as many as there are, for what is JSON: each but the first comes
 * after a bracket or a comma.  Three bytes of it would take 200 of memory. */
static bool
has_many_values(const char *bytes, size_t len)
{
	bool within = false;
	size_t i, n = 0;

	for (i = 0; i < len && n <= RP_BUG_VALUES; i++) {
		if (within && bytes[i] == '\\')
			i++;
		else if (bytes[i] == '"')
			within = !within;
		else if (!within && (bytes[i] == ',' || bytes[i] == '[' ||
		    bytes[i] == '{'))
			n++;
	}
	return n > RP_BUG_VALUES;
}

static rp_status
parse(struct reader *r, const struct rp_bug_file *file, json_t **out)
{
	json_error_t why;
	json_t *root;

	if (has_many_values(file->bytes, file->len))
		return rp_fail(r->err, RP_EINPUT, "'%.100s' holds more than %d "
		    "values", file->name, RP_BUG_VALUES);
	root = json_loadb(file->bytes, file->len, JSON_REJECT_DUPLICATES,
	    &why);
	*out = root;
	if (root != NULL)
		return keep_json(r, root);
	/* Out of memory, jansson mostly has no words at all. */
	if (why.text[0] == '\0' ||
	    json_error_code(&why) == json_error_out_of_memory)
		return no_memory(r);
	if (r->err != NULL)
		r->err->file = file->name;
	return rp_fail_at(r->err, RP_EINPUT,
	    (uint32_t)(why.line > 0 ? why.line : 1),
	    (uint32_t)(why.column > 0 ? why.column : 1), "not JSON: %.200s",
	    why.text);
}

static rp_status
read_file(struct reader *r, const struct rp_bug_file *file)
{
	json_t *root = NULL;
	size_t i;
	rp_status rc = parse(r, file, &root);

	if (rc != RP_OK || !json_is_array(root))
		return rc != RP_OK ? rc : read_answer(r, root);
	for (i = 0; i < json_array_size(root) && rc == RP_OK; i++)
		rc = read_answer(r, json_array_get(root, i));
	return rc;
}

rp_status
rp_bug_read(const struct rp_bug_file *file, size_t n, struct rp_bug *out,
    struct rp_err *err)
{
	struct reader r = { .bug = out, .file = "", .err = err };
	size_t i;
	rp_status rc = RP_OK;

	*out = (struct rp_bug){ .status = "", .resolution = "",
	    .whiteboard = "" };
	for (i = 0; i < n && rc == RP_OK; i++) {
		r.file = file[i].name;
		rc = read_file(&r, &file[i]);
	}
	if (rc == RP_OK && !out->has_comments)
		rc = rp_fail(err, RP_EINPUT, "'%.100s' has no comments of the "
		    "bug; save what /rest/bug/N/comment answers, too",
		    r.file);
	if (rc != RP_OK)
		rp_bug_release(out);
	return rc;
}

void
rp_bug_release(struct rp_bug *bug)
{
	struct rp_bug_json *next;

	for (; bug->json != NULL; bug->json = next) {
		next = bug->json->next;
		json_decref(bug->json->root);
		free(bug->json);
	}
	free(bug->comment);
	free(bug->change);
	*bug = (struct rp_bug){ 0 };
}

/* ---- what else it could be ---------------------------------------------- */

/* JSON is YAML as well, so the first key must tell. */
bool
rp_bug_is_one(const char *bytes, size_t len)
{
	static const char key[] = "\"bugs\"";
	size_t i = 0;

	while (i < len && strchr(" \t\r\n[", bytes[i]) != NULL &&
	    bytes[i] != '\0')
		i++;
	if (i == len || bytes[i] != '{')
		return false;
	for (i++; i < len && bytes[i] != '\0' &&
	    strchr(" \t\r\n", bytes[i]) != NULL; i++)
		;
	return len - i >= sizeof(key) - 1 &&
	    memcmp(bytes + i, key, sizeof(key) - 1) == 0;
}
