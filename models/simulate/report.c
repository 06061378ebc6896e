/*
 * simulate/report.c - trials that are looked at now and then only.
 */
#include "simulate/report.h"

#include <math.h>
#include <stdlib.h>

#include "base/mem.h"
#include "base/order.h"
#include "simulate/flow.h"
#include "simulate/hop.h"

/* ---- each on its own ---------------------------------------------------- */

/* The last exit of a kernel that is over by point i, and one more. */
static size_t
exits_by(const struct rp_kernel *k, size_t from, size_t i)
{
	for (; from < k->n; from++) {
		const struct rp_exit *x = &k->exit[from];

		if (x->at + (x->kind == RP_EXIT_CELL ? 1 : 0) > i)
			break;
	}
	return from;
}

/* Sum up a kernel between the instants. */
static void
fill(const struct rp_report *r, struct rp_buckets *b)
{
	size_t end = 0;
	double before = 0.0;

	for (size_t k = 0; k < r->n; k++) {
		double by;

		end = exits_by(b->kernel, end, r->at[k]);
		by = end > 0 ? b->kernel->exit[end - 1].up_to : 0.0;
		rp_binomial_p_init(&b->p[k], by - before < 1.0 - before ?
		    (by - before) / (1.0 - before) : 1.0);
		b->up_to[k] = by;
		b->end[k] = end;
		before = by;
	}
}

/* The kernel of a part: the same in every trial, or that of this one. */
static void
look(struct rp_reporter *w, size_t part)
{
	const struct rp_model *m = w->r->m;
	size_t node = w->r->way[part].node;
	struct rp_buckets *b = &w->buckets[part];

	/* Where there is no room to keep it, it is made again and again. */
	if (b->kernel != NULL && b->kernel != &w->e.scratch)
		return;
	b->kernel = rp_exits_kernel(&w->e, node, RP_ENTRY_POINT,
	    m->part[part].start);
	fill(w->r, b);
}

/* What leaves in a cell is done with its last second. */
static int64_t
time_of(const struct rp_grid *g, const struct rp_exit *x)
{
	return x->kind == RP_EXIT_CELL ? g->t[x->at + 1] - 1 : g->t[x->at];
}

/* The exit in which a share u of all is reached, of from <= i < until. */
static int64_t
exit_of(const struct rp_reporter *w, const struct rp_kernel *k, size_t from,
    size_t until, double u)
{
	for (until--; from < until;) {
		size_t mid = from + (until - from) / 2;

		if (k->exit[mid].up_to <= u)
			from = mid + 1;
		else
			until = mid;
	}
	return time_of(&w->r->m->grid, &k->exit[from]);
}

/* Exits of the buckets before one. */
static size_t
exits_before(const struct rp_buckets *b, size_t k)
{
	return k > 0 ? b->end[k - 1] : 0;
}

/* When the last of those who came in a bucket did so. */
static int64_t
last_of(const struct rp_reporter *w, struct rp_stream *s,
    const struct rp_buckets *b, size_t k, uint32_t came)
{
	size_t from = exits_before(b, k);
	double low = k > 0 ? b->up_to[k - 1] : 0.0;

	return exit_of(w, b->kernel, from, b->end[k], b->up_to[k] -
	    (b->up_to[k] - low) * rp_draw_last(s, came));
}

/*
 * The few who are left after k buckets, each on its own: what becomes of the
 * last of all is then known as well.
 */
static int64_t
draw_few(struct rp_reporter *w, struct rp_stream *s,
    const struct rp_buckets *b, size_t k, uint32_t left, uint32_t *by)
{
	double before = k > 0 ? b->up_to[k - 1] : 0.0, last = 0.0;
	size_t n = w->r->n, at = k;

	for (size_t i = k; i < n; i++)
		by[i] = 0;
	for (; left > 0; left--) {
		double u = before + (1.0 - before) * rp_stream_uniform(s);
		size_t i = k;

		while (i < n && b->up_to[i] <= u)
			i++;
		if (i < n)
			by[i]++;
		if (u > last) {
			last = u;
			at = i;
		}
	}
	for (size_t i = k; i < n; i++)
		by[i] += i > 0 ? by[i - 1] : 0;
	return at == n ? INT64_MAX : exit_of(w, b->kernel,
	    exits_before(b, at), b->end[at], last);
}

/* From instant to instant one conditional binomial after another. */
static int64_t
draw_each(struct rp_reporter *w, size_t part, uint32_t *by)
{
	const struct rp_flow_node *f = &w->r->m->node[w->r->way[part].node];
	const struct rp_buckets *b = &w->buckets[part];
	uint32_t all = w->e.flow[part].certificates, left = all, came = 0;
	size_t last = 0, n = w->r->n;
	struct rp_stream s;

	rp_stream_init(&s, f->key, w->e.trial, f->lane);
	for (size_t k = 0; k < n && left > 0; k++) {
		uint32_t now;

		/* A search costs a fraction of a binomial. */
		if (left <= (n - k) / 2)
			return draw_few(w, &s, b, k, left, by);
		now = rp_draw_binomial_at(&s, left, &b->p[k]);
		if (now > 0) {
			last = k;
			came = now;
		}
		left -= now;
		by[k] = all - left;
	}
	if (left > 0)
		return INT64_MAX;
	for (size_t k = last + 1; k < n; k++)
		by[k] = all;
	return last_of(w, &s, b, last, came);
}

/* ---- all together ------------------------------------------------------- */

/* Where and when all of a part come at once. */
struct arrival {
	bool ever;
	size_t i;		/* at point i, or in cell i */
	bool in_cell;
	double lump;
};

/* Where an instant lies on the grid, rounded as rp_mass_place() does. */
static struct arrival
place(const struct rp_grid *g, double x)
{
	struct arrival a = { .ever = x <= (double)g->t[g->n - 1] };
	int64_t xi;

	if (!a.ever)
		return a;
	xi = llround(x);
	/* From the regular point at or before it. */
	a.i = g->regular[(xi - g->t[0]) / g->step_s];
	while (a.i + 1 < g->n && g->t[a.i + 1] <= xi)
		a.i++;
	a.in_cell = g->t[a.i] != xi;
	if (a.in_cell)
		a.lump = (x - (double)g->t[a.i]) /
		    (double)(g->t[a.i + 1] - g->t[a.i]);
	return a;
}

/* Seconds after the point before it. */
static double
since(const struct rp_grid *g, const struct arrival *a)
{
	return a->in_cell ? a->lump * (double)(g->t[a->i + 1] - g->t[a->i]) :
	    0.0;
}

/* What rp_kernel_make() makes of steps that let nobody part, without it. */
static struct arrival
arrive(const struct rp_reporter *w, size_t part)
{
	const struct rp_model *m = w->r->m;
	struct arrival a = { true, m->part[part].start, false, 0.0 };
	size_t node = w->r->way[part].node, n, h;

	if (node == RP_FLOW_END)
		return a;
	h = m->node[node].hop;
	for (n = m->node[node].n_hops; n > 0 && a.ever; n--) {
		const struct rp_hop *hop = &w->e.kernels.hop[h];
		double u = (double)m->grid.t[a.i] + since(&m->grid, &a);

		a.ever = hop->never < 1.0;
		if (a.ever)
			a = place(&m->grid, rp_hop_maps_instants(hop) ?
			    rp_hop_mapped(m, hop, u) : rp_hop_after(m, hop, u,
			    hop->law.a[0] * hop->law.scale));
		h += hop->span;
	}
	return a;
}

static int64_t
stand(const struct rp_reporter *w, size_t part, const struct arrival *a,
    uint32_t *by)
{
	const struct rp_report *r = w->r;
	size_t i = a->i + (a->in_cell ? 1 : 0);
	uint32_t all = w->e.flow[part].certificates;

	for (size_t k = 0; k < r->n; k++)
		by[k] = a->ever && r->at[k] >= i ? all : 0;
	if (!a->ever)
		return INT64_MAX;
	return a->in_cell ? r->m->grid.t[i] - 1 : r->m->grid.t[i];
}

/* A desk that has been at work since somebody came. */
struct desk {
	const int64_t *clock;	/* [points] */
	int64_t opened;
	double rate, unit;
	uint32_t all;
};

static uint32_t
served(const struct desk *d, size_t i)
{
	double can = floor(d->rate * (double)(d->clock[i] - d->opened) /
	    d->unit);

	return can >= (double)d->all ? d->all : (uint32_t)can;
}

static struct desk
open_desk(const struct rp_reporter *w, size_t part, const struct arrival *a)
{
	const struct rp_model *m = w->r->m;
	size_t queue = w->r->way[part].queue;
	const struct rp_queue_state *q = &w->e.queue[queue];
	struct desk d = { q->clock, q->clock[a->i], q->rate, q->unit,
	    w->e.flow[part].certificates };

	if (a->in_cell)
		d.opened = rp_queue_clock(m, &m->queue[queue],
		    m->grid.t[a->i] + (int64_t)since(&m->grid, a));
	return d;
}

/* The first point after `from`, at most `until`, by which all are served. */
static size_t
all_served(const struct desk *d, size_t from, size_t until)
{
	while (from + 1 < until) {
		size_t mid = from + (until - from) / 2;

		if (served(d, mid) < d->all)
			from = mid;
		else
			until = mid;
	}
	return until;
}

static int64_t
serve(const struct rp_reporter *w, size_t part, const struct arrival *a,
    uint32_t *by)
{
	const struct rp_report *r = w->r;
	struct desk d = open_desk(w, part, a);
	size_t from = a->i, k;

	for (k = 0; k < r->n; k++) {
		by[k] = r->at[k] > a->i ? served(&d, r->at[k]) : 0;
		if (by[k] == d.all)
			break;
		if (r->at[k] > a->i)
			from = r->at[k];
	}
	if (k == r->n)
		return INT64_MAX;
	/* Over the cell that ends there. */
	from = all_served(&d, from, r->at[k]);
	for (; k < r->n; k++)
		by[k] = d.all;
	return r->m->grid.t[from] - 1;
}

/* ---- a trial ------------------------------------------------------------ */

static int64_t
run_part(struct rp_reporter *w, size_t part, uint32_t *by)
{
	const struct rp_way *how = &w->r->way[part];
	struct arrival a;

	if (how->node != RP_FLOW_END && !how->together) {
		look(w, part);
		return draw_each(w, part, by);
	}
	a = arrive(w, part);
	return how->queue != SIZE_MAX && a.ever ? serve(w, part, &a, by) :
	    stand(w, part, &a, by);
}

/* Of what is not replaced, or of everything, by the way of revoking. */
static bool
counts_replaced(const struct rp_report *r)
{
	return r->metric == RP_METRIC_REPLACED ||
	    r->m->cs->revocation.kind == RP_REVOKE_AFTER_REPLACED;
}

/* From what is replaced to the metric. */
static void
count_part(struct rp_reporter *w, size_t part, const uint32_t *by)
{
	const struct rp_report *r = w->r;
	bool replaced = counts_replaced(r);
	size_t cut = r->metric == RP_METRIC_REPLACED ? SIZE_MAX :
	    r->cut[part];
	int64_t *done = &w->complete[part], end;

	for (size_t k = 0; k < r->n; k++)
		w->counted[k] += k >= cut ? w->e.flow[part].certificates :
		    replaced ? by[k] : 0;
	if (!replaced)
		*done = INT64_MAX;
	if (cut == SIZE_MAX)
		return;
	end = r->m->grid.t[r->at[cut]];
	*done = *done < end ? *done : end;
}

rp_status
rp_reporter_run(struct rp_reporter *w, uint64_t trial, struct rp_err *err)
{
	const struct rp_report *r = w->r;
	rp_status rc;

	w->e.trial = trial;
	w->e.kernels.trial = trial;
	rc = rp_settle(&w->e, err);
	if (rc != RP_OK)
		return rc;
	w->harmed = 0;
	for (size_t k = 0; k < r->n; k++)
		w->counted[k] = 0;
	for (size_t p = 0; p < r->m->n_parts; p++) {
		uint32_t *by = &w->replaced[p * r->n];

		w->complete[p] = run_part(w, p, by);
		count_part(w, p, by);
		if (r->cut[p] <= r->deadline && r->deadline != SIZE_MAX)
			w->harmed += w->e.flow[p].certificates -
			    by[r->cut[p]];
	}
	return RP_OK;
}

/* ---- once --------------------------------------------------------------- */

static int
by_point(const void *a, const void *b)
{
	size_t x = *(const size_t *)a, y = *(const size_t *)b;

	return (x > y) - (x < y);
}

size_t
rp_report_instant(const struct rp_report *r, size_t point)
{
	size_t low = 0, high = r->n;

	while (low < high) {
		size_t mid = low + (high - low) / 2;

		if (r->at[mid] < point)
			low = mid + 1;
		else
			high = mid;
	}
	return low;
}

/* All instants, in order and once each. */
static void
gather(struct rp_report *r, const size_t *point, size_t n_points)
{
	size_t all = 0;

	for (size_t i = 0; i < n_points; i++)
		r->at[all++] = point[i];
	if (r->m->deadline_point != SIZE_MAX)
		r->at[all++] = r->m->deadline_point;
	for (size_t p = 0; p < r->m->n_parts; p++)
		if (r->way[p].cut != SIZE_MAX)
			r->at[all++] = r->way[p].cut;
	r->at[all++] = r->m->grid.n - 1;
	qsort(r->at, all, sizeof(*r->at), by_point);
	for (size_t i = 0; i < all; i++)
		if (r->n == 0 || r->at[r->n - 1] != r->at[i])
			r->at[r->n++] = r->at[i];
	for (size_t p = 0; p < r->m->n_parts; p++)
		r->cut[p] = r->way[p].cut == SIZE_MAX ? SIZE_MAX :
		    rp_report_instant(r, r->way[p].cut);
	r->deadline = r->m->deadline_point == SIZE_MAX ? SIZE_MAX :
	    rp_report_instant(r, r->m->deadline_point);
}

rp_status
rp_report_init(struct rp_report *r, const struct rp_model *m,
    enum rp_metric metric, const size_t *point, size_t n_points,
    struct rp_err *err)
{
	*r = (struct rp_report){ .m = m, .metric = metric };
	r->at = rp_alloc_zeroed(n_points + m->n_parts + 2, sizeof(*r->at));
	r->way = rp_alloc_zeroed(m->n_parts, sizeof(*r->way));
	r->cut = rp_alloc_zeroed(m->n_parts, sizeof(*r->cut));
	if (r->at == NULL || r->way == NULL || r->cut == NULL) {
		rp_report_release(r);
		return rp_fail(err, RP_ENOMEM, "no memory for a report");
	}
	(void)rp_report_why_not(m, metric, r->way);
	gather(r, point, n_points);
	return RP_OK;
}

void
rp_report_release(struct rp_report *r)
{
	rp_release_mem(r->at);
	rp_release_mem(r->way);
	rp_release_mem(r->cut);
	*r = (struct rp_report){ 0 };
}

static bool
make_buckets(struct rp_reporter *w)
{
	size_t parts = w->r->m->n_parts;
	bool ok = true;

	w->buckets = rp_alloc_zeroed(parts, sizeof(*w->buckets));
	for (size_t p = 0; w->buckets != NULL && p < parts; p++) {
		w->buckets[p].up_to = rp_alloc_zeroed(w->r->n,
		    sizeof(double));
		w->buckets[p].p = rp_alloc_zeroed(w->r->n,
		    sizeof(*w->buckets[p].p));
		w->buckets[p].end = rp_alloc_zeroed(w->r->n, sizeof(size_t));
		ok = ok && w->buckets[p].p != NULL &&
		    w->buckets[p].up_to != NULL &&
		    w->buckets[p].end != NULL;
	}
	return ok && w->buckets != NULL;
}

rp_status
rp_reporter_init(struct rp_reporter *w, const struct rp_report *r,
    struct rp_err *err)
{
	size_t parts = r->m->n_parts;
	rp_status rc;

	*w = (struct rp_reporter){ .r = r };
	rc = rp_engine_init(&w->e, r->m, err);
	if (rc != RP_OK)
		return rc;
	/* Only its inputs are asked for. */
	w->e.sweeps = true;
	rp_sweep_list(&w->e);
	w->replaced = rp_alloc_zeroed(parts * r->n, sizeof(*w->replaced));
	w->complete = rp_alloc_zeroed(parts, sizeof(*w->complete));
	w->counted = rp_alloc_zeroed(r->n, sizeof(*w->counted));
	if (make_buckets(w) && w->replaced != NULL && w->complete != NULL &&
	    w->counted != NULL)
		return RP_OK;
	rp_reporter_release(w);
	return rp_fail(err, RP_ENOMEM, "no memory for a report");
}

void
rp_reporter_release(struct rp_reporter *w)
{
	for (size_t p = 0; w->buckets != NULL && p < w->r->m->n_parts; p++) {
		rp_release_mem(w->buckets[p].p);
		rp_release_mem(w->buckets[p].up_to);
		rp_release_mem(w->buckets[p].end);
	}
	rp_release_mem(w->buckets);
	rp_release_mem(w->replaced);
	rp_release_mem(w->complete);
	rp_release_mem(w->counted);
	if (w->r != NULL)
		rp_engine_release(&w->e);
	*w = (struct rp_reporter){ 0 };
}
