/*
 * The others by way of MPI; nothing beyond the standard, version 2.
 *
 * Only the thread that started the program calls it.  Counts are int there,
 * so what is longer goes in pieces.
 */
#include <mpi.h>
#include <string.h>

#include "crew.h"

#define PIECE ((size_t)1 << 28)

static struct rp_peers all;

static rp_status
answer(int code, struct rp_err *err)
{
	char text[MPI_MAX_ERROR_STRING + 1] = "";
	int len = 0;

	if (code == MPI_SUCCESS)
		return RP_OK;
	(void)MPI_Error_string(code, text, &len);
	text[strcspn(text, "\n")] = '\0';
	return rp_fail(err, RP_EIO, "the other processes cannot be reached "
	    "through MPI: %s", text);
}

static rp_status
gather(void *arg, void *items, size_t size, const size_t *from,
    struct rp_err *err)
{
	int code = MPI_SUCCESS;

	(void)arg;
	for (unsigned r = 0; r < all.n; r++) {
		unsigned char *at = (unsigned char *)items + from[r] * size;
		size_t left = (from[r + 1] - from[r]) * size, n;

		for (; left > 0 && code == MPI_SUCCESS; left -= n, at += n) {
			n = left < PIECE ? left : PIECE;
			code = MPI_Bcast(at, (int)n, MPI_BYTE, (int)r,
			    MPI_COMM_WORLD);
		}
	}
	return answer(code, err);
}

static rp_status
reduce(uint64_t *x, size_t n, MPI_Op op, struct rp_err *err)
{
	int code = MPI_SUCCESS;
	size_t piece;

	for (; n > 0 && code == MPI_SUCCESS; n -= piece, x += piece) {
		piece = n < PIECE / sizeof(*x) ? n : PIECE / sizeof(*x);
		code = MPI_Allreduce(MPI_IN_PLACE, x, (int)piece,
		    MPI_UINT64_T, op, MPI_COMM_WORLD);
	}
	return answer(code, err);
}

static rp_status
sum(void *arg, uint64_t *x, size_t n, struct rp_err *err)
{
	(void)arg;
	return reduce(x, n, MPI_SUM, err);
}

static rp_status
least(void *arg, uint64_t *x, size_t n, struct rp_err *err)
{
	(void)arg;
	return reduce(x, n, MPI_MIN, err);
}

rp_status
crew_join(int *argc, char ***argv, const struct rp_peers **out,
    struct rp_err *err)
{
	int threads = MPI_THREAD_SINGLE, rank = 0, n = 1;
	int code = MPI_Init_thread(argc, argv, MPI_THREAD_FUNNELED, &threads);
	rp_status st;

	*out = NULL;
	/* What goes wrong is told in a line of ours. */
	if (code == MPI_SUCCESS)
		code = MPI_Comm_set_errhandler(MPI_COMM_WORLD,
		    MPI_ERRORS_RETURN);
	if (code == MPI_SUCCESS)
		code = MPI_Comm_rank(MPI_COMM_WORLD, &rank);
	if (code == MPI_SUCCESS)
		code = MPI_Comm_size(MPI_COMM_WORLD, &n);
	if ((st = answer(code, err)) != RP_OK)
		return st;
	if (n > 1 && threads < MPI_THREAD_FUNNELED)
		return rp_fail(err, RP_EIO, "this MPI was built without "
		    "threads; use one with MPI_THREAD_FUNNELED");
	all = (struct rp_peers){ .rank = (unsigned)rank, .n = (unsigned)n,
	    .gather = gather, .sum = sum, .least = least };
	*out = n > 1 ? &all : NULL;
	return RP_OK;
}

void
crew_leave(void)
{
	(void)MPI_Finalize();
}
