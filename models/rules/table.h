/*
 * rules/table.h - what the rows of the table are written with.
 *
 * The table stands in sections, one file each; rules_table.c puts them
 * together.  Every row names its check function, and tests/support has its
 * verdicts: met, breached and undecided.
 */
#ifndef RP_RULES_TABLE_H
#define RP_RULES_TABLE_H

#include "rules/terms.h"

#define HOURS(n) { INT64_C(3600) * (n) }
#define DAYS(n) { INT64_C(86400) * (n) }

#define TERMS (const struct rp_rule_terms)

#define RP_SECTION(rows) { rows, sizeof(rows) / sizeof((rows)[0]) }

#endif /* RP_RULES_TABLE_H */
