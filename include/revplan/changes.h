/*
 * revplan/changes.h - what the requirements changed from one date to another.
 *
 * Stage 1.  Reads: rules.h.  Read by: the writers.
 *
 * Both moments are looked at by themselves: what came and went between them
 * is not told.  A rule that ends and one that begins are a pair where both
 * are about the same duty in other editions.
 */
#ifndef RP_CHANGES_H
#define RP_CHANGES_H

#include <stdbool.h>
#include <stddef.h>

#include "revplan/err.h"
#include "revplan/rules.h"

/*
 * Whether two rules ask for the same in other editions or documents; of a rule
 * and itself true.
 */
bool rp_rule_same_duty(const struct rp_rule *a, const struct rp_rule *b);

enum rp_change_kind {
	RP_CHANGE_BEGINS,	/* and follows none */
	RP_CHANGE_FOLLOWS,	/* takes the place of one that ended */
	RP_CHANGE_ENDS		/* and none follows */
};

/* What differs between a rule and the one that it follows. */
#define RP_DIFFERS_DOCUMENT (1u << 0)
#define RP_DIFFERS_SECTION (1u << 1)
#define RP_DIFFERS_LIMIT (1u << 2)
#define RP_DIFFERS_SEVERITY (1u << 3)
#define RP_DIFFERS_KEYED (1u << 4)	/* which date decides its edition */
#define RP_DIFFERS_CLOCK (1u << 5)	/* from when its clock runs */

struct rp_rule_change {
	enum rp_change_kind kind;
	const struct rp_rule *before;	/* NULL: it begins */
	const struct rp_rule *after;	/* NULL: it ends */
	const struct rp_rule *beside;	/* of the same duty, in force at both
					 * moments; NULL: there is none */
	const struct rp_rule *part;	/* the one of both that asks for more
					 * than the other is about; or NULL */
	struct rp_span limit_before;	/* of that demand; 0: there is none */
	struct rp_span limit_after;
	unsigned differs;		/* RP_DIFFERS_ bits, with both rules;
					 * clock and date not with a part */
};

/* What a list of reasons said of one of them. */
enum rp_place_state {
	RP_PLACE_NO_LIST,	/* the table has no list in force then */
	RP_PLACE_NOT_NAMED,	/* the list does not name the reason */
	RP_PLACE_NAMED
};

struct rp_reason_change {
	enum rp_profile profile;
	enum rp_certificate certificate;
	enum rp_reason reason;
	enum rp_place_state was, is;
	struct rp_reason_place before, after;	/* where it is named */
};

/* Opaque; immutable. */
struct rp_changes;

/*
 * What is in force at `later` against `earlier`.
 *
 *   *out   on RP_OK owned by the caller, rp_changes_free()
 *
 * RP_ENOMEM; *out is untouched.
 */
RP_CHECKED rp_status rp_changes(struct rp_instant earlier,
    struct rp_instant later, struct rp_changes **out, struct rp_err *err);

/* By the id of the rule that begins or, where none does, that ends. */
const struct rp_rule_change *rp_changes_rules(const struct rp_changes *c,
    size_t *n);

/*
 * Reasons whose item, limit or CRL reason changed, which appeared or
 * disappeared; by profile, certificate and reason.
 */
const struct rp_reason_change *rp_changes_reasons(const struct rp_changes *c,
    size_t *n);

/* Accepts NULL. */
void rp_changes_free(struct rp_changes *c);

#endif /* RP_CHANGES_H */
