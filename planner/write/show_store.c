/* What the commands on a store print: receipts, and what a walk found. */
#include "write/show_store.h"

#include <inttypes.h>
#include <string.h>

#include "write/json.h"
#include "write/tables.h"

/* More kinds than there are. */
#define KINDS 32

struct tally {
	const char *kind;
	uint64_t first;		/* the number of the record's first item */
	size_t n;
};

static rp_status
finish(const struct rp_text *out, struct rp_err *err)
{
	if (out->failed)
		return rp_fail(err, RP_ENOMEM, "no memory for the result");
	return RP_OK;
}

/* The tally of a kind, made where there is none; KINDS: there is no room. */
static size_t
tally_of(struct tally kinds[KINDS], size_t *used,
    const struct rp_history_row *row)
{
	size_t k;

	for (k = 0; k < *used; k++)
		if (strcmp(kinds[k].kind, row->kind) == 0)
			return k;
	if (k < KINDS)
		kinds[(*used)++] = (struct tally){ row->kind, row->item, 0 };
	return k;
}

/*
 * How many items of each kind a record added that correct nothing of an
 * earlier record.  Numbers ascend, so what is below the first is earlier.
 */
static size_t
count_new(const struct rp_history *h, uint64_t record,
    struct tally kinds[KINDS])
{
	size_t n, i, k, used = 0, kept = 0;
	const struct rp_history_row *row = rp_history_rows(h, &n);

	for (i = 0; i < n; i++) {
		if (row[i].record != record || row[i].item == 0)
			continue;
		k = tally_of(kinds, &used, &row[i]);
		if (k < KINDS && (row[i].replaces == 0 ||
		    row[i].replaces >= kinds[k].first))
			kinds[k].n++;
	}
	for (k = 0; k < used; k++)
		if (kinds[k].n > 0)
			kinds[kept++] = kinds[k];
	return kept;
}

/* The item that a record was made for; NULL: none. */
static const struct rp_history_row *
find_row(const struct rp_history *h, const struct rp_receipt *r)
{
	size_t n, i;
	const struct rp_history_row *row = rp_history_rows(h, &n);

	for (i = n; i-- > 0;)
		if (row[i].record == r->record && row[i].item == r->item)
			return &row[i];
	return NULL;
}

/* ---- import ------------------------------------------------------------- */

/* "2 plans, 7 actuals and 1 fact", behind what stands there already. */
static void
text_kinds(const struct tally *kinds, size_t n, bool first,
    struct rp_text *out)
{
	const char *between;
	size_t i;

	for (i = 0; i < n; i++) {
		between = i + 1 < n ? ", " : " and ";
		rp_text_printf(out, "%s%zu %s%s",
		    i == 0 && first ? "" : between, kinds[i].n, kinds[i].kind,
		    kinds[i].n == 1 ? "" : "s");
	}
}

/* "scenario, 2 plans and 7 actuals new", "scenario changed; 1 actual new". */
static void
text_new(const struct rp_receipt *r, const struct rp_history *h,
    struct rp_text *out)
{
	bool whole = r->scenario && r->record == 1;
	struct tally kinds[KINDS];
	size_t n = count_new(h, r->record, kinds);

	if (whole)
		rp_text_puts(out, "scenario");
	else if (r->scenario)
		rp_text_puts(out, n > 0 ? "scenario changed; " :
		    "scenario changed");
	text_kinds(kinds, n, !whole, out);
	if (n > 0 || whole)
		rp_text_puts(out, " new");
	else if (!r->scenario)
		rp_text_puts(out, "no item new");
}

static void
text_import(const struct rp_receipt *r, const struct rp_history *h,
    struct rp_text *out)
{
	if (r->record == 0) {
		rp_text_puts(out, "nothing new, no record made");
	} else {
		rp_text_printf(out, "record %" PRIu64 ": ", r->record);
		text_new(r, h, out);
	}
	if (r->n_corrected > 0)
		rp_text_printf(out, "; %zu corrected", r->n_corrected);
	if (r->n_same > 0)
		rp_text_printf(out, "; %zu on record already", r->n_same);
	if (r->n_absent > 0)
		rp_text_printf(out, "; %zu on record but not in the file "
		    "(%s)", r->n_absent, r->n_absent == 1 ? "it stays" :
		    "they stay");
	if (r->record != 0)
		rp_text_printf(out, " (head %s)", r->sha256);
	rp_text_puts(out, "\n");
}

/* What both receipts have; no record has no number. */
static void
json_receipt(struct rp_json *j, const struct rp_receipt *r)
{
	rp_json_begin(j);
	rp_json_set(j, j->root, "record", r->record == 0 ? json_null() :
	    rp_json_count(r->record));
	rp_json_set(j, j->root, "sha256",
	    rp_json_text(r->record == 0 ? NULL : r->sha256));
}

static void
json_import(const struct rp_receipt *r, const struct rp_history *h,
    const struct rp_table *taken, const struct rp_show *how,
    struct rp_text *out)
{
	struct tally kinds[KINDS];
	size_t n = count_new(h, r->record, kinds), i;
	struct rp_json j;
	json_t *o;

	json_receipt(&j, r);
	rp_json_set(&j, j.root, "scenario", json_boolean(r->scenario));
	rp_json_set(&j, j.root, "new", rp_json_count(r->n_new));
	rp_json_set(&j, j.root, "corrected", rp_json_count(r->n_corrected));
	rp_json_set(&j, j.root, "on_record", rp_json_count(r->n_same));
	rp_json_set(&j, j.root, "not_in_file", rp_json_count(r->n_absent));
	o = rp_json_object_at(&j, j.root, "new_by_kind");
	for (i = 0; i < n; i++)
		rp_json_set(&j, o, kinds[i].kind, rp_json_count(kinds[i].n));
	if (taken != NULL)
		rp_json_rows(&j, j.root, "taken", taken);
	rp_json_provenance(&j, &how->provenance);
	rp_json_end(&j, out);
}

rp_status
rp_show_import(const struct rp_receipt *r, const struct rp_history *h,
    const struct rp_table *taken, const struct rp_show *how,
    struct rp_text *out, struct rp_err *err)
{
	rp_status st = RP_OK;

	if (how->format == RP_FORMAT_JSON) {
		json_import(r, h, taken, how, out);
		return finish(out, err);
	}
	if (taken != NULL) {
		st = rp_show_part(taken, how, out, err);
	}
	text_import(r, h, out);
	return st == RP_OK ? finish(out, err) : st;
}

/* ---- record ------------------------------------------------------------- */

static void
text_record(const struct rp_receipt *r, const struct rp_history_row *row,
    struct rp_text *out)
{
	rp_text_printf(out, "record %" PRIu64 ": ", r->record);
	if (row != NULL) {
		rp_text_safe(out, row->kind);
		rp_text_printf(out, " %" PRIu64, row->item);
	}
	if (row != NULL && row->replaces != 0) {
		rp_text_puts(out, ", corrects ");
		rp_text_safe(out, row->kind);
		rp_text_printf(out, " %" PRIu64, row->replaces);
	}
	rp_text_printf(out, " (head %s)\n", r->sha256);
}

static void
json_record(const struct rp_receipt *r, const struct rp_history_row *row,
    const struct rp_show *how, struct rp_text *out)
{
	struct rp_json j;

	json_receipt(&j, r);
	rp_json_set(&j, j.root, "kind",
	    rp_json_text(row == NULL ? NULL : row->kind));
	rp_json_set(&j, j.root, "item", rp_json_count(r->item));
	rp_json_set(&j, j.root, "id",
	    rp_json_text(row == NULL ? NULL : row->id));
	rp_json_set(&j, j.root, "replaces", row == NULL || row->replaces == 0 ?
	    json_null() : rp_json_count(row->replaces));
	rp_json_provenance(&j, &how->provenance);
	rp_json_end(&j, out);
}

rp_status
rp_show_record(const struct rp_receipt *r, const struct rp_history *h,
    const struct rp_show *how, struct rp_text *out, struct rp_err *err)
{
	const struct rp_history_row *row = find_row(h, r);

	/* What was recorded was there before, to the letter. */
	if (r->record == 0 && how->format != RP_FORMAT_JSON)
		rp_text_puts(out, "on record already, no record made\n");
	else if (how->format == RP_FORMAT_JSON)
		json_record(r, row, how, out);
	else
		text_record(r, row, out);
	return finish(out, err);
}

/* ---- verify ------------------------------------------------------------- */

static void
text_verified(const struct rp_verified *v, struct rp_text *out)
{
	size_t i;

	for (i = 0; i < v->n_faults; i++) {
		rp_text_safe(out, v->found[i]);
		rp_text_puts(out, "\n");
	}
	rp_text_printf(out, "%zu record%s, ", v->n_records,
	    v->n_records == 1 ? "" : "s");
	if (v->n_records > 0)
		rp_text_printf(out, "head %s, ", v->sha256);
	if (v->n_faults == 0)
		rp_text_puts(out, "no fault\n");
	else
		rp_text_printf(out, "%zu fault%s\n", v->n_faults,
		    v->n_faults == 1 ? "" : "s");
}

static void
json_verified(const struct rp_verified *v, const struct rp_show *how,
    struct rp_text *out)
{
	struct rp_json j;
	json_t *faults;
	size_t i;

	rp_json_begin(&j);
	rp_json_set(&j, j.root, "records", rp_json_count(v->n_records));
	rp_json_set(&j, j.root, "head",
	    rp_json_text(v->n_records == 0 ? NULL : v->sha256));
	faults = rp_json_array_at(&j, j.root, "faults");
	for (i = 0; i < v->n_faults; i++)
		rp_json_append(&j, faults, rp_json_text(v->found[i]));
	rp_json_provenance(&j, &how->provenance);
	rp_json_end(&j, out);
}

rp_status
rp_show_verified(const struct rp_verified *v, const struct rp_show *how,
    struct rp_text *out, struct rp_err *err)
{
	if (how->format == RP_FORMAT_JSON)
		json_verified(v, how, out);
	else
		text_verified(v, out);
	return finish(out, err);
}
