/*
 * analyzer.h - read before each file that clang-tidy analyses.
 *
 * It looks at one file at a time and cannot know that rp_fail() returns the
 * code it is given; this tells it.
 */
#include "revplan/err.h"

#define rp_fail(err, code, ...) (rp_fail((err), (code), __VA_ARGS__), (code))
#define rp_fail_at(err, code, ...)					\
	(rp_fail_at((err), (code), __VA_ARGS__), (code))
