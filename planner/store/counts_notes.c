/*
 * store/counts_notes.c - what counts cannot say, and what the model leaves
 * out of them.
 */
#include "store/counts_notes.h"

#include <inttypes.h>
#include <string.h>

#include "store/record.h"

#define DAY_S 86400

/* Names of one note; the others are counted. */
#define NAMES 8

/* From which share of all certificates on it is told that size and expiry go
 * together: below, trials vary by as much. */
#define BOND 0.02

/* ---- the file ----------------------------------------------------------- */

static void
note_columns(const struct rp_counts_file *file, struct rp_text *out)
{
	const struct rp_counts *c = &file->counts;

	if (c->n_unused == 1)
		rp_text_printf(out, "column '%.60s' of '%s' is not used\n",
		    c->unused, file->source);
	else if (c->n_unused > 1)
		rp_text_printf(out, "%zu columns of '%s' are not used, '%.60s' "
		    "the first of them\n", c->n_unused, file->source,
		    c->unused);
	if (c->n_repeated > 0)
		rp_text_printf(out, "%" PRIu64 " line%s of '%s' repeat%s a "
		    "group that was there before; %s added to it\n",
		    c->n_repeated, c->n_repeated == 1 ? "" : "s",
		    file->source, c->n_repeated == 1 ? "s" : "",
		    c->n_repeated == 1 ? "it was" : "they were");
}

/* date_trunc() and its like give the first day of what is meant. */
static void
note_days(const struct rp_counts_file *file, struct rp_text *out)
{
	if (file->counts.looks_monthly)
		rp_text_printf(out, "every expiry in '%s' is the first day of "
		    "a month, and was taken as that day; where the month is "
		    "meant, write 2026-03\n", file->source);
	else if (file->counts.looks_weekly)
		rp_text_printf(out, "every expiry in '%s' is a Monday, and was "
		    "taken as that day; where the week is meant, write "
		    "2026-W10\n", file->source);
}

/* ---- the case ----------------------------------------------------------- */

/* The first population of a case; NULL: there is none. */
static const struct rp_node *
first_population(const struct rp_node *root)
{
	const struct rp_node *list = rp_node_find(root, "populations");

	return list != NULL && list->kind == RP_NODE_LIST ? list->first : NULL;
}

static const struct rp_node *
find_population(const struct rp_node *root, const char *name)
{
	const struct rp_node *node = first_population(root);
	const char *own;

	for (; node != NULL; node = node->next) {
		own = node->kind != RP_NODE_MAP ? NULL :
		    rp_scalar_text(rp_node_find(node, "name"));
		if (own != NULL && strcmp(own, name) == 0)
			return node;
	}
	return NULL;
}

static bool
is_counted(const struct rp_counts *c, const char *name)
{
	for (size_t i = 0; i < c->n; i++)
		if (strcmp(c->population[i].name, name) == 0)
			return true;
	return false;
}

static void
note_others(const struct rp_counts_file *file, const struct rp_doc *doc,
    struct rp_text *out)
{
	const struct rp_node *node = first_population(rp_doc_root(doc));
	struct rp_text names = { 0 };
	size_t n = 0;

	for (; node != NULL; node = node->next) {
		const char *name = rp_scalar_text(rp_node_find(node, "name"));

		if (name == NULL || is_counted(&file->counts, name))
			continue;
		if (n++ < NAMES)
			rp_text_printf(&names, "%s'%.60s'", n == 1 ? "" : ", ",
			    name);
	}
	if (n > NAMES)
		rp_text_printf(&names, " and %zu more", n - NAMES);
	if (n > 0 && !names.failed)
		rp_text_printf(out, "not in '%s', and left as %s: %s\n",
		    file->source, n == 1 ? "it is" : "they are", names.bytes);
	rp_text_release(&names);
}

/* Whether some of the owners that are replaced have names. */
static bool
has_names(const struct rp_node *owns)
{
	const struct rp_node *class;

	if (owns != NULL && owns->kind == RP_NODE_MAP)
		owns = rp_node_find(owns, "value");
	if (owns == NULL || owns->kind != RP_NODE_LIST)
		return false;
	for (class = owns->first; class != NULL; class = class->next)
		if (rp_node_find(class, "name") != NULL)
			return true;
	return false;
}

static void
note_owners(const struct rp_doc *doc, const struct rp_counts_population *p,
    struct rp_text *out)
{
	const struct rp_node *node = find_population(rp_doc_root(doc),
	    p->name);

	if (node != NULL && has_names(rp_node_find(node, "owns")))
		rp_text_printf(out, "'%.60s': owners had names, which counts "
		    "do not have\n", p->name);
	if (p->n_classes < p->n_sizes)
		rp_text_printf(out, "'%.60s': %zu sizes of subscribers were "
		    "put together to %zu classes; within one they differ by "
		    "%.2g%% at most, and its sums are exact\n", p->name,
		    p->n_sizes, p->n_classes, 100 * (p->widest - 1));
}

/* ---- expiries ----------------------------------------------------------- */

static void
note_unknown(const struct rp_counts_file *file,
    const struct rp_counts_population *p, struct rp_text *out)
{
	if (p->unknown == 0)
		return;
	if (p->n_buckets == 0)
		rp_text_printf(out, "'%.60s': '%s' has no expiry; that of the "
		    "case is left as it is\n", p->name, file->source);
	else
		rp_text_printf(out, "'%.60s': %" PRIu64 " of %" PRIu64
		    " certificates have no expiry; they are taken to expire "
		    "as the others do\n", p->name, p->unknown,
		    p->certificates);
}

/* Certificates that had expired by awareness were not affected. */
static void
note_expired(const struct rp_doc *doc, const struct rp_counts_population *p,
    struct rp_text *out)
{
	const struct rp_node *incident = rp_node_find(rp_doc_root(doc),
	    "incident");
	const char *text = rp_scalar_text(rp_node_find(incident, "aware"));
	struct rp_when aware;
	uint64_t n = 0;

	if (text == NULL || rp_when_parse(text, &aware, NULL) != RP_OK)
		return;
	for (size_t i = 0; i < p->n_buckets; i++)
		if ((int64_t)p->bucket[i].until * DAY_S <=
		    rp_instant_s(aware.from))
			n += p->bucket[i].certificates;
	if (n > 0)
		rp_text_printf(out, "'%.60s': %" PRIu64 " certificate%s "
		    "expired before awareness; leave them out of the counts\n",
		    p->name, n, n == 1 ? "" : "s");
}

static void
note_bond(const struct rp_counts_population *p, struct rp_text *out)
{
	const struct rp_counts_bond *b = &p->bond;
	char day[RP_INSTANT_TEXT];

	if (b->excess < BOND)
		return;
	rp_text_printf(out, "'%.60s': size and expiry go together: of the "
	    "certificates of subscribers with more than %" PRIu64 " %.0f%% "
	    "expire before %s, of all %.0f%%; they are taken as independent, "
	    "so two populations, split by size, would be nearer to it\n",
	    p->name, b->size, 100 * b->of_larger, rp_instant_format_date(
	    rp_instant_of_s((int64_t)b->before * DAY_S), day),
	    100 * b->of_all);
}

void
rp_counts_notes(const struct rp_counts_file *file, const struct rp_doc *doc,
    struct rp_text *out)
{
	note_columns(file, out);
	note_days(file, out);
	note_others(file, doc, out);
	for (size_t i = 0; i < file->counts.n; i++) {
		const struct rp_counts_population *p =
		    &file->counts.population[i];

		note_owners(doc, p, out);
		note_unknown(file, p, out);
		note_expired(doc, p, out);
		note_bond(p, out);
	}
}

/* ---- a scenario that comes later ---------------------------------------- */

/* "counts.csv, SHA-256 12ab..."; NULL: its certificates were not counted. */
static const char *
counted_from(const struct rp_node *population)
{
	const struct rp_node *value;
	const char *source = NULL;

	if (population == NULL || population->kind != RP_NODE_MAP)
		return NULL;
	value = rp_node_find(population, "certificates");
	if (value != NULL && value->kind == RP_NODE_MAP)
		source = rp_scalar_text(rp_node_find(value, "source"));
	return source != NULL && strstr(source, RP_COUNTS_MARK) != NULL ?
	    source : NULL;
}

void
rp_counts_lost(const struct rp_node *before, const struct rp_node *now,
    struct rp_text *out)
{
	const struct rp_node *node = first_population(before);

	for (; node != NULL; node = node->next) {
		const char *source = counted_from(node), *name, *other;

		if (source == NULL)
			continue;
		name = rp_scalar_text(rp_node_find(node, "name"));
		other = name == NULL ? NULL : counted_from(find_population(now,
		    name));
		if (name != NULL && (other == NULL ||
		    strcmp(other, source) != 0))
			rp_text_printf(out, "'%.60s': the scenario takes the "
			    "place of what was counted (%.*s); import the "
			    "counts again to have it back\n", name,
			    (int)(strstr(source, RP_COUNTS_MARK) - source),
			    source);
	}
}
