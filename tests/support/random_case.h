/*
 * random_case.h - the text of a case drawn at random.
 *
 * One or two populations and the events of the first, every step with numbers
 * of its own; small enough to be followed certificate by certificate.  The
 * same number gives the same case everywhere.
 */
#ifndef TESTS_RANDOM_CASE_H
#define TESTS_RANDOM_CASE_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#define RANDOM_CASE_HEAD						\
	"revplan: 1\nincident: {id: o, certificate: subscriber, "	\
	"reason: not-per-requirements, aware: 2026-03-02T00:00Z}\n"	\
	"simulation: {horizon: 2026-04-20, step: 1 h}\n"

struct random_case {
	char text[4096];
	size_t n;
	/* Of the path under way. */
	bool expires;
	bool shared;		/* some waits are per subscriber anywhere */
	bool marked;		/* some step reissues: one on each way */
};

/*
 * Case number `which`.  shared: with waits per subscriber anywhere, which
 * cannot be simulated by counts alone; else only at the beginning of a path.
 */
struct random_case random_case(uint64_t which, bool shared);

#endif /* TESTS_RANDOM_CASE_H */
