/*
 * base/mem.c - the only malloc of models/.
 */
#include "base/mem.h"

#include <stdatomic.h>
#include <stdint.h>
#include <stdlib.h>

/* Allocations left until the one that fails; 0 while nothing shall fail. */
static atomic_ulong until_failure;
static atomic_size_t live;

/*
 * Several threads may allocate at once: the exchange makes sure that exactly
 * one of them is handed the failure.
 */
static int
must_fail(void)
{
	unsigned long left = atomic_load(&until_failure);

	while (left > 0) {
		if (atomic_compare_exchange_weak(&until_failure, &left,
		    left - 1))
			return left == 1;
	}
	return 0;
}

void *
rp_alloc_zeroed(size_t n, size_t size)
{
	void *p;

	if (size > 0 && n > SIZE_MAX / size)
		return NULL;
	if (must_fail())
		return NULL;
	p = n * size > 0 ? calloc(n, size) : calloc(1, 1);
	if (p != NULL)
		atomic_fetch_add(&live, 1);
	return p;
}

void
rp_release_mem(void *p)
{
	if (p != NULL)
		atomic_fetch_sub(&live, 1);
	free(p);
}

void
rp_alloc_fail_at(unsigned long n)
{
	atomic_store(&until_failure, n);
}

size_t
rp_alloc_live(void)
{
	return atomic_load(&live);
}
