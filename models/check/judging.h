/*
 * check/judging.h - what the check functions share while they judge a case.
 */
#ifndef RP_CHECK_JUDGING_H
#define RP_CHECK_JUDGING_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "revplan/check.h"
#include "rules/terms.h"

/* A date that the root program agreed to, and those agreed to before it. */
struct rp_agreed {
	struct rp_instant at;		/* when it was agreed to, at the
					 * earliest */
	struct rp_instant until;	/* the latest of all their dates, */
	struct rp_instant last;		/* and the last moment of these */
};

/* Where a fact stands in the order of time, by kind and duty. */
struct rp_place {
	enum rp_fact_kind kind;
	int duty;			/* -1: it names none */
	size_t at;
};

struct rp_judging {
	const struct rp_case *cs;
	struct rp_when as_of;
	struct rp_instant now;		/* the end of as_of */
	enum rp_view view;
	const struct rp_fact **fact;	/* seen by as_of, by time */
	size_t n_facts;
	struct rp_instant *latest;	/* last moment of the facts so far */
	struct rp_place *by_kind;	/* of each fact, then by time */
	struct rp_place *by_duty;	/* by kind, then duty, then time */
	const struct rp_update **post;	/* seen by as_of, by time */
	size_t n_posts;
	struct rp_instant *reach;	/* the last second of the posts up to
					 * and with each */
	struct rp_agreed *agreed;	/* by time */
	size_t n_agreed;
	struct rp_findings *findings;
	struct rp_err *err;
};

/* A running clock of one rule. */
struct rp_clock_row {
	const struct rp_rule *rule;
	const char *id;
	const char *citation;
	int duty;			/* -1: the whole incident */
	const char *by;			/* whose statement of the start */
	struct rp_when start;
	struct rp_when due;
};

/*
 * Statements of when the clock of a duty began, of the incident for -1: first
 * the case's own, then those that contradict it.  Each gives verdicts of its
 * own.
 */
size_t rp_judged_clocks(const struct rp_judging *j, int duty);

/* A duty by one of the statements of its clock; `by` is set. */
struct rp_duty rp_judged_duty(const struct rp_judging *j, size_t duty,
    size_t clock);

/* Awareness and receipt of the incident by one of the statements. */
struct rp_clock_said rp_judged_clock(const struct rp_judging *j,
    size_t clock);

/*
 * Whether an earlier statement of the clock, or the case itself, says the
 * same of awareness, or of receipt: then there is nothing new to judge.
 */
bool rp_judged_before(const struct rp_judging *j, int duty, size_t clock,
    bool receipt);

/* Facts and posts by time, in a total order. */
void rp_sort_facts(const struct rp_fact **fact, size_t n);
void rp_sort_posts(const struct rp_update **post, size_t n);

/* ---- verdicts ----------------------------------------------------------- */

/*
 * Done at `met`: met only if certainly in time (the deadline itself counts as
 * in time), breached only if certainly late; *late is then the least number
 * of seconds.  Still open at `now`: due, breached or undecided likewise.
 */
enum rp_verdict rp_judge_done(struct rp_when met, struct rp_when due,
    int64_t *late);
enum rp_verdict rp_judge_open(struct rp_instant now, struct rp_when due,
    int64_t *late);

/* start + limit. */
struct rp_when rp_when_plus(struct rp_when start, struct rp_span limit);

/* ---- rows --------------------------------------------------------------- */

/* A row of a clock, without a verdict yet. */
struct rp_finding rp_finding_of(const struct rp_clock_row *clock);

/* Fill in what rp_judge_done or rp_judge_open say. */
void rp_finding_done(struct rp_finding *row, struct rp_when met,
    uint32_t line);
void rp_finding_open(struct rp_finding *row, const struct rp_judging *j);

/* Take a verdict back: the evidence for it is missing. */
void rp_finding_leave(struct rp_finding *row);

/*
 * Add a copy of row; its texts are copied and the detail is written.  A
 * breach of less than a MUST gets words that say so.
 */
RP_CHECKED rp_status rp_findings_add(struct rp_judging *j,
    const struct rp_finding *row, const char *fmt, ...) RP_PRINTF(3, 4);

/*
 * A rule that the table does not have: a copy that lives as long as the
 * findings, with copies of its texts but for `note`, which must be constant.
 * NULL: there is no memory, and err says so.
 */
const struct rp_rule *rp_findings_rule(struct rp_judging *j,
    const struct rp_rule *rule);

/* By rule id, and within a rule as they were added; and which are disputed. */
void rp_findings_sort(struct rp_findings *f);

/* Empty findings, NULL when there is no memory. */
struct rp_findings *rp_findings_new(void);

/*
 * Keep the size of each duty for rp_findings_late(); it is all that is
 * known of them before the first row.
 */
RP_CHECKED rp_status rp_findings_keep_duties(struct rp_judging *j);
struct rp_late rp_findings_duty(const struct rp_findings *f, int duty,
    enum rp_late_kind kind);

/* Count a row of a duty in; late[2]: recorded and published. */
void rp_late_take(struct rp_late *late, const struct rp_finding *row);

/* ---- words -------------------------------------------------------------- */

#define RP_WORDS 256

/* "6 certificates", "1 certificate".  Returns buf. */
const char *rp_words_certificates(uint64_t n, char buf[RP_WORDS]);

/* "4 certificates of 2 subscribers", the latter if known.  Returns buf. */
const char *rp_words_count(const struct rp_finding *row, char buf[RP_WORDS]);

/* "duty 'issuing CAs': ", or "" for the whole incident.  Returns buf. */
const char *rp_words_duty(const struct rp_judging *j, int duty,
    char buf[RP_WORDS]);

/*
 * Of a row with a verdict: "3 h before the deadline of ...", "252 d after
 * the deadline of ...", "due by ..., in 3 h", or what keeps it undecided.
 * Returns buf.
 */
const char *rp_words_verdict(const struct rp_judging *j,
    const struct rp_finding *row, char buf[RP_WORDS]);

/* ---- facts -------------------------------------------------------------- */

/* Whether a fact is of a kind and speaks of a duty (-1: any). */
bool rp_fact_is(const struct rp_judging *j, const struct rp_fact *fact,
    enum rp_fact_kind kind, int duty);

/*
 * The facts of a kind that speak of a duty (-1: of any), as rp_fact_is() has
 * it, in the order of time.  A walk costs what it finds.
 */
struct rp_places {
	const struct rp_place *next, *end;
};

struct rp_walk {
	const struct rp_judging *j;
	struct rp_places own, common;
};

struct rp_walk rp_walk_of(const struct rp_judging *j, enum rp_fact_kind kind,
    int duty);
const struct rp_fact *rp_walk_next(struct rp_walk *walk); /* NULL: no more */

/*
 * The first of n things in the order of time that may not be before t, by the
 * last second that they and those before them reach; n: there is none.
 */
size_t rp_first_reaching(const struct rp_instant *reach, size_t n,
    struct rp_instant t);

/* Once, when the facts are in order. */
RP_CHECKED rp_status rp_index_facts(struct rp_judging *j);

/*
 * The first fact of a kind for a duty, or the first that may be at or after
 * *from; NULL: there is none.
 */
const struct rp_fact *rp_fact_first(const struct rp_judging *j,
    enum rp_fact_kind kind, int duty, const struct rp_instant *from);

/*
 * The CA's own disclosure of the incident, which a reply to somebody else's
 * is, too; NULL: none is on record.
 */
const struct rp_fact *rp_own_disclosure(const struct rp_judging *j);

/* The last word that something had not been done yet; NULL: nobody said so. */
const struct rp_fact *rp_fact_denial(const struct rp_judging *j,
    enum rp_fact_kind kind, int duty);

/* The certificates of a duty, and of a fact when `before` are done. */
uint64_t rp_duty_size(const struct rp_judging *j, int duty);
uint64_t rp_fact_size(const struct rp_judging *j, const struct rp_fact *fact,
    int duty, uint64_t before);

/*
 * The certificates of a duty that are on record as shown as revoked, whether
 * or not a later good contradicts it: they had been revoked by then.  *last,
 * untouched for 0, is the time of the last such fact that was needed.
 */
uint64_t rp_duty_shown(const struct rp_judging *j, int duty,
    struct rp_when *last);

/*
 * The most certificates of a duty that the last actual lets be revoked or
 * expired, no record says when; 0 where actuals count something else.
 */
uint64_t rp_duty_settled(const struct rp_judging *j, int duty);

/*
 * How many had certainly expired unrevoked by the deadline, so that nothing
 * was left to revoke; *by is the actual that says so, untouched for 0.
 */
uint64_t rp_duty_expired(const struct rp_judging *j, int duty,
    struct rp_when due, const struct rp_actual **by);

/*
 * How many an actual of after the deadline proves not to have been; *by is
 * that actual, untouched for 0.
 */
uint64_t rp_duty_unsettled(const struct rp_judging *j, int duty,
    struct rp_when due, const struct rp_actual **by);

/* A fact of a kind with a number that does not say which duty it is of. */
const struct rp_fact *rp_unplaced(const struct rp_judging *j,
    enum rp_fact_kind kind);

/* The subscribers who own a duty's certificates; false: not known. */
bool rp_duty_subscribers(const struct rp_judging *j, int duty, uint64_t *n);

/* n certificates of a duty, and whose; fact: the one of all of them or NULL. */
void rp_finding_count(struct rp_finding *row, const struct rp_judging *j,
    uint64_t n, const struct rp_fact *fact);

/* Whether the case is about certificates that a rule speaks of. */
bool rp_rule_for_case(const struct rp_rule *rule, const struct rp_case *cs);

/* ---- once.c ------------------------------------------------------------- */

/* A clock from start, due after the rule's limit. */
struct rp_clock_row rp_clock_of(const struct rp_rule *rule, int duty,
    struct rp_when start, char *citation, size_t size);

/* The row of what is done once; fact NULL: it is not on record. */
RP_CHECKED rp_status rp_judge_once(struct rp_judging *j,
    const struct rp_clock_row *clock, const struct rp_fact *fact,
    enum rp_fact_kind kind);

/* The row of what is not on record, with words for it. */
RP_CHECKED rp_status rp_judge_missing(struct rp_judging *j,
    const struct rp_clock_row *clock, enum rp_fact_kind kind,
    const char *word);

/* ---- check_content.c ---------------------------------------------------- */

/* What a report or a plan must have, as the case says of it. */
struct rp_content {
	const struct rp_rule *rule;
	const struct rp_fact *report;
	uint64_t needs;			/* RP_FIELD_BIT */
	uint64_t known;			/* said of it by other facts */
	uint64_t mends;			/* kinds: what they have mends it */
	size_t *next;			/* RP_FIELDS of them, 0 at first: keeps
					 * the place of each field from one
					 * report to the next; may be NULL */
	int duty;			/* -1: the whole incident */
	const char *by;			/* whose statement of the clock */
	const char *more;		/* added to the detail; NULL: none */
};

#define RP_FACT_BIT(kind) (UINT64_C(1) << (kind))

/*
 * Breached from the report on where it lacks any of it, met where it has all,
 * else undecided: the fields that nothing is said of are named.
 */
RP_CHECKED rp_status rp_judge_content(struct rp_judging *j,
    const struct rp_content *content);

/*
 * A breach from `due` on, over with mended; NULL: it is still open.  Where
 * the least time that it lasted is none, it is left out.
 */
void rp_finding_lapse(struct rp_finding *row, const struct rp_judging *j,
    const struct rp_when *mended);

/* ---- check_reports.c ---------------------------------------------------- */

/* Whether the CA posted anything, perhaps, from `after` to `by`. */
bool rp_posted_between(const struct rp_judging *j, struct rp_instant after,
    struct rp_instant by);

/*
 * The questions on record, by time, each with its answer; NULL: there is none
 * on record.  The caller owns *out, rp_release_mem().
 */
struct rp_asked {
	const struct rp_fact *question, *answer;
};
RP_CHECKED rp_status rp_pair_questions(const struct rp_judging *j,
    struct rp_asked **out, size_t *n);

/* Weekly updates, by `limit` apart; see check_updates.c. */
RP_CHECKED rp_status rp_judge_updates(struct rp_judging *j,
    const struct rp_rule *rule, struct rp_span limit);

/*
 * Whether certificates of a duty are certainly late; *missed is then the
 * deadline, and *complete (until.. has_complete) when the last were revoked.
 */
struct rp_lateness {
	struct rp_deadline deadline;
	bool late;
	uint64_t certificates;	/* certainly late */
	bool complete;		/* all are recorded as revoked */
	struct rp_when completed;
};
struct rp_lateness rp_duty_lateness(const struct rp_judging *j, int duty,
    const struct rp_deadline *dl);

#endif /* RP_CHECK_JUDGING_H */
