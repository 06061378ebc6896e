/*
 * store/item.c - one item, as somebody said it.
 */
#include "store/item.h"

#include <string.h>

#include "read/binder.h"
#include "read/bytes.h"
#include "read/tree.h"
#include "store/record.h"

static const struct rp_kind kinds[] = {
	{ "plan", RP_LIST_PLAN, NULL, false,
	    "a version of the plan: published, metric, milestones" },
	{ "actual", RP_LIST_ACTUAL, NULL, false,
	    "what was observed: as_of, published, replaced, revoked, ..." },
	{ "fact", RP_LIST_FACT, NULL, false,
	    "what happened: what, at, certificates, duty" },
	{ "update", RP_LIST_POST, NULL, false,
	    "a post on the public bug: at, note" },
	{ "question", RP_LIST_FACT, "question", false,
	    "a question asked in public: at, note, id" },
	{ "answer", RP_LIST_FACT, "answer", false,
	    "an answer to one: at, answers, note" },
	{ "commitment", RP_LIST_COMMITMENT, NULL, false,
	    "what was promised: what, due, said" },
	{ "outcome", RP_LIST_COMMITMENT, NULL, true,
	    "how a commitment ended: what, done or cancelled, evidence" },
	{ "claim", RP_LIST_CLAIM, NULL, false,
	    "a sentence said in public: said, source, promise, by, rate" },
	{ "request", RP_LIST_REQUEST, NULL, false,
	    "what others asked for: asked, source, finish-by" },
	{ "forecast", RP_LIST_FORECAST, NULL, false,
	    "a forecast as it was made: as_of, metric, p10, p50, p80, p90" },
};

#define KINDS (sizeof(kinds) / sizeof(kinds[0]))

const char *
rp_store_kind(size_t i, const char **about)
{
	if (i >= KINDS)
		return NULL;
	if (about != NULL)
		*about = kinds[i].about;
	return kinds[i].word;
}

const struct rp_kind *
rp_kind_find(const char *word, struct rp_err *err)
{
	struct rp_nearest near;
	rp_status rc;

	rp_nearest_init(&near, word);
	for (size_t i = 0; i < KINDS; i++) {
		if (strcmp(kinds[i].word, word) == 0)
			return &kinds[i];
		rp_nearest_try(&near, kinds[i].word);
	}
	if (near.best != NULL)
		rc = rp_fail(err, RP_EUSAGE, "there is no '%.60s' to record; "
		    "did you mean '%s'?", word, near.best);
	else
		rc = rp_fail(err, RP_EUSAGE, "there is no '%.60s' to record",
		    word);
	(void)rc;
	return NULL;
}

static rp_status
no_memory(struct rp_err *err)
{
	return rp_fail(err, RP_ENOMEM, "out of memory for an item");
}

/* ---- building trees ----------------------------------------------------- */

static struct rp_node *
last_of(struct rp_node *map)
{
	struct rp_node *last = map->first;

	while (last != NULL && last->next != NULL)
		last = last->next;
	return last;
}

/*
 * A copy of a node within another document, without its place: who typed it on
 * a command line has no lines.  Recursion is as deep as the tree.
 */
static struct rp_node *
copy_node(struct rp_doc *doc, const struct rp_node *node)
{
	struct rp_node *copy = rp_doc_node(doc, node->kind, 0, 0), *last, *sub;
	const struct rp_node *child;

	if (copy == NULL)
		return NULL;
	copy->quoted = node->quoted;
	if (node->text != NULL)
		copy->text = rp_doc_text(doc, node->text, strlen(node->text));
	if (node->key != NULL)
		copy->key = rp_doc_text(doc, node->key, strlen(node->key));
	if ((node->text != NULL && copy->text == NULL) ||
	    (node->key != NULL && copy->key == NULL))
		return NULL;
	last = NULL;
	for (child = node->first; child != NULL; child = child->next) {
		sub = copy_node(doc, child);
		if (sub == NULL)
			return NULL;
		rp_node_link(copy, &last, sub);
	}
	return copy;
}

static bool
add_child(struct rp_doc *doc, const char *key, size_t key_len,
    const struct rp_node *value)
{
	struct rp_node *last = last_of(doc->root), *copy;

	copy = copy_node(doc, value);
	if (copy == NULL)
		return false;
	copy->key = rp_doc_text(doc, key, key_len);
	if (copy->key == NULL)
		return false;
	rp_node_link(doc->root, &last, copy);
	return true;
}

static bool
add_word(struct rp_doc *doc, const char *key, const char *text)
{
	const struct rp_node value = { .kind = RP_NODE_SCALAR, .text = text };

	return add_child(doc, key, strlen(key), &value);
}

/* ---- pairs -------------------------------------------------------------- */

static rp_status
tell_pair(const char *pair, struct rp_faults *f, FILE *talk,
    struct rp_err *err)
{
	rp_faults_sort(f);
	for (size_t i = 0; i < f->n && talk != NULL; i++)
		(void)fprintf(talk, "'%.200s': error: %s\n", pair,
		    f->fault[i].text);
	return rp_fail(err, RP_EINPUT, "'%.200s' cannot be read", pair);
}

/*
 * A value is YAML where it begins with a brace, a bracket or a quote; anything
 * else is taken as it stands, so that a note may have a colon in it.
 */
static bool
is_yaml(const char *value)
{
	return *value != '\0' && strchr("{[\"'", *value) != NULL;
}

static rp_status
add_yaml(struct rp_doc *doc, const char *pair, size_t key_len, FILE *talk,
    struct rp_err *err)
{
	const char *value = pair + key_len + 1;
	struct rp_doc *own = NULL;
	struct rp_faults f;
	rp_status rc;

	rp_faults_init(&f, "");
	rc = rp_doc_read_yaml(value, strlen(value), &f, &own, err);
	if (rc != RP_ENOMEM && f.n > 0)
		rc = tell_pair(pair, &f, talk, err);
	if (rc == RP_OK && !add_child(doc, pair, key_len, rp_doc_root(own)))
		rc = no_memory(err);
	rp_doc_free(own);
	rp_faults_release(&f);
	return rc;
}

static rp_status
add_pair(struct rp_doc *doc, const char *pair, FILE *talk,
    struct rp_err *err)
{
	const char *equals = strchr(pair, '=');
	size_t key_len = equals != NULL ? (size_t)(equals - pair) : 0, skip;
	struct rp_node value = { .kind = RP_NODE_SCALAR };
	struct rp_faults f;
	rp_status rc = RP_OK;

	if (key_len == 0)
		return rp_fail(err, RP_EUSAGE, "'%.200s' is not KEY=VALUE",
		    pair);
	rp_faults_init(&f, "");
	if (!rp_bytes_are_text(pair, strlen(pair), &skip, &f))
		rc = tell_pair(pair, &f, talk, err);
	rp_faults_release(&f);
	if (rc != RP_OK)
		return rc;
	value.text = equals + 1;
	if (is_yaml(value.text))
		return add_yaml(doc, pair, key_len, talk, err);
	return add_child(doc, pair, key_len, &value) ? RP_OK : no_memory(err);
}

static rp_status
check_doubles(const struct rp_doc *doc, struct rp_err *err)
{
	const struct rp_node *child;

	for (child = doc->root->first; child != NULL; child = child->next) {
		if (rp_node_find(doc->root, child->key) != child)
			return rp_fail(err, RP_EUSAGE, "'%.60s' is given "
			    "twice; keep one", child->key);
	}
	return RP_OK;
}

static rp_status
of_pairs(const struct rp_entry *entry, FILE *talk, struct rp_doc **out,
    struct rp_err *err)
{
	struct rp_doc *doc = rp_doc_new();
	rp_status rc = RP_OK;

	if (doc != NULL)
		doc->root = rp_doc_node(doc, RP_NODE_MAP, 0, 0);
	if (doc == NULL || doc->root == NULL)
		rc = no_memory(err);
	for (size_t i = 0; i < entry->n_pairs && rc == RP_OK; i++)
		rc = add_pair(doc, entry->pair[i], talk, err);
	if (rc == RP_OK)
		rc = check_doubles(doc, err);
	*out = doc;
	return rc;
}

static rp_status
of_yaml(const struct rp_entry *entry, FILE *talk, struct rp_doc **out,
    struct rp_err *err)
{
	struct rp_faults f;
	rp_status rc;

	rp_faults_init(&f, entry->yaml_name != NULL ? entry->yaml_name :
	    "<item>");
	rc = rp_doc_read_yaml(entry->yaml, strlen(entry->yaml), &f, out, err);
	if (rc == RP_OK && *out != NULL && f.n == 0 &&
	    (*out)->root->kind != RP_NODE_MAP)
		rp_fault(&f, RP_AT_NODE((*out)->root), "an item is a map of "
		    "keys, such as '{at: 2026-03-05}'");
	if (rc != RP_ENOMEM && f.n > 0) {
		rc = rp_tell_faults(&f, talk, err);
		(void)rp_fail(err, rc, "'%s' is not an item that can be "
		    "recorded", f.file);
	}
	rp_faults_release(&f);
	return rc;
}

rp_status
rp_item_build(const struct rp_entry *entry, const struct rp_kind *kind,
    FILE *talk, struct rp_doc **out, struct rp_err *err)
{
	struct rp_doc *doc = NULL;
	rp_status rc = entry->yaml != NULL ?
	    of_yaml(entry, talk, &doc, err) :
	    of_pairs(entry, talk, &doc, err);

	if (rc == RP_OK && kind->what != NULL &&
	    rp_node_find(doc->root, "what") == NULL &&
	    rp_node_find(doc->root, "retracted") == NULL &&
	    !add_word(doc, "what", kind->what))
		rc = no_memory(err);
	if (rc == RP_OK)
		*out = doc;
	else
		rp_doc_free(doc);
	return rc;
}

/* ---- outcomes ----------------------------------------------------------- */

static bool
is_of_outcome(const char *key)
{
	static const char *const own[] = { "id", "replaces", "retracted",
	    "done", "cancelled", "evidence", "published" };

	for (size_t i = 0; i < sizeof(own) / sizeof(own[0]); i++) {
		if (strcmp(own[i], key) == 0)
			return true;
	}
	return false;
}

rp_status
rp_item_complete(struct rp_doc *doc, const struct rp_node *promise,
    struct rp_err *err)
{
	const struct rp_node *child;

	if (rp_node_find(doc->root, "done") == NULL &&
	    rp_node_find(doc->root, "cancelled") == NULL &&
	    rp_node_find(doc->root, "retracted") == NULL)
		return rp_fail(err, RP_EINPUT, "an outcome needs 'done=WHEN', "
		    "or 'cancelled=WHEN' where it was given up");
	for (child = promise->first; child != NULL; child = child->next) {
		if (is_of_outcome(child->key) ||
		    rp_node_find(doc->root, child->key) != NULL)
			continue;
		if (!add_child(doc, child->key, strlen(child->key), child))
			return no_memory(err);
	}
	return RP_OK;
}

rp_status
rp_item_digest(const struct rp_entry *entry, struct rp_sha256 *out,
    struct rp_err *err)
{
	struct rp_digest *d = rp_digest_new();
	rp_status rc;

	if (d == NULL)
		return no_memory(err);
	rp_digest_text(d, entry->kind);
	rp_digest_text(d, entry->yaml);
	rp_digest_text(d, entry->replaces);
	for (size_t i = 0; entry->yaml == NULL && i < entry->n_pairs; i++)
		rp_digest_text(d, entry->pair[i]);
	rc = rp_digest_end(d, out, err);
	rp_digest_free(d);
	return rc;
}
