/*
 * read/bug_text.c - what a comment is, by its own words.
 *
 * People write as they like, so this looks at headings and never at sentences,
 * and takes nothing for a report that does not say so or lacks its sections.
 * What was quoted from others is not what an author says.
 */
#include "read/bugzilla.h"

#include <ctype.h>
#include <string.h>
#include <strings.h>

/* What a heading is known by stands at its beginning. */
#define HEADING 160

/* ---- lines -------------------------------------------------------------- */

struct line {
	const char *text;
	size_t len;
};

/* The next line, without blanks about it; false: there is none. */
static bool
next_line(const char **at, struct line *out)
{
	const char *p = *at;
	size_t len = strcspn(p, "\n");

	if (*p == '\0')
		return false;
	*at = p[len] == '\n' ? p + len + 1 : p + len;
	while (len > 0 && isspace((unsigned char)p[len - 1]))
		len--;
	while (len > 0 && isspace((unsigned char)*p)) {
		p++;
		len--;
	}
	*out = (struct line){ p, len };
	return true;
}

static bool
begins(const struct line *l, const char *word)
{
	const size_t len = strlen(word);

	return l->len >= len && strncasecmp(l->text, word, len) == 0;
}

/* The next line that is not quoted; what introduces a quotation is cut. */
static bool
own_line(const char **at, struct line *out)
{
	static const char intro[] = "(In reply to ";
	const char *end;

	while (next_line(at, out)) {
		if (begins(out, ">"))
			continue;
		if (!begins(out, intro))
			return true;
		end = memchr(out->text, ')', out->len);
		if (end == NULL)
			continue;
		out->len -= (size_t)(end + 1 - out->text);
		out->text = end + 1;
		return true;
	}
	return false;
}

bool
rp_bug_says(const char *text)
{
	struct line l;

	while (own_line(&text, &l))
		for (size_t i = 0; i < l.len; i++)
			if (!isspace((unsigned char)l.text[i]))
				return true;
	return false;
}

/* Within an address a question mark is followed by what is asked for. */
static bool
is_question_mark(const struct line *l, size_t i)
{
	if (l->text[i] != '?')
		return false;
	return i + 1 == l->len ||
	    (!isalnum((unsigned char)l->text[i + 1]) &&
	    strchr("=&%_-+/#", l->text[i + 1]) == NULL);
}

bool
rp_bug_asks(const char *text)
{
	struct line l;

	while (own_line(&text, &l))
		for (size_t i = 0; i < l.len; i++)
			if (is_question_mark(&l, i))
				return true;
	return false;
}

/* ---- headings ----------------------------------------------------------- */

enum mark {
	PLAIN,			/* a line like any other */
	NUMBERED,		/* "3. ..." */
	MARKED			/* of Markdown: #, bold, or underlined */
};

struct heading {
	enum mark mark;
	char text[HEADING];	/* small letters, nothing about them */
};

static bool
is_rule(const struct line *l)
{
	return l->len >= 3 && (strspn(l->text, "=") >= l->len ||
	    strspn(l->text, "-") >= l->len);
}

static enum mark
mark_of(const struct line *l, const char *after)
{
	struct line below;

	if (begins(l, "#"))
		return MARKED;
	if (l->len > 4 && begins(l, "**") &&
	    memchr(l->text + l->len - 3, '*', 3) != NULL)
		return MARKED;
	if (next_line(&after, &below) && is_rule(&below))
		return MARKED;
	return isdigit((unsigned char)*l->text) ? NUMBERED : PLAIN;
}

/* Without what marks it, and without its number. */
static void
trim(const struct line *l, struct heading *out)
{
	const char *p = l->text, *end = l->text + l->len;
	size_t n = 0;

	while (p < end && strchr("#* \t_`0123456789.)", *p) != NULL)
		p++;
	while (end > p && strchr("#*: \t_`", end[-1]) != NULL)
		end--;
	for (; p < end && n + 1 < sizeof(out->text); p++)
		if (*p != '*' && *p != '`')
			out->text[n++] = (char)tolower((unsigned char)*p);
	out->text[n] = '\0';
}

static bool
next_heading(const char **at, struct heading *out)
{
	struct line l;

	while (own_line(at, &l)) {
		if (l.len == 0)
			continue;
		out->mark = mark_of(&l, *at);
		trim(&l, out);
		if (out->text[0] != '\0')
			return true;
	}
	return false;
}

/* ---- which headings there are ------------------------------------------- */

static const struct title {
	const char *words;
	enum rp_bug_report report;
} titles[] = {
	/* Where one ends with another, the longer comes first. */
	{ "preliminary incident report", RP_BUG_PRELIMINARY },
	{ "preliminary report", RP_BUG_PRELIMINARY },
	{ "full incident report", RP_BUG_FULL },
	{ "final incident report", RP_BUG_FULL },
	{ "incident closure report", RP_BUG_CLOSURE },
	{ "incident closure summary", RP_BUG_CLOSURE },
	{ "report closure summary", RP_BUG_CLOSURE },
	{ "closure report", RP_BUG_CLOSURE },
	{ "closure summary", RP_BUG_CLOSURE },
	{ "incident report", RP_BUG_FULL },
};

static const struct section {
	const char *words;
	enum rp_field field;
} sections[] = {
	{ "summary", RP_FIELD_SUMMARY },
	{ "impact", RP_FIELD_IMPACT },
	{ "timeline", RP_FIELD_TIMELINE },
	{ "related incident", RP_FIELD_RELATED },
	{ "root cause", RP_FIELD_ROOT_CAUSE },
	{ "lessons learned", RP_FIELD_LESSONS },
	{ "action item", RP_FIELD_ACTION_ITEMS },
	{ "appendix", RP_FIELD_APPENDIX },
};

/* The seven topics that reports had until 2023, by what is left of them in
 * the headings of those who answered them one by one. */
static const char *const topics[] = {
	"became aware", "timeline", "stopped", "summary of",
	"certificate data", "how and why", "steps"
};

#define COUNT(a) (sizeof(a) / sizeof((a)[0]))

/* So many topics, or sections with the root cause, make a full report. */
#define TOPICS_NEEDED 5
#define SECTIONS_NEEDED 4

struct seen {
	bool title[COUNT(titles)];
	bool section[COUNT(sections)];
	bool topic[COUNT(topics)];
};

static bool
ends_with(const char *text, const char *words)
{
	size_t len = strlen(text), n = strlen(words);

	return len >= n && strcmp(text + len - n, words) == 0;
}

static bool
starts_with(const char *text, const char *words)
{
	return strncmp(text, words, strlen(words)) == 0;
}

/* A plain line has to be the title and nothing else. */
static bool
is_title(const struct heading *h, const char *words)
{
	if (h->mark != MARKED)
		return strcmp(h->text, words) == 0;
	return starts_with(h->text, words) || ends_with(h->text, words);
}

static bool
is_section(const struct heading *h, const char *words)
{
	if (!starts_with(h->text, words))
		return false;
	return h->mark == MARKED || strlen(h->text) <= strlen(words) + 9;
}

static void
see(const struct heading *h, struct seen *seen)
{
	size_t i;

	for (i = 0; i < COUNT(titles); i++) {
		if (!is_title(h, titles[i].words))
			continue;
		seen->title[i] = true;
		return;
	}
	for (i = 0; i < COUNT(sections); i++)
		if (is_section(h, sections[i].words))
			seen->section[i] = true;
	for (i = 0; i < COUNT(topics) && h->mark != PLAIN; i++)
		if (strstr(h->text, topics[i]) != NULL)
			seen->topic[i] = true;
}

/* ---- what that makes ---------------------------------------------------- */

static void
add_words(struct rp_bug_look *look, const char *words)
{
	size_t len = strlen(look->words);

	(void)snprintf(look->words + len, sizeof(look->words) - len,
	    "%s'%s'", len > 0 ? ", " : "", words);
}

static size_t
add_titles(struct rp_bug_look *look, const struct seen *seen,
    enum rp_bug_report report)
{
	size_t n = 0;

	for (size_t i = 0; i < COUNT(titles); i++) {
		if (!seen->title[i] || titles[i].report != report)
			continue;
		add_words(look, titles[i].words);
		n++;
	}
	return n;
}

static size_t
count_sections(const struct seen *seen, uint64_t *has)
{
	size_t n = 0;

	for (size_t i = 0; i < COUNT(sections); i++) {
		if (!seen->section[i])
			continue;
		*has |= RP_FIELD_BIT(sections[i].field);
		n++;
	}
	return n;
}

static void
add_sections(struct rp_bug_look *look, const struct seen *seen)
{
	for (size_t i = 0; i < COUNT(sections); i++)
		if (seen->section[i])
			add_words(look, sections[i].words);
}

static bool
has_topics(struct rp_bug_look *look, const struct seen *seen)
{
	size_t n = 0, i;

	for (i = 0; i < COUNT(topics); i++)
		n += seen->topic[i];
	if (n < TOPICS_NEEDED)
		return false;
	for (i = 0; i < COUNT(topics); i++)
		if (seen->topic[i])
			add_words(look, topics[i]);
	return true;
}

/* Its title and a root cause, or without a title enough of its sections. */
static bool
is_full(struct rp_bug_look *look, const struct seen *seen, size_t n_sections)
{
	bool cause = (look->has & RP_FIELD_BIT(RP_FIELD_ROOT_CAUSE)) != 0;
	size_t n_titles;

	if (!cause)
		return has_topics(look, seen);
	n_titles = add_titles(look, seen, RP_BUG_FULL);
	if (n_titles == 0 && n_sections < SECTIONS_NEEDED)
		return has_topics(look, seen);
	add_sections(look, seen);
	return true;
}

void
rp_bug_look(const char *text, struct rp_bug_look *out)
{
	struct seen seen = { 0 };
	struct heading h;
	size_t n_sections;

	*out = (struct rp_bug_look){ 0 };
	while (next_heading(&text, &h))
		see(&h, &seen);
	n_sections = count_sections(&seen, &out->has);
	if (add_titles(out, &seen, RP_BUG_CLOSURE) > 0)
		out->report = RP_BUG_CLOSURE;
	else if (add_titles(out, &seen, RP_BUG_PRELIMINARY) > 0)
		out->report = RP_BUG_PRELIMINARY;
	else if (is_full(out, &seen, n_sections))
		out->report = RP_BUG_FULL;
}

/* ---- the whiteboard ----------------------------------------------------- */

static const char *
find_words(const char *text, const char *words)
{
	for (; *text != '\0'; text++)
		if (strncasecmp(text, words, strlen(words)) == 0)
			return text;
	return NULL;
}

/* 1 .. 12 by its first three letters; 0: it is none. */
static int
month_of(const char *name)
{
	static const char *const months[] = { "jan", "feb", "mar", "apr",
	    "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec" };

	for (size_t i = 0; i < COUNT(months); i++)
		if (strncasecmp(name, months[i], 3) == 0)
			return (int)i + 1;
	return 0;
}

/* "15-Jul-2020", "15 July 2020". */
static bool
read_named(const char *p, struct rp_civil *out)
{
	const size_t digits = strspn(p, "0123456789");
	const char *year;
	char text[16];
	int day, month;

	if (digits < 1 || digits > 2)
		return false;
	day = digits == 1 ? p[0] - '0' : (p[0] - '0') * 10 + p[1] - '0';
	p += digits;
	p += strspn(p, " -");
	month = month_of(p);
	for (year = p; isalpha((unsigned char)*year); year++)
		;
	year += strspn(year, " -,");
	if (month == 0 || strspn(year, "0123456789") != 4)
		return false;
	(void)snprintf(text, sizeof(text), "%.4s-%02d-%02d", year, month, day);
	return rp_civil_parse(text, out, NULL) == RP_OK;
}

enum rp_bug_next
rp_bug_next_update(const char *whiteboard, struct rp_civil *out)
{
	static const char words[] = "next update";
	const char *p = find_words(whiteboard, words);
	char text[11];
	struct rp_civil date;

	if (p == NULL)
		return RP_BUG_NONE;
	p += sizeof(words) - 1;
	p += strspn(p, " -:=");
	(void)snprintf(text, sizeof(text), "%.10s", p);
	if ((rp_civil_parse(text, &date, NULL) != RP_OK ||
	    isdigit((unsigned char)p[10])) && !read_named(p, &date))
		return RP_BUG_UNREADABLE;
	*out = date;
	return RP_BUG_DATE;
}

const char *
rp_bug_delay_tag(const char *whiteboard)
{
	static const char *const tags[] = {
		"[leaf-revocation-delay]", "[ca-revocation-delay]",
		"[delayed-revocation-leaf]", "[delayed-revocation-ca]",
		"[revocation-delay]"
	};

	for (size_t i = 0; i < COUNT(tags); i++)
		if (find_words(whiteboard, tags[i]) != NULL)
			return tags[i];
	return NULL;
}
