/*
 * planner/read/facts.c - dated events, which keys each kind of them takes,
 * and whose statement of a clock it is.
 */
#include "read/binder.h"

#include <string.h>

/* ---- which key belongs to which kind ------------------------------------ */

#define BIT(kind) (UINT64_C(1) << (kind))

_Static_assert(RP_FACT_KINDS <= 64, "a bit for every kind of fact");
_Static_assert(RP_FIELDS < 64, "a bit for every field, and one beyond");

#define REPORTS (BIT(RP_FACT_INCIDENT_DISCLOSED) | \
    BIT(RP_FACT_FULL_REPORT) | BIT(RP_FACT_DELAY_DISCLOSED) | \
    BIT(RP_FACT_CLOSURE_REPORT))
#define ENTRIES (BIT(RP_FACT_REVOKED) | BIT(RP_FACT_PUBLISHED) | \
    BIT(RP_FACT_REASON_CHANGED))

/* Keys that any fact may have are not here. */
static const struct belongs {
	const char *key;
	uint64_t kinds;
} belongings[] = {
	{ "answers", BIT(RP_FACT_ANSWER) },
	{ "certificate", BIT(RP_FACT_CRL) | BIT(RP_FACT_OCSP) },
	{ "crl-reason", ENTRIES },
	{ "dated", ENTRIES },
	{ "due", BIT(RP_FACT_NEXT_UPDATE) },
	{ "expires", BIT(RP_FACT_ENTRY_REMOVED) },
	{ "faulty", BIT(RP_FACT_ISSUED) },
	{ "has", REPORTS | BIT(RP_FACT_CERTIFICATE_LIST) |
	    BIT(RP_FACT_MASS_PLAN) | BIT(RP_FACT_AUDIT_STATEMENT) },
	{ "identified", BIT(RP_FACT_ISSUED) },
	{ "key", BIT(RP_FACT_ISSUED) },
	{ "lacks", REPORTS | BIT(RP_FACT_CERTIFICATE_LIST) |
	    BIT(RP_FACT_MASS_PLAN) | BIT(RP_FACT_AUDIT_STATEMENT) },
	{ "listed", BIT(RP_FACT_ENTRY_REMOVED) },
	{ "next", BIT(RP_FACT_CRL) | BIT(RP_FACT_OCSP) },
	{ "ocsp", BIT(RP_FACT_CRL) },
	{ "of", BIT(RP_FACT_NOT_DONE) },
	{ "to", BIT(RP_FACT_PRELIMINARY_REPORT) | BIT(RP_FACT_NOT_DONE) },
	{ "validated", BIT(RP_FACT_ISSUED) },
	{ "validity", BIT(RP_FACT_ISSUED) },
	{ "version", REPORTS },
};

static const char *
article(const char *word)
{
	return strchr("aeio", word[0]) != NULL ? "an" : "a";
}

static void
check_key(struct rp_binder *b, const struct rp_node *node,
    const struct rp_fact *fact, const struct belongs *own)
{
	const struct rp_node *child = rp_node_find(node, own->key);
	const char *first = NULL, *word;
	int kind;

	if (child == NULL || (own->kinds & BIT(fact->kind)) != 0)
		return;
	for (kind = 0; kind < RP_FACT_KINDS && first == NULL; kind++)
		if ((own->kinds & BIT(kind)) != 0)
			first = rp_fact_word((enum rp_fact_kind)kind);
	if (first == NULL)
		return;
	if ((own->kinds & (own->kinds - 1)) == 0) {
		rp_fault(b->f, child->key_line, child->key_col, "'%s' belongs "
		    "to %s %s only; leave it out", own->key, article(first),
		    first);
		return;
	}
	word = rp_fact_word(fact->kind);
	if (strcmp(own->key, "certificate") == 0)
		rp_fault(b->f, child->key_line, child->key_col, "'%s' does "
		    "not belong to %s %s; did you mean 'certificates'?",
		    own->key, article(word), word);
	else
		rp_fault(b->f, child->key_line, child->key_col, "'%s' does "
		    "not belong to %s %s, but to %s %s for example; leave it "
		    "out", own->key, article(word), word, article(first),
		    first);
}

/* ---- facts -------------------------------------------------------------- */

void
rp_begin_fact(struct rp_binder *b, const struct rp_node *node, void *target)
{
	struct rp_fact *fact = target;

	fact->mark = rp_no_links;
	fact->duty = -1;
	fact->answers = -1;
	fact->origin = rp_origin_of(b, node);
}

/* What a kind cannot do without. */
static void
check_needs(struct rp_binder *b, const struct rp_node *node,
    const struct rp_fact *fact)
{
	if (fact->kind == RP_FACT_NEXT_UPDATE &&
	    rp_node_find(node, "due") == NULL)
		rp_fault(b->f, RP_AT_NODE(node), "'due' is missing in a "
		    "next-update; add the agreed date");
	if (fact->kind == RP_FACT_SCOPE && !fact->has_certificates)
		rp_fault(b->f, RP_AT_NODE(node), "'certificates' is missing "
		    "in a scope; say how many were known");
	if (fact->kind == RP_FACT_NOT_DONE && rp_node_find(node, "of") == NULL)
		rp_fault(b->f, RP_AT_NODE(node), "'of' is missing in a "
		    "not-done; say what had not been done");
}

/*
 * What is told by counts, or by its own kinds of facts, cannot be told by
 * saying that it had not been done.
 */
static void
check_not_done(struct rp_binder *b, const struct rp_node *node,
    const struct rp_fact *fact)
{
	const uint64_t never = BIT(RP_FACT_REVOKED) | BIT(RP_FACT_PUBLISHED) |
	    BIT(RP_FACT_QUESTION) | BIT(RP_FACT_ANSWER) |
	    BIT(RP_FACT_NEXT_UPDATE) | BIT(RP_FACT_CLOSED) |
	    BIT(RP_FACT_SCOPE) | BIT(RP_FACT_NOT_DONE) |
	    BIT(RP_FACT_KEY_DESTROYED) | BIT(RP_FACT_POLICY_BREACH) |
	    BIT(RP_FACT_PRECERTIFICATE);
	const struct rp_node *of = rp_node_find(node, "of");

	if (of == NULL || fact->kind != RP_FACT_NOT_DONE ||
	    (never & BIT(fact->of)) == 0)
		return;
	rp_fault(b->f, of->key_line, of->key_col, "'not-done' cannot be said "
	    "of '%s'; without a fact that it happened it counts as open, "
	    "leave this out",
	    rp_fact_word(fact->of));
}

/* ---- times that contradict each other ----------------------------------- */

/* One of two moments that must not come before the other. */
static void
check_time(struct rp_binder *b, const struct rp_node *node, const char *key,
    struct rp_when first, struct rp_when then, const char *contradiction)
{
	const struct rp_node *at = rp_node_find(node, key);

	if (at == NULL || !rp_is_set(first) || !rp_is_set(then) ||
	    rp_instant_cmp(rp_when_last(then), first.from) >= 0)
		return;
	rp_fault(b->f, RP_AT_NODE(at), "'%s' lies %s on line %u; correct one "
	    "of them", key, contradiction,
	    (unsigned)rp_node_find(node, "at")->line);
}

static void
check_times(struct rp_binder *b, const struct rp_node *node,
    const struct rp_fact *fact)
{
	static const char early[] = "before 'at'", late[] = "after 'at'";

	if (rp_node_find(node, "at") == NULL)
		return;
	if (fact->has_next)
		check_time(b, node, "next", fact->at, fact->next, early);
	if (fact->has_listed)
		check_time(b, node, "listed", fact->listed, fact->at, late);
	if (fact->has_validated)
		check_time(b, node, "validated", fact->validated, fact->at,
		    late);
	if (fact->has_identified)
		check_time(b, node, "identified", fact->identified, fact->at,
		    late);
}

void
rp_end_fact(struct rp_binder *b, const struct rp_node *node, void *target)
{
	const struct rp_fact *fact = target;
	const struct rp_node *lacks = rp_node_find(node, "lacks");
	size_t i;

	for (i = 0; i < sizeof(belongings) / sizeof(belongings[0]); i++)
		check_key(b, node, fact, &belongings[i]);
	check_needs(b, node, fact);
	check_times(b, node, fact);
	check_not_done(b, node, fact);
	rp_check_subscribers(b, node, fact->subscribers, fact->certificates);
	if (lacks != NULL && (fact->has & fact->lacks) != 0)
		rp_fault(b->f, lacks->key_line, lacks->key_col, "'lacks' and "
		    "'has' on line %u name the same; keep it in one of them",
		    (unsigned)rp_node_find(node, "has")->key_line);
	rp_bind_published(b, node, fact->at, fact->has_published,
	    fact->published, "at");
}

/* ---- fields of a report ------------------------------------------------- */

/* A list of words, or `all` of them. */
void
rp_set_fields(struct rp_binder *b, const struct rp_key *key,
    const struct rp_value *v, void *at)
{
	uint64_t *fields = at;
	const struct rp_node *child;

	if (v->node->kind == RP_NODE_SCALAR &&
	    strcmp(v->node->text, "all") == 0) {
		*fields = BIT(RP_FIELDS) - 1;
		return;
	}
	if (!rp_bind_kind(b, v->node, RP_NODE_LIST, key->name))
		return;
	for (child = v->node->first; child != NULL; child = child->next) {
		const char *text = rp_bind_scalar(b, child, key->name);
		int field = text == NULL ? -1 : rp_bind_word(b,
		    rp_words_field, "field", text, RP_AT_NODE(child));

		if (field >= 0)
			*fields |= BIT(field);
	}
}

/* ---- clocks ------------------------------------------------------------- */

void
rp_begin_clock(struct rp_binder *b, const struct rp_node *node, void *target)
{
	struct rp_clock_said *clock = target;

	clock->origin = rp_origin_of(b, node);
}

void
rp_end_clock(struct rp_binder *b, const struct rp_node *node, void *target)
{
	(void)target;
	if (rp_node_find(node, "aware") == NULL &&
	    rp_node_find(node, "reported") == NULL)
		rp_fault(b->f, RP_AT_NODE(node), "'clocks' entry says nothing; "
		    "give 'aware' or 'reported'");
}
