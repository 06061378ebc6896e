/*
 * planner/read/owns.c - who owns how many, and what renews without any
 * incident.
 */
#include "read/binder.h"

#include <inttypes.h>
#include <string.h>

/* ---- how many each ------------------------------------------------------ */

static void
read_law(struct rp_binder *b, const struct rp_key *key,
    const struct rp_value *v, struct rp_owns *owns)
{
	const struct rp_measure m = { .family = RP_FAMILY_PLAIN,
	    .name = key->name, .high = 4e9, .above = true };

	owns->kind = RP_OWNS_LAW;
	rp_bind_quantity(b, &m, v, &owns->size);
}

static void
read_classes(struct rp_binder *b, const struct rp_key *key,
    const struct rp_node *node, struct rp_owns *owns)
{
	struct rp_owner_class *classes;
	const struct rp_node *child;

	if (node->n == 0 || (double)node->n > key->high) {
		rp_fault(b->f, RP_AT_NODE(node), "'%s' has %zu classes; it "
		    "takes 1 to %.0f", key->name, node->n, key->high);
		return;
	}
	classes = rp_bind_alloc(b, node->n, sizeof(*classes));
	if (classes == NULL)
		return;
	owns->kind = RP_OWNS_CLASSES;
	owns->owners = classes;
	owns->n_classes = node->n;
	for (child = node->first; child != NULL; child = child->next)
		rp_bind_map(b, RP_CTX_OWNERS, child, classes++);
}

void
rp_set_owns(struct rp_binder *b, const struct rp_key *key,
    const struct rp_value *v, void *at)
{
	static const struct rp_word equal[] = {
		{ "equal", RP_OWNS_EQUAL }, { NULL, 0 },
	};
	struct rp_owns *owns = at;
	const char *text;

	owns->origin = v->origin;
	if (v->node->kind == RP_NODE_LIST) {
		read_classes(b, key, v->node, owns);
	} else if (v->node->kind == RP_NODE_MAP) {
		read_law(b, key, v, owns);
	} else {
		text = rp_bind_scalar(b, v->node, key->name);
		if (text != NULL && strcmp(text, "equal") != 0)
			rp_fault(b->f, RP_AT_NODE(v->node), "'%.60s' does not "
			    "say who owns how many; write '%s' as equal, a "
			    "distribution such as {pareto: {least: 1, shape: "
			    "1.2}}, or a list of {subscribers: 1, "
			    "certificates: 40000}", text, key->name);
		owns->kind = (enum rp_owns_kind)equal[0].value;
	}
}

void
rp_begin_owners(struct rp_binder *b, const struct rp_node *node, void *target)
{
	struct rp_owner_class *class = target;

	class->origin = rp_origin_of(b, node);
}

/* ---- what they add up to ------------------------------------------------ */

struct sums {
	uint64_t subscribers;
	uint64_t certificates;		/* but for the rest */
	const struct rp_owner_class *rest; /* NULL: none */
	bool faulty;
};

static void
tell_too_few(struct rp_binder *b, const struct rp_owner_class *class,
    uint64_t certificates)
{
	rp_fault(b->f, class->origin.line, class->origin.col, "these are %"
	    PRIu64 " subscribers with %" PRIu64 " certificates; every "
	    "subscriber owns at least one", rp_count_n(class->subscribers),
	    certificates);
}

static void
add_class(struct rp_binder *b, const struct rp_owner_class *class,
    struct sums *s)
{
	uint64_t certificates = rp_count_n(class->certificates);
	uint64_t subscribers = rp_count_n(class->subscribers);

	s->subscribers += subscribers;
	s->certificates += certificates;
	if (subscribers == 0)
		s->faulty = true;
	else if (certificates > 0 && subscribers > certificates)
		tell_too_few(b, class, certificates);
	if (certificates > 0)
		return;
	if (s->rest != NULL) {
		s->faulty = true;
		rp_fault(b->f, class->origin.line, class->origin.col, "the "
		    "rest goes to the owners on line %u already; give one of "
		    "them its 'certificates'",
		    (unsigned)s->rest->origin.line);
	}
	s->rest = class;
}

/* The class that leaves its certificates out has what is left of them. */
static void
share_out(struct rp_binder *b, const struct rp_population *p,
    const struct sums *s)
{
	uint64_t all = rp_count_n(p->certificates);
	unsigned line = (unsigned)p->certificates_origin.line;
	const struct rp_origin *at = &p->owns.origin;

	if (s->rest == NULL && s->certificates != all) {
		rp_fault(b->f, at->line, at->col, "owners have %" PRIu64
		    " certificates together, 'certificates' on line %u is %"
		    PRIu64 "; correct one of them", s->certificates, line,
		    all);
	} else if (s->rest != NULL && s->certificates >= all) {
		at = &s->rest->origin;
		rp_fault(b->f, at->line, at->col, "nothing is left for these "
		    "owners; the others have %" PRIu64 " of the %" PRIu64
		    " certificates of line %u", s->certificates, all, line);
	} else if (s->rest != NULL) {
		if (rp_count_n(s->rest->subscribers) > all - s->certificates)
			tell_too_few(b, s->rest, all - s->certificates);
		/* Classes are the arena's, and nobody has seen them yet. */
		((struct rp_owner_class *)(uintptr_t)s->rest)->certificates =
		    rp_count_of(all - s->certificates);
	}
}

static void
check_classes(struct rp_binder *b, const struct rp_node *subscribers,
    struct rp_population *p)
{
	const struct rp_owns *owns = &p->owns;
	struct sums s = { 0 };
	size_t i;

	for (i = 0; i < owns->n_classes; i++)
		add_class(b, &owns->owners[i], &s);
	if (s.faulty)
		return;
	if (subscribers == NULL)
		p->subscribers = rp_count_of(s.subscribers);
	else if (rp_count_n(p->subscribers) > 0 &&
	    s.subscribers != rp_count_n(p->subscribers))
		rp_fault(b->f, owns->origin.line, owns->origin.col, "owners "
		    "are %" PRIu64 " together, 'subscribers' on line %u is %"
		    PRIu64 "; correct one of them", s.subscribers,
		    (unsigned)subscribers->line,
		    rp_count_n(p->subscribers));
	if (rp_count_n(p->certificates) > 0)
		share_out(b, p, &s);
}

void
rp_check_owns(struct rp_binder *b, const struct rp_node *node,
    struct rp_population *population)
{
	const struct rp_node *subscribers = rp_node_find(node, "subscribers");
	const struct rp_owns *owns = &population->owns;

	if (owns->kind == RP_OWNS_CLASSES)
		check_classes(b, subscribers, population);
	if (owns->kind == RP_OWNS_LAW && subscribers == NULL)
		rp_fault(b->f, owns->origin.line, owns->origin.col, "'owns' "
		    "needs 'subscribers'; without it every certificate has an "
		    "owner of its own");
}

/* ---- what renews without any incident ----------------------------------- */

void
rp_begin_renewal(struct rp_binder *b, const struct rp_node *node,
    void *target)
{
	struct rp_renewal *renewal = target;

	(void)b;
	(void)node;
	renewal->share.fixed = 1;
}

/*
 * Renewed before it was issued: told only where both were said, for the
 * default of the one says nothing about the other.
 */
void
rp_check_renewal(struct rp_binder *b, const struct rp_node *node,
    const struct rp_population *population)
{
	const struct rp_quantity *before = &population->renewal.before;
	const struct rp_node *validity = rp_node_find(node, "validity");
	const struct rp_node *renewal = rp_node_find(node, "renewal");

	if (renewal == NULL)
		return;
	if (!population->has_expiry &&
	    rp_node_find(node, "expiry") == NULL)
		rp_fault(b->f, renewal->key_line, renewal->key_col, "'renewal' "
		    "needs 'expiry'; say when the certificates expire");
	if (validity != NULL && before->dist == NULL &&
	    before->origin.line != 0 &&
	    before->fixed >= population->validity_s)
		rp_fault(b->f, before->origin.line, before->origin.col,
		    "'before' is not within 'validity' of line %u; a "
		    "certificate is renewed after it was issued",
		    (unsigned)validity->line);
}
