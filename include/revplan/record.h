/*
 * revplan/record.h - what was planned, what happened and what was said.
 *
 * Stage 1.  Reads: instant.h units.h reason.h quantity.h fact.h.  Read by:
 * case.h, which holds the lists of these, and everything later.
 */
#ifndef RP_RECORD_H
#define RP_RECORD_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "revplan/fact.h"
#include "revplan/instant.h"
#include "revplan/quantity.h"
#include "revplan/reason.h"
#include "revplan/units.h"

/*
 * What every recorded item has.  Nothing is rewritten: a correction is an
 * item of its own that names the one that it replaces, and that one stays.
 * An item with `retracted` says nothing but that what it replaces was an
 * error.  rp_case_view() leaves out what was corrected by then.
 */
struct rp_mark {
	const char *id;		/* how others name it; NULL: nobody does */
	int replaces;		/* index in the same list, or -1 */
	int replaced_by;	/* index in the same list, or -1 */
	const char *retracted;	/* why, or NULL */
};

/* Which state a share counts, in the source's own sense. */
enum rp_metric {
	RP_METRIC_REISSUED,
	RP_METRIC_REPLACED,
	RP_METRIC_REVOKED,
	RP_METRIC_GONE,			/* revoked or expired */
	RP_METRICS
};

/* "reissued", "replaced", "revoked", "gone". */
const char *rp_metric_word(enum rp_metric metric);

/* A share or a number, as the source printed it. */
struct rp_amount {
	bool known;
	bool is_count;
	struct rp_count count;		/* when is_count */
	struct rp_share share;		/* otherwise */
	unsigned decimals;		/* how the source rounded the share */
	struct rp_origin origin;
};

struct rp_milestone {
	struct rp_when by;		/* done by the end of it */
	struct rp_share share;
	struct rp_origin origin;
};

struct rp_plan {
	struct rp_mark mark;
	struct rp_when published;
	bool has_published;
	enum rp_metric metric;
	size_t n_milestones;
	const struct rp_milestone *milestone;	/* by date, ascending */
	bool has_of;
	struct rp_count of;		/* the base of its shares, as printed */
	const char *notice;		/* where it was said openly that, and
					 * why, the plan before it changed */
	const char *note;		/* or NULL */
	struct rp_origin origin;
};

enum rp_bound { RP_BOUND_NONE, RP_BOUND_AT_LEAST, RP_BOUND_AT_MOST };

struct rp_actual {
	struct rp_mark mark;
	struct rp_when as_of;
	bool has_published;
	struct rp_when published;	/* when the world could know */
	enum rp_bound bound;
	int population;			/* index, or -1: all of them */
	struct rp_amount metric[RP_METRICS];
	bool has_of;
	struct rp_count of;		/* the base of its shares, as printed */
	struct rp_amount expired;	/* all that expired unrevoked */
	struct rp_amount expired_late;	/* of these: after the deadline */
	struct rp_amount held;		/* of the remaining: must stay */
	struct rp_amount remaining;
	const char *note;
	struct rp_origin origin;
};

/*
 * A dated event that rules need.  Which keys a kind takes is in the table of
 * planner/read/facts.c; what a kind does not take has its zero value.
 */
struct rp_fact {
	struct rp_mark mark;
	enum rp_fact_kind kind;
	enum rp_fact_kind of;		/* not-done: what had not been done */
	struct rp_when at;
	bool has_published;
	struct rp_when published;
	enum rp_recipient to;		/* preliminary reports, not-done */
	int duty;			/* index; -1: not said */
	bool has_certificates;		/* false: all affected */
	struct rp_count certificates;
	bool has_subscribers;		/* whose they are */
	struct rp_count subscribers;
	struct rp_when due;		/* next-update: the agreed date */
	int answers;			/* answer: index of its question among
					 * the facts, or -1: not said */
	enum rp_crl_reason crl_reason;	/* of the entry, or NOT_SAID */
	bool has_dated;
	struct rp_when dated;		/* revocationDate of the entry */
	bool has_certificate;
	enum rp_certificate certificate; /* of a CRL: whose revocations */
	bool has_ocsp;
	bool ocsp;			/* of a CRL: every certificate that it
					 * is for points to OCSP */
	bool has_next;
	struct rp_when next;		/* nextUpdate of a CRL or response */
	bool has_expires;
	struct rp_when expires;		/* notAfter */
	bool has_listed;
	struct rp_when listed;		/* thisUpdate of the last CRL that had
					 * the entry */
	enum rp_issued_key key;
	bool faulty;			/* issued with the fault at hand */
	double validity_s;		/* both ends counted; 0: not said */
	bool has_validated;
	struct rp_when validated;	/* domain or address validation */
	bool has_identified;
	struct rp_when identified;	/* validation of the identity */
	const char *version;		/* of the template: "irg-3.1", "wiki" */
	uint64_t has;			/* RP_FIELD_BIT: on record as there */
	uint64_t lacks;			/* on record as missing */
	const char *by;			/* who did or said it, or NULL */
	const char *note;
	struct rp_origin origin;
};

/* What a commitment is measured by. */
enum rp_commitment_rule {
	RP_COMMITMENT_PROMISE,		/* its own word: an expectation */
	RP_COMMITMENT_CPS		/* CP or CPS: binding on the CA */
};

/* Of an action item; RP_ACTION_NONE: the commitment is not one. */
enum rp_action { RP_ACTION_NONE, RP_ACTION_PREVENT, RP_ACTION_MITIGATE,
    RP_ACTION_DETECT };

struct rp_commitment {
	struct rp_mark mark;
	size_t number;			/* from 1: its place in the file, or
					 * that of what it corrects; 0 until
					 * rp_case_view() */
	const char *what;
	bool has_said;
	struct rp_when said;		/* when it was promised */
	enum rp_commitment_rule rule;
	const char *section;		/* of the CP or CPS, or NULL */
	/*
	 * Either a date, or a time within which a fact `then` follows each
	 * fact `after`.  With neither nothing can be judged, which the reader
	 * refuses.
	 */
	bool has_due;
	struct rp_when due;
	double within_s;		/* 0: a date */
	enum rp_fact_kind after;
	enum rp_fact_kind then;
	enum rp_action kind;
	const char *criteria;		/* how one can tell that it works */
	const char *cause;		/* which root cause it answers */
	bool has_cancelled;
	struct rp_when cancelled;
	const char *evidence;		/* or NULL */
	bool has_done;
	struct rp_when done;
	bool has_published;
	struct rp_when published;	/* when its outcome became public */
	struct rp_origin origin;
};

/* A post by the CA on the public bug. */
struct rp_update {
	struct rp_mark mark;
	struct rp_when at;
	const char *note;
	struct rp_origin origin;
};

/* What a promise is about: where its outcome is looked for. */
enum rp_about {
	RP_ABOUT_OTHER,		/* in the claim itself: `done` */
	RP_ABOUT_REVOCATION,	/* facts `revoked` of the duty */
	RP_ABOUT_REPLACEMENT,	/* actuals of the population */
	RP_ABOUT_KEY_DESTRUCTION, /* facts `key-destroyed` of the duty */
	RP_ABOUT_NEXT_UPDATE,	/* the posts after it */
	RP_ABOUTS
};

/* "other", "revocation", "replacement", "key-destruction", "next-update". */
const char *rp_about_word(enum rp_about about);

/*
 * A sentence said in public: a pace, a promise with its date, or a statement
 * that something happened.  One claim may be several of these.
 */
struct rp_claim {
	struct rp_mark mark;
	struct rp_when said;
	int population;			/* index, or -1 */
	int duty;			/* index, or -1: not said */
	/* a pace */
	bool has_rate;
	struct rp_rate rate;
	bool has_duration;
	enum rp_bound duration_bound;
	struct rp_span duration;
	/* a promise */
	const char *promise;		/* or NULL */
	enum rp_about about;
	bool has_share;
	struct rp_share share;		/* of the base; default: all */
	bool has_by;
	struct rp_when by;
	int changes;			/* index of the earlier promise that it
					 * openly changes, or -1 */
	bool has_done;
	struct rp_when done;		/* its outcome, where no fact has it */
	const char *evidence;		/* of `done`, or NULL */
	/* a statement of a fact */
	bool has_fact;
	enum rp_fact_kind fact;
	bool has_at;
	struct rp_when at;		/* when it is said to have happened */
	bool has_certificates;
	struct rp_count certificates;
	/* a statement that earlier promises were kept */
	size_t n_kept;
	const int *kept;		/* indices of claims */
	bool has_withdrawn;
	struct rp_when withdrawn;	/* when the CA took it back */
	const char *note;
	struct rp_origin origin;
};

struct rp_request {
	struct rp_mark mark;
	struct rp_when asked;
	struct rp_when finish_by;
	struct rp_origin origin;
};

/* A forecast as it was made, and perhaps published. */
struct rp_forecast_made {
	struct rp_mark mark;
	struct rp_when as_of;
	bool has_published;
	struct rp_when published;
	enum rp_metric metric;
	bool has[4];			/* false: beyond the horizon */
	struct rp_instant q[4];		/* 10, 50, 80, 90 % */
	struct rp_share never;		/* of the trials, at the horizon */
	bool explained;			/* whether the model could explain the
					 * actuals */
	uint64_t trials;
	uint64_t seed;
	const char *note;
	struct rp_origin origin;
};

#endif /* RP_RECORD_H */
