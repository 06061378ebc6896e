/*
 * read/json.c - a tree as canonical JSON, and back.
 *
 * Equal trees give equal bytes, for the store takes the digest of them:
 *
 *   scalar   ["text", line, col], in quotes ["text", line, col, true]
 *   list     {"at": [line, col], "list": [node, ...]}
 *   map      {"at": [line, col], "map": [["key", line, col, node], ...]}
 *
 * A map is a list of pairs because order counts, and so do doubled keys.
 */
#include <jansson.h>
#include <stdlib.h>
#include <string.h>

#include "read/doc.h"
#include "read/tree.h"

/* ---- writing ------------------------------------------------------------ */

static json_t *
pack_children(const struct rp_node *node);

/* Takes over what it is given; NULL when there is no memory. */
static json_t *
pack_at(json_t *array, uint32_t line, uint32_t col)
{
	if (json_array_append_new(array, json_integer(line)) != 0 ||
	    json_array_append_new(array, json_integer(col)) != 0) {
		json_decref(array);
		return NULL;
	}
	return array;
}

/* ["text", line, col] */
static json_t *
pack_text(const char *text, uint32_t line, uint32_t col)
{
	json_t *array = json_array();

	if (json_array_append_new(array, json_string(text)) != 0) {
		json_decref(array);
		return NULL;
	}
	return pack_at(array, line, col);
}

static json_t *
pack_scalar(const struct rp_node *node)
{
	json_t *array = pack_text(node->text, node->line, node->col);

	if (array != NULL && node->quoted &&
	    json_array_append_new(array, json_true()) != 0) {
		json_decref(array);
		return NULL;
	}
	return array;
}

/* Recursion is as deep as the tree: at most RP_DOC_DEPTH. */
static json_t *
pack(const struct rp_node *node)
{
	const char *name = node->kind == RP_NODE_MAP ? "map" : "list";
	json_t *object;

	if (node->kind == RP_NODE_SCALAR)
		return pack_scalar(node);
	object = json_object();
	if (json_object_set_new(object, "at",
	    pack_at(json_array(), node->line, node->col)) != 0 ||
	    json_object_set_new(object, name, pack_children(node)) != 0) {
		json_decref(object);
		return NULL;
	}
	return object;
}

/* A child of a map comes with its key. */
static json_t *
pack_child(const struct rp_node *child)
{
	json_t *pair;

	if (child->key == NULL)
		return pack(child);
	pair = pack_text(child->key, child->key_line, child->key_col);
	if (json_array_append_new(pair, pack(child)) != 0) {
		json_decref(pair);
		return NULL;
	}
	return pair;
}

static json_t *
pack_children(const struct rp_node *node)
{
	const struct rp_node *child;
	json_t *array = json_array();

	for (child = node->first; child != NULL; child = child->next) {
		if (json_array_append_new(array, pack_child(child)) != 0) {
			json_decref(array);
			return NULL;
		}
	}
	return array;
}

/*
 * The key of the node itself is left out: it belongs to the map above, which
 * is not asked for.
 */
rp_status
rp_node_to_json(const struct rp_node *node, char **out, struct rp_err *err)
{
	json_t *json = pack(node);
	char *text = NULL;

	if (json != NULL)
		text = json_dumps(json, JSON_COMPACT | JSON_SORT_KEYS);
	json_decref(json);
	if (text == NULL)
		return rp_fail(err, RP_ENOMEM, "out of memory for JSON");
	*out = text;
	return RP_OK;
}

/* ---- reading ------------------------------------------------------------ */

struct unpacker {
	struct rp_doc *doc;
	struct rp_err *err;
	unsigned depth;
};

static rp_status
not_a_tree(struct unpacker *u, const char *what)
{
	return rp_fail(u->err, RP_EINPUT, "not a kept document: %s", what);
}

static rp_status
no_node(struct unpacker *u)
{
	if (rp_doc_is_full(u->doc))
		return not_a_tree(u, "it has too many values");
	return rp_fail(u->err, RP_ENOMEM, "out of memory for a document");
}

static rp_status
unpack(struct unpacker *u, const json_t *json, struct rp_node **out);

/* The two numbers of an array from index i on. */
static bool
unpack_at(const json_t *array, size_t i, uint32_t *line, uint32_t *col)
{
	json_int_t l = json_integer_value(json_array_get(array, i));
	json_int_t c = json_integer_value(json_array_get(array, i + 1));

	if (!json_is_integer(json_array_get(array, i)) ||
	    !json_is_integer(json_array_get(array, i + 1)) || l < 0 ||
	    c < 0 || l > UINT32_MAX || c > UINT32_MAX)
		return false;
	*line = (uint32_t)l;
	*col = (uint32_t)c;
	return true;
}

static rp_status
unpack_text(struct unpacker *u, const json_t *json, const char **out)
{
	if (!json_is_string(json))
		return not_a_tree(u, "a text is missing");
	*out = rp_doc_text(u->doc, json_string_value(json),
	    json_string_length(json));
	if (*out == NULL)
		return rp_fail(u->err, RP_ENOMEM,
		    "out of memory for a document");
	return RP_OK;
}

static rp_status
unpack_scalar(struct unpacker *u, const json_t *json, struct rp_node **out)
{
	size_t n = json_array_size(json);
	uint32_t line, col;
	struct rp_node *node;

	if (n < 3 || n > 4 || !unpack_at(json, 1, &line, &col) ||
	    (n == 4 && !json_is_true(json_array_get(json, 3))))
		return not_a_tree(u, "a scalar has another form");
	node = rp_doc_node(u->doc, RP_NODE_SCALAR, line, col);
	if (node == NULL)
		return no_node(u);
	node->quoted = n == 4;
	*out = node;
	return unpack_text(u, json_array_get(json, 0), &node->text);
}

static rp_status
unpack_pair(struct unpacker *u, const json_t *json, struct rp_node **out)
{
	const char *key;
	uint32_t line, col;
	rp_status rc;

	if (json_array_size(json) != 4 || !unpack_at(json, 1, &line, &col))
		return not_a_tree(u, "a pair has another form");
	rc = unpack_text(u, json_array_get(json, 0), &key);
	if (rc == RP_OK)
		rc = unpack(u, json_array_get(json, 3), out);
	if (rc != RP_OK)
		return rc;
	(*out)->key = key;
	(*out)->key_line = line;
	(*out)->key_col = col;
	return RP_OK;
}

static rp_status
unpack_children(struct unpacker *u, const json_t *array, struct rp_node *node)
{
	struct rp_node *last = NULL, *child;
	size_t i;
	rp_status rc;

	for (i = 0; i < json_array_size(array); i++) {
		const json_t *item = json_array_get(array, i);

		rc = node->kind == RP_NODE_MAP ? unpack_pair(u, item, &child) :
		    unpack(u, item, &child);
		if (rc != RP_OK)
			return rc;
		rp_node_link(node, &last, child);
	}
	return RP_OK;
}

static rp_status
unpack_branch(struct unpacker *u, const json_t *json, struct rp_node **out)
{
	const json_t *map = json_object_get(json, "map");
	const json_t *list = json_object_get(json, "list");
	const json_t *at = json_object_get(json, "at");
	struct rp_node *node;
	uint32_t line, col;

	if (json_object_size(json) != 2 || json_array_size(at) != 2 ||
	    !unpack_at(at, 0, &line, &col) ||
	    !json_is_array(map != NULL ? map : list))
		return not_a_tree(u, "a list or map has another form");
	node = rp_doc_node(u->doc, map != NULL ? RP_NODE_MAP : RP_NODE_LIST,
	    line, col);
	if (node == NULL)
		return no_node(u);
	*out = node;
	return unpack_children(u, map != NULL ? map : list, node);
}

static rp_status
unpack(struct unpacker *u, const json_t *json, struct rp_node **out)
{
	rp_status rc;

	if (u->depth >= RP_DOC_DEPTH + 1)
		return not_a_tree(u, "it is nested too deep");
	u->depth++;
	if (json_is_array(json))
		rc = unpack_scalar(u, json, out);
	else if (json_is_object(json))
		rc = unpack_branch(u, json, out);
	else
		rc = not_a_tree(u, "a value has another form");
	u->depth--;
	return rc;
}

/* A node from text into a document that exists already. */
static rp_status
read_node(struct rp_doc *doc, const char *text, struct rp_node **out,
    struct rp_err *err)
{
	struct unpacker u = { .doc = doc, .err = err };
	json_error_t why;
	json_t *json = json_loads(text, JSON_REJECT_DUPLICATES, &why);
	rp_status rc;

	/* Out of memory, jansson mostly has no words at all. */
	if (json == NULL && (why.text[0] == '\0' ||
	    json_error_code(&why) == json_error_out_of_memory))
		return rp_fail(err, RP_ENOMEM, "out of memory for JSON");
	if (json == NULL)
		return rp_fail(err, RP_EINPUT,
		    "not a kept document: %.200s", why.text);
	rc = unpack(&u, json, out);
	json_decref(json);
	return rc;
}

rp_status
rp_doc_of_json(const char *json, struct rp_doc **out, struct rp_err *err)
{
	struct rp_doc *doc = rp_doc_new();
	rp_status rc;

	if (doc == NULL)
		return rp_fail(err, RP_ENOMEM, "out of memory for a document");
	rc = read_node(doc, json, &doc->root, err);
	if (rc != RP_OK) {
		rp_doc_free(doc);
		return rc;
	}
	*out = doc;
	return RP_OK;
}

/* ---- growing ------------------------------------------------------------ */

static struct rp_node *
last_of(const struct rp_node *node)
{
	struct rp_node *last = node->first;

	while (last != NULL && last->next != NULL)
		last = last->next;
	return last;
}

/* A new, empty list under key, behind all others. */
static struct rp_node *
add_list(struct rp_doc *doc, const char *key, uint32_t line, uint32_t col)
{
	struct rp_node *list, *last = last_of(doc->root);
	const char *name = rp_doc_text(doc, key, strlen(key));

	list = rp_doc_node(doc, RP_NODE_LIST, line, col);
	if (name == NULL || list == NULL)
		return NULL;
	list->key = name;
	list->key_line = line;
	list->key_col = col;
	rp_node_link(doc->root, &last, list);
	return list;
}

static rp_status
list_under(struct rp_doc *doc, const char *key, uint32_t line, uint32_t col,
    struct rp_err *err)
{
	struct rp_node *list;

	if (doc->root == NULL || doc->root->kind != RP_NODE_MAP)
		return rp_fail(err, RP_EINPUT, "the document is not a map");
	for (list = doc->root->first; list != NULL; list = list->next) {
		if (strcmp(list->key, key) == 0)
			break;
	}
	if (list == NULL)
		list = add_list(doc, key, line, col);
	if (list == NULL)
		return rp_fail(err, RP_ENOMEM, "out of memory for a document");
	if (list->kind != RP_NODE_LIST)
		return rp_fail(err, RP_EINPUT, "'%s' is not a list", key);
	doc->grown = list;
	doc->grown_last = last_of(list);
	return RP_OK;
}

rp_status
rp_doc_append(struct rp_doc *doc, const char *key, uint32_t line,
    uint32_t col, const char *json, struct rp_err *err)
{
	struct rp_node *child;
	rp_status rc;

	if (doc->grown == NULL || strcmp(doc->grown->key, key) != 0) {
		rc = list_under(doc, key, line, col, err);
		if (rc != RP_OK)
			return rc;
	}
	rc = read_node(doc, json, &child, err);
	if (rc != RP_OK)
		return rc;
	rp_node_link(doc->grown, &doc->grown_last, child);
	return RP_OK;
}
