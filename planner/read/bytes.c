/*
 * read/bytes.c - whether bytes are text at all.
 *
 * libyaml would find the same, but it says neither the line nor, in words that
 * a user can act on, what to do.
 */
#include "read/bytes.h"

#include <string.h>

/* Where we are; columns count characters, not bytes. */
struct scan {
	const unsigned char *p;
	const unsigned char *end;
	uint32_t line;
	uint32_t col;
};

/* The length of a sequence from its first byte; 0: it cannot be one. */
static size_t
sequence(unsigned char lead)
{
	if (lead < 0x80)
		return 1;
	if (lead >= 0xc2 && lead < 0xe0)
		return 2;
	if (lead >= 0xe0 && lead < 0xf0)
		return 3;
	if (lead >= 0xf0 && lead < 0xf5)
		return 4;
	return 0;
}

/* The code point at p, its length in *n; false: not UTF-8. */
static bool
decode(const struct scan *s, uint32_t *point, size_t *n)
{
	static const uint32_t least[5] = { 0, 0, 0x80, 0x800, 0x10000 };
	size_t len = sequence(s->p[0]);
	uint32_t value;

	if (len == 0 || len > (size_t)(s->end - s->p))
		return false;
	value = len == 1 ? s->p[0] : s->p[0] & (0xffu >> (len + 1));
	for (size_t i = 1; i < len; i++) {
		if ((s->p[i] & 0xc0) != 0x80)
			return false;
		value = value << 6 | (s->p[i] & 0x3fu);
	}
	*point = value;
	*n = len;
	return value >= least[len] && value <= 0x10ffff &&
	    (value < 0xd800 || value > 0xdfff);
}

/* The characters that YAML calls printable; a byte order mark inside is not. */
static bool
is_allowed(uint32_t c)
{
	if (c < 0x20)
		return c == '\t' || c == '\n' || c == '\r';
	if (c < 0xa0)
		return c < 0x7f || c == 0x85;
	return c != 0xfeff && c != 0xfffe && c != 0xffff;
}

/*
 * libyaml ends a line at these as well; ours must be the lines that it
 * counts, or messages about syntax and about bytes would disagree.
 */
static bool
ends_line(const struct scan *s, uint32_t c)
{
	if (c == '\r')
		return s->end - s->p < 2 || s->p[1] != '\n';
	return c == '\n' || c == 0x85 || c == 0x2028 || c == 0x2029;
}

static void
advance(struct scan *s, uint32_t c, size_t n)
{
	if (ends_line(s, c)) {
		s->line++;
		s->col = 1;
	} else {
		s->col++;
	}
	s->p += n;
}

/* By its mark, or by ASCII in which every other byte is zero. */
static bool
is_utf16(const unsigned char *p, size_t len)
{
	if (len >= 2 && ((p[0] == 0xff && p[1] == 0xfe) ||
	    (p[0] == 0xfe && p[1] == 0xff)))
		return true;
	if (len < 4)
		return false;
	return (p[0] == 0 && p[1] != 0 && p[2] == 0 && p[3] != 0) ||
	    (p[0] != 0 && p[1] == 0 && p[2] != 0 && p[3] == 0);
}

bool
rp_bytes_are_text(const char *bytes, size_t len, size_t *skip,
    struct rp_faults *f)
{
	struct scan s = { .line = 1, .col = 1 };
	uint32_t c;
	size_t n;

	s.p = (const unsigned char *)bytes;
	s.end = s.p + len;
	*skip = len >= 3 && memcmp(bytes, "\xef\xbb\xbf", 3) == 0 ? 3 : 0;
	s.p += *skip;
	if (is_utf16(s.p, len - *skip)) {
		rp_fault(f, 1, 1, "file is not UTF-8 but looks like UTF-16; "
		    "save it as UTF-8");
		return false;
	}
	while (s.p < s.end) {
		if (!decode(&s, &c, &n)) {
			rp_fault(f, s.line, s.col, "byte 0x%02x is not "
			    "UTF-8; a case file is UTF-8 text", s.p[0]);
			return false;
		}
		if (!is_allowed(c)) {
			rp_fault(f, s.line, s.col, "character U+%04X is not "
			    "allowed; a case file is UTF-8 text", (unsigned)c);
			return false;
		}
		advance(&s, c, n);
	}
	return true;
}
