/*
 * ref_inside.h - what the parts of the reference simulation share.
 */
#ifndef TESTS_REF_INSIDE_H
#define TESTS_REF_INSIDE_H

#include <math.h>
#include <stdbool.h>
#include <stddef.h>

#include <gsl/gsl_rng.h>

#include "ref_chance.h"
#include "ref_desk.h"
#include "reference.h"

#define REF_DAY 86400.0
#define REF_NEVER ((double)HUGE_VAL)
#define REF_DESKS 48
#define REF_OPS 96
#define REF_PEOPLE 8
#define REF_EVENTS 12
#define REF_PARTS (REF_PEOPLE + REF_EVENTS)
#define REF_KINDS 6

/* What a client does, drawn for the trial. */
struct ref_client {
	double part, every, share, failures, renews;
};

/* A step of a path, with what was drawn for the trial. */
struct ref_op {
	const struct rp_step *step;	/* NULL: the path ends here */
	size_t after;			/* branch: the op after the detour */
	struct desk *desk;
	struct chance time;		/* of a wait, or of a validation */
	double number, never;
	size_t n_clients;
	struct ref_client client[REF_KINDS];
	double *delay;			/* [subscribers], where each has one */
};

struct ref_people {
	const struct rp_population *p;
	const struct rp_calendar_spec *spec;
	struct rp_calendar *calendar, *with_weekends;
	size_t n_ops;
	struct ref_op op[REF_OPS];
	size_t rollout[REF_EVENTS];	/* where the path of event k begins */
	size_t subscribers;		/* those of all parts */
	struct chance expiry, size;
	double renews_before, renews_share;
};

/* Certificates that became known at one instant. */
struct ref_part {
	int population;
	int event;			/* that discovered them, or -1 */
	double known, start, deadline;
	size_t n, subscribers, first_subscriber;
};

/* An event of the case; of a risk, what comes then. */
struct ref_happening {
	const struct rp_event *top, *e;
	bool active;			/* in this trial */
	double share;
};

/* A certificate comes to an op. */
struct ref_arrival {
	double at, tie;
	size_t certificate, op;
};

/* What nobody outside needs to know of a certificate. */
struct ref_course {
	double end;		/* it expires or is renewed in any case */
	double pull;		/* the rollout that takes it next, ... */
	size_t by;		/* ... and its index */
	double due;		/* when it falls due for revocation */
	double released;	/* when its last hold ended */
	bool held;
};

struct reference {
	const struct rp_case *cs;
	gsl_rng *rng;
	double aware, horizon, limit, delay;
	size_t n_people, n_desks, n_parts, n_happenings, n, most;
	size_t n_arrivals, n_days;
	struct ref_people people[REF_PEOPLE];
	struct desk desk[REF_DESKS];
	struct ref_part part[REF_PARTS];
	struct ref_happening happening[REF_EVENTS];
	struct ref_certificate *certificate;
	struct ref_course *course;
	struct ref_arrival *arrival;	/* a heap, the earliest first */
	double *owner;			/* [certificates], see ref_owners.c */
	double ticked;			/* batches revoked so far */
	bool nothing;			/* is revoked, this time */
};

/* ref_path.c: steps.  When a certificate leaves the step that it comes to at
 * t; *op: the next one. */
double ref_leave(struct reference *r, size_t certificate, size_t *op,
    double t);
void ref_settle_op(struct reference *r, const struct ref_people *p,
    struct ref_op *o);
void ref_open_desk(struct reference *r, struct desk *d);

/* ref_case.c: all that lasts longer than a trial. */
bool ref_gather(struct reference *r);

/* ref_owners.c: the subscribers of a part, of each of its certificates. */
void ref_share_out(struct reference *r, const struct ref_part *part,
    struct ref_certificate *c);
/* How many of n certificates each of s subscribers of a population owns. */
bool ref_sizes(const struct rp_population *p, const struct chance *law,
    size_t n, size_t s, double *size);

/* ref_revoke.c: holds and revocation, once all paths were gone through. */
void ref_revoke(struct reference *r);

#endif /* TESTS_REF_INSIDE_H */
