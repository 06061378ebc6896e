#include <string.h>

#include "write/plot.h"
#include "write/writers.h"

/* Where an element begins whose whole content is dropped. */
static const char *
dropped_end(const char *s)
{
	static const struct {
		const char *open, *close;
	} dropped[] = {
		{ "<title>", "</title>" },
		{ "<desc>", "</desc>" },
		{ "<script", "</script>" },
	};
	const char *end;
	size_t i;

	for (i = 0; i < sizeof(dropped) / sizeof(dropped[0]); i++) {
		if (strncmp(s, dropped[i].open, strlen(dropped[i].open)) != 0)
			continue;
		end = strstr(s, dropped[i].close);
		return end == NULL ? s + strlen(s) :
		    end + strlen(dropped[i].close);
	}
	return NULL;
}

/*
 * Within a tag: after any of these comes a name that must be ours alone, or
 * two charts of a page would share their clips and markers.
 */
static size_t
before_name(const char *s)
{
	static const char *const lead[] = { " id=\"", " id='", "href=\"#",
		"href='#", "url(#" };
	size_t i, n;

	for (i = 0; i < sizeof(lead) / sizeof(lead[0]); i++) {
		n = strlen(lead[i]);
		if (strncmp(s, lead[i], n) == 0)
			return n;
	}
	return 0;
}

/* One tag, from < to >; where it ends. */
static const char *
put_tag(struct rp_text *out, const char *s, const char *prefix)
{
	size_t n;

	while (*s != '\0' && *s != '>') {
		n = before_name(s);
		rp_text_add(out, s, n > 0 ? n : 1);
		if (n > 0)
			rp_text_puts(out, prefix);
		s += n > 0 ? n : 1;
	}
	if (*s == '>')
		rp_text_add(out, s++, 1);
	return s;
}

/*
 * The root: its box and its names, and nothing that fixes its size.  The
 * words of gnuplot's own root are not needed, but for the box.
 */
static const char *
put_root(struct rp_text *out, const char *s, const char *prefix,
    const char *title, const char *alternative)
{
	const char *end = strchr(s, '>');
	const char *box = strstr(s, "viewBox=\"");
	size_t n = 0;

	if (end == NULL)
		return s + strlen(s);
	if (box != NULL && box < end) {
		box += strlen("viewBox=\"");
		n = strspn(box, "0123456789. -");
	}
	rp_text_puts(out, "<svg xmlns=\"http://www.w3.org/2000/svg\" "
	    "xmlns:xlink=\"http://www.w3.org/1999/xlink\" viewBox=\"");
	rp_text_add(out, n > 0 ? box : "0 0 420 400", n > 0 ? n : 11);
	rp_text_printf(out, "\" width=\"100%%\" role=\"img\" "
	    "aria-labelledby=\"%stitle %sdesc\">\n<title id=\"%stitle\">",
	    prefix, prefix, prefix);
	rp_text_html(out, title);
	rp_text_printf(out, "</title>\n<desc id=\"%sdesc\">", prefix);
	rp_text_html(out, alternative);
	rp_text_puts(out, "</desc>\n");
	return end + 1;
}

void
rp_svg_inline(struct rp_text *out, const char *svg, const char *prefix,
    const char *title, const char *alternative)
{
	const char *s = strstr(svg, "<svg"), *end;

	if (s == NULL)
		return;
	s = put_root(out, s, prefix, title, alternative);
	while (*s != '\0') {
		end = dropped_end(s);
		if (end != NULL)
			s = end;
		else if (*s == '<')
			s = put_tag(out, s, prefix);
		else
			rp_text_add(out, s++, 1);
	}
}
