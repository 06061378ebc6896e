/*
 * revplan/case.h - an incident as a case file states it.
 *
 * Stage 1.  Reads: instant.h units.h reason.h calendar.h.  Read by: everything
 * later.
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
#include "revplan/reason.h"
#include "revplan/units.h"

enum rp_basis {
	RP_BASIS_UNSAID,	/* the file does not say */
	RP_BASIS_STATED,	/* somebody said so; see source */
	RP_BASIS_MEASURED,
	RP_BASIS_ASSUMED
};

/* Where a value comes from. */
struct rp_origin {
	uint32_t line;		/* 1.. in the case file; 0: a default */
	uint32_t col;		/* 1.. */
	enum rp_basis basis;
	const char *source;	/* "comment 4", or NULL */
};

/* ---- numbers that may be uncertain -------------------------------------- */

enum rp_dist_kind {
	RP_DIST_UNIFORM,	/* low, high */
	RP_DIST_TRIANGULAR,	/* low, mode, high */
	RP_DIST_BETA,		/* alpha, beta; or alpha, beta, low, high */
	RP_DIST_NORMAL,		/* mean, sd; cut below 0 */
	RP_DIST_EXPONENTIAL,	/* mean */
	RP_DIST_GAMMA,		/* shape, scale */
	RP_DIST_WEIBULL,	/* scale, shape */
	RP_DIST_LOGNORMAL,	/* median, sigma */
	RP_DIST_ONE_OF,		/* points with weights */
	RP_DIST_EMPIRICAL	/* sorted points, equally likely */
};

#define RP_DIST_PARAMS 4

struct rp_dist;

/*
 * A number in the base unit of its field: seconds for times, seconds since
 * 1970 for instants, certificates per unit for rates, 0..1 for shares.
 * dist NULL: it is exactly `fixed`.  Otherwise the distribution says it; fixed
 * is then unused.
 */
struct rp_quantity {
	double fixed;
	const struct rp_dist *dist;
	struct rp_origin origin;
};

/*
 * The parameters of a distribution are quantities: each may itself be a
 * distribution, which is then drawn once per trial (what we do not know),
 * while the distribution of a wait is what chance does to each subscriber or
 * certificate within a trial.
 */
struct rp_dist {
	enum rp_dist_kind kind;
	unsigned n_params;
	struct rp_quantity param[RP_DIST_PARAMS]; /* order as in the enum */
	size_t n_points;
	const double *point;	/* one-of: as given; empirical: ascending */
	const double *weight;	/* one-of: positive, sum to 1; else NULL */
};

/* The unit below the stroke of a rate. */
enum rp_per {
	RP_PER_HOUR,		/* elapsed */
	RP_PER_DAY,		/* elapsed days of 86,400 s */
	RP_PER_WORKING_DAY,	/* of the population's calendar */
	RP_PER_WEEK,		/* claims only */
	RP_PER_MONTH		/* claims only */
};

struct rp_rate {
	struct rp_quantity amount;	/* certificates */
	enum rp_per per;
};

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

struct rp_step_poll {
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

struct rp_step_branch {
	struct rp_quantity share;	/* that makes the detour, and then */
	struct rp_path path;		/* goes on with the step after it */
};

struct rp_step {
	enum rp_step_kind kind;
	const char *what;		/* the user's word; never NULL: the
					 * kind's name by default */
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

enum rp_certificate { RP_CERT_SUBSCRIBER, RP_CERT_SUBORDINATE_CA };
enum rp_profile { RP_PROFILE_TLS, RP_PROFILE_SMIME, RP_PROFILE_CODE_SIGNING };

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
	bool implied;			/* made from `incident`, no duties: */
	const char *note;		/* or NULL */
	struct rp_origin origin;
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
	bool has_expiry;
	struct rp_quantity expiry;	/* seconds since 1970 */
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

/* ---- what was planned, what happened, what was said --------------------- */

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
	const char *notice;		/* where it was said openly that, and why,
					 * the plan before it was changed */
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
	struct rp_amount held;		/* of the remaining: may not be revoked */
	struct rp_amount remaining;
	const char *note;
	struct rp_origin origin;
};

/* Dated events that rules need; enum, word of the case file, plain words. */
#define RP_FACT_LIST(X)							\
	X(RP_FACT_REVOKED, "revoked", "recorded as revoked")		\
	X(RP_FACT_PUBLISHED, "revocation-published",			\
	    "shown as revoked by CRL and OCSP")				\
	X(RP_FACT_PRELIMINARY_REPORT, "preliminary-report",		\
	    "findings sent")						\
	X(RP_FACT_INVESTIGATION_BEGUN, "investigation-begun",		\
	    "investigation begun")					\
	X(RP_FACT_INCIDENT_DISCLOSED, "incident-disclosed",		\
	    "first public disclosure of the incident")			\
	X(RP_FACT_FULL_REPORT, "full-report", "full incident report")	\
	X(RP_FACT_DELAY_DISCLOSED, "delay-disclosed",			\
	    "delayed revocation disclosed")				\
	X(RP_FACT_ISSUANCE_STOPPED, "issuance-stopped",			\
	    "issuance of the faulty profile stopped")			\
	X(RP_FACT_CCADB_RECORD, "ccadb-record", "CCADB record updated")	\
	X(RP_FACT_KEY_DESTROYED, "key-destroyed", "private key destroyed") \
	X(RP_FACT_QUESTION, "question", "question asked in public")	\
	X(RP_FACT_ANSWER, "answer", "question answered in public")	\
	X(RP_FACT_NEXT_UPDATE, "next-update",				\
	    "date of the next update agreed by the root program")	\
	X(RP_FACT_CLOSED, "closed", "report closed")			\
	X(RP_FACT_SCOPE, "scope", "number of affected certificates known")

#define RP_FACT_ENUM(name, word, text) name,
enum rp_fact_kind { RP_FACT_LIST(RP_FACT_ENUM) RP_FACT_KINDS };
#undef RP_FACT_ENUM

/* The word of the case file, the plain words; never NULL for a valid kind. */
const char *rp_fact_word(enum rp_fact_kind kind);
const char *rp_fact_text(enum rp_fact_kind kind);

enum rp_recipient { RP_TO_NOBODY, RP_TO_SUBSCRIBER, RP_TO_REPORTER };

struct rp_fact {
	struct rp_mark mark;
	enum rp_fact_kind kind;
	struct rp_when at;
	bool has_published;
	struct rp_when published;
	enum rp_recipient to;		/* preliminary reports */
	int duty;			/* index; -1: not said */
	bool has_certificates;		/* false: all affected */
	struct rp_count certificates;
	struct rp_when due;		/* next-update: the agreed date */
	int answers;			/* answer: index of its question among
					 * the facts, or -1: not said */
	const char *note;
	struct rp_origin origin;
};

struct rp_commitment {
	struct rp_mark mark;
	const char *what;
	bool has_said;
	struct rp_when said;		/* when it was promised */
	struct rp_when due;
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

/* ---- the case ----------------------------------------------------------- */

struct rp_simulation_spec {
	struct rp_instant horizon;	/* default: awareness + 400 d */
	struct rp_span step;		/* 1 h or 1 d */
	uint64_t trials;		/* 10,000 */
	uint64_t seed;			/* 1 */
	struct rp_origin horizon_origin;
};

struct rp_case {
	const char *file;		/* as given on the command line */
	char digest[65];		/* SHA-256 of the input, in hex */

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
 * given), must not lie after it.  An imprecise time counts once its interval
 * is over; a bare date counts for as_of of that same date.
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
 * has -1.  as_of NULL: at the end of all time.
 *
 *   full   borrowed; the view points into it, so it must outlive the view
 *   *out   on RP_OK owned by the caller, rp_case_free()
 *
 * RP_ENOMEM; *out is then untouched.  Cost: one pass over the records.
 */
RP_CHECKED rp_status rp_case_view(const struct rp_case *full,
    const struct rp_when *as_of, enum rp_view view, struct rp_case **out,
    struct rp_err *err);

/* "reissued", "replaced", "revoked", "gone". */
const char *rp_metric_word(enum rp_metric metric);

#endif /* RP_CASE_H */
