/*
 * planner/read/path.c - steps, and the events that happen beside them.
 */
#include "read/binder.h"

#include <stdlib.h>
#include <string.h>

#define STEPS_MAX 200
#define DAY_S 86400

/* ---- steps -------------------------------------------------------------- */

static const enum rp_step_kind step_kinds[RP_CONTEXTS] = {
	[RP_CTX_NOTICE] = RP_STEP_NOTICE,
	[RP_CTX_WAIT] = RP_STEP_WAIT,
	[RP_CTX_TEAM] = RP_STEP_TEAM,
	[RP_CTX_POLL] = RP_STEP_POLL,
	[RP_CTX_BATCH] = RP_STEP_BATCH,
	[RP_CTX_GATE] = RP_STEP_GATE,
	[RP_CTX_BRANCH] = RP_STEP_BRANCH,
};

static void
read_step(struct rp_binder *b, const struct rp_node *node,
    struct rp_step *step)
{
	const struct rp_node *tag;
	int context;

	tag = rp_bind_tagged(b, node, "step",
	    "{team: {rate: 100/working-day}}");
	if (tag == NULL)
		return;
	context = rp_bind_word(b, rp_words_step, "step", tag->key,
	    tag->key_line, tag->key_col);
	if (context < 0)
		return;
	step->kind = step_kinds[context];
	step->what = rp_bind_text(b, tag->key);
	step->origin = (struct rp_origin){ tag->key_line, tag->key_col,
	    b->basis, b->source };
	rp_bind_map(b, (enum rp_context)context, tag, step);
}

/* The way of a rollout runs by the clock of those whom it is for. */
static void
enter_rollout(struct rp_binder *b, const struct rp_key *key, const void *at)
{
	const struct rp_event *event = (const struct rp_event *)
	    (const void *)((const char *)at - key->at);

	if (event->population >= 0 &&
	    (size_t)event->population < b->cs->n_populations)
		b->population = &b->cs->population[event->population];
}

static void
read_steps(struct rp_binder *b, const struct rp_node *list,
    struct rp_step *steps)
{
	const struct rp_node *child;

	for (child = list->first; child != NULL; child = child->next)
		read_step(b, child, steps++);
}

void
rp_set_path(struct rp_binder *b, const struct rp_key *key,
    const struct rp_value *v, void *at)
{
	const struct rp_population *population = b->population;
	struct rp_path *path = at;
	struct rp_step *steps;

	if (!rp_bind_kind(b, v->node, RP_NODE_LIST, key->name))
		return;
	if (v->node->n == 0 || v->node->n > STEPS_MAX) {
		rp_fault(b->f, RP_AT_NODE(v->node), "'%s' has %zu steps; it "
		    "takes 1 to %d", key->name, v->node->n, STEPS_MAX);
		return;
	}
	steps = rp_bind_alloc(b, v->node->n, sizeof(*steps));
	if (steps == NULL)
		return;
	path->step = steps;
	path->n_steps = v->node->n;
	if (key->context == RP_CTX_ROLLOUT)
		enter_rollout(b, key, at);
	read_steps(b, v->node, steps);
	b->population = population;
}

static void
set_default(struct rp_quantity *q, double fixed)
{
	q->fixed = fixed;
	q->dist = NULL;
}

/* Defaults that are not zero; what the case says comes after them. */
void
rp_begin_step(struct rp_binder *b, const struct rp_node *node, void *target)
{
	struct rp_step *step = target;

	(void)node;
	step->origin.basis = b->basis;
	step->origin.source = b->source;
	if (step->kind == RP_STEP_TEAM)
		set_default(&step->as.team.ramp_from, 1);
	if (step->kind == RP_STEP_POLL) {
		set_default(&step->as.poll.every, DAY_S);
		set_default(&step->as.poll.share, 1);
		set_default(&step->as.poll.renews, 30 * DAY_S);
	}
}

/* ---- team --------------------------------------------------------------- */

void
rp_end_team(struct rp_binder *b, const struct rp_node *node, void *target)
{
	const struct rp_step *step = target;
	const struct rp_step_team *team = &step->as.team;

	if (team->ramp_from.dist == NULL && team->ramp_from.fixed < 1 &&
	    team->ramp_over.dist == NULL && !(team->ramp_over.fixed > 0) &&
	    team->ramp_over.origin.line != 0)
		rp_fault(b->f, team->ramp_over.origin.line,
		    team->ramp_over.origin.col, "a ramp over no working day "
		    "is none; give 'over' some days, or leave 'ramp' out");
	if (step->as.team.weekends &&
	    step->as.team.rate.per != RP_PER_WORKING_DAY)
		rp_fault(b->f, RP_AT_NODE(node), "'weekends' adds Saturdays "
		    "and Sundays to working days; give 'rate' per working-day "
		    "or leave it out");
}

/* ---- branch ------------------------------------------------------------- */

/* One of the two says who makes the detour. */
void
rp_end_branch(struct rp_binder *b, const struct rp_node *node, void *target)
{
	const struct rp_node *share = rp_node_find(node, "share");
	const struct rp_node *validated = rp_node_find(node, "validated");

	(void)target;
	if (share != NULL && validated != NULL)
		rp_fault(b->f, validated->key_line, validated->key_col,
		    "'validated' and 'share' of line %u both say who makes "
		    "the detour; leave one out", (unsigned)share->key_line);
	if (share == NULL && validated == NULL && !rp_is_misspelt(RP_CTX_BRANCH,
	    node, "share") && !rp_is_misspelt(RP_CTX_BRANCH, node,
	    "validated"))
		rp_fault(b->f, RP_AT_NODE(node), "'share' is missing in "
		    "branch; add it, or 'validated'");
}

/* ---- batch -------------------------------------------------------------- */

static int
by_time(const void *a, const void *b)
{
	return rp_instant_cmp(*(const struct rp_instant *)a,
	    *(const struct rp_instant *)b);
}

static void
read_instants(struct rp_binder *b, const struct rp_key *key,
    const struct rp_node *node, struct rp_step_batch *batch)
{
	const struct rp_node *child;
	struct rp_instant *instants;
	struct rp_value v;
	size_t n = 0;

	if ((double)node->n > key->high) {
		rp_fault(b->f, RP_AT_NODE(node), "'%s' has %zu entries; at "
		    "most %.0f are possible", key->name, node->n, key->high);
		return;
	}
	instants = rp_bind_alloc(b, node->n, sizeof(*instants));
	if (instants == NULL)
		return;
	for (child = node->first; child != NULL; child = child->next) {
		v = rp_bind_unwrap(b, child);
		rp_set_instant(b, key, &v, &instants[n++]);
	}
	qsort(instants, n, sizeof(*instants), by_time);
	batch->on = RP_BATCH_INSTANTS;
	batch->instant = instants;
	batch->n_instants = n;
}

void
rp_set_batch_on(struct rp_binder *b, const struct rp_key *key,
    const struct rp_value *v, void *at)
{
	const struct rp_node *node = v->node, *first = node->first;
	struct rp_step_batch *batch = at;
	const char *text;

	if (node->kind == RP_NODE_MAP || (node->kind == RP_NODE_LIST &&
	    node->n == 0)) {
		rp_fault(b->f, RP_AT_NODE(node), "'on' takes working-day, days "
		    "of the week such as [sat, sun], or a list of instants");
		return;
	}
	text = node->kind == RP_NODE_SCALAR ? rp_bind_scalar(b, node, "on") :
	    first->kind == RP_NODE_SCALAR ? first->text : "";
	if (text == NULL)
		return;
	if (strcmp(text, "working-day") == 0) {
		batch->on = RP_BATCH_WORKING_DAY;
	} else if (node->kind == RP_NODE_LIST && text[0] >= '0' &&
	    text[0] <= '9') {
		read_instants(b, key, node, batch);
	} else {
		batch->on = RP_BATCH_WEEKDAYS;
		batch->weekdays = rp_bind_weekdays(b, node, "on");
	}
}

/* ---- events ------------------------------------------------------------- */

static const enum rp_event_kind event_kinds[RP_CONTEXTS] = {
	[RP_CTX_ROLLOUT] = RP_EVENT_ROLLOUT,
	[RP_CTX_CUTOFF] = RP_EVENT_CUTOFF,
	[RP_CTX_DISCOVERY] = RP_EVENT_DISCOVERY,
	[RP_CTX_HOLD] = RP_EVENT_HOLD,
	[RP_CTX_RISK] = RP_EVENT_RISK,
};

static void
read_event(struct rp_binder *b, const struct rp_node *node,
    struct rp_event *event)
{
	const struct rp_node *tag;
	int context;

	tag = rp_bind_tagged(b, node, "event", "{cutoff: {on: 2026-09-30}}");
	if (tag == NULL)
		return;
	context = rp_bind_word(b, rp_words_event, "event", tag->key,
	    tag->key_line, tag->key_col);
	if (context < 0)
		return;
	event->kind = event_kinds[context];
	event->origin.line = tag->key_line;
	event->origin.col = tag->key_col;
	rp_bind_map(b, (enum rp_context)context, tag, event);
}

void
rp_begin_event(struct rp_binder *b, const struct rp_node *node, void *target)
{
	struct rp_event *event = target;

	(void)node;
	event->origin.basis = b->basis;
	event->origin.source = b->source;
	event->population = -1;
	event->share.fixed = event->kind == RP_EVENT_ROLLOUT ? 1 : 0;
}

void
rp_set_events(struct rp_binder *b, const struct rp_key *key,
    const struct rp_value *v, void *at)
{
	struct rp_event *event;
	const struct rp_node *child;

	event = rp_bind_items(b, key, v->node, RP_NODE_LIST, at);
	if (event == NULL)
		return;
	for (child = v->node->first; child != NULL; child = child->next)
		read_event(b, child, event++);
}

void
rp_set_event(struct rp_binder *b, const struct rp_key *key,
    const struct rp_value *v, void *at)
{
	struct rp_event *then = rp_bind_alloc(b, 1, sizeof(*then));

	(void)key;
	if (then == NULL)
		return;
	read_event(b, v->node, then);
	*(const struct rp_event **)at = then;
	if (then->kind == RP_EVENT_RISK && then->origin.line != 0)
		rp_fault(b->f, RP_AT_NODE(v->node), "'then' of a risk cannot "
		    "be another risk; multiply their probabilities");
}

void
rp_end_event(struct rp_binder *b, const struct rp_node *node, void *target)
{
	const struct rp_event *event = target;

	/* As everywhere `until` is the first moment after it. */
	if (event->has_until && rp_instant_cmp(event->until.from,
	    event->on.from) <= 0)
		rp_fault(b->f, RP_AT_NODE(node), "'until' of a hold must lie "
		    "after its 'on'");
}
