/*
 * plain_case.h - the text of a case drawn at random, of which the trials need
 * not be walked through day by day (models/simulate/report.h).
 *
 * One to three populations: each on its own through waits, polls, batches,
 * gates and branches, or all of one subscriber together and then through a
 * desk; with calendars, uncertain inputs, cutoffs and ways of revoking.  From
 * 2026-03-02, a Monday, to 2026-04-16.
 */
#ifndef TESTS_PLAIN_CASE_H
#define TESTS_PLAIN_CASE_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/stream.h"

#define PLAIN_POPULATIONS 3

struct plain_case {
	struct rp_stream s;
	char text[6000];
	size_t n;
};

/* The same seed gives the same case; steps of a day or of an hour. */
struct plain_case plain_case(uint64_t seed, bool by_day);

/* More text. */
void plain_case_add(struct plain_case *w, const char *format, ...)
    __attribute__((format(printf, 2, 3)));

#endif /* TESTS_PLAIN_CASE_H */
