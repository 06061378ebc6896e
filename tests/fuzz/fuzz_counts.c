/*
 * fuzz_counts.c - any bytes as counts of populations: in pieces of any length
 * they say the same, sums agree, and what a case takes it takes once.
 */
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "read/counts.h"
#include "store/counts.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static const char scenario[] =
    "revplan: 1\n"
    "incident: {id: x, certificate: subscriber,\n"
    "  reason: not-per-requirements, aware: 2026-03-02T09:15Z}\n"
    "populations:\n"
    "  - {name: a, certificates: 10, path: [{wait: {what: w, time: 1 d}}]}\n"
    "  - {name: b, certificates: 10, expiry: 2026-09-01,\n"
    "    path: [{wait: {what: w, time: 1 d}}]}\n";

static void
fail(const char *what, const struct rp_err *err)
{
	(void)fprintf(stderr, "%s: %s\n", what, err->text);
	abort();
}

static struct rp_store *
new_store(struct rp_err *err)
{
	const struct rp_import what = { .source = "fuzz" };
	struct rp_store *st = NULL;
	struct rp_doc *doc = NULL;
	struct rp_faults f;

	rp_faults_init(&f, "fuzz");
	if (rp_store_open_memory(&st, err) != RP_OK ||
	    rp_doc_read_yaml(scenario, strlen(scenario), &f, &doc, err) !=
	    RP_OK || rp_store_keep(st, rp_doc_root(doc), &what, err) != RP_OK)
		fail("no store", err);
	rp_doc_free(doc);
	rp_faults_release(&f);
	return st;
}

/* step: bytes at a time. */
static rp_status
read_counts(const uint8_t *data, size_t size, size_t step,
    struct rp_faults *f, struct rp_counts *out, struct rp_err *err)
{
	struct rp_counting *c = rp_counting_new(f);
	rp_status rc;

	if (c == NULL)
		fail("no memory", err);
	for (size_t i = 0; i < size; i += step)
		if (!rp_counting_add(c, (const char *)data + i,
		    size - i < step ? size - i : step))
			break;
	rc = rp_counting_end(c, 3, out, err);
	rp_counting_free(c);
	if ((rc == RP_OK) != (f->n == 0) || (rc != RP_OK && rc != RP_EINPUT))
		fail("without a word", err);
	return rc;
}

static void
check_population(const struct rp_counts_population *p)
{
	struct rp_err err = { 0 };
	uint64_t owned = 0, owners = 0, expire = p->unknown;

	for (size_t i = 0; i < p->n_classes; i++) {
		owned += p->class[i].certificates;
		owners += p->class[i].subscribers;
	}
	for (size_t i = 0; i < p->n_buckets; i++) {
		expire += p->bucket[i].certificates;
		if (p->bucket[i].from >= p->bucket[i].until || (i > 0 &&
		    p->bucket[i].from < p->bucket[i - 1].until))
			fail("expiries out of order", &err);
	}
	if (owned != p->certificates || owners != p->subscribers ||
	    expire != p->certificates || p->certificates == 0 ||
	    p->n_classes > 3 || p->n_classes > p->n_sizes ||
	    !(p->widest >= 1.0) || !(p->bond.excess >= 0.0) ||
	    p->bond.excess > 0.25 + 1e-9)
		fail("sums differ", &err);
}

static void
check_import(const struct rp_counts *counts)
{
	const struct rp_counts_file file = { .source = "fuzz",
	    .counts = *counts };
	struct rp_err err = { 0 };
	struct rp_receipt once, again;
	struct rp_counts_taken taken;
	struct rp_store *st = new_store(&err);
	rp_status rc = rp_store_import_counts(st, &file, rp_instant_of_s(0),
	    NULL, &once, &taken, &err);

	rp_counts_taken_release(&taken);
	if ((rc == RP_OK) != (err.text[0] == '\0') ||
	    (rc != RP_OK && rc != RP_EINPUT) ||
	    (rc == RP_OK) != (once.record != 0))
		fail("neither imported nor refused", &err);
	if (rc == RP_OK) {
		if (rp_store_import_counts(st, &file, rp_instant_of_s(0), NULL,
		    &again, &taken, &err) != RP_OK || again.record != 0)
			fail("not the same again", &err);
		for (size_t i = 0; i < taken.n; i++)
			if (taken.before[i] !=
			    counts->population[i].certificates)
				fail("not what was counted", &err);
		rp_counts_taken_release(&taken);
	}
	rp_store_close(st);
}

int
LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	struct rp_counts whole, pieces;
	struct rp_faults f, g;
	struct rp_err err = { 0 };
	rp_status rc;

	rp_faults_init(&f, "fuzz");
	rp_faults_init(&g, "fuzz");
	rc = read_counts(data, size, size + 1, &f, &whole, &err);
	if (read_counts(data, size, 7, &g, &pieces, &err) != rc ||
	    f.n != g.n || whole.n != pieces.n)
		fail("pieces say something else", &err);
	for (size_t i = 0; i < f.n; i++)
		if (f.fault[i].line != g.fault[i].line ||
		    f.fault[i].col != g.fault[i].col ||
		    strcmp(f.fault[i].text, g.fault[i].text) != 0)
			fail("faults differ", &err);
	for (size_t i = 0; i < whole.n; i++)
		check_population(&whole.population[i]);
	if (rc == RP_OK)
		check_import(&whole);
	rp_counts_release(&whole);
	rp_counts_release(&pieces);
	rp_faults_release(&f);
	rp_faults_release(&g);
	return 0;
}
