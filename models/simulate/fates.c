/*
 * simulate/fates.c - when replaced certificates are revoked or run out.
 *
 * A certificate that was replaced is revoked a delay later unless it runs out
 * before.  Which of it will happen, and when, is drawn at the replacement, so
 * that no cohort has to be looked at again until then.  What is replaced
 * within a cell is taken as spread evenly over it.
 */
#include <math.h>
#include <string.h>

#include "simulate/own.h"
#include "simulate/tally.h"

/* When and how a cohort was replaced: at point i, or somewhere in cell i. */
struct cohort {
	size_t class;
	enum rp_how how;
	enum rp_entry phase;
	size_t i;
};

/* P(valid at point j | replaced at point k.i or, in a cell, just before its
 * beginning). */
static double
valid_at(const struct rp_tally *t, struct cohort k, size_t j)
{
	const struct rp_flow *f = t->f;
	double had;

	if (k.how == RP_ON_ITS_OWN)
		return rp_own_valid(t->own, (double)t->m->grid.t[k.i],
		    (double)t->m->grid.t[j]);
	if (k.how != RP_RENEWED_BEFORE)
		return rp_lapse_valid(f, k.i, j);
	had = f->valid[k.i] - f->valid_renewed[k.i];
	return had > 0.0 ? fmax(0.0, f->valid[j] - f->valid_renewed[k.i]) /
	    had : 0.0;
}

/* The same in the middle of the cell that begins there. */
static double
valid_in(const struct rp_tally *t, struct cohort k, size_t j)
{
	return 0.5 * (valid_at(t, k, j) + valid_at(t, k, j + 1));
}

/* n run out in cells k.i .. end - 1, as survival falls from `from` to `to`. */
static void
spread(struct rp_tally *t, struct cohort k, size_t end, double from,
    double to, uint32_t n)
{
	uint32_t *lapse = t->of[k.class].fates.lapse;

	for (; n > 0 && n < end - k.i; n--) {
		double u = to + (from - to) * rp_stream_uniform(&t->stream);
		size_t low = k.i, high = end - 1;

		while (low < high) {
			size_t mid = low + (high - low) / 2;

			if (valid_at(t, k, mid + 1) > u)
				low = mid + 1;
			else
				high = mid;
		}
		lapse[low]++;
	}
	for (size_t c = k.i; c < end && n > 0; c++) {
		double next = fmin(from, fmax(to, valid_at(t, k, c + 1)));
		uint32_t d = c + 1 == end || next <= to ? n :
		    rp_draw_binomial(&t->stream, n,
		    (from - next) / (from - to));

		lapse[c] += d;
		n -= d;
		from = next;
	}
}

/* Of n that fall due in a slot, those that run out before. */
static uint32_t
lose(struct rp_tally *t, struct cohort k, uint32_t n, size_t slot,
    bool stroke)
{
	size_t last = t->m->grid.n - 1;
	double from = k.phase == RP_ENTRY_POINT ? valid_at(t, k, k.i) :
	    valid_in(t, k, k.i), to;
	uint32_t lost;

	to = slot > last ? valid_at(t, k, last) : stroke ?
	    valid_at(t, k, slot) : valid_in(t, k, slot - 1);
	if (!(from > 0.0) || to >= from)
		return 0;
	lost = rp_draw_binomial(&t->stream, n, 1.0 - to / from);
	spread(t, k, slot > last ? last : slot, from, to, lost);
	return lost;
}

/* A certificate that was renewed so long before its expiry runs out that much
 * later; all of them, or none. */
static uint32_t
lose_renewed(struct rp_tally *t, struct cohort k, double before, uint32_t n,
    size_t slot, bool stroke)
{
	const struct rp_grid *g = &t->m->grid;
	double at = k.phase == RP_ENTRY_POINT ? (double)g->t[k.i] :
	    0.5 * ((double)g->t[k.i] + (double)g->t[k.i + 1]);
	size_t cell = rp_grid_cell(g, (int64_t)(at + before));

	if (cell + 1 >= g->n || slot <= cell || (slot == cell + 1 &&
	    !stroke && t->delay_s <= before))
		return 0;
	t->of[k.class].fates.lapse[cell] += n;
	return n;
}

/* Who renewed on its own over a cell, where that was not due before. */
static uint32_t
lose_own(struct rp_tally *t, struct cohort k, uint32_t n, size_t slot,
    bool stroke)
{
	const struct rp_hop *h = t->own;
	uint32_t sooner = rp_draw_binomial(&t->stream, n, rp_own_sooner(h,
	    (double)t->m->grid.t[k.i], (double)t->m->grid.t[k.i + 1]));

	return lose_renewed(t, k, h->renews, n - sooner, slot, stroke) +
	    lose_renewed(t, k, h->ending.before, sooner, slot, stroke);
}

/* Those of n that run out before they fall due. */
static uint32_t
lose_any(struct rp_tally *t, struct cohort k, uint32_t n, size_t slot,
    bool stroke)
{
	if (k.how == RP_RENEWED)
		return lose_renewed(t, k, t->f->before_s, n, slot, stroke);
	if (k.how == RP_ON_ITS_OWN && k.phase == RP_ENTRY_CELL)
		return lose_own(t, k, n, slot, stroke);
	return lose(t, k, n, slot, stroke);
}

/* ---- those that are never revoked --------------------------------------- */

/* n join the pool at the end of cell c, of whose survival `left` is left,
 * unless they run out in it. */
static void
join_after(struct rp_tally *t, size_t class, size_t c, double left,
    uint32_t n)
{
	struct rp_fates *f = &t->of[class].fates;
	uint32_t lost = rp_draw_binomial(&t->stream, n, 1.0 - left);

	f->lapse[c] += lost;
	f->joins[c + 1] += n - lost;
}

/*
 * A cohort whose survival falls from `from` to `to` by the end of its cell, or
 * that begins at its point with what all have.
 */
static void
join_at(struct rp_tally *t, struct cohort k, double from, double to,
    uint32_t n)
{
	if (n == 0)
		return;
	if (k.phase == RP_ENTRY_POINT)
		t->of[k.class].fates.joins[k.i] += n;
	else
		join_after(t, k.class, k.i, from > 0.0 ?
		    2.0 * to / (from + to) : 1.0, n);
}

/*
 * Those that would have been renewed had more than a renewal's time left, so
 * they are past all danger until then and join later.
 */
static void
join_renewing(struct rp_tally *t, struct cohort k, uint32_t n)
{
	const struct rp_flow *f = t->f;
	const struct rp_grid *g = &t->m->grid;
	double had, next;
	size_t c;

	/* Where nobody is renewed there is no such law either. */
	if (n == 0)
		return;
	c = rp_grid_cell(g, g->t[k.i] + (int64_t)f->before_s);
	if (c + 1 >= g->n)
		return;
	had = f->valid_renewed[k.i];
	if (c <= k.i && k.phase == RP_ENTRY_CELL) {
		next = fmin(had, f->valid[k.i + 1]);
		join_at(t, k, had, next, n);
		return;
	}
	join_after(t, k.class, c, had > 0.0 ? fmin(had, f->valid[c + 1]) /
	    had : 1.0, n);
}

/* Never revoked, replaced on its path. */
static void
join_pool(struct rp_tally *t, struct cohort k, uint32_t n)
{
	const struct rp_flow *f = t->f;
	const double *valid = f->renewing != NULL ? f->valid : f->alive;
	bool cell = k.phase == RP_ENTRY_CELL;
	double from = valid[k.i], to = cell ? valid[k.i + 1] : from;
	double plain = 0.5 * (from + to), renewing = 0.0;
	uint32_t of_those;

	if (f->renewing != NULL) {
		double had = f->valid_renewed[k.i];

		renewing = f->renews * 0.5 * (had + (cell ? fmin(had, to) :
		    had));
		plain *= 1.0 - f->renews;
	}
	of_those = renewing > 0.0 ? rp_draw_binomial(&t->stream, n,
	    renewing / (plain + renewing)) : 0;
	join_renewing(t, k, of_those);
	join_at(t, k, from, to, n - of_those);
}

uint32_t
rp_fates_run_out(struct rp_tally *t, size_t class, size_t c)
{
	const struct rp_flow *f = t->f;
	const double *valid = f->renewing != NULL ? f->valid : f->alive;
	struct rp_fates *fates = &t->of[class].fates;
	uint32_t n = 0;

	fates->pool += fates->joins[c];
	fates->joins[c] = 0;
	if (fates->pool > 0 && valid != NULL && valid[c] > 0.0)
		n = rp_draw_binomial(&t->stream, fates->pool,
		    1.0 - valid[c + 1] / valid[c]);
	fates->pool -= n;
	return n + fates->lapse[c];
}

/* ---- when they fall due ------------------------------------------------- */

/*
 * n of a cohort fall due at a point, or in the cell before it (`stroke` tells);
 * slot n of the grid: not before its end.
 */
static void
settle(struct rp_tally *t, struct cohort k, uint32_t n, size_t slot,
    bool stroke)
{
	struct rp_fates *f = &t->of[k.class].fates;

	if (n == 0)
		return;
	if (slot == t->m->grid.n && k.how == RP_BY_PATH) {
		if (t->f->alive != NULL)
			join_pool(t, k, n);
		return;
	}
	if (t->f->alive != NULL && slot > k.i)
		n -= lose_any(t, k, n, slot, stroke);
	if (slot < t->m->grid.n)
		(stroke ? f->due_at : f->due_in)[slot] += n;
}

/* The same, but not before the class is free. */
static void
settle_free(struct rp_tally *t, struct cohort k, uint32_t n, size_t slot,
    bool stroke)
{
	size_t until = t->of[k.class].until;

	if (k.class > 0 && (until == SIZE_MAX || slot <= until))
		settle(t, k, n, until == SIZE_MAX ? t->m->grid.n : until,
		    true);
	else
		settle(t, k, n, slot, stroke);
}

/* Cohorts come in order of time, so the slot in which they fall due moves
 * only forwards. */
static size_t
first_slot(struct rp_tally *t, double due)
{
	const struct rp_grid *g = &t->m->grid;

	while (t->slot < g->n && (double)g->t[t->slot] < due)
		t->slot++;
	return t->slot;
}

/*
 * Those replaced over a cell fall due over a time of the same length, as
 * evenly: a team works at a steady pace.
 */
static void
add_cell(struct rp_tally *t, struct cohort k, uint32_t n)
{
	const struct rp_grid *g = &t->m->grid;
	double from = (double)g->t[k.i] + t->delay_s;
	double length = (double)(g->t[k.i + 1] - g->t[k.i]);
	size_t slot = first_slot(t, from);
	uint32_t before = 0;

	/* What falls due at `from` is not of this cell. */
	if (slot < g->n && (double)g->t[slot] <= from)
		slot++;
	for (; slot < g->n && (double)g->t[slot] < from + length; slot++) {
		uint32_t by = (uint32_t)((double)n *
		    ((double)g->t[slot] - from) / length);

		settle_free(t, k, by - before, slot, false);
		before = by;
	}
	settle_free(t, k, n - before, slot, false);
}

void
rp_fates_add(struct rp_tally *t, size_t class, uint32_t n,
    enum rp_how how, enum rp_entry phase, size_t i)
{
	struct cohort k = { class, how, phase, i };
	double due = (double)t->m->grid.t[i] + t->delay_s;
	size_t slot;

	if (n == 0)
		return;
	if (t->followed.ones != NULL) {
		rp_followed_add(t, class, n,
		    2 * i + (phase == RP_ENTRY_CELL));
		return;
	}
	if (t->delay_s < 0.0) {
		settle(t, k, n, t->m->grid.n, false);
		return;
	}
	if (phase == RP_ENTRY_CELL) {
		add_cell(t, k, n);
		return;
	}
	slot = first_slot(t, due);
	settle_free(t, k, n, slot, slot < t->m->grid.n &&
	    (double)t->m->grid.t[slot] <= due);
}

/* ---- choosing among them ------------------------------------------------ */

/* A choice under way: `want` of the `left` that have not been looked at. */
struct choice {
	uint32_t left, want;
};

static uint32_t
choose(struct rp_tally *t, struct choice *c, uint32_t *n)
{
	uint32_t x = rp_draw_hypergeometric(&t->stream, *n, c->left - *n,
	    c->want);

	c->left -= *n;
	c->want -= x;
	*n -= x;
	return x;
}

void
rp_fates_take(struct rp_tally *t, size_t i, uint32_t n, size_t class)
{
	struct rp_fates *f = &t->of[0].fates, *to = &t->of[class].fates;
	struct choice c = { t->of[0].pending, n };

	uint32_t pool = choose(t, &c, &f->pool);

	if (class != 0)
		to->pool += pool;
	/* Those who are none of these stay valid to the end of the grid. */
	for (size_t k = i; k < t->m->grid.n && c.want > 0; k++) {
		uint32_t at = choose(t, &c, &f->due_at[k]);
		uint32_t in = choose(t, &c, &f->due_in[k]);
		uint32_t lapse = choose(t, &c, &f->lapse[k]);
		uint32_t joins = choose(t, &c, &f->joins[k]);

		if (class == 0)
			continue;
		to->lapse[k] += lapse;
		to->joins[k] += joins;
		settle_free(t, (struct cohort){ class, RP_BY_PATH,
		    RP_ENTRY_POINT, k },
		    at, k, true);
		/* What was due in the cell before point i is gone. */
		if (in > 0)
			settle_free(t, (struct cohort){ class, RP_BY_PATH,
			    RP_ENTRY_CELL, k - 1 }, in, k, false);
	}
}

void
rp_fates_merge(struct rp_tally *t, size_t i, size_t class)
{
	struct rp_fates *to = &t->of[0].fates, *f = &t->of[class].fates;

	to->pool += f->pool;
	for (size_t k = i; k < t->m->grid.n; k++) {
		to->joins[k] += f->joins[k];
		to->lapse[k] += f->lapse[k];
		to->due_at[k] += f->due_at[k];
		to->due_in[k] += f->due_in[k];
	}
}

void
rp_fates_clear(const struct rp_tally *t, size_t class)
{
	struct rp_fates *f = &t->of[class].fates;
	size_t n = t->m->grid.n;

	f->pool = 0;
	memset(f->joins, 0, n * sizeof(*f->joins));
	memset(f->lapse, 0, n * sizeof(*f->lapse));
	memset(f->due_at, 0, n * sizeof(*f->due_at));
	memset(f->due_in, 0, n * sizeof(*f->due_in));
}
