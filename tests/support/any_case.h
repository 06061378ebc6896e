/*
 * any_case.h - cases put together at random from all steps, events and ways of
 * revoking, each from a seed.
 */
#ifndef RP_TESTS_ANY_CASE_H
#define RP_TESTS_ANY_CASE_H

#include <stddef.h>
#include <stdint.h>

#include "base/stream.h"

struct any_text {
	char s[8192];
	size_t n;
	struct rp_stream random;
};

/* The text of a case, which lies in t. */
const char *any_case(struct any_text *t, uint64_t seed);

#endif /* RP_TESTS_ANY_CASE_H */
