/*
 * write/utf8.h - characters of a text that nobody vouched for.
 */
#ifndef RP_WRITE_UTF8_H
#define RP_WRITE_UTF8_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#define RP_UTF8_BAD UINT32_C(0xFFFD)

/*
 * The character at s, which ends with 0 and is not empty: how many bytes it
 * takes.  A byte that starts no valid character is taken alone and gives
 * RP_UTF8_BAD with *valid false.
 */
size_t rp_utf8_next(const char *s, uint32_t *cp, bool *valid);

/* Columns of a terminal that a character takes: 0, 1 or 2. */
unsigned rp_utf8_width(uint32_t cp);

/* Columns of a whole text that rp_text_safe() wrote. */
size_t rp_utf8_columns(const char *s);

/*
 * Whether a reader could be deceived by it: controls, and the invisible
 * characters that reverse or hide what stands beside them.
 */
bool rp_utf8_is_control(uint32_t cp);

#endif /* RP_WRITE_UTF8_H */
