/*
 * write/provenance.h - what a figure must carry to be made again.
 */
#ifndef RP_WRITE_PROVENANCE_H
#define RP_WRITE_PROVENANCE_H

#include <stdbool.h>
#include <stdint.h>

#include "output.h"
#include "revplan/case.h"

/* Zero-initialise; what does not apply stays as it is. */
struct rp_provenance {
	const struct rp_case *cs;	/* name and digest of the input */
	bool has_run;
	uint64_t seed;
	uint64_t trials;
	bool has_as_of;
	struct rp_when as_of;
	enum rp_view view;		/* only with as_of */
};

/* "0.1.0". */
const char *rp_version(void);

/* "internal", "public". */
const char *rp_view_word(enum rp_view view);

/*
 * "revplan 0.1.0, seed 1, 10000 trials, as of 2020-12-31 (internal view),
 * input 'x.yaml' SHA-256 ..." without a newline.
 */
void rp_provenance_line(const struct rp_provenance *p, struct rp_text *out);

#endif /* RP_WRITE_PROVENANCE_H */
