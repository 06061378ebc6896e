/*
 * What each rule says of small incidents: tests/rules/ID.cases.
 *
 * A file is what all its cases begin with, up to the first line with "==".
 * From there on each such line begins a case and says what is expected of it:
 *
 *   == VERDICT as-of WHEN [row N] [overdue SECONDS] [count N] [id ID]
 *
 * VERDICT is met, breached, due or undecided, that of row N (the first, 0) of
 * the rule; or none, where the rule must have no row.  What follows is added
 * to the beginning, and both together are a case file, but for `revplan: 1`
 * and, where none are given, a population of as many certificates as
 * `incident` has in `total`, or 10.
 */
#include <dirent.h>
#include <inttypes.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "bound.h"
#include "revplan/check.h"

#define FOLDER "tests/rules"
#define TEXT 16384

struct expected {
	char verdict[16];
	char as_of[64];
	char id[64];
	size_t row;
	bool has_overdue, has_count;
	int64_t overdue;
	uint64_t count;
};

static int failures;

static void
complain(const char *file, unsigned line, const char *what, const char *text)
{
	print_error("%s:%u: %s%s%s\n", file, line, what,
	    text[0] != '\0' ? ": " : "", text);
	failures++;
}

/* "== met as-of 2020-08-01 count 2"; false: it is not understood. */
static bool
parse(const char *line, const char *id, struct expected *e)
{
	char word[64], value[64];
	int used = 0;

	memset(e, 0, sizeof(*e));
	(void)snprintf(e->id, sizeof(e->id), "%s", id);
	if (sscanf(line, "== %15s%n", e->verdict, &used) != 1)
		return false;
	for (line += used; sscanf(line, " %63s %63s%n", word, value, &used) ==
	    2; line += used) {
		if (strcmp(word, "as-of") == 0)
			(void)snprintf(e->as_of, sizeof(e->as_of), "%s",
			    value);
		else if (strcmp(word, "id") == 0)
			(void)snprintf(e->id, sizeof(e->id), "%s", value);
		else if (strcmp(word, "row") == 0)
			e->row = strtoul(value, NULL, 10);
		else if (strcmp(word, "overdue") == 0) {
			e->has_overdue = true;
			e->overdue = strtoll(value, NULL, 10);
		} else if (strcmp(word, "count") == 0) {
			e->has_count = true;
			e->count = strtoull(value, NULL, 10);
		} else {
			return false;
		}
	}
	return e->as_of[0] != '\0' && line[strspn(line, " \t")] == '\0';
}

/* The n-th row of an id. */
static const struct rp_finding *
row_of(const struct rp_findings *f, const char *id, size_t n)
{
	size_t rows;
	const struct rp_finding *r = rp_findings_rows(f, &rows);

	for (size_t i = 0; i < rows; i++)
		if (strcmp(r[i].id, id) == 0 && n-- == 0)
			return &r[i];
	return NULL;
}

static void
compare(const char *file, unsigned line, const struct expected *e,
    const struct rp_finding *row)
{
	char was[128];

	if (row == NULL) {
		if (strcmp(e->verdict, "none") != 0)
			complain(file, line, "no such row", e->id);
		return;
	}
	if (strcmp(e->verdict, "none") == 0) {
		complain(file, line, "a row that should not be there",
		    row->detail);
		return;
	}
	if (strcmp(e->verdict, rp_verdict_word(row->verdict)) != 0)
		complain(file, line, "another verdict", row->detail);
	(void)snprintf(was, sizeof(was), "%" PRId64, row->overdue_s);
	if (e->has_overdue && (!row->has_overdue ||
	    row->overdue_s != e->overdue))
		complain(file, line, "overdue by", was);
	(void)snprintf(was, sizeof(was), "%" PRIu64, row->count);
	if (e->has_count && (!row->has_count || row->count != e->count))
		complain(file, line, "the count is", was);
	if (strlen(row->citation) < 6 || strlen(row->detail) < 11)
		complain(file, line, "no citation or no detail",
		    row->citation);
	if (row->verdict == RP_VERDICT_BREACHED && row->has_due &&
	    (!row->has_overdue || row->overdue_s <= 0))
		complain(file, line, "breached, but not overdue",
		    row->detail);
}

static void
judge(const char *file, unsigned line, const struct expected *e,
    const char *text)
{
	char whole[2 * TEXT];
	struct bound b;
	struct rp_findings *f = NULL;
	struct rp_case *view = NULL;
	struct rp_err err = { 0 };
	struct rp_when as_of;
	const char *total = strstr(text, "total:");

	(void)snprintf(whole, sizeof(whole), "revplan: 1\n%s", text);
	if (strstr(text, "\npopulations:") == NULL)
		(void)snprintf(whole, sizeof(whole), "revplan: 1\n%s"
		    "\npopulations:\n- {name: all, certificates: %lu, "
		    "path: [{wait: {time: 1 d}}]}\n", text,
		    total == NULL ? 10 : strtoul(total + 6, NULL, 10));
	b = bind_text(whole, FOLDER);
	if (b.cs == NULL) {
		complain(file, line, "the case has faults",
		    b.faults.n > 0 ? b.faults.fault[0].text : "");
	} else if (rp_when_parse(e->as_of, &as_of, &err) != RP_OK ||
	    rp_case_view(b.cs, &as_of, RP_VIEW_INTERNAL, &view, &err) !=
	    RP_OK || rp_check(view, as_of, RP_VIEW_INTERNAL, &f, &err) !=
	    RP_OK) {
		complain(file, line, "refused", err.text);
	} else {
		compare(file, line, e, row_of(f, e->id, e->row));
	}
	rp_findings_free(f);
	rp_case_free(view);
	bound_release(&b);
}

/* One case of a file: its line and what follows up to the next. */
static void
one_case(const char *file, const char *id, unsigned line, const char *prefix,
    const char *at, size_t len)
{
	const char *eol = memchr(at, '\n', len);
	char head[256], text[TEXT];
	struct expected e;

	if (eol == NULL || (size_t)(eol - at) >= sizeof(head)) {
		complain(file, line, "the line does not end", "");
		return;
	}
	(void)snprintf(head, sizeof(head), "%.*s", (int)(eol - at), at);
	if (!parse(head, id, &e)) {
		complain(file, line, "not understood", head);
		return;
	}
	if (snprintf(text, sizeof(text), "%s\n%.*s", prefix,
	    (int)(len - (size_t)(eol + 1 - at)), eol + 1) >= TEXT)
		complain(file, line, "the case is too long", "");
	else
		judge(file, line, &e, text);
}

static void
one_file(const char *name)
{
	char path[512], id[64], prefix[TEXT] = "";
	char *text, *at, *next;
	unsigned line = 1;

	(void)snprintf(path, sizeof(path), FOLDER "/%s", name);
	(void)snprintf(id, sizeof(id), "%.*s", (int)(strlen(name) -
	    strlen(".cases")), name);
	text = read_whole_file(path);
	assert_non_null(text);
	/* Rules of a case are not in the table. */
	if (strncmp(id, "CASE-", 5) != 0 && rp_rule_find(id) == NULL)
		complain(path, 1, "no rule is called", id);
	at = strncmp(text, "==", 2) == 0 ? text : strstr(text, "\n==");
	if (at == NULL)
		complain(path, 1, "there is no case", "");
	if (at != NULL && at != text)
		at++;
	if (at != NULL)
		(void)snprintf(prefix, sizeof(prefix), "%.*s",
		    (int)(at - text), text);
	for (const char *p = text; at != NULL && p < at; p++)
		line += *p == '\n';
	for (; at != NULL; at = next) {
		next = strstr(at, "\n==");
		if (next != NULL)
			next++;
		one_case(path, id, line, prefix, at, next != NULL ?
		    (size_t)(next - at) : strlen(at));
		for (const char *p = at; next != NULL && p < next; p++)
			line += *p == '\n';
	}
	free(text);
}

static void
every_case_has_its_verdict(void **state)
{
	DIR *folder = opendir(FOLDER);
	struct dirent *entry;
	size_t files = 0;

	(void)state;
	assert_non_null(folder);
	while ((entry = readdir(folder)) != NULL) {
		const char *dot = strrchr(entry->d_name, '.');

		if (dot == NULL || strcmp(dot, ".cases") != 0)
			continue;
		files++;
		one_file(entry->d_name);
	}
	(void)closedir(folder);
	assert_true(files > 0);
	assert_int_equal(failures, 0);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(every_case_has_its_verdict),
	};

	return !!cmocka_run_group_tests(tests, NULL, NULL);
}
