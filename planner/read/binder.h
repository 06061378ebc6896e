/*
 * planner/read/binder.h - what the parts of the binder share.
 *
 * keys.c holds the table of keys; bind.c walks maps and lists with it; the
 * others turn one kind of value into one kind of field.  Setters return
 * nothing: what is wrong goes to the list of faults, so that one run finds
 * all of it, and running out of memory is remembered in the binder.
 */
#ifndef RP_READ_BINDER_H
#define RP_READ_BINDER_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "revplan/case.h"
#include "read/doc.h"
#include "read/files.h"

/* Every kind of map that a case is made of. */
enum rp_context {
	RP_CTX_COMMON,		/* keys that any record may have */
	RP_CTX_MARK,		/* keys of all that is corrected by an item */
	RP_CTX_CASE,
	RP_CTX_INCIDENT,
	RP_CTX_SIMULATION,
	RP_CTX_CORRELATION,
	RP_CTX_CALENDAR,
	RP_CTX_FREEZE,
	RP_CTX_DUTY,
	RP_CTX_CLOCK,		/* whose statement of a clock */
	RP_CTX_POPULATION,
	RP_CTX_OWNERS,
	RP_CTX_RENEWAL,
	RP_CTX_NOTICE,
	RP_CTX_WAIT,
	RP_CTX_TEAM,
	RP_CTX_RAMP,
	RP_CTX_POLL,
	RP_CTX_BATCH,
	RP_CTX_GATE,
	RP_CTX_BRANCH,
	RP_CTX_ROLLOUT,
	RP_CTX_CUTOFF,
	RP_CTX_DISCOVERY,
	RP_CTX_HOLD,
	RP_CTX_RISK,
	RP_CTX_REVOCATION,
	RP_CTX_PLAN,		/* from here on: keys_record.c */
	RP_CTX_ACTUAL,
	RP_CTX_FACT,
	RP_CTX_COMMITMENT,
	RP_CTX_CLAIM,
	RP_CTX_REQUEST,
	RP_CTX_UPDATE,
	RP_CTX_FORECAST,
	RP_CTX_NARRATIVE,	/* what only people can say */
	RP_CTX_CAUSE,
	RP_CTX_HAPPENED,
	RP_CTX_RELATED,
	RP_CONTEXTS
};

/* What a value may be; types.c says how each is read and described. */
enum rp_type {
	RP_TYPE_TEXT,
	RP_TYPE_REMARK,		/* text that only the document keeps */
	RP_TYPE_NAME,
	RP_TYPE_WORD,
	RP_TYPE_BOOL,
	RP_TYPE_VERSION,
	RP_TYPE_COUNT,
	RP_TYPE_NUMBER,
	RP_TYPE_GRID,
	RP_TYPE_WHEN,
	RP_TYPE_INSTANT,
	RP_TYPE_TIME,
	RP_TYPE_SHARE,
	RP_TYPE_DATE,
	RP_TYPE_WORKDAYS,
	RP_TYPE_RATE,
	RP_TYPE_AMOUNT,
	RP_TYPE_DURATION,
	RP_TYPE_MAP,
	RP_TYPE_LIST,
	RP_TYPE_CALENDARS,
	RP_TYPE_PATH,
	RP_TYPE_EVENTS,
	RP_TYPE_EVENT,
	RP_TYPE_MILESTONES,
	RP_TYPE_UPDATES,
	RP_TYPE_ZONE,
	RP_TYPE_WEEK,
	RP_TYPE_HOURS,
	RP_TYPE_HOLIDAYS,
	RP_TYPE_MOMENT,
	RP_TYPE_BATCH_ON,
	RP_TYPE_REVOKE_AT,
	RP_TYPE_CLIENT,
	RP_TYPE_CALENDAR_REF,
	RP_TYPE_DUTY_REF,
	RP_TYPE_POPULATION_REF,
	RP_TYPE_ITEM_REF,	/* of an item of the same list */
	RP_TYPE_KEPT,
	RP_TYPE_PERCENT,	/* a share that is certain */
	RP_TYPE_SECONDS,	/* a time that is certain */
	RP_TYPE_OWNS,
	RP_TYPE_BETWEEN,	/* names of two inputs */
	RP_TYPE_RANK,
	RP_TYPE_FIELDS,		/* words of a report, or `all` */
	RP_TYPE_NARRATIVE,
	RP_TYPE_TEXTS,		/* one text, or a list of them */
	RP_TYPE_VALIDATIONS,	/* words, as bits */
	RP_TYPE_RELATED,	/* texts, or maps */
	RP_TYPES
};

/* A word of a fixed set and the value of its enum; ends with NULL. */
struct rp_word {
	const char *word;
	int value;
};

/* Rates that a field takes, by the unit below the stroke. */
#define RP_PER_BIT(per) (1u << (per))
#define RP_PERS_WORK (RP_PER_BIT(RP_PER_HOUR) | RP_PER_BIT(RP_PER_DAY) | \
    RP_PER_BIT(RP_PER_WORKING_DAY))
#define RP_PERS_ALL (RP_PERS_WORK | RP_PER_BIT(RP_PER_WEEK) | \
    RP_PER_BIT(RP_PER_MONTH))

/*
 * One key of one kind of map.  Offsets are into the struct of its context;
 * has and origin are 0 where there is no such member (no struct begins with
 * one).  low and high are in the base unit of the type; for lists high is the
 * most items.
 */
struct rp_key {
	enum rp_context context;
	const char *name;
	enum rp_type type;
	bool required;
	bool chance;		/* not drawn once a trial: no input */
	uint8_t pass;		/* read after all keys of a lower pass */
	uint16_t at;
	uint16_t has;
	uint16_t origin;
	uint16_t count;		/* lists: where their length goes */
	uint16_t size;		/* lists: bytes of an item */
	double low;
	double high;
	unsigned pers;
	enum rp_context sub;	/* maps and lists: of what */
	const struct rp_word *words;
	const char *help;	/* one sentence for the schema */
};

#define RP_PASSES 4

/* The rows of a context, sorted by name; NULL when a key is not known. */
const struct rp_key *rp_keys(enum rp_context context, size_t *n);
const struct rp_key *rp_key_find(enum rp_context context, const char *name);

/* The half of the table from RP_CTX_PLAN on. */
extern const struct rp_key rp_record_keys[];
extern const size_t rp_n_record_keys;

extern const struct rp_word rp_words_about[];
extern const struct rp_word rp_words_action[];
extern const struct rp_word rp_words_basis[];
extern const struct rp_word rp_words_step[];	/* to contexts */
extern const struct rp_word rp_words_event[];	/* to contexts */
extern const struct rp_word rp_words_after[];
extern const struct rp_word rp_words_bound[];
extern const struct rp_word rp_words_certificate[];
extern const struct rp_word rp_words_clock[];
extern const struct rp_word rp_words_commitment[];
extern const struct rp_word rp_words_crl_reason[];
extern const struct rp_word rp_words_design[];
extern const struct rp_word rp_words_disclosure[];
extern const struct rp_word rp_words_expected[];
extern const struct rp_word rp_words_fact[];
extern const struct rp_word rp_words_field[];
extern const struct rp_word rp_words_key[];
extern const struct rp_word rp_words_metric[];
extern const struct rp_word rp_words_per[];
extern const struct rp_word rp_words_profile[];
extern const struct rp_word rp_words_reason[];
extern const struct rp_word rp_words_recipient[];
extern const struct rp_word rp_words_unit[];
extern const struct rp_word rp_words_validated[];

/* Names that other parts of the case refer to. */
struct rp_name {
	const char *text;
	int index;
	uint32_t line;
	uint32_t col;
};

enum rp_naming {
	RP_NAMES_NONE,
	RP_NAMES_CALENDAR,
	RP_NAMES_DUTY,
	RP_NAMES_POPULATION,
	RP_NAMES_PLAN,		/* from here on: ids of items */
	RP_NAMES_ACTUAL,
	RP_NAMES_FACT,
	RP_NAMES_COMMITMENT,
	RP_NAMES_UPDATE,
	RP_NAMES_CLAIM,
	RP_NAMES_REQUEST,
	RP_NAMES_FORECAST,
	RP_NAMINGS
};

struct rp_names {
	size_t n;
	struct rp_name *name;	/* by text, then index */
};

/* What a number is a number of; measure.c. */
enum rp_family {
	RP_FAMILY_TIME,
	RP_FAMILY_SHARE,
	RP_FAMILY_DATE,
	RP_FAMILY_WORKDAYS,
	RP_FAMILY_RATE,
	RP_FAMILY_PLAIN
};

/* A value that was given the name of an input; inputs.c. */
struct rp_input {
	const char *name;
	size_t order;		/* in the document */
	struct rp_quantity q;
	enum rp_family family;
	int per;		/* of a rate, else -1 */
	uint32_t line;		/* of the name */
	uint32_t col;
};

struct rp_inputs {
	size_t n;
	size_t room;
	struct rp_input *input;
};

/* A correlation and where its names stand. */
struct rp_pair {
	const struct rp_node *node[2];
	const struct rp_correlation *correlation;
};

struct rp_pairs {
	size_t n;
	size_t room;
	struct rp_pair *pair;
};

struct rp_binder {
	struct rp_case *cs;
	struct rp_faults *f;
	const struct rp_files *files;
	rp_status status;	/* RP_ENOMEM once memory ran out */
	enum rp_basis basis;	/* of the record around, for its values */
	const char *source;
	const struct rp_calendar_spec *zone; /* of the calendar at hand */
	unsigned depth;		/* of distributions within each other */
	const struct rp_population *population; /* at hand, or NULL */
	enum rp_naming ids;	/* of the list at hand */
	struct rp_inputs inputs;
	struct rp_pairs pairs;
	struct rp_names names[RP_NAMINGS];
	uint64_t *found;	/* certificates, by discoveries; check.c */
};

/* A value without the map that says on what it rests. */
struct rp_value {
	const struct rp_node *node;
	const struct rp_node *input;	/* the name of an input, or NULL */
	struct rp_origin origin;
};

typedef void rp_setter(struct rp_binder *b, const struct rp_key *key,
    const struct rp_value *v, void *at);

/* How maps of a context are begun and ended, and what people call them. */
struct rp_frame {
	const char *noun;	/* "population" */
	bool record;		/* takes the common keys */
	void (*begin)(struct rp_binder *b, const struct rp_node *node,
	    void *target);
	void (*end)(struct rp_binder *b, const struct rp_node *node,
	    void *target);
};

extern const struct rp_frame rp_frames[RP_CONTEXTS];
extern rp_setter *const rp_setters[RP_TYPES];

/* ---- walk.c ------------------------------------------------------------- */

/* Arena memory; NULL, and noted, when there is none left. */
void *rp_bind_alloc(struct rp_binder *b, size_t n, size_t size);
const char *rp_bind_text(struct rp_binder *b, const char *text);

/* No room for more faults: the one at hand is only counted. */
bool rp_bind_is_full(struct rp_binder *b);

#define RP_AT_NODE(node) (node)->line, (node)->col

/*
 * Take off {value:, basis:, source:}; faults of it are noted.  Of a value that
 * may be an input {input: NAME} is taken off as well, and there it may stand
 * beside a distribution without a `value`.
 */
struct rp_value rp_bind_unwrap(struct rp_binder *b,
    const struct rp_node *node);
struct rp_value rp_bind_unwrap_input(struct rp_binder *b,
    const struct rp_node *node);

/* Read a map of a context into target. */
void rp_bind_map(struct rp_binder *b, enum rp_context context,
    const struct rp_node *node, void *target);

/*
 * Room for the children of a list or map node as the items of a list key, at
 * being where the list goes; NULL when there is nothing to fill.
 */
void *rp_bind_items(struct rp_binder *b, const struct rp_key *key,
    const struct rp_node *node, enum rp_node_kind kind, void *at);

/* Whether a node is of a kind; if not, that is a fault about `what`. */
bool rp_bind_kind(struct rp_binder *b, const struct rp_node *node,
    enum rp_node_kind kind, const char *what);

/*
 * Whether a key stands there under a misspelt name: one slip is told once,
 * at the key.
 */
bool rp_is_misspelt(enum rp_context context, const struct rp_node *node,
    const char *name);

/* The text of a scalar that says something; NULL and a fault otherwise. */
const char *rp_bind_scalar(struct rp_binder *b, const struct rp_node *node,
    const char *what);

/*
 * The value of a word; -1 and a fault with the nearest when it is unknown.
 * kind is what such a word is: "step", "basis".
 */
int rp_bind_word(struct rp_binder *b, const struct rp_word *words,
    const char *kind, const char *text, uint32_t line, uint32_t col);

/* A map of one key that says its kind: a step, an event, a distribution. */
const struct rp_node *rp_bind_tagged(struct rp_binder *b,
    const struct rp_node *node, const char *kind, const char *example);

/*
 * The index of a name, in the order of the document; -1 and a fault when there
 * is none.
 */
int rp_bind_ref(struct rp_binder *b, enum rp_naming naming,
    const struct rp_node *node, const char *what);

/* Collect the names of a case, and find those that stand there twice. */
void rp_bind_names(struct rp_binder *b, const struct rp_node *root);

/*
 * The list of a case that has such names; NULL when there is none.  What is
 * not a list (of calendars: a map) has faults of its own.
 */
const struct rp_node *rp_bind_list(const struct rp_node *root,
    enum rp_naming naming);

/* What items of a context are named by: all that have a mark; else NONE. */
enum rp_naming rp_ids_of(enum rp_context context);

/*
 * The bytes of a file that the case names, malloc'ed and ended with a 0; NULL
 * and a fault otherwise.  The name must not lead out of the case's folder.
 */
char *rp_bind_file(struct rp_binder *b, const struct rp_node *node,
    size_t most, size_t *len);

/* ---- measure.c ---------------------------------------------------------- */

/* What a number must look like, and between which bounds it must lie. */
struct rp_measure {
	enum rp_family family;
	const char *name;	/* of the key */
	double low;
	double high;
	bool above;		/* low itself is not allowed */
	unsigned pers;		/* rates: the units that are allowed */
	int *per;		/* rates: the unit met so far, or -1 */
	double day_s;		/* times: what a day and a week stand for; a
				 * working day in working time */
	double week_s;
};

/* A number with its unit, in the base unit; false and a fault otherwise. */
bool rp_measure_read(struct rp_binder *b, const struct rp_measure *m,
    const struct rp_node *node, const char *text, double *out);

/* The measure of a key with a numeric type. */
struct rp_measure rp_measure_of(const struct rp_key *key, int *per);

/* "a time"; "10 d". */
const char *rp_family_noun(enum rp_family family);
const char *rp_family_example(enum rp_family family);

/* "0 s to 36500 d" */
#define RP_RANGE_TEXT 128
const char *rp_measure_range(const struct rp_measure *m,
    char buf[RP_RANGE_TEXT]);

/* ---- dist.c ------------------------------------------------------------- */

/* A number, or a distribution of it. */
void rp_bind_quantity(struct rp_binder *b, const struct rp_measure *m,
    const struct rp_value *v, struct rp_quantity *out);

/* The points of one that is made of them (points.c). */
typedef void rp_bind_points(struct rp_binder *b, const struct rp_measure *m,
    const struct rp_node *node, struct rp_dist *dist);
rp_bind_points rp_bind_one_of, rp_bind_empirical, rp_bind_histogram;

/* The distributions, for the schema: name and parameters; NULL at the end. */
const char *rp_dist_word(size_t i);
const char *rp_dist_param(size_t i, unsigned k);

/* ---- calendars.c -------------------------------------------------------- */

/* From when until when a case may ask for working time. */
void rp_bind_window(const struct rp_binder *b, struct rp_instant *from,
    struct rp_instant *until);

/* "mon-fri", or a list of days, as bits; 0 and a fault otherwise. */
uint8_t rp_bind_weekdays(struct rp_binder *b, const struct rp_node *node,
    const char *what);

/* Whether a text names a day of the week. */
bool rp_is_weekday(const char *text);

/* ---- nearest.c ---------------------------------------------------------- */

/* The search for the word that was probably meant. */
struct rp_nearest {
	const char *typed;
	const char *best;	/* NULL: nothing comes near */
	unsigned distance;
};

void rp_nearest_init(struct rp_nearest *n, const char *typed);
void rp_nearest_try(struct rp_nearest *n, const char *word);

/*
 * How many insertions, deletions, changes and swaps of neighbours lead from
 * a to b; at most `limit` + 1 is returned.
 */
unsigned rp_word_distance(const char *a, const char *b, unsigned limit);

/* ---- setters, by file --------------------------------------------------- */

rp_setter rp_set_text, rp_set_remark, rp_set_name, rp_set_word, rp_set_bool;
rp_setter rp_set_version, rp_set_count, rp_set_number, rp_set_grid;
rp_setter rp_set_when, rp_set_instant, rp_set_amount, rp_set_duration;
rp_setter rp_set_percent, rp_set_seconds;		/* values.c */
rp_setter rp_set_owns;					/* owns.c */
rp_setter rp_set_between, rp_set_rank;			/* inputs.c */
rp_setter rp_set_fields;				/* facts.c */
rp_setter rp_set_ref, rp_set_item_ref;			/* names.c */
rp_setter rp_set_quantity, rp_set_rate;			/* measure.c */
rp_setter rp_set_map, rp_set_list;			/* walk.c */
rp_setter rp_set_calendars, rp_set_zone, rp_set_week;	/* calendars.c */
rp_setter rp_set_hours, rp_set_holidays, rp_set_moment;
rp_setter rp_set_path, rp_set_batch_on;			/* path.c */
rp_setter rp_set_client;				/* polls.c */
rp_setter rp_set_events, rp_set_event;
rp_setter rp_set_milestones, rp_set_revoke_at;		/* record.c */
rp_setter rp_set_updates, rp_set_kept;			/* said.c */
rp_setter rp_set_narrative, rp_set_texts;		/* narrative.c */
rp_setter rp_set_validations, rp_set_related;

/* ---- begin and end of maps ---------------------------------------------- */

typedef void rp_framer(struct rp_binder *b, const struct rp_node *node,
    void *target);

rp_framer rp_begin_calendar, rp_end_calendar, rp_end_freeze; /* calendars.c */
rp_framer rp_begin_step, rp_end_team, rp_end_branch;	/* path.c */
rp_framer rp_end_poll;					/* polls.c */
rp_framer rp_begin_owners, rp_begin_renewal;		/* owns.c */
rp_framer rp_begin_correlation;				/* inputs.c */
rp_framer rp_begin_event, rp_end_event;
rp_framer rp_begin_plan, rp_begin_actual, rp_end_actual; /* record.c */
rp_framer rp_end_revocation;
rp_framer rp_begin_fact, rp_end_fact;			/* facts.c */
rp_framer rp_begin_clock, rp_end_clock;
rp_framer rp_begin_claim, rp_end_claim, rp_begin_request; /* said.c */
rp_framer rp_begin_commitment, rp_end_commitment, rp_begin_update;
rp_framer rp_begin_forecast, rp_end_forecast;
rp_framer rp_begin_cause, rp_begin_happened, rp_begin_related; /* narrative.c */
rp_framer rp_begin_duty, rp_end_duty;		/* check.c */
rp_framer rp_begin_population, rp_end_population;

/* That there are no more subscribers than certificates, where both are said. */
void rp_check_subscribers(struct rp_binder *b, const struct rp_node *node,
    struct rp_count subscribers, struct rp_count certificates);

/* ---- record.c ----------------------------------------------------------- */

/* A time that was read; those with a fault stay at zero. */
bool rp_is_set(struct rp_when w);

/* What has not happened cannot have been published; own_key: its own time. */
void rp_bind_published(struct rp_binder *b, const struct rp_node *node,
    struct rp_when own, bool has_published, struct rp_when published,
    const char *own_key);

/* key makes sense only where other is given, too. */
void rp_only_beside(struct rp_binder *b, const struct rp_node *node,
    const char *key, const char *other);

struct rp_origin rp_origin_of(const struct rp_binder *b,
    const struct rp_node *node);

/* ---- links.c ------------------------------------------------------------ */

/* Nothing replaces it, and it replaces nothing. */
extern const struct rp_mark rp_no_links;

/* An item that only says that another one was an error. */
bool rp_is_retraction(const struct rp_node *node);

/* Such an item has no keys that say anything else. */
void rp_end_retraction(struct rp_binder *b, enum rp_context context,
    const struct rp_node *node);

/*
 * Follow the ids between items, which are still in the order of the document,
 * and find what cannot be: circles, two corrections of one item.
 */
void rp_link_items(struct rp_binder *b, const struct rp_node *root);

/* ---- inputs.c ----------------------------------------------------------- */

/* Note that a quantity was given the name of an input. */
void rp_name_input(struct rp_binder *b, const struct rp_measure *m,
    const struct rp_node *name, struct rp_quantity *q);

/* The same number, or the same distribution. */
bool rp_same_quantity(const struct rp_quantity *a,
    const struct rp_quantity *b);

/* Inputs of one name are alike, and correlations are of inputs. */
void rp_check_inputs(struct rp_binder *b);

/* ---- owns.c ------------------------------------------------------------- */

/* Who owns how many adds up to what the population has. */
void rp_check_owns(struct rp_binder *b, const struct rp_node *node,
    struct rp_population *population);
void rp_check_renewal(struct rp_binder *b, const struct rp_node *node,
    const struct rp_population *population);

/* ---- reach.c ------------------------------------------------------------ */

/* What a number can be at least and at most; infinite where nothing says. */
struct rp_reach {
	double low;
	double high;
};

struct rp_reach rp_reach_of(const struct rp_quantity *q);

/* ---- possible.c --------------------------------------------------------- */

/* What no incident can be like, though each value by itself is possible. */
void rp_check_possible(struct rp_binder *b);

/* ---- teams.c ------------------------------------------------------------ */

/* Steps of one team say the same of it. */
void rp_check_teams(struct rp_binder *b);

/* ---- order.c ------------------------------------------------------------ */

/* Plans, actuals, updates and forecasts by time; links stay what they are. */
void rp_sort_items(struct rp_binder *b);

/* By when it begins, and then by when it is over. */
int rp_when_cmp(struct rp_when a, struct rp_when b);

/* Everything that two parts of a case may contradict each other in. */
void rp_check_case(struct rp_binder *b, const struct rp_node *root);

#endif /* RP_READ_BINDER_H */
