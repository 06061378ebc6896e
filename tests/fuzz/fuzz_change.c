/*
 * fuzz_change.c - any bytes as a change, put upon a small case.
 */
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include "read/bind.h"
#include "read/change.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static const char base[] =
    "revplan: 1\n"
    "incident: {id: x, certificate: subscriber, total: 30,\n"
    "  reason: not-per-requirements, aware: 2026-03-02T09:15Z}\n"
    "simulation: {trials: 100, seed: 7}\n"
    "calendars:\n"
    "  c: {zone: UTC, week: mon-fri}\n"
    "populations:\n"
    "  - name: a\n"
    "    certificates: {value: 10, basis: stated, source: comment 1}\n"
    "    path: [{wait: {what: w, time: 1 d}}]\n"
    "  - {name: bank, certificates: 20, calendar: c,\n"
    "     path: [{team: {what: t, rate: 5/working-day}}]}\n"
    "events:\n"
    "  - cutoff: {on: 2026-09-30}\n";

static struct rp_doc *
read_base(void)
{
	struct rp_faults f;
	struct rp_doc *doc = NULL;
	struct rp_err err = { 0 };

	rp_faults_init(&f, "base");
	if (rp_doc_read_yaml(base, strlen(base), &f, &doc, &err) != RP_OK)
		abort();
	rp_faults_release(&f);
	return doc;
}

/* Each fault is of one of the two files, and at a place of it. */
static void
check_faults(struct rp_faults *f)
{
	rp_faults_sort(f);
	for (size_t i = 0; i < f->n; i++) {
		if ((f->fault[i].line & ~RP_LINE_CHANGE) == 0 ||
		    f->fault[i].col == 0 ||
		    strpbrk(f->fault[i].text, "\n\033") != NULL)
			abort();
	}
}

static void
put_upon(struct rp_doc *change, struct rp_faults *f)
{
	struct rp_doc *doc = read_base();
	struct rp_files files = rp_files_folder("/nonexistent");
	struct rp_case *cs = NULL;
	struct rp_err err = { 0 };
	rp_status rc = rp_change_apply(doc, change, f, &err);

	if (rc != RP_OK && (rc != RP_EINPUT || f->n + f->dropped == 0))
		abort();
	rc = rp_bind(doc, &files, f, &cs, &err);
	/* What was left out is known already, and the case goes on. */
	if (rc == RP_OK ? cs == NULL : cs != NULL ||
	    (rc == RP_EINPUT && f->n + f->dropped == 0))
		abort();
	rp_case_free(cs);
	rp_doc_free(doc);
}

int
LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	struct rp_faults f;
	struct rp_doc *change = NULL;
	struct rp_err err = { 0 };

	rp_faults_init(&f, "fuzz");
	if (rp_doc_read_yaml((const char *)data, size, &f, &change, &err) ==
	    RP_OK && f.n + f.dropped == 0 && rp_change_key(change) != NULL)
		put_upon(change, &f);
	check_faults(&f);
	rp_doc_free(change);
	rp_faults_release(&f);
	return 0;
}
