/*
 * planner/read/bugzilla.h - a bug as its REST interface gave it, and what a
 * case can take from it.
 *
 * What was saved is read as it is (bugzilla.c), then it is said who wrote what
 * (bug_people.c) and what a comment is (bug_text.c); bug_facts.c makes facts
 * and updates of it.  None of this knows what is on record already.
 */
#ifndef RP_READ_BUGZILLA_H
#define RP_READ_BUGZILLA_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>

#include "read/doc.h"
#include "revplan/err.h"
#include "revplan/fact.h"
#include "revplan/instant.h"

#define RP_BUG_BYTES ((size_t)64 << 20)	/* of one file */
#define RP_BUG_VALUES 1000000		/* of one file, or memory runs out */
#define RP_BUG_FILES 16
#define RP_BUG_COMMENTS 10000
#define RP_BUG_CHANGES 10000		/* that matter here */
#define RP_BUG_NAME 255			/* bytes of the name of an author */

/* The bytes of a file, and what messages call it; all borrowed. */
struct rp_bug_file {
	const char *name;
	const char *bytes;
	size_t len;
};

/* Authors, whole or up to the "@"; the case of letters does not count. */
struct rp_bug_names {
	size_t n;
	const char *const *name;
};

struct rp_bug_who {
	struct rp_bug_names ca;
	struct rp_bug_names program;	/* root programs; may be empty */
};

enum rp_bug_role { RP_BUG_OTHER, RP_BUG_CA, RP_BUG_PROGRAM, RP_BUG_ROBOT };

struct rp_bug_comment {
	uint32_t number;		/* 0: the description */
	struct rp_instant at;
	const char *by;
	const char *text;
	bool markdown;
	enum rp_bug_role role;		/* after rp_bug_roles() */
};

enum rp_bug_field { RP_BUG_STATUS, RP_BUG_WHITEBOARD };

enum rp_bug_next { RP_BUG_NONE, RP_BUG_DATE, RP_BUG_UNREADABLE };

/* One field that was changed, from the history. */
struct rp_bug_change {
	enum rp_bug_field field;
	struct rp_instant at;
	const char *by;
	const char *added;
	enum rp_bug_next next;		/* of the whiteboard as it then was */
	struct rp_civil due;
	enum rp_bug_role role;		/* after rp_bug_roles() */
};

struct rp_bug_json;			/* what the texts are borrowed from */

struct rp_bug {
	uint32_t number;
	bool has_fields;		/* creation .. resolved were there */
	struct rp_instant created;
	struct rp_instant changed;	/* last */
	const char *status;
	const char *resolution;		/* may be "" */
	const char *whiteboard;		/* may be "" */
	bool has_resolved;
	struct rp_instant resolved;
	bool has_comments;
	size_t n_comments;
	struct rp_bug_comment *comment;	/* by number */
	size_t n_private;		/* left out: they were not public */
	bool has_history;
	size_t n_changes;
	struct rp_bug_change *change;	/* by time */
	struct rp_bug_json *json;
};

/* ---- bugzilla.c --------------------------------------------------------- */

/*
 * Read what was saved of one bug, in one file or several: the bug, its
 * comments, its history.  Each answer is known by its content, and comes once.
 *
 *   *out  on RP_OK to be given back with rp_bug_release(); it borrows the
 *         names of the files, not their bytes
 *
 * RP_EINPUT  not JSON (err has the place), not what Bugzilla answers, of two
 *            bugs, without comments, or too much; RP_ENOMEM
 */
RP_CHECKED rp_status rp_bug_read(const struct rp_bug_file *file, size_t n,
    struct rp_bug *out, struct rp_err *err);
void rp_bug_release(struct rp_bug *bug);

/* Whether bytes look like an answer of Bugzilla rather than a case. */
bool rp_bug_is_one(const char *bytes, size_t len);

/* ---- bug_people.c ------------------------------------------------------- */

/*
 * Say of each comment and change whose it is.  RP_EINPUT: a name that was
 * given wrote nothing; err has the one that is nearest.
 */
RP_CHECKED rp_status rp_bug_roles(struct rp_bug *bug,
    const struct rp_bug_who *who, struct rp_err *err);

/* ---- bug_text.c --------------------------------------------------------- */

#define RP_BUG_WORDS 240

enum rp_bug_report { RP_BUG_NO_REPORT, RP_BUG_PRELIMINARY, RP_BUG_FULL,
    RP_BUG_CLOSURE };

/* What a comment was recognised as, and by which words. */
struct rp_bug_look {
	enum rp_bug_report report;
	uint64_t has;			/* RP_FIELD_BIT of each section */
	char words[RP_BUG_WORDS];	/* "'incident report', 'timeline'" */
};

void rp_bug_look(const char *text, struct rp_bug_look *out);

/* Whether anything in it, what is quoted left out, is text or a question. */
bool rp_bug_says(const char *text);
bool rp_bug_asks(const char *text);

/* The date behind "Next update" on a whiteboard. */
enum rp_bug_next rp_bug_next_update(const char *whiteboard,
    struct rp_civil *out);

/* The tag that says that a revocation was late; NULL: there is none. */
const char *rp_bug_delay_tag(const char *whiteboard);

/* ---- bug_facts.c -------------------------------------------------------- */

/*
 * What a case can take from a bug, as a document of `facts` and `updates`.
 * Ids begin with rp_bug_prefix() and are the same each time.  What could not
 * be taken, or has to be looked at, is a line on notes (NULL: not said).
 * RP_ERANGE: more than a document holds; RP_ENOMEM.
 */
RP_CHECKED rp_status rp_bug_facts(const struct rp_bug *bug, FILE *notes,
    struct rp_doc **out, struct rp_err *err);

#define RP_BUG_PREFIX 32

/* "bug-1234567-".  Returns buf. */
const char *rp_bug_prefix(uint32_t number, char buf[RP_BUG_PREFIX]);

#endif /* RP_READ_BUGZILLA_H */
