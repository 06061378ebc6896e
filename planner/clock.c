/* The only place that asks the system what time it is. */
#include "clock.h"

#include <errno.h>
#include <stdlib.h>
#include <time.h>

/* 1 January 3000, where the calendar of instant.h ends. */
#define LAST_S INT64_C(32503680000)

static struct {
	bool stopped;
	struct rp_instant at;
} agreed;

void
rp_clock_stop(struct rp_instant at)
{
	agreed.stopped = true;
	agreed.at = at;
}

rp_status
rp_clock_now(struct rp_instant *out, struct rp_err *err)
{
	const char *epoch = getenv("SOURCE_DATE_EPOCH");
	char *end = NULL;
	long long s = 0;

	if (agreed.stopped) {
		*out = agreed.at;
		return RP_OK;
	}
	if (epoch == NULL || *epoch == '\0') {
		*out = rp_instant_of_s((int64_t)time(NULL));
		return RP_OK;
	}
	errno = 0;
	s = strtoll(epoch, &end, 10);
	if (*epoch < '0' || *epoch > '9' || *end != '\0' || errno != 0 ||
	    s >= LAST_S)
		return rp_fail(err, RP_EUSAGE, "SOURCE_DATE_EPOCH '%s' is not "
		    "a number of seconds since 1970", epoch);
	*out = rp_instant_of_s(s);
	return RP_OK;
}

int64_t
rp_clock_ticking_ms(void)
{
	struct timespec t = {0};

	(void)clock_gettime(CLOCK_MONOTONIC, &t);
	return (int64_t)t.tv_sec * 1000 + t.tv_nsec / 1000000;
}
