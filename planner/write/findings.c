#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "revplan/dues.h"
#include "write/findings.h"

#define DAY_S INT64_C(86400)

static const struct {
	const char *heading;
	const char *one, *many;
} groups[RP_GROUPS] = {
	[RP_GROUP_DUE] = { "Still due", "still due", "still due" },
	[RP_GROUP_BREACHED] = { "Breached", "breach of a MUST",
	    "breaches of a MUST" },
	[RP_GROUP_LAPSED] = { "Lapses (expected or recommended, not a MUST)",
	    "lapse", "lapses" },
	[RP_GROUP_UNDECIDED] = { "Undecided", "undecided", "undecided" },
	[RP_GROUP_STANDING] = { "Standing duties of the CA, not on record",
	    "standing duty not on record",
	    "standing duties not on record" },
	[RP_GROUP_MET] = { "Met", "met", "met" },
};

const char *
rp_group_heading(enum rp_group group)
{
	return groups[group].heading;
}

/* "2 breaches of a MUST". */
static const char *
number_of(enum rp_group group, uint64_t n, char buf[RP_WORDS])
{
	return rp_words_number(n, groups[group].one, groups[group].many, buf);
}

static bool
is_must(const struct rp_finding *f)
{
	return f->rule->severity == RP_MUST ||
	    f->rule->severity == RP_MUST_NOT;
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

	if (f->verdict == RP_VERDICT_BREACHED && !is_must(f))
		return RP_GROUP_LAPSED;
	/* With a fact on record something is to be looked at. */
	if (f->verdict == RP_VERDICT_UNDECIDED && !f->has_met &&
	    f->line == 0 && rp_rule_is_standing(f->rule))
		return RP_GROUP_STANDING;
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

/* ---- order -------------------------------------------------------------- */

/* What the incident set off comes first: the rest has no hurry about it. */
static int
by_due(const struct rp_finding *x, const struct rp_finding *y)
{
	int c = (int)rp_rule_is_standing(x->rule) -
	    (int)rp_rule_is_standing(y->rule);

	if (c != 0)
		return c;
	if (x->has_due != y->has_due)
		return x->has_due ? -1 : 1;
	return x->has_due ? rp_instant_cmp(x->due.from, y->due.from) : 0;
}

static int
by_group(const void *a, const void *b)
{
	const struct rp_finding *x = *(const struct rp_finding *const *)a;
	const struct rp_finding *y = *(const struct rp_finding *const *)b;
	enum rp_group g = rp_finding_group(x), h = rp_finding_group(y);
	int c = 0;

	if (g != h)
		return g < h ? -1 : 1;
	if (g == RP_GROUP_DUE)
		c = by_due(x, y);
	else if (g == RP_GROUP_BREACHED || g == RP_GROUP_LAPSED)
		c = (int)y->still_open - (int)x->still_open;
	else if (g == RP_GROUP_UNDECIDED)
		c = (int)is_must(y) - (int)is_must(x);
	/* The rows stand by rule, in one array. */
	return c != 0 ? c : (x > y) - (x < y);
}

const struct rp_finding **
rp_findings_by_group(const struct rp_findings *f, size_t *n)
{
	const struct rp_finding *row = rp_findings_rows(f, n);
	const struct rp_finding **out = calloc(*n + 1,
	    sizeof(const struct rp_finding *));
	size_t i;

	if (out == NULL)
		return NULL;
	for (i = 0; i < *n; i++)
		out[i] = &row[i];
	qsort(out, *n, sizeof(const struct rp_finding *), by_group);
	return out;
}

size_t
rp_group_end(const struct rp_finding *const *f, size_t i, size_t n)
{
	enum rp_group group = rp_finding_group(f[i]);

	while (i < n && rp_finding_group(f[i]) == group)
		i++;
	return i;
}

/* ---- words -------------------------------------------------------------- */

const char *
rp_finding_overdue(const struct rp_finding *f, char buf[RP_WORDS])
{
	char span[RP_UNIT_TEXT];
	/* With neither an end nor the present as one it is a lower bound. */
	bool exact = f->has_due && !f->least &&
	    rp_when_is_exact(f->due) &&
	    (f->has_met ? rp_when_is_exact(f->met) : f->still_open &&
	    (f->open == 0 || f->open == f->count));

	(void)snprintf(buf, RP_WORDS, "%s%s%s", exact ? "" : "at least ",
	    rp_span_format(rp_span_of_s(f->overdue_s), span),
	    f->still_open && !f->least ? ", and still open" : "");
	return buf;
}

const char *
rp_words_ahead(struct rp_when due, struct rp_instant now,
    char buf[RP_WORDS])
{
	int64_t left = rp_span_s(rp_instant_between(now, due.from));
	bool exact = rp_when_is_exact(due);
	char span[RP_UNIT_TEXT];

	if (!exact && left < DAY_S)
		(void)snprintf(buf, RP_WORDS, "perhaps within a day");
	else
		(void)snprintf(buf, RP_WORDS, "in %s%s",
		    exact ? "" : "at least ",
		    rp_span_format(rp_span_of_s(left), span));
	return buf;
}

const char *
rp_finding_whose(const struct rp_finding *f, char buf[RP_WORDS])
{
	buf[0] = '\0';
	if (f->by != NULL)
		(void)snprintf(buf, RP_WORDS, "by the clock of '%.60s'",
		    f->by);
	else if (f->disputed)
		(void)snprintf(buf, RP_WORDS,
		    "by the clock that the case itself states");
	return rp_whole_letters(buf);
}

/* A group that is rarely filled is not told of while it is empty. */
void
rp_groups_words(const struct rp_findings *f, struct rp_text *out)
{
	char words[RP_WORDS];
	uint64_t n;
	int g;

	for (g = 0; g < RP_GROUPS; g++) {
		n = rp_group_count(f, (enum rp_group)g);
		if (n > 0 || g != RP_GROUP_STANDING)
			rp_text_printf(out, "%s%s", g > 0 ? ", " : "",
			    number_of((enum rp_group)g, n, words));
	}
}

const char *
rp_finding_kind(const struct rp_finding *f)
{
	return strcmp(f->id, f->rule->id) == 0 ? "" : ", as published";
}

void
rp_next_due_words(const struct rp_finding *first, const struct rp_case *cs,
    struct rp_instant now, struct rp_text *out)
{
	char at[RP_INSTANT_TEXT], words[RP_WORDS];

	if (rp_finding_group(first) != RP_GROUP_DUE || !first->has_due)
		return;
	rp_text_printf(out, "%s, %s: %s%s (%s",
	    rp_words_ahead(first->due, now, words),
	    rp_when_format(first->due, at), first->rule->title,
	    rp_finding_kind(first), first->id);
	if (cs != NULL && first->duty >= 0 && cs->n_duties > 1)
		rp_text_printf(out, ", duty '%s'",
		    cs->duty[first->duty].name);
	rp_text_puts(out, ")");
}
