/*
 * judge/closing_items.c - what was promised, and what was asked.
 */
#include <inttypes.h>
#include <stdio.h>

#include "base/mem.h"
#include "judge/closing.h"
#include "judge/update.h"

#define NAMED 4		/* open ones that a detail names */

/* What is settled of what there is. */
struct tally {
	uint64_t of, done;
	uint64_t unsure;	/* given up without words, or undecided */
	char open[320];		/* the first that are not */
	size_t len, named;
	uint32_t line;		/* of the first */
};

static void
name(struct tally *t, const char *what, uint32_t line)
{
	int n;

	if (t->named++ >= NAMED || t->len >= sizeof(t->open))
		return;
	n = snprintf(t->open + t->len, sizeof(t->open) - t->len,
	    line > 0 ? "%s'%.50s' (line %" PRIu32 ")" : "%s'%.50s'",
	    t->named > 1 ? ", " : "", what, line);
	t->len += n > 0 ? (size_t)n : 0;
	if (t->named == 1)
		t->line = line;
}

static void
count(const struct rp_closing *c, struct tally *t,
    const struct rp_commitment *m)
{
	bool given_up = rp_closing_given_up(c, m);

	t->of++;
	if (m->has_done || (given_up && m->evidence != NULL)) {
		t->done++;
		return;
	}
	t->unsure += given_up;
	name(t, m->what, m->origin.line);
}

/* Something is there to be told of. */
static void
say_tally(struct rp_closure_row *row, const struct tally *t)
{
	uint64_t open = t->of - t->done - t->unsure;

	row->has_count = true;
	row->count = t->done;
	row->of = t->of;
	row->line = t->line;
	if (open > 0)
		rp_closing_say(row, RP_CLOSURE_OPEN, "not done: ");
	else if (t->unsure > 0)
		rp_closing_say(row, RP_CLOSURE_UNDECIDED, "given up without "
		    "words why, or not to be told: ");
	else
		rp_closing_say(row, RP_CLOSURE_DONE, "all are settled");
	if (t->named > 0)
		rp_closing_say(row, row->state, "%s%s", t->open,
		    t->named > NAMED ? ", and others" : "");
}

static void
add_actions(struct rp_closing *c)
{
	struct rp_closure_row *row = rp_closing_row(c, RP_CLOSURE_ACTIONS,
	    -1);
	struct tally t = { 0 };

	for (size_t i = 0; i < c->cs->n_commitments; i++)
		if (c->cs->commitment[i].kind != RP_ACTION_NONE)
			count(c, &t, &c->cs->commitment[i]);
	if (t.of > 0)
		say_tally(row, &t);
	else if (c->is_rule)
		rp_closing_say(row, RP_CLOSURE_UNDECIDED, "the case records "
		    "no action item: no commitment with a 'kind'");
	else
		rp_closing_say(row, RP_CLOSURE_NOT_NEEDED,
		    "the case records no action item");
}

/* What was said outside of the list of commitments. */
static void
count_promise(struct tally *t, const struct rp_said_row *row)
{
	if (row->kind != RP_SAID_PROMISE)
		return;
	switch (row->verdict) {
	case RP_SAID_KEPT:
	case RP_SAID_SLIPPED:
		t->of++;
		t->done++;
		break;
	case RP_SAID_OPEN:
	case RP_SAID_OVERDUE:
	case RP_SAID_UNDECIDED:
		t->of++;
		t->unsure += row->verdict == RP_SAID_UNDECIDED;
		name(t, row->what, row->line);
		break;
	case RP_SAID_CHANGED:
	case RP_SAID_SILENTLY_CHANGED:
	case RP_SAID_AGREES:
	case RP_SAID_CONTRADICTED:
	case RP_SAID_WITHDRAWN:
		break;
	}
}

/* A time that always holds is never done; the rules judge it. */
static void
add_others(struct rp_closing *c)
{
	struct rp_closure_row *row = rp_closing_row(c,
	    RP_CLOSURE_COMMITMENTS, -1);
	const struct rp_said_row *said;
	struct tally t = { 0 };
	size_t n;

	for (size_t i = 0; i < c->cs->n_commitments; i++)
		if (c->cs->commitment[i].kind == RP_ACTION_NONE &&
		    c->cs->commitment[i].has_due)
			count(c, &t, &c->cs->commitment[i]);
	said = rp_claims_rows(c->claims, &n);
	for (size_t i = 0; i < n; i++)
		count_promise(&t, &said[i]);
	if (t.of > 0)
		say_tally(row, &t);
	else
		rp_closing_say(row, RP_CLOSURE_NOT_NEEDED,
		    "the case records no other commitment with a date");
}

void
rp_closing_commitments(struct rp_closing *c)
{
	add_actions(c);
	add_others(c);
}

/* ---- questions ---------------------------------------------------------- */

static void
name_questions(struct rp_closure_row *row, const struct rp_post *post)
{
	const struct rp_fact *f;
	char at[RP_INSTANT_TEXT];

	row->line = post->question[0].fact->origin.line;
	rp_closing_say(row, RP_CLOSURE_OPEN,
	    "no answer is on record to the questions of ");
	for (size_t i = 0; i < post->n_questions && i < NAMED; i++) {
		f = post->question[i].fact;
		rp_closing_say(row, RP_CLOSURE_OPEN, "%s%s (line %" PRIu32
		    ")", i > 0 ? ", " : "", rp_when_format(f->at, at),
		    f->origin.line);
	}
	if (post->n_questions > NAMED)
		rp_closing_say(row, RP_CLOSURE_OPEN, ", and others");
}

rp_status
rp_closing_questions(struct rp_closing *c)
{
	struct rp_closure_row *row = rp_closing_row(c, RP_CLOSURE_QUESTIONS,
	    -1);
	struct rp_post_sources src = { .now = c->cs, .as_of = c->as_of };
	struct rp_post post = { .n_questions = 0 };
	struct rp_posting p = { .src = &src, .post = &post, .err = c->err };
	rp_status rc = rp_post_questions(&p);

	for (size_t i = 0; i < c->cs->n_facts; i++)
		row->of += c->cs->fact[i].kind == RP_FACT_QUESTION;
	row->has_count = row->of > 0;
	row->count = row->of - post.n_questions;
	if (rc == RP_OK && row->of == 0)
		rp_closing_say(row, RP_CLOSURE_NOT_NEEDED,
		    "the case records no question");
	else if (rc == RP_OK && post.n_questions == 0)
		rp_closing_say(row, RP_CLOSURE_DONE, "all are answered");
	else if (rc == RP_OK)
		name_questions(row, &post);
	rp_release_mem((void *)(uintptr_t)post.question);
	return rc;
}
