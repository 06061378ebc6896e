/*
 * rules/deadline.c - when certificates must have been revoked.
 */
#include <stdio.h>
#include <string.h>

#include "rules/terms.h"

/* BR 1.3.0 took over the section numbers of RFC 3647. */
#define RENUMBERED INT64_C(1429142400)	/* 2015-04-16 */

/* Beyond every instant that a case may hold. */
#define FAR_AWAY INT64_C(32503680000)	/* 3000-01-01 */

static struct rp_instant
instant_of(const char *date)
{
	struct rp_civil c;

	/* A test proves that every date of the table can be read. */
	if (date == NULL || rp_civil_parse(date, &c, NULL) != RP_OK)
		return rp_instant_of_s(FAR_AWAY);
	return rp_instant_of_civil(c);
}

struct rp_instant
rp_rule_from(const struct rp_rule *rule)
{
	return instant_of(rule->from);
}

struct rp_instant
rp_rule_until(const struct rp_rule *rule)
{
	return instant_of(rule->until);
}

bool
rp_rule_in_force(const struct rp_rule *rule, struct rp_instant t)
{
	return !rule->draft && rp_instant_cmp(rp_rule_from(rule), t) <= 0 &&
	    rp_instant_cmp(t, rp_rule_until(rule)) < 0;
}

bool
rp_rule_covers(const struct rp_rule *rule, const struct rp_duty *duty)
{
	const struct rp_rule_terms *terms = rule->terms;

	if ((terms->profiles >> duty->profile & 1u) == 0)
		return false;
	if (terms->scope == RP_SCOPE_SUBSCRIBER)
		return duty->certificate == RP_CERT_SUBSCRIBER;
	if (terms->scope == RP_SCOPE_CA)
		return duty->certificate == RP_CERT_SUBORDINATE_CA;
	return terms->scope == RP_SCOPE_DUTY;
}

void
rp_rule_cite(const struct rp_rule *rule, unsigned item,
    struct rp_instant start, char *buf, size_t size)
{
	const char *clause = rule->terms->clause;

	if (clause == NULL)
		clause = rule->section;
	else if (rule->terms->old_clause != NULL &&
	    rp_instant_s(start) < RENUMBERED)
		clause = rule->terms->old_clause;
	if (item > 0)
		(void)snprintf(buf, size, "%s, %s item %u", rule->document,
		    clause, item);
	else
		(void)snprintf(buf, size, "%s, %s", rule->document, clause);
}

/* The rows that set a deadline: a MUST of a list of reasons. */
static bool
sets_deadline(const struct rp_rule *rule, const struct rp_duty *duty)
{
	return rule->terms->tier != RP_TIER_NONE &&
	    rule->severity == RP_MUST && !rule->draft &&
	    rp_rule_covers(rule, duty);
}

/* The part of an interval that lies in [from, until). */
static bool
overlap(struct rp_when w, struct rp_instant from, struct rp_instant until,
    struct rp_when *part)
{
	if (rp_instant_cmp(rp_when_last(w), from) < 0 ||
	    rp_instant_cmp(w.from, until) >= 0)
		return false;
	*part = w;
	if (rp_instant_cmp(part->from, from) < 0)
		part->from = from;
	if (rp_instant_cmp(part->until, until) > 0)
		part->until = until;
	return true;
}

/*
 * One more edition that may have been the one in force.  The rule cited is
 * that of the earliest moment; the deadline spans what any of them allows,
 * so that a verdict on which they differ comes out undecided.
 */
static void
widen(struct rp_deadline *dl, const struct rp_rule *rule, struct rp_when part,
    unsigned item)
{
	struct rp_when at = {
		rp_instant_plus(part.from, rule->limit),
		rp_instant_plus(part.until, rule->limit)
	};

	if (dl->rule == NULL) {
		dl->at = at;
	} else {
		if (rp_instant_cmp(at.from, dl->at.from) < 0)
			dl->at.from = at.from;
		if (rp_instant_cmp(at.until, dl->at.until) > 0)
			dl->at.until = at.until;
	}
	if (dl->rule == NULL ||
	    strcmp(rule->from, dl->rule->from) < 0) {
		dl->rule = rule;
		dl->item = item;
	}
}

/*
 * One rule while one list numbers its reasons; true if it was in force at
 * awareness, whether or not it names the reason.
 */
static bool
consider(struct rp_deadline *dl, const struct rp_duty *duty,
    const struct rp_rule *rule, enum rp_list list, struct rp_when in_force)
{
	struct rp_reason_item it = rp_reason_item(duty->reason, list);
	struct rp_when part;

	if (!overlap(duty->aware, in_force.from, in_force.until, &part))
		return false;
	if (it.tier == rule->terms->tier)
		widen(dl, rule, part, it.item);
	return true;
}

static bool
consider_rule(struct rp_deadline *dl, const struct rp_duty *duty,
    const struct rp_rule *rule)
{
	const struct rp_rule_terms *terms = rule->terms;
	struct rp_when first = { rp_rule_from(rule), rp_rule_until(rule) };
	struct rp_when then = first;
	bool was, is;

	if (terms->relisted == NULL)
		return consider(dl, duty, rule, terms->list, first);
	first.until = then.from = instant_of(terms->relisted);
	was = consider(dl, duty, rule, terms->list, first);
	is = consider(dl, duty, rule, terms->next_list, then);
	return was || is;
}

static const char *
certificate_words(const struct rp_duty *duty)
{
	static const char *const words[][2] = {
		[RP_PROFILE_TLS] = { "TLS subscriber certificates",
		    "TLS subordinate CA certificates" },
		[RP_PROFILE_SMIME] = { "S/MIME subscriber certificates",
		    "S/MIME subordinate CA certificates" },
		[RP_PROFILE_CODE_SIGNING] = {
		    "code signing subscriber certificates",
		    "code signing subordinate CA certificates" },
	};

	return words[duty->profile][duty->certificate ==
	    RP_CERT_SUBORDINATE_CA];
}

static rp_status
no_rule(const struct rp_duty *duty, bool edition, struct rp_err *err)
{
	char when[RP_INSTANT_TEXT];

	(void)rp_when_format(duty->aware, when);
	if (edition)
		return rp_fail_at(err, RP_ESTATE, duty->origin.line,
		    duty->origin.col, "duty '%s': the requirements of %s for "
		    "%s do not name the reason '%s', choose the reason that "
		    "they do name", duty->name, when,
		    certificate_words(duty), rp_reason_key(duty->reason));
	return rp_fail_at(err, RP_ESTATE, duty->origin.line,
	    duty->origin.col, "duty '%s': the table of rules has no "
	    "revocation deadline for %s on %s", duty->name,
	    certificate_words(duty), when);
}

static rp_status
short_lived(const struct rp_duty *duty, struct rp_err *err)
{
	char issued[RP_INSTANT_TEXT], span[RP_UNIT_TEXT];

	return rp_fail_at(err, RP_ESTATE, duty->origin.line,
	    duty->origin.col, "duty '%s': certificates valid for %s and "
	    "issued %s are short-lived, TLS BR 4.9.1.1 sets them no "
	    "revocation deadline", duty->name, rp_span_format(rp_span_of_s(
	    (int64_t)duty->validity_s), span),
	    rp_when_format(duty->issued, issued));
}

rp_status
rp_duty_deadline(const struct rp_duty *duty, struct rp_deadline *out,
    struct rp_err *err)
{
	struct rp_deadline dl = { .start = duty->aware };
	bool edition = false;

	if (rp_duty_short_lived(duty) == RP_SHORT_YES)
		return short_lived(duty, err);
	for (size_t i = 0; i < rp_rule_count(); i++)
		if (sets_deadline(rp_rule_at(i), duty))
			edition |= consider_rule(&dl, duty, rp_rule_at(i));
	if (dl.rule == NULL)
		return no_rule(duty, edition, err);
	rp_rule_cite(dl.rule, dl.item, duty->aware.from, dl.citation,
	    sizeof(dl.citation));
	*out = dl;
	return RP_OK;
}

bool
rp_reason_place(enum rp_reason reason, enum rp_certificate certificate,
    enum rp_profile profile, struct rp_instant t, struct rp_reason_place *out)
{
	const struct rp_duty duty = { .name = "", .certificate = certificate,
	    .profile = profile, .reason = reason, .aware = rp_when_exact(t) };
	const struct rp_rule_terms *terms;
	struct rp_reason_item item;
	struct rp_deadline dl;
	enum rp_list list;

	if (rp_duty_deadline(&duty, &dl, NULL) != RP_OK)
		return false;
	terms = dl.rule->terms;
	list = terms->list;
	if (terms->relisted != NULL &&
	    rp_instant_cmp(t, instant_of(terms->relisted)) >= 0)
		list = terms->next_list;
	item = rp_reason_item(reason, list);
	*out = (struct rp_reason_place){ .rule = dl.rule, .item = item.item };
	/* 0 is expressed by leaving the reasonCode out. */
	if (list == RP_LIST_TLS_V187)
		out->crl_reason = item.crl_reason <= 0 ? RP_CRL_ABSENT :
		    rp_crl_reason_of(item.crl_reason);
	(void)memcpy(out->citation, dl.citation, sizeof(out->citation));
	return true;
}
