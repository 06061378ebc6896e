/*
 * check/findings.c - the rows of a check, and the words in them.
 */
#include <inttypes.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/mem.h"
#include "check/judging.h"

/* The longest detail: whose clock, which duty, all fields of a report. */
#define DETAIL 1536

/* A text that belongs to the findings. */
struct text {
	struct text *next;
	char bytes[];
};

/* A rule of the case, which the table does not have. */
struct own_rule {
	struct own_rule *next;
	struct rp_rule rule;
};

struct rp_findings {
	struct rp_finding *row;
	size_t n, room;
	struct text *texts;
	struct own_rule *rules;
	struct rp_late *late;	/* two of each duty */
	bool *contradicted;	/* of each duty, -1 first: while they are
				 * looked for */
};

struct rp_findings *
rp_findings_new(void)
{
	return rp_alloc_zeroed(1, sizeof(struct rp_findings));
}

void
rp_findings_free(struct rp_findings *f)
{
	struct text *next;
	struct own_rule *after;

	if (f == NULL)
		return;
	for (struct text *t = f->texts; t != NULL; t = next) {
		next = t->next;
		rp_release_mem(t);
	}
	for (struct own_rule *r = f->rules; r != NULL; r = after) {
		after = r->next;
		rp_release_mem(r);
	}
	rp_release_mem(f->row);
	rp_release_mem(f->late);
	rp_release_mem(f->contradicted);
	rp_release_mem(f);
}

rp_status
rp_findings_keep_duties(struct rp_judging *j)
{
	struct rp_findings *f = j->findings;

	f->late = rp_alloc_zeroed(j->cs->n_duties, 2 * sizeof(*f->late));
	f->contradicted = rp_alloc_zeroed(j->cs->n_duties + 1, sizeof(bool));
	if (f->late == NULL || f->contradicted == NULL)
		return rp_fail(j->err, RP_ENOMEM,
		    "out of memory for the duties of the case");
	for (size_t d = 0; d < j->cs->n_duties; d++) {
		struct rp_late *size = &f->late[2 * d];

		size->all = rp_duty_size(j, (int)d);
		size->has_all_subscribers = rp_duty_subscribers(j, (int)d,
		    &size->all_subscribers);
		size[1] = size[0];
	}
	return RP_OK;
}

struct rp_late
rp_findings_duty(const struct rp_findings *f, int duty,
    enum rp_late_kind kind)
{
	return f->late[2 * duty + (kind == RP_LATE_PUBLISHED)];
}

const struct rp_finding *
rp_findings_rows(const struct rp_findings *f, size_t *n)
{
	*n = f->n;
	return f->row;
}

bool
rp_findings_must_breached(const struct rp_findings *f)
{
	for (size_t i = 0; i < f->n; i++)
		if (f->row[i].verdict == RP_VERDICT_BREACHED &&
		    (f->row[i].rule->severity == RP_MUST ||
		    f->row[i].rule->severity == RP_MUST_NOT))
			return true;
	return false;
}

const char *
rp_verdict_word(enum rp_verdict verdict)
{
	static const char *const words[] = {
		[RP_VERDICT_BREACHED] = "breached",
		[RP_VERDICT_DUE] = "due",
		[RP_VERDICT_UNDECIDED] = "undecided",
		[RP_VERDICT_MET] = "met",
	};

	return words[verdict];
}

static const char *
keep(struct rp_findings *f, const char *text)
{
	size_t len = strlen(text) + 1;
	struct text *t = rp_alloc_zeroed(1, sizeof(*t) + len);

	if (t == NULL)
		return NULL;
	memcpy(t->bytes, text, len);
	t->next = f->texts;
	f->texts = t;
	return t->bytes;
}

const struct rp_rule *
rp_findings_rule(struct rp_judging *j, const struct rp_rule *rule)
{
	struct rp_findings *f = j->findings;
	struct own_rule *own = rp_alloc_zeroed(1, sizeof(*own));

	if (own == NULL)
		goto out;
	own->next = f->rules;
	f->rules = own;
	own->rule = *rule;
	own->rule.id = keep(f, rule->id);
	own->rule.title = keep(f, rule->title);
	own->rule.document = keep(f, rule->document);
	own->rule.section = keep(f, rule->section);
	own->rule.from = keep(f, rule->from);
	if (rule->until != NULL)
		own->rule.until = keep(f, rule->until);
	if ((rule->until == NULL || own->rule.until != NULL) &&
	    own->rule.id != NULL && own->rule.title != NULL &&
	    own->rule.document != NULL && own->rule.section != NULL &&
	    own->rule.from != NULL)
		return &own->rule;
out:
	(void)rp_fail(j->err, RP_ENOMEM,
	    "out of memory for the rules of the case");
	return NULL;
}

static bool
make_room(struct rp_findings *f)
{
	size_t room = f->room == 0 ? 32 : f->room * 2;
	struct rp_finding *row;

	if (f->n < f->room)
		return true;
	row = rp_alloc_zeroed(room, sizeof(*row));
	if (row == NULL)
		return false;
	if (f->n > 0)
		memcpy(row, f->row, f->n * sizeof(*row));
	rp_release_mem(f->row);
	f->row = row;
	f->room = room;
	return true;
}

/* By rule; rows of one rule stay as they were added. */
static int
by_rule(const void *a, const void *b)
{
	const struct rp_finding *x = a, *y = b;
	int c = strcmp(x->rule->id, y->rule->id);

	return c != 0 ? c : (x->order > y->order) - (x->order < y->order);
}

/* n rows of one rule: those that another statement of the clock contradicts. */
static void
mark_disputed(struct rp_finding *row, size_t n, bool *contradicted)
{
	for (size_t i = 0; i < n; i++)
		if (row[i].by != NULL)
			contradicted[row[i].duty + 1] = true;
	for (size_t i = 0; i < n; i++)
		row[i].disputed = row[i].by == NULL &&
		    contradicted[row[i].duty + 1];
	for (size_t i = 0; i < n; i++)
		contradicted[row[i].duty + 1] = false;
}

void
rp_findings_sort(struct rp_findings *f)
{
	for (size_t i = 0; i < f->n; i++)
		f->row[i].order = i;
	if (f->n > 0)
		qsort(f->row, f->n, sizeof(*f->row), by_rule);
	for (size_t i = 0, n; i < f->n; i += n) {
		for (n = 1; i + n < f->n &&
		    f->row[i + n].rule == f->row[i].rule; n++)
			;
		mark_disputed(&f->row[i], n, f->contradicted);
	}
}

/* An expectation that lapsed must never read like a broken requirement. */
static const char *
mildly(const struct rp_finding *row)
{
	if (row->verdict != RP_VERDICT_BREACHED)
		return "";
	if (row->rule->severity == RP_EXPECTED)
		return "; a lapse against an expectation, not a MUST";
	if (row->rule->severity == RP_SHOULD)
		return "; a lapse against a recommendation, not a MUST";
	return "";
}

rp_status
rp_findings_add(struct rp_judging *j, const struct rp_finding *row,
    const char *fmt, ...)
{
	struct rp_findings *f = j->findings;
	struct rp_finding copy = *row;
	char detail[DETAIL];
	size_t used = 0;
	va_list ap;
	int len;

	if (row->by != NULL)
		used = (size_t)snprintf(detail, sizeof(detail),
		    "by the clock of '%.120s': ", row->by);
	va_start(ap, fmt);
	len = vsnprintf(detail + used, sizeof(detail) - used, fmt, ap);
	va_end(ap);
	used += len < 0 ? 0 : (size_t)len;
	if (used >= sizeof(detail))
		used = sizeof(detail) - 1;
	(void)snprintf(detail + used, sizeof(detail) - used, "%s",
	    mildly(row));

	copy.id = keep(f, row->id);
	copy.citation = keep(f, row->citation);
	copy.detail = keep(f, rp_whole_letters(detail));
	if (row->by != NULL)
		copy.by = keep(f, row->by);
	if (copy.id == NULL || copy.citation == NULL || copy.detail == NULL ||
	    (row->by != NULL && copy.by == NULL) || !make_room(f))
		return rp_fail(j->err, RP_ENOMEM,
		    "out of memory for the findings");
	f->row[f->n++] = copy;
	if (copy.duty >= 0)
		rp_late_take(&f->late[2 * copy.duty], &copy);
	return RP_OK;
}

const char *
rp_words_certificates(uint64_t n, char buf[RP_WORDS])
{
	(void)snprintf(buf, RP_WORDS, "%" PRIu64 " certificate%s", n,
	    n == 1 ? "" : "s");
	return buf;
}

const char *
rp_words_duty(const struct rp_judging *j, int duty, char buf[RP_WORDS])
{
	buf[0] = '\0';
	if (duty >= 0)
		(void)snprintf(buf, RP_WORDS, "duty '%.120s': ",
		    j->cs->duty[duty].name);
	return buf;
}

static const char *
span_words(struct rp_instant from, struct rp_instant to,
    char buf[RP_UNIT_TEXT])
{
	return rp_span_format(rp_instant_between(from, to), buf);
}

/* Which of the times is too coarse to tell. */
static void
undecided_words(const struct rp_judging *j, const struct rp_finding *row,
    const char *due, char buf[RP_WORDS])
{
	const char *coarse;

	if (!rp_when_is_exact(row->due) && row->has_met &&
	    !rp_when_is_exact(row->met))
		coarse = "both times are known too coarsely";
	else if (!rp_when_is_exact(row->due))
		coarse = "the start of the clock is known too coarsely";
	else
		coarse = "the time of the record is known too coarsely";
	if (!row->has_met && rp_instant_cmp(j->now, row->due.from) >= 0)
		coarse = "the start of the clock is known too coarsely";
	(void)snprintf(buf, RP_WORDS, "it cannot be told whether that is in "
	    "time for the deadline of %s: %s, a closer time is needed", due,
	    coarse);
}

/* A bare date that begins in an hour is not an hour away, but up to a day. */
static void
due_words(const struct rp_judging *j, const struct rp_finding *row,
    const char *due, char buf[RP_WORDS])
{
	int64_t left = rp_span_s(rp_instant_between(j->now, row->due.from));
	bool exact = rp_when_is_exact(row->due);
	char span[RP_UNIT_TEXT];

	if (!exact && left < 86400)
		(void)snprintf(buf, RP_WORDS, "the deadline is %s, which may "
		    "be less than a day away", due);
	else
		(void)snprintf(buf, RP_WORDS, "the deadline is %s, in %s%s",
		    due, exact ? "" : "at least ",
		    span_words(j->now, row->due.from, span));
}

const char *
rp_words_verdict(const struct rp_judging *j, const struct rp_finding *row,
    char buf[RP_WORDS])
{
	char due[RP_INSTANT_TEXT], span[RP_UNIT_TEXT];
	const char *least = rp_when_is_exact(row->due) && (!row->has_met ||
	    rp_when_is_exact(row->met)) ? "" : "at least ";

	(void)rp_when_format(row->due, due);
	switch (row->verdict) {
	case RP_VERDICT_MET:
		(void)snprintf(buf, RP_WORDS, "in time for the deadline of "
		    "%s, with %s%s left", due, least,
		    span_words(rp_when_last(row->met), row->due.from, span));
		break;
	case RP_VERDICT_BREACHED:
		(void)snprintf(buf, RP_WORDS, "%s%s after the deadline of %s",
		    least, rp_span_format(rp_span_of_s(row->overdue_s), span),
		    due);
		break;
	case RP_VERDICT_DUE:
		due_words(j, row, due, buf);
		break;
	case RP_VERDICT_UNDECIDED:
		undecided_words(j, row, due, buf);
		break;
	}
	return buf;
}
