/*
 * planner/read/check.c - defaults, and values that contradict each other.
 */
#include "read/binder.h"

#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "read/clients.h"

#define DAY_S 86400
#define HORIZON_DAYS 400
#define HORIZON_MAX_DAYS 7305	/* twenty years */

/* ---- duties and populations --------------------------------------------- */

static void
duty_of_incident(const struct rp_case *cs, struct rp_duty *duty)
{
	duty->certificate = cs->certificate;
	duty->profile = cs->profile;
	duty->reason = cs->reason;
	duty->aware = cs->aware;
}

void
rp_begin_duty(struct rp_binder *b, const struct rp_node *node, void *target)
{
	struct rp_duty *duty = target;

	duty_of_incident(b->cs, duty);
	/* The report started the clock of the incident's own awareness. */
	if (rp_node_find(node, "aware") == NULL) {
		duty->has_reported = b->cs->has_reported;
		duty->reported = b->cs->reported;
		duty->n_clocks = b->cs->n_clocks;
		duty->clock = b->cs->clock;
	}
	duty->origin = rp_origin_of(b, node);
}

/* Of a duty or a fact: every subscriber owns at least one certificate. */
void
rp_check_subscribers(struct rp_binder *b, const struct rp_node *node,
    struct rp_count subscribers, struct rp_count certificates)
{
	const struct rp_node *at = rp_node_find(node, "subscribers");
	const struct rp_node *of = rp_node_find(node, "certificates");

	if (at == NULL || of == NULL || rp_count_n(certificates) == 0 ||
	    rp_count_n(subscribers) <= rp_count_n(certificates))
		return;
	rp_fault(b->f, at->key_line, at->key_col, "'subscribers' is more than "
	    "'certificates' on line %u; every subscriber owns at least one",
	    (unsigned)of->key_line);
}

void
rp_end_duty(struct rp_binder *b, const struct rp_node *node, void *target)
{
	const struct rp_duty *duty = target;

	rp_only_beside(b, node, "issued", "validity");
	rp_check_subscribers(b, node, duty->subscribers, duty->certificates);
}

void
rp_begin_population(struct rp_binder *b, const struct rp_node *node,
    void *target)
{
	struct rp_population *population = target;

	b->population = population;
	population->blocks = -1;
	population->calendar = -1;
	population->starts = rp_when_exact(b->cs->aware.from);
	population->validity_s = RP_VALIDITY_S;
	population->origin = rp_origin_of(b, node);
}

void
rp_end_population(struct rp_binder *b, const struct rp_node *node,
    void *target)
{
	struct rp_population *population = target;
	const struct rp_node *at = rp_node_find(node, "subscribers");

	b->population = NULL;
	rp_check_owns(b, node, population);
	rp_check_renewal(b, node, population);
	if (rp_count_n(population->subscribers) == 0)
		population->subscribers = population->certificates;
	if (at == NULL || rp_count_n(population->certificates) == 0)
		return;
	at = rp_bind_unwrap(b, at).node;
	if (rp_count_n(population->subscribers) >
	    rp_count_n(population->certificates))
		rp_fault(b->f, RP_AT_NODE(at), "'subscribers' is more than "
		    "'certificates' on line %u; every subscriber owns at least "
		    "one", (unsigned)population->certificates_origin.line);
}

static void
imply_duty(struct rp_binder *b)
{
	struct rp_case *cs = b->cs;
	struct rp_duty *duty;

	if (cs->n_duties > 0)
		return;
	duty = rp_bind_alloc(b, 1, sizeof(*duty));
	if (duty == NULL)
		return;
	duty_of_incident(cs, duty);
	duty->name = "affected certificates";
	duty->has_reported = cs->has_reported;
	duty->reported = cs->reported;
	duty->n_clocks = cs->n_clocks;
	duty->clock = cs->clock;
	duty->implied = true;
	cs->duty = duty;
	cs->n_duties = 1;
}

/* ---- the base ----------------------------------------------------------- */

/* All populations, 0 when that is not known or does not fit. */
static uint64_t
sum_populations(const struct rp_case *cs)
{
	struct rp_count sum = rp_count_of(0);
	size_t i;

	for (i = 0; i < cs->n_populations; i++) {
		if (rp_count_n(cs->population[i].certificates) == 0 ||
		    !rp_count_add(sum, cs->population[i].certificates, &sum))
			return 0;
	}
	return rp_count_n(sum);
}

#define BASE_MAX UINT64_C(4000000000)

static void
check_total(struct rp_binder *b)
{
	struct rp_case *cs = b->cs;
	uint64_t sum = sum_populations(cs), total = rp_count_n(cs->total);
	const struct rp_population *last;
	char lines[40];

	if (sum == 0)
		return;
	last = &cs->population[cs->n_populations - 1];
	if (cs->n_populations > 1)
		(void)snprintf(lines, sizeof(lines), "lines %u to %u",
		    (unsigned)cs->population[0].certificates_origin.line,
		    (unsigned)last->certificates_origin.line);
	else
		(void)snprintf(lines, sizeof(lines), "line %u",
		    (unsigned)last->certificates_origin.line);
	if (sum > BASE_MAX)
		rp_fault(b->f, last->certificates_origin.line,
		    last->certificates_origin.col, "populations have %" PRIu64
		    " certificates together; at most %" PRIu64 " are possible",
		    sum, BASE_MAX);
	if (total == 0)
		cs->total = rp_count_of(sum);
	else if (total != sum)
		rp_fault(b->f, cs->total_origin.line, cs->total_origin.col,
		    "total '%" PRIu64 "' is not the sum of the populations, "
		    "%" PRIu64 " (%s); correct one of them", total, sum,
		    lines);
}

/* ---- time --------------------------------------------------------------- */

static void
check_starts(struct rp_binder *b, const struct rp_population *p)
{
	const struct rp_case *cs = b->cs;
	const struct rp_origin *at = &p->origin;

	if (rp_instant_cmp(p->starts.from, cs->simulation.horizon) < 0)
		return;
	rp_fault(b->f, at->line, at->col, "population '%.60s' starts at or "
	    "after the horizon%s; move one of them",
	    p->name != NULL ? p->name : "", cs->simulation.horizon_origin.line
	    != 0 ? "" : " (400 d after awareness)");
}

static void
check_horizon(struct rp_binder *b)
{
	struct rp_case *cs = b->cs;
	struct rp_simulation_spec *sim = &cs->simulation;
	const struct rp_origin *at = &sim->horizon_origin;
	int64_t days;
	size_t i;

	if (rp_instant_s(cs->aware.from) == 0)
		return;
	if (at->line == 0)
		sim->horizon = rp_instant_plus(cs->aware.from,
		    rp_span_of_s((int64_t)HORIZON_DAYS * DAY_S));
	if (rp_instant_s(sim->horizon) == 0)
		return;
	days = rp_span_s(rp_instant_between(cs->aware.from, sim->horizon)) /
	    DAY_S;
	if (rp_instant_cmp(sim->horizon, cs->aware.from) <= 0)
		rp_fault(b->f, at->line, at->col, "'horizon' must lie after "
		    "'aware' on line %u", (unsigned)cs->aware_origin.line);
	else if (days > HORIZON_MAX_DAYS)
		rp_fault(b->f, at->line, at->col, "'horizon' is %" PRId64
		    " d after 'aware' on line %u; at most %d d are possible",
		    days, (unsigned)cs->aware_origin.line, HORIZON_MAX_DAYS);
	else
		for (i = 0; i < cs->n_populations; i++)
			check_starts(b, &cs->population[i]);
}

/* ---- actuals ------------------------------------------------------------ */

/*
 * By how much the affected certificates that were ever said to be known are
 * more than the populations have.  Nothing tells in which of them those are.
 */
static uint64_t
grown(const struct rp_case *cs)
{
	uint64_t total = rp_count_n(cs->total), most = total;
	size_t i;

	for (i = 0; i < cs->n_facts; i++)
		if (cs->fact[i].kind == RP_FACT_SCOPE &&
		    rp_count_n(cs->fact[i].certificates) > most)
			most = rp_count_n(cs->fact[i].certificates);
	return most - total;
}

/*
 * What was found after awareness: [0] in all populations together, [i + 1] in
 * population i.
 */
static void
add_discoveries(struct rp_binder *b)
{
	const struct rp_case *cs = b->cs;
	const struct rp_event *e;
	uint64_t more = grown(cs);
	size_t i;

	b->found = rp_bind_alloc(b, cs->n_populations + 1,
	    sizeof(*b->found));
	for (i = 0; b->found != NULL && i < cs->n_events; i++) {
		e = &cs->event[i];
		if (e->kind == RP_EVENT_RISK && e->then != NULL)
			e = e->then;
		if (e->kind != RP_EVENT_DISCOVERY)
			continue;
		b->found[0] += rp_count_n(e->certificates);
		if (e->population >= 0 &&
		    (size_t)e->population < cs->n_populations)
			b->found[e->population + 1] +=
			    rp_count_n(e->certificates);
	}
	for (i = 0; b->found != NULL && i <= cs->n_populations; i++)
		if (b->found[i] < more)
			b->found[i] = more;
}

/* What may have been affected at all: the base, and what was found later. */
static uint64_t
widest_base(const struct rp_binder *b, int population)
{
	const struct rp_case *cs = b->cs;
	uint64_t base;

	/* A name may be known and its population not have been read. */
	if (population >= 0 && (size_t)population >= cs->n_populations)
		return 0;
	base = rp_count_n(population < 0 ? cs->total :
	    cs->population[population].certificates);
	return base == 0 ? 0 : base + b->found[population + 1];
}

static uint64_t
count_of(const struct rp_amount *amount)
{
	return amount->known && amount->is_count ?
	    rp_count_n(amount->count) : 0;
}

/* What to do about it; no fact makes a number possible that never is. */
static const char *
advice(uint64_t base)
{
	return base < BASE_MAX ? "; a fact 'scope' tells that more were "
	    "found" : "";
}

static bool
check_amount(struct rp_binder *b, const struct rp_amount *amount,
    uint64_t base)
{
	if (base == 0 || count_of(amount) <= base)
		return true;
	rp_fault(b->f, amount->origin.line, amount->origin.col, "'%" PRIu64
	    "' is more than the %" PRIu64 " certificates that there are%s",
	    count_of(amount), base, advice(base));
	return false;
}

#define FIGURES (RP_METRICS + 4)

static const struct rp_amount *
figure(const struct rp_actual *a, int i)
{
	const struct rp_amount *others[] = { &a->expired, &a->expired_late,
	    &a->held, &a->remaining };

	return i < RP_METRICS ? &a->metric[i] : others[i - RP_METRICS];
}

static void
check_amounts(struct rp_binder *b, const struct rp_actual *a, uint64_t base)
{
	const struct rp_amount *revoked = &a->metric[RP_METRIC_REVOKED];
	uint64_t sum;
	bool good = true;
	int i;

	for (i = 0; i < FIGURES; i++)
		good = check_amount(b, figure(a, i), base) && good;
	if (!good || base == 0)
		return;
	/* Nothing is two of these at a time. */
	sum = count_of(revoked) + count_of(&a->expired) +
	    count_of(&a->remaining);
	if (sum > base)
		rp_fault(b->f, a->origin.line, a->origin.col, "'revoked', "
		    "'expired' and 'remaining' are %" PRIu64 " together, more "
		    "than the %" PRIu64 " certificates that there are%s", sum,
		    base, advice(base));
}

/* The same state of the same population, told twice for the same time. */
static void
tell_twice(struct rp_binder *b, const struct rp_actual *a,
    const struct rp_amount *seen[FIGURES])
{
	const struct rp_amount *now;
	int i;

	for (i = 0; i < FIGURES; i++) {
		now = figure(a, i);
		if (now->known && seen[i] != NULL)
			rp_fault(b->f, now->origin.line, now->origin.col,
			    "this figure for the same 'as_of' stands on line "
			    "%u already; leave one out, or say which one "
			    "replaces the other",
			    (unsigned)seen[i]->origin.line);
		if (now->known && seen[i] == NULL)
			seen[i] = now;
	}
}

static void
check_actuals(struct rp_binder *b)
{
	const struct rp_case *cs = b->cs;
	const struct rp_actual *a = cs->actual;
	const struct rp_amount *seen[FIGURES] = { NULL };
	uint64_t base = widest_base(b, -1);
	size_t i;

	for (i = 0; i < cs->n_actuals; i++) {
		if (i > 0 && (rp_when_cmp(a[i - 1].as_of, a[i].as_of) != 0 ||
		    a[i - 1].population != a[i].population))
			memset(seen, 0, sizeof(seen));
		/* What was corrected may be as wrong as it was. */
		if (a[i].mark.replaced_by >= 0) {
			check_amounts(b, &a[i], BASE_MAX);
			continue;
		}
		if (rp_instant_s(a[i].as_of.until) != 0)
			tell_twice(b, &a[i], seen);
		check_amounts(b, &a[i], a[i].population < 0 ? base :
		    widest_base(b, a[i].population));
	}
}

/* ---- facts -------------------------------------------------------------- */

/* What a fact can be about at most: its duty, or all; 0 where unknown. */
static uint64_t
most_of(const struct rp_binder *b, const struct rp_fact *f)
{
	const struct rp_case *cs = b->cs;
	uint64_t own = f->duty >= 0 && (size_t)f->duty < cs->n_duties ?
	    rp_count_n(cs->duty[f->duty].certificates) : 0;

	return own > 0 ? own + b->found[0] : cs->n_duties > 1 ? 0 :
	    widest_base(b, -1);
}

static void
check_facts(struct rp_binder *b)
{
	const struct rp_case *cs = b->cs;
	uint64_t n, most;
	size_t i;

	for (i = 0; i < cs->n_facts; i++) {
		const struct rp_fact *f = &cs->fact[i];

		if ((f->kind != RP_FACT_REVOKED &&
		    f->kind != RP_FACT_PUBLISHED &&
		    f->kind != RP_FACT_GOOD_SERVED) ||
		    !f->has_certificates || f->mark.replaced_by >= 0)
			continue;
		n = rp_count_n(f->certificates);
		most = most_of(b, f);
		if (most > 0 && n > most)
			rp_fault(b->f, f->origin.line, f->origin.col,
			    "'certificates' of %" PRIu64 " is more than the %"
			    PRIu64 " certificates that there are%s", n, most,
			    advice(most));
	}
}

static bool
stands(const struct rp_fact *f)
{
	return f->mark.replaced_by < 0 && f->mark.retracted == NULL;
}

/* A report of the CA, of which there is one. */
static bool
is_own_report(const struct rp_fact *f)
{
	return f->by == NULL && stands(f) &&
	    (f->kind == RP_FACT_INCIDENT_DISCLOSED ||
	    f->kind == RP_FACT_FULL_REPORT ||
	    f->kind == RP_FACT_CLOSURE_REPORT);
}

/* What is said to have been missing still, and was there before. */
static void
check_denials(struct rp_binder *b)
{
	const struct rp_fact *first[RP_FACT_KINDS] = { NULL }, *f;
	size_t i;

	for (i = 0; i < b->cs->n_facts; i++) {
		f = &b->cs->fact[i];
		if (is_own_report(f) && (first[f->kind] == NULL ||
		    rp_instant_cmp(rp_when_last(f->at),
		    rp_when_last(first[f->kind]->at)) < 0))
			first[f->kind] = f;
	}
	for (i = 0; i < b->cs->n_facts; i++) {
		f = &b->cs->fact[i];
		if (f->kind == RP_FACT_NOT_DONE && stands(f) &&
		    first[f->of] != NULL && rp_instant_cmp(rp_when_last(
		    first[f->of]->at), f->at.from) < 0)
			rp_fault(b->f, f->origin.line, f->origin.col,
			    "'not-done' contradicts the '%s' on line %u, which "
			    "lies before it; correct one of them",
			    rp_fact_word(f->of),
			    (unsigned)first[f->of]->origin.line);
	}
}

/* ---- events ------------------------------------------------------------- */

static void
check_hold(struct rp_binder *b, const struct rp_event *e)
{
	uint64_t base;

	if (e->kind == RP_EVENT_RISK && e->then != NULL)
		e = e->then;
	if (e->kind != RP_EVENT_HOLD)
		return;
	base = widest_base(b, e->population);
	if (base > 0 && rp_count_n(e->certificates) > base)
		rp_fault(b->f, e->origin.line, e->origin.col, "'hold' of %"
		    PRIu64 " is more than the %" PRIu64 " certificates that "
		    "there are", rp_count_n(e->certificates), base);
}

void
rp_check_case(struct rp_binder *b, const struct rp_node *root)
{
	struct rp_case *cs = b->cs;
	const struct rp_node *populations = rp_node_find(root, "populations");
	size_t i;

	if (populations != NULL && populations->kind == RP_NODE_LIST &&
	    populations->n == 0)
		rp_fault(b->f, RP_AT_NODE(populations), "'populations' is "
		    "empty; a case has at least one");
	imply_duty(b);
	check_total(b);
	cs->base = cs->first_base = cs->total;
	check_horizon(b);
	rp_link_items(b, root);
	rp_sort_items(b);
	add_discoveries(b);
	if (b->status != RP_OK)
		return;
	rp_check_inputs(b);
	rp_check_teams(b);
	rp_check_possible(b);
	check_actuals(b);
	check_facts(b);
	check_denials(b);
	for (i = 0; i < cs->n_events; i++)
		check_hold(b, &cs->event[i]);
}
