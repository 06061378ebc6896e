/*
 * The text to post, in the CA's own voice: the figures that are asked for,
 * the estimate, what changed, what was promised, what is owed.
 */
#include <inttypes.h>
#include <stdio.h>
#include <string.h>

#include "write/document.h"
#include "write/post.h"
#include "write/post_words.h"
#include "write/tables.h"

/* ---- the summary -------------------------------------------------------- */

/* The duties together, where all of them are counted. */
static bool
sum_of_duties(const struct rp_post *post, uint64_t *revoked, uint64_t *all,
    bool *recorded)
{
	*revoked = *all = 0;
	*recorded = false;
	for (size_t i = 0; i < post->n_rows; i++) {
		const struct rp_post_row *r = &post->row[i];
		const struct rp_amount *a =
		    &r->figure[RP_FIGURE_REVOKED].amount;

		if (r->duty < 0)
			continue;
		if (!a->known || !a->is_count)
			return false;
		*recorded = *recorded || !r->no_record;
		*revoked += rp_count_n(a->count);
		*all += rp_count_n(r->figure[RP_FIGURE_REVOKED].of);
	}
	return true;
}

/* Of a single duty: what is left, and what expired. */
static void
say_rest(struct rp_text *line, const struct rp_post *post)
{
	const struct rp_amount *left =
	    &post->row[0].figure[RP_FIGURE_OUTSTANDING].amount;
	const struct rp_amount *expired =
	    &post->row[0].figure[RP_FIGURE_EXPIRED].amount;

	if (post->n_rows > 1 || !left->known || !left->is_count)
		return;
	rp_text_printf(line, ", %" PRIu64 " %s not yet",
	    rp_count_n(left->count), rp_count_n(left->count) == 1 ? "is" :
	    "are");
	if (expired->known && expired->is_count &&
	    rp_count_n(expired->count) > 0)
		rp_text_printf(line, ", and %" PRIu64 " expired before that",
		    rp_count_n(expired->count));
}

/* What is revoked, as the first half of a sentence. */
static void
say_revoked(struct rp_text *line, const struct rp_post *post)
{
	const struct rp_post_row *r = &post->row[0];
	uint64_t revoked, all;
	char words[RP_WORDS];
	bool recorded;

	if (sum_of_duties(post, &revoked, &all, &recorded)) {
		rp_text_printf(line, "%" PRIu64 " of %s %s %srevoked", revoked,
		    rp_post_certificates(rp_count_of(all), words),
		    all == 1 ? "is" : "are", recorded ? "" :
		    "on record as ");
		say_rest(line, post);
	} else if (post->n_rows > 0 &&
	    r->figure[RP_FIGURE_REVOKED].amount.known)
		rp_text_printf(line, "%s of the affected certificates are "
		    "revoked", rp_post_amount(
		    &r->figure[RP_FIGURE_REVOKED].amount, words));
	else
		rp_text_puts(line, "the number of revoked certificates is "
		    "not recorded");
}

/* The row that counts the affected certificates; NULL: there is none. */
static const struct rp_post_row *
affected(const struct rp_post *post)
{
	for (size_t i = 0; i < post->n_rows; i++)
		if (post->row[i].affected)
			return &post->row[i];
	return NULL;
}

/* "31.4 points ahead of plan", "as planned". */
static void
say_points(struct rp_text *line, struct rp_share difference,
    const char *which)
{
	char text[RP_UNIT_TEXT];

	(void)rp_share_format(difference, text);
	if (rp_share_ppb(difference) == 0)
		rp_text_printf(line, "as in %s", which);
	else
		rp_text_printf(line, "%s points %s %s",
		    text + (text[0] == '-'), text[0] == '-' ? "behind" :
		    "ahead of", which);
}

/*
 * How far from the plan the newest figure is.  Who is where a new plan has it
 * says where the first one had it as well.
 */
static void
say_difference(struct rp_text *line, const struct rp_comparison *cmp)
{
	const struct rp_compare_row *r, *last = NULL;
	size_t n;

	if (cmp == NULL)
		return;
	r = rp_comparison_rows(cmp, &n);
	for (size_t i = 0; i < n; i++)
		if (r[i].has_actual)
			last = &r[i];
	if (last == NULL)
		return;
	if (last->has_difference) {
		rp_text_puts(line, ", ");
		say_points(line, last->difference, rp_comparison_first(cmp) !=
		    NULL ? "the last plan" : "the plan");
	}
	if (last->has_first_difference) {
		rp_text_puts(line, last->has_difference ? " and " : ", ");
		say_points(line, last->first_difference,
		    last->has_difference ? "the first one" : "the first plan");
	}
}

static void
say_replaced(struct rp_text *line, const struct rp_post *post,
    const struct rp_comparison *cmp)
{
	const struct rp_post_row *r = affected(post);
	const struct rp_post_figure *f;
	char words[RP_WORDS];

	if (r == NULL || !r->figure[RP_FIGURE_REPLACED].amount.known)
		return;
	f = &r->figure[RP_FIGURE_REPLACED];
	rp_text_printf(line, "; %s of the affected certificates are replaced",
	    rp_post_amount(&f->amount, words));
	if (rp_instant_cmp(rp_when_last(f->as_of),
	    rp_instant_midnight(post->as_of.from)) < 0)
		rp_text_printf(line, " (by %s)", rp_post_when(f->as_of,
		    words));
	if (cmp != NULL && rp_comparison_metric(cmp) == RP_METRIC_REPLACED)
		say_difference(line, cmp);
}

/* A figure that is ahead of a plan may be long past a deadline. */
static void
say_deadline(struct rp_text *line, const struct rp_post *post)
{
	const struct rp_post_row *r, *first = NULL;
	char at[RP_WORDS], span[RP_WORDS];
	bool others = false;

	for (size_t i = 0; i < post->n_rows; i++) {
		r = &post->row[i];
		if (rp_post_overdue(post, r, span)[0] == '\0')
			continue;
		others = others || (first != NULL &&
		    rp_instant_cmp(r->deadline.from,
		    first->deadline.from) != 0);
		if (first == NULL || rp_instant_cmp(rp_when_last(r->deadline),
		    rp_when_last(first->deadline)) < 0)
			first = r;
	}
	if (first != NULL)
		rp_text_printf(line, " The %sdeadline for revocation, %s, "
		    "passed %s ago.", others ? "first " : "",
		    rp_post_when(first->deadline, at),
		    rp_post_overdue(post, first, span));
}

static void
add_summary(struct rp_document *d, const struct rp_post *post,
    const struct rp_comparison *cmp)
{
	struct rp_text line = { 0 };
	char words[RP_WORDS];

	rp_text_printf(&line, "As of %s, ", rp_post_when(post->as_of, words));
	say_revoked(&line, post);
	say_replaced(&line, post, cmp);
	rp_text_puts(&line, "; ");
	rp_post_say_estimate_short(&line, post);
	rp_text_puts(&line, ".");
	say_deadline(&line, post);
	if (line.failed)
		d->failed = true;
	else
		rp_document_add(d, RP_PIECE_PARAGRAPH, "%s", line.bytes);
	rp_text_release(&line);
}

/* ---- the table ---------------------------------------------------------- */

/* The rows alone; what stands below a table becomes paragraphs. */
static struct rp_table *
rows_of(const struct rp_table *t)
{
	struct rp_column column[32];
	size_t n = rp_table_columns(t), row, i;
	struct rp_table *out = NULL;
	const char *human, *machine;
	enum rp_cell_kind kind;

	if (n > sizeof(column) / sizeof(column[0]))
		return NULL;
	for (i = 0; i < n; i++)
		column[i] = *rp_table_column(t, i);
	if (rp_table_new(NULL, column, n, &out, NULL) != RP_OK)
		return NULL;
	for (row = 0; row < rp_table_rows(t); row++) {
		rp_table_row(out);
		for (i = 0; i < n; i++) {
			kind = rp_table_cell(t, row, i, &human, &machine);
			rp_table_set(out, i, kind, human, machine);
		}
	}
	return out;
}

static rp_status
add_table(struct rp_document *d, const struct rp_comparison *cmp,
    struct rp_err *err)
{
	struct rp_table *t, *rows;
	rp_status rc;

	if (cmp == NULL)
		return RP_OK;
	if ((rc = rp_compare_table(cmp, &t, err)) != RP_OK)
		return rc;
	rp_document_add(d, RP_PIECE_HEADING, "Planned against actual");
	rows = rows_of(t);
	if (rows == NULL || rp_table_status(rows) != RP_OK)
		d->failed = true;
	if (rows != NULL)
		rp_document_table(d, rows);
	for (size_t i = 0; i < rp_table_notes(t); i++)
		rp_document_add(d, RP_PIECE_PARAGRAPH, "%s",
		    rp_table_note_text(t, i));
	rp_table_free(t);
	return RP_OK;
}

/* ---- the whole ---------------------------------------------------------- */

static void
add_title(struct rp_document *d, const struct rp_post *post,
    const struct rp_case *cs)
{
	char words[RP_WORDS];

	rp_document_add(d, RP_PIECE_TITLE, "%s: update as of %s",
	    cs->title != NULL ? cs->title : cs->id != NULL ? cs->id :
	    "Incident", rp_post_when(post->as_of, words));
}

static void
add_provenance(struct rp_document *d, const struct rp_provenance *p)
{
	struct rp_text line = { 0 };

	rp_provenance_line(p, &line);
	if (line.failed)
		d->failed = true;
	else
		rp_document_add(d, RP_PIECE_PARAGRAPH, "Made with %s.",
		    line.bytes);
	rp_text_release(&line);
}

static rp_status
write_words(const struct rp_show_post *show, const struct rp_show *how,
    size_t *parts, struct rp_text *out, struct rp_err *err)
{
	const struct rp_post *post = show->post;
	struct rp_document d = { 0 };
	rp_status rc;

	add_title(&d, post, show->cs);
	add_summary(&d, post, show->comparison);
	rp_post_add_figures(&d, post, show->cs);
	rp_post_add_estimate(&d, post, show->cs);
	rp_post_add_changes(&d, post);
	rc = add_table(&d, show->comparison, err);
	rp_post_add_promises(&d, post);
	rp_post_add_restatements(&d, post, show->cs);
	rp_post_add_questions(&d, post);
	rp_post_add_next(&d, post);
	add_provenance(&d, &how->provenance);
	if (rc == RP_OK && how->format == RP_FORMAT_TEXT)
		rp_document_text(&d, out);
	else if (rc == RP_OK)
		*parts = rp_document_markdown(&d, RP_COMMENT_CHARACTERS, out);
	rp_document_release(&d);
	return rc;
}

rp_status
rp_show_post(const struct rp_show_post *show, const struct rp_show *how,
    size_t *parts, struct rp_text *out, struct rp_err *err)
{
	rp_status rc = RP_OK;

	*parts = 1;
	if (how->format == RP_FORMAT_JSON)
		rc = rp_post_json(show, how, out, err);
	else
		rc = write_words(show, how, parts, out, err);
	if (rc == RP_OK && out->failed)
		rc = rp_fail(err, RP_ENOMEM, "no memory for the result");
	return rc;
}
