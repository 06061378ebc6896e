/*
 * planner/read/polls.c - the clients of a poll: one kind, or a mix of them.
 */
#include "read/binder.h"

#include <string.h>

#include "read/clients.h"

/* ---- which -------------------------------------------------------------- */

static void
unknown_client(struct rp_binder *b, const char *text, uint32_t line,
    uint32_t col)
{
	struct rp_nearest near;
	char name[64];
	size_t i, len;

	/* Compare names without their versions. */
	for (len = strlen(text); len > 0 && text[len - 1] != '-'; len--)
		continue;
	len = len > 0 ? len - 1 : strlen(text);
	if (len >= sizeof(name))
		len = sizeof(name) - 1;
	memcpy(name, text, len);
	name[len] = '\0';
	rp_nearest_init(&near, name);
	for (i = 0; rp_client_name(i) != NULL; i++)
		rp_nearest_try(&near, rp_client_name(i));
	if (near.best != NULL)
		rp_fault(b->f, line, col, "unknown client '%.60s'; did you "
		    "mean '%s'?", text, near.best);
	else
		rp_fault(b->f, line, col, "unknown client '%.60s'; leave it "
		    "out and give 'every' and 'share'", text);
}

static const char *
known_client(struct rp_binder *b, const char *text, uint32_t line,
    uint32_t col)
{
	if (rp_client_find(text) != NULL)
		return rp_bind_text(b, text);
	if (!rp_bind_is_full(b))
		unknown_client(b, text, line, col);
	return NULL;
}

/* ---- a mix -------------------------------------------------------------- */

static void
read_kind(struct rp_binder *b, const struct rp_node *node,
    struct rp_poll_kind *kind)
{
	const struct rp_measure m = { .family = RP_FAMILY_SHARE,
	    .name = "client", .high = 1 };
	struct rp_step *step = rp_bind_alloc(b, 1, sizeof(*step));
	struct rp_value v = rp_bind_unwrap_input(b, node);

	if (step == NULL)
		return;
	step->kind = RP_STEP_POLL;
	step->what = rp_bind_text(b, node->key);
	rp_begin_step(b, node, step);
	step->origin.line = node->key_line;
	step->origin.col = node->key_col;
	step->as.poll.client = known_client(b, node->key, node->key_line,
	    node->key_col);
	rp_bind_quantity(b, &m, &v, &kind->part);
	kind->step = step;
}

/* A smooth distribution may come near to 0, but never is 0. */
static bool
may_be_none(const struct rp_quantity *part)
{
	if (part->origin.line == 0)
		return false;
	if (part->dist != NULL && part->dist->kind != RP_DIST_ONE_OF &&
	    part->dist->kind != RP_DIST_EMPIRICAL)
		return false;
	return !(rp_reach_of(part).low > 0);
}

/* Nobody at all is no mix. */
static bool
may_be_nobody(const struct rp_step_poll *poll)
{
	size_t i;

	for (i = 0; i < poll->n_kinds; i++)
		if (!may_be_none(&poll->kind[i].part))
			return false;
	return true;
}

static void
read_mix(struct rp_binder *b, const struct rp_node *node,
    struct rp_step_poll *poll)
{
	const struct rp_node *child;
	struct rp_poll_kind *kinds;

	if (node->n == 0 || node->n > RP_POLL_KINDS_MAX) {
		rp_fault(b->f, RP_AT_NODE(node), "'client' has %zu kinds; a "
		    "mix takes 1 to %d, such as {certbot-4.1: 60%%, "
		    "acme.sh-3.0: 40%%}", node->n, RP_POLL_KINDS_MAX);
		return;
	}
	kinds = rp_bind_alloc(b, node->n, sizeof(*kinds));
	if (kinds == NULL)
		return;
	poll->kind = kinds;
	poll->n_kinds = node->n;
	for (child = node->first; child != NULL; child = child->next)
		read_kind(b, child, kinds++);
	if (b->status == RP_OK && may_be_nobody(poll))
		rp_fault(b->f, RP_AT_NODE(node), "all parts of 'client' may "
		    "be 0%%; give at least one kind a share that never is");
}

void
rp_set_client(struct rp_binder *b, const struct rp_key *key,
    const struct rp_value *v, void *at)
{
	struct rp_step *step = (struct rp_step *)(void *)((char *)at -
	    key->at);
	const char *text;

	if (v->node->kind == RP_NODE_MAP) {
		read_mix(b, v->node, &step->as.poll);
		return;
	}
	if (v->node->kind == RP_NODE_LIST) {
		rp_fault(b->f, RP_AT_NODE(v->node), "'%s' takes one client, "
		    "or the share of each, such as {certbot-4.1: 60%%, "
		    "acme.sh-3.0: 40%%}", key->name);
		return;
	}
	text = rp_bind_scalar(b, v->node, key->name);
	if (text != NULL)
		step->as.poll.client = known_client(b, text,
		    RP_AT_NODE(v->node));
}

/* ---- what they do ------------------------------------------------------- */

/*
 * How long certificates are valid decides when a client renews them.  One way
 * for all populations has one answer only where they agree.
 */
static double
validity_of(struct rp_binder *b, const struct rp_node *node)
{
	const struct rp_case *cs = b->cs;
	double first = RP_VALIDITY_S;
	size_t i;

	if (b->population != NULL)
		return b->population->validity_s;
	for (i = 0; i < cs->n_populations; i++) {
		if (i == 0)
			first = cs->population[0].validity_s;
		if (cs->population[i].validity_s < first ||
		    cs->population[i].validity_s > first) {
			rp_fault(b->f, RP_AT_NODE(node), "populations differ "
			    "in 'validity', on which it depends when a client "
			    "renews; give 'renews', or a rollout to each "
			    "'population'");
			break;
		}
	}
	return first;
}

/* What the client is known for holds where the case does not say. */
static void
settle(const struct rp_step_poll *said, const struct rp_node *node,
    double validity_s, struct rp_step_poll *own)
{
	const struct rp_client *client;

	if (own->client == NULL)
		return;
	client = rp_client_find(own->client);
	own->every = said->every;
	own->share = said->share;
	own->failures = said->failures;
	own->renews = said->renews;
	if (rp_node_find(node, "every") == NULL)
		own->every.fixed = rp_client_every(client, validity_s);
	if (rp_node_find(node, "share") == NULL)
		own->share.fixed = client->ari ? 1 : 0;
	if (rp_node_find(node, "renews") == NULL)
		own->renews.fixed = rp_client_renews(client, validity_s);
}

void
rp_end_poll(struct rp_binder *b, const struct rp_node *node, void *target)
{
	struct rp_step_poll *poll = &((struct rp_step *)target)->as.poll;
	double validity_s = RP_VALIDITY_S;
	size_t i;

	if ((poll->client != NULL || poll->n_kinds > 0) &&
	    rp_node_find(node, "renews") == NULL)
		validity_s = validity_of(b, node);
	settle(poll, node, validity_s, poll);
	/* Steps of a mix are the arena's, and were made just now. */
	for (i = 0; i < poll->n_kinds; i++)
		if (poll->kind[i].step != NULL)
			settle(poll, node, validity_s, &((struct rp_step *)
			    (uintptr_t)poll->kind[i].step)->as.poll);
}
