/*
 * simulate/model.c - what is made once before the first trial.
 */
#include "simulate/model.h"

#include "base/mem.h"
#include "simulate/events.h"

const struct rp_whatif rp_whatif_none = { .population = -1, .speed = 1.0,
    .risk = -1 };

/* ---- what cannot be simulated ------------------------------------------- */

static rp_status
check_events(const struct rp_case *cs, struct rp_err *err)
{
	for (size_t i = 0; i < cs->n_events; i++) {
		const struct rp_event *e = &cs->event[i];

		if (rp_event_in(e) == NULL ||
		    rp_event_in(e)->kind == RP_EVENT_RISK)
			return rp_fail_at(err, RP_ESTATE, e->origin.line,
			    e->origin.col, "nothing that can be simulated "
			    "happens if the risk comes true");
	}
	return RP_OK;
}

static rp_status
check_population(const struct rp_population *p, struct rp_err *err)
{
	if (rp_count_n(p->certificates) == 0 ||
	    rp_count_n(p->certificates) > UINT32_MAX)
		return rp_fail_at(err, RP_ERANGE, p->certificates_origin.line,
		    p->certificates_origin.col, "population '%s' has %llu "
		    "certificates; 1 to %lu can be simulated", p->name,
		    (unsigned long long)rp_count_n(p->certificates),
		    (unsigned long)UINT32_MAX);
	if (rp_count_n(p->subscribers) == 0 ||
	    rp_count_n(p->subscribers) > rp_count_n(p->certificates))
		return rp_fail_at(err, RP_ERANGE, p->origin.line,
		    p->origin.col, "population '%s' has %llu subscribers for "
		    "%llu certificates; at least 1, at most one for each",
		    p->name, (unsigned long long)rp_count_n(p->subscribers),
		    (unsigned long long)rp_count_n(p->certificates));
	if (p->path.n_steps == 0)
		return rp_fail_at(err, RP_ESTATE, p->origin.line,
		    p->origin.col, "the path of population '%s' has no step",
		    p->name);
	return RP_OK;
}

static rp_status
check_case(const struct rp_case *cs, struct rp_err *err)
{
	uint64_t sum = 0;
	rp_status rc = check_events(cs, err);

	for (size_t i = 0; i < cs->n_populations && rc == RP_OK; i++) {
		rc = check_population(&cs->population[i], err);
		sum += rp_count_n(cs->population[i].certificates);
	}
	for (size_t i = 0; i < cs->n_events && rc == RP_OK; i++)
		if (rp_event_in(&cs->event[i])->kind == RP_EVENT_DISCOVERY)
			sum += rp_count_n(rp_event_in(
			    &cs->event[i])->certificates);
	if (rc == RP_OK && cs->n_populations == 0)
		rc = rp_fail(err, RP_ESTATE, "the case has no population");
	if (rc == RP_OK && sum > UINT32_MAX)
		rc = rp_fail(err, RP_ERANGE, "all populations together, with "
		    "what is discovered later, have "
		    "%llu certificates; at most %lu can be simulated",
		    (unsigned long long)sum, (unsigned long)UINT32_MAX);
	return rc;
}

/* ---- calendars on the grid ---------------------------------------------- */

static rp_status
make_calendar(struct rp_model *m, size_t i, struct rp_err *err)
{
	struct rp_grid_calendar *gc = &m->calendar[i];
	struct rp_calendar_spec spec = i < 2 ? rp_calendar_default :
	    m->cs->calendar[i / 2 - 1].spec;
	size_t n = m->grid.n;
	rp_status rc;

	if (i % 2 == 1)
		spec.week |= 0x60;	/* works on Saturday and Sunday too */
	rc = rp_calendar_new(&spec, rp_instant_of_s(m->grid.t[0]),
	    rp_instant_of_s(m->grid.t[n - 1]), &gc->calendar, err);
	if (rc != RP_OK)
		return rc;
	gc->seconds = rp_alloc_zeroed(n, sizeof(*gc->seconds));
	gc->ticks = rp_alloc_zeroed(n, sizeof(*gc->ticks));
	if (gc->seconds == NULL || gc->ticks == NULL)
		return rp_fail(err, RP_ENOMEM, "no memory for a calendar");
	for (size_t k = 0; k < n; k++) {
		struct rp_instant t = rp_instant_of_s(m->grid.t[k]);

		gc->seconds[k] = rp_calendar_seconds(gc->calendar, t);
		gc->ticks[k] = rp_calendar_ticks(gc->calendar, t);
	}
	return RP_OK;
}

static rp_status
make_calendars(struct rp_model *m, struct rp_err *err)
{
	rp_status rc = RP_OK;

	m->n_calendars = 2 * (m->cs->n_calendars + 1);
	m->calendar = rp_alloc_zeroed(m->n_calendars, sizeof(*m->calendar));
	if (m->calendar == NULL)
		return rp_fail(err, RP_ENOMEM, "no memory for calendars");
	for (size_t i = 0; i < m->n_calendars && rc == RP_OK; i++)
		rc = make_calendar(m, i, err);
	return rc;
}

/* ---- parts, deadline ---------------------------------------------- */

/*
 * The clock that everything is held against is that of the first duty.  A
 * duty that populations block is done when they are; until then each of its
 * certificates is overdue.
 */
static void
find_deadline(struct rp_model *m)
{
	const struct rp_case *cs = m->cs;

	m->deadline_point = SIZE_MAX;
	if (cs->n_duties == 0 ||
	    rp_duty_deadline(&cs->duty[0], &m->deadline, NULL) != RP_OK)
		return;
	m->has_deadline = true;
	if (!rp_grid_point(&m->grid, rp_instant_s(m->deadline.at.from),
	    &m->deadline_point))
		m->deadline_point = SIZE_MAX;
	for (size_t i = 0; i < cs->n_populations; i++)
		if (cs->population[i].blocks == 0)
			m->overdue_certificates = (double)rp_count_n(
			    cs->duty[0].certificates);
}

static rp_status
make_parts(struct rp_model *m, struct rp_err *err)
{
	m->n_populations = m->cs->n_populations;
	m->n_parts = m->n_populations;
	/* Each event may discover one more. */
	m->part = rp_alloc_zeroed(m->n_parts + m->cs->n_events,
	    sizeof(*m->part));
	if (m->part == NULL)
		return rp_fail(err, RP_ENOMEM, "no memory for populations");
	for (size_t i = 0; i < m->n_populations; i++) {
		struct rp_model_part *p = &m->part[i];

		p->p = &m->cs->population[i];
		p->of = i;
		p->event = -1;
		p->deadline = m->has_deadline ?
		    rp_instant_s(m->deadline.at.from) : INT64_MAX;
		p->deadline_point = m->deadline_point;
		p->certificates = (uint32_t)rp_count_n(p->p->certificates);
		p->subscribers = (uint32_t)rp_count_n(p->p->subscribers);
		if (!rp_grid_point(&m->grid, rp_instant_s(m->cs->aware.from),
		    &p->aware))
			return rp_fail(err, RP_ERANGE, "awareness lies after "
			    "the horizon");
		p->fixed_expiry = rp_ending_is_fixed(p->p);
		if (!rp_grid_point(&m->grid, rp_instant_s(p->p->starts.from),
		    &p->start))
			return rp_fail_at(err, RP_ERANGE, p->p->origin.line,
			    p->p->origin.col, "population '%s' starts after "
			    "the horizon", p->p->name);
	}
	return RP_OK;
}

static rp_status
check_ones(const struct rp_model *m, struct rp_err *err)
{
	uint64_t followed = 0;

	for (size_t i = 0; i < m->n_parts; i++) {
		const struct rp_model_part *p = &m->part[i];

		followed += p->one_by_one ? p->certificates : 0;
		if (followed > RP_MOST_FOLLOWED)
			return rp_fail_at(err, RP_ERANGE,
			    p->p->certificates_origin.line,
			    p->p->certificates_origin.col, "the %llu "
			    "certificates of %s'%s' would have to be followed "
			    "one by one, since a wait per subscriber stands "
			    "after a step in which they part; at most %llu can "
			    "be: put it first, or split the population by "
			    "subscriber", (unsigned long long)followed,
			    followed > p->certificates ? "populations down to "
			    : "", p->p->name,
			    (unsigned long long)RP_MOST_FOLLOWED);
	}
	return RP_OK;
}

/*
 * Every place to wait in, and every part of a population, has its arrays over
 * the points of the grid: about so many bytes a point, in each thread.
 */
#define NODE_BYTES 36u
#define PART_BYTES 100u
#define MOST_BYTES (UINT64_C(4) << 30)

static rp_status
check_size(const struct rp_model *m, struct rp_err *err)
{
	uint64_t bytes = (uint64_t)m->n_parts * PART_BYTES;

	for (size_t k = 0; k < m->n_nodes; k++)
		if (m->node[k].kind == RP_FLOW_INDEPENDENT)
			bytes += NODE_BYTES;
	/* A shared queue remembers who came when, and from where. */
	for (size_t q = 0; q < m->n_queues; q++)
		if (m->queue[q].n_members > 1)
			bytes += (uint64_t)m->queue[q].n_members *
			    sizeof(uint32_t);
	if (bytes <= MOST_BYTES / m->grid.n)
		return RP_OK;
	return rp_fail(err, RP_ERANGE, "%zu populations and discoveries with "
	    "%zu steps over %zu instants would take %.0f GB for a trial, at "
	    "most %.0f can be; choose a longer step, a nearer horizon or "
	    "fewer of them", m->n_parts, m->n_nodes, m->grid.n,
	    (double)bytes * (double)m->grid.n * 0x1p-30,
	    (double)MOST_BYTES * 0x1p-30);
}

/* Sizes that are the same in every trial are made here, once. */
static rp_status
make_owners(struct rp_model *m, struct rp_err *err)
{
	rp_status rc = RP_OK;

	for (size_t k = 0; k < m->n_nodes; k++)
		if (m->node[k].by_subscriber)
			m->part[m->node[k].part].has_owners = true;
	for (size_t i = 0; i < m->n_parts && rc == RP_OK; i++) {
		struct rp_model_part *p = &m->part[i];
		struct rp_draws none = { .spread = NULL };

		p->has_owners = p->has_owners || p->one_by_one;
		if (!p->has_owners || !rp_owners_are_fixed(&p->p->owns))
			continue;
		rc = rp_owners_init(&p->owners, p->p, p->certificates,
		    p->subscribers, err);
		if (rc == RP_OK)
			rc = rp_owners_set(&p->owners, p->p, &none, err);
		rp_owners_settle(&p->owners);
	}
	return rc;
}

static rp_status
make_network(struct rp_model *m, const struct rp_whatif *whatif,
    struct rp_err *err)
{
	rp_status rc = rp_model_compile(m, whatif, err);

	if (rc == RP_OK)
		rc = check_size(m, err);
	if (rc == RP_OK && !whatif->one_by_one)
		rc = check_ones(m, err);
	return rc == RP_OK ? make_owners(m, err) : rc;
}

rp_status
rp_model_init(struct rp_model *m, const struct rp_case *cs, uint64_t seed,
    double pace_sd, const struct rp_whatif *whatif, struct rp_err *err)
{
	rp_status rc = check_case(cs, err);

	*m = (struct rp_model){ .cs = cs, .seed = seed, .pace_sd = pace_sd,
	    .key = rp_stream_key_of(seed, cs->id, "", 0),
	    .risk = whatif != NULL ? whatif->risk : -1,
	    .risk_happens = whatif != NULL && whatif->risk_happens };
	if (rc == RP_OK)
		rc = rp_grid_init(&m->grid, cs, whatif != NULL ?
		    whatif : &rp_whatif_none, err);
	if (rc == RP_OK)
		rc = make_calendars(m, err);
	if (rc == RP_OK)
		find_deadline(m);
	if (rc == RP_OK)
		rc = make_parts(m, err);
	if (rc == RP_OK)
		rc = rp_model_events(m, err);
	if (rc == RP_OK)
		rc = make_network(m, whatif != NULL ? whatif :
		    &rp_whatif_none, err);
	if (rc != RP_OK)
		rp_model_release(m);
	return rc;
}

void
rp_model_release(struct rp_model *m)
{
	for (size_t i = 0; m->calendar != NULL && i < m->n_calendars; i++) {
		rp_calendar_free(m->calendar[i].calendar);
		rp_release_mem(m->calendar[i].seconds);
		rp_release_mem(m->calendar[i].ticks);
	}
	rp_release_mem(m->calendar);
	for (size_t i = 0; m->part != NULL && i < m->n_parts; i++)
		rp_owners_release(&m->part[i].owners);
	rp_release_mem(m->part);
	rp_release_mem(m->rollout);
	rp_release_mem(m->hop);
	rp_release_mem(m->node);
	rp_release_mem(m->order);
	rp_release_mem(m->queue);
	rp_grid_release(&m->grid);
	*m = (struct rp_model){ 0 };
}
