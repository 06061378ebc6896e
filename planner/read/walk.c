/*
 * planner/read/walk.c - through maps and lists, led by the table of keys.
 */
#include "read/binder.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "read/tree.h"

void *
rp_bind_alloc(struct rp_binder *b, size_t n, size_t size)
{
	void *p = rp_case_alloc(b->cs, n, size);

	if (p == NULL)
		b->status = RP_ENOMEM;
	return p;
}

const char *
rp_bind_text(struct rp_binder *b, const char *text)
{
	const char *copy = rp_case_text(b->cs, text, strlen(text));

	if (copy == NULL)
		b->status = RP_ENOMEM;
	return copy;
}

/*
 * A file with a million unknown words must not cost a million searches for
 * the nearest one; nobody will see them.
 */
bool
rp_bind_is_full(struct rp_binder *b)
{
	if (b->f->n < RP_FAULTS_MAX)
		return false;
	b->f->dropped++;
	return true;
}

bool
rp_bind_kind(struct rp_binder *b, const struct rp_node *node,
    enum rp_node_kind kind, const char *what)
{
	static const char *const nouns[] = {
		[RP_NODE_SCALAR] = "one value",
		[RP_NODE_LIST] = "a list",
		[RP_NODE_MAP] = "a map of keys",
	};

	if (node->kind == kind)
		return true;
	if (node->kind == RP_NODE_SCALAR && node->text[0] == '\0')
		rp_fault(b->f, RP_AT_NODE(node),
		    "'%s' has no value; give it %s", what, nouns[kind]);
	else if (node->kind == RP_NODE_SCALAR && kind == RP_NODE_LIST)
		rp_fault(b->f, RP_AT_NODE(node), "'%s' takes a list, not one "
		    "value; put it into brackets, as [%.40s]", what,
		    node->text);
	else
		rp_fault(b->f, RP_AT_NODE(node), "'%s' takes %s, not %s",
		    what, nouns[kind], nouns[node->kind]);
	return false;
}

const char *
rp_bind_scalar(struct rp_binder *b, const struct rp_node *node,
    const char *what)
{
	if (!rp_bind_kind(b, node, RP_NODE_SCALAR, what))
		return NULL;
	if (node->text[0] == '\0') {
		rp_fault(b->f, RP_AT_NODE(node),
		    "'%s' has no value; give it one or leave it out", what);
		return NULL;
	}
	return node->text;
}

int
rp_bind_word(struct rp_binder *b, const struct rp_word *words,
    const char *kind, const char *text, uint32_t line, uint32_t col)
{
	const struct rp_word *w;
	struct rp_nearest near;
	char all[512] = "";	/* every reason fits */
	size_t len = 0;

	if (rp_bind_is_full(b))
		return -1;
	rp_nearest_init(&near, text);
	for (w = words; w->word != NULL; w++) {
		if (strcmp(w->word, text) == 0)
			return w->value;
		rp_nearest_try(&near, w->word);
		if (len < sizeof(all))
			len += (size_t)snprintf(all + len, sizeof(all) - len,
			    "%s%s", w == words ? "" : ", ", w->word);
	}
	if (near.best != NULL)
		rp_fault(b->f, line, col, "unknown %s '%.60s'; did you mean "
		    "'%s'?", kind, text, near.best);
	else
		rp_fault(b->f, line, col, "unknown %s '%.60s'; use one of: %s",
		    kind, text, all);
	return -1;
}

const struct rp_node *
rp_bind_tagged(struct rp_binder *b, const struct rp_node *node,
    const char *kind, const char *example)
{
	if (node->kind != RP_NODE_MAP || node->n == 0) {
		rp_fault(b->f, RP_AT_NODE(node),
		    "'%s' takes a map with its kind as the key, for example "
		    "%s", kind, example);
		return NULL;
	}
	if (node->n > 1) {
		rp_fault(b->f, node->first->next->key_line,
		    node->first->next->key_col, "key '%.60s' does not belong "
		    "here; a %s has one key, its kind (here '%.60s')",
		    node->first->next->key, kind, node->first->key);
		return NULL;
	}
	return node->first;
}

/* ---- {value:, basis:, source:} ------------------------------------------ */

static void
read_basis(struct rp_binder *b, const struct rp_node *node,
    enum rp_basis *out)
{
	const char *text = rp_bind_scalar(b, node, "basis");
	int word;

	if (text == NULL)
		return;
	word = rp_bind_word(b, rp_words_basis, "basis", text,
	    RP_AT_NODE(node));
	if (word >= 0)
		*out = (enum rp_basis)word;
}

static void
read_source(struct rp_binder *b, const struct rp_node *node,
    const char **out)
{
	const char *text = rp_bind_scalar(b, node, "source");

	if (text != NULL)
		*out = rp_bind_text(b, text);
}

static void
unknown_wrapper_key(struct rp_binder *b, const struct rp_node *node,
    bool uncertain)
{
	struct rp_nearest near;

	if (strcmp(node->key, "input") == 0) {
		rp_fault(b->f, node->key_line, node->key_col, "'input' does "
		    "not belong here; it names a number that may be "
		    "uncertain");
		return;
	}
	rp_nearest_init(&near, node->key);
	rp_nearest_try(&near, "basis");
	if (uncertain)
		rp_nearest_try(&near, "input");
	rp_nearest_try(&near, "source");
	rp_nearest_try(&near, "note");
	if (near.best != NULL)
		rp_fault(b->f, node->key_line, node->key_col, "unknown key "
		    "'%.60s' beside 'value'; did you mean '%s'?", node->key,
		    near.best);
	else
		rp_fault(b->f, node->key_line, node->key_col, "unknown key "
		    "'%.60s' beside 'value'; known keys: basis, %snote, "
		    "source", node->key, uncertain ? "input, " : "");
}

/* False: it is none of the keys that stand around a value. */
static bool
read_wrapper_key(struct rp_binder *b, const struct rp_node *node,
    bool uncertain, struct rp_value *v)
{
	if (strcmp(node->key, "basis") == 0)
		read_basis(b, node, &v->origin.basis);
	else if (strcmp(node->key, "source") == 0)
		read_source(b, node, &v->origin.source);
	else if (strcmp(node->key, "note") == 0)
		(void)rp_bind_scalar(b, node, "note");
	else if (uncertain && strcmp(node->key, "input") == 0)
		v->input = node;
	else
		return false;
	return true;
}

static struct rp_value
unwrap(struct rp_binder *b, const struct rp_node *node, bool uncertain)
{
	struct rp_value v = { .node = node, .origin = { node->line, node->col,
	    b->basis, b->source } };
	const struct rp_node *child;

	if (node->kind != RP_NODE_MAP ||
	    rp_node_find(node, "value") == NULL)
		return v;
	v.node = rp_node_find(node, "value");
	v.origin.line = v.node->line;
	v.origin.col = v.node->col;
	for (child = node->first; child != NULL; child = child->next)
		if (child != v.node &&
		    !read_wrapper_key(b, child, uncertain, &v))
			unknown_wrapper_key(b, child, uncertain);
	return v;
}

struct rp_value
rp_bind_unwrap(struct rp_binder *b, const struct rp_node *node)
{
	return unwrap(b, node, false);
}

/*
 * {input: NAME, uniform: [LOW, HIGH]}: what is left without the name is a map
 * of one key again.
 */
static struct rp_value
unwrap_short(struct rp_binder *b, const struct rp_node *node)
{
	struct rp_value v = { .node = node, .origin = { node->line, node->col,
	    b->basis, b->source } };
	struct rp_node *rest = rp_bind_alloc(b, 1, sizeof(*rest)), *copy;
	struct rp_node *last = NULL;
	const struct rp_node *child;

	if (rest == NULL)
		return v;
	*rest = *node;
	rest->first = NULL;
	rest->n = 0;
	for (child = node->first; child != NULL; child = child->next) {
		if (read_wrapper_key(b, child, true, &v))
			continue;
		copy = rp_bind_alloc(b, 1, sizeof(*copy));
		if (copy == NULL)
			return v;
		*copy = *child;
		rp_node_link(rest, &last, copy);
	}
	v.node = rest;
	return v;
}

struct rp_value
rp_bind_unwrap_input(struct rp_binder *b, const struct rp_node *node)
{
	if (node->kind == RP_NODE_MAP &&
	    rp_node_find(node, "value") == NULL &&
	    rp_node_find(node, "input") != NULL)
		return unwrap_short(b, node);
	return unwrap(b, node, true);
}

/* ---- maps --------------------------------------------------------------- */

static void
unknown_key(struct rp_binder *b, enum rp_context context,
    const struct rp_node *node)
{
	const struct rp_key *keys;
	struct rp_nearest near;
	char all[400] = "";
	size_t len = 0, n, i;

	if (rp_bind_is_full(b))
		return;
	keys = rp_keys(context, &n);
	rp_nearest_init(&near, node->key);
	for (i = 0; i < n; i++) {
		rp_nearest_try(&near, keys[i].name);
		if (len < sizeof(all))
			len += (size_t)snprintf(all + len, sizeof(all) - len,
			    "%s%s", i == 0 ? "" : ", ", keys[i].name);
	}
	keys = rp_keys(RP_CTX_COMMON, &n);
	for (i = 0; rp_frames[context].record && i < n; i++)
		rp_nearest_try(&near, keys[i].name);
	keys = rp_keys(RP_CTX_MARK, &n);
	for (i = 0; rp_ids_of(context) != RP_NAMES_NONE && i < n; i++)
		rp_nearest_try(&near, keys[i].name);
	if (near.best != NULL)
		rp_fault(b->f, node->key_line, node->key_col, "unknown key "
		    "'%.60s'; did you mean '%s'?", node->key, near.best);
	else
		rp_fault(b->f, node->key_line, node->key_col, "unknown key "
		    "'%.60s' in %s; known keys: %s", node->key,
		    rp_frames[context].noun, all);
}

/* A record's own keys come first: some have a note to fill. */
static const struct rp_key *
find_key(enum rp_context context, const char *name)
{
	const struct rp_key *key = rp_key_find(context, name);

	if (key == NULL && rp_ids_of(context) != RP_NAMES_NONE)
		key = rp_key_find(RP_CTX_MARK, name);
	if (key == NULL && rp_frames[context].record)
		key = rp_key_find(RP_CTX_COMMON, name);
	return key;
}

static bool
may_be_uncertain(enum rp_type type)
{
	return type == RP_TYPE_TIME || type == RP_TYPE_SHARE ||
	    type == RP_TYPE_DATE || type == RP_TYPE_WORKDAYS ||
	    type == RP_TYPE_RATE;
}

/* What chance does within a trial is not an input of the trial. */
static struct rp_value
value_of(struct rp_binder *b, const struct rp_key *key,
    const struct rp_node *node)
{
	struct rp_value v;

	if (!may_be_uncertain(key->type))
		return rp_bind_unwrap(b, node);
	v = rp_bind_unwrap_input(b, node);
	if (v.input == NULL || !key->chance)
		return v;
	rp_fault(b->f, v.input->key_line, v.input->key_col, "'input' names "
	    "what is drawn once a trial, and '%s' is what chance does to each "
	    "certificate; name a parameter of its distribution instead",
	    key->name);
	v.input = NULL;
	return v;
}

static void
set_key(struct rp_binder *b, const struct rp_key *key,
    const struct rp_node *node, void *target)
{
	struct rp_value v = value_of(b, key, node);
	char *bytes = target;
	bool yes = true;

	rp_setters[key->type](b, key, &v, bytes + key->at);
	if (key->has != 0)
		memcpy(bytes + key->has, &yes, sizeof(yes));
	if (key->origin != 0)
		memcpy(bytes + key->origin, &v.origin, sizeof(v.origin));
}

bool
rp_is_misspelt(enum rp_context context, const struct rp_node *node,
    const char *name)
{
	const struct rp_node *child;
	struct rp_nearest near;

	for (child = node->first; child != NULL; child = child->next) {
		rp_nearest_init(&near, child->key);
		rp_nearest_try(&near, name);
		if (near.best != NULL && find_key(context, child->key) == NULL)
			return true;
	}
	return false;
}

static void
check_required(struct rp_binder *b, enum rp_context context,
    const struct rp_node *node)
{
	const struct rp_key *keys;
	size_t n, i;

	keys = rp_keys(context, &n);
	for (i = 0; i < n; i++) {
		if (keys[i].required &&
		    rp_node_find(node, keys[i].name) == NULL &&
		    !rp_is_misspelt(context, node, keys[i].name))
			rp_fault(b->f, RP_AT_NODE(node), "'%s' is missing in "
			    "%s; add it", keys[i].name,
			    rp_frames[context].noun);
	}
}

static void
read_keys(struct rp_binder *b, enum rp_context context,
    const struct rp_node *node, void *target)
{
	const struct rp_node *child;
	const struct rp_key *key;
	unsigned pass;

	for (pass = 0; pass < RP_PASSES; pass++) {
		for (child = node->first; child != NULL; child = child->next) {
			key = find_key(context, child->key);
			if (key == NULL && pass == 0)
				unknown_key(b, context, child);
			if (key != NULL && key->pass == pass)
				set_key(b, key, child, target);
		}
	}
}

/* What a record rests on, its values rest on, unless they say otherwise. */
static void
inherit(struct rp_binder *b, const struct rp_node *node)
{
	const struct rp_node *basis = rp_node_find(node, "basis");
	const struct rp_node *source = rp_node_find(node, "source");
	struct rp_faults *f = b->f, quiet;

	/* The same keys are read again in their turn; tell faults once. */
	rp_faults_init(&quiet, f->file);
	b->f = &quiet;
	if (basis != NULL)
		read_basis(b, basis, &b->basis);
	if (source != NULL)
		read_source(b, source, &b->source);
	rp_faults_release(&quiet);
	b->f = f;
}

void
rp_bind_map(struct rp_binder *b, enum rp_context context,
    const struct rp_node *node, void *target)
{
	const struct rp_frame *frame = &rp_frames[context];
	enum rp_basis basis = b->basis;
	enum rp_naming ids = b->ids;
	const char *source = b->source;

	if (!rp_bind_kind(b, node, RP_NODE_MAP, frame->noun))
		return;
	if (frame->record)
		inherit(b, node);
	if (frame->begin != NULL)
		frame->begin(b, node, target);
	if (rp_ids_of(context) != RP_NAMES_NONE)
		b->ids = rp_ids_of(context);
	read_keys(b, context, node, target);
	if (rp_ids_of(context) != RP_NAMES_NONE && rp_is_retraction(node)) {
		rp_end_retraction(b, context, node);
	} else {
		check_required(b, context, node);
		if (frame->end != NULL && b->status == RP_OK)
			frame->end(b, node, target);
	}
	b->basis = basis;
	b->source = source;
	b->ids = ids;
}

void
rp_set_map(struct rp_binder *b, const struct rp_key *key,
    const struct rp_value *v, void *at)
{
	rp_bind_map(b, key->sub, v->node, at);
}

/* ---- lists -------------------------------------------------------------- */

void *
rp_bind_items(struct rp_binder *b, const struct rp_key *key,
    const struct rp_node *node, enum rp_node_kind kind, void *at)
{
	char *target = (char *)at - key->at;
	void *items;

	if (!rp_bind_kind(b, node, kind, key->name))
		return NULL;
	if ((double)node->n > key->high) {
		rp_fault(b->f, RP_AT_NODE(node), "'%s' has %zu entries; at "
		    "most %.0f are possible", key->name, node->n, key->high);
		return NULL;
	}
	items = rp_bind_alloc(b, node->n, key->size);
	if (items == NULL)
		return NULL;
	memcpy(at, &items, sizeof(items));
	memcpy(target + key->count, &node->n, sizeof(node->n));
	return items;
}

void
rp_set_list(struct rp_binder *b, const struct rp_key *key,
    const struct rp_value *v, void *at)
{
	char *item = rp_bind_items(b, key, v->node, RP_NODE_LIST, at);
	const struct rp_node *child;

	if (item == NULL)
		return;
	for (child = v->node->first; child != NULL; child = child->next) {
		rp_bind_map(b, key->sub, child, item);
		item += key->size;
	}
}

/* ---- files named in a case ---------------------------------------------- */

char *
rp_bind_file(struct rp_binder *b, const struct rp_node *node, size_t most,
    size_t *len)
{
	struct rp_err err = { 0 };
	char *bytes = NULL;
	rp_status rc;

	if (!rp_files_inside(node->text)) {
		rp_fault(b->f, RP_AT_NODE(node), "file '%.60s' lies outside "
		    "the folder of the case; put it beside the case or below",
		    node->text);
		return NULL;
	}
	rc = b->files->read(b->files->arg, node->text, most, &bytes, len,
	    &err);
	if (rc == RP_ENOMEM)
		b->status = RP_ENOMEM;
	else if (rc != RP_OK)
		rp_fault(b->f, RP_AT_NODE(node), "%s", err.text);
	return rc == RP_OK ? bytes : NULL;
}
