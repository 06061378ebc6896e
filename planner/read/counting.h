/*
 * planner/read/counting.h - for those who read a file of counts: lines
 * (counts.c) and their fields (fields.c).
 */
#ifndef RP_READ_COUNTING_H
#define RP_READ_COUNTING_H

#include <csv.h>

#include "read/counts.h"

enum rp_counts_column { POPULATION, SIZE, EXPIRY, CERTIFICATES, COLUMNS };

extern const char *const rp_counts_columns[COLUMNS];

/* More than any table has. */
#define FIELDS 1000

struct rp_counts_row {
	uint32_t sums;
	uint32_t days;		/* 0: not known */
	uint32_t value[COLUMNS]; /* of SIZE and CERTIFICATES */
	bool faulty;
};

struct rp_counting {
	struct rp_faults *f;
	struct csv_parser csv;
	bool broken;		/* no memory */
	bool stopped;		/* too many faults */
	bool begun;		/* the byte order mark was looked for */

	char *left;		/* of a line whose end has not come yet */
	size_t n_left;

	const char *line;	/* the one that is read */
	size_t len;
	uint32_t number;
	size_t rows;		/* that ended on it */

	bool has_header;
	size_t n_columns;
	size_t n_unused;
	char *unused;
	int of_field[FIELDS];	/* enum rp_counts_column, or COLUMNS */

	size_t field;		/* the one that comes next */
	struct rp_counts_row row;
	uint64_t n_lines;
	uint64_t n_repeated;
	uint64_t certificates;

	/* What was read of a day alone. */
	bool looks_monthly, looks_weekly;
	size_t n_days;		/* 2: there were two, so it can be told */
	uint32_t last_days;

	size_t n;
	size_t room;
	char **name;
	uint32_t *name_line;
	struct rp_sums *sums;
	uint32_t *by_name;	/* places of names, plus 1; 0: free */
	size_t name_room;
	size_t last;		/* the sums of the line before */
};

/* What is wrong with the field that is read. */
#define FAULT(c, ...) do {						\
	rp_fault((c)->f, (c)->number,					\
	    rp_counting_column((c), (c)->field), __VA_ARGS__);		\
	(c)->row.faulty = true;						\
} while (0)

/* Where a field of the line begins, in bytes, from 1; of one that is not
 * there, where the line ends. */
uint32_t rp_counting_column(const struct rp_counting *c, size_t field);

/* A field of each kind, into c->row. */
void rp_counting_population(struct rp_counting *c, const char *text);
void rp_counting_number(struct rp_counting *c, enum rp_counts_column column,
    const char *text);
void rp_counting_expiry(struct rp_counting *c, const char *text);

#endif /* RP_READ_COUNTING_H */
