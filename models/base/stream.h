/*
 * base/stream.h - the only source of randomness.
 *
 * Philox 4x64-10 (Salmon et al. 2011, Random123): a counter-based generator,
 * so a stream is a key and a counter and costs nothing to start.  The key
 * comes from the seed and the names of incident, population and step; the
 * counter from the trial and a lane.  Thus any draw can be made without the
 * ones before it, the answer does not depend on which thread makes it, and two
 * variants of a case share the randomness of the parts that they share.
 */
#ifndef RP_BASE_STREAM_H
#define RP_BASE_STREAM_H

#include <stddef.h>
#include <stdint.h>

#include <gsl/gsl_rng.h>

/* 128 bits that name a stream; made once, outside of the hot loop. */
struct rp_stream_key {
	uint64_t k[2];
};

/*
 * Words are made ahead, as blocks that do not wait for one another overlap in
 * the processor: the first block alone, as many a stream needs no more, then
 * all that there is room for.  Which words they are does not depend on it.
 */
#define RP_STREAM_ROOM 16

struct rp_stream {
	struct rp_stream_key key;
	uint64_t counter[4];	/* block, trial, lane, 0 */
	uint64_t word[RP_STREAM_ROOM];
	unsigned used;		/* the next word, RP_STREAM_ROOM: none left */
};

/*
 * The key of a part of a case: seed, incident, then the population's name
 * and the step's ordinal in it.  name may be "" for the case as a whole.
 */
struct rp_stream_key rp_stream_key_of(uint64_t seed, const char *incident,
    const char *name, uint64_t step);

void rp_stream_init(struct rp_stream *s, struct rp_stream_key key,
    uint64_t trial, uint64_t lane);

/* Make words where none is left; for rp_stream_word() alone. */
void rp_stream_refill(struct rp_stream *s);

/* These two are in every draw: a call would cost as much as they do. */
static inline uint64_t
rp_stream_word(struct rp_stream *s)
{
	if (__builtin_expect(s->used == RP_STREAM_ROOM, 0))
		rp_stream_refill(s);
	return s->word[s->used++];
}

/*
 * The uniform in the open interval (0, 1) of a word: its upper 52 bits, and
 * half a unit up, so that neither 0 nor 1 can come out (with 53 bits the half
 * would round up to 1).
 */
static inline double
rp_stream_uniform_of(uint64_t word)
{
	return ((double)(int64_t)(word >> 12) + 0.5) * 0x1p-52;
}

/* Uniform in the open interval (0, 1). */
static inline double
rp_stream_uniform(struct rp_stream *s)
{
	return rp_stream_uniform_of(rp_stream_word(s));
}

/* The first uniform of a stream, without keeping the stream. */
double rp_stream_uniform_at(struct rp_stream_key key, uint64_t trial,
    uint64_t lane);

/*
 * The same generator as GSL sees one; state from gsl_rng_set() is a stream
 * with the given number as its key.
 */
extern const gsl_rng_type *const rp_stream_gsl;

/*
 * Binomial variate: successes in n trials of probability p.  Exact (rejection
 * and inversion, no normal approximation).  p outside 0..1 is clamped.
 */
uint32_t rp_draw_binomial(struct rp_stream *s, uint32_t n, double p);

/*
 * Hypergeometric variate: how many of n1 marked ones are among t that are
 * drawn without replacement from n1 + n2 <= UINT32_MAX.  Exact; one uniform.
 * Cost O(1 + its standard deviation).  t above n1 + n2 is all of them.
 */
uint32_t rp_draw_hypergeometric(struct rp_stream *s, uint32_t n1, uint32_t n2,
    uint32_t t);

/* Standard normal variate. */
double rp_draw_normal(struct rp_stream *s);

/* RP_NORMALS_AT of them from one block of a stream, without keeping it. */
#define RP_NORMALS_AT 4
void rp_draw_normals_at(struct rp_stream_key key, uint64_t trial,
    uint64_t lane, double out[RP_NORMALS_AT]);

#endif /* RP_BASE_STREAM_H */
