/*
 * base/mem.h - the only place where models/ takes memory from.
 *
 * Zeroed, checked for overflow, and able to fail on purpose so that a test
 * can walk through every path that has run out of memory.
 */
#ifndef RP_BASE_MEM_H
#define RP_BASE_MEM_H

#include <stddef.h>

/*
 * n things of `size` bytes, all zero; NULL when n * size overflows or there
 * is no memory.  Never NULL for want of a size: 0 bytes get an address.
 */
void *rp_alloc_zeroed(size_t n, size_t size)
    __attribute__((warn_unused_result));

/* Accepts NULL. */
void rp_release_mem(void *p);

/*
 * For tests: of the allocations from now on let the n-th fail, counted from
 * 1 over all threads; 0 stops it.
 */
void rp_alloc_fail_at(unsigned long n);

/* For tests: blocks that have been taken and not yet given back. */
size_t rp_alloc_live(void);

#endif /* RP_BASE_MEM_H */
