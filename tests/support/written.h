/*
 * written.h - times in tests, written as in a case file.
 *
 * A time that cannot be read fails the running test.
 */
#ifndef TESTS_WRITTEN_H
#define TESTS_WRITTEN_H

#include <stdarg.h>
#include <setjmp.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "revplan/instant.h"

static inline struct rp_when
when(const char *text)
{
	struct rp_when w = { { 0 }, { 0 } };
	struct rp_err err = { 0 };

	if (rp_when_parse(text, &w, &err) != RP_OK)
		fail_msg("'%s': %s", text, err.text);
	return w;
}

/* An exact time so many seconds after a written one. */
static inline struct rp_when
when_plus(const char *text, int64_t s)
{
	return rp_when_exact(rp_instant_plus(when(text).from,
	    rp_span_of_s(s)));
}

#endif /* TESTS_WRITTEN_H */
