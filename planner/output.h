/*
 * planner/output.h - where results go.
 *
 * A result is written whole or not at all: into a temporary file beside the
 * target, flushed, renamed.  "-" (or NULL) is standard output.  A full disk, a
 * closed pipe and a read-only folder are errors with a clear line, and leave
 * what was there before.
 */
#ifndef RP_OUTPUT_H
#define RP_OUTPUT_H

#include <stdbool.h>
#include <stddef.h>

#include "revplan/err.h"

/* A growing text; sticky: after the first failure nothing is added. */
struct rp_text {
	char *bytes;		/* ends with 0; NULL while empty */
	size_t len;
	size_t room;
	bool failed;
};

void rp_text_add(struct rp_text *t, const char *bytes, size_t len);
void rp_text_puts(struct rp_text *t, const char *s);
void rp_text_printf(struct rp_text *t, const char *fmt, ...) RP_PRINTF(2, 3);
void rp_text_release(struct rp_text *t);

/* Text for people: control characters and terminal escapes are made visible. */
void rp_text_safe(struct rp_text *t, const char *s);

/* All of it to a descriptor: 0, or the errno that it failed with. */
int rp_write_all(int fd, const void *bytes, size_t len);

/*
 * Write len bytes to path, whole.  RP_EIO: nothing was changed; err names the
 * file and the reason.
 */
RP_CHECKED rp_status rp_output_write(const char *path, const char *bytes,
    size_t len, struct rp_err *err);

#endif /* RP_OUTPUT_H */
