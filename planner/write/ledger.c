#include <inttypes.h>
#include <math.h>
#include <stdio.h>

#include "output.h"
#include "write/ledger.h"
#include "write/tables.h"
#include "write/words.h"

/* ---- quantities in words ------------------------------------------------ */

static void
put_number(double x, enum rp_measure measure, struct rp_text *out)
{
	char text[RP_WORDS];
	bool whole = fabs(x) < 9e15 && x == nearbyint(x);

	if (measure == RP_MEASURE_SHARE)
		rp_text_printf(out, "%.6g %%", 100 * x);
	else if (measure == RP_MEASURE_SPAN && whole)
		rp_text_puts(out, rp_span_format(rp_span_of_s((int64_t)x),
		    text));
	else if (measure == RP_MEASURE_SPAN)
		rp_text_printf(out, "%.4g d", x / 86400);
	else if (measure == RP_MEASURE_INSTANT && whole)
		rp_text_puts(out, rp_words_moment(
		    rp_instant_of_s((int64_t)x), text));
	else
		rp_text_printf(out, "%.10g", x);
}

/*
 * Name of a distribution, and which of its parameters are in the measure of
 * the quantity (bit by place); shapes and sigmas are plain numbers.
 */
static const struct {
	const char *name;
	unsigned measured;
	const char *second;	/* before the second parameter */
} dists[] = {
	[RP_DIST_UNIFORM] = { "uniform", 3, NULL },
	[RP_DIST_TRIANGULAR] = { "triangular", 7, NULL },
	[RP_DIST_BETA] = { "beta", 12, NULL },
	[RP_DIST_NORMAL] = { "normal, mean", 3, "sd " },
	[RP_DIST_EXPONENTIAL] = { "exponential, mean", 1, NULL },
	[RP_DIST_GAMMA] = { "gamma, shape", 2, "scale " },
	[RP_DIST_WEIBULL] = { "Weibull, scale", 1, "shape " },
	[RP_DIST_LOGNORMAL] = { "log-normal, median", 1, "sigma " },
	[RP_DIST_PARETO] = { "Pareto, least", 1, "shape " },
	[RP_DIST_ONE_OF] = { "one of", 0, NULL },
	[RP_DIST_EMPIRICAL] = { "empirical", 0, NULL },
	[RP_DIST_HISTOGRAM] = { "histogram", 0, NULL },
};

/* Where its points begin and end. */
static void
put_range(const struct rp_dist *d, enum rp_measure measure,
    struct rp_text *out)
{
	rp_text_puts(out, " from ");
	put_number(d->point[0], measure, out);
	rp_text_puts(out, " to ");
	put_number(d->point[d->n_points - 1], measure, out);
}

void
rp_quantity_words(const struct rp_quantity *q, enum rp_measure measure,
    struct rp_text *out)
{
	const struct rp_dist *d = q->dist;
	unsigned i;

	if (d == NULL) {
		put_number(q->fixed, measure, out);
		return;
	}
	rp_text_puts(out, dists[d->kind].name);
	if (d->kind == RP_DIST_HISTOGRAM)
		put_range(d, measure, out);
	else if (d->n_points > 0)
		rp_text_printf(out, " %zu values", d->n_points);
	for (i = 0; i < d->n_params; i++) {
		rp_text_puts(out, i > 0 ? ", " : " ");
		if (i == 1 && dists[d->kind].second != NULL)
			rp_text_puts(out, dists[d->kind].second);
		if (d->param[i].dist != NULL)
			rp_text_puts(out, "(");
		rp_quantity_words(&d->param[i],
		    (dists[d->kind].measured >> i & 1) != 0 ? measure :
		    RP_MEASURE_NUMBER, out);
		if (d->param[i].dist != NULL)
			rp_text_puts(out, ")");
	}
}

/* ---- the rows ----------------------------------------------------------- */

enum { WHAT, VALUE, BASIS, SOURCE, LINE, COLUMNS };

static const struct rp_column columns[COLUMNS] = {
	[WHAT] = { "what", "What", false },
	[VALUE] = { "value", "Value", false },
	[BASIS] = { "basis", "Basis", false },
	[SOURCE] = { "source", "Source or reasoning", false },
	[LINE] = { "line", "Line", true },
};

static const char *const basis_word[] = {
	[RP_BASIS_UNSAID] = "not said",
	[RP_BASIS_STATED] = "stated",
	[RP_BASIS_MEASURED] = "measured",
	[RP_BASIS_ASSUMED] = "assumed",
};

/* One walk over the case for each basis keeps the order of the file. */
struct walk {
	struct rp_table *t;
	enum rp_basis basis;
	const char *who;	/* "population 'x'": before each what */
	struct rp_text what;
	struct rp_text value;
};

static void
emit(struct walk *w, const struct rp_origin *o)
{
	if (w->what.failed || w->value.failed ||
	    rp_table_status(w->t) != RP_OK)
		return;
	rp_table_row(w->t);
	rp_table_text(w->t, WHAT, w->what.bytes);
	rp_table_text(w->t, VALUE, w->value.bytes);
	rp_table_text(w->t, BASIS, basis_word[o->basis]);
	if (o->source != NULL)
		rp_table_text(w->t, SOURCE, o->source);
	if (o->line > 0)
		rp_table_count(w->t, LINE, o->line);
}

/* false: not the turn of this basis. */
static bool
begin(struct walk *w, const struct rp_origin *o, const char *what)
{
	if (o->basis != w->basis || (o->basis == RP_BASIS_UNSAID &&
	    o->line == 0))
		return false;
	rp_text_release(&w->what);
	rp_text_release(&w->value);
	if (w->who != NULL)
		rp_text_printf(&w->what, "%s: ", w->who);
	rp_text_puts(&w->what, what);
	return true;
}

static void
add_text(struct walk *w, const struct rp_origin *o, const char *what,
    const char *value)
{
	if (!begin(w, o, what))
		return;
	rp_text_puts(&w->value, value);
	emit(w, o);
}

static void
add_count(struct walk *w, const struct rp_origin *o, const char *what,
    struct rp_count n)
{
	char text[32];

	(void)snprintf(text, sizeof(text), "%" PRIu64, rp_count_n(n));
	add_text(w, o, what, text);
}

static void
add_when(struct walk *w, const struct rp_origin *o, const char *what,
    struct rp_when when)
{
	char text[RP_INSTANT_TEXT];

	add_text(w, o, what, rp_when_format(when, text));
}

/* Values of one name are one thing that is not known. */
static void
put_input(struct walk *w, const struct rp_quantity *q)
{
	if (q->input != NULL)
		rp_text_printf(&w->value, "; input '%s'", q->input);
}

static void
add_quantity(struct walk *w, const struct rp_quantity *q, const char *step,
    const char *field, enum rp_measure measure)
{
	if (!begin(w, &q->origin, step))
		return;
	if (*field != '\0')
		rp_text_printf(&w->what, ", %s", field);
	rp_quantity_words(q, measure, &w->value);
	put_input(w, q);
	emit(w, &q->origin);
}

static void
add_rate(struct walk *w, const struct rp_rate *r, const char *step)
{
	static const char *const per[] = { "an hour", "a day", "a working day",
		"a week", "a month" };

	if (!begin(w, &r->amount.origin, step))
		return;
	rp_text_puts(&w->what, ", rate");
	rp_quantity_words(&r->amount, RP_MEASURE_NUMBER, &w->value);
	rp_text_printf(&w->value, " %s", per[r->per]);
	put_input(w, &r->amount);
	emit(w, &r->amount.origin);
}

/* ---- paths -------------------------------------------------------------- */

static void
add_team(struct walk *w, const char *what, const struct rp_step_team *t)
{
	add_rate(w, &t->rate, what);
	add_quantity(w, &t->ramp_from, what, "ramp from", RP_MEASURE_SHARE);
	add_quantity(w, &t->ramp_over, what, "ramp over (working days)",
	    RP_MEASURE_NUMBER);
	add_quantity(w, &t->variation, what, "variation", RP_MEASURE_SHARE);
}

/* What a known client does comes from its profile, not from the case. */
static void
add_client(struct walk *w, const struct rp_step *s)
{
	if (s->as.poll.client == NULL || !begin(w, &s->origin, s->what))
		return;
	rp_text_puts(&w->what, ", client");
	rp_text_printf(&w->value, "%s: every ", s->as.poll.client);
	rp_quantity_words(&s->as.poll.every, RP_MEASURE_SPAN, &w->value);
	rp_text_puts(&w->value, ", renews ");
	rp_quantity_words(&s->as.poll.renews, RP_MEASURE_SPAN, &w->value);
	rp_text_puts(&w->value, " before expiry, asks ");
	rp_quantity_words(&s->as.poll.share, RP_MEASURE_SHARE, &w->value);
	emit(w, &s->origin);
}

static void
add_poll(struct walk *w, const struct rp_step *s)
{
	const struct rp_step_poll *p = &s->as.poll;
	const char *what = s->what;
	size_t i;

	add_client(w, s);
	for (i = 0; i < p->n_kinds; i++) {
		add_quantity(w, &p->kind[i].part, what,
		    p->kind[i].step->what, RP_MEASURE_SHARE);
		add_client(w, p->kind[i].step);
	}
	add_quantity(w, &p->every, what, "every", RP_MEASURE_SPAN);
	add_quantity(w, &p->share, what, "share", RP_MEASURE_SHARE);
	add_quantity(w, &p->failures, what, "failures", RP_MEASURE_SHARE);
	add_quantity(w, &p->renews, what, "renews before expiry",
	    RP_MEASURE_SPAN);
}

static void add_path(struct walk *w, const struct rp_path *path);

static void
add_branch(struct walk *w, const char *what, const struct rp_step_branch *b)
{
	if (b->by_validation)
		add_quantity(w, &b->validated, what, "validated",
		    RP_MEASURE_INSTANT);
	else
		add_quantity(w, &b->share, what, "share", RP_MEASURE_SHARE);
	add_path(w, &b->path);
}

static void
add_step(struct walk *w, const struct rp_step *s)
{
	switch (s->kind) {
	case RP_STEP_NOTICE:
		add_rate(w, &s->as.notice.rate, s->what);
		add_quantity(w, &s->as.notice.bounces, s->what, "bounces",
		    RP_MEASURE_SHARE);
		break;
	case RP_STEP_WAIT:
		add_quantity(w, &s->as.wait.time, s->what, "time",
		    RP_MEASURE_SPAN);
		add_quantity(w, &s->as.wait.never, s->what, "never",
		    RP_MEASURE_SHARE);
		break;
	case RP_STEP_TEAM:
		add_team(w, s->what, &s->as.team);
		break;
	case RP_STEP_POLL:
		add_poll(w, s);
		break;
	case RP_STEP_BATCH:
		break;
	case RP_STEP_GATE:
		add_quantity(w, &s->as.gate.until, s->what, "until",
		    RP_MEASURE_INSTANT);
		break;
	case RP_STEP_BRANCH:
		add_branch(w, s->what, &s->as.branch);
		break;
	}
}

static void
add_path(struct walk *w, const struct rp_path *path)
{
	size_t i;

	for (i = 0; i < path->n_steps; i++)
		add_step(w, &path->step[i]);
}

/* ---- the parts of a case ------------------------------------------------ */

static void
add_correlations(struct walk *w, const struct rp_simulation_spec *sim)
{
	const struct rp_correlation *c;
	struct rp_text what = { 0 };
	char rank[32];
	size_t i;

	for (i = 0; i < sim->n_correlations; i++) {
		c = &sim->correlation[i];
		rp_text_printf(&what, "rank correlation of '%s' and '%s'",
		    c->between[0], c->between[1]);
		(void)snprintf(rank, sizeof(rank), "%g", c->rank);
		if (!what.failed)
			add_text(w, &c->origin, what.bytes, rank);
		rp_text_release(&what);
	}
}

static void
add_incident(struct walk *w, const struct rp_case *cs)
{
	char horizon[RP_INSTANT_TEXT];

	add_when(w, &cs->aware_origin, "aware", cs->aware);
	add_count(w, &cs->total_origin, "total", cs->total);
	add_text(w, &cs->simulation.horizon_origin, "horizon",
	    rp_instant_format(cs->simulation.horizon, horizon));
	if (cs->revocation.kind == RP_REVOKE_AFTER_REPLACED)
		add_quantity(w, &cs->revocation.delay, "revocation", "delay",
		    RP_MEASURE_SPAN);
	add_correlations(w, &cs->simulation);
}

/* Who owns how many, where not all own the same. */
static void
add_owners(struct walk *w, const struct rp_population *p)
{
	const struct rp_owns *owns = &p->owns;
	const struct rp_owner_class *c;
	char text[80];
	size_t i;

	if (owns->kind == RP_OWNS_LAW && begin(w, &owns->origin, "owns")) {
		rp_quantity_words(&owns->size, RP_MEASURE_NUMBER, &w->value);
		emit(w, &owns->origin);
	}
	for (i = 0; i < owns->n_classes; i++) {
		c = &owns->owners[i];
		(void)snprintf(text, sizeof(text), "%" PRIu64 " subscriber%s "
		    "with %" PRIu64, rp_count_n(c->subscribers),
		    rp_count_n(c->subscribers) == 1 ? "" : "s",
		    rp_count_n(c->certificates));
		add_text(w, &c->origin, c->name != NULL ? c->name : "owners",
		    text);
	}
}

static void
add_populations(struct walk *w, const struct rp_case *cs)
{
	const struct rp_population *p;
	struct rp_text who = { 0 };
	size_t i;

	for (i = 0; i < cs->n_populations; i++) {
		p = &cs->population[i];
		rp_text_printf(&who, "population '%s'", p->name);
		w->who = who.bytes;
		add_count(w, &p->certificates_origin, "certificates",
		    p->certificates);
		if (p->has_expiry)
			add_quantity(w, &p->expiry, "expiry", "",
			    RP_MEASURE_INSTANT);
		add_owners(w, p);
		add_quantity(w, &p->renewal.before, "renewal", "before expiry",
		    RP_MEASURE_SPAN);
		add_quantity(w, &p->renewal.share, "renewal", "share",
		    RP_MEASURE_SHARE);
		add_path(w, &p->path);
		w->who = NULL;
		rp_text_release(&who);
	}
}

static void
add_event(struct walk *w, const struct rp_event *e)
{
	static const char *const kind[] = { "cutoff", "rollout", "discovery",
		"hold", "risk" };

	if (e->kind == RP_EVENT_RISK) {
		add_quantity(w, &e->probability, "risk", "probability",
		    RP_MEASURE_SHARE);
		e = e->then;
	}
	add_when(w, &e->origin, kind[e->kind], e->on);
	if (e->kind == RP_EVENT_DISCOVERY || e->kind == RP_EVENT_HOLD)
		add_count(w, &e->origin, e->kind == RP_EVENT_HOLD ?
		    "hold, certificates" : "discovery, certificates",
		    e->certificates);
	if (e->kind != RP_EVENT_ROLLOUT)
		return;
	add_quantity(w, &e->share, "rollout", "share", RP_MEASURE_SHARE);
	add_path(w, &e->path);
}

static void
add_events(struct walk *w, const struct rp_case *cs)
{
	size_t i;

	for (i = 0; i < cs->n_duties; i++)
		if (!cs->duty[i].implied)
			add_when(w, &cs->duty[i].origin, cs->duty[i].name,
			    cs->duty[i].aware);
	for (i = 0; i < cs->n_events; i++)
		add_event(w, &cs->event[i]);
}

static void
add_amount(struct walk *w, const struct rp_amount *a, const char *what)
{
	char text[RP_UNIT_TEXT + 2], share[RP_UNIT_TEXT];

	if (!a->known)
		return;
	(void)snprintf(text, sizeof(text), "%s%%",
	    rp_share_format(a->share, share));
	if (a->is_count)
		add_count(w, &a->origin, what, a->count);
	else
		add_text(w, &a->origin, what, text);
}

static void
add_actuals(struct walk *w, const struct rp_case *cs)
{
	const struct rp_actual *a;
	char who[RP_WORDS], when[RP_INSTANT_TEXT];
	size_t i;
	int m;

	for (i = 0; i < cs->n_actuals; i++) {
		a = &cs->actual[i];
		(void)snprintf(who, sizeof(who), "actual of %s",
		    rp_when_format(a->as_of, when));
		add_when(w, &a->origin, "actual as of", a->as_of);
		w->who = who;
		for (m = 0; m < RP_METRICS; m++)
			add_amount(w, &a->metric[m],
			    rp_metric_word((enum rp_metric)m));
		add_amount(w, &a->expired, "expired");
		add_amount(w, &a->remaining, "remaining");
		w->who = NULL;
	}
}

static void
add_plans_and_facts(struct walk *w, const struct rp_case *cs)
{
	char what[RP_WORDS], text[RP_UNIT_TEXT + 2], share[RP_UNIT_TEXT];
	char when[RP_INSTANT_TEXT];
	const struct rp_milestone *m;
	size_t i, k;

	for (i = 0; i < cs->n_plans; i++) {
		add_when(w, &cs->plan[i].origin, "plan published",
		    cs->plan[i].published);
		for (k = 0; k < cs->plan[i].n_milestones; k++) {
			m = &cs->plan[i].milestone[k];
			(void)snprintf(what, sizeof(what), "milestone %s",
			    rp_when_format(m->by, when));
			(void)snprintf(text, sizeof(text), "%s%%",
			    rp_share_format(m->share, share));
			add_text(w, &m->origin, what, text);
		}
	}
	for (i = 0; i < cs->n_facts; i++)
		add_when(w, &cs->fact[i].origin,
		    rp_fact_text(cs->fact[i].kind), cs->fact[i].at);
}

rp_status
rp_ledger_table(const struct rp_case *cs, struct rp_table **out,
    struct rp_err *err)
{
	static const enum rp_basis order[] = { RP_BASIS_ASSUMED,
		RP_BASIS_UNSAID, RP_BASIS_STATED, RP_BASIS_MEASURED };
	struct walk w = { 0 };
	size_t i;
	rp_status rc;

	rc = rp_table_new("On what the figures rest", columns, COLUMNS, &w.t,
	    err);
	if (rc != RP_OK)
		return rc;
	for (i = 0; i < sizeof(order) / sizeof(order[0]); i++) {
		w.basis = order[i];
		add_incident(&w, cs);
		add_populations(&w, cs);
		add_events(&w, cs);
		add_plans_and_facts(&w, cs);
		add_actuals(&w, cs);
	}
	rc = w.what.failed || w.value.failed ? RP_ENOMEM : RP_OK;
	rp_text_release(&w.what);
	rp_text_release(&w.value);
	if (rc != RP_OK) {
		rp_table_free(w.t);
		return rp_fail(err, rc, "no memory for the ledger");
	}
	return rp_table_finish(w.t, out, err);
}
