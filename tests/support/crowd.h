/*
 * tests/support/crowd.h - processes that share trials, as threads of one.
 */
#ifndef RP_TESTS_CROWD_H
#define RP_TESTS_CROWD_H

#include <stdbool.h>
#include <stddef.h>

#include "revplan/peers.h"

#define CROWD_MOST 8

/*
 * Call f(arg, peers) once for each of n, all at the same time.  false: they
 * did not all make the same calls, or one made a call that makes no sense.
 */
bool in_a_crowd(unsigned n, void (*f)(void *arg, const struct rp_peers *p),
    void *arg);

/* The calls that a crowd made last, and the bytes that one of them gave. */
struct crowd_talk {
	size_t calls, bytes;
};
struct crowd_talk crowd_last_talk(void);

#endif /* RP_TESTS_CROWD_H */
