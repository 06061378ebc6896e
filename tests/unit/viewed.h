/*
 * viewed.h - a case as somebody is shown it, for the tests of views.
 */
#ifndef RP_UNIT_VIEWED_H
#define RP_UNIT_VIEWED_H

#include "revplan/case.h"

#define LEN(a) (sizeof(a) / sizeof((a)[0]))
#define ALONE { .replaces = -1, .replaced_by = -1 }

static inline struct rp_when
when(const char *text)
{
	struct rp_when w = { 0 };
	struct rp_err err = { 0 };

	assert_int_equal(rp_when_parse(text, &w, &err), RP_OK);
	return w;
}

/* as_of NULL: the end of all time. */
static inline struct rp_case *
view_of(const struct rp_case *full, const char *as_of, enum rp_view view)
{
	struct rp_err err = { 0 };
	struct rp_case *cs = NULL;
	struct rp_when w;

	if (as_of != NULL)
		w = when(as_of);
	assert_int_equal(rp_case_view(full, as_of != NULL ? &w : NULL, view,
	    &cs, &err), RP_OK);
	assert_non_null(cs);
	return cs;
}

static inline void
link_up(struct rp_mark *new, int i_new, struct rp_mark *old, int i_old)
{
	new->replaces = i_old;
	old->replaced_by = i_new;
}

static inline struct rp_claim
claim(const char *said, const char *id)
{
	struct rp_claim c = { .mark = ALONE, .said = when(said),
	    .population = -1, .duty = -1, .changes = -1 };

	c.mark.id = id;
	return c;
}

#endif /* RP_UNIT_VIEWED_H */
