#include "support/crowd.h"

#include <pthread.h>
#include <stdlib.h>
#include <string.h>

enum call { DONE, GATHER, SUM, LEAST };

/* What each of them asks for at the moment. */
struct wish {
	enum call call;
	void *items;
	size_t size, n;
};

struct crowd {
	unsigned n;
	pthread_barrier_t barrier;
	struct wish wish[CROWD_MOST];
	bool odd;
	struct crowd_talk talk;
	void (*f)(void *arg, const struct rp_peers *p);
	void *arg;
};

struct member {
	struct crowd *crowd;
	struct rp_peers peers;
};

static struct crowd_talk last;

static void
meet(struct crowd *c)
{
	pthread_barrier_wait(&c->barrier);
}

/* Everybody says what it wants; false: not the same. */
static bool
agree(struct member *m, enum call call, void *items, size_t size, size_t n)
{
	struct crowd *c = m->crowd;
	bool same = true;

	c->wish[m->peers.rank] = (struct wish){ call, items, size, n };
	meet(c);
	for (unsigned r = 0; r < c->n; r++)
		same = same && c->wish[r].call == call &&
		    c->wish[r].size == size && c->wish[r].n == n;
	if (m->peers.rank == 0) {
		c->odd = c->odd || !same;
		c->talk.calls += call != DONE;
		c->talk.bytes += size * n;
	}
	return same;
}

/* The blocks of the others; nobody writes into its own. */
static rp_status
gather(void *arg, void *items, size_t size, const size_t *from,
    struct rp_err *err)
{
	struct member *m = arg;
	struct crowd *c = m->crowd;
	bool same = agree(m, GATHER, items, size, from[c->n]);

	for (unsigned r = 0; same && r < c->n; r++)
		if (r != m->peers.rank)
			memcpy((char *)items + from[r] * size,
			    (char *)c->wish[r].items + from[r] * size,
			    (from[r + 1] - from[r]) * size);
	meet(c);
	return same ? RP_OK : rp_fail(err, RP_EIO, "not the same calls");
}

static rp_status
fold(struct member *m, enum call call, uint64_t *x, size_t n,
    struct rp_err *err)
{
	struct crowd *c = m->crowd;
	uint64_t *all = malloc(n * sizeof(*all) + 1);
	bool same = agree(m, call, x, sizeof(*x), n) && all != NULL;

	for (size_t i = 0; same && i < n; i++) {
		all[i] = ((uint64_t *)c->wish[0].items)[i];
		for (unsigned r = 1; r < c->n; r++) {
			uint64_t y = ((uint64_t *)c->wish[r].items)[i];

			all[i] = call == SUM ? all[i] + y :
			    all[i] < y ? all[i] : y;
		}
	}
	meet(c);
	if (same && n > 0)
		memcpy(x, all, n * sizeof(*all));
	free(all);
	return same ? RP_OK : rp_fail(err, RP_EIO, "not the same calls");
}

static rp_status
sum(void *arg, uint64_t *x, size_t n, struct rp_err *err)
{
	return fold(arg, SUM, x, n, err);
}

static rp_status
least(void *arg, uint64_t *x, size_t n, struct rp_err *err)
{
	return fold(arg, LEAST, x, n, err);
}

/* Who is done too early is in everybody's way from then on. */
static void *
live(void *arg)
{
	struct member *m = arg;
	struct crowd *c = m->crowd;
	bool all;

	c->f(c->arg, &m->peers);
	do {
		all = agree(m, DONE, NULL, 0, 0);
		meet(c);
	} while (!all);
	return NULL;
}

bool
in_a_crowd(unsigned n, void (*f)(void *arg, const struct rp_peers *p),
    void *arg)
{
	struct crowd c = { .n = n, .f = f, .arg = arg };
	struct member m[CROWD_MOST];
	pthread_t id[CROWD_MOST];
	unsigned r;

	if (pthread_barrier_init(&c.barrier, NULL, n) != 0)
		return false;
	for (r = 0; r < n; r++) {
		m[r] = (struct member){ &c, { .rank = r, .n = n,
		    .arg = &m[r], .gather = gather, .sum = sum,
		    .least = least } };
		if (pthread_create(&id[r], NULL, live, &m[r]) != 0)
			abort();
	}
	for (r = 0; r < n; r++)
		pthread_join(id[r], NULL);
	pthread_barrier_destroy(&c.barrier);
	last = c.talk;
	return !c.odd;
}

struct crowd_talk
crowd_last_talk(void)
{
	return last;
}
