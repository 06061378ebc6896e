/*
 * near.h - comparing doubles in tests.
 *
 * cmocka 1.1.5 compares floating point as float, so a difference of 1e-9
 * passes a tolerance of 1e-12.  This compares as double, and prints both.
 */
#ifndef TESTS_NEAR_H
#define TESTS_NEAR_H

/* Fails the running test unless |a - b| <= tol; NaN is near to nothing. */
#define assert_near(a, b, tol)						\
	near_check((a), (b), (tol), #a, __FILE__, __LINE__)

void near_check(double a, double b, double tol, const char *what,
    const char *file, int line);

#endif /* TESTS_NEAR_H */
