/*
 * base/stream.c - Philox streams and their adaptor to GSL.
 */
#include "base/stream.h"

#include <math.h>
#include <string.h>

#include <Random123/philox.h>

#define PI 3.14159265358979323846

#define BLOCK 4			/* words of Philox 4x64 */

/* Finaliser of splitmix64: every bit of the input moves every bit of it. */
static uint64_t
mix(uint64_t x)
{
	x ^= x >> 30;
	x *= UINT64_C(0xbf58476d1ce4e5b9);
	x ^= x >> 27;
	x *= UINT64_C(0x94d049bb133111eb);
	return x ^ (x >> 31);
}

/*
 * Fold a value into a hash.  The value goes through the mixer in sequence
 * with what came before, so (1, 2) and (2, 1) are different keys.
 */
static uint64_t
fold(uint64_t hash, uint64_t value)
{
	return mix(hash ^ mix(value + UINT64_C(0x9e3779b97f4a7c15)));
}

static uint64_t
fold_text(uint64_t hash, const char *text)
{
	uint64_t fnv = UINT64_C(0xcbf29ce484222325);
	size_t n = 0;

	for (; text[n] != '\0'; n++)
		fnv = (fnv ^ (unsigned char)text[n]) *
		    UINT64_C(0x100000001b3);
	return fold(fold(hash, fnv), n);
}

struct rp_stream_key
rp_stream_key_of(uint64_t seed, const char *incident, const char *name,
    uint64_t step)
{
	struct rp_stream_key key;

	key.k[0] = fold_text(fold(0, seed), incident);
	key.k[1] = fold(fold_text(key.k[0], name), step);
	return key;
}

/* Block `counter` of the stream. */
static void
make_block(const struct rp_stream *s, uint64_t counter, uint64_t *word)
{
	philox4x64_ctr_t c = {{ counter, s->counter[1], s->counter[2],
	    s->counter[3] }};
	philox4x64_key_t k = {{ s->key.k[0], s->key.k[1] }};
	philox4x64_ctr_t out = philox4x64_R(10, c, k);

	memcpy(word, out.v, BLOCK * sizeof(*word));
}

void
rp_stream_refill(struct rp_stream *s)
{
	unsigned from = s->counter[0] == 0 ? RP_STREAM_ROOM - BLOCK : 0;

	for (unsigned i = from; i < RP_STREAM_ROOM; i += BLOCK)
		make_block(s, s->counter[0]++, s->word + i);
	s->used = from;
}

void
rp_stream_init(struct rp_stream *s, struct rp_stream_key key, uint64_t trial,
    uint64_t lane)
{
	s->key = key;
	s->counter[0] = 0;
	s->counter[1] = trial;
	s->counter[2] = lane;
	s->counter[3] = 0;
	s->used = RP_STREAM_ROOM;
}

double
rp_stream_uniform_at(struct rp_stream_key key, uint64_t trial, uint64_t lane)
{
	struct rp_stream s;

	rp_stream_init(&s, key, trial, lane);
	return rp_stream_uniform(&s);
}

/* Both variates that Box and Muller's two uniforms give. */
void
rp_draw_normals_at(struct rp_stream_key key, uint64_t trial, uint64_t lane,
    double out[RP_NORMALS_AT])
{
	struct rp_stream s;

	rp_stream_init(&s, key, trial, lane);
	for (size_t i = 0; i < RP_NORMALS_AT; i += 2) {
		double r = sqrt(-2.0 * log(rp_stream_uniform(&s)));
		double turn = 2.0 * PI * rp_stream_uniform(&s);

		out[i] = r * cos(turn);
		out[i + 1] = r * sin(turn);
	}
}

double
rp_draw_normal(struct rp_stream *s)
{
	/* Box and Muller: two uniforms, no rejection, so that the number of
	 * words used does not depend on their values. */
	double r = sqrt(-2.0 * log(rp_stream_uniform(s)));

	return r * cos(2.0 * PI * rp_stream_uniform(s));
}

static void
gsl_set(void *state, unsigned long seed)
{
	struct rp_stream_key key = {{ mix(seed), fold(1, seed) }};

	rp_stream_init(state, key, 0, 0);
}

static unsigned long
gsl_get(void *state)
{
	return (unsigned long)(rp_stream_word(state) >> 32);
}

static double
gsl_get_double(void *state)
{
	return rp_stream_uniform(state);
}

static const gsl_rng_type philox_type = {
	"revplan-philox4x64", 0xffffffffUL, 0, sizeof(struct rp_stream),
	gsl_set, gsl_get, gsl_get_double
};

const gsl_rng_type *const rp_stream_gsl = &philox_type;
