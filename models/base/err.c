/*
 * base/err.c - the words of a failure.
 */
#include "revplan/err.h"

#include <stdbool.h>
#include <stdio.h>
#include <string.h>

#define STATUS_NAME(name, text, exits) case name: return #name;
#define STATUS_TEXT(name, text, exits) case name: return text;
#define STATUS_EXIT(name, text, exits) case name: return exits;

/* No default in these switches: a new code does not compile without words. */
const char *
rp_status_name(rp_status code)
{
	switch (code) {
	RP_STATUS_LIST(STATUS_NAME)
	}
	return "unknown";
}

const char *
rp_status_text(rp_status code)
{
	switch (code) {
	RP_STATUS_LIST(STATUS_TEXT)
	}
	return "unknown status";
}

int
rp_status_exit(rp_status code)
{
	switch (code) {
	RP_STATUS_LIST(STATUS_EXIT)
	}
	return 4;
}

/*
 * A message quotes what strangers wrote: nothing in it may move the cursor
 * of a terminal or begin a new line.  C1 controls are two bytes in UTF-8.
 */
static void
tame(char *text)
{
	unsigned char *p;

	for (p = (unsigned char *)text; *p != '\0'; p++) {
		if (*p < 0x20 || *p == 0x7f)
			*p = '?';
		if (*p == 0xc2 && p[1] >= 0x80 && p[1] <= 0x9f)
			p[0] = p[1] = '?';
	}
}

/* How many bytes follow the first one of a UTF-8 sequence. */
static size_t
tail_of(unsigned char lead)
{
	return lead >= 0xf0 ? 3 : lead >= 0xe0 ? 2 : lead >= 0xc0 ? 1 : 0;
}

static bool
is_tail(char byte)
{
	return ((unsigned char)byte & 0xc0) == 0x80;
}

char *
rp_whole_letters(char *text)
{
	const char *from = text;
	char *to = text;

	while (*from != '\0') {
		size_t tail = tail_of((unsigned char)*from), n = 0;

		while (n < tail && is_tail(from[n + 1]))
			n++;
		if (n == tail) {
			memmove(to, from, n + 1);
			to += n + 1;
		}
		from += n + 1;
	}
	*to = '\0';
	return text;
}

/* Drop the beginning of a UTF-8 sequence that the end of the buffer cut. */
static void
mend_cut(char *text)
{
	size_t end = strlen(text), start = end;

	while (start > 0 && end - start < 3 && is_tail(text[start - 1]))
		start--;
	if (start > 0 && end - start < tail_of((unsigned char)text[start - 1]))
		text[start - 1] = '\0';
}

/* Written aside first: an argument may be the very text it replaces. */
static RP_PRINTF(2, 0) void
write_text(struct rp_err *err, const char *fmt, va_list ap)
{
	char text[RP_ERR_TEXT];
	int n;

	n = vsnprintf(text, sizeof(text), fmt, ap);
	if (n < 0)
		text[0] = '\0';
	if (n >= (int)sizeof(text))
		mend_cut(text);
	tame(text);
	memcpy(err->text, text, strlen(text) + 1);
}

rp_status
rp_fail(struct rp_err *err, rp_status code, const char *fmt, ...)
{
	va_list ap;

	if (err == NULL)
		return code;
	err->code = code;
	err->line = 0;
	err->col = 0;
	va_start(ap, fmt);
	write_text(err, fmt, ap);
	va_end(ap);
	return code;
}

rp_status
rp_fail_at(struct rp_err *err, rp_status code, uint32_t line, uint32_t col,
    const char *fmt, ...)
{
	va_list ap;

	if (err == NULL)
		return code;
	err->code = code;
	err->line = line;
	err->col = col;
	va_start(ap, fmt);
	write_text(err, fmt, ap);
	va_end(ap);
	return code;
}

void
rp_err_context(struct rp_err *err, const char *fmt, ...)
{
	char before[RP_ERR_TEXT];
	size_t have, room;
	va_list ap;

	if (err == NULL)
		return;
	memcpy(before, err->text, sizeof(before));
	before[sizeof(before) - 1] = '\0';
	va_start(ap, fmt);
	write_text(err, fmt, ap);
	va_end(ap);
	have = strlen(err->text);
	room = sizeof(err->text) - have;
	if (snprintf(err->text + have, room, ": %s", before) >= (int)room)
		mend_cut(err->text);
}
