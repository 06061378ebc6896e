/*
 * rules/rules.c - the table asked for its rows.
 */
#include <stdlib.h>
#include <string.h>

#include "rules/terms.h"

const struct rp_rule *
rp_rules(size_t *n)
{
	*n = rp_rule_rows;
	return rp_rule_table;
}

static int
by_id(const void *id, const void *rule)
{
	return strcmp(id, ((const struct rp_rule *)rule)->id);
}

const struct rp_rule *
rp_rule_find(const char *id)
{
	return bsearch(id, rp_rule_table, rp_rule_rows,
	    sizeof(rp_rule_table[0]), by_id);
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
