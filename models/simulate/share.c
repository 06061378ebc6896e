/*
 * simulate/share.c - what the processes that share the trials tell each other.
 */
#include "simulate/share.h"

#include <string.h>

#include "base/mem.h"

static bool
is_alone(const struct rp_peers *p)
{
	return p == NULL || p->n < 2;
}

/* ---- blocks ------------------------------------------------------------- */

uint64_t
rp_share_from(const struct rp_peers *p, uint64_t trials, unsigned rank)
{
	return trials / p->n * rank + trials % p->n * rank / p->n;
}

uint64_t
rp_share_first(const struct rp_peers *p, uint64_t trials)
{
	return is_alone(p) ? 0 : rp_share_from(p, trials, p->rank);
}

uint64_t
rp_share_until(const struct rp_peers *p, uint64_t trials)
{
	return is_alone(p) ? trials : rp_share_from(p, trials, p->rank + 1);
}

/* ---- one for all -------------------------------------------------------- */

#define ERR_WORDS (3 + RP_ERR_TEXT / sizeof(uint64_t))

/* The error of one of them, told to all by adding it to nothing. */
static rp_status
tell_error(const struct rp_peers *p, unsigned whose, struct rp_err *err)
{
	uint64_t word[ERR_WORDS] = { 0 };
	struct rp_err told = { 0 };
	rp_status rc;

	if (p->rank == whose) {
		word[0] = (uint64_t)err->code;
		word[1] = err->line;
		word[2] = err->col;
		memcpy(&word[3], err->text, RP_ERR_TEXT);
	}
	rc = p->sum(p->arg, word, ERR_WORDS, err);
	if (rc != RP_OK)
		return rc;
	told.code = (rp_status)word[0];
	told.line = (uint32_t)word[1];
	told.col = (uint32_t)word[2];
	memcpy(told.text, &word[3], RP_ERR_TEXT);
	*err = told;
	/* One of them has failed, whatever it says. */
	return told.code != RP_OK ? told.code : RP_EIO;
}

rp_status
rp_share_agree(const struct rp_peers *p, rp_status rc, uint64_t trial,
    struct rp_err *err)
{
	uint64_t first;
	rp_status told;

	if (is_alone(p))
		return rc;
	first = rc == RP_OK ? UINT64_MAX : trial * p->n + p->rank;
	told = p->least(p->arg, &first, 1, err);
	if (told != RP_OK || first == UINT64_MAX)
		return told != RP_OK ? told : rc;
	return tell_error(p, (unsigned)(first % p->n), err);
}

rp_status
rp_share_least(const struct rp_peers *p, uint64_t *x, struct rp_err *err)
{
	return is_alone(p) ? RP_OK : p->least(p->arg, x, 1, err);
}

rp_status
rp_share_items(const struct rp_peers *p, void *items, size_t size,
    uint64_t trials, struct rp_err *err)
{
	size_t *from;
	rp_status rc;

	if (is_alone(p) || items == NULL)
		return RP_OK;
	from = rp_alloc_zeroed(p->n + 1, sizeof(*from));
	rc = from != NULL ? RP_OK :
	    rp_fail(err, RP_ENOMEM, "no memory to share the trials");
	rc = rp_share_agree(p, rc, trials, err);
	for (unsigned r = 0; rc == RP_OK && from != NULL && r <= p->n; r++)
		from[r] = (size_t)rp_share_from(p, trials, r);
	if (rc == RP_OK)
		rc = p->gather(p->arg, items, size, from, err);
	rp_release_mem(from);
	return rc;
}

/* ---- columns ------------------------------------------------------------ */

/* So many numbers of 32 bits in a message, two to a word: none of their sums
 * needs more. */
#define NUMBERS_AT_ONCE ((size_t)1 << 21)

struct exchange {
	const struct rp_peers *p;
	struct rp_columns *c;
	uint64_t *range;		/* [2 * n] the least value; the most, as
					 * how much it lacks of UINT32_MAX */
	uint64_t *word;			/* [NUMBERS_AT_ONCE / 2] */
	bool failed;			/* no memory for a column */
};

static struct rp_range
range_of(const struct exchange *x, size_t i)
{
	return (struct rp_range){ (uint32_t)x->range[2 * i],
	    UINT32_MAX - (uint32_t)x->range[2 * i + 1] };
}

/* What all columns of all processes reach from and to, and their sums. */
static rp_status
share_ranges(struct exchange *x, struct rp_err *err)
{
	struct rp_columns *c = x->c;
	rp_status rc;

	for (size_t i = 0; i < c->n; i++) {
		struct rp_range r = rp_column_range(&c->of[i]);
		bool some = c->of[i].n > 0;

		rp_column_settle(c, i);
		x->range[2 * i] = some ? r.least : UINT64_MAX;
		x->range[2 * i + 1] = some ? UINT32_MAX - r.most : UINT64_MAX;
	}
	rc = x->p->least(x->p->arg, x->range, 2 * c->n, err);
	return rc != RP_OK ? rc :
	    x->p->sum(x->p->arg, c->sum, c->n * c->sums, err);
}

/* The numbers of columns from .. until - 1, which fit into a message. */
static rp_status
share_some(struct exchange *x, size_t from, size_t until, struct rp_err *err)
{
	uint64_t first = rp_share_first(x->p, x->c->sampling.n);
	size_t used = 0;
	rp_status rc;

	memset(x->word, 0, NUMBERS_AT_ONCE / 2 * sizeof(*x->word));
	for (size_t i = from; i < until; i++) {
		rp_column_tell(x->c, i, range_of(x, i), first, x->word, used);
		used += rp_column_numbers(x->c, range_of(x, i));
	}
	rc = x->p->sum(x->p->arg, x->word, (used + 1) / 2, err);
	used = 0;
	for (size_t i = from; rc == RP_OK && i < until; i++) {
		if (!rp_column_hear(x->c, i, range_of(x, i), x->word, used))
			x->failed = true;
		used += rp_column_numbers(x->c, range_of(x, i));
	}
	return rc;
}

static rp_status
share_all(struct exchange *x, struct rp_err *err)
{
	size_t from = 0, until, used = 0;
	rp_status rc = share_ranges(x, err);

	for (until = 0; rc == RP_OK && until < x->c->n; until++) {
		size_t more = rp_column_numbers(x->c, range_of(x, until));

		if (used + more > NUMBERS_AT_ONCE) {
			rc = share_some(x, from, until, err);
			from = until;
			used = 0;
		}
		used += more;
	}
	return rc != RP_OK ? rc : share_some(x, from, until, err);
}

rp_status
rp_share_columns(const struct rp_peers *p, struct rp_columns *c,
    struct rp_err *err)
{
	struct exchange x = { .p = p, .c = c };
	rp_status rc = RP_OK;

	if (is_alone(p))
		return RP_OK;
	x.range = rp_alloc_zeroed(2 * c->n, sizeof(*x.range));
	x.word = rp_alloc_zeroed(NUMBERS_AT_ONCE / 2, sizeof(*x.word));
	if (x.range == NULL || x.word == NULL)
		rc = rp_fail(err, RP_ENOMEM, "no memory to share the curves");
	rc = rp_share_agree(p, rc, c->sampling.n, err);
	if (rc == RP_OK)
		rc = share_all(&x, err);
	if (rc == RP_OK) {
		if (x.failed)
			rc = rp_fail(err, RP_ENOMEM,
			    "no memory to share the curves");
		rc = rp_share_agree(p, rc, c->sampling.n, err);
	}
	rp_release_mem(x.range);
	rp_release_mem(x.word);
	return rc;
}
