/*
 * store/emit.c - a tree as YAML.
 *
 * Not libyaml's emitter: in {braces} it puts every time of day in quotes, and
 * it knows no line that is short enough for one.
 */
#include "store/emit.h"

#include <string.h>

#define WIDTH 80

/* ---- scalars ------------------------------------------------------------ */

/*
 * The length of the character at p, and its number where YAML must not have it
 * as it is: controls, line ends of Unicode, byte order marks.  The text is
 * UTF-8, or it would not be in a tree.
 */
static size_t
look(const unsigned char *p, unsigned *special)
{
	size_t len = *p < 0x80 ? 1 : *p < 0xe0 ? 2 : *p < 0xf0 ? 3 : 4;
	unsigned code = 0;

	*special = 0;
	if (len == 1)
		code = *p;
	else if (len == 2)
		code = (p[0] & 0x1fu) << 6 | (p[1] & 0x3fu);
	else if (len == 3)
		code = (p[0] & 0xfu) << 12 | (p[1] & 0x3fu) << 6 |
		    (p[2] & 0x3fu);
	if (len < 4 && (code < 0x20 || (code >= 0x7f && code < 0xa0) ||
	    code == 0x2028 || code == 0x2029 || code == 0xfeff ||
	    code >= 0xfffe))
		*special = code;
	return len;
}

static bool
has_special(const char *text)
{
	const unsigned char *p = (const unsigned char *)text;
	unsigned special = 0;

	while (*p != '\0' && special == 0)
		p += look(p, &special);
	return special != 0;
}

/* What a plain scalar may begin with. */
static bool
begins_plain(const char *text)
{
	if (text[0] == '-')
		return text[1] != '\0' && text[1] != ' ' && text[1] != '-';
	return strchr("?:,[]{}#&*!|>'\"%@`. =<~", text[0]) == NULL ||
	    (text[0] == '.' && text[1] != '.');
}

static bool
is_plain(const char *text, bool flow)
{
	size_t len = strlen(text);

	return len > 0 && begins_plain(text) && text[len - 1] != ' ' &&
	    text[len - 1] != ':' && strstr(text, ": ") == NULL &&
	    strstr(text, " #") == NULL && !has_special(text) &&
	    (!flow || strpbrk(text, ",[]{}?") == NULL);
}

static void
add_quoted(struct rp_text *out, const char *text)
{
	const unsigned char *p = (const unsigned char *)text;
	unsigned special;
	size_t len;

	rp_text_puts(out, "\"");
	for (; *p != '\0'; p += len) {
		len = look(p, &special);
		if (*p == '\n')
			rp_text_puts(out, "\\n");
		else if (*p == '\t')
			rp_text_puts(out, "\\t");
		else if (special != 0)
			rp_text_printf(out, "\\u%04x", special);
		else if (*p == '"' || *p == '\\')
			rp_text_printf(out, "\\%c", *p);
		else
			rp_text_add(out, (const char *)p, len);
	}
	rp_text_puts(out, "\"");
}

static void
add_scalar(struct rp_text *out, const char *text, bool quoted, bool flow)
{
	if (quoted || !is_plain(text, flow))
		add_quoted(out, text);
	else
		rp_text_puts(out, text);
}

/* ---- in one line -------------------------------------------------------- */

/* Recursion is as deep as the tree: at most RP_DOC_DEPTH. */
void
rp_emit_line(struct rp_text *out, const struct rp_node *node)
{
	const struct rp_node *child;
	const char *ends = node->kind == RP_NODE_MAP ? "{}" : "[]";

	if (node->kind == RP_NODE_SCALAR) {
		add_scalar(out, node->text, node->quoted, true);
		return;
	}
	rp_text_add(out, ends, 1);
	for (child = node->first; child != NULL; child = child->next) {
		if (node->kind == RP_NODE_MAP) {
			add_scalar(out, child->key, false, true);
			rp_text_puts(out, ": ");
		}
		rp_emit_line(out, child);
		if (child->next != NULL)
			rp_text_puts(out, ", ");
	}
	rp_text_add(out, ends + 1, 1);
}

/* ---- in blocks ---------------------------------------------------------- */

/* How wide a node is in one line, at least; no more is counted than asked. */
static size_t
width(const struct rp_node *node, size_t most)
{
	const struct rp_node *child;
	size_t n = 2;

	if (node->kind == RP_NODE_SCALAR)
		return strlen(node->text) + (node->quoted ? 2 : 0);
	for (child = node->first; child != NULL && n <= most;
	    child = child->next) {
		if (node->kind == RP_NODE_MAP)
			n += strlen(child->key) + 2;
		n += width(child, most) + (child->next != NULL ? 2 : 0);
	}
	return n;
}

static void
add_indent(struct rp_text *out, unsigned indent)
{
	for (unsigned i = 0; i < indent; i++)
		rp_text_puts(out, " ");
}

static void
add_block(struct rp_text *out, const struct rp_node *node, unsigned indent,
    bool begun);

/* A list of maps has a line for each, so that what was added is one line of a
 * difference. */
static bool
is_table(const struct rp_node *node)
{
	const struct rp_node *child = node->first;

	while (child != NULL && child->kind != RP_NODE_MAP)
		child = child->next;
	return node->kind == RP_NODE_LIST && child != NULL;
}

static bool
fits(const struct rp_node *node, unsigned column)
{
	size_t room = column < WIDTH ? WIDTH - column : 0;

	return node->kind == RP_NODE_SCALAR || node->n == 0 ||
	    (!is_table(node) && width(node, room) <= room);
}

/* A value behind "key:" or "-"; column is where it would begin. */
static void
add_value(struct rp_text *out, const struct rp_node *node, unsigned indent,
    unsigned column)
{
	if (fits(node, column)) {
		rp_text_puts(out, " ");
		if (node->kind == RP_NODE_SCALAR)
			add_scalar(out, node->text, node->quoted, false);
		else
			rp_emit_line(out, node);
		rp_text_puts(out, "\n");
		return;
	}
	rp_text_puts(out, "\n");
	add_block(out, node, indent + 2, false);
}

static void
add_item(struct rp_text *out, const struct rp_node *item, unsigned indent)
{
	rp_text_puts(out, "-");
	/* The first key of a map stands beside the dash. */
	if (item->kind == RP_NODE_MAP && !fits(item, indent + 2)) {
		rp_text_puts(out, " ");
		add_block(out, item, indent + 2, true);
		return;
	}
	add_value(out, item, indent, indent + 2);
}

/* begun: the first line has its indent already. */
static void
add_block(struct rp_text *out, const struct rp_node *node, unsigned indent,
    bool begun)
{
	const struct rp_node *child;

	for (child = node->first; child != NULL; child = child->next) {
		if (!begun)
			add_indent(out, indent);
		begun = false;
		if (node->kind == RP_NODE_LIST) {
			add_item(out, child, indent);
			continue;
		}
		add_scalar(out, child->key, false, false);
		rp_text_puts(out, ":");
		add_value(out, child, indent,
		    indent + (unsigned)strlen(child->key) + 2);
	}
}

void
rp_emit_document(struct rp_text *out, const struct rp_node *root)
{
	if (root->kind == RP_NODE_SCALAR || root->n == 0) {
		rp_emit_line(out, root);
		rp_text_puts(out, "\n");
	} else {
		add_block(out, root, 0, false);
	}
}
