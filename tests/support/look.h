/*
 * look.h - what is looked at of a case, by the plain simulation.
 */
#ifndef TESTS_LOOK_H
#define TESTS_LOOK_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "revplan/simulate.h"
#include "support/bound.h"

#define TRIALS_MAX 4000
#define INSTANTS 3
#define POPULATIONS 3		/* two and all of them together */
#define HOUR 3600.0
#define LATE 1e12		/* beyond the horizon */

/* Counts of the reference a little earlier, then, and a little later, the
 * smallest and the largest of them. */
struct envelope {
	double low[TRIALS_MAX], high[TRIALS_MAX];
};

struct looked {
	struct envelope state[RP_STATES][POPULATIONS][INSTANTS];
	double exact[RP_METRICS][INSTANTS][TRIALS_MAX];
	double day[RP_METRICS][TRIALS_MAX];
	struct envelope nothing[2][INSTANTS];
	struct envelope done[RP_METRICS];
	struct envelope overdue, left[INSTANTS], owners[INSTANTS];
	double in_time[2];
	/* Of the trials in which the risk, event of that index, came true, or
	 * not. */
	struct {
		size_t trials;
		double in_time[2];
		struct envelope overdue;
	} risk[2];
	size_t faults;
};

extern struct looked plain;

struct look {
	uint64_t seed;
	uint32_t features;
	struct bound b;
	const char *text;
	double step, slack;		/* seconds */
	size_t trials, populations;
	int64_t at[INSTANTS];
	double horizon, deadline;
	size_t risk;			/* the index of its event, if any */
	size_t made, bad;
};

/* Days after awareness, and those that are over. */
double look_days(double t);
double look_whole_day(double t);
/* Near the horizon nothing counts as complete: LATE. */
double look_completed(const struct look *k, double t);

/* Play all trials of a case; false: the reference cannot. */
bool look_by_plain(struct look *k);

#endif /* TESTS_LOOK_H */
