/*
 * judge/compare.c - planned against actual: what is compared with what.
 */
#include "judge/comparing.h"

#include "base/mem.h"

const char *
rp_progress_word(enum rp_progress p)
{
	static const char *const words[] = {
		[RP_AHEAD] = "ahead",
		[RP_ON_PLAN] = "on-plan",
		[RP_BEHIND] = "behind",
		[RP_OPEN] = "open",
	};

	return words[p];
}

/* ---- what is compared --------------------------------------------------- */

bool
rp_plan_seen(const struct rp_comparing *src, const struct rp_plan *p)
{
	return !p->has_published || rp_seen(p->published, false,
	    p->published, src->opt->as_of, src->opt->view);
}

static void
choose_plan(struct rp_comparing *src)
{
	const struct rp_case *cs = src->cs;

	if (src->opt->plan < cs->n_plans) {
		src->c->plan = &cs->plan[src->opt->plan];
		return;
	}
	for (size_t i = 0; i < cs->n_plans; i++)
		if (rp_plan_seen(src, &cs->plan[i]))
			src->c->plan = &cs->plan[i];
}

bool
rp_series_carries(const struct rp_series *s, enum rp_metric m)
{
	for (size_t i = 0; i < s->n; i++)
		if (s->point[i].metric[m].known)
			return true;
	return false;
}

/* The plan's own metric if the actuals have it, else the first they have. */
static void
choose_metric(struct rp_comparing *src)
{
	static const enum rp_metric order[] = {
		RP_METRIC_REPLACED, RP_METRIC_REVOKED, RP_METRIC_GONE,
		RP_METRIC_REISSUED
	};
	struct rp_comparison *c = src->c;

	c->metric = c->plan == NULL ? RP_METRIC_REPLACED : c->plan->metric;
	if (rp_series_carries(&src->series, c->metric))
		return;
	for (size_t i = 0; i < sizeof(order) / sizeof(order[0]); i++)
		if (rp_series_carries(&src->series, order[i])) {
			c->metric = order[i];
			return;
		}
}

/* ---- the whole ---------------------------------------------------------- */

static rp_status
nothing(const struct rp_comparing *src, struct rp_err *err)
{
	char when[RP_INSTANT_TEXT];

	return rp_fail(err, RP_ESTATE, "the case has no plan and no actual "
	    "for all certificates by %s", rp_when_format(src->opt->as_of,
	    when));
}

rp_status
rp_compare(const struct rp_case *cs, const struct rp_compare_options *opt,
    struct rp_comparison **out, struct rp_err *err)
{
	struct rp_comparing src = { .cs = cs, .opt = opt };
	rp_status rc;

	if (opt->plan != SIZE_MAX && opt->plan >= cs->n_plans)
		return rp_fail(err, RP_ESTATE, "there is no plan number %zu, "
		    "the case has %zu", opt->plan + 1, cs->n_plans);
	src.c = rp_alloc_zeroed(1, sizeof(*src.c));
	if (src.c == NULL)
		return rp_fail(err, RP_ENOMEM,
		    "out of memory for the comparison");
	/* A case that is no view has only one base. */
	src.base = rp_count_n(cs->base) > 0 ? cs->base : cs->total;
	if ((rc = rp_scopes_init(&src.scopes, cs, err)) != RP_OK ||
	    (rc = rp_series_init(&src.series, cs, opt->as_of, opt->view,
	    err)) != RP_OK)
		goto out;
	choose_plan(&src);
	choose_metric(&src);
	if (rp_compare_times(&src) == 0) {
		rc = nothing(&src, err);
		goto out;
	}
	if ((rc = rp_compare_make_versions(&src, err)) != RP_OK ||
	    (rc = rp_compare_make_rows(&src, err)) != RP_OK)
		goto out;
	rp_compare_make_notes(&src);
	rc = rp_compare_make_findings(&src, err);
	if (rc != RP_OK)
		goto out;
	*out = src.c;
	src.c = NULL;
out:
	rp_series_release(&src.series);
	rp_scopes_release(&src.scopes);
	rp_comparison_free(src.c);
	return rc;
}

const struct rp_compare_row *
rp_comparison_rows(const struct rp_comparison *c, size_t *n)
{
	*n = c->n;
	return c->row;
}

const struct rp_plan *
rp_comparison_plan(const struct rp_comparison *c)
{
	return c->plan;
}

const struct rp_plan *
rp_comparison_first(const struct rp_comparison *c)
{
	return c->first;
}

const struct rp_plan_version *
rp_comparison_versions(const struct rp_comparison *c, size_t *n)
{
	*n = c->n_versions;
	return c->version;
}

const struct rp_plan_finding *
rp_comparison_findings(const struct rp_comparison *c, size_t *n)
{
	*n = c->n_findings;
	return c->finding;
}

enum rp_metric
rp_comparison_metric(const struct rp_comparison *c)
{
	return c->metric;
}

const char *const *
rp_comparison_notes(const struct rp_comparison *c, size_t *n)
{
	*n = c->n_notes;
	return c->note;
}

void
rp_comparison_free(struct rp_comparison *c)
{
	if (c == NULL)
		return;
	for (size_t i = 0; i < c->n_findings; i++)
		rp_release_mem((void *)(uintptr_t)c->finding[i].text);
	rp_release_mem(c->finding);
	rp_release_mem(c->move);
	rp_release_mem(c->version);
	rp_release_mem(c->row);
	rp_release_mem(c);
}
