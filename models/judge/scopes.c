/*
 * judge/scopes.c - how many certificates were known to be affected, and when.
 */
#include "judge/scopes.h"

#include <stdlib.h>

#include "base/mem.h"

static int
by_time(const void *a, const void *b)
{
	const struct rp_known_scope *x = a, *y = b;
	int order = rp_instant_cmp(x->at, y->at);

	/* Of two at one moment the later one in the file counts. */
	return order != 0 ? order : (x->place > y->place) -
	    (x->place < y->place);
}

rp_status
rp_scopes_init(struct rp_scopes *s, const struct rp_case *cs,
    struct rp_err *err)
{
	*s = (struct rp_scopes){ .first =
	    rp_count_n(cs->first_base) > 0 ? cs->first_base : cs->total };
	s->scope = rp_alloc_zeroed(cs->n_facts, sizeof(*s->scope));
	if (s->scope == NULL)
		return rp_fail(err, RP_ENOMEM, "out of memory for the bases");
	for (size_t i = 0; i < cs->n_facts; i++) {
		const struct rp_fact *f = &cs->fact[i];

		if (f->kind == RP_FACT_SCOPE && f->has_certificates)
			s->scope[s->n++] = (struct rp_known_scope){
			    rp_when_last(f->at), i, f->certificates };
	}
	qsort(s->scope, s->n, sizeof(*s->scope), by_time);
	return RP_OK;
}

void
rp_scopes_release(struct rp_scopes *s)
{
	rp_release_mem(s->scope);
	*s = (struct rp_scopes){ .n = 0 };
}

uint64_t
rp_scopes_at(const struct rp_scopes *s, struct rp_when at)
{
	struct rp_instant last = rp_when_last(at);
	size_t low = 0, high = s->n, middle;

	while (low < high) {
		middle = low + (high - low) / 2;
		if (rp_instant_cmp(s->scope[middle].at, last) <= 0)
			low = middle + 1;
		else
			high = middle;
	}
	return rp_count_n(low > 0 ? s->scope[low - 1].certificates :
	    s->first);
}
