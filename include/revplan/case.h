/*
 * revplan/case.h - an incident as a case file states it.
 *
 * Stage 1.  Reads: instant.h units.h reason.h calendar.h quantity.h record.h.
 * Read by: everything later.
 *
 * Plain data.  One arena owns every array and string of a case; nothing in it
 * is changed once it was read, so any number of threads may share it.  Every
 * value knows where it stands in the file (line and column, 0 where it is a
 * default), on what it rests and who said it, so that a contradiction found
 * three stages later still points at the file.
 */
#ifndef RP_CASE_H
#define RP_CASE_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "revplan/calendar.h"
#include "revplan/err.h"
#include "revplan/instant.h"
#include "revplan/quantity.h"
#include "revplan/reason.h"
#include "revplan/record.h"
#include "revplan/units.h"

/* ---- calendars ---------------------------------------------------------- */

struct rp_named_calendar {
	const char *name;
	const char *zone;		/* "Asia/Tokyo"; "UTC" by default */
	const char *holidays;		/* the file as named, or NULL */
	struct rp_calendar_spec spec;	/* offsets, holidays, freezes loaded */
	struct rp_origin origin;
};

/* ---- paths -------------------------------------------------------------- */

enum rp_step_kind {
	RP_STEP_NOTICE,
	RP_STEP_WAIT,
	RP_STEP_TEAM,
	RP_STEP_POLL,
	RP_STEP_BATCH,
	RP_STEP_GATE,
	RP_STEP_BRANCH
};

enum rp_unit { RP_UNIT_CERTIFICATE, RP_UNIT_SUBSCRIBER };
enum rp_clock { RP_CLOCK_ELAPSED, RP_CLOCK_WORKING };

struct rp_step;

/* Steps in order; a certificate goes through all of them. */
struct rp_path {
	size_t n_steps;
	const struct rp_step *step;
};

struct rp_step_notice {
	struct rp_rate rate;		/* elapsed: per hour or per day, or
					 * per working day */
	struct rp_quantity bounces;	/* share that is never reached */
};

struct rp_step_wait {
	struct rp_quantity time;	/* seconds of `clock` */
	enum rp_unit per;		/* default: certificate */
	enum rp_clock clock;		/* default: elapsed */
	struct rp_quantity never;	/* share that never answers */
};

struct rp_step_team {
	const char *name;		/* NULL: its own team; populations
					 * that name the same team share it */
	struct rp_rate rate;
	struct rp_quantity ramp_from;	/* share of the rate at first; 1 */
	struct rp_quantity ramp_over;	/* working days; 0 */
	struct rp_quantity variation;	/* sd of a day's capacity / its mean */
	bool weekends;			/* works on Sat and Sun as well */
};

/* One kind of client of a mix, and the part of the certificates it looks
 * after; parts are scaled to add up to 1. */
struct rp_poll_kind {
	struct rp_quantity part;
	const struct rp_step *step;	/* a poll without a mix of its own */
};

#define RP_POLL_KINDS_MAX 100	/* of one mix */

struct rp_step_poll {
	size_t n_kinds;			/* 0: all clients alike; else only */
	const struct rp_poll_kind *kind; /* these count, not what follows */
	const char *client;		/* a profile's name, or NULL */
	struct rp_quantity every;	/* seconds */
	struct rp_quantity share;	/* that is told to renew at a poll */
	struct rp_quantity failures;	/* share of polls that fail */
	struct rp_quantity renews;	/* seconds before expiry at which the
					 * rest renew on their own */
};

enum rp_batch_on { RP_BATCH_WORKING_DAY, RP_BATCH_WEEKDAYS, RP_BATCH_INSTANTS };

struct rp_step_batch {
	enum rp_batch_on on;
	uint8_t weekdays;		/* bit 0 Monday, local days */
	size_t n_instants;
	const struct rp_instant *instant; /* ascending */
};

struct rp_step_gate {
	struct rp_quantity until;	/* seconds since 1970 */
};

/*
 * Who makes the detour and then goes on with the step after it: a share; or,
 * with `validated`, those whose domain validation is older than may be reused
 * on the day of entry (rp_validation_reuse()), by chance each.
 */
struct rp_step_branch {
	bool by_validation;
	struct rp_quantity validated;	/* seconds since 1970 */
	struct rp_quantity share;	/* unused where by_validation */
	struct rp_path path;
};

struct rp_step {
	enum rp_step_kind kind;
	const char *what;		/* the user's word; never NULL: the
					 * kind's name by default */
	bool reissues;			/* what has passed it is reissued */
	struct rp_origin origin;
	union {
		struct rp_step_notice notice;
		struct rp_step_wait wait;
		struct rp_step_team team;
		struct rp_step_poll poll;
		struct rp_step_batch batch;
		struct rp_step_gate gate;
		struct rp_step_branch branch;
	} as;
};

/* ---- who and what ------------------------------------------------------- */

/*
 * Somebody else's statement of when a clock began: the reporter's against the
 * CA's, say.  What it leaves out is as in the incident or duty it stands in.
 * Every rule is judged by each statement; the plain keys are the first.
 */
struct rp_clock_said {
	const char *by;			/* "reporter" */
	bool has_aware;
	struct rp_when aware;
	bool has_reported;
	struct rp_when reported;
	const char *note;
	struct rp_origin origin;
};

/* What must be revoked by a deadline. */
struct rp_duty {
	const char *name;
	struct rp_count certificates;	/* 0: all affected certificates */
	enum rp_certificate certificate;
	enum rp_profile profile;
	enum rp_reason reason;
	struct rp_when aware;
	bool has_reported;
	struct rp_when reported;	/* receipt of a problem report */
	const char *by;			/* whose statement of the clock it is,
					 * NULL: the case's own */
	size_t n_clocks;		/* statements that contradict it */
	const struct rp_clock_said *clock;
	bool has_subscribers;
	struct rp_count subscribers;	/* who own them all */
	double validity_s;		/* of each; 0: not said, then they do
					 * not count as short-lived */
	bool has_issued;
	struct rp_when issued;		/* between which all were issued */
	bool implied;			/* made from `incident`, no duties: */
	const char *note;		/* or NULL */
	struct rp_origin origin;
};

enum rp_owns_kind {
	RP_OWNS_EQUAL,		/* as nearly equal numbers as can be */
	RP_OWNS_LAW,
	RP_OWNS_CLASSES
};

/* So many subscribers who share so many certificates equally. */
struct rp_owner_class {
	const char *name;		/* "giant", or NULL */
	struct rp_count subscribers;
	struct rp_count certificates;	/* of all of them together */
	struct rp_origin origin;
};

/*
 * How many certificates each subscriber owns.  By a law subscriber i of S has
 * its quantile (i - 1/2) / S, all scaled to add up to the certificates of the
 * population: sizes are an input, they do not vary by chance.
 */
struct rp_owns {
	enum rp_owns_kind kind;
	struct rp_quantity size;	/* law only: a distribution */
	size_t n_classes;
	const struct rp_owner_class *owners;
	struct rp_origin origin;
};

/*
 * What happens without any incident: so long before its expiry a certificate
 * is renewed.  What should have been renewed before awareness had been.
 */
struct rp_renewal {
	struct rp_quantity before;	/* seconds */
	struct rp_quantity share;	/* that is renewed at all */
};

struct rp_population {
	const char *name;
	int blocks;			/* index of the duty that cannot be
					 * done before it, or -1 */
	struct rp_when starts;		/* when its work may begin (from) */
	struct rp_count certificates;
	struct rp_origin certificates_origin;
	struct rp_count subscribers;	/* 1 .. certificates */
	int calendar;			/* index, or -1: the default one */
	struct rp_owns owns;
	bool has_expiry;
	struct rp_quantity expiry;	/* seconds since 1970 */
	double validity_s;		/* from issuance to expiry; 90 d */
	bool has_renewal;		/* only with an expiry */
	struct rp_renewal renewal;
	struct rp_path path;
	struct rp_origin origin;
};

enum rp_event_kind {
	RP_EVENT_CUTOFF,
	RP_EVENT_ROLLOUT,
	RP_EVENT_DISCOVERY,
	RP_EVENT_HOLD,
	RP_EVENT_RISK
};

struct rp_event {
	enum rp_event_kind kind;
	struct rp_when on;
	bool has_until;
	struct rp_when until;
	int population;			/* index, or -1: all of them */
	struct rp_count certificates;
	struct rp_quantity share;
	struct rp_path path;		/* rollout */
	struct rp_quantity probability;	/* risk */
	const struct rp_event *then;	/* risk */
	const char *why;
	struct rp_origin origin;
};

enum rp_revocation_kind {
	RP_REVOKE_AFTER_REPLACED,	/* each, delay after its replacement */
	RP_REVOKE_AT_DEADLINE,
	RP_REVOKE_AT_INSTANT,
	RP_REVOKE_IN_BATCHES		/* replaced ones first */
};

struct rp_revocation {
	enum rp_revocation_kind kind;	/* default: after replaced, 0 s */
	struct rp_quantity delay;	/* seconds */
	struct rp_when at;		/* instant, or start of the batches */
	struct rp_rate batches;
	struct rp_origin origin;
};

/* ---- the case ----------------------------------------------------------- */

/* How the inputs that are drawn once a trial are spread over the trials. */
enum rp_design {
	RP_DESIGN_QUASI_RANDOM,		/* pairs of Sobol's sequence; default */
	RP_DESIGN_LATIN_HYPERCUBE,
	RP_DESIGN_RANDOM		/* each on its own */
};

/* That two inputs go together; by name, see rp_quantity.input. */
struct rp_correlation {
	const char *between[2];
	double rank;			/* Spearman's, -1..1 excluded */
	struct rp_origin origin;
};

struct rp_simulation_spec {
	struct rp_instant horizon;	/* default: awareness + 400 d */
	struct rp_span step;		/* 1 h or 1 d */
	uint64_t trials;		/* 10,000 */
	uint64_t seed;			/* 1 */
	enum rp_design design;
	size_t n_correlations;		/* together a possible correlation */
	const struct rp_correlation *correlation; /* matrix */
	struct rp_origin horizon_origin;
};

struct rp_narrative;		/* narrative.h */

struct rp_case {
	const char *file;		/* as given on the command line */
	char digest[65];		/* SHA-256 of the input, in hex */
	const char *upon;		/* the file of the case that `file` is
					 * a change of, or NULL */
	const char *change;		/* what that one says of itself */

	const char *id;
	const char *ca;			/* these three may be NULL */
	const char *title;
	const char *reference;
	const char *note;
	enum rp_certificate certificate;
	enum rp_profile profile;
	enum rp_reason reason;
	struct rp_when aware;
	struct rp_origin aware_origin;
	bool has_reported;
	struct rp_when reported;
	size_t n_clocks;		/* statements that contradict these */
	const struct rp_clock_said *clock;
	const struct rp_narrative *narrative;	/* or NULL */
	struct rp_count total;		/* the base of every share */
	struct rp_origin total_origin;
	struct rp_simulation_spec simulation;

	size_t n_calendars;
	const struct rp_named_calendar *calendar;
	size_t n_duties;		/* at least one */
	const struct rp_duty *duty;
	size_t n_populations;
	const struct rp_population *population;
	size_t n_events;
	const struct rp_event *event;
	struct rp_revocation revocation;
	size_t n_plans;			/* by publication, the first first */
	const struct rp_plan *plan;
	size_t n_actuals;		/* by as_of */
	const struct rp_actual *actual;
	size_t n_facts;
	const struct rp_fact *fact;
	size_t n_commitments;
	const struct rp_commitment *commitment;
	size_t n_updates;		/* by time */
	const struct rp_update *update;
	size_t n_claims;
	const struct rp_claim *claim;
	size_t n_requests;
	const struct rp_request *request;
	size_t n_forecasts;		/* by as_of */
	const struct rp_forecast_made *forecast;

	/*
	 * The base of shares as known at the reader's moment: the last `scope`
	 * fact seen, else total; and the first one ever known.  Until
	 * rp_case_view() both are total.
	 */
	struct rp_count base;
	struct rp_count first_base;
	bool has_grown;
	struct rp_when grown;		/* since when base holds */

	struct rp_arena *arena;		/* owns all of the above */
	struct rp_case *under;		/* NULL, or the whole record that this
					 * view points into and then owns */
};

/*
 * A new case, all zero but for its arena; NULL when memory runs out.
 * rp_case_free() gives back everything in it, what is `under` it as well, and
 * accepts NULL.
 */
struct rp_case *rp_case_new(void);
void rp_case_free(struct rp_case *cs);

/*
 * Zeroed memory that lives as long as the case; NULL when there is none left
 * or n * size overflows.  rp_case_text copies len bytes and ends them with 0.
 */
void *rp_case_alloc(struct rp_case *cs, size_t n, size_t size);
char *rp_case_text(struct rp_case *cs, const char *text, size_t len);

/* What a reader on a given day is shown. */
enum rp_view {
	RP_VIEW_INTERNAL,	/* what was true by then */
	RP_VIEW_PUBLIC		/* what had been published by then */
};

/*
 * Whether a record counts for somebody who stands at the end of as_of: its
 * own time, or for the public its publication (its own time where none is
 * given), must not lie after it.  An imprecise time counts from the last
 * second of its interval on; a bare date counts for as_of of that same date.
 */
bool rp_seen(struct rp_when own, bool has_published, struct rp_when published,
    struct rp_when as_of, enum rp_view view);

/*
 * The case as a reader who stands at as_of is shown it: the one place where
 * what is not yet known, what was corrected and what was retracted is left
 * out.  What had been said stays until its correction is seen, so the public
 * view of a day repeats what the public then read.  An outcome (`done`, or
 * `withdrawn`) that lies later is taken out of its item; base and first_base
 * are set.  Indices between items point into the view: what is shown of a
 * correction and all that it corrects has one index there, what is not shown
 * has -1.  A plan that was corrected stays in its place and keeps the day on
 * which it came out, or the first plan would no longer be the first.  as_of
 * NULL: at the end of all time.
 *
 *   full   borrowed; the view points into it, so it must outlive the view
 *   *out   on RP_OK owned by the caller, rp_case_free()
 *
 * RP_ENOMEM; *out is then untouched.  Cost: one pass over the records.
 */
RP_CHECKED rp_status rp_case_view(const struct rp_case *full,
    const struct rp_when *as_of, enum rp_view view, struct rp_case **out,
    struct rp_err *err);

#endif /* RP_CASE_H */
