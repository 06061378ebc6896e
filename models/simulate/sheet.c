/*
 * simulate/sheet.c - the deadline sheet: what if all were revoked then?
 *
 * The same trials are told twice: with nothing revoked at all, which is what
 * is found at a candidate instant, and by the case's own way of revoking,
 * whose overdue certificate-days afterwards would be saved.
 *
 * How many subscribers a number of certificates belongs to cannot be told from
 * counts, so where subscribers own several each certificate is followed, in as
 * many trials as there is time for.
 */
#include <math.h>
#include <stdlib.h>

#include "base/mem.h"
#include "simulate/details.h"
#include "simulate/extra.h"
#include "simulate/ones.h"

#define SHEET_TRIALS_LEAST 160
#define SHEET_TRIALS_MOST 400
/* Of very many populations fewer trials are looked at, that there be room. */
#define SHEET_TRIALS_FEW 32
#define SHEET_BYTES (UINT64_C(96) << 20)
#define LANE_SHEET 7
#define ONES_TRIALS_LEAST 12
#define ONES_BUDGET UINT64_C(4000000)	/* certificates followed */

/* What is kept: arrays of [(who * rows + row) * n + trial], who being a
 * population, or all of them (last). */
struct sheet {
	const struct rp_trials *tr;
	size_t rows, n;			/* trials */
	const struct rp_instant *at;	/* [rows] ascending */
	size_t *point;			/* [rows] */
	uint32_t *harmed, *subscribers;
	double *overdue, *saved;	/* certificate-seconds */
};

static size_t
place(const struct sheet *s, size_t who, size_t row, uint64_t trial)
{
	return (who * s->rows + row) * s->n + trial;
}

static size_t
all(const struct sheet *s)
{
	return s->tr->model.n_populations;
}

static rp_status
ready(void *arg, const struct rp_model *m, struct rp_err *err)
{
	struct sheet *s = arg;
	const struct rp_grid *g = &m->grid;
	char at[RP_INSTANT_TEXT], from[RP_INSTANT_TEXT], end[RP_INSTANT_TEXT];

	for (size_t k = 0; k < s->rows; k++)
		if (!rp_grid_point(g, rp_instant_s(s->at[k]), &s->point[k]))
			return rp_fail(err, RP_ERANGE, "'%s' is asked for in "
			    "the deadline sheet, but the trials go from '%s' "
			    "to '%s'; set a later horizon or leave it out",
			    rp_instant_format(s->at[k], at),
			    rp_instant_format(rp_instant_of_s(g->t[0]), from),
			    rp_instant_format(rp_instant_of_s(g->t[g->n - 1]),
			    end));
	return RP_OK;
}

/* ---- subscribers -------------------------------------------------------- */

/* Whether the certificates of a part have owners of several each. */
static bool
has_owners(const struct rp_model_part *part)
{
	return part->subscribers > 1 &&
	    part->subscribers < part->certificates;
}

static bool
knows(const struct rp_model_part *part, size_t point)
{
	return part->event < 0 || part->aware <= point;
}

/* Whether a certificate that is followed is still to be replaced at a point. */
static bool
is_left(const struct rp_one *one, size_t point)
{
	/* Even slots are points, odd ones the cells that begin there. */
	return one->stands != RP_ONE_END ||
	    one->done / 2 + one->done % 2 > point;
}

/*
 * How many subscribers own the `harmed` of those that are left.  The others are
 * held, any of them as likely as any other.
 */
static uint32_t
owners_of_free(const struct rp_extra_trial *t, size_t p, size_t point,
    uint32_t harmed)
{
	const struct rp_ones *o = &t->e->ones[p];
	uint32_t left = 0, owners = 0, last = UINT32_MAX;
	struct rp_stream s;

	rp_stream_init(&s, t->o->m->part[p].key, t->trial, LANE_SHEET +
	    t->o->m->part[p].lane);
	for (size_t k = 0; k < o->n; k++)
		left += is_left(&o->one[k], point);
	/* A subscriber's certificates lie one after the other. */
	for (size_t k = 0; k < o->n && harmed > 0; k++) {
		if (!is_left(&o->one[k], point) ||
		    rp_stream_uniform(&s) * (double)left-- >= (double)harmed)
			continue;
		harmed--;
		owners += o->one[k].subscriber != last;
		last = o->one[k].subscriber;
	}
	return owners;
}

/* Those of one part that own some of `harmed`. */
static uint32_t
owners_of(const struct rp_extra_trial *t, size_t p, size_t point,
    uint32_t harmed)
{
	const struct rp_model_part *part = &t->o->m->part[p];
	const uint32_t *left = t->e->flow[p].subscribers_left;
	const uint32_t *held = t->unrevoked->state[RP_STATE_HELD];

	if (part->subscribers == part->certificates)
		return harmed;
	if (part->subscribers == 1)
		return harmed > 0 ? 1 : 0;
	if (left == NULL)
		return 0;
	return held == NULL || held[p * t->o->m->grid.n + point] == 0 ?
	    left[point] : owners_of_free(t, p, point, harmed);
}

static void
keep_left(struct sheet *s, const struct rp_extra_trial *t, size_t row)
{
	const struct rp_model *m = t->o->m;
	size_t i = s->point[row];

	for (size_t p = 0; p < m->n_parts; p++) {
		size_t at = place(s, m->part[p].of, row, t->trial);
		size_t total = place(s, all(s), row, t->trial);
		uint32_t n = t->unrevoked->bare[p * m->grid.n + i], who;

		if (!knows(&m->part[p], i))
			continue;
		s->harmed[at] += n;
		s->harmed[total] += n;
		who = owners_of(t, p, i, n);
		/* What is found later belongs to the one there is. */
		if (m->part[p].subscribers == 1 &&
		    s->subscribers[at] > 0)
			who = 0;
		s->subscribers[at] += who;
		s->subscribers[total] += who;
	}
}

/* ---- overdue ------------------------------------------------------------ */

/* Certificate-seconds of the cell that ends at point i of part p. */
static double
late_in(const struct rp_outcome *o, size_t p, size_t i, bool with_held)
{
	size_t n = o->m->grid.n, at = p * n + i;
	const uint32_t *left = o->state[RP_STATE_OUTSTANDING];
	const uint32_t *held = o->state[RP_STATE_HELD];
	double sum = (double)left[at - 1] + (double)left[at] +
	    (double)o->stroke[at];

	/* Holds begin and end at points, so they last for the cell. */
	if (held != NULL && !with_held)
		sum -= 2.0 * (double)held[at - 1];
	return 0.5 * fmax(sum, 0.0) * (double)(o->m->grid.t[i] -
	    o->m->grid.t[i - 1]);
}

/* So far by each candidate if nothing is revoked; and what comes after it by
 * the case's own way, of what is known by then. */
static void
keep_late(struct sheet *s, const struct rp_extra_trial *t, size_t p)
{
	const struct rp_model *m = t->o->m;
	size_t of = m->part[p].of, n = m->grid.n, k = s->rows;
	double sum = 0.0;

	if (m->part[p].deadline_point == SIZE_MAX)
		return;
	for (size_t i = n; i-- > 0;) {
		for (; k > 0 && s->point[k - 1] == i &&
		    knows(&m->part[p], i); k--) {
			s->saved[place(s, of, k - 1, t->trial)] += sum;
			s->saved[place(s, all(s), k - 1, t->trial)] += sum;
		}
		if (i > m->part[p].deadline_point)
			sum += late_in(t->o, p, i, false);
	}
	sum = 0.0;
	k = 0;
	for (size_t i = 0; i < n; i++) {
		if (i > m->part[p].deadline_point)
			sum += late_in(t->unrevoked, p, i, true);
		for (; k < s->rows && s->point[k] == i; k++) {
			s->overdue[place(s, of, k, t->trial)] += sum;
			s->overdue[place(s, all(s), k, t->trial)] += sum;
		}
	}
}

/* A duty that populations block is overdue as a whole until they are done. */
static void
keep_blocked(struct sheet *s, const struct rp_extra_trial *t, size_t who,
    int64_t done)
{
	const struct rp_model *m = t->o->m;
	int64_t deadline = m->deadline_point == SIZE_MAX ? INT64_MAX :
	    rp_instant_s(m->deadline.at.from);
	int64_t end = m->grid.t[m->grid.n - 1];

	if (done > end)
		done = end;
	for (size_t k = 0; k < s->rows; k++) {
		int64_t at = rp_instant_s(s->at[k]);
		int64_t from = at > deadline ? at : deadline;

		s->overdue[place(s, who, k, t->trial)] = at > deadline ?
		    m->overdue_certificates * (double)(at - deadline) : 0.0;
		s->saved[place(s, who, k, t->trial)] = done > from ?
		    m->overdue_certificates * (double)(done - from) : 0.0;
	}
}

static void
keep_all_blocked(struct sheet *s, const struct rp_extra_trial *t)
{
	const struct rp_model *m = t->o->m;
	const int64_t *done = rp_complete_in(t->o, s->tr->metric);

	for (size_t who = 0; who <= all(s); who++) {
		int64_t last = INT64_MIN;

		for (size_t p = 0; p < m->n_parts; p++)
			if ((who == all(s) || m->part[p].of == who) &&
			    done[p] > last)
				last = done[p];
		keep_blocked(s, t, who, last);
	}
}

static rp_status
keep(void *arg, const struct rp_extra_trial *t, struct rp_err *err)
{
	struct sheet *s = arg;

	(void)err;
	for (size_t k = 0; k < s->rows; k++)
		keep_left(s, t, k);
	if (t->o->m->overdue_certificates > 0.0)
		keep_all_blocked(s, t);
	else
		for (size_t p = 0; p < t->o->m->n_parts; p++)
			keep_late(s, t, p);
	return RP_OK;
}

/* Where certificates are followed, only whose they are is asked. */
static rp_status
keep_followed(void *arg, const struct rp_extra_trial *t, struct rp_err *err)
{
	struct sheet *s = arg;

	(void)err;
	for (size_t k = 0; k < s->rows; k++)
		keep_left(s, t, k);
	return RP_OK;
}

/* ---- rows --------------------------------------------------------------- */

static int
by_count(const void *a, const void *b)
{
	uint32_t x = *(const uint32_t *)a, y = *(const uint32_t *)b;

	return (x > y) - (x < y);
}

/* The values of a row, which are sorted: their mean, error and quantiles. */
static void
sum_up(const struct sheet *s, uint32_t *x, double *mean, double *se,
    uint32_t *q)
{
	static const double level[3] = { 0.10, 0.50, 0.90 };
	struct rp_sampling of = rp_extra_sampling(s->tr, s->n);

	rp_mean_of_counts(&of, x, mean, se);
	qsort(x, s->n, sizeof(*x), by_count);
	for (size_t i = 0; i < 3; i++)
		q[i] = x[(size_t)fmax(ceil(level[i] * (double)s->n) - 1.0,
		    0.0)];
}

static void
sum_up_days(const struct sheet *s, const double *x, double *mean, double *se)
{
	struct rp_sampling of = rp_extra_sampling(s->tr, s->n);

	rp_mean_of(&of, x, mean, se);
	*mean /= 86400.0;
	*se /= 86400.0;
}

static void
fill_row(const struct sheet *s, size_t who, size_t k, struct rp_sheet_row *r)
{
	const struct rp_model *m = &s->tr->model;
	size_t at = place(s, who, k, 0);

	r->at = s->at[k];
	r->trials = s->n;
	r->is_deadline = m->has_deadline &&
	    rp_instant_cmp(r->at, m->deadline.at.from) == 0;
	sum_up(s, &s->harmed[at], &r->harmed, &r->harmed_se, r->harmed_q);
	sum_up_days(s, &s->overdue[at], &r->overdue_days,
	    &r->overdue_days_se);
	sum_up_days(s, &s->saved[at], &r->saved_days, &r->saved_days_se);
}

/* ---- room and trials ---------------------------------------------------- */

static bool
sheet_init(struct sheet *s, size_t n)
{
	size_t values = (all(s) + 1) * s->rows;

	s->n = n;
	s->point = rp_alloc_zeroed(s->rows, sizeof(*s->point));
	s->harmed = rp_alloc_zeroed(values * n, sizeof(*s->harmed));
	s->subscribers = rp_alloc_zeroed(values * n, sizeof(*s->harmed));
	s->overdue = rp_alloc_zeroed(values * n, sizeof(*s->overdue));
	s->saved = rp_alloc_zeroed(values * n, sizeof(*s->saved));
	return s->point != NULL && s->harmed != NULL &&
	    s->subscribers != NULL && s->overdue != NULL && s->saved != NULL;
}

static void
sheet_release(struct sheet *s)
{
	rp_release_mem(s->point);
	rp_release_mem(s->harmed);
	rp_release_mem(s->subscribers);
	rp_release_mem(s->overdue);
	rp_release_mem(s->saved);
}

static rp_status
run(struct sheet *s, size_t n, bool one_by_one, struct rp_err *err)
{
	struct rp_whatif w = rp_whatif_none;
	struct rp_extra x = { .tr = s->tr, .whatif = &w, .n = n,
	    .unrevoked = !one_by_one, .unrevoked_only = one_by_one,
	    .keep = one_by_one ? keep_followed : keep, .arg = s,
	    .ready = ready };

	w.one_by_one = w.if_several = one_by_one;
	w.n_moments = s->rows;
	w.moment = s->at;
	if (!sheet_init(s, n))
		return rp_fail(err, RP_ENOMEM,
		    "no memory for the deadline sheet");
	return rp_run_extra(&x, err);
}

static void
fill_subscribers(struct rp_trials *tr, const struct sheet *s)
{
	for (size_t who = 0; who <= all(s); who++)
		for (size_t k = 0; k < s->rows; k++) {
			struct rp_sheet_row *r =
			    &tr->sheet[who * s->rows + k];

			sum_up(s, &s->subscribers[place(s, who, k, 0)],
			    &r->subscribers, &r->subscribers_se,
			    r->subscribers_q);
			r->subscribers_trials = s->n;
		}
}

/* Where too many would have to be followed nobody is told apart. */
static void
forget_subscribers(struct rp_trials *tr, size_t rows)
{
	for (size_t k = 0; k < (tr->model.n_populations + 1) * rows; k++)
		tr->sheet[k].subscribers = tr->sheet[k].subscribers_se =
		    (double)NAN;
}

/* In how many trials the counts are looked at. */
static size_t
counts_trials(const struct rp_trials *tr, size_t rows)
{
	size_t n = rp_extra_worth(tr, SHEET_TRIALS_LEAST, SHEET_TRIALS_MOST);
	size_t room = SHEET_BYTES / ((tr->model.n_populations + 1) * rows *
	    2 * (sizeof(uint32_t) + sizeof(double)));

	room = room < SHEET_TRIALS_FEW ? SHEET_TRIALS_FEW : room;
	return n < room ? n : room < tr->n ? room : tr->n;
}

#define TOO_MANY SIZE_MAX

/* In how many trials certificates are followed; 0: in none. */
static size_t
ones_trials(const struct rp_trials *tr, size_t n)
{
	uint64_t followed = 0, most;

	for (size_t p = 0; p < tr->model.n_parts; p++)
		if (has_owners(&tr->model.part[p]))
			followed += tr->model.part[p].certificates;
	if (followed == 0)
		return 0;
	if (followed > RP_MOST_FOLLOWED)
		return TOO_MANY;
	most = ONES_BUDGET / followed;
	if (most < ONES_TRIALS_LEAST)
		most = ONES_TRIALS_LEAST;
	return n < most ? n : most;
}

static rp_status
make_sheet(struct rp_trials *tr, const struct rp_instant *at, size_t rows,
    struct rp_err *err)
{
	struct sheet s = { .tr = tr, .rows = rows, .at = at }, ones = s;
	size_t n = counts_trials(tr, rows);
	size_t follow = ones_trials(tr, n);
	rp_status rc = run(&s, n, false, err);

	for (size_t who = 0; who <= all(&s) && rc == RP_OK; who++)
		for (size_t k = 0; k < rows; k++)
			fill_row(&s, who, k, &tr->sheet[who * rows + k]);
	if (rc == RP_OK && follow == 0)
		fill_subscribers(tr, &s);
	sheet_release(&s);
	if (rc == RP_OK && follow == TOO_MANY)
		forget_subscribers(tr, rows);
	else if (rc == RP_OK && follow > 0) {
		rc = run(&ones, follow, true, err);
		if (rc == RP_OK)
			fill_subscribers(tr, &ones);
		sheet_release(&ones);
	}
	return rc;
}

/* ---- which instants ----------------------------------------------------- */

static int
by_time(const void *a, const void *b)
{
	return rp_instant_cmp(*(const struct rp_instant *)a,
	    *(const struct rp_instant *)b);
}

/* The usual ones; at most 13 and the cutoffs. */
static size_t
usual(const struct rp_model *m, struct rp_instant *out)
{
	static const int days[] = { 0, 1, 2, 3, 5, 7, 14, 30, 60, 90, 180 };
	const struct rp_case *cs = m->cs;
	int64_t at = rp_instant_s(m->deadline.at.from);
	int64_t start = rp_instant_s(m->deadline.start.from);
	size_t n = 0;

	if (m->has_deadline)
		out[n++] = rp_instant_of_s(start + (at - start) / 2);
	for (size_t i = 0; m->has_deadline && i < 11; i++)
		out[n++] = rp_instant_of_s(at + days[i] * INT64_C(86400));
	for (size_t i = 0; i < cs->n_events && n < RP_QUESTIONS_MAX; i++)
		if (cs->event[i].kind == RP_EVENT_CUTOFF)
			out[n++] = cs->event[i].on.from;
	return n;
}

/* Ascending, each once; of the usual ones those on the grid only. */
static size_t
tidy(const struct rp_grid *g, struct rp_instant *at, size_t n, bool asked)
{
	size_t kept = 0;

	qsort(at, n, sizeof(*at), by_time);
	for (size_t i = 0; i < n; i++) {
		bool on_grid = rp_instant_s(at[i]) >= g->t[0] &&
		    rp_instant_s(at[i]) <= g->t[g->n - 1];

		if ((on_grid || asked) && (kept == 0 ||
		    rp_instant_cmp(at[kept - 1], at[i]) != 0))
			at[kept++] = at[i];
	}
	return kept;
}

rp_status
rp_find_sheet(struct rp_trials *tr, const struct rp_sim_options *opt,
    struct rp_err *err)
{
	struct rp_instant at[RP_QUESTIONS_MAX];
	bool asked = opt->n_candidates > 0;
	size_t n;

	for (n = 0; n < opt->n_candidates; n++)
		at[n] = opt->candidates[n];
	if (!asked)
		n = usual(&tr->model, at);
	n = tidy(&tr->model.grid, at, n, asked);
	tr->sheet = rp_alloc_zeroed((tr->model.n_populations + 1) * n,
	    sizeof(*tr->sheet));
	if (tr->sheet == NULL)
		return rp_fail(err, RP_ENOMEM,
		    "no memory for the deadline sheet");
	tr->n_sheet = n;
	return n > 0 ? make_sheet(tr, at, n, err) : RP_OK;
}
