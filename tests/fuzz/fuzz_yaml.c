/*
 * fuzz_yaml.c - any bytes as YAML, and what becomes a tree through JSON.
 */
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include "read/doc.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static void
check_faults(struct rp_faults *f)
{
	rp_faults_sort(f);
	for (size_t i = 0; i < f->n; i++) {
		if (f->fault[i].line == 0 || f->fault[i].col == 0 ||
		    strpbrk(f->fault[i].text, "\n\033") != NULL)
			abort();
	}
}

/* What comes back must be the same to the last byte. */
static void
check_round_trip(const struct rp_doc *doc)
{
	struct rp_err err = { 0 };
	struct rp_doc *again = NULL;
	char *json = NULL, *same = NULL;

	if (rp_node_to_json(rp_doc_root(doc), &json, &err) != RP_OK ||
	    rp_doc_of_json(json, &again, &err) != RP_OK ||
	    rp_node_to_json(rp_doc_root(again), &same, &err) != RP_OK ||
	    strcmp(json, same) != 0)
		abort();
	rp_doc_free(again);
	free(json);
	free(same);
}

int
LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	struct rp_faults f;
	struct rp_doc *doc = NULL;
	struct rp_err err = { 0 };
	rp_status rc;

	rp_faults_init(&f, "fuzz");
	rc = rp_doc_read_yaml((const char *)data, size, &f, &doc, &err);
	check_faults(&f);
	if (rc == RP_OK)
		check_round_trip(doc);
	else if (rc != RP_EINPUT || f.n + f.dropped == 0 || doc != NULL)
		abort();
	rp_doc_free(doc);
	rp_faults_release(&f);
	return 0;
}
