/*
 * simulate/pass.c - one step, for all who come to it.
 *
 * Most of the time of a trial with uncertain inputs goes by here, and most of
 * that in add_run() and in gather(): a wait moves what comes evenly over a cell
 * to the cells behind it by the differences of a table (lags.h), and a batch
 * moves each cell to where it always moves it.
 */
#include "simulate/pass.h"

#include <math.h>

#include "base/mem.h"
#include "simulate/hop.h"

/* Sub-instants by which a step that maps instants to instants is resolved. */
#define SUBDIVISIONS 24

/* ---- waits for points of a law ------------------------------------------ */

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

/* Mass p that enters at the instant u. */
static void
delay_instant(struct rp_kernel_work *w, const struct rp_hop *h, double u,
    double p, struct rp_mass *out)
{
	for (size_t k = 0; k < law_points(h); k++) {
		double pk, d = law_point(h, k, &pk);

		rp_mass_place(&w->m->grid, out, rp_hop_after(w->m, h, u, d),
		    p * pk * (1.0 - h->never));
	}
}

/*
 * Mass p that enters evenly over cell c and waits for d.  Working time stands
 * still and leaps, so where the ends of the cell come to lie apart by more
 * than its length it is cut into pieces, and each that is torn goes whole.
 */
static void
delay_cell_by(struct rp_kernel_work *w, const struct rp_hop *h, size_t c,
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

static void
delay_cell(struct rp_kernel_work *w, const struct rp_hop *h, size_t c,
    double p, struct rp_mass *out)
{
	for (size_t k = 0; k < law_points(h); k++) {
		double pk, d = law_point(h, k, &pk);

		delay_cell_by(w, h, c, d, p * pk * (1.0 - h->never), out);
	}
}

static void
pass_points(struct rp_kernel_work *w, const struct rp_hop *h,
    const struct rp_mass *in, struct rp_mass *out)
{
	const struct rp_grid *g = &w->m->grid;

	for (size_t i = in->low; i < in->high; i++) {
		if (in->atom[i] > 0.0)
			delay_instant(w, h, (double)g->t[i], in->atom[i], out);
		if (!(in->cell[i] > 0.0))
			continue;
		if (isnan(in->lump[i]))
			delay_cell(w, h, i, in->cell[i], out);
		else
			delay_instant(w, h, rp_mass_instant(g, in, i),
			    in->cell[i], out);
	}
}

/* ---- waits by a curve --------------------------------------------------- */

/* What goes to n cells in a row, by a table of what is through by then. */
static void
add_run(double *cell, const double *by, size_t n, double p)
{
	for (size_t k = 0; k < n; k++)
		cell[k] += p * (by[k + 1] - by[k]);
}

/* Mass p from a source that is through by nobody before point i. */
static void
add_delayed(const struct rp_grid *g, struct rp_lag_source *s, size_t i,
    double p, struct rp_mass *out)
{
	double most = s->lags->most, before = 0.0;

	for (size_t j = i + 1; j < g->n && before < most; j++) {
		double by = rp_lags_by(s, j);
		size_t n;

		if (by > before) {
			out->cell[j - 1] += p * (by - before);
			rp_mass_touch(out, j - 1);
			before = by;
		}
		if (s->table == NULL || g->whole[j] < 0 || g->run[j] == j)
			continue;
		/* By the table as far as it goes; it only ascends, but to
		 * where an irregular point may be by a rounding already. */
		n = rp_lags_left(s, j);
		n = n < g->run[j] - j ? n : g->run[j] - j;
		if (n == 0 || by < before)
			continue;
		add_run(out->cell + j, s->table + (g->whole[j] - s->whole), n,
		    p);
		rp_mass_touch_run(out, j, n);
		j += n;
		before = rp_lags_by(s, j);
	}
}

/*
 * The same for what comes evenly over cell c, all at once, where no irregular
 * point lies in the way; false: one does.
 */
static bool
add_at_once(const struct rp_grid *g, const struct rp_lags *l, size_t c,
    double p, struct rp_mass *out)
{
	size_t n = g->run[c] - c;

	if (g->whole[c] < 0 || n == 0)
		return false;
	if (n >= l->end)
		n = l->end;
	else if (g->run[c] + 1 < g->n)
		return false;
	if (n >= l->n_over)
		return false;
	add_run(out->cell + c, l->over, n, p);
	rp_mass_touch_run(out, c, n);
	return true;
}

/* So few steps that a sum over them for each cell is faster than a run from
 * each, which would wait for what the one before has stored. */
#define SHORT 16

/* Cells c to until, by n weights, from those of c to end - 1. */
static void
gather(const double *in, const double *w, size_t n, size_t c, size_t end,
    size_t until, double *out)
{
	for (size_t j = c; j < until; j++) {
		size_t most = j - c < n ? j - c + 1 : n;
		double sum = 0.0;

		for (size_t k = j < end ? 0 : j - end + 1; k < most; k++)
			sum += in[j - k] * w[k];
		out[j] += sum;
	}
}

/* The first cell after c that a short wait cannot take along with it. */
static size_t
alike_until(const struct rp_grid *g, const struct rp_mass *in, size_t c,
    size_t n)
{
	size_t last = g->run[c], stop = last;

	if (g->whole[c] < 0 || last < c + 2 * n)
		return c;
	/* Where the grid goes on irregularly, nothing must reach that. */
	if (last + 1 < g->n)
		stop = last - n + 1;
	while (c < stop && c < in->high &&
	    (isnan(in->lump[c]) || !(in->cell[c] > 0.0)))
		c++;
	return c;
}

/*
 * The same for as many cells as follow c.  How many they were; 0: too few, or
 * the wait is long.
 */
static size_t
add_short(const struct rp_grid *g, struct rp_lags *l,
    const struct rp_mass *in, size_t c, struct rp_mass *out)
{
	size_t n = l->end, end, until;
	double w[SHORT];

	if (n > SHORT)
		return 0;
	end = alike_until(g, in, c, n);
	if (end < c + n)
		return 0;
	rp_lags_over(l, c);
	for (size_t k = 0; k < n; k++)
		w[k] = l->over[k + 1] - l->over[k];
	until = end + n - 1 < g->run[c] ? end + n - 1 : g->run[c];
	gather(in->cell, w, n, c, end, until, out->cell);
	rp_mass_touch_run(out, c, until - c);
	return end - c;
}

/* Mass of cell c, which is at one instant or spread over it. */
static void
add_cell(struct rp_lags *l, const struct rp_grid *g,
    const struct rp_mass *in, size_t c, struct rp_mass *out)
{
	struct rp_lag_source s;

	if (isnan(in->lump[c]))
		rp_lags_from_cell(l, c, &s);
	else
		rp_lags_from_instant(l, rp_mass_instant(g, in, c), c, &s);
	add_delayed(g, &s, c, in->cell[c], out);
}

static void
pass_curve(struct rp_kernel_work *w, const struct rp_hop *h,
    const struct rp_mass *in, struct rp_mass *out)
{
	const struct rp_grid *g = &w->m->grid;
	struct rp_lags *l = &w->lags[h - w->hop];
	struct rp_lag_source s;
	bool working = rp_hop_is_working(h);
	size_t n;

	rp_lags_begin(l, w->trial);
	for (size_t i = in->low; i < in->high; i++)
		if (in->atom[i] > 0.0) {
			rp_lags_from_instant(l, (double)g->t[i], i, &s);
			add_delayed(g, &s, i, in->atom[i], out);
		}
	for (size_t c = in->low; c < in->high; c += n) {
		bool even = isnan(in->lump[c]) && !working;

		n = 1;
		if (!(in->cell[c] > 0.0))
			continue;
		if (even && (n = add_short(g, l, in, c, out)) > 0)
			continue;
		n = 1;
		if (!even || !add_at_once(g, l, c, in->cell[c], out))
			add_cell(l, g, in, c, out);
	}
	rp_mass_spread_all(out);
}

/* ---- polls that renew on their own schedule ----------------------------- */

/* What is through by each point, of mass p that enters at u or over cell i. */
static void
add_own(struct rp_kernel_work *w, const struct rp_hop *h, double u,
    double len, size_t i, double p, struct rp_mass *out)
{
	const struct rp_grid *g = &w->m->grid;
	double before = 0.0;

	/* What passes at once stays an atom if it was one. */
	if (!(len > 0.0))
		before = rp_hop_own_cdf(h, u, u);
	if (before > 0.0)
		rp_mass_place(g, out, u, p * before);
	for (size_t j = i + 1; j < g->n && before < 1.0; j++) {
		double by = len > 0.0 ? rp_lags_own_mean(h, u, len,
		    (double)g->t[j]) : rp_hop_own_cdf(h, u, (double)g->t[j]);

		if (by > before)
			rp_mass_add_spread(out, j - 1, p * (by - before));
		before = fmax(by, before);
	}
}

static void
pass_own(struct rp_kernel_work *w, const struct rp_hop *h,
    const struct rp_mass *in, struct rp_mass *out)
{
	const struct rp_grid *g = &w->m->grid;

	for (size_t i = in->low; i < in->high; i++) {
		if (in->atom[i] > 0.0)
			add_own(w, h, (double)g->t[i], 0.0, i, in->atom[i],
			    out);
		if (!(in->cell[i] > 0.0))
			continue;
		if (isnan(in->lump[i]))
			add_own(w, h, (double)g->t[i], (double)(g->t[i + 1] -
			    g->t[i]), i, in->cell[i], out);
		else
			add_own(w, h, rp_mass_instant(g, in, i), 0.0, i,
			    in->cell[i], out);
	}
}

/* ---- steps that map instants to instants -------------------------------- */

#define PIECES 6

/*
 * Where a batch sends what arrives evenly over a cell: shares of it to one
 * place each.
 */
struct rp_pieces {
	unsigned n;
	struct {
		double share;
		struct rp_place to;
		double x;		/* the instant, NaN: through at once */
	} piece[PIECES];
};

/* Nearly every cell goes to one point as a whole, or stays where it is; a few
 * go in pieces, which are kept, or in too many, which are not. */
enum { UNKNOWN, STAYS, TO_POINT, LOST, IN_PIECES, TORN };

static bool
same(double x, double y)
{
	return x == y || (isnan(x) && isnan(y));
}

/* Runs of sub-instants with one destination; false: too many of them. */
static bool
find_pieces(const struct rp_kernel_work *w, const struct rp_hop *h, size_t c,
    struct rp_pieces *map)
{
	const struct rp_grid *g = &w->m->grid;
	double from = (double)g->t[c], len = (double)g->t[c + 1] - from;

	map->n = 0;
	for (int k = 0; k < SUBDIVISIONS; k++) {
		double u = from + len * (k + 0.5) / SUBDIVISIONS;
		double x = rp_hop_mapped(w->m, h, u);

		if (x == u)
			x = (double)NAN;
		if (map->n > 0 && same(map->piece[map->n - 1].x, x)) {
			map->piece[map->n - 1].share += 1.0 / SUBDIVISIONS;
			continue;
		}
		if (map->n == PIECES)
			return false;
		map->piece[map->n].x = x;
		map->piece[map->n].to = rp_mass_place_of(g, x);
		map->piece[map->n++].share = 1.0 / SUBDIVISIONS;
	}
	return true;
}

static void
add_pieces(const struct rp_pieces *map, size_t c, double p,
    struct rp_mass *out)
{
	for (unsigned k = 0; k < map->n; k++) {
		if (isnan(map->piece[k].x))
			rp_mass_add_spread(out, c, p * map->piece[k].share);
		else
			rp_mass_put(out, &map->piece[k].to,
			    p * map->piece[k].share);
	}
}

/* Mass p that enters evenly over cell c. */
static void
map_cell(struct rp_kernel_work *w, const struct rp_hop *h, size_t c,
    double p, struct rp_mass *out)
{
	const struct rp_grid *g = &w->m->grid;
	double from = (double)g->t[c], len = (double)g->t[c + 1] - from;
	struct rp_pieces map;

	if (find_pieces(w, h, c, &map)) {
		add_pieces(&map, c, p, out);
		return;
	}
	for (int k = 0; k < SUBDIVISIONS; k++) {
		double u = from + len * (k + 0.5) / SUBDIVISIONS;

		rp_mass_place(g, out, rp_hop_mapped(w->m, h, u),
		    p / SUBDIVISIONS);
	}
}

/* The route of a cell through a batch, which never changes. */
static void
find_route(struct rp_kernel_work *w, const struct rp_hop *h, size_t c,
    struct rp_route *r)
{
	struct rp_pieces *map = &w->pieces[h - w->hop][c];

	r->how = TORN;
	if (!find_pieces(w, h, c, map))
		return;
	r->at = map->piece[0].to.at;
	if (map->n > 1)
		r->how = IN_PIECES;
	else if (isnan(map->piece[0].x))
		r->how = STAYS;
	else if (map->piece[0].to.kind == RP_AT_POINT)
		r->how = TO_POINT;
	else if (map->piece[0].to.kind == RP_NOWHERE)
		r->how = LOST;
	else
		r->how = IN_PIECES;
}

/* Mass p that enters a batch evenly over cell c. */
static void
route_cell(struct rp_kernel_work *w, const struct rp_hop *h, size_t c,
    double p, struct rp_mass *out)
{
	struct rp_route *r = &w->route[h - w->hop][c];

	if (r->how == UNKNOWN)
		find_route(w, h, c, r);
	if (r->how == STAYS) {
		out->cell[c] += p;
		out->lump[c] = (double)NAN;
		rp_mass_touch(out, c);
	} else if (r->how == TO_POINT) {
		out->atom[r->at] += p;
		rp_mass_touch(out, r->at);
	} else if (r->how == IN_PIECES) {
		add_pieces(&w->pieces[h - w->hop][c], c, p, out);
	} else if (r->how == TORN) {
		map_cell(w, h, c, p, out);
	}
}

static void
pass_mapped(struct rp_kernel_work *w, const struct rp_hop *h,
    const struct rp_mass *in, struct rp_mass *out)
{
	const struct rp_grid *g = &w->m->grid;
	bool batch = h->step->kind == RP_STEP_BATCH;
	double share = 1.0 - h->never;

	for (size_t i = in->low; i < in->high; i++) {
		if (in->atom[i] > 0.0)
			rp_mass_place(g, out, rp_hop_mapped(w->m, h,
			    (double)g->t[i]), share * in->atom[i]);
		if (!(in->cell[i] > 0.0))
			continue;
		if (!isnan(in->lump[i]))
			rp_mass_place(g, out, rp_hop_mapped(w->m, h,
			    rp_mass_instant(g, in, i)), share * in->cell[i]);
		else if (batch)
			route_cell(w, h, i, in->cell[i], out);
		else
			map_cell(w, h, i, share * in->cell[i], out);
	}
}

/* ---- any step ----------------------------------------------------------- */

void
rp_pass(struct rp_kernel_work *w, const struct rp_hop *h,
    const struct rp_mass *in, struct rp_mass *out)
{
	if (rp_hop_maps_instants(h))
		pass_mapped(w, h, in, out);
	else if (has_points(h))
		pass_points(w, h, in, out);
	else if (h->own)
		pass_own(w, h, in, out);
	else
		pass_curve(w, h, in, out);
}

/* ---- work space --------------------------------------------------------- */

bool
rp_pass_init(struct rp_kernel_work *w)
{
	size_t n = w->m->n_hops;

	if (!rp_lag_help_init(&w->help, w->m))
		return false;
	w->lags = rp_alloc_zeroed(n, sizeof(*w->lags));
	w->route = rp_alloc_zeroed(n, sizeof(*w->route));
	w->pieces = rp_alloc_zeroed(n, sizeof(*w->pieces));
	if (w->lags == NULL || w->route == NULL || w->pieces == NULL)
		return false;
	for (size_t i = 0; i < n; i++) {
		const struct rp_hop *h = &w->hop[i];

		if (rp_lags_serve(h) && !rp_lags_init(&w->lags[i], &w->help,
		    h))
			return false;
		if (h->step->kind != RP_STEP_BATCH)
			continue;
		w->route[i] = rp_alloc_zeroed(w->m->grid.n,
		    sizeof(**w->route));
		w->pieces[i] = rp_alloc_zeroed(w->m->grid.n,
		    sizeof(**w->pieces));
		if (w->route[i] == NULL || w->pieces[i] == NULL)
			return false;
	}
	return true;
}

void
rp_pass_release(struct rp_kernel_work *w)
{
	for (size_t i = 0; i < w->m->n_hops; i++) {
		if (w->lags != NULL)
			rp_lags_release(&w->lags[i]);
		if (w->route != NULL)
			rp_release_mem(w->route[i]);
		if (w->pieces != NULL)
			rp_release_mem(w->pieces[i]);
	}
	rp_release_mem(w->lags);
	rp_release_mem(w->route);
	rp_release_mem(w->pieces);
	rp_lag_help_release(&w->help);
}
