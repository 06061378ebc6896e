/*
 * rules/templates.c - the templates of incident reports, edition by edition.
 *
 * One list serves the rule against outdated templates and the drafts of
 * reports.  A template is in force until the next one supersedes it.
 */
#include <string.h>

#include "revplan/rules.h"

static const struct rp_template templates[] = {
	{ "wiki", "Mozilla wiki, Responding To An Incident", "2017-08-15",
	    "2023-02-15", RP_TEMPLATE_SEVEN_TOPICS },
	{ "irg-1.0", "CCADB Incident Reporting Guidelines 1.0", "2023-02-15",
	    "2023-10-17", RP_TEMPLATE_SEVEN_TOPICS },
	{ "irg-2.0", "CCADB Incident Reporting Guidelines 2.0", "2023-10-17",
	    "2025-03-01", RP_TEMPLATE_SECTIONS },
	{ "irg-3.0", "CCADB Incident Reporting Guidelines 3.0", "2025-03-01",
	    "2025-07-15", RP_TEMPLATE_PRESCRIBED },
	{ "irg-3.1", "CCADB Incident Reporting Guidelines 3.1", "2025-07-15",
	    "2026-03-20", RP_TEMPLATE_PRESCRIBED },
	{ "irg-3.2", "CCADB Incident Reporting Guidelines 3.2", "2026-03-20",
	    NULL, RP_TEMPLATE_PRESCRIBED },
};

#define N_TEMPLATES (sizeof(templates) / sizeof(templates[0]))

static struct rp_instant
midnight_of(const char *date)
{
	struct rp_civil civil;

	/* A test proves that every date of the table can be read. */
	if (rp_civil_parse(date, &civil, NULL) != RP_OK)
		return rp_instant_of_s(0);
	return rp_instant_of_civil(civil);
}

const struct rp_template *
rp_template_at(struct rp_instant t)
{
	for (size_t i = N_TEMPLATES; i > 0; i--)
		if (rp_instant_cmp(midnight_of(templates[i - 1].from), t) <= 0)
			return &templates[i - 1];
	return NULL;
}

const struct rp_template *
rp_template_find(const char *name)
{
	for (size_t i = 0; i < N_TEMPLATES; i++)
		if (strcmp(templates[i].name, name) == 0)
			return &templates[i];
	return NULL;
}

bool
rp_template_superseded(const struct rp_template *tmpl, struct rp_instant *when)
{
	if (tmpl->until == NULL)
		return false;
	*when = midnight_of(tmpl->until);
	return true;
}
