/*
 * write/draft.h - drafts of incident reports, by the template in force.
 *
 * A draft has everything that the case knows in the place where the template
 * wants it.  What only people can say and nobody has written yet is marked
 * "[MISSING: what to say]" and counted; nothing is made up.
 */
#ifndef RP_WRITE_DRAFT_H
#define RP_WRITE_DRAFT_H

#include <stddef.h>

#include "revplan/check.h"
#include "revplan/rules.h"
#include "revplan/update.h"
#include "write/show.h"

enum rp_draft_kind {
	RP_DRAFT_PRELIMINARY,
	RP_DRAFT_FULL,
	RP_DRAFT_DELAYED,	/* of revocation that was not in time */
	RP_DRAFT_CLOSURE,
	RP_DRAFTS
};

/* All borrowed. */
struct rp_draft {
	enum rp_draft_kind kind;
	struct rp_when as_of;
	const struct rp_case *cs;		/* its view at as_of */
	const struct rp_post *post;		/* the figures of `update` */
	const struct rp_findings *findings;	/* of the view */
};

struct rp_draft_result {
	size_t parts;		/* comments that it takes */
	size_t missing;		/* things to be filled in */
	const char *title;	/* of the template */
	const char *warning;	/* why no template is for it, or NULL */
};

/* In text or Markdown.  RP_ENOMEM; the text is then unusable. */
RP_CHECKED rp_status rp_show_draft(const struct rp_draft *draft,
    const struct rp_show *how, struct rp_draft_result *result,
    struct rp_text *out, struct rp_err *err);

#endif /* RP_WRITE_DRAFT_H */
