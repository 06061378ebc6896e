/*
 * planner/read/nearest.c - the word that was probably meant.
 */
#include "read/binder.h"

#include <string.h>

/* Longer words than any of ours are not worth comparing. */
#define WORD_MAX 64

static unsigned
least(unsigned a, unsigned b)
{
	return a < b ? a : b;
}

/*
 * One row of the table of distances (optimal string alignment): `row` from
 * the rows of one and two letters less of a.
 */
static unsigned
fill_row(const char *a, size_t i, const char *b, size_t len_b,
    unsigned *const *rows)
{
	const unsigned *before = rows[1], *twice = rows[2];
	unsigned *row = rows[0], smallest, d;
	size_t j;

	row[0] = (unsigned)i;
	smallest = row[0];
	for (j = 1; j <= len_b; j++) {
		d = before[j - 1] + (a[i - 1] != b[j - 1]);
		d = least(d, least(before[j], row[j - 1]) + 1);
		if (i > 1 && j > 1 && a[i - 1] == b[j - 2] &&
		    a[i - 2] == b[j - 1])
			d = least(d, twice[j - 2] + 1);
		row[j] = d;
		smallest = least(smallest, d);
	}
	return smallest;
}

unsigned
rp_word_distance(const char *a, const char *b, unsigned limit)
{
	unsigned space[3][WORD_MAX + 1];
	unsigned *rows[3] = { space[0], space[1], space[2] }, *oldest;
	size_t len_a = strlen(a), len_b = strlen(b), i;

	if (len_a > WORD_MAX || len_b > WORD_MAX ||
	    len_a > len_b + limit || len_b > len_a + limit)
		return limit + 1;
	for (i = 0; i <= len_b; i++)
		rows[1][i] = (unsigned)i;
	for (i = 1; i <= len_a; i++) {
		/* Once a whole row is past the limit, all later ones are. */
		if (fill_row(a, i, b, len_b, rows) > limit)
			return limit + 1;
		oldest = rows[2];
		rows[2] = rows[1];
		rows[1] = rows[0];
		rows[0] = oldest;
	}
	return least(rows[1][len_b], limit + 1);
}

/*
 * Short words must be nearer: two letters of three may not be wrong.
 */
void
rp_nearest_init(struct rp_nearest *n, const char *typed)
{
	size_t len = strlen(typed);

	n->typed = typed;
	n->best = NULL;
	n->distance = len < 3 ? 1 : len < 5 ? 2 : 3;
}

void
rp_nearest_try(struct rp_nearest *n, const char *word)
{
	unsigned d = rp_word_distance(n->typed, word, n->distance);

	/* Nothing of the word would be left. */
	if (d >= strlen(word))
		return;
	if (d < n->distance) {
		n->best = word;
		n->distance = d;
	}
}
