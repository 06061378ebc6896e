/*
 * tests/support/bound.h - a case from a text or a file, with its faults.
 */
#ifndef RP_TESTS_BOUND_H
#define RP_TESTS_BOUND_H

#include "revplan/case.h"
#include "read/bind.h"
#include "read/doc.h"

struct bound {
	rp_status status;
	struct rp_case *cs;		/* NULL where there were faults */
	struct rp_faults faults;	/* sorted */
};

/* base: the folder that files of the case lie in. */
struct bound bind_text(const char *text, const char *base);
/* A file below the root of the source, which is where tests run. */
struct bound bind_file(const char *path);
void bound_release(struct bound *b);

/* All of a file, malloc'ed; NULL when it cannot be read. */
char *read_whole_file(const char *path);

#endif /* RP_TESTS_BOUND_H */
