/*
 * write/post.h - the sections of a post.
 */
#ifndef RP_WRITE_POST_H
#define RP_WRITE_POST_H

#include "revplan/compare.h"
#include "revplan/update.h"
#include "write/document.h"
#include "write/show.h"

void rp_post_add_figures(struct rp_document *d, const struct rp_post *post,
    const struct rp_case *cs);
/* The same as the section, without its heading. */
void rp_post_add_rows(struct rp_document *d, const struct rp_post *post,
    const struct rp_case *cs);
void rp_post_add_estimate(struct rp_document *d, const struct rp_post *post,
    const struct rp_case *cs);
void rp_post_add_changes(struct rp_document *d, const struct rp_post *post);
void rp_post_add_promises(struct rp_document *d, const struct rp_post *post);
void rp_post_add_restatements(struct rp_document *d,
    const struct rp_post *post, const struct rp_case *cs);
void rp_post_add_questions(struct rp_document *d,
    const struct rp_post *post);
void rp_post_add_next(struct rp_document *d, const struct rp_post *post);

/* The estimate in full, without a heading. */
void rp_post_add_expected(struct rp_document *d, const struct rp_post *post,
    const struct rp_case *cs);

/* The fourth of the figures, and how it moved. */
void rp_post_add_estimate_item(struct rp_document *d,
    const struct rp_post *post);
void rp_post_add_estimate_change(struct rp_document *d,
    const struct rp_post *post);

/* The estimate as a part of a sentence. */
void rp_post_say_estimate_short(struct rp_text *line,
    const struct rp_post *post);

RP_CHECKED rp_status rp_post_json(const struct rp_show_post *show,
    const struct rp_show *how, struct rp_text *out, struct rp_err *err);

#endif /* RP_WRITE_POST_H */
