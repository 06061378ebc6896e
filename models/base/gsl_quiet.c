/*
 * base/gsl_quiet.c - the one place that turns GSL's handler off.
 */
#include "base/gsl_quiet.h"

#include <pthread.h>

#include <gsl/gsl_errno.h>

static void
turn_off(void)
{
	gsl_set_error_handler_off();
}

void
rp_gsl_quiet(void)
{
	static pthread_once_t once = PTHREAD_ONCE_INIT;

	pthread_once(&once, turn_off);
}
