/*
 * simulate/closed.c - which paths are chains, and their links.
 */
#include "simulate/closed.h"

#include <math.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/mem.h"

#define DAY_S 86400.0
#define FAR_YEARS 120		/* calendars can be worked out for 200 */
#define ANCHORS_MAX 12
#define BY_HOUR 3600.0

/* What goes through chance as one. */
enum units { UNITS_ANY, UNITS_ALL, UNITS_SUBSCRIBERS, UNITS_CERTIFICATES };

struct builder {
	struct rp_closed *c;
	const struct rp_case *cs;
	const struct rp_model_part *mp;
	struct rp_chain *chain;
	enum units units;
	bool after_desk;	/* they come one by one from here on */
};

static bool why_not(struct rp_closed *c, const char *fmt, ...)
    RP_PRINTF(2, 3);

static bool
why_not(struct rp_closed *c, const char *fmt, ...)
{
	va_list ap;

	va_start(ap, fmt);
	vsnprintf(c->why, sizeof(c->why), fmt, ap);
	va_end(ap);
	return false;
}

/* ---- links -------------------------------------------------------------- */

static struct rp_link *
new_link(struct builder *b, enum rp_link_kind kind, const struct rp_step *s)
{
	struct rp_chain *chain = b->chain;
	struct rp_link *l = &chain->link[chain->n];

	l->kind = kind;
	l->before = chain->last;
	l->hop.step = s;
	l->hop.speed = 1.0;
	l->calendar = l->hop.calendar = 2 * (b->mp->p->calendar + 1);
	chain->last = chain->n++;
	return l;
}

/* Chance of these units, as all chance of the population must be. */
static bool
takes_chance(struct builder *b, const struct rp_step *s, enum units units)
{
	if (b->after_desk)
		return why_not(b->c, "The step '%s' of population '%s' takes "
		    "time by chance after a team from which certificates "
		    "come one after another.", s->what, b->mp->p->name);
	if (b->units != UNITS_ANY && b->units != units)
		return why_not(b->c, "In population '%s' some of the chance "
		    "is that of a subscriber, some that of each certificate.",
		    b->mp->p->name);
	b->units = units;
	return true;
}

static bool
resolve(struct builder *b, struct rp_link *l)
{
	struct rp_err err;

	return rp_hop_resolve(&b->c->m, &l->hop, b->mp, 0, 1.0, &err) ==
	    RP_OK || why_not(b->c, "The step '%s' makes no sense: %s.",
	    l->hop.step->what, err.text);
}

static bool
add_wait(struct builder *b, const struct rp_step *s)
{
	const struct rp_step_wait *w = &s->as.wait;
	struct rp_link *l = new_link(b, RP_LINK_DELAY, s);
	bool alone = w->per == RP_UNIT_CERTIFICATE ||
	    b->mp->subscribers == b->mp->certificates;

	if (!resolve(b, l))
		return false;
	b->c->uses[l->calendar] |= rp_hop_is_working(&l->hop);
	if (l->hop.law.is_fixed && !(l->hop.never > 0.0)) {
		l->kind = RP_LINK_MAP;
		return true;
	}
	return takes_chance(b, s, alone ? UNITS_CERTIFICATES :
	    b->mp->subscribers == 1 ? UNITS_ALL : UNITS_SUBSCRIBERS);
}

static bool
add_poll(struct builder *b, const struct rp_step *s)
{
	struct rp_link *l;

	if (s->as.poll.n_kinds > 0 || s->as.poll.share.fixed < 1.0)
		return why_not(b->c, "The clients of population '%s' are of "
		    "several kinds, or some renew by themselves.",
		    b->mp->p->name);
	l = new_link(b, RP_LINK_DELAY, s);
	return resolve(b, l) && takes_chance(b, s, UNITS_CERTIFICATES);
}

static bool add_path(struct builder *b, const struct rp_path *path);

static bool
add_branch(struct builder *b, const struct rp_step *s)
{
	size_t before = b->chain->last, aside;
	struct rp_link *fork;

	if (s->as.branch.by_validation)
		return why_not(b->c, "Which certificates of population '%s' "
		    "need a validation depends on when they come to it.",
		    b->mp->p->name);
	if (!takes_chance(b, s, UNITS_CERTIFICATES) ||
	    !add_path(b, &s->as.branch.path))
		return false;
	aside = b->chain->last;
	b->chain->last = before;
	fork = new_link(b, RP_LINK_FORK, s);
	fork->aside = aside;
	return resolve(b, fork);
}

/* ---- teams that get all of their work at once --------------------------- */

static size_t
uses_of_team(const struct rp_path *path, const char *name)
{
	size_t n = 0;

	for (size_t i = 0; i < path->n_steps; i++) {
		const struct rp_step *s = &path->step[i];

		if (s->kind == RP_STEP_BRANCH)
			n += uses_of_team(&s->as.branch.path, name);
		else if (s->kind == RP_STEP_TEAM && s->as.team.name != NULL)
			n += strcmp(s->as.team.name, name) == 0;
	}
	return n;
}

static bool
shares_team(const struct builder *b, const struct rp_step_team *team)
{
	size_t n = 0;

	for (size_t p = 0; team->name != NULL && p < b->cs->n_populations;
	    p++)
		n += uses_of_team(&b->cs->population[p].path, team->name);
	return n > 1;
}

/* The days after which so many days' work is done, the ramp included. */
static double
days_of_work(const struct rp_step_team *team, double work)
{
	double f = team->ramp_from.fixed, over = team->ramp_over.fixed;
	double ramped = 0.5 * over * (1.0 + f);

	if (!(over > 0.0))
		return work;
	if (work >= ramped)
		return work - ramped + over;
	return f == 1.0 ? work : (sqrt(f * f + 2.0 * (1.0 - f) * work /
	    over) - f) * over / (1.0 - f);
}

static double
unit_of(enum rp_per per)
{
	switch (per) {
	case RP_PER_HOUR:
		return 3600.0;
	case RP_PER_DAY:
	case RP_PER_WORKING_DAY:
		return DAY_S;
	case RP_PER_WEEK:
		return 7.0 * DAY_S;
	case RP_PER_MONTH:
		break;
	}
	return 2629746.0;	/* a twelfth of the Gregorian year */
}

static bool
add_team(struct builder *b, const struct rp_step *s)
{
	const struct rp_step_team *team = &s->as.team;
	double rate = team->rate.amount.fixed;
	struct rp_link *l;

	if (b->after_desk || b->units == UNITS_SUBSCRIBERS ||
	    b->units == UNITS_CERTIFICATES || shares_team(b, team))
		return why_not(b->c, "In population '%s' certificates wait "
		    "for one another at '%s', and come there one after "
		    "another or from several populations.", b->mp->p->name,
		    s->what);
	if (team->variation.fixed > 0.0)
		return why_not(b->c, "What the team '%s' does in a day varies "
		    "by chance.", s->what);
	l = new_link(b, RP_LINK_DESK, s);
	l->by_working_day = team->rate.per == RP_PER_WORKING_DAY;
	l->calendar = l->hop.calendar + (team->weekends ? 1 : 0);
	b->c->uses[l->calendar] |= l->by_working_day;
	l->need = rate > 0.0 ? days_of_work(team, (double)
	    b->mp->certificates / rate * unit_of(team->rate.per) / DAY_S) *
	    (l->by_working_day ? (double)RP_WORKDAY_TICKS : DAY_S) :
	    (double)INFINITY;
	b->after_desk = true;
	return true;
}

static bool
add_instants(struct builder *b, const struct rp_step *s)
{
	struct rp_link *l = new_link(b, RP_LINK_MAP, s);

	b->c->uses[l->calendar] |= s->kind == RP_STEP_BATCH;
	return resolve(b, l);
}

static bool
add_step(struct builder *b, const struct rp_step *s)
{
	switch (s->kind) {
	case RP_STEP_WAIT:
		return add_wait(b, s);
	case RP_STEP_POLL:
		return add_poll(b, s);
	case RP_STEP_TEAM:
		return add_team(b, s);
	case RP_STEP_BRANCH:
		return add_branch(b, s);
	case RP_STEP_GATE:
	case RP_STEP_BATCH:
		return add_instants(b, s);
	case RP_STEP_NOTICE:
		break;
	}
	return why_not(b->c, "In population '%s' certificates wait for one "
	    "another at '%s'.", b->mp->p->name, s->what);
}

static bool
add_path(struct builder *b, const struct rp_path *path)
{
	for (size_t i = 0; i < path->n_steps; i++)
		if (!add_step(b, &path->step[i]))
			return false;
	return true;
}

/* ---- populations -------------------------------------------------------- */

static size_t
count_links(const struct rp_path *path)
{
	size_t n = path->n_steps;

	for (size_t i = 0; i < path->n_steps; i++)
		if (path->step[i].kind == RP_STEP_BRANCH)
			n += count_links(&path->step[i].as.branch.path);
	return n;
}

/* Tables for what a random delay follows. */
static bool
make_tables(struct rp_chain *chain)
{
	for (size_t k = 0; k < chain->n; k++) {
		const struct rp_link *l = &chain->link[k];
		struct rp_link *before;

		if (l->kind != RP_LINK_DELAY || l->before == RP_CHAIN_START)
			continue;
		before = &chain->link[l->before];
		if (before->by == NULL)
			before->by = rp_alloc_zeroed(chain->n_points,
			    sizeof(*before->by));
		if (before->slope == NULL)
			before->slope = rp_alloc_zeroed(chain->n_points,
			    sizeof(*before->slope));
		if (before->by == NULL || before->slope == NULL)
			return false;
	}
	return true;
}

static rp_status
build_part(struct rp_closed *c, const struct rp_case *cs, size_t p,
    struct rp_err *err)
{
	struct rp_closed_part *part = &c->part[p];
	struct builder b = { .c = c, .cs = cs, .mp = &c->m.part[p],
	    .chain = &part->chain };

	part->chain = (struct rp_chain){ .m = &c->m, .last = RP_CHAIN_START,
	    .start = (double)rp_instant_s(b.mp->p->starts.from),
	    .n_points = c->n_points, .point = c->point,
	    .link = rp_alloc_zeroed(count_links(&b.mp->p->path),
	    sizeof(*part->chain.link)) };
	if (part->chain.link == NULL)
		return rp_fail(err, RP_ENOMEM, "no memory for a closed form");
	if (!add_path(&b, &b.mp->p->path))
		return RP_OK;
	part->units = b.units == UNITS_CERTIFICATES ? b.mp->certificates :
	    b.units == UNITS_SUBSCRIBERS ? b.mp->subscribers : 1.0;
	return make_tables(&part->chain) ? RP_OK :
	    rp_fail(err, RP_ENOMEM, "no memory for a closed form");
}

/* ---- the points of the tables ------------------------------------------- */

/* Where something begins at a stroke: finer steps start anew. */
struct anchors {
	size_t n;
	double at[ANCHORS_MAX];
};

static void
anchor(struct anchors *a, double at)
{
	if (a->n < ANCHORS_MAX)
		a->at[a->n++] = at;
}

static void
anchor_path(struct anchors *a, const struct rp_path *path)
{
	for (size_t i = 0; i < path->n_steps; i++) {
		const struct rp_step *s = &path->step[i];

		if (s->kind == RP_STEP_BRANCH)
			anchor_path(a, &s->as.branch.path);
		else if (s->kind == RP_STEP_GATE)
			anchor(a, s->as.gate.until.fixed);
		else if (s->kind == RP_STEP_BATCH)
			for (size_t k = 0; k < s->as.batch.n_instants; k++)
				anchor(a, (double)rp_instant_s(
				    s->as.batch.instant[k]));
	}
}

static int
by_time(const void *a, const void *b)
{
	double x = *(const double *)a, y = *(const double *)b;

	return (x > y) - (x < y);
}

/* From each anchor on, steps that grow; and a second before it. */
static size_t
put_points(const struct rp_closed *c, const struct anchors *a, double *out)
{
	size_t n = 0;

	for (size_t k = 0; k < a->n; k++) {
		double t = a->at[k], step = BY_HOUR;

		if (out != NULL)
			out[n] = t - 1.0;
		n++;
		while (t < c->until) {
			if (out != NULL)
				out[n] = t;
			n++;
			t += step;
			step *= 1.0 + RP_CHAIN_GROWTH;
		}
	}
	return n;
}

static rp_status
make_points(struct rp_closed *c, const struct rp_case *cs,
    struct rp_err *err)
{
	struct anchors a = { .n = 0 };
	size_t n, kept = 0;

	for (size_t p = 0; p < cs->n_populations; p++) {
		double start = (double)rp_instant_s(
		    cs->population[p].starts.from);

		c->from = p > 0 ? fmin(c->from, start) : start;
		if (p == 0 || start != a.at[0])
			anchor(&a, start);
	}
	for (size_t p = 0; p < cs->n_populations; p++)
		anchor_path(&a, &cs->population[p].path);
	n = put_points(c, &a, NULL);
	c->point = rp_alloc_zeroed(n, sizeof(*c->point));
	if (c->point == NULL)
		return rp_fail(err, RP_ENOMEM, "no memory for a closed form");
	(void)put_points(c, &a, c->point);
	qsort(c->point, n, sizeof(*c->point), by_time);
	for (size_t i = 0; i < n; i++)
		if (kept == 0 || c->point[i] > c->point[kept - 1] + 0.5)
			c->point[kept++] = c->point[i];
	c->n_points = kept;
	return RP_OK;
}

/* ---- the case ----------------------------------------------------------- */

static bool
check_case(struct rp_closed *c, const struct rp_case *cs)
{
	for (size_t i = 0; i < cs->n_events; i++)
		if (cs->event[i].kind != RP_EVENT_CUTOFF &&
		    cs->event[i].kind != RP_EVENT_HOLD)
			return why_not(c, "An event may change the course of "
			    "the work (line %lu).",
			    (unsigned long)cs->event[i].origin.line);
	for (size_t p = 0; p < cs->n_populations; p++)
		if (cs->population[p].has_expiry)
			return why_not(c, "Certificates of population '%s' "
			    "run out meanwhile.", cs->population[p].name);
	return true;
}

/* The same case as far as calendars go, up to the end of time. */
static rp_status
make_model(struct rp_closed *c, const struct rp_case *cs, struct rp_case *far,
    struct rp_err *err)
{
	*far = *cs;
	far->n_events = 0;
	far->n_plans = 0;
	c->until = (double)rp_instant_s(cs->aware.from) +
	    FAR_YEARS * 365.25 * DAY_S;
	far->simulation.horizon = rp_instant_of_s((int64_t)c->until);
	/* Of the grid nothing is used. */
	far->simulation.step = rp_span_of_s(30 * (int64_t)DAY_S);
	return rp_model_init(&c->m, far, 0, 0.0, NULL, err);
}

rp_status
rp_closed_init(struct rp_closed *c, const struct rp_case *cs,
    struct rp_err *err)
{
	struct rp_case far;
	rp_status rc = RP_OK;

	*c = (struct rp_closed){ .n = 0 };
	if (!check_case(c, cs))
		return RP_OK;
	rc = make_model(c, cs, &far, err);
	if (rc != RP_OK)
		return rc;
	c->part = rp_alloc_zeroed(cs->n_populations, sizeof(*c->part));
	c->uses = rp_alloc_zeroed(c->m.n_calendars, sizeof(*c->uses));
	if (c->part == NULL || c->uses == NULL)
		rc = rp_fail(err, RP_ENOMEM, "no memory for a closed form");
	else
		c->n = cs->n_populations;
	if (rc == RP_OK)
		rc = make_points(c, cs, err);
	for (size_t p = 0; p < c->n && rc == RP_OK && c->why[0] == '\0'; p++)
		rc = build_part(c, cs, p, err);
	/* The copy ends here; nothing below asks for it. */
	c->m.cs = cs;
	if (rc != RP_OK)
		rp_closed_release(c);
	return rc;
}

void
rp_closed_release(struct rp_closed *c)
{
	for (size_t p = 0; c->part != NULL && p < c->n; p++) {
		struct rp_chain *chain = &c->part[p].chain;

		for (size_t k = 0; k < chain->n; k++) {
			rp_release_mem(chain->link[k].by);
			rp_release_mem(chain->link[k].slope);
		}
		rp_release_mem(chain->link);
	}
	rp_release_mem(c->part);
	rp_release_mem(c->uses);
	rp_release_mem(c->point);
	rp_model_release(&c->m);
	c->n = 0;
	c->part = NULL;
	c->uses = NULL;
	c->point = NULL;
}

double
rp_closed_by(struct rp_closed *c, double t)
{
	double log_all = 0.0;

	for (size_t p = 0; p < c->n; p++) {
		double by = rp_chain_by(&c->part[p].chain,
		    c->part[p].chain.last, t);

		if (by < 1.0)
			log_all += c->part[p].units * log(by);
	}
	return exp(log_all);
}
