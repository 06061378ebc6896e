/*
 * fuzz_ics.c - any bytes as an iCalendar of holidays.
 */
#include <stdint.h>
#include <stdlib.h>

#include "read/ics.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

/* Two years; what is marked must come out in order and within them. */
int
LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	struct rp_dayset set = { 0, 0, NULL };
	struct rp_civil *dates = NULL;
	struct rp_err err = { 0 };
	rp_status status;
	size_t i, n = 0;

	if (size > 65536)
		return 0;
	if (rp_dayset_init(&set, rp_instant_of_s(1577836800),
	    rp_instant_of_s(1640995200), &err) != RP_OK)
		abort();
	status = rp_ics_read((const char *)data, size, &set, &err);
	if ((status == RP_OK) != (err.text[0] == '\0'))
		abort();
	if (rp_dayset_dates(&set, &dates, &n, &err) != RP_OK)
		abort();
	for (i = 0; i < n; i++) {
		if (!rp_civil_valid(dates[i]) || (i > 0 &&
		    rp_day_of_civil(dates[i - 1]) >=
		    rp_day_of_civil(dates[i])))
			abort();
	}
	free(dates);
	rp_dayset_release(&set);
	return 0;
}
