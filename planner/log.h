/*
 * planner/log.h - talk, on standard error.
 *
 * Standard output is the product and carries nothing else.  Each call is one
 * line; control characters in it are made visible, for texts of a case may
 * hold anything.
 */
#ifndef RP_LOG_H
#define RP_LOG_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "revplan/err.h"

/* Once, before anything else is said: --quiet leaves errors alone. */
void rp_log_setup(bool quiet);

/* Say nothing at all, errors neither: somebody else says it. */
void rp_log_mute(bool mute);

/*
 * Whether colours are wanted on a descriptor: it is a terminal that has them,
 * and NO_COLOR is not set or empty.
 */
bool rp_log_colours(int fd);

/* How wide the terminal is; 0: it is none, or does not say. */
size_t rp_log_columns(int fd);

/* "revplan: note: ..."; nothing when quiet. */
void rp_log_note(const char *fmt, ...) RP_PRINTF(1, 2);

/* "file:line:col: note: text"; nothing when quiet. */
void rp_log_note_at(const char *file, uint32_t line, uint32_t col,
    const char *text);

/*
 * An error: "revplan: text", or "file:line:col: error: text" where err knows
 * the place.  file is what to call the case when err does not name one.
 */
void rp_log_error(const char *file, const struct rp_err *err);

/* Lines of the form "file:line:col: error: text", each ended. */
void rp_log_faults(char *lines);

/*
 * A bar on a terminal, once the work has taken a second; fits the progress
 * callback of rp_sim_options, whose argument is then the word for the work.
 */
void rp_log_progress(void *what, uint64_t done, uint64_t all);

/* The work is over: the next rp_log_progress() begins anew. */
void rp_log_progress_end(void);

#endif /* RP_LOG_H */
