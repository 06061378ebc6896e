/*
 * write/show.h - results as a command writes them.
 *
 * A command calls one of these with a result and hands the text to
 * rp_output_write(); there is no arithmetic in a command and none of its
 * formats here differs in its figures.
 */
#ifndef RP_WRITE_SHOW_H
#define RP_WRITE_SHOW_H

#include "output.h"
#include "revplan/check.h"
#include "revplan/claims.h"
#include "revplan/closure.h"
#include "revplan/compare.h"
#include "revplan/dues.h"
#include "revplan/forecast.h"
#include "revplan/plan.h"
#include "revplan/simulate.h"
#include "revplan/table.h"
#include "revplan/update.h"
#include "revplan/whatif.h"
#include "write/document.h"
#include "write/provenance.h"

enum rp_format {
	RP_FORMAT_TEXT,
	RP_FORMAT_MARKDOWN,
	RP_FORMAT_CSV,
	RP_FORMAT_JSON,
	RP_FORMAT_HTML,
	RP_FORMATS
};

/* "text", "markdown", "csv", "json", "html"; false: no such format. */
bool rp_format_find(const char *name, enum rp_format *out);
const char *rp_format_name(enum rp_format format);

/* ".txt", ".md", ... */
const char *rp_format_suffix(enum rp_format format);

struct rp_show {
	enum rp_format format;
	struct rp_provenance provenance;
};

/*
 * Append a result in the format.  RP_ENOMEM; the text is then unusable.  For
 * RP_FORMAT_CSV the command prints rp_provenance_line() to standard error.
 * rp_show_simulate in CSV or JSON: RP_ESTATE when the trials kept no bands.
 */
RP_CHECKED rp_status rp_show_table(const struct rp_table *t,
    const struct rp_show *how, struct rp_text *out, struct rp_err *err);
/* The same without the provenance, where another table follows. */
RP_CHECKED rp_status rp_show_part(const struct rp_table *t,
    const struct rp_show *how, struct rp_text *out, struct rp_err *err);
/* Some tables, finished ones, below each other; in text, Markdown or HTML. */
RP_CHECKED rp_status rp_show_tables(const struct rp_table *const *t, size_t n,
    const struct rp_show *how, struct rp_text *out, struct rp_err *err);
RP_CHECKED rp_status rp_show_compare(const struct rp_comparison *c,
    const struct rp_show *how, struct rp_text *out, struct rp_err *err);
RP_CHECKED rp_status rp_show_check(const struct rp_findings *f,
    const struct rp_show *how, struct rp_text *out, struct rp_err *err);
RP_CHECKED rp_status rp_show_dues(const struct rp_dues *d,
    const struct rp_show *how, struct rp_text *out, struct rp_err *err);
RP_CHECKED rp_status rp_show_closure(const struct rp_closure *c,
    const struct rp_show *how, struct rp_text *out, struct rp_err *err);
RP_CHECKED rp_status rp_show_claims(const struct rp_claims *l,
    const struct rp_show *how, struct rp_text *out, struct rp_err *err);
RP_CHECKED rp_status rp_show_simulate(const struct rp_trials *tr,
    const struct rp_show *how, struct rp_text *out, struct rp_err *err);
RP_CHECKED rp_status rp_show_forecast(const struct rp_forecast *fc,
    const struct rp_trials *tr, const struct rp_show *how,
    struct rp_text *out, struct rp_err *err);
RP_CHECKED rp_status rp_show_plan(const struct rp_schedule *s,
    const struct rp_show *how, struct rp_text *out, struct rp_err *err);

/* The tables that simulation can write one at a time. */
enum rp_sim_table {
	RP_TABLE_COMPLETION,
	RP_TABLE_SHARES,
	RP_TABLE_BY,
	RP_TABLE_MILESTONES,
	RP_TABLE_PROGRESS,
	RP_TABLE_SHEET,
	RP_TABLE_TAIL,
	RP_TABLE_RISKS,
	RP_TABLE_CLOSED_FORM,
	RP_TABLE_NOTHING,
	RP_TABLE_INPUTS,
	RP_SIM_TABLES
};

/* One of them alone, in any format, with a note where it has no rows. */
RP_CHECKED rp_status rp_show_simulate_table(const struct rp_trials *tr,
    enum rp_sim_table which, const struct rp_show *how, struct rp_text *out,
    struct rp_err *err);

/* A variant of a case; the figures of both are in the answer. */
struct rp_show_variant {
	const struct rp_trials *trials;
	struct rp_whatif_answer answer;
};
RP_CHECKED rp_status rp_show_whatif(const struct rp_trials *base,
    const struct rp_show_variant *v, size_t n, const struct rp_show *how,
    struct rp_text *out, struct rp_err *err);

struct rp_show_post {
	const struct rp_post *post;
	const struct rp_case *cs;	/* the view that it was made from */
	const struct rp_comparison *comparison;	/* or NULL */
};

/*
 * As the other rp_show_ functions.  Markdown comes in *parts that each fit
 * into a comment, see write/document.h; all else is one part.
 */
RP_CHECKED rp_status rp_show_post(const struct rp_show_post *show,
    const struct rp_show *how, size_t *parts, struct rp_text *out,
    struct rp_err *err);

#endif /* RP_WRITE_SHOW_H */
