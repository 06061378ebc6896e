/*
 * simulate/report.h - trials that are looked at now and then only.
 *
 * A plan asks for the ends of months and for the date of completion.  Where
 * every population is plain, how many are done by an instant follows from how
 * many were done by the one before, without any of the days between: the exits
 * of a kernel are summed up between the instants and drawn by one conditional
 * binomial each, a desk with one line before it serves by its clock, and the
 * last of those who came last is an order statistic.  The law is that of the
 * engine, of all figures of a trial together; the draws differ.
 *
 * A population is plain where it goes through steps in which nobody waits for
 * anybody (one node, entered at its start), or comes all at one instant and
 * then goes through a desk of its own that works at a steady rate, and never
 * runs out or is sent another way.
 */
#ifndef RP_SIMULATE_REPORT_H
#define RP_SIMULATE_REPORT_H

#include "base/binomial.h"
#include "simulate/engine.h"

/* ---- report_way.c ------------------------------------------------------- */

/* How a plain part goes from its start to being replaced. */
struct rp_way {
	size_t node;		/* where nobody waits; RP_FLOW_END: none */
	bool together;		/* all of them leave it at one instant */
	size_t queue;		/* of their own; SIZE_MAX: none */
	size_t cut;		/* the point at which what is left of them is
				 * revoked; SIZE_MAX: never */
};

/* Why the trials of a case must be walked through, in a few words; NULL: they
 * need not, and way[part] says how (way may be NULL). */
const char *rp_report_why_not(const struct rp_model *m, enum rp_metric metric,
    struct rp_way *way);

/* ---- report.c ----------------------------------------------------------- */

/* What is made once for all trials. */
struct rp_report {
	const struct rp_model *m;
	enum rp_metric metric;
	size_t n;		/* instants that are looked at */
	size_t *at;		/* [n] points of the grid, ascending; the last
				 * is that of the horizon */
	struct rp_way *way;	/* [parts] */
	size_t *cut;		/* [parts] cut as an instant; SIZE_MAX */
	size_t deadline;	/* as an instant; SIZE_MAX */
};

/* A kernel as the instants see it. */
struct rp_buckets {
	const struct rp_kernel *kernel;
	double *up_to;		/* [n] done by the instant */
	struct rp_binomial_p *p; /* [n] the same of those who are left then */
	size_t *end;		/* [n] exits up to the instant */
};

/* What a thread needs. */
struct rp_reporter {
	const struct rp_report *r;
	struct rp_engine e;		/* for the inputs of a trial */
	struct rp_buckets *buckets;	/* [parts] */
	uint32_t *replaced;		/* [parts * n] by each instant */
	int64_t *complete;		/* [parts] in the metric */
	uint32_t *counted;		/* [n] in the metric, of all parts */
	uint32_t harmed;		/* by the deadline, of all parts */
};

/*
 * The instants of a report: the points of the grid that are named (any order,
 * again and again), the deadline, cutoffs and the horizon.  The case must be
 * plain.  RP_ENOMEM: nothing is left.
 */
RP_CHECKED rp_status rp_report_init(struct rp_report *r,
    const struct rp_model *m, enum rp_metric metric, const size_t *point,
    size_t n_points, struct rp_err *err);
void rp_report_release(struct rp_report *r);

/* The instant of a point that was named. */
size_t rp_report_instant(const struct rp_report *r, size_t point);

/* RP_ENOMEM: nothing is left. */
RP_CHECKED rp_status rp_reporter_init(struct rp_reporter *w,
    const struct rp_report *r, struct rp_err *err);
void rp_reporter_release(struct rp_reporter *w);

/* Run a trial.  Errors as rp_engine_run(). */
RP_CHECKED rp_status rp_reporter_run(struct rp_reporter *w, uint64_t trial,
    struct rp_err *err);

#endif /* RP_SIMULATE_REPORT_H */
