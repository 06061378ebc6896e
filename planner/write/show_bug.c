/* What was taken from a bug, so that people can look whether it is right. */
#include "output.h"
#include "write/show_store.h"
#include "write/tables.h"

static const struct rp_column columns[] = {
	{ "what", "What", false },
	{ "at", "At", false },
	{ "by", "By", false },
	{ "id", "Id", false },
	{ "note", "Note", false },
	{ "answers", NULL, false },
	{ "due", NULL, false },
	{ "has", NULL, false },
	{ "source", NULL, false },
};

#define COLUMNS (sizeof(columns) / sizeof(columns[0]))
#define WHAT 0

/* "summary impact timeline": the items of a list. */
static void
set_list(struct rp_table *t, size_t column, const struct rp_node *list)
{
	struct rp_text text = { 0 };
	const struct rp_node *child;

	for (child = list->first; child != NULL; child = child->next)
		rp_text_printf(&text, "%s%s", child == list->first ? "" : " ",
		    child->text);
	if (!text.failed && text.bytes != NULL)
		rp_table_text(t, column, text.bytes);
	rp_text_release(&text);
}

static void
add_item(struct rp_table *t, const struct rp_node *item, const char *what)
{
	const struct rp_node *value;

	rp_table_row(t);
	if (what != NULL)
		rp_table_text(t, WHAT, what);
	for (size_t i = 0; i < COLUMNS; i++) {
		value = rp_node_find(item, columns[i].key);
		if (value == NULL)
			continue;
		if (value->kind == RP_NODE_LIST)
			set_list(t, i, value);
		else
			rp_table_text(t, i, value->text);
	}
}

rp_status
rp_bug_table(const struct rp_node *root, struct rp_table **out,
    struct rp_err *err)
{
	static const struct {
		const char *list;
		const char *what;	/* NULL: the item says */
	} lists[] = { { "facts", NULL }, { "updates", "update" } };
	struct rp_table *t = NULL;
	const struct rp_node *list, *item;
	rp_status rc = rp_table_new("What the bug gives; look whether it is "
	    "right", columns, COLUMNS, &t, err);

	for (size_t i = 0; i < 2 && rc == RP_OK; i++) {
		list = rp_node_find(root, lists[i].list);
		item = list != NULL ? list->first : NULL;
		for (; item != NULL; item = item->next)
			add_item(t, item, lists[i].what);
	}
	if (rc == RP_OK && rp_table_status(t) != RP_OK)
		rc = rp_fail(err, RP_ENOMEM, "no memory for a table");
	if (rc == RP_OK)
		*out = t;
	else
		rp_table_free(t);
	return rc;
}
