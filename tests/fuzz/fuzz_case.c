/*
 * fuzz_case.c - any bytes as a case: YAML, bound, seen by several readers,
 * held against what was said, and once more after a way through the store.
 */
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include "read/bind.h"
#include "revplan/claims.h"
#include "store/store.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

/* What is valid must be so after the store too, with the same numbers. */
static void
check_store(const struct rp_doc *doc, const struct rp_case *cs)
{
	struct rp_import what = { .source = "fuzz" };
	struct rp_store *st = NULL;
	struct rp_case *again = NULL;
	struct rp_files files = rp_files_folder("/nonexistent");
	struct rp_faults f;
	struct rp_err err = { 0 };

	rp_faults_init(&f, "fuzz");
	if (rp_store_open_memory(&st, &err) != RP_OK ||
	    rp_store_keep(st, rp_doc_root(doc), &what, &err) != RP_OK ||
	    rp_store_load(st, &files, &f, &again, &err) != RP_OK ||
	    f.n != 0 || strcmp(again->id, cs->id) != 0 ||
	    rp_count_n(again->total) != rp_count_n(cs->total) ||
	    again->n_populations != cs->n_populations ||
	    again->n_plans != cs->n_plans ||
	    again->n_actuals != cs->n_actuals ||
	    again->n_facts != cs->n_facts ||
	    again->n_updates != cs->n_updates ||
	    again->n_claims != cs->n_claims ||
	    again->n_commitments != cs->n_commitments ||
	    again->n_requests != cs->n_requests ||
	    again->n_forecasts != cs->n_forecasts)
		abort();
	rp_case_free(again);
	rp_store_close(st);
	rp_faults_release(&f);
}

/* What a view points at is in the view, and ways through it end. */
static void
check_links(const struct rp_case *cs)
{
	size_t i, k;
	int c, steps;

	for (i = 0; i < cs->n_facts; i++)
		if (cs->fact[i].answers >= (int)cs->n_facts)
			abort();
	for (i = 0; i < cs->n_claims; i++) {
		for (k = 0; k < cs->claim[i].n_kept; k++)
			if (cs->claim[i].kept[k] >= (int)cs->n_claims)
				abort();
		steps = 0;
		for (c = (int)i; c >= 0; c = cs->claim[c].changes)
			if (c >= (int)cs->n_claims ||
			    ++steps > (int)cs->n_claims)
				abort();
	}
}

/* Any case has a ledger, and each row of it something to say. */
static void
check_claims(const struct rp_case *view, struct rp_when as_of,
    enum rp_view which)
{
	struct rp_claims *l = NULL;
	struct rp_err err = { 0 };
	const struct rp_said_row *row;
	size_t n, i;

	if (rp_claims(view, as_of, which, &l, &err) != RP_OK)
		abort();
	row = rp_claims_rows(l, &n);
	for (i = 0; i < n; i++)
		if (row[i].what[0] == '\0' || row[i].detail == NULL ||
		    row[i].late_least_s > row[i].late_most_s ||
		    row[i].has_late != (row[i].late_most_s > 0))
			abort();
	rp_claims_free(l);
}

static void
check_views(const struct rp_case *cs)
{
	struct rp_when days[2] = { cs->aware };
	struct rp_case *view = NULL;
	struct rp_err err = { 0 };
	int i;

	days[1] = rp_when_exact(cs->simulation.horizon);
	for (i = 0; i < 6; i++) {
		if (rp_case_view(cs, i / 2 < 2 ? &days[i / 2] : NULL,
		    i % 2 == 0 ? RP_VIEW_INTERNAL : RP_VIEW_PUBLIC, &view,
		    &err) != RP_OK)
			abort();
		if (view->n_plans > cs->n_plans ||
		    view->n_actuals > cs->n_actuals ||
		    view->n_facts > cs->n_facts ||
		    rp_count_n(view->base) == 0)
			abort();
		check_links(view);
		check_claims(view, days[i / 2 < 2 ? i / 2 : 1],
		    i % 2 == 0 ? RP_VIEW_INTERNAL : RP_VIEW_PUBLIC);
		rp_case_free(view);
	}
}

/* Owners have what the population has, each of them something. */
static void
check_owners(const struct rp_population *p)
{
	uint64_t subscribers = 0, certificates = 0, n;
	size_t i;

	for (i = 0; i < p->owns.n_classes; i++) {
		n = rp_count_n(p->owns.owners[i].subscribers);
		if (n == 0 || n > rp_count_n(p->owns.owners[i].certificates))
			abort();
		subscribers += n;
		certificates += rp_count_n(p->owns.owners[i].certificates);
	}
	if (p->owns.kind == RP_OWNS_CLASSES &&
	    (subscribers != rp_count_n(p->subscribers) ||
	    certificates != rp_count_n(p->certificates)))
		abort();
	if ((p->owns.kind == RP_OWNS_LAW) != (p->owns.size.dist != NULL) ||
	    (p->has_renewal && !p->has_expiry) || !(p->validity_s > 0))
		abort();
}

static void
check_steps(const struct rp_path *path)
{
	const struct rp_step_poll *poll;
	size_t i, k;

	if (path->n_steps == 0)
		abort();
	for (i = 0; i < path->n_steps; i++) {
		if (path->step[i].what == NULL)
			abort();
		if (path->step[i].kind == RP_STEP_BRANCH)
			check_steps(&path->step[i].as.branch.path);
		if (path->step[i].kind != RP_STEP_POLL)
			continue;
		poll = &path->step[i].as.poll;
		for (k = 0; k < poll->n_kinds; k++)
			if (poll->kind[k].step->as.poll.n_kinds != 0 ||
			    poll->kind[k].step->as.poll.client == NULL ||
			    !(poll->kind[k].step->as.poll.renews.fixed >= 0))
				abort();
	}
}

/* What the engine takes for granted of a case without faults. */
static void
check_populations(const struct rp_case *cs)
{
	const struct rp_correlation *c;
	const struct rp_event *e;
	struct rp_faults notes;
	size_t i;

	for (i = 0; i < cs->n_populations; i++) {
		check_owners(&cs->population[i]);
		check_steps(&cs->population[i].path);
	}
	for (i = 0; i < cs->n_events; i++) {
		e = &cs->event[i];
		if (e->kind == RP_EVENT_RISK)
			e = e->then;
		if (e->kind == RP_EVENT_RISK ||
		    e->population >= (int)cs->n_populations)
			abort();
		if (e->kind == RP_EVENT_ROLLOUT)
			check_steps(&e->path);
	}
	for (i = 0; i < cs->simulation.n_correlations; i++) {
		c = &cs->simulation.correlation[i];
		if (strcmp(c->between[0], c->between[1]) == 0 ||
		    !(c->rank > -1 && c->rank < 1))
			abort();
	}
	rp_faults_init(&notes, "fuzz");
	rp_notes(cs, &notes);
	rp_faults_release(&notes);
}

static void
bind_doc(const struct rp_doc *doc, struct rp_faults *f)
{
	struct rp_case *cs = NULL;
	struct rp_err err = { 0 };
	size_t before = f->n + f->dropped;
	struct rp_files files = rp_files_folder("/nonexistent");
	rp_status rc = rp_bind(doc, &files, f, &cs, &err);

	if ((rc == RP_OK) != (cs != NULL) ||
	    (rc == RP_OK && f->n + f->dropped != before) ||
	    (rc == RP_EINPUT && f->n + f->dropped == before))
		abort();
	if (rc == RP_OK) {
		check_populations(cs);
		check_views(cs);
	}
	if (rc == RP_OK && before == 0)
		check_store(doc, cs);
	rp_case_free(cs);
}

int
LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	struct rp_faults f;
	struct rp_doc *doc = NULL;
	struct rp_err err = { 0 };

	rp_faults_init(&f, "fuzz");
	if (rp_doc_read_yaml((const char *)data, size, &f, &doc, &err) ==
	    RP_OK)
		bind_doc(doc, &f);
	rp_doc_free(doc);
	rp_faults_release(&f);
	return 0;
}
