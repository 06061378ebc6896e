#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "output.h"
#include "write/utf8.h"

/* No result comes near it; something that does has gone wrong. */
#define TEXT_MAX ((size_t)1 << 30)

static bool
make_room(struct rp_text *t, size_t more)
{
	size_t room = t->room > 0 ? t->room : 256;
	char *bytes;

	if (t->failed || more >= TEXT_MAX || t->len + more >= TEXT_MAX) {
		t->failed = true;
		return false;
	}
	while (room < t->len + more + 1)
		room *= 2;
	if (room == t->room)
		return true;
	bytes = realloc(t->bytes, room);
	if (bytes == NULL) {
		t->failed = true;
		return false;
	}
	t->bytes = bytes;
	t->room = room;
	return true;
}

void
rp_text_add(struct rp_text *t, const char *bytes, size_t len)
{
	if (!make_room(t, len))
		return;
	if (len > 0)
		memcpy(t->bytes + t->len, bytes, len);
	t->len += len;
	t->bytes[t->len] = '\0';
}

void
rp_text_puts(struct rp_text *t, const char *s)
{
	rp_text_add(t, s, strlen(s));
}

void
rp_text_printf(struct rp_text *t, const char *fmt, ...)
{
	va_list ap, again;
	int n;

	va_start(ap, fmt);
	va_copy(again, ap);
	n = vsnprintf(NULL, 0, fmt, ap);
	if (n < 0)
		t->failed = true;
	else if (make_room(t, (size_t)n)) {
		(void)vsnprintf(t->bytes + t->len, (size_t)n + 1, fmt, again);
		t->len += (size_t)n;
	}
	va_end(again);
	va_end(ap);
}

void
rp_text_release(struct rp_text *t)
{
	free(t->bytes);
	memset(t, 0, sizeof(*t));
}

static void
add_visible(struct rp_text *t, uint32_t cp)
{
	static const struct {
		uint32_t cp;
		const char *shown;
	} named[] = { { '\t', "\\t" }, { '\n', "\\n" }, { '\r', "\\r" } };
	size_t i;

	for (i = 0; i < sizeof(named) / sizeof(named[0]); i++)
		if (named[i].cp == cp) {
			rp_text_puts(t, named[i].shown);
			return;
		}
	if (cp < 0x80)
		rp_text_printf(t, "\\x%02x", (unsigned)cp);
	else
		rp_text_printf(t, "\\u{%x}", (unsigned)cp);
}

void
rp_text_safe(struct rp_text *t, const char *s)
{
	uint32_t cp;
	size_t n;
	bool valid;

	for (; *s != '\0'; s += n) {
		n = rp_utf8_next(s, &cp, &valid);
		if (!valid)
			rp_text_printf(t, "\\x%02x", (unsigned char)*s);
		else if (rp_utf8_is_control(cp))
			add_visible(t, cp);
		else
			rp_text_add(t, s, n);
	}
}
