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

/* A kernel that is being written. */
struct filling {
	struct rp_exit *next;
	double up_to;
};

static inline void
add_exit(struct filling *f, enum rp_exit_kind kind, size_t at, double p,
    double lump)
{
	if (!(p > 0.0))
		return;
	f->up_to += p;
	*f->next++ = (struct rp_exit){ .p = p, .up_to = f->up_to,
	    .lump = lump, .at = (uint32_t)at, .kind = (uint8_t)kind };
}

/*
 * Thin by expiry.  Leaving and expiring are independent, so of those that
 * would leave in a cell the mean of its two survivals does so alive, and of
 * those that stay the fall of survival expires; together nothing is lost.
 */
static void
thin_from(const struct rp_mass *a, const double *alive, size_t i, size_t n,
    double from, double left, double per_entry, struct filling *f)
{
	for (size_t j = i; j < n; j++) {
		bool used = j >= a->low && j < a->high;
		double cell = used ? a->cell[j] : 0.0, until;

		if (used) {
			add_exit(f, RP_EXIT_ATOM, j, a->atom[j] * from *
			    per_entry, 0.0);
			left += a->atom[j];
		}
		if (j + 1 == n)
			return;
		until = alive[j + 1];
		add_exit(f, RP_EXIT_CELL, j, cell * 0.5 * (from + until) *
		    per_entry, used ? a->lump[j] : 0.0);
		add_exit(f, RP_EXIT_EXPIRED, j, (from - until) * per_entry *
		    (1.0 - left - 0.5 * cell), 0.0);
		left += cell;
		from = until;
	}
}

/* What enters at point i. */
static void
thin_point(const struct rp_mass *a, const double *alive, size_t i, size_t n,
    struct filling *f)
{
	if (alive[i] > 0.0)
		thin_from(a, alive, i, n, alive[i], 0.0, 1.0 / alive[i], f);
	else
		add_exit(f, RP_EXIT_EXPIRED, i < n - 1 ? i : n - 2, 1.0, 0.0);
}

/* What enters over cell i: where it goes on at once it does so alive. */
static void
thin_cell(const struct rp_mass *a, const double *alive, size_t i, size_t n,
    struct filling *f)
{
	bool used = i >= a->low && i < a->high;
	double at_entry = 0.5 * (alive[i] + alive[i + 1]), left = 0.0;
	double cell = used ? a->cell[i] : 0.0;

	if (!(at_entry > 0.0)) {
		add_exit(f, RP_EXIT_EXPIRED, i, 1.0, 0.0);
		return;
	}
	if (used) {
		add_exit(f, RP_EXIT_ATOM, i, a->atom[i], 0.0);
		left += a->atom[i];
	}
	add_exit(f, RP_EXIT_CELL, i, cell, used ? a->lump[i] : 0.0);
	add_exit(f, RP_EXIT_EXPIRED, i, (at_entry - alive[i + 1]) / at_entry *
	    (1.0 - cell), 0.0);
	thin_from(a, alive, i + 1, n, alive[i + 1], left + cell,
	    1.0 / at_entry, f);
}

void
rp_kernel_make(struct rp_kernel_work *w, const struct rp_flow_node *node,
    enum rp_entry entry, size_t i, const double *alive, struct rp_kernel *k)
{
	struct filling f = { .next = k->exit };
	struct rp_mass *a = &w->pool[0];
	size_t n = w->m->grid.n;

	rp_mass_clear(a);
	if (entry == RP_ENTRY_POINT)
		rp_mass_add_atom(a, i, 1.0);
	else
		rp_mass_add_spread(a, i, 1.0);
	pass_chain(w, node->hop, node->n_hops, 0);
	a = &w->pool[0];
	if (alive == NULL || node->no_expiry || node->by_subscriber)
		for (size_t j = a->low; j < a->high; j++) {
			add_exit(&f, RP_EXIT_ATOM, j, a->atom[j], 0.0);
			add_exit(&f, RP_EXIT_CELL, j, a->cell[j], a->lump[j]);
		}
	else if (entry == RP_ENTRY_POINT)
		thin_point(a, alive, i, n, &f);
	else
		thin_cell(a, alive, i, n, &f);
	k->n = (size_t)(f.next - k->exit);
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
