/*
 * fuzz_bugzilla.c - any bytes as a saved bug: what can be read gives a valid
 * case, and the same again gives nothing new.
 */
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "read/tree.h"
#include "store/bug.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static const char scenario[] =
    "revplan: 1\n"
    "incident: {id: x, certificate: subscriber,\n"
    "  reason: not-per-requirements, aware: 2026-03-02T09:15Z}\n"
    "populations:\n"
    "  - {name: a, certificates: 10, path: [{wait: {what: w, time: 1 d}}]}\n";

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

/* The items are of one bug, all of them at the first time and none again. */
static void
check_import(const struct rp_bug_items *items)
{
	struct rp_err err = { 0 };
	struct rp_receipt once, again;
	struct rp_store *st = new_store(&err);
	const struct rp_node *root = rp_doc_root(items->doc);
	const size_t n = root->first->n + root->first->next->n;

	if (rp_store_import_bug(st, items, rp_instant_of_s(0), stderr, &once,
	    &err) != RP_OK)
		fail("not a case", &err);
	if (once.n_new != n || once.n_same != 0 || once.n_corrected != 0 ||
	    (once.record == 0) != (n == 0))
		fail("not all of it is new", &err);
	if (rp_store_import_bug(st, items, rp_instant_of_s(0), NULL, &again,
	    &err) != RP_OK || again.record != 0 || again.n_same != n ||
	    again.n_absent != 0)
		fail("not the same again", &err);
	rp_store_close(st);
}

static void
check_bug(struct rp_bug *bug, const struct rp_bug_who *who)
{
	struct rp_bug_items items = { .number = bug->number,
	    .source = (char *)(uintptr_t)"fuzz" };
	struct rp_err err = { 0 };

	if (rp_bug_roles(bug, who, &err) != RP_OK ||
	    rp_bug_facts(bug, NULL, &items.doc, &err) != RP_OK)
		fail("no facts", &err);
	check_import(&items);
	rp_doc_free(items.doc);
}

int
LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	const struct rp_bug_file file = { "fuzz", (const char *)data, size };
	const struct rp_bug_who nobody = { { 0, NULL }, { 0, NULL } };
	struct rp_bug_who who = nobody;
	struct rp_bug bug;
	struct rp_err err = { 0 };
	rp_status rc;

	(void)rp_bug_is_one((const char *)data, size);
	rc = rp_bug_read(&file, 1, &bug, &err);
	if ((rc == RP_OK) != (err.text[0] == '\0'))
		fail("without a word", &err);
	if (rc != RP_OK)
		return 0;
	check_bug(&bug, &nobody);
	if (bug.n_comments > 0) {
		who.ca = (struct rp_bug_names){ 1, &bug.comment[0].by };
		check_bug(&bug, &who);
	}
	rp_bug_release(&bug);
	return 0;
}
