/*
 * simulate/model.h - a case made ready for its trials.
 *
 * A path becomes a small network of nodes through which counts flow:
 *
 *   RP_FLOW_INDEPENDENT  steps in which nobody waits for anybody else.  They
 *                        are composed into one kernel: for an entry at a given
 *                        instant, the probability of leaving at each later one
 *   RP_FLOW_QUEUE        a team or a notice: finite capacity, first come
 *                        first served; several populations may share it
 *   RP_FLOW_SPLIT        a share goes another way
 *
 * Everything here is made once, before the first trial, and then only read.
 */
#ifndef RP_SIMULATE_MODEL_H
#define RP_SIMULATE_MODEL_H

#include "base/stream.h"
#include "population/law.h"
#include "population/owners.h"
#include "revplan/calendar.h"
#include "revplan/case.h"
#include "revplan/rules.h"
#include "simulate/grid.h"

/*
 * How certificates come to their natural end: they expire by a law, or are
 * renewed before by the ordinary course of things.
 */
struct rp_ending {
	struct rp_law law;	/* scale 0: they have no end */
	double before;		/* seconds before expiry, of renewal */
	double share;		/* that is renewed */
};

/* A step that acts on each certificate alone, or a branch of such steps. */
struct rp_hop {
	const struct rp_step *step;
	struct rp_stream_key key;	/* of the step, for its inputs */
	bool fixed;			/* the same in every trial */
	bool own;			/* a poll's rest: its own renewal */
	struct rp_ending ending;	/* of their certificates, where own */
	bool as_one;			/* one subscriber: chance is drawn once
					 * per trial */
	double speed;			/* of a what-if; 1 otherwise */
	int calendar;			/* index into rp_model.calendar */
	size_t n_sub;			/* branch: hops of its own path; they
					 * follow it in the array */
	size_t span;			/* hops it takes up, subs included */
	/* Resolved for a trial. */
	struct rp_law law;		/* wait: its time; gate: until */
	double never;			/* wait */
	double share;			/* branch */
	double every, failures, renews;	/* poll */
};

enum rp_flow_kind { RP_FLOW_INDEPENDENT, RP_FLOW_QUEUE, RP_FLOW_SPLIT };

#define RP_FLOW_END SIZE_MAX

/* Who goes to `alt`. */
enum rp_split_by {
	RP_SPLIT_SHARE,		/* of a branch */
	RP_SPLIT_VALIDATED,	/* of a branch: too long ago */
	RP_SPLIT_REST,		/* of a poll: what it does not tell */
	RP_SPLIT_KIND		/* of a mix of clients: one kind of what is
				 * left for it and the kinds after it */
};

struct rp_flow_node {
	enum rp_flow_kind kind;
	size_t part;
	size_t level;		/* nodes are worked through by level */
	size_t next;		/* node, or RP_FLOW_END: replaced */
	bool next_reissues;	/* going there is to be reissued */
	const struct rp_step *step;	/* of the case, the first it holds */
	bool reissued;		/* who is here has been reissued before */
	struct rp_stream_key key;
	uint64_t lane;		/* of its chance */
	/* independent */
	size_t hop, n_hops;	/* top-level hops; subs lie in between */
	bool fixed;		/* its kernel is the same in every trial */
	bool by_subscriber;	/* counts subscribers, who move all of their
				 * certificates at once */
	bool no_expiry;
	bool own_end;			/* see own.h */
	/* split */
	size_t alt;
	bool alt_reissues;
	enum rp_split_by split_by;
	size_t poll_kind;	/* index of the kind that goes to alt */
	/* queue */
	size_t queue, member;
	size_t sibling;		/* the next member of the queue, or END */
};

struct rp_queue {
	const struct rp_step *step;	/* team or notice */
	struct rp_stream_key key;
	int calendar;
	double speed;
	size_t n_members;		/* parts' nodes that feed it */
	size_t population;		/* of the first member */
	size_t first;			/* its members, by sibling */
	size_t last;			/* the member worked through last */
	size_t level;			/* of all of them, so far as known */
};

/* A calendar evaluated on the grid. */
struct rp_grid_calendar {
	struct rp_calendar *calendar;
	int64_t *seconds;		/* [grid.n] working seconds */
	int64_t *ticks;			/* [grid.n] */
};

/*
 * What became known of a population at one moment: at awareness, or by a
 * discovery.  Parts go through nodes of their own, with the inputs of their
 * population and a chance of their own.
 */
struct rp_model_part {
	const struct rp_population *p;
	size_t of;			/* index of the population */
	int event;			/* index into rp_case.event of what
					 * discovered it (a risk: the event in
					 * it); -1: known at awareness */
	uint32_t certificates;
	uint32_t subscribers;
	size_t start;			/* grid point */
	size_t aware;			/* grid point: the base is counted */
	size_t entry;			/* first node */
	bool fixed_expiry;
	bool one_by_one;		/* each certificate is followed */
	bool few;			/* ... as there are few, for the sake
					 * of clients that renew on their own */
	size_t own_ends;		/* nodes that are such, see own.h */
	bool has_owners;		/* it matters who owns how many; */
	struct rp_owners owners;	/* set where that never changes */
	struct rp_stream_key key;	/* of the population */
	uint64_t lane;			/* added to its lanes of chance */
	int64_t deadline;		/* seconds; INT64_MAX: none known */
	size_t deadline_point;		/* SIZE_MAX: beyond the grid */
};

/* Lanes that the chance of one part may use; of one copy of a step (see
 * compile.h), of one kind of clients. */
#define RP_PART_LANES (UINT64_C(1) << 20)
#define RP_COPY_LANES (UINT64_C(1) << 19)
#define RP_KIND_LANES (UINT64_C(1) << 8)

/* An event that sends certificates of one part another way. */
struct rp_rollout {
	size_t event;			/* index into rp_case.event */
	const struct rp_event *what;	/* that, or what is in the risk */
	size_t part;
	size_t point;
	size_t entry[2];		/* of its path, by copy */
	struct rp_stream_key key;
};

struct rp_model {
	const struct rp_case *cs;
	uint64_t seed;
	double pace_sd;			/* of the logarithm; 0: none */
	struct rp_stream_key key;	/* of the case as a whole */
	struct rp_grid grid;
	size_t n_calendars;
	struct rp_grid_calendar *calendar;	/* [2 i + weekends] */
	size_t n_populations;
	size_t n_parts;
	struct rp_model_part *part;	/* what was known at awareness first,
					 * so part p is of population p there */
	size_t n_rollouts;
	struct rp_rollout *rollout;	/* by point */
	int risk;			/* as in rp_whatif */
	bool risk_happens;
	size_t n_hops, n_nodes, n_queues;
	struct rp_hop *hop;
	struct rp_flow_node *node;
	size_t *order;			/* nodes by level */
	struct rp_queue *queue;
	size_t depth;			/* nesting of branches in kernels */
	bool reissues;			/* some step of the case does */
	bool has_deadline;
	struct rp_deadline deadline;	/* of the first duty */
	size_t deadline_point;		/* SIZE_MAX: beyond the grid; of what
					 * was known at awareness */
	const struct rp_spread *spread;	/* of the inputs over the trials;
					 * borrowed; NULL: at random */
	double overdue_certificates;	/* of a duty that populations block;
					 * 0: the populations themselves */
};

/* Following certificates one by one takes memory and time for each. */
#define RP_MOST_FOLLOWED UINT64_C(20000000)

/* How a case is to be run otherwise than it says. */
struct rp_whatif {
	int population;
	const struct rp_step *step;	/* so much faster; NULL: none */
	double speed;
	int risk;			/* index of its event, -1: none */
	bool risk_happens;		/* in every trial, or in none */
	bool each_step;			/* a node for each step, to see where
					 * certificates stand */
	bool one_by_one;		/* follow each certificate */
	bool if_several;		/* but only of subscribers who own
					 * several */
	size_t n_moments;		/* instants that the grid is to have
					 * beside its own */
	const struct rp_instant *moment;
};

/* Nothing otherwise: where every other what-if begins. */
extern const struct rp_whatif rp_whatif_none;

/*
 * Compile a case; whatif may be NULL.  RP_ESTATE: it asks for what cannot be
 * simulated (err says what, with its line); RP_ERANGE; RP_ENOMEM.  On error
 * nothing is left.
 */
RP_CHECKED rp_status rp_model_init(struct rp_model *m,
    const struct rp_case *cs, uint64_t seed, double pace_sd,
    const struct rp_whatif *whatif, struct rp_err *err);
void rp_model_release(struct rp_model *m);

/*
 * Paths into nodes, hops and queues; part of rp_model_init.  On error the
 * caller releases the model.
 */
RP_CHECKED rp_status rp_model_compile(struct rp_model *m,
    const struct rp_whatif *whatif, struct rp_err *err);

/* Whether clients of a part that renew on their own schedule have something
 * to come after that, so that it matters how long they are valid. */
bool rp_model_goes_on(const struct rp_model *m, size_t part);

/* Where a step, a population or the case gets its inputs of a trial from. */
struct rp_draws rp_draws_of(const struct rp_model *m,
    struct rp_stream_key key, uint64_t trial);

/*
 * Draw the inputs of one hop (not of its subs) for a trial at a pace.
 * RP_ERANGE: what was drawn makes no sense.
 */
RP_CHECKED rp_status rp_hop_resolve(const struct rp_model *m,
    struct rp_hop *h, const struct rp_model_part *p, uint64_t trial,
    double pace, struct rp_err *err);

/* The natural end of a population's certificates, by the key of its inputs;
 * RP_ERANGE likewise. */
RP_CHECKED rp_status rp_ending_resolve(const struct rp_population *p,
    struct rp_draws d, struct rp_ending *out, struct rp_err *err);

/* Whether it is the same in every trial. */
bool rp_ending_is_fixed(const struct rp_population *p);

/* P(not naturally ended by t, so far as that is not known already). */
double rp_ending_alive(const struct rp_ending *e, double t);

/* A share drawn for a trial, checked to lie in 0..1. */
RP_CHECKED rp_status rp_share_resolve(const struct rp_quantity *q,
    struct rp_draws *d, const struct rp_step *step, double *out,
    struct rp_err *err);

#endif /* RP_SIMULATE_MODEL_H */
