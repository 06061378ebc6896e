/*
 * read/faults.c - what is wrong with a file, all of it, in order.
 */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "read/doc.h"

#define FAULT_TEXT 768

void
rp_faults_init(struct rp_faults *f, const char *file)
{
	*f = (struct rp_faults){ .file = file };
}

void
rp_faults_release(struct rp_faults *f)
{
	size_t i;

	for (i = 0; i < f->n; i++)
		free(f->fault[i].text);
	free(f->fault);
	f->fault = NULL;
	f->n = f->room = f->dropped = 0;
}

static bool
make_room(struct rp_faults *f)
{
	size_t room = f->room > 0 ? 2 * f->room : 16;
	struct rp_fault *more;

	if (f->n < f->room)
		return true;
	more = realloc(f->fault, room * sizeof(*more));
	if (more == NULL)
		return false;
	f->fault = more;
	f->room = room;
	return true;
}

/*
 * One line each, however long and strange the words that it quotes; rp_fail()
 * knows how to tame control characters and where a cut may be.
 */
static char *
tame_copy(const char *text)
{
	struct rp_err line = { 0 };

	(void)rp_fail(&line, RP_EINPUT, "%s", text);
	return strdup(line.text);
}

void
rp_fault(struct rp_faults *f, uint32_t line, uint32_t col, const char *fmt,
    ...)
{
	char raw[FAULT_TEXT] = "", *text = NULL;
	va_list ap;

	va_start(ap, fmt);
	(void)vsnprintf(raw, sizeof(raw), fmt, ap);
	va_end(ap);
	if (f->n < RP_FAULTS_MAX && make_room(f))
		text = tame_copy(raw);
	/* What cannot be kept is at least counted: it is still a fault. */
	if (text == NULL)
		f->dropped++;
	else
		f->fault[f->n++] = (struct rp_fault){ line, col, text };
}

static int
compare(const void *va, const void *vb)
{
	const struct rp_fault *a = va, *b = vb;

	if (a->line != b->line)
		return a->line < b->line ? -1 : 1;
	if (a->col != b->col)
		return a->col < b->col ? -1 : 1;
	return strcmp(a->text, b->text);
}

void
rp_faults_sort(struct rp_faults *f)
{
	size_t i, kept = 0;

	if (f->n == 0)
		return;
	qsort(f->fault, f->n, sizeof(f->fault[0]), compare);
	for (i = 0; i < f->n; i++) {
		if (kept > 0 && compare(&f->fault[kept - 1],
		    &f->fault[i]) == 0)
			free(f->fault[i].text);
		else
			f->fault[kept++] = f->fault[i];
	}
	f->n = kept;
}
