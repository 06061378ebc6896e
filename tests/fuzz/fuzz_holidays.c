/*
 * fuzz_holidays.c - any bytes as a file of holidays, list or iCalendar.
 */
#include <stdint.h>
#include <stdlib.h>

#include "read/holidays.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

/* A failure explains itself and gives nothing; a success always something. */
int
LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	struct rp_civil *dates = NULL;
	struct rp_err err = { 0 };
	rp_status status;
	size_t n = 0;

	status = rp_holidays_read((const char *)data, size,
	    rp_instant_of_s(1577836800), rp_instant_of_s(1640995200), &dates,
	    &n, &err);
	if ((status == RP_OK) != (err.text[0] == '\0') ||
	    (status == RP_OK) != (dates != NULL) || n > 800)
		abort();
	free(dates);
	return 0;
}
