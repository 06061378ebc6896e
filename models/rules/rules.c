/*
 * rules/rules.c - the table asked for its rows.
 */
#include <string.h>

#include "rules/terms.h"

size_t
rp_rule_count(void)
{
	size_t n = 0;

	for (size_t s = 0; s < rp_n_rule_sections; s++)
		n += rp_rule_sections[s]->n;
	return n;
}

const struct rp_rule *
rp_rule_at(size_t i)
{
	for (size_t s = 0; s < rp_n_rule_sections; s++) {
		if (i < rp_rule_sections[s]->n)
			return &rp_rule_sections[s]->row[i];
		i -= rp_rule_sections[s]->n;
	}
	return NULL;
}

const struct rp_rule *
rp_rule_find(const char *id)
{
	for (size_t s = 0; s < rp_n_rule_sections; s++)
		for (size_t i = 0; i < rp_rule_sections[s]->n; i++)
			if (strcmp(rp_rule_sections[s]->row[i].id, id) == 0)
				return &rp_rule_sections[s]->row[i];
	return NULL;
}

const char *
rp_severity_word(enum rp_severity severity)
{
	static const char *const words[] = {
		[RP_MUST] = "MUST",
		[RP_MUST_NOT] = "MUST NOT",
		[RP_SHOULD] = "SHOULD",
		[RP_MAY] = "MAY",
		[RP_EXPECTED] = "EXPECTED",
	};

	return words[severity];
}

const char *
rp_keyed_word(const struct rp_rule *rule)
{
	static const char *const words[] = {
		[RP_KEYED_AWARE] = "awareness",
		[RP_KEYED_NOTICE] = "receipt of the report",
		[RP_KEYED_RECORDED] = "record of the revocation",
		[RP_KEYED_DEADLINE] = "the deadline that was missed",
		[RP_KEYED_DISCLOSED] = "first public disclosure",
		[RP_KEYED_POST] = "the post or question",
		[RP_KEYED_STATUS] = "the CRL or OCSP response",
		[RP_KEYED_ISSUED] = "issuance",
		[RP_KEYED_EVENT] = "the event",
		[RP_KEYED_EXPIRY] = "expiry of the certificate",
		[RP_KEYED_TODAY] = "the day of the check",
	};

	return words[rule->terms->keyed_on];
}

const char *
rp_clock_word(const struct rp_rule *rule)
{
	const struct rp_rule_terms *terms = rule->terms;
	bool content = rp_span_s(rule->limit) == 0;

	switch (terms->anchor) {
	case RP_ANCHOR_AWARE:
		return "awareness";
	case RP_ANCHOR_NOTICE:
		return "receipt of the report";
	case RP_ANCHOR_FACT:
		return rp_fact_text(terms->starts);
	case RP_ANCHOR_RULE:
		return "the first day of the rule";
	case RP_ANCHOR_NONE:
		break;
	}
	/*
	 * Without a limit only what must be done by a deadline, or soon, has a
	 * clock; the rest must be right from the start, or always.
	 */
	if (content && terms->keyed_on != RP_KEYED_AWARE &&
	    terms->keyed_on != RP_KEYED_NOTICE &&
	    terms->keyed_on != RP_KEYED_DEADLINE)
		return "";
	return rp_keyed_word(rule);
}

const char *
rp_scope_word(const struct rp_rule *rule)
{
	static const char *const words[] = {
		[RP_SCOPE_INCIDENT] = "the incident",
		[RP_SCOPE_DUTY] = "all certificates",
		[RP_SCOPE_SUBSCRIBER] = "subscriber certificates",
		[RP_SCOPE_CA] = "subordinate CA certificates",
	};

	/* What always holds is no matter of an incident. */
	if (rule->terms->keyed_on == RP_KEYED_TODAY)
		return "the CA";
	return words[rule->terms->scope];
}

bool
rp_rule_for_profile(const struct rp_rule *rule, enum rp_profile profile)
{
	return (rule->terms->profiles >> profile & 1u) != 0;
}
