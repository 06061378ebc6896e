/*
 * check/check.c - all rules of the table against one case.
 */
#include <stdlib.h>

#include "base/mem.h"
#include "check/programs.h"

/* By first moment, then last, then as in the file: a total order, because
 * qsort is not stable. */
static int
by_time(struct rp_when a, struct rp_when b)
{
	int c = rp_instant_cmp(a.from, b.from);

	return c != 0 ? c : rp_instant_cmp(a.until, b.until);
}

static int
facts_by_time(const void *a, const void *b)
{
	const struct rp_fact *x = *(const struct rp_fact *const *)a;
	const struct rp_fact *y = *(const struct rp_fact *const *)b;
	int c = by_time(x->at, y->at);

	return c != 0 ? c : (x > y) - (x < y);
}

static int
posts_by_time(const void *a, const void *b)
{
	const struct rp_update *x = *(const struct rp_update *const *)a;
	const struct rp_update *y = *(const struct rp_update *const *)b;
	int c = by_time(x->at, y->at);

	return c != 0 ? c : (x > y) - (x < y);
}

void
rp_sort_facts(const struct rp_fact **fact, size_t n)
{
	qsort(fact, n, sizeof(*fact), facts_by_time);
}

void
rp_sort_posts(const struct rp_update **post, size_t n)
{
	qsort(post, n, sizeof(*post), posts_by_time);
}

static struct rp_instant
later_of(struct rp_instant a, struct rp_instant b)
{
	return rp_instant_cmp(a, b) >= 0 ? a : b;
}

/*
 * The dates agreed to, each with the latest so far: who asks what had been
 * agreed to by a moment then finds it without a walk over all facts.
 */
static void
look_agreed(struct rp_judging *j)
{
	for (size_t i = 0; i < j->n_facts; i++) {
		const struct rp_fact *f = j->fact[i];
		struct rp_agreed *a = &j->agreed[j->n_agreed];

		if (f->kind != RP_FACT_NEXT_UPDATE)
			continue;
		*a = (struct rp_agreed){ f->at.from, f->due.until,
		    rp_when_last(f->due) };
		if (j->n_agreed > 0) {
			a->until = later_of(a->until, a[-1].until);
			a->last = later_of(a->last, a[-1].last);
		}
		j->n_agreed++;
	}
}

/* Where to begin to look from a moment on. */
static void
look_latest(struct rp_judging *j)
{
	for (size_t i = 0; i < j->n_facts; i++) {
		j->latest[i] = rp_when_last(j->fact[i]->at);
		if (i > 0)
			j->latest[i] = later_of(j->latest[i],
			    j->latest[i - 1]);
	}
}

/* Posts lie one after the other, unless their times are known too coarsely. */
static void
look_reach(struct rp_judging *j)
{
	for (size_t i = 0; i < j->n_posts; i++) {
		j->reach[i] = rp_when_last(j->post[i]->at);
		if (i > 0)
			j->reach[i] = later_of(j->reach[i], j->reach[i - 1]);
	}
}

/* What can be seen at as_of, in the order of time. */
static rp_status
look(struct rp_judging *j)
{
	const struct rp_case *cs = j->cs;

	j->fact = rp_alloc_zeroed(cs->n_facts, sizeof(const void *));
	j->post = rp_alloc_zeroed(cs->n_updates, sizeof(const void *));
	j->agreed = rp_alloc_zeroed(cs->n_facts, sizeof(*j->agreed));
	j->latest = rp_alloc_zeroed(cs->n_facts, sizeof(*j->latest));
	j->reach = rp_alloc_zeroed(cs->n_updates, sizeof(*j->reach));
	if (j->fact == NULL || j->post == NULL || j->agreed == NULL ||
	    j->latest == NULL || j->reach == NULL)
		return rp_fail(j->err, RP_ENOMEM,
		    "out of memory for the facts of the case");
	for (size_t i = 0; i < cs->n_facts; i++)
		if (rp_seen(cs->fact[i].at, cs->fact[i].has_published,
		    cs->fact[i].published, j->as_of, j->view))
			j->fact[j->n_facts++] = &cs->fact[i];
	for (size_t i = 0; i < cs->n_updates; i++)
		if (rp_seen(cs->update[i].at, false, cs->update[i].at,
		    j->as_of, j->view))
			j->post[j->n_posts++] = &cs->update[i];
	rp_sort_facts(j->fact, j->n_facts);
	rp_sort_posts(j->post, j->n_posts);
	look_latest(j);
	look_agreed(j);
	look_reach(j);
	return rp_index_facts(j);
}

rp_status
rp_check(const struct rp_case *cs, struct rp_when as_of, enum rp_view view,
    struct rp_findings **out, struct rp_err *err)
{
	struct rp_judging j = { .cs = cs, .as_of = as_of,
	    .now = rp_when_last(as_of), .view = view, .err = err };
	rp_status rc;

	j.findings = rp_findings_new();
	if (j.findings == NULL) {
		rc = rp_fail(err, RP_ENOMEM, "out of memory for the findings");
		goto out;
	}
	rc = look(&j);
	if (rc == RP_OK)
		rc = rp_findings_keep_duties(&j);
	for (size_t i = 0; i < rp_rule_count() && rc == RP_OK; i++)
		if (!rp_rule_at(i)->draft)
			rc = rp_rule_at(i)->terms->check(&j, rp_rule_at(i));
	if (rc == RP_OK)
		rc = rp_check_commitments(&j);
	if (rc == RP_OK) {
		rp_findings_sort(j.findings);
		*out = j.findings;
		j.findings = NULL;
	}
out:
	rp_release_mem(j.fact);
	rp_release_mem(j.post);
	rp_release_mem(j.agreed);
	rp_release_mem(j.reach);
	rp_release_mem(j.by_kind);
	rp_release_mem(j.by_duty);
	rp_release_mem(j.latest);
	rp_findings_free(j.findings);
	return rc;
}
