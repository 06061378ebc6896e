/*
 * simulate/kernel.c - passing probability through the hops of a node.
 */
#include "simulate/kernel.h"

#include <math.h>
#include <string.h>

#include "base/mem.h"
#include "simulate/pass.h"

/* pool[at] through n hops; pool[at + 1] and on are scratch. */
static void
pass_chain(struct rp_kernel_work *w, size_t hop, size_t n, size_t at)
{
	struct rp_mass *a = &w->pool[at], *b = &w->pool[at + 1];

	for (; n > 0; n--, hop += w->hop[hop].span) {
		const struct rp_hop *h = &w->hop[hop];

		rp_mass_clear(b);
		if (h->step->kind == RP_STEP_BRANCH) {
			rp_mass_split(a, b, h->share);
			pass_chain(w, hop + 1, h->n_sub, at + 1);
			rp_mass_add(a, b);
		} else {
			rp_pass(w, h, a, b);
			rp_mass_swap(a, b);
		}
	}
}

/* ---- from mass to kernel ------------------------------------------------ */

static void
add_exit(struct rp_kernel *k, enum rp_exit_kind kind, size_t at, double p,
    double lump)
{
	struct rp_exit *e = &k->exit[k->n];

	if (!(p > 0.0))
		return;
	e->kind = (uint8_t)kind;
	e->at = (uint32_t)at;
	e->p = p;
	e->lump = lump;
	e->up_to = p + (k->n > 0 ? k->exit[k->n - 1].up_to : 0.0);
	k->n++;
}

/* What is needed to thin a mass by expiry. */
struct thinning {
	const struct rp_mass *a;
	const double *alive;
	enum rp_entry entry;
	size_t i;		/* point or cell of entry */
	double at_entry;	/* alive there */
	double left;		/* has gone on so far */
};

/* Alive at point j, or at the entry in its own cell. */
static double
alive_at(const struct thinning *t, size_t j)
{
	return j == t->i ? t->at_entry : t->alive[j];
}

/* What becomes of cell j: some go on, some expire. */
static void
thin_cell(struct thinning *t, size_t j, struct rp_kernel *k)
{
	bool used = j >= t->a->low && j < t->a->high;
	double cell = used ? t->a->cell[j] : 0.0;
	double from = alive_at(t, j), until = t->alive[j + 1];

	if (j == t->i && t->entry == RP_ENTRY_CELL) {
		/* They have just come: none expires before it goes on. */
		add_exit(k, RP_EXIT_CELL, j, cell, used ? t->a->lump[j] :
		    0.0);
		add_exit(k, RP_EXIT_EXPIRED, j, (from - until) / from *
		    (1.0 - cell), 0.0);
	} else {
		add_exit(k, RP_EXIT_CELL, j, cell * 0.5 * (from + until) /
		    t->at_entry, used ? t->a->lump[j] : 0.0);
		add_exit(k, RP_EXIT_EXPIRED, j, (from - until) /
		    t->at_entry * (1.0 - t->left - 0.5 * cell), 0.0);
	}
	t->left += cell;
}

/*
 * Thin by expiry.  Leaving and expiring are independent, so of those that
 * would leave in a cell the mean of its two survivals does so alive, and of
 * those that stay the fall of survival expires; together nothing is lost.
 */
static void
thin(struct thinning *t, size_t n, struct rp_kernel *k)
{
	const struct rp_mass *a = t->a;

	t->at_entry = t->entry == RP_ENTRY_POINT ? t->alive[t->i] :
	    0.5 * (t->alive[t->i] + t->alive[t->i + 1]);
	if (!(t->at_entry > 0.0)) {
		add_exit(k, RP_EXIT_EXPIRED, t->i < n - 1 ? t->i : n - 2, 1.0,
		    0.0);
		return;
	}
	for (size_t j = t->i; j < n; j++) {
		if (j >= a->low && j < a->high) {
			add_exit(k, RP_EXIT_ATOM, j, a->atom[j] *
			    alive_at(t, j) / t->at_entry, 0.0);
			t->left += a->atom[j];
		}
		if (j + 1 < n)
			thin_cell(t, j, k);
	}
}

void
rp_kernel_make(struct rp_kernel_work *w, const struct rp_flow_node *node,
    enum rp_entry entry, size_t i, const double *alive, struct rp_kernel *k)
{
	struct rp_mass *a = &w->pool[0];

	rp_mass_clear(a);
	if (entry == RP_ENTRY_POINT)
		rp_mass_add_atom(a, i, 1.0);
	else
		rp_mass_add_spread(a, i, 1.0);
	pass_chain(w, node->hop, node->n_hops, 0);
	a = &w->pool[0];
	k->n = 0;
	if (alive != NULL && !node->no_expiry && !node->by_subscriber) {
		struct thinning t = { .a = a, .alive = alive, .entry = entry,
		    .i = i };

		thin(&t, w->m->grid.n, k);
		return;
	}
	for (size_t j = a->low; j < a->high; j++) {
		add_exit(k, RP_EXIT_ATOM, j, a->atom[j], 0.0);
		add_exit(k, RP_EXIT_CELL, j, a->cell[j], a->lump[j]);
	}
}

/* ---- work space --------------------------------------------------------- */

rp_status
rp_kernel_work_init(struct rp_kernel_work *w, const struct rp_model *m,
    struct rp_err *err)
{
	size_t n = m->grid.n;
	bool ok;

	*w = (struct rp_kernel_work){ .m = m, .n_pool = m->depth + 2 };
	w->hop = rp_alloc_zeroed(m->n_hops, sizeof(*w->hop));
	w->pool = rp_alloc_zeroed(w->n_pool, sizeof(*w->pool));
	ok = w->hop != NULL && w->pool != NULL;
	for (size_t i = 0; ok && i < w->n_pool; i++) {
		struct rp_mass *a = &w->pool[i];

		a->atom = rp_alloc_zeroed(n, sizeof(*a->atom));
		a->cell = rp_alloc_zeroed(n, sizeof(*a->cell));
		a->lump = rp_alloc_zeroed(n, sizeof(*a->lump));
		a->low = SIZE_MAX;
		ok = a->atom != NULL && a->cell != NULL && a->lump != NULL;
	}
	if (ok && m->n_hops > 0)
		memcpy(w->hop, m->hop, m->n_hops * sizeof(*w->hop));
	if (ok && rp_pass_init(w))
		return RP_OK;
	rp_kernel_work_release(w);
	return rp_fail(err, RP_ENOMEM, "no memory for the kernels");
}

void
rp_kernel_work_release(struct rp_kernel_work *w)
{
	for (size_t i = 0; w->pool != NULL && i < w->n_pool; i++) {
		rp_release_mem(w->pool[i].atom);
		rp_release_mem(w->pool[i].cell);
		rp_release_mem(w->pool[i].lump);
	}
	rp_release_mem(w->pool);
	rp_release_mem(w->hop);
	if (w->m != NULL)
		rp_pass_release(w);
	*w = (struct rp_kernel_work){ 0 };
}
