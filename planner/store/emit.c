/*
 * store/emit.c - a tree as YAML, by libyaml's emitter.
 */
#include "store/emit.h"

#include <string.h>

#include <yaml.h>

#define WIDTH 80

/* What it takes to write, and how wide a map may be to stand in one line. */
struct emitter {
	yaml_emitter_t yaml;
	size_t most;
	bool failed;
};

static int
take_bytes(void *data, unsigned char *bytes, size_t len)
{
	struct rp_text *out = data;

	rp_text_add(out, (const char *)bytes, len);
	return !out->failed;
}

/* Sticky; the event is the emitter's from here on, whatever comes of it. */
static void
emit(struct emitter *e, int made, yaml_event_t *event)
{
	if (!made || (e->failed && (yaml_event_delete(event), true)) ||
	    !yaml_emitter_emit(&e->yaml, event))
		e->failed = true;
}

/* ---- in one line or in blocks ------------------------------------------- */

/*
 * In {braces} libyaml would put it in quotes, though it needs none.  Whether
 * it had quotes before must not count: when it is read again it may have.
 */
static bool
is_awkward(const char *text)
{
	return strpbrk(text, ":,?[]{}") != NULL;
}

/* How wide a node is in one line; SIZE_MAX for what had better not be. */
static size_t
width(const struct rp_node *node, size_t most)
{
	const struct rp_node *child;
	size_t n = 2, more;

	if (node->kind == RP_NODE_SCALAR)
		return is_awkward(node->text) ? SIZE_MAX :
		    strlen(node->text) + 2;
	for (child = node->first; child != NULL && n <= most;
	    child = child->next) {
		more = width(child, most);
		if (more == SIZE_MAX)
			return SIZE_MAX;
		n += more + 2;
		if (node->kind == RP_NODE_MAP)
			n += strlen(child->key) + 2;
	}
	return n;
}

/* A list of maps has an entry for each, so that what was added is easily
 * seen in a difference. */
static bool
is_table(const struct rp_node *node)
{
	const struct rp_node *child = node->first;

	while (child != NULL && child->kind != RP_NODE_MAP)
		child = child->next;
	return node->kind == RP_NODE_LIST && child != NULL;
}

static bool
in_one_line(const struct emitter *e, const struct rp_node *node)
{
	return e->most == SIZE_MAX || node->n == 0 ||
	    (!is_table(node) && width(node, e->most) <= e->most);
}

/* ---- events ------------------------------------------------------------- */

/* Line ends, those of Unicode too: in double quotes they are escaped. */
static bool
has_break(const char *text)
{
	return strpbrk(text, "\t\n\r") != NULL ||
	    strstr(text, "\xc2\x85") != NULL ||
	    strstr(text, "\xe2\x80\xa8") != NULL ||
	    strstr(text, "\xe2\x80\xa9") != NULL;
}

/*
 * Where plain text cannot stand libyaml takes single quotes, and so do we
 * where the text was quoted: what is read and written again is the same.
 */
static void
emit_scalar(struct emitter *e, const char *text, bool quoted)
{
	yaml_scalar_style_t style = YAML_PLAIN_SCALAR_STYLE;
	yaml_event_t event;

	if (has_break(text))
		style = YAML_DOUBLE_QUOTED_SCALAR_STYLE;
	else if (quoted)
		style = YAML_SINGLE_QUOTED_SCALAR_STYLE;
	emit(e, yaml_scalar_event_initialize(&event, NULL, NULL,
	    (const yaml_char_t *)text, (int)strlen(text), 1, 1, style),
	    &event);
}

static int
begin_node(yaml_event_t *event, const struct rp_node *node, bool flow)
{
	if (node->kind == RP_NODE_MAP)
		return yaml_mapping_start_event_initialize(event, NULL, NULL,
		    1, flow ? YAML_FLOW_MAPPING_STYLE :
		    YAML_BLOCK_MAPPING_STYLE);
	return yaml_sequence_start_event_initialize(event, NULL, NULL, 1,
	    flow ? YAML_FLOW_SEQUENCE_STYLE : YAML_BLOCK_SEQUENCE_STYLE);
}

/* Recursion is as deep as the tree: at most RP_DOC_DEPTH. */
static void
emit_node(struct emitter *e, const struct rp_node *node)
{
	const struct rp_node *child;
	yaml_event_t event;

	if (node->kind == RP_NODE_SCALAR) {
		emit_scalar(e, node->text, node->quoted);
		return;
	}
	emit(e, begin_node(&event, node, in_one_line(e, node)), &event);
	for (child = node->first; child != NULL; child = child->next) {
		if (node->kind == RP_NODE_MAP)
			emit_scalar(e, child->key, false);
		emit_node(e, child);
	}
	emit(e, node->kind == RP_NODE_MAP ?
	    yaml_mapping_end_event_initialize(&event) :
	    yaml_sequence_end_event_initialize(&event), &event);
}

/* most: how wide a map may be to stand in one line. */
static void
emit_tree(struct rp_text *out, const struct rp_node *root, size_t most)
{
	struct emitter e = { .most = most };
	yaml_event_t event;

	if (!yaml_emitter_initialize(&e.yaml)) {
		out->failed = true;
		return;
	}
	yaml_emitter_set_output(&e.yaml, take_bytes, out);
	yaml_emitter_set_unicode(&e.yaml, 1);
	/* Texts are not folded. */
	yaml_emitter_set_width(&e.yaml, -1);
	emit(&e, yaml_stream_start_event_initialize(&event,
	    YAML_UTF8_ENCODING), &event);
	emit(&e, yaml_document_start_event_initialize(&event, NULL, NULL,
	    NULL, 1), &event);
	emit_node(&e, root);
	emit(&e, yaml_document_end_event_initialize(&event, 1), &event);
	emit(&e, yaml_stream_end_event_initialize(&event), &event);
	if (e.failed)
		out->failed = true;
	yaml_emitter_delete(&e.yaml);
}

void
rp_emit_line(struct rp_text *out, const struct rp_node *node)
{
	emit_tree(out, node, SIZE_MAX);
	if (!out->failed && out->len > 0 && out->bytes[out->len - 1] == '\n')
		out->bytes[--out->len] = '\0';
}

void
rp_emit_document(struct rp_text *out, const struct rp_node *root)
{
	emit_tree(out, root, WIDTH);
}
