/*
 * simulate/curves.c - which values the bands of all curves are made from.
 */
#include "simulate/curves.h"

#include <string.h>

#include "base/mem.h"
#include "simulate/ensemble.h"

/* What holds of a population, or all of them, at one instant in all trials. */
struct moment {
	bool plain;		/* each part is, always; else the rest says
				 * nothing */
	bool before, after;	/* there are parts before their cut, after */
	bool at_once;
	uint32_t base;		/* known by then */
};

/* A series under way. */
struct series {
	struct rp_curves *c;
	size_t who;
	struct moment *at;		/* [n_points] */
	size_t *replaced;		/* [n_points] columns; SIZE_MAX: none */
};

static size_t
first_part(const struct rp_curves *c, size_t who)
{
	return who == c->m->n_populations ? 0 : who;
}

static size_t
next_part(const struct rp_curves *c, size_t who, size_t part)
{
	if (who < c->m->n_populations)
		return c->next[part];
	return part + 1 < c->m->n_parts ? part + 1 : SIZE_MAX;
}

static struct moment
look_at(const struct series *s, size_t k)
{
	struct moment at = { .plain = true };
	size_t g = s->c->m->grid.regular[k];

	for (size_t p = first_part(s->c, s->who); p != SIZE_MAX;
	    p = next_part(s->c, s->who, p)) {
		const struct rp_plain *x = &s->c->plain[p];

		at.plain = at.plain && x->is;
		at.at_once = x->at_once;
		if (g < x->known)
			continue;
		at.base += x->n;
		if (g < x->cut)
			at.before = true;
		else
			at.after = true;
	}
	return at;
}

/* Whether anything of it ever comes to a natural end. */
static bool
ends(const struct series *s)
{
	const struct rp_model *m = s->c->m;

	for (size_t p = first_part(s->c, s->who); p != SIZE_MAX;
	    p = next_part(s->c, s->who, p))
		if (m->part[p].p->has_expiry || m->part[p].p->has_renewal ||
		    m->part[p].own_ends > 0)
			return true;
	return false;
}

/* ---- what follows from what --------------------------------------------- */

static const struct rp_source gathered = { RP_OF_COLUMN, 0, SIZE_MAX };

static struct rp_source
same(uint32_t value)
{
	return (struct rp_source){ RP_SAME_IN_ALL, value, SIZE_MAX };
}

static struct rp_source
revoked_at(const struct series *s, size_t k)
{
	const struct moment *at = &s->at[k];

	if (!at->before)
		return same(at->base);
	if (at->after)
		return gathered;
	return at->at_once ? (struct rp_source){ RP_OF_COLUMN, 0,
	    s->replaced[k] } : same(0);
}

/* The steps of a column of very many trials are not those of the rest. */
static struct rp_source
outstanding_at(const struct series *s, size_t k)
{
	const struct moment *at = &s->at[k];

	if (!at->before)
		return same(0);
	if (at->after || (at->at_once && at->base >= RP_BAND_VALUES &&
	    s->c->trials > RP_BAND_VALUES))
		return gathered;
	return at->at_once ? (struct rp_source){ RP_LESS_COLUMN, at->base,
	    s->replaced[k] } : same(at->base);
}

/* After the last cut nobody else is harmed: as at the instant before. */
static struct rp_source
harmed_at(const struct series *s, size_t k, const struct rp_source *before)
{
	const struct moment *at = &s->at[k];

	if (!at->after)
		return same(0);
	return k > 0 && !at->before && at[-1].after && !at[-1].before &&
	    at[-1].base == at->base ? *before : gathered;
}

static struct rp_source
source_of(const struct series *s, enum rp_state state, size_t k,
    const struct rp_source *before)
{
	if ((state == RP_STATE_EXPIRED || state == RP_STATE_EXPIRED_LATE) &&
	    !ends(s))
		return same(0);
	if (!s->at[k].plain)
		return gathered;
	switch (state) {
	case RP_STATE_REVOKED:
		return revoked_at(s, k);
	case RP_STATE_OUTSTANDING:
		return outstanding_at(s, k);
	case RP_STATE_HARMED:
		return harmed_at(s, k, before);
	case RP_STATE_HELD:
		return same(0);
	case RP_STATE_REPLACED:
	case RP_STATE_EXPIRED:
	case RP_STATE_REISSUED:
	case RP_STATE_EXPIRED_LATE:
	case RP_STATES:
		break;
	}
	return gathered;
}

/* ---- columns ------------------------------------------------------------ */

static bool
has_room(struct rp_curves *c)
{
	size_t room = 2 * c->room + 16;
	struct rp_stretch *more;

	if (c->stretch != NULL && c->n_stretches < c->room)
		return true;
	more = rp_alloc_zeroed(room, sizeof(*more));
	if (more == NULL)
		return false;
	if (c->stretch != NULL)
		memcpy(more, c->stretch, c->n_stretches * sizeof(*more));
	rp_release_mem(c->stretch);
	c->stretch = more;
	c->room = room;
	return true;
}

/* A column for instant k of a state; the last stretch grows if it can. */
static size_t
gather(struct series *s, enum rp_state state, size_t k)
{
	struct rp_curves *c = s->c;
	struct rp_stretch *last = c->n_stretches > 0 ?
	    &c->stretch[c->n_stretches - 1] : NULL;

	if (last == NULL || last->who != s->who || last->state != state ||
	    last->until != k) {
		if (!has_room(c)) {
			c->failed = true;
			return SIZE_MAX;
		}
		last = &c->stretch[c->n_stretches++];
		*last = (struct rp_stretch){ s->who, state, k, k,
		    c->n_columns };
	}
	last->until++;
	return c->n_columns++;
}

/* Whether any state that is asked for is read off what was replaced by
 * instant k. */
static bool
needs_replaced(const struct series *s, size_t k)
{
	const struct moment *at = &s->at[k];
	bool follows = at->plain && at->at_once && at->before && !at->after;

	for (size_t i = 0; i < s->c->n_states; i++) {
		enum rp_state state = s->c->state[i];

		if (state == RP_STATE_REPLACED ||
		    (follows && state == RP_STATE_REVOKED) ||
		    (follows && state == RP_STATE_OUTSTANDING &&
		    outstanding_at(s, k).how == RP_LESS_COLUMN))
			return true;
	}
	return false;
}

static void
plan_series(struct series *s)
{
	struct rp_curves *c = s->c;
	struct rp_source *to = &c->source[(s->who - c->first) * c->n_states *
	    c->n_points];

	for (size_t k = 0; k < c->n_points; k++) {
		s->at[k] = look_at(s, k);
		s->replaced[k] = SIZE_MAX;
	}
	for (size_t k = 0; k < c->n_points; k++)
		if (needs_replaced(s, k))
			s->replaced[k] = gather(s, RP_STATE_REPLACED, k);
	for (size_t i = 0; i < c->n_states; i++)
		for (size_t k = 0; k < c->n_points; k++, to++) {
			*to = source_of(s, c->state[i], k, k > 0 ? to - 1 :
			    NULL);
			if (c->state[i] == RP_STATE_REPLACED)
				to->column = s->replaced[k];
			else if (to->how != RP_SAME_IN_ALL &&
			    to->column == SIZE_MAX)
				to->column = gather(s, c->state[i], k);
		}
}

/* ---- all of them -------------------------------------------------------- */

static void
chain_parts(struct rp_curves *c)
{
	const struct rp_model *m = c->m;

	for (size_t p = 0; p < m->n_parts; p++)
		c->next[p] = SIZE_MAX;
	/* The first of each population stands before all others. */
	for (size_t p = m->n_parts; p-- > m->n_populations;) {
		c->next[p] = c->next[m->part[p].of];
		c->next[m->part[p].of] = p;
	}
}

static rp_status
find_plain(struct rp_curves *c, struct rp_err *err)
{
	struct rp_outcome o;
	rp_status rc = rp_outcome_init(&o, c->m, err);

	if (rc != RP_OK)
		return rc;
	for (size_t p = 0; p < c->m->n_parts; p++)
		if (!rp_plain_always(&o, p, &c->plain[p]))
			c->plain[p].is = false;
	c->together = o.n_holds > 0 || o.batches.from != SIZE_MAX;
	rp_outcome_release(&o);
	return RP_OK;
}

static rp_status
plan_all(struct rp_curves *c, bool total_only, struct rp_err *err)
{
	struct series s = { .c = c, .who = c->m->n_populations };

	s.at = rp_alloc_zeroed(c->n_points, sizeof(*s.at));
	s.replaced = rp_alloc_zeroed(c->n_points, sizeof(*s.replaced));
	if (s.at != NULL && s.replaced != NULL) {
		plan_series(&s);
		for (s.who = 0; !total_only && s.who < c->m->n_populations;
		    s.who++)
			plan_series(&s);
	}
	rp_release_mem(s.at);
	rp_release_mem(s.replaced);
	return s.at != NULL && s.replaced != NULL && !c->failed ? RP_OK :
	    rp_fail(err, RP_ENOMEM, "no memory for the curves");
}

rp_status
rp_curves_init(struct rp_curves *c, const struct rp_model *m,
    uint64_t trials, const enum rp_state *state, size_t n_states,
    bool total_only, struct rp_err *err)
{
	rp_status rc = RP_OK;

	*c = (struct rp_curves){ .m = m, .trials = trials, .state = state,
	    .n_states = n_states, .n_points = m->grid.n_regular,
	    .first = total_only ? m->n_populations : 0 };
	c->source = rp_alloc_zeroed((m->n_populations + 1 - c->first) *
	    n_states * c->n_points, sizeof(*c->source));
	c->next = rp_alloc_zeroed(m->n_parts, sizeof(*c->next));
	c->plain = rp_alloc_zeroed(m->n_parts, sizeof(*c->plain));
	if (c->source == NULL || c->next == NULL || c->plain == NULL)
		rc = rp_fail(err, RP_ENOMEM, "no memory for the curves");
	if (rc == RP_OK) {
		chain_parts(c);
		rc = find_plain(c, err);
	}
	if (rc == RP_OK)
		rc = plan_all(c, total_only, err);
	if (rc != RP_OK)
		rp_curves_release(c);
	return rc;
}

void
rp_curves_release(struct rp_curves *c)
{
	rp_release_mem(c->source);
	rp_release_mem(c->stretch);
	rp_release_mem(c->next);
	rp_release_mem(c->plain);
	*c = (struct rp_curves){ 0 };
}

uint64_t
rp_curves_column_bytes(const struct rp_curves *c, size_t who)
{
	uint64_t n = 0;

	for (size_t p = first_part(c, who); p != SIZE_MAX;
	    p = next_part(c, who, p))
		n += c->m->part[p].certificates;
	/* More than there are trials are listed, not counted. */
	if (c->trials <= RP_BAND_VALUES && n > c->trials)
		n = c->trials;
	/* As many values as certificates, with some to spare. */
	n = 2 * n + 17;
	return sizeof(uint32_t) * (n < RP_BAND_VALUES ? n : RP_BAND_VALUES);
}
