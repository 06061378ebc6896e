/*
 * base/multinomial.c - counts in cells of known probability.
 *
 * By Poisson variates: independent Poisson counts of a known sum are a
 * multinomial of that sum.  So each cell gets a Poisson variate, whose mean is
 * known beforehand and which therefore is one look into an alias table, and
 * only what the sum is short of n, or above it, remains to be mended: some
 * sqrt(n).  Further ones fall into cells by chance as any do; those too many
 * are taken out at random, each of all as likely as any other, which leaves
 * a multinomial of one less.  Nothing of this is approximate.
 *
 * Means are a little below n times the probability, as to add one costs less
 * than to take one out.
 */
#include "base/multinomial.h"

#include <math.h>
#include <string.h>

#include "base/mem.h"

/* What a draw costs, in looks into an alias table. */
#define BINOMIAL 5.0
#define TAKEN_OUT 4.0

/* Cells that expect fewer are drawn together. */
#define FEW 1.0

/* Means are this many standard deviations of the sum below. */
#define SHORT 0.6

/* Cells of all tables together; more would not stay in the cache anyway. */
#define ROOM ((size_t)1 << 19)

/* Likely enough, against the likeliest; others are beyond double rounding. */
#define LIKELY 1e-20

/* ---- making ------------------------------------------------------------- */

/* The tables that Poisson variates of this mean need. */
static size_t
likely(double mean)
{
	return (size_t)(20.0 * sqrt(mean) + 40.0);
}

static rp_status
poisson_init(struct rp_poisson *v, double mean, double *weight,
    struct rp_err *err)
{
	double mode = floor(mean), p = 1.0, least = mode, most = mode;

	for (; least > 0.0 && p > LIKELY; least -= 1.0)
		p *= least / mean;
	p = 1.0;
	weight[(size_t)(mode - least)] = 1.0;
	for (double k = mode; k > least; k -= 1.0) {
		p *= k / mean;
		weight[(size_t)(k - 1.0 - least)] = p;
	}
	p = 1.0;
	while (p > LIKELY) {
		most += 1.0;
		p *= mean / most;
		weight[(size_t)(most - least)] = p;
	}
	v->least = (uint32_t)least;
	v->most = (uint32_t)most;
	return rp_alias_init(&v->above, weight, (size_t)(most - least) + 1,
	    err);
}

/* Whether Poisson variates pay, and have the room that they need. */
static bool
poisson_pays(const struct rp_multinomial *m, const double *weight,
    double sum)
{
	double n = m->typical;
	size_t room = 0;

	if (sqrt(n) > (BINOMIAL - 1.0) / TAKEN_OUT * (double)m->cells ||
	    n < 2.0 * (double)m->cells)
		return false;
	for (size_t i = 0; i < m->cells && room <= ROOM / 2; i++)
		room += likely(n * weight[i] / sum);
	return room <= ROOM / 2;
}

static rp_status
make_poissons(struct rp_multinomial *m, const double *weight, double sum,
    double *scratch, struct rp_err *err)
{
	double n = m->typical - SHORT * sqrt(m->typical), rare = 0.0;
	rp_status rc = RP_OK;

	for (size_t i = 0; i < m->cells && rc == RP_OK; i++) {
		double mean = n * weight[i] / sum;

		if (mean < FEW)
			rare += mean;
		else
			rc = poisson_init(&m->poisson[i], mean, scratch, err);
	}
	if (rc != RP_OK || !(rare > 0.0))
		return rc;
	rc = poisson_init(&m->rare, rare, scratch, err);
	for (size_t i = 0; i < m->cells; i++)
		scratch[i] = m->poisson[i].most == 0 ? weight[i] : 0.0;
	return rc != RP_OK ? rc : rp_alias_init(&m->of_rare, scratch,
	    m->cells, err);
}

static rp_status
make_fast(struct rp_multinomial *m, const double *weight, double sum,
    struct rp_err *err)
{
	size_t room = likely(m->typical) + m->cells + 1;
	double *scratch = rp_alloc_zeroed(room, sizeof(*scratch));
	rp_status rc = RP_ENOMEM;

	m->poisson = rp_alloc_zeroed(m->cells, sizeof(*m->poisson));
	if (scratch == NULL || m->poisson == NULL) {
		rp_fail(err, rc, "no memory for %zu cells", m->cells);
		goto out;
	}
	rc = make_poissons(m, weight, sum, scratch, err);
	if (rc != RP_OK)
		goto out;
	for (size_t i = 0; i < m->cells; i++)
		scratch[i] = m->poisson[i].most;
	scratch[m->cells] = m->rare.most;
	rc = rp_alias_init(&m->bound, scratch, m->cells + 1, err);
out:
	rp_release_mem(scratch);
	return rc;
}

/* Summed up from the end: what is left for the last cells is all theirs. */
static void
make_given(struct rp_multinomial *m, const double *weight)
{
	double left = 0.0;

	for (size_t i = m->cells; i-- > 0;) {
		left += weight[i];
		rp_binomial_p_init(&m->given[i], weight[i] > 0.0 ?
		    weight[i] / left : 0.0);
	}
}

rp_status
rp_multinomial_init(struct rp_multinomial *m, const double *weight,
    size_t cells, uint32_t typical, struct rp_err *err)
{
	double sum = 0.0;
	rp_status rc;

	*m = (struct rp_multinomial){ .cells = cells, .typical = typical };
	rc = rp_alias_init(&m->one, weight, cells, err);
	if (rc != RP_OK)
		return rc;
	m->given = rp_alloc_zeroed(cells, sizeof(*m->given));
	if (m->given == NULL) {
		rc = rp_fail(err, RP_ENOMEM, "no memory for %zu cells",
		    cells);
		goto out;
	}
	make_given(m, weight);
	for (size_t i = 0; i < cells; i++)
		sum += weight[i];
	if (poisson_pays(m, weight, sum))
		rc = make_fast(m, weight, sum, err);
out:
	if (rc != RP_OK)
		rp_multinomial_release(m);
	return rc;
}

void
rp_multinomial_release(struct rp_multinomial *m)
{
	for (size_t i = 0; i < m->cells && m->poisson != NULL; i++)
		rp_alias_release(&m->poisson[i].above);
	rp_release_mem(m->poisson);
	rp_release_mem(m->given);
	rp_alias_release(&m->rare.above);
	rp_alias_release(&m->of_rare);
	rp_alias_release(&m->bound);
	rp_alias_release(&m->one);
	*m = (struct rp_multinomial){ 0 };
}

/* ---- drawing ------------------------------------------------------------ */

static void
one_by_one(struct rp_stream *s, const struct rp_alias *t, uint32_t n,
    uint32_t *count)
{
	for (; n > 0; n--)
		count[rp_alias_draw(s, t)]++;
}

static void
by_binomials(struct rp_stream *s, const struct rp_multinomial *m, uint32_t n,
    uint32_t *count)
{
	for (size_t i = 0; i < m->cells && n > 0; i++) {
		count[i] = rp_draw_binomial_at(s, n, &m->given[i]);
		n -= count[i];
	}
}

static uint32_t
poisson(struct rp_stream *s, const struct rp_poisson *v)
{
	return v->most == 0 ? 0 : v->least + rp_alias_draw(s, &v->above);
}

/* The cell of the k-th, counted from 0, of all that are in rare cells. */
static size_t
rare_cell(const struct rp_multinomial *m, const uint32_t *count, uint32_t k)
{
	size_t i = 0;

	for (; m->poisson[i].most > 0 || k >= count[i]; i++)
		k -= m->poisson[i].most > 0 ? 0 : count[i];
	return i;
}

/*
 * Each of all is as likely: of places, of which each cell has as many as it
 * may ever have to fill, take one that is filled.
 */
static void
take_out(struct rp_stream *s, const struct rp_multinomial *m, uint32_t *rare,
    uint32_t *count)
{
	for (;;) {
		size_t i = rp_alias_draw(s, &m->bound);
		const struct rp_poisson *v = i < m->cells ? &m->poisson[i] :
		    &m->rare;
		uint32_t place = (uint32_t)(rp_stream_uniform(s) * v->most);

		if (place >= (i < m->cells ? count[i] : *rare))
			continue;
		if (i == m->cells) {
			i = rare_cell(m, count, place);
			--*rare;
		}
		count[i]--;
		return;
	}
}

static void
by_poissons(struct rp_stream *s, const struct rp_multinomial *m, uint32_t n,
    uint32_t *count)
{
	uint32_t rare = poisson(s, &m->rare), sum = rare;

	for (size_t i = 0; i < m->cells; i++) {
		count[i] = poisson(s, &m->poisson[i]);
		sum += count[i];
	}
	one_by_one(s, &m->of_rare, rare, count);
	if (sum < n)
		one_by_one(s, &m->one, n - sum, count);
	for (; sum > n; sum--)
		take_out(s, m, &rare, count);
}

void
rp_draw_multinomial(struct rp_stream *s, const struct rp_multinomial *m,
    uint32_t n, uint32_t *count)
{
	double cells = (double)m->cells;
	double all_binomial = cells * BINOMIAL;
	double mended = fabs((double)n - m->typical) * TAKEN_OUT +
	    sqrt((double)m->typical);

	memset(count, 0, m->cells * sizeof(*count));
	if (n < cells + mended && n < all_binomial)
		one_by_one(s, &m->one, n, count);
	else if (m->poisson != NULL && cells + mended < all_binomial)
		by_poissons(s, m, n, count);
	else
		by_binomials(s, m, n, count);
}
