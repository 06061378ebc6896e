/*
 * small.h - small random cases, each from a seed.
 *
 * What a case holds is said by features: one alone, two together, or a
 * mixture; everything else about it is by chance.
 */
#ifndef TESTS_SMALL_H
#define TESTS_SMALL_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

/* 2026-03-02T00:00Z, a Monday. */
#define SMALL_AWARE INT64_C(1772409600)
#define SMALL_DAYS 35		/* from awareness to the horizon */
#define SMALL_TEXT 6000

enum small_feature {
	SMALL_WAIT,
	SMALL_WORKING,		/* waits in working time */
	SMALL_ANSWER,		/* waits per subscriber, in place */
	SMALL_LATE_ANSWER,	/* ... after the certificates have parted */
	SMALL_NEVER,		/* some never answer */
	SMALL_NOTICE,
	SMALL_TEAM,
	SMALL_UNEVEN_TEAM,	/* ramp, variation, weekends */
	SMALL_SHARED_TEAM,	/* with a second population */
	SMALL_POLL,
	SMALL_CLIENTS,		/* a mix of named clients */
	SMALL_BATCH,
	SMALL_GATE,
	SMALL_BRANCH,
	SMALL_VALIDATED,	/* a branch by age of the validation */
	SMALL_CALENDAR,		/* holidays, a freeze, hours, a zone */
	SMALL_EXPIRY,
	SMALL_RENEWAL,
	SMALL_OWNS,		/* unequal numbers */
	SMALL_REISSUES,
	SMALL_POLICY,		/* not "after replaced" */
	SMALL_CUTOFF,
	SMALL_ROLLOUT,
	SMALL_SECOND_ROLLOUT,
	SMALL_DISCOVERY,
	SMALL_HOLD,
	SMALL_RISK,
	SMALL_INPUTS,		/* uncertain ones */
	SMALL_FEATURES
};

const char *small_word(enum small_feature feature);

/* Whether a set of features, a bit each, holds one. */
static inline bool
small_has(uint32_t features, enum small_feature feature)
{
	return (features >> (unsigned)feature & 1u) != 0;
}

/* The features of a case: the first SMALL_FEATURES seeds have one each, the
 * next twice as many two, all others are mixtures. */
uint32_t small_features(uint64_t seed);

/* The case of a seed as YAML, with steps of so many hours (1 or 24). */
const char *small_case(uint64_t seed, uint32_t features, int step_hours,
    char text[SMALL_TEXT]);

#endif /* TESTS_SMALL_H */
