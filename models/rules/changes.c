/*
 * rules/changes.c - what the requirements changed from one date to another.
 */
#include "revplan/changes.h"

#include <stdlib.h>
#include <string.h>

#include "base/mem.h"

/* ---- which rules are about the same duty -------------------------------- */

#define FAMILIES 6

#define WEEK { INT64_C(604800) }

struct duty {
	const char *family[FAMILIES];
	const char *whole;	/* a family that asks for other things, too: */
	struct rp_span limit;	/* its limit here is not that of its row */
};

/*
 * A family is an id without the edition at its end ("-v187").  Within one the
 * duty stays the same; these rows say it of families with other names.  A rule
 * that asked for several things at once stands in several rows.
 */
static const struct duty duties[] = {
	{ .family = { "BR-REV-24H", "BR-REV-T1" } },
	{ .family = { "BR-REV-24H", "BR-REV-T2" } },
	{ .family = { "BR-CPR-BEGIN", "BR-CPR-PRELIM" } },
	{ .family = { "BR-VALID-825", "BR-VALID-398", "BR-VALID-200",
	    "BR-VALID-100", "BR-VALID-47" } },
	{ .family = { "BR-SHORT-10", "BR-SHORT-7" } },
	{ .family = { "BR-DCV-398", "BR-DCV-200", "BR-DCV-100",
	    "BR-DCV-10" } },
	{ .family = { "MRSP-REASON-2022", "BR-REASON-EE" } },
	{ .family = { "MRSP-DR-ASSESS", "MRSP-DR-AUDIT" } },
	{ .family = { "CHROME-SECOND-SHOULD", "CHROME-SECOND-MUST" } },
	/* Reports: the first, the full one, questions, updates, a delay. */
	{ .family = { "IRG20-72H", "IRG30-72H" } },
	{ .family = { "WIKI-REPORT-2W", "IRG10-2W", "IRG20-FULL",
	    "IRG30-FULL-14D" } },
	{ .family = { "WIKI-Q7D", "IRG20-FULL", "IRG30-Q7D" },
	    .whole = "IRG20-FULL", .limit = WEEK },
	{ .family = { "WIKI-UPDATE-WEEKLY", "IRG10-WEEKLY", "IRG20-FULL",
	    "IRG30-UPD7D" }, .whole = "IRG20-FULL", .limit = WEEK },
	{ .family = { "WIKI-DELAY", "IRG30-DELAY-SEP" } },
	{ .family = { "WIKI-STOP", "IRG30-STOP" } },
	{ .family = { "WIKI-CORPUS", "IRG30-CORPUS" } },
};

/* The length of an id without its edition. */
static size_t
family_length(const char *id)
{
	size_t len = strlen(id), digits = len;

	while (digits > 0 && id[digits - 1] >= '0' && id[digits - 1] <= '9')
		digits--;
	if (digits < len && digits > 2 && id[digits - 1] == 'v' &&
	    id[digits - 2] == '-')
		return digits - 2;
	return len;
}

static bool
is_of(const char *id, const char *family)
{
	size_t len = family_length(id);

	return strlen(family) == len && strncmp(id, family, len) == 0;
}

static bool
stands_in(const char *id, const struct duty *duty)
{
	for (size_t k = 0; k < FAMILIES && duty->family[k] != NULL; k++)
		if (is_of(id, duty->family[k]))
			return true;
	return false;
}

/* The row that has both; NULL: there is none. */
static const struct duty *
duty_of(const struct rp_rule *a, const struct rp_rule *b)
{
	for (size_t i = 0; i < sizeof(duties) / sizeof(duties[0]); i++)
		if (stands_in(a->id, &duties[i]) &&
		    stands_in(b->id, &duties[i]))
			return &duties[i];
	return NULL;
}

bool
rp_rule_same_duty(const struct rp_rule *a, const struct rp_rule *b)
{
	size_t len = family_length(a->id);

	return (len == family_length(b->id) &&
	    strncmp(a->id, b->id, len) == 0) || duty_of(a, b) != NULL;
}

/* ---- rules -------------------------------------------------------------- */

struct rp_changes {
	struct rp_rule_change *rule;
	size_t n_rules;
	struct rp_reason_change *reason;
	size_t n_reasons;
};

/* The two moments; row and place NULL: changes are only counted. */
struct comparison {
	struct rp_instant earlier, later;
	struct rp_rule_change *row;
	size_t n;
	struct rp_reason_change *place;
	size_t n_places;
};

static bool
is_new(const struct comparison *c, const struct rp_rule *r)
{
	return rp_rule_in_force(r, c->later) &&
	    !rp_rule_in_force(r, c->earlier);
}

static bool
is_gone(const struct comparison *c, const struct rp_rule *r)
{
	return rp_rule_in_force(r, c->earlier) &&
	    !rp_rule_in_force(r, c->later);
}

static bool
has_stayed(const struct comparison *c, const struct rp_rule *r)
{
	return rp_rule_in_force(r, c->earlier) &&
	    rp_rule_in_force(r, c->later);
}

typedef bool rule_test(const struct comparison *c, const struct rp_rule *r);

/* The next rule of the same duty from row *i on that passes; NULL: none. */
static const struct rp_rule *
next_of(const struct comparison *c, const struct rp_rule *rule,
    rule_test *test, size_t *i)
{
	const struct rp_rule *other;

	while ((other = rp_rule_at((*i)++)) != NULL)
		if (other != rule && test(c, other) &&
		    rp_rule_same_duty(rule, other))
			return other;
	return NULL;
}

/* Which of a pair asks for more than the other is about, and limits. */
static void
set_limits(struct rp_rule_change *row)
{
	const struct rp_rule *a = row->before, *b = row->after;
	const struct duty *duty = a != NULL && b != NULL ? duty_of(a, b) :
	    NULL;

	if (a != NULL)
		row->limit_before = a->limit;
	if (b != NULL)
		row->limit_after = b->limit;
	if (duty == NULL || duty->whole == NULL)
		return;
	if (is_of(a->id, duty->whole)) {
		row->part = a;
		row->limit_before = duty->limit;
	} else if (is_of(b->id, duty->whole)) {
		row->part = b;
		row->limit_after = duty->limit;
	}
}

static unsigned
differences(const struct rp_rule_change *row)
{
	const struct rp_rule *a = row->before, *b = row->after;
	unsigned d = 0;

	if (a == NULL || b == NULL)
		return 0;
	if (strcmp(a->document, b->document) != 0)
		d |= RP_DIFFERS_DOCUMENT;
	if (strcmp(a->section, b->section) != 0)
		d |= RP_DIFFERS_SECTION;
	if (rp_span_s(row->limit_before) != rp_span_s(row->limit_after))
		d |= RP_DIFFERS_LIMIT;
	if (a->severity != b->severity)
		d |= RP_DIFFERS_SEVERITY;
	if (row->part != NULL)
		return d;
	if (strcmp(rp_keyed_word(a), rp_keyed_word(b)) != 0)
		d |= RP_DIFFERS_KEYED;
	if (strcmp(rp_clock_word(a), rp_clock_word(b)) != 0)
		d |= RP_DIFFERS_CLOCK;
	return d;
}

static void
add_rule(struct comparison *c, enum rp_change_kind kind,
    const struct rp_rule *before, const struct rp_rule *after)
{
	const struct rp_rule *rule = after != NULL ? after : before;
	struct rp_rule_change row = { .kind = kind, .before = before,
	    .after = after };
	size_t from = 0;

	if (c->row != NULL) {
		row.beside = next_of(c, rule, has_stayed, &from);
		set_limits(&row);
		row.differs = differences(&row);
		c->row[c->n] = row;
	}
	c->n++;
}

static void
compare_rule(struct comparison *c, const struct rp_rule *rule)
{
	const struct rp_rule *before;
	size_t from = 0, found = 0;

	if (is_gone(c, rule) && next_of(c, rule, is_new, &from) == NULL)
		add_rule(c, RP_CHANGE_ENDS, rule, NULL);
	if (!is_new(c, rule))
		return;
	for (from = 0; (before = next_of(c, rule, is_gone, &from)) != NULL;
	    found++)
		add_rule(c, RP_CHANGE_FOLLOWS, before, rule);
	if (found == 0)
		add_rule(c, RP_CHANGE_BEGINS, NULL, rule);
}

static const char *
id_of(const struct rp_rule *rule)
{
	return rule != NULL ? rule->id : "";
}

/* Only a rule that follows several stands there more than once. */
static int
by_id(const void *a, const void *b)
{
	const struct rp_rule_change *x = a, *y = b;
	int order = strcmp(id_of(x->after != NULL ? x->after : x->before),
	    id_of(y->after != NULL ? y->after : y->before));

	return order != 0 ? order : strcmp(id_of(x->before),
	    id_of(y->before));
}

/* ---- reasons ------------------------------------------------------------ */

/* Whose certificates a list is about. */
struct list {
	enum rp_profile profile;
	enum rp_certificate certificate;
};

static const struct list lists[] = {
	{ RP_PROFILE_TLS, RP_CERT_SUBSCRIBER },
	{ RP_PROFILE_TLS, RP_CERT_SUBORDINATE_CA },
	{ RP_PROFILE_SMIME, RP_CERT_SUBSCRIBER },
	{ RP_PROFILE_SMIME, RP_CERT_SUBORDINATE_CA },
	{ RP_PROFILE_CODE_SIGNING, RP_CERT_SUBSCRIBER },
	{ RP_PROFILE_CODE_SIGNING, RP_CERT_SUBORDINATE_CA },
};

/* A list that is in force names at least one reason. */
static bool
has_list(const struct list *l, struct rp_instant t)
{
	struct rp_reason_place place;

	for (int r = 0; r < RP_REASON_COUNT; r++)
		if (rp_reason_place((enum rp_reason)r, l->certificate,
		    l->profile, t, &place))
			return true;
	return false;
}

static enum rp_place_state
look_up(const struct list *l, enum rp_reason reason, struct rp_instant t,
    struct rp_reason_place *place)
{
	if (rp_reason_place(reason, l->certificate, l->profile, t, place))
		return RP_PLACE_NAMED;
	return has_list(l, t) ? RP_PLACE_NOT_NAMED : RP_PLACE_NO_LIST;
}

static bool
has_changed(const struct rp_reason_change *r)
{
	const struct rp_reason_place *a = &r->before, *b = &r->after;

	if (r->was != RP_PLACE_NAMED || r->is != RP_PLACE_NAMED)
		return r->was == RP_PLACE_NAMED || r->is == RP_PLACE_NAMED;
	return a->item != b->item || a->crl_reason != b->crl_reason ||
	    rp_span_s(a->rule->limit) != rp_span_s(b->rule->limit);
}

static void
compare_reason(struct comparison *c, const struct list *l,
    enum rp_reason reason)
{
	struct rp_reason_change row = { .profile = l->profile,
	    .certificate = l->certificate, .reason = reason };

	row.was = look_up(l, reason, c->earlier, &row.before);
	row.is = look_up(l, reason, c->later, &row.after);
	if (!has_changed(&row))
		return;
	if (c->place != NULL)
		c->place[c->n_places] = row;
	c->n_places++;
}

/* ---- both --------------------------------------------------------------- */

static void
compare_all(struct comparison *c)
{
	const struct rp_rule *rule;

	c->n = c->n_places = 0;
	for (size_t i = 0; (rule = rp_rule_at(i)) != NULL; i++)
		compare_rule(c, rule);
	for (size_t l = 0; l < sizeof(lists) / sizeof(lists[0]); l++)
		for (int r = 0; r < RP_REASON_COUNT; r++)
			compare_reason(c, &lists[l], (enum rp_reason)r);
}

rp_status
rp_changes(struct rp_instant earlier, struct rp_instant later,
    struct rp_changes **out, struct rp_err *err)
{
	struct comparison c = { .earlier = earlier, .later = later };
	struct rp_changes *made = rp_alloc_zeroed(1, sizeof(*made));

	compare_all(&c);
	if (made != NULL) {
		made->rule = rp_alloc_zeroed(c.n, sizeof(*made->rule));
		made->reason = rp_alloc_zeroed(c.n_places,
		    sizeof(*made->reason));
	}
	if (made == NULL || made->rule == NULL || made->reason == NULL) {
		rp_changes_free(made);
		return rp_fail(err, RP_ENOMEM, "no memory to compare rules");
	}
	c.row = made->rule;
	c.place = made->reason;
	compare_all(&c);
	made->n_rules = c.n;
	made->n_reasons = c.n_places;
	qsort(made->rule, made->n_rules, sizeof(*made->rule), by_id);
	*out = made;
	return RP_OK;
}

const struct rp_rule_change *
rp_changes_rules(const struct rp_changes *c, size_t *n)
{
	*n = c->n_rules;
	return c->rule;
}

const struct rp_reason_change *
rp_changes_reasons(const struct rp_changes *c, size_t *n)
{
	*n = c->n_reasons;
	return c->reason;
}

void
rp_changes_free(struct rp_changes *c)
{
	if (c == NULL)
		return;
	rp_release_mem(c->rule);
	rp_release_mem(c->reason);
	rp_release_mem(c);
}
