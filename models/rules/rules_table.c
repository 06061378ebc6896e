/*
 * rules/rules_table.c - the sections of the table of rules.
 */
#include "rules/terms.h"

const struct rp_rule_section *const rp_rule_sections[] = {
	&rp_rules_revocation,
	&rp_rules_status,
	&rp_rules_issuance,
	&rp_rules_reports,
	&rp_rules_programs,
	&rp_rules_draft,
};

const size_t rp_n_rule_sections = sizeof(rp_rule_sections) /
    sizeof(rp_rule_sections[0]);
