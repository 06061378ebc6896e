/*
 * read/yaml_words.c - broken YAML, in words that say what to do.
 */
#include "read/yaml_words.h"

#include <string.h>

/* What libyaml 0.2 says, and what we say. */
struct wording {
	const char *problem;
	const char *text;
	bool at_start;		/* shown where the thing began that is not
				 * complete, not where that was noticed */
};

static const struct wording words[] = {
	{ "could not find expected ':'",
	    "a key without ':'; write 'key: value'", true },
	{ "did not find expected key",
	    "expected a key here; check the indentation, and that quotes "
	    "and brackets are closed", false },
	{ "did not find expected '-' indicator",
	    "expected '-' here; check the indentation of the list", false },
	{ "did not find expected ',' or ']'",
	    "expected ',' or ']' here", false },
	{ "did not find expected ',' or '}'",
	    "expected ',' or '}' here", false },
	{ "did not find expected node content",
	    "expected a value here", false },
	{ "did not find expected <document start>",
	    "text after the end of the document; check the indentation",
	    false },
	{ "mapping values are not allowed in this context",
	    "unexpected ':'; check the indentation, and put texts with ': ' "
	    "into quotes", false },
	{ "mapping keys are not allowed in this context",
	    "unexpected '?'; put the text into quotes", false },
	{ "block sequence entries are not allowed in this context",
	    "unexpected '-'; a list begins on a line of its own", false },
	{ "found character that cannot start any token",
	    "a value cannot begin with this character; put it into quotes",
	    false },
	{ "found unexpected ':'",
	    "unexpected ':'; put the text into quotes", false },
	{ "found unexpected end of stream",
	    "a text in quotes begins here and is never closed", true },
	{ "found unexpected document indicator",
	    "a text in quotes begins here and is never closed", true },
	{ "found unknown escape character",
	    "unknown escape after '\\'; use single quotes for a plain '\\'",
	    false },
	{ "did not find expected hexdecimal number",
	    "an escape is not complete; use single quotes for a plain '\\'",
	    false },
	{ "found invalid Unicode character escape code",
	    "an escape is not a character", false },
	{ "found a tab character where an indentation space is expected",
	    "tab in the indentation; use spaces", false },
	{ "found a tab character that violates indentation",
	    "tab in the indentation; use spaces", false },
	{ "found incompatible YAML document",
	    "the YAML version of the file is not 1.1 or 1.2", false },
	{ "did not find expected alphabetic or numeric character",
	    "'&' and '*' begin an anchor or an alias; put the text into "
	    "quotes", false },
	{ "found undefined tag handle",
	    "tags ('!') are not supported; put the text into quotes", false },
};

/* Columns count characters: skip the tails of UTF-8 sequences. */
static char
byte_at(const char *bytes, size_t len, const yaml_mark_t *m)
{
	const char *p = bytes, *end = bytes + len, *stop;
	size_t i;

	for (i = 0; i < m->line && p < end; i++) {
		stop = memchr(p, '\n', (size_t)(end - p));
		p = stop != NULL ? stop + 1 : end;
	}
	for (i = 0; i < m->column && p < end; i++) {
		p++;
		while (p < end && (*p & 0xc0) == 0x80)
			p++;
	}
	return p < end ? *p : '\0';
}

static const struct wording *
wording_for(const char *problem)
{
	size_t i;

	for (i = 0; i < sizeof(words) / sizeof(words[0]); i++) {
		if (strcmp(words[i].problem, problem) == 0)
			return &words[i];
	}
	return NULL;
}

/* Where it began, when that is on an earlier line than the problem. */
static bool
began_above(const yaml_parser_t *p)
{
	return p->context != NULL &&
	    p->context_mark.line < p->problem_mark.line;
}

static void
fault_at(const yaml_mark_t *m, const char *text, struct rp_faults *f)
{
	rp_fault(f, (uint32_t)m->line + 1, (uint32_t)m->column + 1, "%s",
	    text);
}

void
rp_yaml_fault(const yaml_parser_t *p, const char *bytes, size_t len,
    struct rp_faults *f)
{
	const char *problem = p->problem != NULL ? p->problem : "no reason";
	const struct wording *w = wording_for(problem);
	const yaml_mark_t *m = &p->problem_mark;

	if (w != NULL && w->at_start && p->context != NULL)
		fault_at(&p->context_mark, w->text, f);
	else if (byte_at(bytes, len, m) == '\t')
		fault_at(m, "tab in the indentation; use spaces", f);
	else if (w != NULL && began_above(p))
		rp_fault(f, (uint32_t)m->line + 1, (uint32_t)m->column + 1,
		    "%s (what it belongs to begins on line %u)", w->text,
		    (unsigned)p->context_mark.line + 1);
	else if (w != NULL)
		fault_at(m, w->text, f);
	else
		rp_fault(f, (uint32_t)m->line + 1, (uint32_t)m->column + 1,
		    "not valid YAML: %s", problem);
}
