/*
 * judge/update_records.c - how many certificates the facts call revoked, in
 * all duties together, at each moment.
 *
 * A case may have a thousand duties and as many facts and actuals as a file
 * holds, so the sums are run once through time, and then only searched.
 */
#include <stdlib.h>

#include "base/mem.h"
#include "judge/update.h"

/*
 * What is known of each duty while time runs.  No sum overflows: a fact counts
 * 4e9 certificates at most, and no case has 1e9 facts.
 */
struct running {
	const struct rp_case *cs;
	struct rp_post_shape shape;
	uint64_t *n;		/* by duty: with a number */
	bool *all;		/* by duty: "all of them" was said */
	uint64_t total;
};

/* "All of them" is what is left, whatever was counted before. */
static uint64_t
count(const struct running *r, size_t duty)
{
	uint64_t size = rp_post_duty_size(r->cs, (int)duty);

	return r->all[duty] && r->n[duty] < size ? size : r->n[duty];
}

static void
take(struct running *r, const struct rp_fact *f, size_t duty)
{
	r->total -= count(r, duty);
	if (f->has_certificates)
		r->n[duty] += rp_count_n(f->certificates);
	else
		r->all[duty] = true;
	r->total += count(r, duty);
}

static void
take_fact(struct running *r, const struct rp_fact *f)
{
	for (size_t d = 0; d < r->cs->n_duties; d++)
		if ((r->shape.joined < 0 || r->shape.joined == (int)d) &&
		    rp_is_revocation_of(r->cs, f, (int)d))
			take(r, f, d);
}

static int
by_time(const void *a, const void *b)
{
	const struct rp_post_record *x = a, *y = b;

	return rp_instant_cmp(x->at, y->at);
}

static void
run(struct running *r, struct rp_post_records *out)
{
	const int joined = r->shape.joined;

	for (size_t i = 0; i < out->n; i++) {
		take_fact(r, out->record[i].fact);
		out->record[i].total = r->total;
		out->record[i].all = joined >= 0 && r->all[joined];
	}
}

rp_status
rp_post_records_init(struct rp_post_records *out, const struct rp_case *cs,
    struct rp_post_shape shape, struct rp_err *err)
{
	struct running r = { .cs = cs, .shape = shape };
	rp_status rc = RP_OK;

	*out = (struct rp_post_records){ .n = 0 };
	if (shape.joined < 0 && !shape.summed)
		return RP_OK;
	out->record = rp_alloc_zeroed(cs->n_facts, sizeof(*out->record));
	r.n = rp_alloc_zeroed(cs->n_duties, sizeof(*r.n));
	r.all = rp_alloc_zeroed(cs->n_duties, sizeof(*r.all));
	if (out->record == NULL || r.n == NULL || r.all == NULL) {
		rc = rp_fail(err, RP_ENOMEM, "out of memory for the records");
		goto out;
	}
	for (size_t i = 0; i < cs->n_facts; i++)
		if (cs->fact[i].kind == RP_FACT_REVOKED)
			out->record[out->n++] = (struct rp_post_record){
			    .at = rp_when_last(cs->fact[i].at),
			    .fact = &cs->fact[i] };
	qsort(out->record, out->n, sizeof(*out->record), by_time);
	run(&r, out);
out:
	rp_release_mem(r.n);
	rp_release_mem(r.all);
	if (rc != RP_OK)
		rp_post_records_release(out);
	return rc;
}

void
rp_post_records_release(struct rp_post_records *r)
{
	rp_release_mem(r->record);
	*r = (struct rp_post_records){ .n = 0 };
}

const struct rp_post_record *
rp_post_records_at(const struct rp_post_records *r, struct rp_when at)
{
	struct rp_instant last = rp_when_last(at);
	size_t low = 0, high = r->n, middle;

	while (low < high) {
		middle = low + (high - low) / 2;
		if (rp_instant_cmp(r->record[middle].at, last) <= 0)
			low = middle + 1;
		else
			high = middle;
	}
	return low > 0 ? &r->record[low - 1] : NULL;
}
