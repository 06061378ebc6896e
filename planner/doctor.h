/*
 * planner/doctor.h - what this machine has of what revplan needs.
 *
 * Each probe adds lines to a table: what was looked for, whether it does, what
 * was found, and what to do about it.  A probe never fails: what it cannot
 * find out is a line as well.
 */
#ifndef RP_DOCTOR_H
#define RP_DOCTOR_H

#include <stdbool.h>

#include "revplan/err.h"
#include "revplan/table.h"

enum doctor_verdict {
	DOCTOR_OK,
	DOCTOR_NOTE,		/* worth knowing; every command works */
	DOCTOR_OLD,		/* there, but older than what is needed */
	DOCTOR_MISSING,
	DOCTOR_FAILS
};

struct doctor {
	struct rp_table *table;
	char unfit[200];	/* what some command needs and has not */
};

/* rp_table_free() the table. */
RP_CHECKED rp_status doctor_begin(struct doctor *d, struct rp_err *err);

/* One line; advice may be NULL. */
void doctor_say(struct doctor *d, const char *what,
    enum doctor_verdict verdict, const char *advice, const char *fmt, ...)
    RP_PRINTF(5, 6);

/* The program itself and the libraries that it was linked with. */
void doctor_libraries(struct doctor *d);

/* gnuplot and what it can draw; fonts. */
void doctor_pictures(struct doctor *d);

/* Language, terminal, time zones, processors, folders. */
void doctor_place(struct doctor *d);

/* A store in a temporary folder: made, added to, verified. */
void doctor_store(struct doctor *d);

/*
 * What a program prints, at most room - 1 bytes of it, without a shell.
 * false: it is not there, fails, or takes longer than ten seconds.
 */
bool doctor_run(const char *const *words, char *out, size_t room);

#endif /* RP_DOCTOR_H */
