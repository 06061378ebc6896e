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

/* A pair as it was typed. */
void made_copy(struct made *m, const char *pair);
void made_release(struct made *m);

/* metric, of, milestones, note. */
void made_plan(struct made *m, const struct rp_schedule *s);

/* as_of, metric, p10 .. p90, never, explained, trials, seed. */
void made_forecast(struct made *m, const struct rp_forecast *fc);

/* Whether one of the pairs is KEY=... */
bool made_has(const char *const *pair, size_t n, const char *key);

/* ---- save.c ------------------------------------------------------------- */

/*
 * Add it to the store of a command, and say what came of it.  Errors are those
 * of cmd_store() and rp_store_record().
 */
RP_CHECKED rp_status cmd_save(const struct cmd_args *args, const char *kind,
    const struct made *m, struct rp_err *err);

/* RP_EUSAGE unless the case is a store; what needs one is told. */
RP_CHECKED rp_status cmd_needs_store(const struct cmd_args *args,
    const char *what, struct rp_err *err);

/*
 * Whether `record STORE forecast` is to make one: nothing but id, published,
 * source and note is said of it.
 */
bool cmd_makes_forecast(const struct cmd_args *args);

/* RP_EUSAGE where an option of a forecast was given for something else. */
RP_CHECKED rp_status cmd_forecast_only(const struct cmd_args *args,
    struct rp_err *err);

/* Make it, with what is said of it.  Errors: cmd_case(), cmd_forecast(). */
RP_CHECKED rp_status cmd_made_forecast(const struct cmd_args *args,
    struct made *m, struct rp_err *err);

#endif /* RP_MADE_H */
