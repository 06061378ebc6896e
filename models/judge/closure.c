/*
 * judge/closure.c - whether a report is ready to be closed.
 */
#include <stdarg.h>
#include <stdio.h>
#include <string.h>

#include "base/mem.h"
#include "judge/closing.h"
#include "rules/terms.h"

/* The closing of reports has had a section of its own since then. */
#define CLOSING_SINCE "2025-03-01"

#define RP_CLOSURE_WORD(name, word, text) [name] = { word, text },
static const struct {
	const char *word;
	const char *text;
} items[] = { RP_CLOSURE_LIST(RP_CLOSURE_WORD) };
#undef RP_CLOSURE_WORD

const char *
rp_closure_word(enum rp_closure_item item)
{
	return items[item].word;
}

const char *
rp_closure_text(enum rp_closure_item item)
{
	return items[item].text;
}

const char *
rp_closure_state_word(enum rp_closure_state state)
{
	static const char *const words[] = {
		[RP_CLOSURE_DONE] = "done",
		[RP_CLOSURE_OPEN] = "open",
		[RP_CLOSURE_UNDECIDED] = "undecided",
		[RP_CLOSURE_NOT_NEEDED] = "not needed",
	};

	return words[state];
}

/* ---- rows --------------------------------------------------------------- */

struct rp_closure_row *
rp_closing_row(struct rp_closing *c, enum rp_closure_item item, int duty)
{
	struct rp_closure_row *row = &c->closure->row[c->closure->n++];

	row->item = item;
	row->duty = duty;
	row->citation = c->citation;
	return row;
}

/* What does not fit is cut. */
void
rp_closing_say(struct rp_closure_row *row, enum rp_closure_state state,
    const char *fmt, ...)
{
	size_t len = strlen(row->detail);
	va_list ap;

	row->state = state;
	va_start(ap, fmt);
	(void)vsnprintf(row->detail + len, sizeof(row->detail) - len, fmt,
	    ap);
	va_end(ap);
	(void)rp_whole_letters(row->detail);
}

/* ---- facts -------------------------------------------------------------- */

bool
rp_closing_speaks_of(const struct rp_case *cs, const struct rp_fact *f,
    int duty)
{
	return duty < 0 || f->duty == duty || (f->duty < 0 &&
	    (cs->n_duties == 1 || !f->has_certificates));
}

const struct rp_fact *
rp_closing_last(const struct rp_closing *c, enum rp_fact_kind kind, int duty)
{
	const struct rp_fact *last = NULL;

	for (size_t i = 0; i < c->cs->n_facts; i++) {
		const struct rp_fact *f = &c->cs->fact[i];

		if (f->kind == kind && rp_closing_speaks_of(c->cs, f, duty) &&
		    (last == NULL || rp_instant_cmp(last->at.from,
		    f->at.from) <= 0))
			last = f;
	}
	return last;
}

/* The last word that something had not been done. */
static const struct rp_fact *
denial_of(const struct rp_closing *c, enum rp_fact_kind kind, int duty)
{
	const struct rp_fact *last = NULL;

	for (size_t i = 0; i < c->cs->n_facts; i++) {
		const struct rp_fact *f = &c->cs->fact[i];

		if (f->kind == RP_FACT_NOT_DONE && f->of == kind &&
		    rp_closing_speaks_of(c->cs, f, duty) && (last == NULL ||
		    rp_instant_cmp(last->at.from, f->at.from) <= 0))
			last = f;
	}
	return last;
}

/* Whether a rule asks for such a fact. */
static bool
asks_for(const struct rp_rule *rule, enum rp_fact_kind kind)
{
	if (kind == RP_FACT_FULL_REPORT &&
	    (rule->terms->check == rp_check_two_weeks ||
	    rule->terms->check == rp_check_fourteen_days))
		return true;
	return rule->terms->check == rp_check_once &&
	    rule->terms->ends == kind;
}

/* Whether a rule still waits for such a fact: then nobody has forgotten to
 * record it. */
static bool
is_still_due(const struct rp_closing *c, enum rp_fact_kind kind)
{
	const struct rp_finding *f;
	size_t n;

	f = rp_findings_rows(c->findings, &n);
	for (size_t i = 0; i < n; i++)
		if (f[i].verdict == RP_VERDICT_DUE &&
		    asks_for(f[i].rule, kind))
			return true;
	return false;
}

bool
rp_closing_given_up(const struct rp_closing *c, const struct rp_commitment *m)
{
	return m->has_cancelled && !m->has_done &&
	    rp_instant_cmp(m->cancelled.from, c->now) <= 0;
}

void
rp_closing_once(struct rp_closing *c, struct rp_closure_row *row,
    enum rp_fact_kind kind, int duty)
{
	const struct rp_fact *f = rp_closing_last(c, kind, duty), *denial;
	char at[RP_INSTANT_TEXT];

	if (f != NULL) {
		row->line = f->origin.line;
		rp_closing_say(row, RP_CLOSURE_DONE, "%s %s",
		    rp_fact_text(kind), rp_when_format(f->at, at));
		return;
	}
	denial = denial_of(c, kind, duty);
	if (denial != NULL) {
		row->line = denial->origin.line;
		rp_closing_say(row, RP_CLOSURE_OPEN, "on record as not done "
		    "by %s", rp_when_format(denial->at, at));
		return;
	}
	rp_closing_say(row, is_still_due(c, kind) ? RP_CLOSURE_OPEN :
	    RP_CLOSURE_UNDECIDED, "the case records no '%s'",
	    rp_fact_word(kind));
}

/* ---- all of it ---------------------------------------------------------- */

/* What is cited for each row that has nothing better. */
static const char *
citation_of(struct rp_instant now)
{
	struct rp_when since;

	if (rp_when_parse(CLOSING_SINCE, &since, NULL) == RP_OK &&
	    rp_instant_cmp(now, since.from) >= 0)
		return "CCADB IRG 3.0-, How are reports closed";
	return "an expectation: no text on closing was in force before "
	    CLOSING_SINCE;
}

rp_status
rp_closure(const struct rp_case *cs, const struct rp_findings *findings,
    const struct rp_claims *claims, struct rp_when as_of,
    struct rp_closure **out, struct rp_err *err)
{
	struct rp_closing c = { .cs = cs, .findings = findings,
	    .claims = claims, .as_of = as_of, .now = rp_when_last(as_of),
	    .err = err };
	rp_status rc;

	c.citation = citation_of(c.now);
	c.is_rule = strncmp(c.citation, "CCADB", 5) == 0;
	c.closure = rp_alloc_zeroed(1, sizeof(*c.closure));
	if (c.closure != NULL)
		c.closure->row = rp_alloc_zeroed(3 * cs->n_duties +
		    RP_CLOSURE_ITEMS, sizeof(*c.closure->row));
	if (c.closure == NULL || c.closure->row == NULL) {
		rc = rp_fail(err, RP_ENOMEM, "out of memory for the list");
		goto out;
	}
	if ((rc = rp_closing_revocation(&c)) != RP_OK)
		goto out;
	rp_closing_commitments(&c);
	if ((rc = rp_closing_questions(&c)) != RP_OK)
		goto out;
	rp_closing_reports(&c);
	*out = c.closure;
	c.closure = NULL;
out:
	rp_closure_free(c.closure);
	return rc;
}

void
rp_closure_free(struct rp_closure *c)
{
	if (c == NULL)
		return;
	rp_release_mem(c->row);
	rp_release_mem(c);
}

const struct rp_closure_row *
rp_closure_rows(const struct rp_closure *c, size_t *n)
{
	*n = c->n;
	return c->row;
}

bool
rp_closure_is_ready(const struct rp_closure *c)
{
	for (size_t i = 0; i < c->n; i++)
		if (c->row[i].state == RP_CLOSURE_OPEN ||
		    c->row[i].state == RP_CLOSURE_UNDECIDED)
			return false;
	return true;
}
