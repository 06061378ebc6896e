/*
 * simulate/kernel.c - passing probability through the hops of a node.
 */
#include "simulate/kernel.h"

#include <math.h>
#include <string.h>

#include "base/mem.h"
#include "simulate/hop.h"

/* Sub-instants by which a step that maps instants to instants is resolved. */
#define SUBDIVISIONS 24

/* Gauss and Legendre's four nodes and weights on 0..1. */
#define NODES 4
static const double node_at[NODES] = {
	0.06943184420297371, 0.33000947820757187,
	0.66999052179242813, 0.93056815579702629
};
static const double node_weight[NODES] = {
	0.17392742256872693, 0.32607257743127307,
	0.32607257743127307, 0.17392742256872693
};

/* ---- one entry through one hop ------------------------------------------ */

/* A longer list is cheaper, and no worse, as a curve from cell to cell. */
#define EMPIRICAL_POINTS 100

static bool
has_points(const struct rp_hop *h)
{
	if (h->step->kind != RP_STEP_WAIT)
		return false;
	return h->law.is_fixed || h->law.kind == RP_DIST_ONE_OF ||
	    (h->law.kind == RP_DIST_EMPIRICAL &&
	    h->law.dist->n_points <= EMPIRICAL_POINTS);
}

/* Point i of a law of points, and its probability. */
static double
law_point(const struct rp_hop *h, size_t i, double *p)
{
	const struct rp_dist *dist = h->law.dist;

	*p = 1.0;
	if (!h->law.is_fixed)
		*p = h->law.kind == RP_DIST_ONE_OF ? dist->weight[i] :
		    1.0 / (double)dist->n_points;
	return (h->law.is_fixed ? h->law.a[0] : dist->point[i]) *
	    h->law.scale;
}

static size_t
law_points(const struct rp_hop *h)
{
	return h->law.is_fixed ? 1 : h->law.dist->n_points;
}

/* Mass p that enters at the instant u, which is at or after point i. */
static void
pass_instant(struct rp_kernel_work *w, const struct rp_hop *h, double u,
    size_t i, double p, struct rp_mass *out)
{
	const struct rp_grid *g = &w->m->grid;
	double before;

	if (rp_hop_maps_instants(h)) {
		rp_mass_place(g, out, rp_hop_mapped(w->m, h, u),
		    p * (1.0 - h->never));
		return;
	}
	for (size_t k = 0; has_points(h) && k < law_points(h); k++) {
		double pk, d = law_point(h, k, &pk);

		rp_mass_place(g, out, rp_hop_after(w->m, h, u, d),
		    p * pk * (1.0 - h->never));
	}
	if (has_points(h))
		return;
	/* What passes at once stays an atom if it was one. */
	before = h->own ? rp_hop_own_cdf(h, u, u) : 0.0;
	if (before > 0.0)
		rp_mass_place(g, out, u, p * before);
	for (size_t j = i + 1; j < g->n && before < 1.0; j++) {
		double by = rp_hop_cdf_from(w->m, h, u, j);

		if (by > before)
			rp_mass_add_spread(out, j - 1, p * (by - before));
		before = fmax(by, before);
	}
}

/* P(through by point j | entered evenly over cell c). */
static double
cdf_from_cell(const struct rp_kernel_work *w, const struct rp_hop *h,
    size_t c, size_t j)
{
	const struct rp_grid *g = &w->m->grid;
	double from = (double)g->t[c], sum = 0.0;
	double len = (double)g->t[c + 1] - from;

	/* Between regular points only the number of steps matters. */
	if (w->lag != NULL && g->whole[c] >= 0 && g->whole[c + 1] >= 0 &&
	    g->whole[j] >= 0)
		return w->lag[g->whole[j] - g->whole[c]];
	for (int k = 0; k < NODES; k++)
		sum += node_weight[k] * rp_hop_cdf_from(w->m, h,
		    from + node_at[k] * len, j);
	return sum;
}

/* Runs of sub-instants with one destination; false: too many of them. */
static bool
make_map(const struct rp_kernel_work *w, const struct rp_hop *h, size_t c,
    struct rp_cell_map *map)
{
	double from = (double)w->m->grid.t[c];
	double len = (double)w->m->grid.t[c + 1] - from;

	map->n = 0;
	for (int k = 0; k < SUBDIVISIONS; k++) {
		double u = from + len * (k + 0.5) / SUBDIVISIONS;
		double x = rp_hop_mapped(w->m, h, u);

		if (x == u)
			x = (double)NAN;
		if (map->n > 0 && (map->piece[map->n - 1].x == x ||
		    (isnan(map->piece[map->n - 1].x) && isnan(x)))) {
			map->piece[map->n - 1].share += 1.0 / SUBDIVISIONS;
			continue;
		}
		if (map->n == RP_MAP_PIECES)
			return false;
		map->piece[map->n].x = x;
		map->piece[map->n++].share = 1.0 / SUBDIVISIONS;
	}
	return true;
}

/* The map of a cell, kept for a batch; NULL: it has too many pieces. */
static const struct rp_cell_map *
map_of(struct rp_kernel_work *w, const struct rp_hop *h, size_t c,
    struct rp_cell_map *scratch)
{
	struct rp_cell_map **kept = &w->map[h - w->hop], *map = scratch;

	scratch->n = 0;
	if (h->step->kind == RP_STEP_BATCH && *kept == NULL)
		*kept = rp_alloc_zeroed(w->m->grid.n, sizeof(**kept));
	/* Without memory to keep it, it is simply worked out again. */
	if (*kept != NULL)
		map = &(*kept)[c];
	if (map->n == 0 && !make_map(w, h, c, map)) {
		map->n = 0;
		return NULL;
	}
	return map;
}

/* Mass p that enters a step that maps instants evenly over cell c. */
static void
pass_mapped(struct rp_kernel_work *w, const struct rp_hop *h, size_t c,
    double p, struct rp_mass *out)
{
	const struct rp_grid *g = &w->m->grid;
	struct rp_cell_map scratch;
	const struct rp_cell_map *map = map_of(w, h, c, &scratch);
	double from = (double)g->t[c], len = (double)g->t[c + 1] - from;

	for (unsigned k = 0; map != NULL && k < map->n; k++) {
		if (isnan(map->piece[k].x))
			rp_mass_add_spread(out, c, p * map->piece[k].share);
		else
			rp_mass_place(g, out, map->piece[k].x,
			    p * map->piece[k].share);
	}
	for (int k = 0; map == NULL && k < SUBDIVISIONS; k++) {
		double u = from + len * (k + 0.5) / SUBDIVISIONS;

		rp_mass_place(g, out, rp_hop_mapped(w->m, h, u),
		    p / SUBDIVISIONS);
	}
}

/*
 * Mass p that enters evenly over cell c and waits for d.  Working time stands
 * still and leaps, so where the ends of the cell come to lie apart by more
 * than its length it is cut into pieces, and each that is torn goes whole.
 */
static void
delay_cell(struct rp_kernel_work *w, const struct rp_hop *h, size_t c,
    double d, double p, struct rp_mass *out)
{
	const struct rp_grid *g = &w->m->grid;
	double at = (double)g->t[c], len = (double)g->t[c + 1] - at;
	double from = rp_hop_after(w->m, h, at, d);
	double until = rp_hop_after(w->m, h, at + len, d);

	if (until - from <= len) {
		rp_mass_place_over(g, out, from, until, p);
		return;
	}
	len /= SUBDIVISIONS;
	for (int k = 0; k < SUBDIVISIONS; k++, at += len) {
		from = rp_hop_after(w->m, h, at, d);
		until = rp_hop_after(w->m, h, at + len, d);
		if (until - from <= 2.0 * len)
			rp_mass_place_over(g, out, from, until,
			    p / SUBDIVISIONS);
		else
			rp_mass_place(g, out, rp_hop_after(w->m, h,
			    at + 0.5 * len, d), p / SUBDIVISIONS);
	}
}

/* Mass p that enters evenly over cell c. */
static void
pass_cell(struct rp_kernel_work *w, const struct rp_hop *h, size_t c,
    double p, struct rp_mass *out)
{
	const struct rp_grid *g = &w->m->grid;
	double before = 0.0;

	if (rp_hop_maps_instants(h)) {
		pass_mapped(w, h, c, p * (1.0 - h->never), out);
		return;
	}
	for (size_t k = 0; has_points(h) && k < law_points(h); k++) {
		double pk, d = law_point(h, k, &pk);

		delay_cell(w, h, c, d, p * pk * (1.0 - h->never), out);
	}
	if (has_points(h))
		return;
	for (size_t j = c + 1; j < g->n && before < 1.0; j++) {
		double by = cdf_from_cell(w, h, c, j);

		if (by > before)
			rp_mass_add_spread(out, j - 1, p * (by - before));
		before = fmax(by, before);
	}
}

static void
fill_lags(const struct rp_grid *g, const struct rp_hop *h, double *p)
{
	p[0] = 0.0;
	for (size_t m = 1; m <= g->n_regular; m++) {
		p[m] = 0.0;
		for (int k = 0; k < NODES; k++)
			p[m] += node_weight[k] * rp_hop_lag_cdf(h,
			    ((double)m - node_at[k]) * (double)g->step_s);
	}
}

/*
 * The table of lags of a hop, if its delay does not depend on when it begins;
 * made at most once in a trial.
 */
static void
prepare_lags(struct rp_kernel_work *w, const struct rp_hop *h)
{
	struct rp_lags *l = &w->lags[h - w->hop];

	w->lag = NULL;
	if (h->own || rp_hop_is_working(h) || rp_hop_maps_instants(h) ||
	    has_points(h))
		return;
	if (l->p == NULL)
		l->p = rp_alloc_zeroed(w->m->grid.n_regular + 2,
		    sizeof(*l->p));
	if (l->p == NULL)
		return;		/* it is merely slower without */
	if (!l->made || (!h->fixed && l->trial != w->trial))
		fill_lags(&w->m->grid, h, l->p);
	l->made = true;
	l->trial = w->trial;
	w->lag = l->p;
}

/* Whether anything enters over a cell. */
static bool
enters_over_cells(const struct rp_mass *in)
{
	for (size_t i = in->low; i < in->high; i++)
		if (in->cell[i] > 0.0 && isnan(in->lump[i]))
			return true;
	return false;
}

static void
pass(struct rp_kernel_work *w, const struct rp_hop *h,
    const struct rp_mass *in, struct rp_mass *out)
{
	const struct rp_grid *g = &w->m->grid;

	if (enters_over_cells(in))
		prepare_lags(w, h);
	for (size_t i = in->low; i < in->high; i++) {
		if (in->atom[i] > 0.0)
			pass_instant(w, h, (double)g->t[i], i, in->atom[i],
			    out);
		if (!(in->cell[i] > 0.0))
			continue;
		if (isnan(in->lump[i]))
			pass_cell(w, h, i, in->cell[i], out);
		else
			pass_instant(w, h, (double)g->t[i] + in->lump[i] *
			    (double)(g->t[i + 1] - g->t[i]), i, in->cell[i],
			    out);
	}
}

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
			pass(w, h, a, b);
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
	w->lags = rp_alloc_zeroed(m->n_hops, sizeof(*w->lags));
	w->map = rp_alloc_zeroed(m->n_hops, sizeof(*w->map));
	w->pool = rp_alloc_zeroed(w->n_pool, sizeof(*w->pool));
	ok = w->hop != NULL && w->lags != NULL && w->map != NULL &&
	    w->pool != NULL;
	for (size_t i = 0; ok && i < w->n_pool; i++) {
		struct rp_mass *a = &w->pool[i];

		a->atom = rp_alloc_zeroed(n, sizeof(*a->atom));
		a->cell = rp_alloc_zeroed(n, sizeof(*a->cell));
		a->lump = rp_alloc_zeroed(n, sizeof(*a->lump));
		a->low = SIZE_MAX;
		ok = a->atom != NULL && a->cell != NULL && a->lump != NULL;
	}
	if (!ok) {
		rp_kernel_work_release(w);
		return rp_fail(err, RP_ENOMEM, "no memory for the kernels");
	}
	if (m->n_hops > 0)
		memcpy(w->hop, m->hop, m->n_hops * sizeof(*w->hop));
	return RP_OK;
}

void
rp_kernel_work_release(struct rp_kernel_work *w)
{
	for (size_t i = 0; w->pool != NULL && i < w->n_pool; i++) {
		rp_release_mem(w->pool[i].atom);
		rp_release_mem(w->pool[i].cell);
		rp_release_mem(w->pool[i].lump);
	}
	for (size_t i = 0; w->map != NULL && i < w->m->n_hops; i++)
		rp_release_mem(w->map[i]);
	rp_release_mem(w->map);
	rp_release_mem(w->pool);
	rp_release_mem(w->hop);
	for (size_t i = 0; w->lags != NULL && i < w->m->n_hops; i++)
		rp_release_mem(w->lags[i].p);
	rp_release_mem(w->lags);
	*w = (struct rp_kernel_work){ 0 };
}
