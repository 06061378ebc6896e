/*
 * store/counts.c - counted populations into the scenario on record.
 *
 * The tree of the scenario in force is taken from the store, the counted
 * values of its populations are put into it, and it goes back as any scenario
 * does.  A path or a calendar is not known to a GROUP BY, and stays.
 */
#include "store/counts.h"

#include <inttypes.h>
#include <stdlib.h>
#include <string.h>

#include "output.h"
#include "read/binder.h"
#include "read/tree.h"
#include "store/counts_notes.h"
#include "store/places.h"
#include "store/record.h"

#define DAY_S 86400

/* Two dates and what is between them. */
#define BUCKET_TEXT (2 * RP_INSTANT_TEXT + 4)

/* What is put where. */
struct putting {
	const struct rp_counts_file *file;
	struct rp_doc *doc;
	const char *source;	/* of each value, in the document */
	bool failed;		/* no memory, or no room in the document */
};

/* ---- values ------------------------------------------------------------- */

/* NULL: no memory, and *p remembers it. */
static struct rp_node *
new_node(struct putting *p, enum rp_node_kind kind, const char *key,
    const struct rp_node *at)
{
	struct rp_node *node = rp_doc_node(p->doc, kind, at->line, at->col);

	if (node == NULL) {
		p->failed = true;
		return NULL;
	}
	if (key != NULL) {
		node->key = rp_doc_text(p->doc, key, strlen(key));
		node->key_line = at->line;
		node->key_col = at->col;
		p->failed = p->failed || node->key == NULL;
	}
	return node;
}

static struct rp_node *
new_text(struct putting *p, const char *key, const char *text,
    const struct rp_node *at)
{
	struct rp_node *node = new_node(p, RP_NODE_SCALAR, key, at);

	if (node == NULL)
		return NULL;
	node->text = rp_doc_text(p->doc, text, strlen(text));
	p->failed = p->failed || node->text == NULL;
	return node;
}

static struct rp_node *
new_number(struct putting *p, const char *key, uint64_t n,
    const struct rp_node *at)
{
	char text[24];

	(void)snprintf(text, sizeof(text), "%" PRIu64, n);
	return new_text(p, key, text, at);
}

static void
link_to(struct rp_node *parent, struct rp_node **last, struct rp_node *child)
{
	if (parent != NULL && child != NULL)
		rp_node_link(parent, last, child);
}

/* A key of a population: the value, and on what it rests. */
static void
set_value(struct putting *p, struct rp_node *population, const char *key,
    struct rp_node *value)
{
	struct rp_node *old = population->first, *last = NULL, *map;
	struct rp_node *inner = NULL;

	for (; old != NULL && strcmp(old->key, key) != 0; old = old->next)
		last = old;
	map = old != NULL ? old : new_node(p, RP_NODE_MAP, key, population);
	if (map == NULL || value == NULL)
		return;
	if (old == NULL)
		rp_node_link(population, &last, map);
	map->kind = RP_NODE_MAP;
	map->text = NULL;
	map->quoted = false;
	map->first = NULL;
	map->n = 0;
	link_to(map, &inner, value);
	link_to(map, &inner, new_text(p, "basis", "measured", map));
	link_to(map, &inner, new_text(p, "source", p->source, map));
}

/* ---- what was counted --------------------------------------------------- */

static struct rp_node *
owners_of(struct putting *p, const struct rp_counts_population *counted,
    const struct rp_node *at)
{
	struct rp_node *list = new_node(p, RP_NODE_LIST, "value", at);
	struct rp_node *last = NULL, *map, *inner;

	for (size_t i = 0; i < counted->n_classes && !p->failed; i++) {
		const struct rp_counts_class *class = &counted->class[i];

		map = new_node(p, RP_NODE_MAP, NULL, at);
		inner = NULL;
		link_to(map, &inner, new_number(p, "subscribers",
		    class->subscribers, at));
		link_to(map, &inner, new_number(p, "certificates",
		    class->certificates, at));
		link_to(list, &last, map);
	}
	return list;
}

/* "2026-03-01..2026-04-01", and a day as itself. */
static void
name_bucket(const struct rp_counts_bucket *b, char text[BUCKET_TEXT])
{
	char from[RP_INSTANT_TEXT], until[RP_INSTANT_TEXT];

	(void)rp_instant_format_date(rp_instant_of_s((int64_t)b->from *
	    DAY_S), from);
	(void)rp_instant_format_date(rp_instant_of_s((int64_t)b->until *
	    DAY_S), until);
	if (b->until - b->from == 1)
		(void)snprintf(text, BUCKET_TEXT, "%s", from);
	else
		(void)snprintf(text, BUCKET_TEXT, "%s..%s", from,
		    until);
}

static struct rp_node *
expiry_of(struct putting *p, const struct rp_counts_population *counted,
    const struct rp_node *at)
{
	struct rp_node *value = new_node(p, RP_NODE_MAP, "value", at);
	struct rp_node *bars = new_node(p, RP_NODE_MAP, "histogram", at);
	struct rp_node *last = NULL, *only = NULL;
	char text[BUCKET_TEXT];

	for (size_t i = 0; i < counted->n_buckets && !p->failed; i++) {
		name_bucket(&counted->bucket[i], text);
		link_to(bars, &last, new_number(p, text,
		    counted->bucket[i].certificates, at));
	}
	link_to(value, &only, bars);
	return value;
}

static void
put_population(struct putting *p, const struct rp_counts_population *counted,
    struct rp_node *node)
{
	set_value(p, node, "certificates", new_number(p, "value",
	    counted->certificates, node));
	set_value(p, node, "subscribers", new_number(p, "value",
	    counted->subscribers, node));
	set_value(p, node, "owns", owners_of(p, counted, node));
	if (counted->n_buckets > 0)
		set_value(p, node, "expiry", expiry_of(p, counted, node));
}

/* ---- which population --------------------------------------------------- */

static const struct rp_node *
populations_of(const struct rp_doc *doc)
{
	return rp_node_find(rp_doc_root(doc), "populations");
}

static struct rp_node *
find_population(const struct rp_doc *doc, const char *name)
{
	struct rp_node *node = populations_of(doc)->first;
	const char *own;

	for (; node != NULL; node = node->next) {
		own = rp_scalar_text(rp_node_find(node, "name"));
		if (own != NULL && strcmp(own, name) == 0)
			return node;
	}
	return NULL;
}

/* Some of the names, for whoever mistook one. */
static void
list_names(const struct rp_doc *doc, struct rp_text *out)
{
	const struct rp_node *list = populations_of(doc), *node;
	size_t told = 0;

	for (node = list->first; node != NULL && told < 8; node = node->next)
		rp_text_printf(out, "%s'%.60s'", told++ == 0 ? "" : ", ",
		    rp_scalar_text(rp_node_find(node, "name")));
	if (list->n > told)
		rp_text_printf(out, " and %zu more", list->n - told);
}

static void
unknown_population(struct rp_faults *f, const struct rp_doc *doc,
    const struct rp_counts_population *counted)
{
	const struct rp_node *node = populations_of(doc)->first;
	struct rp_text names = { 0 };
	struct rp_nearest near;

	list_names(doc, &names);
	rp_nearest_init(&near, counted->name);
	for (; node != NULL; node = node->next)
		rp_nearest_try(&near, rp_scalar_text(rp_node_find(node,
		    "name")));
	if (near.best != NULL)
		rp_fault(f, counted->line, 1, "the case has no population "
		    "'%.60s'; did you mean '%.60s'? (it has %s)",
		    counted->name, near.best, names.failed ? "others" :
		    names.bytes);
	else
		rp_fault(f, counted->line, 1, "the case has no population "
		    "'%.60s'; it has %s", counted->name, names.failed ?
		    "others" : names.bytes);
	rp_text_release(&names);
}

static uint64_t
certificates_of(const struct rp_node *population)
{
	const char *text = rp_scalar_text(rp_node_find(population,
	    "certificates"));
	struct rp_count n;

	return text != NULL && rp_count_parse(text, &n, NULL) == RP_OK ?
	    rp_count_n(n) : 0;
}

static rp_status
check_names(const struct rp_counts_file *file, const struct rp_doc *doc,
    FILE *talk, struct rp_counts_taken *taken, struct rp_err *err)
{
	struct rp_faults f;
	const struct rp_node *node;
	rp_status rc = RP_OK;

	rp_faults_init(&f, file->source);
	for (size_t i = 0; i < file->counts.n; i++) {
		node = find_population(doc, file->counts.population[i].name);
		if (node == NULL)
			unknown_population(&f, doc,
			    &file->counts.population[i]);
		else
			taken->before[i] = certificates_of(node);
	}
	if (f.n + f.dropped > 0)
		rc = rp_counts_faults(&f, talk, err);
	rp_faults_release(&f);
	return rc;
}

/* ---- the record --------------------------------------------------------- */

/* "counts.csv, SHA-256 12ab...": an export keeps what a record says. */
static rp_status
source_of(const struct rp_counts_file *file, struct rp_text *out,
    struct rp_err *err)
{
	const char *slash = strrchr(file->source, '/');
	char hex[RP_SHA256_HEX];

	rp_text_safe(out, slash != NULL ? slash + 1 : file->source);
	rp_text_printf(out, RP_COUNTS_MARK "%s", rp_sha256_hex(&file->digest,
	    hex));
	return out->failed ? rp_fail(err, RP_ENOMEM, "out of memory") : RP_OK;
}

static rp_status
put_all(const struct rp_counts_file *file, struct rp_doc *doc,
    struct rp_err *err)
{
	struct rp_text source = { 0 };
	struct putting p = { .file = file, .doc = doc };
	rp_status rc = source_of(file, &source, err);

	p.source = source.bytes;
	for (size_t i = 0; i < file->counts.n && rc == RP_OK && !p.failed; i++)
		put_population(&p, &file->counts.population[i],
		    find_population(doc, file->counts.population[i].name));
	rp_text_release(&source);
	if (rc != RP_OK || !p.failed)
		return rc;
	return rp_doc_is_full(doc) ? rp_fail(err, RP_EINPUT, "'%s' would make "
	    "a case of more than %d values; count by months, or take fewer "
	    "populations", file->source, RP_DOC_NODES) :
	    rp_fail(err, RP_ENOMEM, "out of memory for counts");
}

static rp_status
import_within(struct rp_store *st, const struct rp_counts_file *file,
    const struct rp_keeping *keep, struct rp_doc *doc,
    struct rp_counts_taken *taken, struct rp_text *notes, struct rp_err *err)
{
	struct rp_keeping with = *keep;
	rp_status rc = check_names(file, doc, keep->talk, taken, err);

	if (rc == RP_OK) {
		rp_counts_notes(file, doc, notes);
		rc = put_all(file, doc, err);
	}
	with.root = rp_doc_root(doc);
	if (rc == RP_OK)
		rc = rp_import_within(st, &with, err);
	return rc;
}

/* What was put into the scenario has the lines of what stood there. */
static rp_status
check_case(struct rp_store *st, const struct rp_keeping *keep,
    struct rp_err *err)
{
	const struct rp_places_new new = { .source = "scenario on record",
	    .record = (int64_t)keep->out->record };

	return rp_places_check(st, &new, keep->talk, err);
}

rp_status
rp_store_import_counts(struct rp_store *st, const struct rp_counts_file *file,
    struct rp_instant now, FILE *talk, struct rp_receipt *out,
    struct rp_counts_taken *taken, struct rp_err *err)
{
	const struct rp_keeping keep = { .talk = talk, .out = out,
	    .scenario_only = true, .what = { .source = file->source,
	    .digest = file->digest, .has_recorded = true, .recorded = now } };
	struct rp_text notes = { 0 };
	struct rp_doc *doc = NULL;
	rp_status rc;

	*out = (struct rp_receipt){ 0 };
	*taken = (struct rp_counts_taken){ .n = file->counts.n };
	taken->before = calloc(file->counts.n + 1, sizeof(*taken->before));
	if (taken->before == NULL)
		return rp_fail(err, RP_ENOMEM, "out of memory for counts");
	rc = rp_store_begin(st, true, err);
	if (rc != RP_OK)
		return rc;
	rc = rp_store_load_doc(st, &doc, err);
	if (rc == RP_OK)
		rc = import_within(st, file, &keep, doc, taken, &notes, err);
	rp_doc_free(doc);
	if (rc == RP_OK && out->record != 0)
		rc = check_case(st, &keep, err);
	if (rc == RP_OK && out->record != 0)
		rc = rp_store_commit(st, err);
	else
		rp_store_rollback(st);
	if (rc != RP_OK)
		*out = (struct rp_receipt){ 0 };
	else if (talk != NULL && notes.bytes != NULL && !notes.failed)
		(void)fputs(notes.bytes, talk);
	rp_text_release(&notes);
	return rc;
}

void
rp_counts_taken_release(struct rp_counts_taken *taken)
{
	free(taken->before);
	*taken = (struct rp_counts_taken){ 0 };
}
