/*
 * judge/closing_reports.c - which reports were filed, and what else is asked
 * for before the end.
 */
#include <ctype.h>
#include <string.h>

#include "judge/closing.h"
#include "check/judging.h"

/* A full report that came first is the first report as well. */
static void
add_first(struct rp_closing *c)
{
	struct rp_closure_row *row = rp_closing_row(c,
	    RP_CLOSURE_FIRST_REPORT, -1);

	rp_closing_once(c, row, rp_closing_last(c, RP_FACT_INCIDENT_DISCLOSED,
	    -1) == NULL && rp_closing_last(c, RP_FACT_FULL_REPORT, -1) != NULL ?
	    RP_FACT_FULL_REPORT : RP_FACT_INCIDENT_DISCLOSED, -1);
}

/* ---- a delay ------------------------------------------------------------ */

/* What the rules say of the deadlines. */
struct delay {
	bool late;		/* by the case's own clock */
	bool unsure;		/* it depends on what is not on record, or on
				 * whose clock one goes by */
	int untold;		/* a late duty without a report, or -1 */
};

static void
look_at(const struct rp_closing *c, const struct rp_finding *f,
    struct delay *d)
{
	bool breached = f->verdict == RP_VERDICT_BREACHED;

	d->unsure = d->unsure || f->verdict == RP_VERDICT_UNDECIDED ||
	    (breached && f->by != NULL);
	if (!breached || f->by != NULL)
		return;
	d->late = true;
	if (d->untold < 0 && rp_closing_last(c, RP_FACT_DELAY_DISCLOSED,
	    f->duty) == NULL)
		d->untold = f->duty;
}

static struct delay
look_for_delay(const struct rp_closing *c)
{
	struct delay d = { .untold = -1 };
	const struct rp_finding *f;
	size_t n;

	f = rp_findings_rows(c->findings, &n);
	for (size_t i = 0; i < n; i++)
		if ((f[i].rule->terms->tier != RP_TIER_NONE ||
		    f[i].rule->terms->check == rp_check_published) &&
		    f[i].rule->severity == RP_MUST)
			look_at(c, &f[i], &d);
	return d;
}

static void
add_delay(struct rp_closing *c)
{
	struct rp_closure_row *row = rp_closing_row(c,
	    RP_CLOSURE_DELAY_REPORT, -1);
	struct delay d = look_for_delay(c);

	if (d.untold >= 0)
		row->duty = d.untold;
	if (d.late || rp_closing_last(c, RP_FACT_DELAY_DISCLOSED, -1) != NULL)
		rp_closing_once(c, row, RP_FACT_DELAY_DISCLOSED, d.untold);
	else if (d.unsure)
		rp_closing_say(row, RP_CLOSURE_UNDECIDED, "it cannot be told "
		    "whether certificates were revoked late");
	else
		rp_closing_say(row, RP_CLOSURE_NOT_NEEDED,
		    "no certificate is late");
}

/* ---- the auditor -------------------------------------------------------- */

/* Whether a text has a word in it, in letters of either case. */
static bool
has_word(const char *text, const char *word)
{
	size_t len = strlen(word), i;

	for (; text != NULL && *text != '\0'; text++) {
		for (i = 0; i < len && tolower((unsigned char)text[i]) ==
		    word[i]; i++)
			;
		if (i == len)
			return true;
	}
	return false;
}

/* A commitment that speaks of an auditor, or of the end of a key. */
static bool
names_auditor(const struct rp_closing *c, const struct rp_commitment *m)
{
	if (rp_closing_given_up(c, m))
		return false;
	return (m->within_s > 0 && (m->then == RP_FACT_AUDITOR_LETTER ||
	    m->then == RP_FACT_KEY_DESTROYED)) ||
	    has_word(m->what, "auditor") || has_word(m->evidence, "auditor") ||
	    has_word(m->what, "key destruction");
}

/*
 * A destroyed key is believed when somebody saw it; for everything else the
 * status services can be asked.
 */
static const char *
why_auditor(const struct rp_closing *c)
{
	if (rp_closing_last(c, RP_FACT_KEY_DESTROYED, -1) != NULL)
		return "a private key was destroyed";
	for (size_t i = 0; i < c->cs->n_claims; i++)
		if (c->cs->claim[i].promise != NULL &&
		    c->cs->claim[i].about == RP_ABOUT_KEY_DESTRUCTION &&
		    !c->cs->claim[i].has_withdrawn)
			return "the destruction of a key was promised";
	for (size_t i = 0; i < c->cs->n_commitments; i++)
		if (names_auditor(c, &c->cs->commitment[i]))
			return "a commitment names it";
	return NULL;
}

static void
add_auditor(struct rp_closing *c)
{
	struct rp_closure_row *row = rp_closing_row(c, RP_CLOSURE_AUDITOR,
	    -1);
	const char *why = why_auditor(c);

	row->citation = "an expectation: what nobody else can see is proved "
	    "by an auditor";
	if (why == NULL) {
		rp_closing_say(row, RP_CLOSURE_NOT_NEEDED, "no private key "
		    "was destroyed, and no commitment names an auditor");
		return;
	}
	rp_closing_once(c, row, RP_FACT_AUDITOR_LETTER, -1);
	rp_closing_say(row, row->state, "; needed because %s", why);
}

/* ---- the end ------------------------------------------------------------ */

static void
add_next_update(struct rp_closing *c)
{
	struct rp_closure_row *row = rp_closing_row(c,
	    RP_CLOSURE_NEXT_UPDATE, -1);
	const struct rp_said_row *said;
	char due[RP_INSTANT_TEXT];
	bool any = false;
	size_t n;

	said = rp_claims_rows(c->claims, &n);
	for (size_t i = 0; i < n; i++) {
		if (said[i].kind != RP_SAID_NEXT_UPDATE)
			continue;
		any = true;
		if (said[i].verdict != RP_SAID_OPEN &&
		    said[i].verdict != RP_SAID_OVERDUE)
			continue;
		row->detail[0] = '\0';
		row->line = said[i].line;
		rp_closing_say(row, RP_CLOSURE_OPEN, "an update was agreed "
		    "for %s and is not posted",
		    rp_when_format(said[i].due, due));
	}
	if (row->detail[0] != '\0')
		return;
	rp_closing_say(row, any ? RP_CLOSURE_DONE : RP_CLOSURE_NOT_NEEDED,
	    "%s", any ? "no agreed date is still to come" :
	    "no date of an update was agreed");
}

/* Before there was a text on closing there was no such report. */
static void
add_closure_report(struct rp_closing *c)
{
	struct rp_closure_row *row = rp_closing_row(c, RP_CLOSURE_REPORT, -1);

	if (!c->is_rule && rp_closing_last(c, RP_FACT_CLOSURE_REPORT, -1) ==
	    NULL) {
		rp_closing_say(row, RP_CLOSURE_NOT_NEEDED,
		    "there was no template for one yet");
		return;
	}
	rp_closing_once(c, row, RP_FACT_CLOSURE_REPORT, -1);
	/* It is the last step, so nobody can have forgotten to record it. */
	if (row->state == RP_CLOSURE_UNDECIDED)
		rp_closing_say(row, RP_CLOSURE_OPEN, "; post it once the "
		    "rest is done");
}

void
rp_closing_reports(struct rp_closing *c)
{
	struct rp_closure_row *row;

	add_first(c);
	row = rp_closing_row(c, RP_CLOSURE_FULL_REPORT, -1);
	rp_closing_once(c, row, RP_FACT_FULL_REPORT, -1);
	add_delay(c);
	add_auditor(c);
	add_next_update(c);
	add_closure_report(c);
}
