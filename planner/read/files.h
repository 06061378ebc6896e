/*
 * planner/read/files.h - where the files come from that a case names.
 *
 * A calendar or a list of observed times lies beside a scenario, or in the
 * store that the scenario was imported into; who reads a case need not know.
 */
#ifndef RP_READ_FILES_H
#define RP_READ_FILES_H

#include <stdbool.h>
#include <stddef.h>

#include "revplan/err.h"

struct rp_files {
	/*
	 * All bytes of a file, at most `most`; name as the case has it.  *out
	 * is malloc'ed and ends with a 0 that *len does not count.  RP_EINPUT:
	 * it is larger; RP_EIO: it cannot be read; RP_ENOMEM.
	 */
	rp_status (*read)(void *arg, const char *name, size_t most,
	    char **out, size_t *len, struct rp_err *err);
	void *arg;
};

/* The files below a folder, which is borrowed; NULL or "": the working one. */
struct rp_files rp_files_folder(const char *base);

/* Whether a name stays below the folder: not absolute, no ".." in it. */
bool rp_files_inside(const char *name);

#endif /* RP_READ_FILES_H */
