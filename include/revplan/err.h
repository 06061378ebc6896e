/*
 * revplan/err.h - how a call says that it failed, and why.
 *
 * Stage 0.  Reads: nothing.  Read by: everything.
 *
 * A function that can fail returns an rp_status, which must be looked at,
 * and takes a struct rp_err as its last parameter.  There is no "last error"
 * anywhere: the message belongs to the call that was given the object.
 */
#ifndef RP_ERR_H
#define RP_ERR_H

#include <stdarg.h>
#include <stdint.h>

#define RP_CHECKED __attribute__((warn_unused_result))
#define RP_PRINTF(f, a) __attribute__((format(printf, f, a)))

#ifdef RP_BUILDING_LIBRARY
#define RP_API __attribute__((visibility("default")))
#else
#define RP_API
#endif

/*
 * One list makes the enum, the name and the sentence.  The third column is
 * the exit status of the program (design: 2 usage, 3 input, 4 environment).
 */
#define RP_STATUS_LIST(X)						\
	X(RP_OK, "done", 0)						\
	X(RP_EUSAGE, "wrong use of the program", 2)			\
	X(RP_EINPUT, "invalid input", 3)				\
	X(RP_ERANGE, "value out of range", 3)				\
	X(RP_ESTATE, "not possible with this case", 3)			\
	X(RP_EIO, "input or output failed", 4)				\
	X(RP_EPROGRAM, "a needed program is missing or failed", 4)	\
	X(RP_EDB, "the database failed", 4)				\
	X(RP_ENOMEM, "out of memory", 4)				\
	X(RP_EMATH, "a numerical routine failed", 4)

#define RP_STATUS_ENUM(name, text, exits) name,
typedef enum rp_status { RP_STATUS_LIST(RP_STATUS_ENUM) } rp_status;
#undef RP_STATUS_ENUM

#define RP_ERR_TEXT 512

/*
 * Zero-initialise it (struct rp_err err = {0}).  file is borrowed and may be
 * NULL; line and col count from 1, 0 where there is none.  text is one line
 * without a full stop; it is cut, never overrun.
 */
struct rp_err {
	rp_status code;
	const char *file;
	uint32_t line;
	uint32_t col;
	char text[RP_ERR_TEXT];
};

/*
 * Drop what is left of letters that a limit in bytes cut in two; text is UTF-8
 * but for these.  Returns text.
 */
char *rp_whole_letters(char *text);

/* "RP_EINPUT"; never NULL. */
const char *rp_status_name(rp_status code);

/* The sentence of the list above; never NULL. */
const char *rp_status_text(rp_status code);

/* The exit status of the program for this code: 0, 2, 3 or 4. */
int rp_status_exit(rp_status code);

/*
 * Fill err (which may be NULL) and return code, so that a caller can write
 * "return rp_fail(err, RP_EINPUT, "...")".  An error that is already there
 * is replaced.
 */
rp_status rp_fail(struct rp_err *err, rp_status code, const char *fmt, ...)
    RP_PRINTF(3, 4);

/* The same, with the place in the case that is to blame. */
rp_status rp_fail_at(struct rp_err *err, rp_status code, uint32_t line,
    uint32_t col, const char *fmt, ...) RP_PRINTF(5, 6);

/* Put "context: " before the text that is there; NULL err is fine. */
void rp_err_context(struct rp_err *err, const char *fmt, ...)
    RP_PRINTF(2, 3);

#endif /* RP_ERR_H */
