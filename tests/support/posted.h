/*
 * tests/support/posted.h - a post from the text of a case.
 *
 * Figures were worked out by hand, beside the case that they belong to.
 */
#ifndef TESTS_POSTED_H
#define TESTS_POSTED_H

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <string.h>

#include <cmocka.h>

#include "base/mem.h"
#include "revplan/update.h"
#include "support/bound.h"
#include "support/written.h"

/* Deadline: 2026-03-02T09:15Z + 5 d = 2026-03-07T09:15Z.  Base 1000. */
#define HEAD								\
	"revplan: 1\n"							\
	"incident: {id: t, certificate: subscriber,\n"			\
	"  reason: not-per-requirements, aware: 2026-03-02T09:15Z}\n"	\
	"populations:\n"						\
	"  - {name: a, certificates: 600,\n"				\
	"     path: [{team: {rate: 20/working-day}}]}\n"		\
	"  - {name: b, certificates: 400,\n"				\
	"     path: [{team: {rate: 20/working-day}}]}\n"

/* A post from a text, and what it was made from. */
struct made {
	struct bound full;
	struct rp_case *now;
	struct rp_claims *claims;
	struct rp_post *post;
	struct rp_err err;
	rp_status status;
	size_t n_lines;
	char line[16][RP_ERR_TEXT];
};

static inline void
note_line(void *arg, const struct rp_origin *at, const char *text)
{
	struct made *m = arg;

	assert_true(at->line > 0);
	if (m->n_lines < 16)
		(void)snprintf(m->line[m->n_lines], RP_ERR_TEXT, "%s", text);
	m->n_lines++;
}

static inline void
make(struct made *m, const char *text, const char *as_of, enum rp_view view)
{
	struct rp_post_sources src = { .as_of = when(as_of), .view = view,
	    .no_forecast = "not asked for", .contradiction = note_line,
	    .arg = m };

	memset(m, 0, sizeof(*m));
	m->full = bind_text(text, ".");
	if (m->full.cs == NULL)
		fail_msg("the case has faults");
	assert_int_equal(rp_case_view(m->full.cs, &src.as_of, view, &m->now,
	    &m->err), RP_OK);
	assert_int_equal(rp_claims(m->now, src.as_of, view, &m->claims,
	    &m->err), RP_OK);
	src.full = m->full.cs;
	src.now = m->now;
	src.claims = m->claims;
	m->status = rp_post_make(&src, &m->post, &m->err);
}

static inline void
release(struct made *m)
{
	rp_post_free(m->post);
	rp_claims_free(m->claims);
	rp_case_free(m->now);
	bound_release(&m->full);
}

static inline void
post(struct made *m, const char *text, const char *as_of)
{
	make(m, text, as_of, RP_VIEW_INTERNAL);
	if (m->status != RP_OK)
		fail_msg("%s: %s", m->err.text, m->line[0]);
}

#define POSTED "updates: [2026-03-10T16:00Z]\n"

#define TWO_DUTIES							\
	"duties:\n"							\
	"  - {name: x, certificates: 2, certificate: subordinate-ca,\n"	\
	"     profile: tls, reason: not-per-requirements,\n"		\
	"     aware: 2026-03-02T09:15Z}\n"				\
	"  - {name: y, certificates: 1, certificate: subordinate-ca,\n"	\
	"     profile: tls, reason: not-per-requirements,\n"		\
	"     aware: 2026-03-02T09:15Z}\n"

static inline void
figure_is(const struct rp_post_row *r, enum rp_figure f, uint64_t n)
{
	const struct rp_amount *a = &r->figure[f].amount;

	if (!a->known)
		fail_msg("'%s' is not known", rp_figure_word(f));
	assert_true(a->is_count);
	assert_int_equal(rp_count_n(a->count), n);
}

#endif /* TESTS_POSTED_H */
