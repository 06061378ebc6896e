/* The figures of a post, and what changed in them. */
#include <ctype.h>
#include <stdio.h>

#include "write/post.h"
#include "write/post_words.h"

static const struct rp_post_figure *
figure(const struct rp_post_row *r, enum rp_figure f)
{
	return &r->figure[f];
}

static bool
known(const struct rp_post_row *r, enum rp_figure f)
{
	return r->figure[f].amount.known;
}

static bool
is_zero(const struct rp_amount *a)
{
	return a->is_count ? rp_count_n(a->count) == 0 :
	    rp_share_ppb(a->share) == 0;
}

static bool
same_when(struct rp_when a, struct rp_when b)
{
	return rp_instant_cmp(a.from, b.from) == 0 &&
	    rp_instant_cmp(a.until, b.until) == 0;
}

/* ---- one item each ------------------------------------------------------ */

/* "Revoked: 600 of 1000 (60.0 %)", with its time where that is another. */
static void
say_figure(struct rp_text *line, const struct rp_post_row *r,
    enum rp_figure f, const char *label)
{
	char words[RP_WORDS], at[RP_WORDS];

	rp_text_printf(line, "%s: %s", label,
	    rp_post_figure(figure(r, f), words));
	if (!same_when(figure(r, f)->as_of, r->as_of))
		rp_text_printf(line, ", as of %s",
		    rp_post_when(figure(r, f)->as_of, at));
}

static void
add_line(struct rp_document *d, struct rp_text *line)
{
	if (line->failed)
		d->failed = true;
	else
		rp_document_add(d, RP_PIECE_ITEM, "%s.", line->bytes);
	rp_text_release(line);
}

static void
add_revoked(struct rp_document *d, const struct rp_post_row *r)
{
	struct rp_text line = { 0 };

	if (r->no_record)
		rp_text_printf(&line, "Revoked: 0 of %llu; no revocation is "
		    "on record", (unsigned long long)rp_count_n(r->base));
	else if (known(r, RP_FIGURE_REVOKED))
		say_figure(&line, r, RP_FIGURE_REVOKED, "Revoked");
	else if (known(r, RP_FIGURE_GONE))
		say_figure(&line, r, RP_FIGURE_GONE, "Revoked or expired "
		    "(not recorded separately)");
	else
		rp_text_puts(&line, "Revoked: not recorded");
	add_line(d, &line);
}

static void
add_outstanding(struct rp_document *d, const struct rp_post_row *r)
{
	struct rp_text line = { 0 };
	char words[RP_WORDS];

	if (known(r, RP_FIGURE_OUTSTANDING))
		say_figure(&line, r, RP_FIGURE_OUTSTANDING,
		    "Not yet revoked");
	else
		rp_text_puts(&line, "Not yet revoked: not recorded");
	if (known(r, RP_FIGURE_HELD))
		rp_text_printf(&line, "; of these %s held back, which may not "
		    "be revoked for now", rp_post_amount(
		    &figure(r, RP_FIGURE_HELD)->amount, words));
	add_line(d, &line);
}

/* By the deadline or after it, as far as that was recorded. */
static void
say_split(struct rp_text *line, const struct rp_post_row *r)
{
	char early[RP_WORDS], late[RP_WORDS], all[RP_WORDS];

	if (is_zero(&figure(r, RP_FIGURE_EXPIRED)->amount))
		return;
	if (known(r, RP_FIGURE_EXPIRED_EARLY) &&
	    known(r, RP_FIGURE_EXPIRED_LATE)) {
		rp_text_printf(line, "; %s by the deadline and %s after it",
		    rp_post_amount(&figure(r, RP_FIGURE_EXPIRED_EARLY)->amount,
		    early), rp_post_amount(&figure(r,
		    RP_FIGURE_EXPIRED_LATE)->amount, late));
		return;
	}
	rp_text_puts(line, "; how many of them by the deadline and how many "
	    "after it is not recorded");
	if (r->has_early_least) {
		(void)rp_post_amount(&figure(r, RP_FIGURE_EXPIRED)->amount,
		    all);
		rp_text_printf(line, " (at least %llu of the %s by the "
		    "deadline)", (unsigned long long)r->early_least, all);
	}
}

/* Revoked and not yet revoked are all there are. */
static bool
all_told(const struct rp_post_row *r)
{
	const struct rp_amount *a = &figure(r, RP_FIGURE_REVOKED)->amount;
	const struct rp_amount *b = &figure(r, RP_FIGURE_OUTSTANDING)->amount;

	return a->known && b->known && a->is_count && b->is_count &&
	    rp_count_n(a->count) + rp_count_n(b->count) ==
	    rp_count_n(r->base);
}

static void
add_expired(struct rp_document *d, const struct rp_post_row *r)
{
	struct rp_text line = { 0 };

	if (known(r, RP_FIGURE_EXPIRED)) {
		say_figure(&line, r, RP_FIGURE_EXPIRED,
		    "Expired before revocation");
		say_split(&line, r);
	} else
		rp_text_printf(&line, "Expired before revocation: %s",
		    all_told(r) ? "none on record" : "not recorded");
	add_line(d, &line);
}

static struct rp_amount
rest_of(const struct rp_amount *a, struct rp_count base)
{
	struct rp_amount rest = *a;

	if (a->is_count)
		rest.count = rp_count_of(rp_count_n(base) -
		    rp_count_n(a->count));
	else
		rest.share = rp_share_of_ppb(RP_SHARE_ONE_PPB -
		    rp_share_ppb(a->share));
	return rest;
}

/* How far the replacement is, and what that leaves. */
static void
add_progress(struct rp_document *d, const struct rp_post_row *r,
    enum rp_figure f, const char *label, const char *rest_label)
{
	struct rp_text line = { 0 };
	struct rp_post_figure rest = *figure(r, f);
	char words[RP_WORDS];

	if (!known(r, f))
		return;
	say_figure(&line, r, f, label);
	if (rest.bound == RP_BOUND_NONE && (!rest.amount.is_count ||
	    rp_count_n(rest.amount.count) <= rp_count_n(rest.of))) {
		rest.amount = rest_of(&rest.amount, rest.of);
		rp_text_printf(&line, "; %s: %s", rest_label,
		    rp_post_figure(&rest, words));
	}
	add_line(d, &line);
}

/* ---- a row -------------------------------------------------------------- */

/* A deadline that has passed is said to have; so is when it was all over. */
static void
say_overdue(struct rp_text *line, const struct rp_post *post,
    const struct rp_post_row *r)
{
	char span[RP_WORDS], at[RP_WORDS];

	if (rp_post_overdue(post, r, span)[0] != '\0')
		rp_text_printf(line, " (%s ago)", span);
	if (!r->has_done)
		return;
	rp_text_printf(line, "; %s revoked %s",
	    rp_count_n(r->base) == 1 ? "it was" : "the last was",
	    rp_post_when(r->done, at));
	if (rp_post_late(r->deadline, r->done, span)[0] != '\0')
		rp_text_printf(line, ", %s late", span);
}

static void
say_base(struct rp_text *line, const struct rp_post *post,
    const struct rp_post_row *r, const struct rp_case *cs)
{
	char n[RP_WORDS], at[RP_WORDS];

	rp_text_puts(line, r->duty < 0 ? "base " : "");
	rp_text_puts(line, rp_post_certificates(r->base, n));
	if (cs->has_grown && rp_count_n(r->first_base) !=
	    rp_count_n(r->base))
		rp_text_printf(line, " since %s, %llu as first known",
		    rp_post_when(cs->grown, at),
		    (unsigned long long)rp_count_n(r->first_base));
	if (r->assumed)
		rp_text_puts(line, ", an assumed number");
	if (r->has_deadline) {
		rp_text_printf(line, ", to be revoked by %s",
		    rp_post_when(r->deadline, at));
		say_overdue(line, post, r);
	}
}

/* Certificates that were found after the figures were taken. */
static void
say_not_counted(struct rp_text *line, const struct rp_post_row *r)
{
	const struct rp_post_figure *f = figure(r, RP_FIGURE_REVOKED);

	if (!f->amount.known)
		f = figure(r, RP_FIGURE_REPLACED);
	if (f->amount.known && rp_count_n(f->of) > 0 &&
	    rp_count_n(f->of) < rp_count_n(r->base))
		rp_text_printf(line, " The figures are of the %llu that were "
		    "known by then.", (unsigned long long)rp_count_n(f->of));
}

static bool
has_actual(const struct rp_post_row *r)
{
	return known(r, RP_FIGURE_REISSUED) || known(r, RP_FIGURE_REPLACED) ||
	    known(r, RP_FIGURE_REVOKED) || known(r, RP_FIGURE_GONE) ||
	    known(r, RP_FIGURE_OUTSTANDING);
}

static void
add_row(struct rp_document *d, const struct rp_post *post,
    const struct rp_post_row *r, const struct rp_case *cs)
{
	bool revocable = r->duty >= 0 || known(r, RP_FIGURE_REVOKED) ||
	    known(r, RP_FIGURE_GONE) || known(r, RP_FIGURE_OUTSTANDING);
	struct rp_text line = { 0 };
	char at[RP_WORDS];

	rp_text_printf(&line, "%s, as of %s: ", r->duty >= 0 &&
	    r->name != NULL ? r->name : "Affected certificates",
	    rp_post_when(r->as_of, at));
	say_base(&line, post, r, cs);
	if (!has_actual(r))
		rp_text_puts(&line, "; nothing is recorded yet");
	rp_text_puts(&line, ".");
	say_not_counted(&line, r);
	if (line.failed)
		d->failed = true;
	else
		rp_document_add(d, RP_PIECE_PARAGRAPH, "%s", line.bytes);
	rp_text_release(&line);
	if (revocable) {
		add_revoked(d, r);
		add_outstanding(d, r);
		add_expired(d, r);
	}
	if (r->duty >= 0 && post->n_rows == 1)
		rp_post_add_estimate_item(d, post);
	add_progress(d, r, RP_FIGURE_REISSUED, "Reissued",
	    "not yet reissued");
	add_progress(d, r, RP_FIGURE_REPLACED, "Replaced (the new "
	    "certificate is installed)", "not yet replaced");
}

/* Duties that are not done and have to wait for populations. */
static void
add_waiting(struct rp_document *d, const struct rp_post *post,
    const struct rp_case *cs)
{
	for (size_t r = 0; r < cs->n_duties; r++) {
		const struct rp_amount *left =
		    &figure(&post->row[r], RP_FIGURE_OUTSTANDING)->amount;
		bool waits = false;

		for (size_t i = 0; i < cs->n_populations; i++)
			waits = waits || cs->population[i].blocks == (int)r;
		if (waits && left->known && !is_zero(left))
			rp_document_add(d, RP_PIECE_PARAGRAPH, "The "
			    "certificates of '%s' can be revoked once the "
			    "affected certificates that depend on them are "
			    "replaced.", cs->duty[r].name);
	}
}

void
rp_post_add_rows(struct rp_document *d, const struct rp_post *post,
    const struct rp_case *cs)
{
	for (size_t i = 0; i < post->n_rows; i++)
		add_row(d, post, &post->row[i], cs);
	if (post->n_rows > cs->n_duties)
		add_waiting(d, post, cs);
	if (post->n_rows > 1)
		rp_post_add_estimate_item(d, post);
}

void
rp_post_add_figures(struct rp_document *d, const struct rp_post *post,
    const struct rp_case *cs)
{
	rp_document_add(d, RP_PIECE_HEADING, "Figures");
	rp_post_add_rows(d, post, cs);
}

/* ---- changes ------------------------------------------------------------ */

static const struct {
	enum rp_figure figure;
	const char *label;
} changes[] = {
	{ RP_FIGURE_REVOKED, "revoked" },
	{ RP_FIGURE_OUTSTANDING, "not yet revoked" },
	{ RP_FIGURE_EXPIRED, "expired before revocation" },
	{ RP_FIGURE_EXPIRED_LATE, "expired after the deadline" },
	{ RP_FIGURE_HELD, "held back" },
	{ RP_FIGURE_REISSUED, "reissued" },
	{ RP_FIGURE_REPLACED, "replaced" },
};

static const char *
row_name(const struct rp_post *post, const struct rp_post_row *r)
{
	if (post->n_rows == 1)
		return NULL;
	return r->duty < 0 ? "Affected certificates" : r->name;
}

static void
add_change(struct rp_document *d, const char *name, const char *label,
    const struct rp_amount *before, const struct rp_amount *now)
{
	char words[RP_WORDS];

	if (name != NULL)
		rp_document_add(d, RP_PIECE_ITEM, "%s, %s: %s.", name, label,
		    rp_post_change(before, now, words));
	else
		rp_document_add(d, RP_PIECE_ITEM, "%c%s: %s.",
		    toupper((unsigned char)label[0]), label + 1,
		    rp_post_change(before, now, words));
}

static void
add_row_changes(struct rp_document *d, const struct rp_post *post, size_t i)
{
	const struct rp_post_row *r = &post->row[i], *b = &post->before[i];
	const char *name = row_name(post, r);
	struct rp_amount base = { .known = true, .is_count = true,
	    .count = r->base };
	struct rp_amount base_before = { .known = true, .is_count = true,
	    .count = b->base };

	if (rp_count_n(r->base) != rp_count_n(b->base))
		add_change(d, name, "base", &base_before, &base);
	for (size_t k = 0; k < sizeof(changes) / sizeof(changes[0]); k++)
		if (known(r, changes[k].figure))
			add_change(d, name, changes[k].label,
			    &figure(b, changes[k].figure)->amount,
			    &figure(r, changes[k].figure)->amount);
}

void
rp_post_add_changes(struct rp_document *d, const struct rp_post *post)
{
	char words[RP_WORDS];

	if (!post->has_last) {
		rp_document_add(d, RP_PIECE_HEADING,
		    "Change since the last update");
		rp_document_add(d, RP_PIECE_PARAGRAPH,
		    "This is the first update.");
		return;
	}
	rp_document_add(d, RP_PIECE_HEADING,
	    "Change since the last update (%s)",
	    rp_post_when(post->last, words));
	if (!post->news)
		rp_document_add(d, RP_PIECE_PARAGRAPH, "There are no new "
		    "figures since the last update.");
	for (size_t i = 0; post->news && i < post->n_rows; i++)
		add_row_changes(d, post, i);
	rp_post_add_estimate_change(d, post);
}
