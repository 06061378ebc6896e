/*
 * simulate/model.c - what is made once before the first trial.
 */
#include "simulate/model.h"

#include <math.h>

#include "base/mem.h"

const struct rp_whatif rp_whatif_none = { .population = -1, .speed = 1.0,
    .risk = -1 };

/* ---- what cannot be simulated ------------------------------------------- */

static rp_status
refuse_events(const struct rp_case *cs, struct rp_err *err)
{
	static const char *const name[] = {
		[RP_EVENT_ROLLOUT] = "rollout",
		[RP_EVENT_DISCOVERY] = "discovery",
		[RP_EVENT_HOLD] = "hold",
		[RP_EVENT_RISK] = "risk"
	};

	for (size_t i = 0; i < cs->n_events; i++) {
		const struct rp_event *e = &cs->event[i];

		if (e->kind != RP_EVENT_CUTOFF)
			return rp_fail_at(err, RP_ESTATE, e->origin.line,
			    e->origin.col, "the event '%s' can be written "
			    "down, but not yet simulated by this version; "
			    "leave it out to simulate the rest",
			    name[e->kind]);
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
	rp_status rc = refuse_events(cs, err);

	for (size_t i = 0; i < cs->n_populations && rc == RP_OK; i++) {
		rc = check_population(&cs->population[i], err);
		sum += rp_count_n(cs->population[i].certificates);
	}
	if (rc == RP_OK && cs->n_populations == 0)
		rc = rp_fail(err, RP_ESTATE, "the case has no population");
	if (rc == RP_OK && sum > UINT32_MAX)
		rc = rp_fail(err, RP_ERANGE, "all populations together have "
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
	m->part = rp_alloc_zeroed(m->n_parts, sizeof(*m->part));
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
		p->fixed_expiry = !p->p->has_expiry ||
		    rp_chance_is_fixed(&p->p->expiry);
		if (!rp_grid_point(&m->grid, rp_instant_s(p->p->starts.from),
		    &p->start))
			return rp_fail_at(err, RP_ERANGE, p->p->origin.line,
			    p->p->origin.col, "population '%s' starts after "
			    "the horizon", p->p->name);
	}
	return RP_OK;
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

rp_status
rp_model_init(struct rp_model *m, const struct rp_case *cs, uint64_t seed,
    double pace_sd, const struct rp_whatif *whatif, struct rp_err *err)
{
	rp_status rc = check_case(cs, err);

	*m = (struct rp_model){ .cs = cs, .seed = seed, .pace_sd = pace_sd,
	    .key = rp_stream_key_of(seed, cs->id, "", 0) };
	if (rc == RP_OK)
		rc = rp_grid_init(&m->grid, cs, err);
	if (rc == RP_OK)
		rc = make_calendars(m, err);
	if (rc == RP_OK)
		find_deadline(m);
	if (rc == RP_OK)
		rc = make_parts(m, err);
	if (rc == RP_OK)
		rc = rp_model_compile(m, whatif != NULL ? whatif :
		    &rp_whatif_none, err);
	if (rc == RP_OK)
		rc = make_owners(m, err);
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
	rp_release_mem(m->hop);
	rp_release_mem(m->node);
	rp_release_mem(m->order);
	rp_release_mem(m->queue);
	rp_grid_release(&m->grid);
	*m = (struct rp_model){ 0 };
}

/* ---- the inputs of a trial ---------------------------------------------- */

struct rp_draws
rp_draws_of(const struct rp_model *m, struct rp_stream_key key,
    uint64_t trial)
{
	return (struct rp_draws){ key, trial, 0, m->spread };
}

static rp_status
bad_input(const struct rp_step *step, const char *what, const char *why,
    struct rp_err *err)
{
	return rp_fail_at(err, RP_ERANGE, step->origin.line, step->origin.col,
	    "%s of '%s' makes no sense in a trial: %s", what, step->what, why);
}

rp_status
rp_share_resolve(const struct rp_quantity *q, struct rp_draws *d,
    const struct rp_step *step, double *out, struct rp_err *err)
{
	double x = rp_quantity_draw(q, d);

	if (!(x >= 0.0 && x <= 1.0))
		return bad_input(step, "a share", "it is not between 0 and "
		    "100 %; use a distribution that stays inside", err);
	*out = x;
	return RP_OK;
}

static rp_status
resolve_law(struct rp_hop *h, const struct rp_quantity *q,
    struct rp_draws *d, struct rp_err *err)
{
	const char *fault;

	h->law = rp_chance_law(q, d);
	fault = rp_law_fault(&h->law);
	return fault == NULL ? RP_OK :
	    bad_input(h->step, "the time", fault, err);
}

/* Chance that is drawn once: the law shrinks to what came out. */
static void
draw_as_one(struct rp_hop *h, uint64_t trial)
{
	struct rp_stream s;

	rp_stream_init(&s, h->key, trial, 0);
	h->never = rp_stream_uniform(&s) < h->never ? 1.0 : 0.0;
	h->law = rp_law_fixed(rp_law_quantile(&h->law,
	    rp_stream_uniform(&s)));
}

static rp_status
resolve_wait(struct rp_hop *h, struct rp_draws *d, double pace,
    struct rp_err *err)
{
	const struct rp_step_wait *w = &h->step->as.wait;
	rp_status rc = resolve_law(h, &w->time, d, err);

	if (rc == RP_OK)
		rc = rp_share_resolve(&w->never, d, h->step, &h->never, err);
	if (rc != RP_OK)
		return rc;
	h->law.scale /= h->speed * pace;
	if (h->as_one)
		draw_as_one(h, d->trial);
	return RP_OK;
}

static rp_status
resolve_poll(struct rp_hop *h, const struct rp_model_part *p,
    struct rp_draws *d, struct rp_err *err)
{
	const struct rp_step_poll *poll = &h->step->as.poll;

	h->every = rp_quantity_draw(&poll->every, d) / h->speed;
	h->failures = rp_quantity_draw(&poll->failures, d);
	h->renews = rp_quantity_draw(&poll->renews, d);
	if (!(h->every >= 1.0))
		return bad_input(h->step, "the interval", "it is not at least "
		    "a second", err);
	if (!(h->failures >= 0.0 && h->failures < 1.0))
		return bad_input(h->step, "the share of failures",
		    "it is not between 0 and 100 %, 100 % excluded", err);
	if (h->own && p->p->has_expiry) {
		struct rp_draws e = { p->key, d->trial, 0, d->spread };

		h->law = rp_chance_law(&p->p->expiry, &e);
	}
	return RP_OK;
}

/* A what-if halves the way to a gate, counted from the population's start. */
static double
sooner(const struct rp_hop *h, const struct rp_model_part *p,
    double until)
{
	double start = (double)rp_instant_s(p->p->starts.from);

	return until <= start ? until : start + (until - start) / h->speed;
}

rp_status
rp_hop_resolve(const struct rp_model *m, struct rp_hop *h,
    const struct rp_model_part *p, uint64_t trial, double pace,
    struct rp_err *err)
{
	struct rp_draws d = rp_draws_of(m, h->key, trial);

	switch (h->step->kind) {
	case RP_STEP_WAIT:
		return resolve_wait(h, &d, pace, err);
	case RP_STEP_POLL:
		return resolve_poll(h, p, &d, err);
	case RP_STEP_GATE:
		h->law = rp_law_fixed(sooner(h, p, rp_quantity_draw(
		    &h->step->as.gate.until, &d)));
		return isfinite(h->law.a[0]) ? RP_OK : bad_input(h->step,
		    "the date", "it is not a finite number", err);
	case RP_STEP_BRANCH:
		return rp_share_resolve(&h->step->as.branch.share, &d,
		    h->step, &h->share, err);
	case RP_STEP_BATCH:
	case RP_STEP_NOTICE:
	case RP_STEP_TEAM:
		break;
	}
	return RP_OK;
}
