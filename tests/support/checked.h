/*
 * checked.h - a case put together by hand, and the rows of its check.
 *
 * For one test program only: it notes which verdicts were seen of each rule.
 */
#ifndef TESTS_CHECKED_H
#define TESTS_CHECKED_H

#include <string.h>

#include "revplan/check.h"
#include "support/written.h"

#define MAX 8
#define COUNT(a) (sizeof(a) / sizeof((a)[0]))

/* A case that is put together by hand: one duty unless told otherwise. */
struct made {
	struct rp_case cs;
	struct rp_duty duty[2];
	struct rp_fact fact[MAX];
	struct rp_update update[MAX];
	struct rp_actual actual[2];
};

static inline void
make(struct made *m, enum rp_certificate certificate,
    enum rp_profile profile, enum rp_reason reason, struct rp_when aware)
{
	*m = (struct made){ .cs = { .id = "made", .duty = m->duty,
	    .fact = m->fact, .update = m->update, .actual = m->actual,
	    .n_duties = 1, .certificate = certificate, .profile = profile,
	    .reason = reason, .aware = aware } };
	m->cs.total = m->cs.base = rp_count_of(100);
	m->duty[0] = (struct rp_duty){ .name = "all",
	    .certificate = certificate, .profile = profile, .reason = reason,
	    .aware = aware };
}

static inline void
set_reported(struct made *m, struct rp_when at)
{
	m->cs.has_reported = m->duty[0].has_reported = true;
	m->cs.reported = m->duty[0].reported = at;
}

/* n certificates; 0: all of them. */
static inline struct rp_fact *
add_fact(struct made *m, enum rp_fact_kind kind, struct rp_when at,
    uint64_t n)
{
	struct rp_fact *f = &m->fact[m->cs.n_facts++];

	*f = (struct rp_fact){ .kind = kind, .at = at, .duty = -1,
	    .answers = -1, .has_certificates = n > 0,
	    .certificates = rp_count_of(n) };
	return f;
}

static inline void
add_post(struct made *m, struct rp_when at)
{
	m->update[m->cs.n_updates++].at = at;
}

static inline struct rp_findings *
checked(const struct made *m, struct rp_when as_of)
{
	struct rp_findings *f = NULL;
	struct rp_err err = { 0 };
	const struct rp_finding *row;
	size_t n;

	if (rp_check(&m->cs, as_of, RP_VIEW_INTERNAL, &f, &err) != RP_OK)
		fail_msg("%s", err.text);
	row = rp_findings_rows(f, &n);
	for (size_t i = 0; i < n; i++) {
		assert_true(strlen(row[i].citation) > 5);
		assert_true(strlen(row[i].detail) > 10);
		if (row[i].verdict == RP_VERDICT_BREACHED)
			assert_true(row[i].has_overdue &&
			    row[i].overdue_s > 0);
	}
	return f;
}

/* The n-th row of an id, from 0; NULL when there is none. */
static inline const struct rp_finding *
row_of(const struct rp_findings *f, const char *id, size_t n)
{
	size_t rows;
	const struct rp_finding *r = rp_findings_rows(f, &rows);

	for (size_t i = 0; i < rows; i++)
		if (strcmp(r[i].id, id) == 0 && n-- == 0)
			return &r[i];
	return NULL;
}

static inline const struct rp_finding *
row_must(const struct rp_findings *f, const char *id, size_t n,
    enum rp_verdict verdict)
{
	const struct rp_finding *r = row_of(f, id, n);

	if (r == NULL)
		fail_msg("no row %zu of '%s'", n, id);
	if (r->verdict != verdict)
		fail_msg("'%s' is %s, not %s: %s", id,
		    rp_verdict_word(r->verdict), rp_verdict_word(verdict),
		    r->detail);
	return r;
}

#endif /* TESTS_CHECKED_H */
