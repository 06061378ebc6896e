/*
 * ledger.h - ledgers of claims from records written as in a case file, and
 * tables of the rows that must come of them.
 */
#ifndef TESTS_LEDGER_H
#define TESTS_LEDGER_H

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <string.h>

#include <cmocka.h>

#include "revplan/claims.h"
#include "support/bound.h"
#include "support/near.h"
#include "support/written.h"

#define COUNT(a) (sizeof(a) / sizeof((a)[0]))
#define TEXT 8192

/* Two duties, of two and of one certificate; 1,000 certificates to replace. */
static const char ledger_head[] =
    "revplan: 1\n"
    "incident: {id: t, certificate: subordinate-ca, profile: tls,\n"
    "  reason: not-per-requirements, aware: 2026-03-02, total: 1000}\n"
    "duties:\n"
    "- {name: a, certificates: 2}\n"
    "- {name: b, certificates: 1}\n"
    "populations:\n"
    "- {name: hosts, blocks: a, certificates: 400, subscribers: 1,\n"
    "   starts: 2026-03-02, path: [{wait: {time: 14 d, per: subscriber}},\n"
    "   {team: {rate: 10/working-day}}]}\n"
    "- {name: guess, certificates: {value: 600, basis: assumed},\n"
    "   subscribers: 1, starts: 2026-03-02,\n"
    "   path: [{team: {rate: 10/working-day}}]}\n";

struct ledger {
	struct bound b;
	struct rp_case *view;
	struct rp_claims *l;
};

static inline void
open_ledger(struct ledger *l, const char *record, const char *as_of,
    enum rp_view view)
{
	struct rp_when at = when(as_of);
	struct rp_err err = { 0 };
	char text[TEXT];

	(void)snprintf(text, sizeof(text), "%s%s", ledger_head, record);
	l->b = bind_text(text, ".");
	if (l->b.cs == NULL)
		fail_msg("%s\n%s", record, l->b.faults.n > 0 ?
		    l->b.faults.fault[0].text : "no case");
	if (rp_case_view(l->b.cs, &at, view, &l->view, &err) != RP_OK)
		fail_msg("%s", err.text);
	/* As the program has it: the view knows what lies under it. */
	l->view->under = l->b.cs;
	if (rp_claims(l->view, at, view, &l->l, &err) != RP_OK)
		fail_msg("%s", err.text);
}

static inline void
close_ledger(struct ledger *l)
{
	rp_claims_free(l->l);
	l->view->under = NULL;
	rp_case_free(l->view);
	bound_release(&l->b);
}

/* The first row of an id whose subject has these words; NULL: any words. */
static inline const struct rp_said_row *
find(const struct rp_claims *l, const char *id, const char *what)
{
	size_t n;
	const struct rp_said_row *row = rp_claims_rows(l, &n);

	for (size_t i = 0; i < n; i++) {
		if (id != NULL && (row[i].id == NULL ||
		    strcmp(row[i].id, id) != 0))
			continue;
		if (what == NULL || strstr(row[i].what, what) != NULL)
			return &row[i];
	}
	return NULL;
}

static inline bool
is_fault(enum rp_said_verdict v)
{
	return v == RP_SAID_SLIPPED || v == RP_SAID_OVERDUE ||
	    v == RP_SAID_SILENTLY_CHANGED || v == RP_SAID_CONTRADICTED;
}

/* least and most in days; both 0: not late. */
struct expected {
	const char *record;
	const char *as_of;
	const char *id;			/* NULL: none of its own */
	const char *what;
	enum rp_said_kind kind;
	enum rp_said_verdict verdict;
	double least, most;
	const char *detail;		/* words of it, or NULL */
};

static inline void
row_is(const struct rp_said_row *r, const struct expected *e)
{
	if (r == NULL)
		fail_msg("no row '%s' of\n%s", e->id != NULL ? e->id :
		    e->what, e->record);
	if (r->kind != e->kind || r->verdict != e->verdict)
		fail_msg("%s %s, not %s %s, of\n%s%s",
		    rp_said_kind_word(r->kind),
		    rp_said_verdict_word(r->verdict),
		    rp_said_kind_word(e->kind),
		    rp_said_verdict_word(e->verdict), e->record,
		    r->detail != NULL ? r->detail : "");
	assert_int_equal(r->finding, e->kind != RP_SAID_REQUEST &&
	    is_fault(e->verdict));
	assert_int_equal(r->has_late, e->most > 0);
	assert_near((double)r->late_least_s / 86400, e->least, 0.001);
	assert_near((double)r->late_most_s / 86400, e->most, 0.001);
	if (e->detail != NULL && (r->detail == NULL ||
	    strstr(r->detail, e->detail) == NULL))
		fail_msg("no '%s' in '%s' of\n%s", e->detail, r->detail !=
		    NULL ? r->detail : "", e->record);
}

static inline void
run(const struct expected *e, size_t n)
{
	for (size_t i = 0; i < n; i++) {
		struct ledger l;

		open_ledger(&l, e[i].record, e[i].as_of, RP_VIEW_INTERNAL);
		row_is(find(l.l, e[i].id, e[i].what), &e[i]);
		close_ledger(&l);
	}
}

#endif /* TESTS_LEDGER_H */
