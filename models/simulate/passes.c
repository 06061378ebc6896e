/*
 * simulate/passes.c - the trials, as often as it takes to see every curve.
 *
 * Usually once.  Where the columns of very many populations do not fit into
 * the room that there is for them, all together and the first populations are
 * seen in a first pass that runs everything; each further pass runs only the
 * populations that it is for and those whose fate is coupled with theirs.  So
 * the work is at most about twice that of one pass over all of them.
 */
#include <string.h>

#include "base/mem.h"
#include "simulate/ensemble.h"

/*
 * Columns held at a time.  How full each will be is not known: most take a
 * small part of what they may, as the trials hardly differ at most instants.
 * So a pass begins with as many as would fit if they took PART of it, and
 * those for which there turns out to be no room are left for another one.
 */
#define COLUMN_BYTES (UINT64_C(512) << 20)
#define EMPTY_BYTES 256
#define PART 16

struct passes {
	struct rp_run run;
	struct rp_curves curves;
	struct rp_columns columns;
	struct rp_piece *piece;		/* [n_pieces] */
	size_t *who;			/* [n_who] of this pass */
	size_t n_who;
	size_t *group;			/* [parts] another one that is coupled
					 * with it, in the end itself */
	bool *wanted;			/* [parts] */
	size_t first, until;		/* columns of this pass */
	size_t stretch;			/* the first of the next */
	_Atomic bool failed;
};

/* ---- bands -------------------------------------------------------------- */

/* One instant of one series, if it comes from a column of this pass. */
static void
make_band(struct passes *x, const struct rp_source *from,
    struct rp_band *band)
{
	if (from->how == RP_SAME_IN_ALL || from->column < x->first ||
	    from->column >= x->until)
		return;
	if (from->how == RP_OF_COLUMN)
		rp_column_band(&x->columns, from->column - x->first, band);
	else
		rp_column_band_less(&x->columns, from->column - x->first,
		    from->value, band);
}

static void
make_series(void *arg, size_t i)
{
	struct passes *x = arg;
	struct rp_trials *tr = x->run.tr;
	size_t who = x->who[i / tr->n_states], state = i % tr->n_states;
	const struct rp_source *from = &x->curves.source[((who -
	    x->curves.first) * tr->n_states + state) * tr->n_points];
	struct rp_band *band = &tr->band[(who * tr->n_states + state) *
	    tr->n_points];

	for (size_t k = 0; k < tr->n_points; k++)
		make_band(x, &from[k], &band[k]);
}

/* What is the same in all trials, of all series. */
static void
make_certain(struct passes *x)
{
	struct rp_trials *tr = x->run.tr;
	size_t per = tr->n_states * tr->n_points;
	size_t first = x->curves.first * per;

	for (size_t i = first; i < (tr->model.n_populations + 1) * per; i++) {
		tr->band[i].at = tr->at[i % tr->n_points];
		if (x->curves.source[i - first].how == RP_SAME_IN_ALL)
			rp_band_same(tr->n, x->curves.source[i - first].value,
			    &tr->band[i]);
	}
}

#define COLUMNS_AT_ONCE 64

static void
close_columns(void *arg, size_t i)
{
	struct passes *x = arg;
	size_t from = i * COLUMNS_AT_ONCE;

	for (size_t k = from; k < from + COLUMNS_AT_ONCE &&
	    k < x->columns.n; k++)
		if (!rp_column_close(&x->columns, k))
			x->failed = true;
}

static rp_status
make_bands(struct passes *x, struct rp_err *err)
{
	struct rp_run *run = &x->run;
	rp_status rc = rp_parallel(run->threads, (x->columns.n +
	    COLUMNS_AT_ONCE - 1) / COLUMNS_AT_ONCE, close_columns, x, err);

	if (rc == RP_OK && x->failed)
		rc = rp_fail(err, RP_ENOMEM, "no memory to sort the curves");
	return rc != RP_OK ? rc : rp_parallel(run->threads, x->n_who *
	    run->tr->n_states, make_series, x, err);
}

/* ---- who runs with whom ------------------------------------------------- */

static size_t
root_of(struct passes *x, size_t part)
{
	while (x->group[part] != part)
		part = x->group[part] = x->group[x->group[part]];
	return part;
}

static void
couple(struct passes *x, size_t a, size_t b)
{
	x->group[root_of(x, a)] = root_of(x, b);
}

/* Parts of a population, and those that wait in a queue together. */
static void
find_groups(struct passes *x)
{
	const struct rp_model *m = x->curves.m;

	for (size_t p = 0; p < m->n_parts; p++)
		x->group[p] = p;
	for (size_t p = 0; p < m->n_parts; p++)
		couple(x, p, m->part[p].of);
	for (size_t q = 0; q < m->n_queues; q++)
		for (size_t k = m->queue[q].first; k != RP_FLOW_END;
		    k = m->node[k].sibling)
			couple(x, m->node[k].part,
			    m->node[m->queue[q].first].part);
}

/* The parts without which those of this pass would not be what they are. */
static void
set_wanted(struct passes *x)
{
	const struct rp_model *m = x->curves.m;

	x->run.wanted = NULL;
	if (x->run.scalars || x->curves.together || x->n_who == 0 ||
	    x->who[0] == m->n_populations)
		return;
	memset(x->wanted, 0, m->n_parts * sizeof(*x->wanted));
	for (size_t i = 0; i < x->n_who; i++)
		x->wanted[root_of(x, x->who[i])] = true;
	for (size_t p = 0; p < m->n_parts; p++)
		x->wanted[p] = x->wanted[root_of(x, p)];
	x->run.wanted = x->wanted;
}

/* ---- a pass ------------------------------------------------------------- */

/* The next columns of a stretch, as many as fit into so many bytes. */
static size_t
add_piece(struct passes *x, const struct rp_stretch *s, uint64_t *room)
{
	uint64_t each = EMPTY_BYTES +
	    rp_curves_column_bytes(&x->curves, s->who) / PART;
	size_t from = s->from + (x->until - s->column);
	size_t n = (size_t)(*room / each);

	n = n < s->until - from ? n : s->until - from;
	if (n == 0)
		return 0;
	x->piece[x->run.n_pieces++] = (struct rp_piece){ s->who, s->state,
	    from, from + n, x->until - x->first };
	if (x->n_who == 0 || x->who[x->n_who - 1] != s->who)
		x->who[x->n_who++] = s->who;
	x->until += n;
	*room -= n * each;
	return n;
}

/* So many columns from the first on as there is room for; some always are. */
static void
set_columns(struct passes *x)
{
	const struct rp_curves *c = &x->curves;
	uint64_t room = COLUMN_BYTES;
	size_t n;

	x->until = x->first;
	x->n_who = x->run.n_pieces = 0;
	while (x->stretch > 0 && c->stretch[x->stretch].column > x->first)
		x->stretch--;
	while (x->until < c->n_columns) {
		const struct rp_stretch *s = &c->stretch[x->stretch];

		n = add_piece(x, s, &room);
		if (n == 0 || x->until < s->column + s->until - s->from)
			return;
		x->stretch++;
	}
}

/* Of the columns those for which all processes had room. */
static rp_status
keep_alike(struct passes *x, struct rp_err *err)
{
	uint64_t kept = x->columns.n;
	rp_status rc = rp_share_least(x->run.tr->peers, &kept, err);

	rp_columns_drop(&x->columns, (size_t)kept);
	x->until = x->first + x->columns.n;
	return rc;
}

/* The first trial that failed is that of all processes. */
static rp_status
run_own(struct passes *x, struct rp_err *err)
{
	struct rp_run *run = &x->run;
	struct rp_trials *tr = run->tr;
	rp_status rc = RP_OK;

	run->failed_trial = tr->n;
	if (!rp_columns_init(&x->columns, &tr->sampling, run->count))
		rc = rp_fail(err, RP_ENOMEM, "no memory for the curves");
	run->columns = &x->columns;
	run->most_bytes = COLUMN_BYTES;
	if (rc == RP_OK)
		rc = rp_run_trials(run, err);
	rc = rp_share_agree(tr->peers, rc, run->failed_trial, err);
	return rc == RP_OK ? keep_alike(x, err) : rc;
}

static rp_status
run_pass(struct passes *x, struct rp_err *err)
{
	struct rp_run *run = &x->run;
	struct rp_trials *tr = run->tr;
	rp_status rc;

	run->count = x->until - x->first;
	set_wanted(x);
	rc = run_own(x, err);
	if (rc == RP_OK && run->scalars)
		rc = rp_keep_shared(tr, err);
	if (rc == RP_OK && run->count > 0) {
		rc = rp_share_columns(tr->peers, &x->columns, err);
		if (rc == RP_OK)
			rc = rp_share_agree(tr->peers, make_bands(x, err),
			    tr->n, err);
	}
	rp_columns_release(&x->columns);
	return rc;
}

/* How many there will be. */
static uint64_t
count_passes(struct passes *x)
{
	uint64_t n = 0;

	do {
		set_columns(x);
		x->first = x->until;
		n++;
	} while (x->first < x->curves.n_columns);
	x->first = x->stretch = 0;
	return n;
}

static rp_status
run_all(struct passes *x, struct rp_err *err)
{
	rp_status rc = RP_OK;

	x->run.progress_all = count_passes(x) * (x->run.until - x->run.from);
	do {
		set_columns(x);
		x->run.scalars = x->first == 0;
		rc = run_pass(x, err);
		x->first = x->until;
		x->run.progress_from += x->run.until - x->run.from;
	} while (rc == RP_OK && x->first < x->curves.n_columns);
	return rc;
}

static rp_status
find_curves(struct passes *x, struct rp_err *err)
{
	struct rp_trials *tr = x->run.tr;
	size_t who = tr->model.n_populations + 1;
	rp_status rc = rp_curves_init(&x->curves, &tr->model, tr->n,
	    tr->state, tr->n_states, tr->bands == RP_BANDS_TOTAL, err);

	if (rc != RP_OK)
		return rc;
	tr->band = rp_alloc_zeroed(who * tr->n_states * tr->n_points,
	    sizeof(*tr->band));
	x->piece = rp_alloc_zeroed(x->curves.n_stretches,
	    sizeof(*x->piece));
	x->who = rp_alloc_zeroed(who, sizeof(*x->who));
	x->group = rp_alloc_zeroed(tr->model.n_parts, sizeof(*x->group));
	x->wanted = rp_alloc_zeroed(tr->model.n_parts, sizeof(*x->wanted));
	if (tr->band == NULL || x->piece == NULL || x->who == NULL ||
	    x->group == NULL || x->wanted == NULL)
		return rp_fail(err, RP_ENOMEM, "no memory for the bands");
	x->run.curves = &x->curves;
	x->run.piece = x->piece;
	find_groups(x);
	make_certain(x);
	return RP_OK;
}

rp_status
rp_run_passes(struct rp_trials *tr, const struct rp_sim_options *opt,
    struct rp_err *err)
{
	struct passes x = { .run = { .tr = tr, .threads = tr->threads,
	    .from = rp_share_first(tr->peers, tr->n),
	    .until = rp_share_until(tr->peers, tr->n),
	    .progress = opt->progress, .progress_arg = opt->progress_arg } };
	rp_status rc = RP_OK;

	x.curves.m = &tr->model;
	if (tr->bands != RP_BANDS_NONE)
		rc = find_curves(&x, err);
	rc = rp_share_agree(tr->peers, rc, tr->n, err);
	if (rc == RP_OK)
		rc = run_all(&x, err);
	rp_release_mem(x.piece);
	rp_release_mem(x.who);
	rp_release_mem(x.group);
	rp_release_mem(x.wanted);
	rp_curves_release(&x.curves);
	return rc;
}
