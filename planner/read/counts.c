/*
 * planner/read/counts.c - the lines of a file of counts.
 *
 * libcsv splits a line; it does not say where a field was, so lines are given
 * to it one by one and a place is looked up where it is to be told.  A field
 * with a line end in it is therefore a quote that was not closed.
 */
#include "read/counting.h"

#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>

#include "read/binder.h"

/* ---- faults ------------------------------------------------------------- */

static void
stop_after_many(struct rp_counting *c)
{
	c->stopped = c->stopped || c->f->n >= RP_COUNTS_FAULTS;
}

/* ---- the header --------------------------------------------------------- */

static bool
is_used(const struct rp_counting *c, int column)
{
	for (size_t i = 0; i < c->field; i++)
		if (c->of_field[i] == column)
			return true;
	return false;
}

static void
read_heading(struct rp_counting *c, const char *text)
{
	int column = 0;

	if (c->field == FIELDS) {
		FAULT(c, "the header has more than %d columns", FIELDS);
		c->stopped = true;
		return;
	}
	/* Some databases give all names in capital letters. */
	while (column < COLUMNS &&
	    strcasecmp(text, rp_counts_columns[column]) != 0)
		column++;
	c->of_field[c->field] = column;
	if (column == COLUMNS && c->n_unused++ == 0) {
		c->unused = strdup(text);
		c->broken = c->broken || c->unused == NULL;
	}
	if (column < COLUMNS && is_used(c, column))
		FAULT(c, "column '%s' stands twice; leave one of them out",
		    rp_counts_columns[column]);
}

/* The name of a column that was meant, perhaps. */
static const char *
near_unused(const struct rp_counting *c, const char *name)
{
	struct rp_nearest near;

	if (c->unused == NULL)
		return NULL;
	rp_nearest_init(&near, c->unused);
	rp_nearest_try(&near, name);
	return near.best != NULL ? c->unused : NULL;
}

static void
missing_column(struct rp_counting *c, int column)
{
	const char *near = near_unused(c, rp_counts_columns[column]);

	if (near != NULL)
		rp_fault(c->f, c->number, 1, "column '%s' is missing; is "
		    "'%.40s' meant to be it?", rp_counts_columns[column], near);
	else
		rp_fault(c->f, c->number, 1, "column '%s' is missing; the "
		    "first line names population, subscriber_size, expiry and "
		    "certificates", rp_counts_columns[column]);
}

static void
end_header(struct rp_counting *c)
{
	c->has_header = true;
	c->n_columns = c->field;
	if (c->field == 1 && c->unused != NULL &&
	    strpbrk(c->unused, ";\t|") != NULL) {
		rp_fault(c->f, c->number, 1, "the columns of the first line "
		    "are not separated by commas; write the file with commas");
		c->stopped = true;
		return;
	}
	for (int column = 0; column < COLUMNS; column++)
		if (!is_used(c, column)) {
			missing_column(c, column);
			c->stopped = true;
		}
}

/* ---- rows --------------------------------------------------------------- */

static void
field_ended(void *text, size_t len, void *arg)
{
	struct rp_counting *c = arg;
	int column = COLUMNS;

	if (c->stopped || c->broken)
		return;
	(void)len;
	if (!c->has_header)
		read_heading(c, text);
	else if (c->field < c->n_columns)
		column = c->of_field[c->field];
	if (column == POPULATION)
		rp_counting_population(c, text);
	else if (column == EXPIRY)
		rp_counting_expiry(c, text);
	else if (column < COLUMNS)
		rp_counting_number(c, (enum rp_counts_column)column,
		    text);
	c->field++;
}

static void
count_row(struct rp_counting *c)
{
	struct rp_sums *t = &c->sums[c->row.sums];
	uint32_t size = c->row.value[SIZE], n = c->row.value[CERTIFICATES];
	bool repeated = false, known;

	c->n_lines++;
	if (n == 0)
		return;
	if (c->certificates + n > RP_COUNTS_MOST) {
		rp_fault(c->f, c->number, 1, "with this line there are more "
		    "than %" PRIu64 " certificates; no more are possible",
		    RP_COUNTS_MOST);
		c->stopped = true;
		return;
	}
	c->certificates += n;
	t->certificates += n;
	if (!rp_groups_add(&t->size, size, n, c->number, &known) ||
	    !rp_groups_add(&t->days, (uint64_t)c->row.days + 1, n, c->number,
	    &known) || !rp_groups_add(&t->joint, (uint64_t)size << 32 |
	    c->row.days, n, c->number, &repeated))
		c->broken = true;
	c->n_repeated += repeated;
}

static void
row_ended(int end, void *arg)
{
	struct rp_counting *c = arg;

	(void)end;
	c->rows++;
	if (c->stopped || c->broken)
		return;
	if (!c->has_header) {
		end_header(c);
	} else if (c->field != c->n_columns) {
		rp_fault(c->f, c->number, 1, "the line has %zu field%s, the "
		    "header %zu", c->field, c->field == 1 ? "" : "s",
		    c->n_columns);
	} else if (!c->row.faulty) {
		count_row(c);
	}
	c->field = 0;
	c->row.faulty = false;
	stop_after_many(c);
}

/* ---- lines -------------------------------------------------------------- */

static bool
new_parser(struct rp_counting *c)
{
	return csv_init(&c->csv, CSV_STRICT | CSV_APPEND_NULL) == 0;
}

/* What was read of a line that makes no sense is forgotten. */
static void
drop_row(struct rp_counting *c)
{
	csv_free(&c->csv);
	if (!new_parser(c))
		c->broken = true;
	c->field = 0;
	c->row.faulty = false;
	/* Without a header nothing after it can be told. */
	c->stopped = c->stopped || !c->has_header;
	stop_after_many(c);
}

static void
misplaced_quote(struct rp_counting *c, size_t at)
{
	rp_fault(c->f, c->number, (uint32_t)at + 1, "this quote is misplaced; "
	    "a field with a quote in it stands in quotes, and has two of them "
	    "for each");
	drop_row(c);
}

static bool
is_blank(const char *line, size_t len)
{
	for (size_t i = 0; i < len; i++)
		if (line[i] != ' ' && line[i] != '\r' && line[i] != '\n')
			return false;
	return true;
}

/* One line with its end, which the last one of a file may lack. */
static void
read_line(struct rp_counting *c, const char *line, size_t len)
{
	size_t done;

	c->line = line;
	c->len = len;
	c->number += c->number < UINT32_MAX;
	c->rows = 0;
	if (is_blank(line, len))
		return;
	if (memchr(line, '\0', len) != NULL) {
		rp_fault(c->f, c->number, 1, "the line holds a NUL byte; the "
		    "file is to be text in UTF-8");
		c->stopped = true;
		return;
	}
	done = csv_parse(&c->csv, line, len, field_ended, row_ended, c);
	if (done < len && csv_error(&c->csv) == CSV_EPARSE)
		misplaced_quote(c, done);
	else if (done < len)
		c->broken = true;
	else if (c->rows == 0) {
		rp_fault(c->f, c->number, rp_counting_column(c, c->field),
		    "a quote is opened here and not closed on the line");
		drop_row(c);
	}
}

static void
too_long(struct rp_counting *c)
{
	c->number += c->number < UINT32_MAX;
	rp_fault(c->f, c->number, 1, "the line has more than %u bytes",
	    RP_COUNTS_LINE);
	c->stopped = true;
}

/* A line that began in the bytes before, or does not end in these. */
static void
keep(struct rp_counting *c, const char *bytes, size_t len)
{
	if (c->n_left + len > RP_COUNTS_LINE) {
		too_long(c);
		return;
	}
	memcpy(c->left + c->n_left, bytes, len);
	c->n_left += len;
}

static void
skip_mark(struct rp_counting *c)
{
	static const char mark[3] = { '\xef', '\xbb', '\xbf' };

	if (c->begun || c->n_left < sizeof(mark))
		return;
	c->begun = true;
	if (memcmp(c->left, mark, sizeof(mark)) != 0)
		return;
	c->n_left -= sizeof(mark);
	memmove(c->left, c->left + sizeof(mark), c->n_left);
}

static void
read_left(struct rp_counting *c)
{
	skip_mark(c);
	if (!c->stopped && c->n_left > 0)
		read_line(c, c->left, c->n_left);
	c->n_left = 0;
}

bool
rp_counting_add(struct rp_counting *c, const char *bytes, size_t len)
{
	const char *end;
	size_t n;

	for (; len > 0 && !c->stopped && !c->broken; bytes += n, len -= n) {
		end = memchr(bytes, '\n', len);
		n = end != NULL ? (size_t)(end - bytes) + 1 : len;
		if (end != NULL && c->n_left == 0 && c->begun &&
		    n <= RP_COUNTS_LINE) {
			read_line(c, bytes, n);
			continue;
		}
		keep(c, bytes, n);
		if (end != NULL)
			read_left(c);
	}
	return !c->stopped && !c->broken;
}

/* ---- begin and end ------------------------------------------------------ */

struct rp_counting *
rp_counting_new(struct rp_faults *f)
{
	struct rp_counting *c = calloc(1, sizeof(*c));

	if (c == NULL)
		return NULL;
	c->f = f;
	c->last = SIZE_MAX;
	c->looks_monthly = c->looks_weekly = true;
	c->left = malloc(RP_COUNTS_LINE + 1);
	if (c->left == NULL || !new_parser(c)) {
		free(c->left);
		free(c);
		return NULL;
	}
	return c;
}

void
rp_counting_free(struct rp_counting *c)
{
	if (c == NULL)
		return;
	csv_free(&c->csv);
	for (size_t i = 0; i < c->n; i++) {
		free(c->name[i]);
		rp_sums_release(&c->sums[i]);
	}
	free(c->by_name);
	free(c->name);
	free(c->name_line);
	free(c->sums);
	free(c->unused);
	free(c->left);
	free(c);
}

/* The last line may lack its end. */
static void
end_lines(struct rp_counting *c)
{
	if (c->n_left > 0 && !c->stopped && !c->broken) {
		keep(c, "\n", 1);
		read_left(c);
	}
	if (c->f->n == 0 && !c->broken && c->n_lines == 0)
		rp_fault(c->f, c->number > 0 ? c->number : 1, 1, c->has_header ?
		    "there is no line after the header; nothing was counted" :
		    "the file is empty; its first line names population, "
		    "subscriber_size, expiry and certificates");
}

/* Names and lines go over to the counts. */
static rp_status
end_tallies(struct rp_counting *c, size_t classes, struct rp_counts *out,
    struct rp_err *err)
{
	rp_status rc = RP_OK;

	out->population = calloc(c->n + 1, sizeof(*out->population));
	if (out->population == NULL)
		return rp_fail(err, RP_ENOMEM, "out of memory for counts");
	for (; out->n < c->n && rc == RP_OK; out->n++) {
		struct rp_counts_population *p = &out->population[out->n];

		p->name = c->name[out->n];
		p->line = c->name_line[out->n];
		c->name[out->n] = NULL;
		rc = rp_sums_end(&c->sums[out->n], classes, c->f, p, err);
	}
	return rc;
}

rp_status
rp_counting_end(struct rp_counting *c, size_t classes, struct rp_counts *out,
    struct rp_err *err)
{
	rp_status rc = RP_OK;

	*out = (struct rp_counts){ 0 };
	end_lines(c);
	if (c->broken)
		return rp_fail(err, RP_ENOMEM, "out of memory for counts");
	if (c->f->n == 0)
		rc = end_tallies(c, classes, out, err);
	if (rc == RP_OK && c->f->n > 0)
		rc = RP_EINPUT;
	if (rc != RP_OK) {
		rp_counts_release(out);
		return rc;
	}
	out->n_lines = c->n_lines;
	out->n_repeated = c->n_repeated;
	out->n_unused = c->n_unused;
	out->unused = c->unused;
	c->unused = NULL;
	out->looks_monthly = c->looks_monthly && c->n_days > 1;
	out->looks_weekly = c->looks_weekly && c->n_days > 2;
	return RP_OK;
}

void
rp_counts_release(struct rp_counts *counts)
{
	for (size_t i = 0; i < counts->n; i++) {
		struct rp_counts_population *p = &counts->population[i];

		free((char *)(uintptr_t)p->name);
		free(p->class);
		free(p->bucket);
	}
	free(counts->population);
	free(counts->unused);
	*counts = (struct rp_counts){ 0 };
}
