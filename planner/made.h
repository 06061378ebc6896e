/*
 * planner/made.h - what revplan worked out, as items for a store.
 *
 * A plan and a forecast become the same KEY=VALUE pairs that somebody would
 * type for them; what the user says about them is added to these.
 */
#ifndef RP_MADE_H
#define RP_MADE_H

#include "cmd.h"

#define MADE_PAIRS 64

/* Zero-initialise; give back with made_release(). */
struct made {
	char *own[MADE_PAIRS];		/* "key=value", ours */
	size_t n;
	bool failed;			/* no memory, or too many */
};

void made_add(struct made *m, const char *fmt, ...) RP_PRINTF(2, 3);

/* A text that a stranger wrote: nothing in it is syntax. */
void made_add_text(struct made *m, const char *key, const char *text);
void made_release(struct made *m);

/* metric, of, milestones, note. */
void made_plan(struct made *m, const struct rp_schedule *s);

/* as_of, metric, p10 .. p90, never, explained, trials, seed. */
void made_forecast(struct made *m, const struct rp_forecast *fc);

/* Whether one of the pairs is KEY=... */
bool made_has(const char *const *pair, size_t n, const char *key);

/* ---- save.c ------------------------------------------------------------- */

/* Add it to a store, and say what came of it.  Errors: rp_store_record(). */
RP_CHECKED rp_status cmd_save(const char *path, const char *kind,
    const struct made *m, struct rp_err *err);

/* RP_EUSAGE unless the case is a store; what needs one is told. */
RP_CHECKED rp_status cmd_needs_store(const struct cmd_args *args,
    const char *what, struct rp_err *err);

#endif /* RP_MADE_H */
