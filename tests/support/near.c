/* near.c - see near.h. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>
#include <math.h>

#include "near.h"

void
near_check(double a, double b, double tol, const char *what, const char *file,
    int line)
{
	/* Written so that a NaN anywhere fails. */
	if (fabs(a - b) <= tol)
		return;
	print_error("%s is %.17g, not %.17g within %g (off by %g)\n", what, a,
	    b, tol, a - b);
	_fail(file, line);
}
