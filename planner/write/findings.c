#include <stdio.h>

#include "write/findings.h"

static const struct {
	const char *heading;
	const char *one, *many;
} groups[RP_GROUPS] = {
	[RP_GROUP_BREACHED] = { "Breached", "breach of a MUST",
	    "breaches of a MUST" },
	[RP_GROUP_LAPSED] = { "Lapses (expected or recommended, not a MUST)",
	    "lapse", "lapses" },
	[RP_GROUP_UNDECIDED] = { "Undecided", "undecided", "undecided" },
	[RP_GROUP_DUE] = { "Still due", "still due", "still due" },
	[RP_GROUP_MET] = { "Met", "met", "met" },
};

const char *
rp_group_heading(enum rp_group group)
{
	return groups[group].heading;
}

const char *
rp_group_number(enum rp_group group, uint64_t n, char buf[RP_WORDS])
{
	return rp_words_number(n, groups[group].one, groups[group].many, buf);
}

enum rp_group
rp_finding_group(const struct rp_finding *f)
{
	static const enum rp_group of[] = {
		[RP_VERDICT_BREACHED] = RP_GROUP_BREACHED,
		[RP_VERDICT_DUE] = RP_GROUP_DUE,
		[RP_VERDICT_UNDECIDED] = RP_GROUP_UNDECIDED,
		[RP_VERDICT_MET] = RP_GROUP_MET,
	};
	bool must = f->rule->severity == RP_MUST ||
	    f->rule->severity == RP_MUST_NOT;

	if (f->verdict == RP_VERDICT_BREACHED && !must)
		return RP_GROUP_LAPSED;
	return of[f->verdict];
}

uint64_t
rp_group_count(const struct rp_findings *f, enum rp_group group)
{
	const struct rp_finding *row;
	uint64_t found = 0;
	size_t n, i;

	row = rp_findings_rows(f, &n);
	for (i = 0; i < n; i++)
		found += rp_finding_group(&row[i]) == group;
	return found;
}

const char *
rp_finding_overdue(const struct rp_finding *f, char buf[RP_WORDS])
{
	char span[RP_UNIT_TEXT];
	bool exact = f->has_due && rp_when_is_exact(f->due) &&
	    (!f->has_met || rp_when_is_exact(f->met));

	(void)snprintf(buf, RP_WORDS, "%s%s%s", exact ? "" : "at least ",
	    rp_span_format(rp_span_of_s(f->overdue_s), span),
	    f->still_open ? ", and still open" : "");
	return buf;
}
