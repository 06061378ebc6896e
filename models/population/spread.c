/*
 * population/spread.c - pairs of Sobol's sequence, Latin hypercubes, correlated
 * inputs.
 */
#include "population/spread.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

#include <gsl/gsl_cdf.h>
#include <gsl/gsl_errno.h>
#include <gsl/gsl_linalg.h>

#include "base/mem.h"
#include "population/inputs.h"

#define NOWHERE SIZE_MAX

/* One dimension: an input, or all those of one name. */
struct dimension {
	struct rp_stream_key key;
	const char *name;	/* or NULL */
	const char *owner;	/* the population, "" for a name's */
	bool quasi;		/* has a part in Sobol's sequence */
	bool second;		/* of a pair */
	size_t joined;		/* row of the factor, or NOWHERE */
	struct {		/* what makes each replicate another one */
		uint32_t order;	/* of its points; that of its partner too */
		uint32_t value;
		double rest;	/* of a value, in units of its last bit */
	} seed[RP_REPLICATES];
	uint32_t *order;	/* [trials] of a Latin hypercube */
};

/* Which dimension a quantity takes its quantiles from. */
struct place {
	const struct rp_quantity *q;
	size_t dimension;
	bool shared;
};

struct rp_spread {
	enum rp_design design;
	uint64_t seed, trials;
	size_t n;
	struct dimension *dimension;
	size_t n_spread;	/* dimensions that the design spreads */
	size_t n_places;
	struct place *place;	/* by address */
	size_t n_joined;
	size_t *joined;		/* dimensions, by row of the factor */
	double *factor;		/* [n_joined * n_joined] lower triangle */
};

/* ---- one dimension ------------------------------------------------------ */

static double
inside(double u)
{
	return u < 0x1p-53 ? 0x1p-53 : u > 1.0 - 0x1p-53 ?
	    1.0 - 0x1p-53 : u;
}

static uint32_t
reversed(uint32_t x)
{
	x = x << 16 | x >> 16;
	x = (x & 0x00ff00ffu) << 8 | (x & 0xff00ff00u) >> 8;
	x = (x & 0x0f0f0f0fu) << 4 | (x & 0xf0f0f0f0u) >> 4;
	x = (x & 0x33333333u) << 2 | (x & 0xccccccccu) >> 2;
	return (x & 0x55555555u) << 1 | (x & 0xaaaaaaaau) >> 1;
}

/*
 * A permutation in which what a bit becomes depends on the higher ones alone
 * (Owen's nested scrambling, by way of multipliers that are even): halves,
 * quarters and so on stay together, so what is evenly spread remains so.  With
 * a seed that is uniform each value is uniform as well, as no later step
 * depends on the seed.
 */
static uint32_t
nested(uint32_t x, uint32_t seed)
{
	x = reversed(x) + seed;
	x ^= x * 0x9e3779b6u;
	x ^= x * 0x7f4a7c14u;
	x ^= x * 0x3c6ef372u;
	x ^= x * 0xdaa66d2au;
	return reversed(x);
}

/* The binomial coefficients modulo 2 times the bits: Sobol's second dimension,
 * before the bits are reversed. */
static uint32_t
pascal(uint32_t x)
{
	x ^= (x & 0xaaaaaaaau) >> 1;
	x ^= (x & 0xccccccccu) >> 2;
	x ^= (x & 0xf0f0f0f0u) >> 4;
	x ^= (x & 0xff00ff00u) >> 8;
	return x ^ (x & 0xffff0000u) >> 16;
}

static double
sobol_at(const struct dimension *d, uint64_t trial)
{
	uint64_t r = trial % RP_REPLICATES;
	uint32_t i = nested((uint32_t)(trial / RP_REPLICATES),
	    d->seed[r].order);
	uint32_t x = nested(reversed(d->second ? pascal(i) : i),
	    d->seed[r].value);

	return inside(((double)x + d->seed[r].rest) * 0x1p-32);
}

/* Trials of the replicate that a trial belongs to. */
static uint64_t
replicate_size(const struct rp_spread *s, uint64_t replicate)
{
	return (s->trials - replicate + RP_REPLICATES - 1) / RP_REPLICATES;
}

/* Trials beyond those that the design was made for are at random. */
static double
plain_at(const struct rp_spread *s, const struct dimension *d,
    uint64_t trial)
{
	double u;

	if (d->quasi)
		return sobol_at(d, trial);
	u = rp_stream_uniform_at(d->key, trial, 0);
	if (d->order == NULL || trial >= s->trials)
		return u;
	return inside(((double)d->order[trial] + u) / (double)replicate_size(
	    s, trial % RP_REPLICATES));
}

/* ---- Latin hypercubes --------------------------------------------------- */

static void
shuffle(struct dimension *d, uint64_t replicate, uint64_t n)
{
	struct rp_stream s;

	rp_stream_init(&s, d->key, replicate, 2);
	for (uint64_t i = 0; i < n; i++) {
		uint64_t k = (uint64_t)((double)(i + 1) *
		    rp_stream_uniform(&s));
		uint32_t *from = &d->order[k * RP_REPLICATES + replicate];
		uint32_t *to = &d->order[i * RP_REPLICATES + replicate];

		*to = *from;
		*from = (uint32_t)i;
	}
}

static bool
make_hypercube(struct rp_spread *s)
{
	for (size_t k = 0; k < s->n; k++) {
		struct dimension *d = &s->dimension[k];

		d->order = rp_alloc_zeroed(s->trials, sizeof(*d->order));
		if (d->order == NULL)
			return false;
		for (uint64_t r = 0; r < RP_REPLICATES && r < s->trials; r++)
			shuffle(d, r, replicate_size(s, r));
	}
	s->n_spread = s->n;
	return true;
}

/* ---- Sobol's sequence --------------------------------------------------- */

/*
 * The two inputs of a pair fill their square as evenly as they can: of the
 * first 2^k points of a replicate one lies in each of the 2^k boxes of any
 * shape that halving makes.  Other dimensions of Sobol's sequence do not,
 * with as few points as a replicate has: many pairs of them fill diagonals
 * only, the same ones in all replicates, and made some dates less certain than
 * chance does.
 * So each pair takes the first two, in an order of the points that is its own
 * (Owen's Latin supercube, 1998), and inputs may be as many as they like.  The
 * two are of one population where that has two, as there they meet.
 */
static void
seed_pair(struct dimension *d, const struct dimension *first)
{
	d->quasi = true;
	d->second = d != first;
	for (uint64_t r = 0; r < RP_REPLICATES; r++) {
		double u = 0x1p32 * rp_stream_uniform_at(d->key, r, 1);

		d->seed[r].order = (uint32_t)(0x1p32 *
		    rp_stream_uniform_at(first->key, r, 3));
		d->seed[r].value = (uint32_t)u;
		d->seed[r].rest = u - d->seed[r].value;
	}
}

/* Those of one owner next to one another, otherwise as in the case. */
static int
by_owner(const void *a, const void *b)
{
	const struct dimension *x = *(struct dimension *const *)a;
	const struct dimension *y = *(struct dimension *const *)b;
	int c = strcmp(x->owner, y->owner);

	return c != 0 ? c : (x > y) - (x < y);
}

static bool
make_sobol(struct rp_spread *s)
{
	struct dimension **at = rp_alloc_zeroed(s->n,
	    sizeof(struct dimension *));

	if (at == NULL)
		return false;
	for (size_t k = 0; k < s->n; k++)
		at[k] = &s->dimension[k];
	qsort(at, s->n, sizeof(struct dimension *), by_owner);
	for (size_t k = 0; k < s->n; k++) {
		bool second = k > 0 && !at[k - 1]->second &&
		    strcmp(at[k - 1]->owner, at[k]->owner) == 0;

		seed_pair(at[k], second ? at[k - 1] : at[k]);
	}
	s->n_spread = s->n;
	rp_release_mem(at);
	return true;
}

/* ---- correlations ------------------------------------------------------- */

static size_t
find_name(const struct rp_spread *s, const char *name)
{
	size_t k = 0;

	while (k < s->n && (s->dimension[k].name == NULL ||
	    strcmp(s->dimension[k].name, name) != 0))
		k++;
	return k;
}

static rp_status
join(struct rp_spread *s, const struct rp_correlation *c, struct rp_err *err)
{
	for (int e = 0; e < 2; e++) {
		size_t k = find_name(s, c->between[e]);

		if (k == s->n)
			return rp_fail_at(err, RP_ERANGE, c->origin.line,
			    c->origin.col, "no uncertain input is called '%s'",
			    c->between[e]);
		if (s->dimension[k].joined == NOWHERE) {
			s->dimension[k].joined = s->n_joined;
			s->joined[s->n_joined++] = k;
		}
	}
	return RP_OK;
}

/* The factor of the correlations; false: no inputs have them all. */
static bool
factorise(struct rp_spread *s, const struct rp_case *cs)
{
	size_t m = s->n_joined;
	gsl_matrix_view a = gsl_matrix_view_array(s->factor, m, m);

	gsl_matrix_set_identity(&a.matrix);
	for (size_t k = 0; k < cs->simulation.n_correlations; k++) {
		const struct rp_correlation *c =
		    &cs->simulation.correlation[k];
		size_t i = s->dimension[find_name(s, c->between[0])].joined;
		size_t j = s->dimension[find_name(s, c->between[1])].joined;
		/* Pearson's of the normals behind it (Pearson, 1907). */
		double r = 2.0 * sin(c->rank * 3.14159265358979323846 / 6.0);

		if (i == j)
			return false;
		gsl_matrix_set(&a.matrix, i, j, r);
		gsl_matrix_set(&a.matrix, j, i, r);
	}
	return gsl_linalg_cholesky_decomp1(&a.matrix) == GSL_SUCCESS;
}

static rp_status
make_correlations(struct rp_spread *s, const struct rp_case *cs,
    struct rp_err *err)
{
	size_t n = cs->simulation.n_correlations;
	const struct rp_correlation *c;
	rp_status rc = RP_OK;

	if (n == 0)
		return RP_OK;
	s->joined = rp_alloc_zeroed(s->n, sizeof(*s->joined));
	s->factor = rp_alloc_zeroed(s->n * s->n, sizeof(*s->factor));
	if (s->joined == NULL || s->factor == NULL)
		return rp_fail(err, RP_ENOMEM, "no memory for correlations");
	for (size_t i = 0; i < n && rc == RP_OK; i++)
		rc = join(s, &cs->simulation.correlation[i], err);
	if (rc != RP_OK || factorise(s, cs))
		return rc;
	c = &cs->simulation.correlation[n - 1];
	return rp_fail_at(err, RP_ERANGE, c->origin.line, c->origin.col,
	    "the correlations down to that of '%s' and '%s' cannot be all "
	    "together: no inputs have them; state weaker ones",
	    c->between[0], c->between[1]);
}

/* A row of the factor times the normals of the inputs up to it. */
static double
joined_at(const struct rp_spread *s, size_t row, uint64_t trial)
{
	double z = 0.0;

	for (size_t j = 0; j <= row; j++) {
		double l = s->factor[row * s->n_joined + j];

		if (l != 0.0)
			z += l * gsl_cdf_ugaussian_Pinv(plain_at(s,
			    &s->dimension[s->joined[j]], trial));
	}
	return inside(gsl_cdf_ugaussian_P(z));
}

/* ---- the inputs of a case ----------------------------------------------- */

/* The dimension of an input: that of its name, if it has one, or a new one. */
static size_t
dimension_of(struct rp_spread *s, const struct rp_case *cs,
    const struct rp_input *in)
{
	const char *name = in->chance ? NULL : in->q->input;
	size_t k = name != NULL ? find_name(s, name) : s->n;

	if (k < s->n)
		return k;
	s->dimension[k] = (struct dimension){ .key = in->key, .name = name,
	    .owner = name != NULL ? "" : in->owner, .joined = NOWHERE };
	if (name != NULL)
		s->dimension[k].key = rp_stream_key_of(s->seed, cs->id, name,
		    UINT64_MAX);
	s->n++;
	return k;
}

static void
gather(struct rp_spread *s, const struct rp_case *cs,
    const struct rp_input *in, size_t n)
{
	for (size_t i = 0; i < n; i++) {
		/* Chance alone needs no design, and stays what it was. */
		if (in[i].chance && (s->n == 0 ||
		    s->design == RP_DESIGN_RANDOM))
			return;
		s->place[s->n_places++] = (struct place){ .q = in[i].q,
		    .shared = in[i].shared,
		    .dimension = dimension_of(s, cs, &in[i]) };
	}
}

static int
by_address(const void *a, const void *b)
{
	uintptr_t x = (uintptr_t)((const struct place *)a)->q;
	uintptr_t y = (uintptr_t)((const struct place *)b)->q;

	return (x > y) - (x < y);
}

/*
 * Quantities whose quantile a step's own stream can give as well are left to
 * it: all that the design does not spread, and that nothing ties to another.
 */
static void
keep_places(struct rp_spread *s)
{
	size_t kept = 0;

	for (size_t i = 0; i < s->n_places; i++) {
		const struct place *p = &s->place[i];
		const struct dimension *d = &s->dimension[p->dimension];

		if (d->quasi || d->order != NULL || p->shared ||
		    d->name != NULL)
			s->place[kept++] = *p;
	}
	s->n_places = kept;
	qsort(s->place, kept, sizeof(*s->place), by_address);
}

static rp_status
read_inputs(struct rp_spread *s, const struct rp_case *cs,
    struct rp_err *err)
{
	size_t n = rp_inputs_of(cs, s->seed, NULL);
	struct rp_input *in = rp_alloc_zeroed(n, sizeof(*in));
	rp_status rc = RP_OK;

	s->dimension = rp_alloc_zeroed(n, sizeof(*s->dimension));
	s->place = rp_alloc_zeroed(n, sizeof(*s->place));
	if (in == NULL || s->dimension == NULL || s->place == NULL) {
		rc = rp_fail(err, RP_ENOMEM, "no memory for the inputs");
	} else {
		(void)rp_inputs_of(cs, s->seed, in);
		gather(s, cs, in, n);
	}
	rp_release_mem(in);
	return rc;
}

static bool
make_design(struct rp_spread *s)
{
	switch (s->design) {
	case RP_DESIGN_QUASI_RANDOM:
		return s->n == 0 || make_sobol(s);
	case RP_DESIGN_LATIN_HYPERCUBE:
		return make_hypercube(s);
	case RP_DESIGN_RANDOM:
		break;
	}
	return true;
}

rp_status
rp_spread_new(const struct rp_case *cs, enum rp_design design,
    uint64_t seed, uint64_t trials, struct rp_spread **out,
    struct rp_err *err)
{
	struct rp_spread *s = rp_alloc_zeroed(1, sizeof(*s));
	rp_status rc;

	if (s == NULL)
		return rp_fail(err, RP_ENOMEM, "no memory for the inputs");
	s->design = design;
	s->seed = seed;
	s->trials = trials;
	rc = read_inputs(s, cs, err);
	if (rc == RP_OK && !make_design(s))
		rc = rp_fail(err, RP_ENOMEM, "no memory for the design of "
		    "%zu inputs over %llu trials", s->n,
		    (unsigned long long)trials);
	if (rc == RP_OK)
		rc = make_correlations(s, cs, err);
	if (rc != RP_OK) {
		rp_spread_free(s);
		return rc;
	}
	keep_places(s);
	*out = s;
	return RP_OK;
}

void
rp_spread_free(struct rp_spread *s)
{
	if (s == NULL)
		return;
	for (size_t k = 0; k < s->n; k++)
		rp_release_mem(s->dimension[k].order);
	rp_release_mem(s->dimension);
	rp_release_mem(s->place);
	rp_release_mem(s->joined);
	rp_release_mem(s->factor);
	rp_release_mem(s);
}

/* ---- questions ---------------------------------------------------------- */

bool
rp_spread_uniform(const struct rp_spread *s, const struct rp_quantity *q,
    uint64_t trial, double *u)
{
	struct place key = { .q = q };
	const struct place *p = s == NULL ? NULL : bsearch(&key, s->place,
	    s->n_places, sizeof(key), by_address);
	const struct dimension *d;

	if (p == NULL)
		return false;
	d = &s->dimension[p->dimension];
	*u = d->joined != NOWHERE ? joined_at(s, d->joined, trial) :
	    plain_at(s, d, trial);
	return true;
}

enum rp_design
rp_spread_design(const struct rp_spread *s)
{
	return s->design;
}

size_t
rp_spread_inputs(const struct rp_spread *s)
{
	return s->design == RP_DESIGN_RANDOM ? s->n : s->n_spread;
}

size_t
rp_spread_replicates(const struct rp_spread *s)
{
	return s->design == RP_DESIGN_RANDOM || s->n == 0 ||
	    s->trials < RP_REPLICATED_TRIALS ? 0 : RP_REPLICATES;
}
