/*
 * judge/claims.c - the ledger of what was said, and its words.
 */
#include "judge/claims.h"

#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/mem.h"
#include "check/judging.h"

/* A text that belongs to the ledger. */
struct text {
	struct text *next;
	char bytes[];
};

struct rp_claims {
	struct rp_said_row *row;
	size_t n, room, findings;
	struct text *texts;
};

/* ---- words -------------------------------------------------------------- */

const char *
rp_said_kind_word(enum rp_said_kind kind)
{
	static const char *const words[] = {
		[RP_SAID_PROMISE] = "promise",
		[RP_SAID_COMMITMENT] = "commitment",
		[RP_SAID_NEXT_UPDATE] = "next-update",
		[RP_SAID_STATEMENT] = "statement",
		[RP_SAID_FIGURE] = "figure",
		[RP_SAID_CAPACITY] = "capacity",
		[RP_SAID_REQUEST] = "request",
	};

	return words[kind];
}

const char *
rp_said_verdict_word(enum rp_said_verdict verdict)
{
	static const char *const words[] = {
		[RP_SAID_KEPT] = "kept",
		[RP_SAID_SLIPPED] = "slipped",
		[RP_SAID_OPEN] = "open",
		[RP_SAID_OVERDUE] = "overdue",
		[RP_SAID_CHANGED] = "changed",
		[RP_SAID_SILENTLY_CHANGED] = "silently-changed",
		[RP_SAID_AGREES] = "agrees",
		[RP_SAID_CONTRADICTED] = "contradicted",
		[RP_SAID_WITHDRAWN] = "withdrawn",
		[RP_SAID_UNDECIDED] = "undecided",
	};

	return words[verdict];
}

void
rp_say(struct rp_sentence *s, const char *fmt, ...)
{
	char *end = s->text + s->len;
	va_list ap;

	va_start(ap, fmt);
	(void)vsnprintf(end, sizeof(s->text) - s->len, fmt, ap);
	va_end(ap);
	s->len += strlen(rp_whole_letters(end));
}

void
rp_say_note(struct rp_sentence *s, const char *note)
{
	if (note != NULL)
		rp_say(s, "%sNote: %.300s.", s->len > 0 ? " " : "", note);
}

/* ---- rows --------------------------------------------------------------- */

void
rp_said_decide(struct rp_said_row *row, enum rp_said_verdict verdict)
{
	row->verdict = verdict;
	row->finding = row->kind != RP_SAID_REQUEST &&
	    (verdict == RP_SAID_SLIPPED || verdict == RP_SAID_OVERDUE ||
	    verdict == RP_SAID_SILENTLY_CHANGED ||
	    verdict == RP_SAID_CONTRADICTED);
}

static const char *
keep(struct rp_claims *rows, const char *bytes)
{
	size_t len = strlen(bytes) + 1;
	struct text *t = rp_alloc_zeroed(1, sizeof(*t) + len);

	if (t == NULL)
		return NULL;
	memcpy(t->bytes, bytes, len);
	t->next = rows->texts;
	rows->texts = t;
	return t->bytes;
}

static bool
make_room(struct rp_claims *rows)
{
	size_t room = rows->room == 0 ? 32 : rows->room * 2;
	struct rp_said_row *row;

	if (rows->n < rows->room)
		return true;
	row = rp_alloc_zeroed(room, sizeof(*row));
	if (row == NULL)
		return false;
	if (rows->n > 0)
		memcpy(row, rows->row, rows->n * sizeof(*row));
	rp_release_mem(rows->row);
	rows->row = row;
	rows->room = room;
	return true;
}

rp_status
rp_said_add(struct rp_ledger *l, const struct rp_said_row *row,
    const struct rp_sentence *detail)
{
	struct rp_claims *rows = l->rows;
	struct rp_said_row copy = *row;
	bool ok = make_room(rows);

	copy.what = keep(rows, row->what);
	ok = ok && copy.what != NULL;
	copy.detail = NULL;
	if (detail != NULL && detail->len > 0) {
		copy.detail = keep(rows, detail->text);
		ok = ok && copy.detail != NULL;
	}
	if (!ok)
		return rp_fail(l->err, RP_ENOMEM,
		    "out of memory for the ledger of claims");
	rows->findings += copy.finding;
	rows->row[rows->n++] = copy;
	return RP_OK;
}

/*
 * What carries no date stands last, by when it is due; the rest of one moment
 * as it stands in the case.  Lines would not do: in a store they are those of
 * several files.
 */
static int
by_said(const void *a, const void *b)
{
	const struct rp_said_row *x = *(const struct rp_said_row *const *)a;
	const struct rp_said_row *y = *(const struct rp_said_row *const *)b;
	struct rp_when p = x->has_said ? x->said : x->due;
	struct rp_when q = y->has_said ? y->said : y->due;
	int c = (int)y->has_said - (int)x->has_said;

	if (c == 0)
		c = rp_instant_cmp(p.from, q.from);
	if (c == 0)
		c = rp_instant_cmp(p.until, q.until);
	if (c == 0)
		c = (int)x->kind - (int)y->kind;
	return c != 0 ? c : (x > y) - (x < y);
}

static rp_status
sort_rows(struct rp_claims *rows, struct rp_err *err)
{
	const struct rp_said_row **at = rp_alloc_zeroed(rows->n, sizeof(*at));
	struct rp_said_row *sorted = rp_alloc_zeroed(rows->n, sizeof(*sorted));

	if (at == NULL || sorted == NULL) {
		rp_release_mem(at);
		rp_release_mem(sorted);
		return rp_fail(err, RP_ENOMEM,
		    "out of memory for the ledger of claims");
	}
	for (size_t i = 0; i < rows->n; i++)
		at[i] = &rows->row[i];
	qsort(at, rows->n, sizeof(*at), by_said);
	for (size_t i = 0; i < rows->n; i++)
		sorted[i] = *at[i];
	rp_release_mem(at);
	rp_release_mem(rows->row);
	rows->row = sorted;
	rows->room = rows->n;
	return RP_OK;
}

/* ---- the whole ---------------------------------------------------------- */

/* Of two that begin together the later one in the file counts. */
static int
scopes_by_begin(const void *a, const void *b)
{
	const struct rp_fact *x = *(const struct rp_fact *const *)a;
	const struct rp_fact *y = *(const struct rp_fact *const *)b;
	int c = rp_instant_cmp(x->at.from, y->at.from);

	return c != 0 ? c : (x > y) - (x < y);
}

static rp_status
look(struct rp_ledger *l)
{
	const struct rp_case *cs = l->cs;

	l->rows = rp_alloc_zeroed(1, sizeof(*l->rows));
	l->fact = rp_alloc_zeroed(cs->n_facts, sizeof(const void *));
	l->scope = rp_alloc_zeroed(cs->n_facts, sizeof(const void *));
	l->post = rp_alloc_zeroed(cs->n_updates, sizeof(const void *));
	l->judged = rp_alloc_zeroed(cs->n_claims, sizeof(*l->judged));
	if (l->rows == NULL || l->fact == NULL || l->scope == NULL ||
	    l->post == NULL || l->judged == NULL)
		return rp_fail(l->err, RP_ENOMEM,
		    "out of memory for the ledger of claims");
	/* Who does not promise anything cannot keep it. */
	for (size_t i = 0; i < cs->n_claims; i++)
		l->judged[i].verdict = RP_SAID_UNDECIDED;
	for (size_t i = 0; i < cs->n_facts; i++) {
		l->fact[i] = &cs->fact[i];
		if (cs->fact[i].kind == RP_FACT_CLOSED && (l->closed == NULL ||
		    rp_instant_cmp(rp_when_last(cs->fact[i].at),
		    rp_when_last(l->closed->at)) < 0))
			l->closed = &cs->fact[i];
		if (cs->fact[i].kind == RP_FACT_SCOPE)
			l->scope[l->n_scopes++] = &cs->fact[i];
	}
	for (size_t i = 0; i < cs->n_updates; i++)
		l->post[i] = &cs->update[i];
	rp_sort_facts(l->fact, cs->n_facts);
	qsort(l->scope, l->n_scopes, sizeof(*l->scope), scopes_by_begin);
	rp_sort_posts(l->post, cs->n_updates);
	return rp_series_init(&l->series, cs, l->as_of, l->view, l->err);
}

rp_status
rp_claims(const struct rp_case *cs, struct rp_when as_of, enum rp_view view,
    struct rp_claims **out, struct rp_err *err)
{
	/* Statements lean on what the promises before them came to. */
	static rp_status (*const parts[])(struct rp_ledger *) = {
		rp_said_promises, rp_said_commitments, rp_said_next_updates,
		rp_said_requests, rp_said_statements, rp_said_figures,
		rp_said_capacities
	};
	struct rp_ledger l = { .cs = cs, .as_of = as_of, .view = view,
	    .now = rp_when_last(as_of), .err = err };
	rp_status rc;

	rc = look(&l);
	for (size_t i = 0; i < sizeof(parts) / sizeof(parts[0]) &&
	    rc == RP_OK; i++)
		rc = parts[i](&l);
	if (rc == RP_OK)
		rc = sort_rows(l.rows, err);
	if (rc == RP_OK) {
		*out = l.rows;
		l.rows = NULL;
	}
	rp_claims_free(l.rows);
	rp_series_release(&l.series);
	rp_release_mem(l.judged);
	rp_release_mem(l.post);
	rp_release_mem(l.scope);
	rp_release_mem(l.fact);
	return rc;
}

void
rp_claims_free(struct rp_claims *l)
{
	struct text *next;

	if (l == NULL)
		return;
	for (struct text *t = l->texts; t != NULL; t = next) {
		next = t->next;
		rp_release_mem(t);
	}
	rp_release_mem(l->row);
	rp_release_mem(l);
}

const struct rp_said_row *
rp_claims_rows(const struct rp_claims *l, size_t *n)
{
	*n = l->n;
	return l->row;
}

size_t
rp_claims_findings(const struct rp_claims *l)
{
	return l->findings;
}
