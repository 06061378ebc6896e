/*
 * simulate/events.c - what events make of a case before its first trial.
 */
#include "simulate/events.h"

#include "base/mem.h"

/* Steps and inputs of event i are numbered from here on, out of the way of
 * those of a population's own path. */
#define EVENT_ORDINAL(i) ((uint64_t)((i) + 1) << 32)

const struct rp_event *
rp_event_in(const struct rp_event *e)
{
	return e->kind == RP_EVENT_RISK ? e->then : e;
}

struct rp_stream_key
rp_event_key(const struct rp_model *m, size_t event, const char *population)
{
	return rp_stream_key_of(m->seed, m->cs->id, population,
	    EVENT_ORDINAL(event));
}

uint64_t
rp_event_ordinal(const struct rp_rollout *r)
{
	return EVENT_ORDINAL(r->event) + 1;
}

/* The point of an event: the first one if it lies before the grid; false: it
 * lies after it. */
static bool
point_of(const struct rp_model *m, struct rp_instant at, size_t *i)
{
	*i = 0;
	return rp_instant_s(at) < m->grid.t[0] ||
	    rp_grid_point(&m->grid, rp_instant_s(at), i);
}

/* ---- discoveries -------------------------------------------------------- */

/* As many owners of so many certificates as the population would have. */
static uint32_t
subscribers_of(const struct rp_population *p, uint32_t certificates)
{
	uint64_t owners = rp_count_n(p->subscribers);
	uint64_t all = rp_count_n(p->certificates);

	return owners == 1 ? 1 :
	    (uint32_t)((owners * certificates + all - 1) / all);
}

/* The clock of what is discovered later runs from its discovery. */
static void
set_deadline(const struct rp_model *m, struct rp_model_part *p, int64_t on)
{
	p->deadline = INT64_MAX;
	p->deadline_point = SIZE_MAX;
	if (!m->has_deadline)
		return;
	p->deadline = on + rp_instant_s(m->deadline.at.from) -
	    rp_instant_s(m->deadline.start.from);
	if (!rp_grid_point(&m->grid, p->deadline, &p->deadline_point))
		p->deadline_point = SIZE_MAX;
}

static uint64_t
ordinal_within(const struct rp_model *m, size_t population)
{
	uint64_t n = 0;

	for (size_t i = 0; i < m->n_parts; i++)
		n += m->part[i].of == population;
	return n;
}

static rp_status
discover(struct rp_model *m, size_t event, const struct rp_event *e,
    struct rp_err *err)
{
	struct rp_model_part *p = &m->part[m->n_parts];
	const struct rp_model_part *known;
	uint64_t n = rp_count_n(e->certificates);

	if (e->population < 0 || (size_t)e->population >= m->n_populations)
		return rp_fail_at(err, RP_ESTATE, e->origin.line,
		    e->origin.col, "a discovery needs the population in "
		    "which the certificates are found");
	if (n == 0 || n > UINT32_MAX)
		return rp_fail_at(err, RP_ERANGE, e->origin.line,
		    e->origin.col, "a discovery of %llu certificates cannot "
		    "be simulated; 1 to %lu can", (unsigned long long)n,
		    (unsigned long)UINT32_MAX);
	known = &m->part[e->population];
	*p = *known;
	if (!point_of(m, e->on.from, &p->aware))
		return RP_OK;	/* not before the end */
	if (p->aware < known->aware)
		p->aware = known->aware;
	if (p->aware > p->start)
		p->start = p->aware;
	p->event = (int)event;
	p->certificates = (uint32_t)n;
	p->subscribers = subscribers_of(p->p, p->certificates);
	p->lane = ordinal_within(m, p->of) * RP_PART_LANES;
	set_deadline(m, p, m->grid.t[p->aware]);
	m->n_parts++;
	return RP_OK;
}

/* ---- rollouts ----------------------------------------------------------- */

static void
roll_out(struct rp_model *m, size_t event, const struct rp_event *e)
{
	size_t point;

	if (!point_of(m, e->on.from, &point))
		return;
	for (size_t i = 0; i < m->n_parts; i++) {
		const struct rp_model_part *p = &m->part[i];
		size_t k = m->n_rollouts;

		if (e->population >= 0 && (size_t)e->population != p->of)
			continue;
		/* By time; at one instant in the order of the case. */
		for (; k > 0 && m->rollout[k - 1].point > point; k--)
			m->rollout[k] = m->rollout[k - 1];
		m->rollout[k] = (struct rp_rollout){ .event = event,
		    .what = e, .part = i, .point = point,
		    .entry = { RP_FLOW_END, RP_FLOW_END },
		    .key = rp_event_key(m, event, p->p->name) };
		m->n_rollouts++;
	}
}

/* Each of them has a path of its own in every part that it is for. */
#define ROLLOUTS_MAX 10000

static rp_status
make_room(struct rp_model *m, struct rp_err *err)
{
	const struct rp_case *cs = m->cs;
	size_t n = 0;

	for (size_t i = 0; i < cs->n_events; i++) {
		const struct rp_event *e = rp_event_in(&cs->event[i]);

		for (size_t p = 0; p < m->n_parts &&
		    e->kind == RP_EVENT_ROLLOUT; p++)
			n += e->population < 0 ||
			    (size_t)e->population == m->part[p].of;
		if (n > ROLLOUTS_MAX)
			return rp_fail_at(err, RP_ERANGE, e->origin.line,
			    e->origin.col, "the rollouts down to this one "
			    "have more than %d paths, one for each population "
			    "and discovery that they are for; name the "
			    "population, or join some", ROLLOUTS_MAX);
	}
	m->rollout = rp_alloc_zeroed(n, sizeof(*m->rollout));
	return m->rollout != NULL ? RP_OK :
	    rp_fail(err, RP_ENOMEM, "no memory for the events");
}

rp_status
rp_model_events(struct rp_model *m, struct rp_err *err)
{
	const struct rp_case *cs = m->cs;
	rp_status rc = RP_OK;

	for (size_t i = 0; i < cs->n_events && rc == RP_OK; i++)
		if (rp_event_in(&cs->event[i])->kind == RP_EVENT_DISCOVERY)
			rc = discover(m, i, rp_event_in(&cs->event[i]), err);
	if (rc == RP_OK)
		rc = make_room(m, err);
	for (size_t i = 0; i < cs->n_events && rc == RP_OK; i++)
		if (rp_event_in(&cs->event[i])->kind == RP_EVENT_ROLLOUT)
			roll_out(m, i, rp_event_in(&cs->event[i]));
	return rc;
}
