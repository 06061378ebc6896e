/*
 * rules/check.c - all rules of the table against one case.
 */
#include <stdlib.h>

#include "base/mem.h"
#include "rules/judging.h"

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

/* What can be seen at as_of, in the order of time. */
static rp_status
look(struct rp_judging *j)
{
	const struct rp_case *cs = j->cs;

	j->fact = rp_alloc_zeroed(cs->n_facts, sizeof(const void *));
	j->post = rp_alloc_zeroed(cs->n_updates, sizeof(const void *));
	if (j->fact == NULL || j->post == NULL)
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
	qsort(j->fact, j->n_facts, sizeof(*j->fact), facts_by_time);
	qsort(j->post, j->n_posts, sizeof(*j->post), posts_by_time);
	return RP_OK;
}

rp_status
rp_check(const struct rp_case *cs, struct rp_when as_of, enum rp_view view,
    struct rp_findings **out, struct rp_err *err)
{
	struct rp_judging j = { .cs = cs, .as_of = as_of,
	    .now = rp_when_last(as_of), .view = view, .err = err };
	const struct rp_rule *rules;
	size_t n;
	rp_status rc;

	j.findings = rp_findings_new();
	if (j.findings == NULL) {
		rc = rp_fail(err, RP_ENOMEM, "out of memory for the findings");
		goto out;
	}
	rc = look(&j);
	rules = rp_rules(&n);
	for (size_t i = 0; i < n && rc == RP_OK; i++)
		if (!rules[i].draft)
			rc = rules[i].terms->check(&j, &rules[i]);
	if (rc == RP_OK) {
		*out = j.findings;
		j.findings = NULL;
	}
out:
	rp_release_mem(j.fact);
	rp_release_mem(j.post);
	rp_findings_free(j.findings);
	return rc;
}
