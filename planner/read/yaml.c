/*
 * read/yaml.c - YAML as a tree.
 *
 * libyaml's events, not its documents: those take time that grows with the
 * square of hostile input.  What the events build is bounded here in depth, in
 * nodes and in what aliases may unfold to.
 *
 * A fault that makes the tree something else than its author meant (a merge
 * key that is dropped, say) ends in RP_EINPUT, because what bind.c would say
 * about such a tree is noise.
 */
#include <stdlib.h>
#include <string.h>
#include <yaml.h>

#include "read/bytes.h"
#include "read/doc.h"
#include "read/tree.h"
#include "read/yaml_words.h"

/* More than any hand writes; enough to keep look-ups cheap. */
#define ANCHORS_MAX 1000
/* Nodes that all aliases of a file may unfold to. */
#define COPIES_MAX 20000

struct anchor {
	char *name;
	const struct rp_node *node;
	bool open;		/* its node is not complete yet */
};

/* A list or map that has begun and not ended. */
struct frame {
	struct rp_node *node;
	struct rp_node *last;
	const char *key;	/* of the value that comes next; NULL: none */
	uint32_t key_line;
	uint32_t key_col;
	bool wants_value;	/* a map whose key has been read */
	bool dropped;		/* hangs nowhere; its faults are not told */
	size_t anchors;		/* number of anchors before it */
};

struct reader {
	struct rp_doc *doc;
	struct rp_faults *f;
	struct rp_err *err;
	const char *bytes;
	size_t len;
	struct frame frame[RP_DOC_DEPTH];
	unsigned depth;
	struct anchor *anchor;
	size_t n_anchors;
	size_t copies;
	unsigned documents;
	bool broken;		/* the tree is not what was meant */
	bool done;		/* nothing more is to be read */
};

static uint32_t
line_of(const yaml_mark_t *m)
{
	return m->line < UINT32_MAX ? (uint32_t)m->line + 1 : UINT32_MAX;
}

static uint32_t
col_of(const yaml_mark_t *m)
{
	return m->column < UINT32_MAX ? (uint32_t)m->column + 1 : UINT32_MAX;
}

static rp_status
no_memory(struct reader *r)
{
	return rp_fail(r->err, RP_ENOMEM, "out of memory for a document");
}

/* Further reading would not find anything that can be trusted. */
static void
give_up(struct reader *r)
{
	r->broken = true;
	r->done = true;
}

static rp_status
new_node(struct reader *r, enum rp_node_kind kind, const yaml_mark_t *at,
    struct rp_node **out)
{
	*out = rp_doc_node(r->doc, kind, line_of(at), col_of(at));
	if (*out != NULL)
		return RP_OK;
	if (!rp_doc_is_full(r->doc))
		return no_memory(r);
	rp_fault(r->f, line_of(at), col_of(at), "file has more than %d "
	    "values; keep large lists in a file of their own", RP_DOC_NODES);
	give_up(r);
	return RP_OK;
}

/* ---- keys --------------------------------------------------------------- */

static void
bad_key(struct reader *r, struct frame *top, const yaml_mark_t *at,
    const char *why)
{
	if (!top->dropped)
		rp_fault(r->f, line_of(at), col_of(at), "%s", why);
	top->key = NULL;
	top->wants_value = true;
	r->broken = true;
}

static bool
wants_key(const struct reader *r)
{
	const struct frame *top;

	if (r->depth == 0)
		return false;
	top = &r->frame[r->depth - 1];
	return top->node->kind == RP_NODE_MAP && !top->wants_value;
}

static bool
is_merge_key(const yaml_event_t *e)
{
	return e->data.scalar.style == YAML_PLAIN_SCALAR_STYLE &&
	    e->data.scalar.length == 2 &&
	    memcmp(e->data.scalar.value, "<<", 2) == 0;
}

static rp_status
take_key(struct reader *r, const yaml_event_t *e)
{
	struct frame *top = &r->frame[r->depth - 1];
	const yaml_mark_t *at = &e->start_mark;

	if (is_merge_key(e)) {
		bad_key(r, top, at, "merge key '<<' is not supported; write "
		    "the keys out");
		return RP_OK;
	}
	top->key = rp_doc_text(r->doc, (const char *)e->data.scalar.value,
	    e->data.scalar.length);
	top->key_line = line_of(at);
	top->key_col = col_of(at);
	top->wants_value = true;
	return top->key != NULL ? RP_OK : no_memory(r);
}

/*
 * Many keys in one map are sorted rather than compared each with each; equal
 * ones then stand side by side, in the order of the file.
 */
static int
compare_keys(const void *va, const void *vb)
{
	const struct rp_node *a = *(const struct rp_node *const *)va;
	const struct rp_node *b = *(const struct rp_node *const *)vb;
	int c = strcmp(a->key, b->key);

	if (c != 0)
		return c;
	if (a->key_line != b->key_line)
		return a->key_line < b->key_line ? -1 : 1;
	return (a->key_col > b->key_col) - (a->key_col < b->key_col);
}

static rp_status
find_duplicates(struct reader *r, const struct rp_node *map)
{
	const struct rp_node **key, *child, *was;
	size_t i, n = 0;

	if (map->n < 2)
		return RP_OK;
	key = calloc(map->n, sizeof(*key));
	if (key == NULL)
		return no_memory(r);
	for (child = map->first; child != NULL; child = child->next)
		key[n++] = child;
	qsort(key, n, sizeof(*key), compare_keys);
	for (i = 1, was = key[0]; i < n; i++) {
		if (strcmp(key[i]->key, was->key) == 0)
			rp_fault(r->f, key[i]->key_line, key[i]->key_col,
			    "duplicate key '%.60s', first used on line %u",
			    was->key, (unsigned)was->key_line);
		else
			was = key[i];
	}
	free(key);
	return RP_OK;
}

/* ---- nodes in their place ----------------------------------------------- */

/* A node has come, complete or just begun: hang it where it belongs. */
static void
place(struct reader *r, struct rp_node *node)
{
	struct frame *top;

	if (r->depth == 0) {
		r->doc->root = node;
		return;
	}
	top = &r->frame[r->depth - 1];
	if (top->node->kind == RP_NODE_LIST) {
		rp_node_link(top->node, &top->last, node);
		return;
	}
	node->key = top->key;
	node->key_line = top->key_line;
	node->key_col = top->key_col;
	/* The value of a key that could not be used is read and dropped. */
	if (top->key != NULL)
		rp_node_link(top->node, &top->last, node);
	top->key = NULL;
	top->wants_value = false;
}

static void
refuse_tag(struct reader *r, const yaml_char_t *tag, const yaml_mark_t *at)
{
	static const char standard[] = "tag:yaml.org,2002:";
	const char *name = (const char *)tag;
	bool is_standard;

	if (tag == NULL)
		return;
	is_standard = strncmp(name, standard, strlen(standard)) == 0;
	rp_fault(r->f, line_of(at), col_of(at), "tag '%s%.60s' is not "
	    "supported; leave it out", is_standard ? "!!" : "",
	    is_standard ? name + strlen(standard) : name);
}

static rp_status
add_anchor(struct reader *r, const yaml_char_t *name,
    const struct rp_node *node, bool open, const yaml_mark_t *at)
{
	struct anchor *a;

	if (name == NULL)
		return RP_OK;
	if (r->n_anchors == ANCHORS_MAX) {
		rp_fault(r->f, line_of(at), col_of(at), "file has more than "
		    "%d anchors", ANCHORS_MAX);
		give_up(r);
		return RP_OK;
	}
	if (r->anchor == NULL)
		r->anchor = calloc(ANCHORS_MAX, sizeof(*r->anchor));
	if (r->anchor == NULL)
		return no_memory(r);
	a = &r->anchor[r->n_anchors];
	a->name = strdup((const char *)name);
	if (a->name == NULL)
		return no_memory(r);
	a->node = node;
	a->open = open;
	r->n_anchors++;
	return RP_OK;
}

static rp_status
scalar(struct reader *r, const yaml_event_t *e)
{
	const yaml_mark_t *at = &e->start_mark;
	const char *value = (const char *)e->data.scalar.value;
	size_t len = e->data.scalar.length;
	struct rp_node *node;
	rp_status rc;

	refuse_tag(r, e->data.scalar.tag, at);
	if (memchr(value, '\0', len) != NULL) {
		rp_fault(r->f, line_of(at), col_of(at), "a text must not "
		    "hold the character U+0000");
		len = strlen(value);
	}
	if (wants_key(r))
		return take_key(r, e);
	rc = new_node(r, RP_NODE_SCALAR, at, &node);
	if (rc != RP_OK || node == NULL)
		return rc;
	node->quoted = e->data.scalar.style != YAML_PLAIN_SCALAR_STYLE;
	node->text = rp_doc_text(r->doc, value, len);
	if (node->text == NULL)
		return no_memory(r);
	place(r, node);
	return add_anchor(r, e->data.scalar.anchor, node, false, at);
}

static rp_status
begin(struct reader *r, enum rp_node_kind kind, const yaml_char_t *anchor,
    const yaml_char_t *tag, const yaml_mark_t *at)
{
	struct rp_node *node;
	bool as_key = wants_key(r);
	rp_status rc;

	refuse_tag(r, tag, at);
	if (r->depth == RP_DOC_DEPTH) {
		rp_fault(r->f, line_of(at), col_of(at), "nested deeper than "
		    "%d levels", RP_DOC_DEPTH);
		give_up(r);
		return RP_OK;
	}
	rc = new_node(r, kind, at, &node);
	if (rc != RP_OK || node == NULL)
		return rc;
	if (as_key)
		bad_key(r, &r->frame[r->depth - 1], at, kind == RP_NODE_LIST ?
		    "a list cannot be a key" : "a map cannot be a key");
	else
		place(r, node);
	r->frame[r->depth] = (struct frame){
		.node = node, .anchors = r->n_anchors,
		.dropped = as_key ||
		    (r->depth > 0 && r->frame[r->depth - 1].dropped)
	};
	r->depth++;
	return add_anchor(r, anchor, node, true, at);
}

static rp_status
end(struct reader *r)
{
	const struct frame *top;
	const struct rp_node *node;

	if (r->depth == 0)
		return RP_OK;	/* libyaml's events are balanced */
	top = &r->frame[--r->depth];
	node = top->node;
	/* Its own anchor, if it has one, was the next to be made. */
	if (top->anchors < r->n_anchors &&
	    r->anchor[top->anchors].node == node)
		r->anchor[top->anchors].open = false;
	return node->kind == RP_NODE_MAP ? find_duplicates(r, node) : RP_OK;
}

/* ---- aliases ------------------------------------------------------------ */

static const struct anchor *
find_anchor(const struct reader *r, const char *name)
{
	size_t i;

	/* The last of that name counts. */
	for (i = r->n_anchors; i > 0; i--) {
		if (strcmp(r->anchor[i - 1].name, name) == 0)
			return &r->anchor[i - 1];
	}
	return NULL;
}

/* What an alias costs: too deep or too much must be known before it is made. */
static bool
copy_fits(struct reader *r, const struct rp_node *node, unsigned depth)
{
	const struct rp_node *child;

	if (r->copies == COPIES_MAX || depth > RP_DOC_DEPTH)
		return false;
	r->copies++;
	for (child = node->first; child != NULL; child = child->next) {
		if (!copy_fits(r, child, depth + 1))
			return false;
	}
	return true;
}

/* Texts are shared; each copy keeps the place of what it copies. */
static struct rp_node *
copy(struct reader *r, const struct rp_node *node)
{
	struct rp_node *made, *last = NULL, *child;
	const struct rp_node *from;

	made = rp_doc_node(r->doc, node->kind, node->line, node->col);
	if (made == NULL)
		return NULL;
	made->quoted = node->quoted;
	made->text = node->text;
	for (from = node->first; from != NULL; from = from->next) {
		child = copy(r, from);
		if (child == NULL)
			return NULL;
		child->key = from->key;
		child->key_line = from->key_line;
		child->key_col = from->key_col;
		rp_node_link(made, &last, child);
	}
	return made;
}

static const char *
why_no_alias(struct reader *r, const struct anchor *a)
{
	if (a == NULL)
		return "has no anchor of that name before it";
	if (a->open)
		return "stands inside of what it names";
	if (!copy_fits(r, a->node, r->depth + 1))
		return "unfolds to too much; write the values out";
	return NULL;
}

static rp_status
alias(struct reader *r, const yaml_event_t *e)
{
	const char *name = (const char *)e->data.alias.anchor, *why;
	const yaml_mark_t *at = &e->start_mark;
	const struct anchor *a = find_anchor(r, name);
	struct rp_node *node;

	if (wants_key(r)) {
		bad_key(r, &r->frame[r->depth - 1], at,
		    "an alias cannot be a key");
		return RP_OK;
	}
	why = why_no_alias(r, a);
	if (a == NULL || why != NULL) {
		rp_fault(r->f, line_of(at), col_of(at), "alias '*%.60s' %s",
		    name, why);
		give_up(r);
		return RP_OK;
	}
	node = copy(r, a->node);
	if (node == NULL && rp_doc_is_full(r->doc))
		return new_node(r, RP_NODE_SCALAR, at, &node);
	if (node == NULL)
		return no_memory(r);
	place(r, node);
	return RP_OK;
}

/* ---- the stream --------------------------------------------------------- */

static rp_status
take(struct reader *r, const yaml_event_t *e)
{
	const yaml_mark_t *at = &e->start_mark;

	switch (e->type) {
	case YAML_SCALAR_EVENT:
		return scalar(r, e);
	case YAML_ALIAS_EVENT:
		return alias(r, e);
	case YAML_SEQUENCE_START_EVENT:
		return begin(r, RP_NODE_LIST, e->data.sequence_start.anchor,
		    e->data.sequence_start.tag, at);
	case YAML_MAPPING_START_EVENT:
		return begin(r, RP_NODE_MAP, e->data.mapping_start.anchor,
		    e->data.mapping_start.tag, at);
	case YAML_SEQUENCE_END_EVENT:
	case YAML_MAPPING_END_EVENT:
		return end(r);
	case YAML_DOCUMENT_START_EVENT:
		if (++r->documents > 1) {
			rp_fault(r->f, line_of(at), col_of(at), "a second "
			    "document begins here; a case file holds one");
			r->done = true;
		}
		return RP_OK;
	case YAML_STREAM_END_EVENT:
		r->done = true;
		return RP_OK;
	case YAML_NO_EVENT:
	case YAML_STREAM_START_EVENT:
	case YAML_DOCUMENT_END_EVENT:
		break;
	}
	return RP_OK;
}

static rp_status
broken_syntax(struct reader *r, const yaml_parser_t *p)
{
	if (p->error == YAML_MEMORY_ERROR)
		return no_memory(r);
	rp_yaml_fault(p, r->bytes, r->len, r->f);
	give_up(r);
	return RP_OK;
}

static rp_status
read_events(struct reader *r, yaml_parser_t *p)
{
	yaml_event_t event;
	rp_status rc = RP_OK;

	while (rc == RP_OK && !r->done) {
		if (!yaml_parser_parse(p, &event))
			return broken_syntax(r, p);
		rc = take(r, &event);
		yaml_event_delete(&event);
	}
	return rc;
}

static rp_status
read_stream(struct reader *r)
{
	yaml_parser_t parser;
	rp_status rc;

	if (!yaml_parser_initialize(&parser))
		return no_memory(r);
	yaml_parser_set_encoding(&parser, YAML_UTF8_ENCODING);
	yaml_parser_set_input_string(&parser,
	    (const unsigned char *)r->bytes, r->len);
	rc = read_events(r, &parser);
	yaml_parser_delete(&parser);
	return rc;
}

/* Nothing but comments, or a lone `---`, says as little as no bytes at all. */
static bool
is_empty(const struct rp_node *root)
{
	return root == NULL || (root->kind == RP_NODE_SCALAR &&
	    !root->quoted && root->text[0] == '\0');
}

/* What the whole file amounts to once its events have been read. */
static rp_status
conclude(struct reader *r)
{
	if (!r->broken && is_empty(r->doc->root)) {
		rp_fault(r->f, 1, 1, "file is empty; `revplan new` writes a "
		    "starter case");
		r->broken = true;
	}
	if (r->broken)
		return rp_fail(r->err, RP_EINPUT, "not a readable YAML file");
	return RP_OK;
}

rp_status
rp_doc_read_yaml(const char *bytes, size_t len, struct rp_faults *f,
    struct rp_doc **out, struct rp_err *err)
{
	struct reader r = { .f = f, .err = err };
	size_t skip;
	rp_status rc;

	if (len > RP_DOC_BYTES) {
		rp_fault(f, 1, 1, "file has more than %u MB",
		    RP_DOC_BYTES >> 20);
		return rp_fail(err, RP_EINPUT, "not a readable YAML file");
	}
	if (!rp_bytes_are_text(bytes, len, &skip, f))
		return rp_fail(err, RP_EINPUT, "not a readable YAML file");
	r.bytes = bytes + skip;
	r.len = len - skip;
	r.doc = rp_doc_new();
	rc = r.doc == NULL ? no_memory(&r) : read_stream(&r);
	if (rc == RP_OK)
		rc = conclude(&r);
	while (r.n_anchors > 0)
		free(r.anchor[--r.n_anchors].name);
	free(r.anchor);
	if (rc != RP_OK)
		rp_doc_free(r.doc);
	else
		*out = r.doc;
	return rc;
}
