/*
 * judge/update_rows.c - the figures of a post: how many are revoked, how many
 * are not, how many expired before they were.
 *
 * Actuals count the affected certificates, facts the certificates of a duty.
 * Where these are the same certificates both are put together; otherwise each
 * has a row.  Nothing is made up: what follows exactly from what was recorded
 * is worked out, all else is not known.
 */
#include <string.h>

#include "base/mem.h"
#include "judge/update.h"

const char *
rp_figure_word(enum rp_figure figure)
{
	static const char *const words[RP_FIGURES] = {
		[RP_FIGURE_REISSUED] = "reissued",
		[RP_FIGURE_REPLACED] = "replaced",
		[RP_FIGURE_REVOKED] = "revoked",
		[RP_FIGURE_GONE] = "revoked or expired",
		[RP_FIGURE_EXPIRED] = "expired before revocation",
		[RP_FIGURE_EXPIRED_EARLY] = "expired by the deadline",
		[RP_FIGURE_EXPIRED_LATE] = "expired after the deadline",
		[RP_FIGURE_OUTSTANDING] = "not yet revoked",
		[RP_FIGURE_HELD] = "held back",
	};

	return (unsigned)figure < RP_FIGURES ? words[figure] : "";
}

/* ---- amounts ------------------------------------------------------------ */

struct rp_amount
rp_amount_of(uint64_t n)
{
	return (struct rp_amount){ .known = true, .is_count = true,
	    .count = rp_count_of(n) };
}

static unsigned
finer(const struct rp_amount *a, const struct rp_amount *b)
{
	return a->decimals > b->decimals ? a->decimals : b->decimals;
}

/* a - b, a + b; not known unless both are counts or both are shares. */
static struct rp_amount
minus(const struct rp_amount *a, const struct rp_amount *b)
{
	struct rp_amount out = { .known = false };

	if (!a->known || !b->known || a->is_count != b->is_count)
		return out;
	out.is_count = a->is_count;
	if (a->is_count) {
		out.known = rp_count_n(a->count) >= rp_count_n(b->count);
		if (out.known)
			out.count = rp_count_of(rp_count_n(a->count) -
			    rp_count_n(b->count));
		return out;
	}
	out.decimals = finer(a, b);
	out.share = rp_share_minus(a->share, b->share);
	out.known = rp_share_ppb(out.share) >= 0;
	return out;
}

static struct rp_amount
plus(const struct rp_amount *a, const struct rp_amount *b)
{
	struct rp_amount out = { .known = false };

	if (!a->known || !b->known || a->is_count != b->is_count)
		return out;
	out.is_count = a->is_count;
	if (a->is_count) {
		out.known = rp_count_add(a->count, b->count, &out.count);
		return out;
	}
	out.known = true;
	out.decimals = finer(a, b);
	out.share = rp_share_of_ppb(rp_share_ppb(a->share) +
	    rp_share_ppb(b->share));
	return out;
}

/* All of the base, as a count or as a share like another amount. */
static struct rp_amount
whole(struct rp_count base, const struct rp_amount *like)
{
	if (like->is_count)
		return rp_amount_of(rp_count_n(base));
	return (struct rp_amount){ .known = true, .decimals = like->decimals,
	    .share = rp_share_of_ppb(RP_SHARE_ONE_PPB) };
}

/* ---- rows --------------------------------------------------------------- */

uint64_t
rp_post_duty_size(const struct rp_case *cs, int duty)
{
	uint64_t n = rp_count_n(cs->duty[duty].certificates);

	return n == 0 ? rp_count_n(cs->base) : n;
}

/* Whether the affected certificates are what a duty is about. */
static bool
is_affected(const struct rp_case *cs, const struct rp_duty *duty)
{
	uint64_t n = rp_count_n(duty->certificates);

	return n == 0 || n == rp_count_n(cs->total) ||
	    n == rp_count_n(cs->base) || n == rp_count_n(cs->first_base);
}

/* Whether the duties are the affected certificates, each once. */
static bool
are_affected(const struct rp_case *cs)
{
	uint64_t left = rp_count_n(cs->base), n;

	for (size_t i = 0; i < cs->n_duties; i++) {
		n = rp_count_n(cs->duty[i].certificates);
		if (n == 0 || n > left)
			return false;
		left -= n;
	}
	return left == 0;
}

/* Actuals that tell nothing but what the records of the duties tell. */
static bool
only_revoked(const struct rp_case *cs)
{
	for (size_t i = 0; i < cs->n_actuals; i++) {
		const struct rp_actual *a = &cs->actual[i];

		if (a->metric[RP_METRIC_REISSUED].known ||
		    a->metric[RP_METRIC_REPLACED].known ||
		    a->expired.known || a->held.known)
			return false;
	}
	return true;
}

struct rp_post_shape
rp_post_shape(const struct rp_case *cs)
{
	struct rp_post_shape shape = { .joined = -1, .n = cs->n_duties };
	size_t matches = 0;

	for (size_t i = 0; i < cs->n_duties; i++)
		if (is_affected(cs, &cs->duty[i])) {
			shape.joined = (int)i;
			matches++;
		}
	if (matches > 1)
		shape.joined = -1;
	shape.summed = shape.joined < 0 && are_affected(cs);
	if (shape.joined < 0 && cs->n_actuals > 0 &&
	    !(shape.summed && only_revoked(cs)))
		shape.n++;
	return shape;
}

bool
rp_is_revocation_of(const struct rp_case *cs, const struct rp_fact *f, int duty)
{
	if (f->kind != RP_FACT_REVOKED)
		return false;
	return f->duty == duty || (f->duty < 0 &&
	    (cs->n_duties == 1 || !f->has_certificates));
}

static void
count_record(struct rp_recorded *r, const struct rp_fact *f)
{
	uint64_t n = rp_count_n(f->certificates);

	if (!r->any || rp_instant_cmp(rp_when_last(f->at),
	    rp_when_last(r->last)) > 0)
		r->last = f->at;
	r->any = true;
	r->all = r->all || !f->has_certificates;
	if (f->has_certificates)
		r->n = n > UINT64_MAX - r->n ? UINT64_MAX : r->n + n;
}

struct rp_recorded
rp_recorded_by(const struct rp_case *cs, int duty, uint64_t size,
    const struct rp_when *by)
{
	struct rp_recorded out = { .n = 0 };

	for (size_t i = 0; i < cs->n_facts; i++) {
		const struct rp_fact *f = &cs->fact[i];

		if (rp_is_revocation_of(cs, f, duty) && (by == NULL ||
		    rp_seen(f->at, false, f->at, *by, RP_VIEW_INTERNAL)))
			count_record(&out, f);
	}
	/* "All of them" is what is left, whatever was counted before. */
	if (out.all && out.n < size)
		out.n = size;
	return out;
}

static void
set(struct rp_post_row *row, enum rp_figure figure, struct rp_amount amount,
    const struct rp_post_figure *like)
{
	if (!amount.known)
		return;
	row->figure[figure] = *like;
	row->figure[figure].amount = amount;
}

/* ---- from the actuals --------------------------------------------------- */

static bool
counts_revocation(const struct rp_actual *a)
{
	return a->metric[RP_METRIC_REVOKED].known ||
	    a->metric[RP_METRIC_GONE].known || a->remaining.known;
}

static bool
counts_replacement(const struct rp_actual *a)
{
	return a->metric[RP_METRIC_REISSUED].known ||
	    a->metric[RP_METRIC_REPLACED].known;
}

static const struct rp_actual *
latest(const struct rp_series *s, bool (*fits)(const struct rp_actual *))
{
	const struct rp_actual *best = NULL;

	for (size_t i = 0; i < s->n; i++)
		if (fits(&s->point[i]) && (best == NULL || rp_instant_cmp(
		    rp_when_last(best->as_of),
		    rp_when_last(s->point[i].as_of)) <= 0))
			best = &s->point[i];
	return best;
}

/*
 * What follows from the identity base = revoked + expired + outstanding.  How
 * many expired is taken from it only where `gone` was recorded: a remainder
 * that nobody explained is not called expired.
 */
static void
derive(struct rp_post_row *row, const struct rp_post_figure *like)
{
	const struct rp_amount *revoked =
	    &row->figure[RP_FIGURE_REVOKED].amount;
	const struct rp_amount *gone = &row->figure[RP_FIGURE_GONE].amount;
	const struct rp_amount *expired =
	    &row->figure[RP_FIGURE_EXPIRED].amount;
	const struct rp_amount *left =
	    &row->figure[RP_FIGURE_OUTSTANDING].amount;
	struct rp_amount all;

	if (!revoked->known)
		set(row, RP_FIGURE_REVOKED, minus(gone, expired),
		    like);
	if (!expired->known)
		set(row, RP_FIGURE_EXPIRED, minus(gone, revoked),
		    like);
	if (!gone->known)
		set(row, RP_FIGURE_GONE, plus(revoked, expired),
		    like);
	if (like->bound != RP_BOUND_NONE)
		return;
	if (gone->known && !left->known) {
		all = whole(like->of, gone);
		set(row, RP_FIGURE_OUTSTANDING, minus(&all, gone),
		    like);
	} else if (left->known && !gone->known) {
		all = whole(like->of, left);
		set(row, RP_FIGURE_GONE, minus(&all, left), like);
	}
}

static struct rp_post_figure
figure_of(const struct rp_scopes *scopes, const struct rp_actual *a)
{
	return (struct rp_post_figure){ .as_of = a->as_of, .bound = a->bound,
	    .of = a->has_of ? a->of : rp_count_of(rp_scopes_at(scopes,
	    a->as_of)), .line = a->origin.line };
}

static void
take_revocation(struct rp_post_row *row, const struct rp_scopes *scopes,
    const struct rp_actual *a)
{
	struct rp_post_figure like = figure_of(scopes, a);

	set(row, RP_FIGURE_REVOKED, a->metric[RP_METRIC_REVOKED], &like);
	set(row, RP_FIGURE_GONE, a->metric[RP_METRIC_GONE], &like);
	set(row, RP_FIGURE_EXPIRED, a->expired, &like);
	set(row, RP_FIGURE_EXPIRED_LATE, a->expired_late, &like);
	set(row, RP_FIGURE_OUTSTANDING, a->remaining, &like);
	set(row, RP_FIGURE_HELD, a->held, &like);
	derive(row, &like);
	row->as_of = a->as_of;
}

static void
take_replacement(struct rp_post_row *row, const struct rp_scopes *scopes,
    const struct rp_actual *a)
{
	struct rp_post_figure like = figure_of(scopes, a);

	set(row, RP_FIGURE_REISSUED, a->metric[RP_METRIC_REISSUED], &like);
	set(row, RP_FIGURE_REPLACED, a->metric[RP_METRIC_REPLACED], &like);
	if (rp_instant_cmp(rp_when_last(row->as_of),
	    rp_when_last(a->as_of)) < 0)
		row->as_of = a->as_of;
}

/* ---- expired, before and after the deadline ----------------------------- */

/*
 * The most that an actual of before the deadline calls expired; *exact where
 * one was taken at the deadline itself.
 */
static uint64_t
expired_by(const struct rp_series *s, struct rp_when deadline, bool *exact)
{
	uint64_t most = 0;

	*exact = false;
	for (size_t i = 0; i < s->n; i++) {
		const struct rp_actual *a = &s->point[i];

		if (!a->expired.known || !a->expired.is_count ||
		    a->bound != RP_BOUND_NONE ||
		    rp_instant_cmp(rp_when_last(a->as_of), deadline.from) > 0)
			continue;
		if (rp_count_n(a->expired.count) > most)
			most = rp_count_n(a->expired.count);
		if (rp_when_is_exact(a->as_of) && rp_when_is_exact(deadline) &&
		    rp_instant_cmp(a->as_of.from, deadline.from) == 0)
			*exact = true;
	}
	return most;
}

/*
 * Certificates that expire by the deadline leave nothing to revoke, those
 * that expire after it are late: two figures, but only where both are known.
 */
static void
split_expired(struct rp_post_row *row, const struct rp_series *s)
{
	const struct rp_post_figure *expired =
	    &row->figure[RP_FIGURE_EXPIRED];
	struct rp_amount late =
	    row->figure[RP_FIGURE_EXPIRED_LATE].amount;
	bool exact, at_zero;
	uint64_t by;

	if (!expired->amount.known)
		return;
	at_zero = expired->amount.is_count ?
	    rp_count_n(expired->amount.count) == 0 :
	    rp_share_ppb(expired->amount.share) == 0;
	if (!late.known && (at_zero || (row->has_deadline && rp_instant_cmp(
	    rp_when_last(expired->as_of), row->deadline.from) <= 0)))
		late = minus(&expired->amount, &expired->amount);
	if (!late.known && row->has_deadline && expired->amount.is_count &&
	    expired->bound == RP_BOUND_NONE) {
		by = expired_by(s, row->deadline, &exact);
		if (exact || by == rp_count_n(expired->amount.count)) {
			late = rp_amount_of(by);
			late = minus(&expired->amount, &late);
		} else if (by > 0) {
			row->has_early_least = true;
			row->early_least = by;
		}
	}
	set(row, RP_FIGURE_EXPIRED_LATE, late, expired);
	set(row, RP_FIGURE_EXPIRED_EARLY, minus(&expired->amount,
	    &late), expired);
}

/* ---- from the facts ----------------------------------------------------- */

/* The records alone say it: nothing else counts these certificates. */
static void
take_records(struct rp_post_row *row, const struct rp_case *cs,
    struct rp_when as_of)
{
	uint64_t size = rp_count_n(row->base);
	struct rp_recorded r = rp_recorded_by(cs, row->duty, size, NULL);
	struct rp_post_figure like = { .as_of = as_of, .of = row->base };

	set(row, RP_FIGURE_REVOKED, rp_amount_of(r.n), &like);
	if (r.n <= size)
		set(row, RP_FIGURE_OUTSTANDING, rp_amount_of(size - r.n),
		    &like);
	row->no_record = !r.any;
	row->has_done = r.any && r.n == size;
	row->done = r.last;
	if (rp_instant_cmp(rp_when_last(row->as_of),
	    rp_when_last(as_of)) < 0)
		row->as_of = as_of;
}

/*
 * What was revoked after the actual was taken comes on top of it.  A record
 * without a number says that nothing was left.
 */
static void
add_later_records(struct rp_post_row *row, const struct rp_case *cs)
{
	struct rp_post_figure *revoked = &row->figure[RP_FIGURE_REVOKED];
	struct rp_post_figure *left = &row->figure[RP_FIGURE_OUTSTANDING];
	struct rp_post_figure *gone = &row->figure[RP_FIGURE_GONE];
	uint64_t size = rp_count_n(row->base), more;
	struct rp_recorded all = rp_recorded_by(cs, row->duty, size, NULL);
	struct rp_recorded by = rp_recorded_by(cs, row->duty, size,
	    &revoked->as_of);
	struct rp_amount later;

	more = all.n > by.n ? all.n - by.n : 0;
	if (all.all && !by.all && left->amount.known &&
	    left->amount.is_count)
		more = rp_count_n(left->amount.count);
	if (more == 0 || !revoked->amount.is_count)
		return;
	later = rp_amount_of(more);
	revoked->amount = plus(&revoked->amount, &later);
	gone->amount = plus(&gone->amount, &later);
	left->amount = minus(&left->amount, &later);
	revoked->as_of = gone->as_of = left->as_of = all.last;
	row->has_done = left->amount.known &&
	    rp_count_n(left->amount.count) == 0;
	row->done = all.last;
	if (rp_instant_cmp(rp_when_last(row->as_of),
	    rp_when_last(all.last)) < 0)
		row->as_of = all.last;
}

/* ---- the whole ---------------------------------------------------------- */

static void
start_row(struct rp_post_row *row, const struct rp_case *cs, int duty,
    struct rp_post_shape shape)
{
	struct rp_deadline dl;

	*row = (struct rp_post_row){ .duty = duty,
	    .affected = duty < 0 || duty == shape.joined };
	row->base = row->affected ? cs->base :
	    rp_count_of(rp_post_duty_size(cs, duty));
	row->first_base = row->affected ? cs->first_base : row->base;
	row->assumed = row->affected &&
	    cs->total_origin.basis == RP_BASIS_ASSUMED;
	if (duty < 0)
		return;
	row->name = cs->duty[duty].implied ? NULL : cs->duty[duty].name;
	row->has_deadline = rp_duty_deadline(&cs->duty[duty], &dl, NULL) ==
	    RP_OK;
	if (row->has_deadline)
		row->deadline = dl.at;
}

static void
fill_row(struct rp_post_row *row, const struct rp_case *cs,
    const struct rp_series *s, const struct rp_scopes *scopes,
    struct rp_when as_of)
{
	const struct rp_actual *revocation = NULL, *replacement = NULL;

	if (row->affected) {
		revocation = latest(s, counts_revocation);
		replacement = latest(s, counts_replacement);
	}
	if (revocation != NULL)
		take_revocation(row, scopes, revocation);
	if (replacement != NULL)
		take_replacement(row, scopes, replacement);
	split_expired(row, s);
	if (row->duty < 0)
		return;
	if (row->figure[RP_FIGURE_REVOKED].amount.known)
		add_later_records(row, cs);
	else if (!row->affected || s->n == 0 || rp_recorded_by(cs, row->duty,
	    rp_count_n(row->base), NULL).any)
		take_records(row, cs, as_of);
}

rp_status
rp_post_rows(const struct rp_case *cs, struct rp_when as_of,
    enum rp_view view, struct rp_post_shape shape, struct rp_post_row *row,
    struct rp_err *err)
{
	struct rp_series series;
	struct rp_scopes scopes;
	rp_status rc = rp_series_init(&series, cs, as_of, view, err);

	if (rc != RP_OK)
		return rc;
	rc = rp_scopes_init(&scopes, cs, err);
	for (size_t i = 0; i < shape.n && rc == RP_OK; i++) {
		start_row(&row[i], cs, i < cs->n_duties ? (int)i : -1, shape);
		fill_row(&row[i], cs, &series, &scopes, as_of);
	}
	rp_scopes_release(&scopes);
	rp_series_release(&series);
	return rc;
}
