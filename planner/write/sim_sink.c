/* Where what is said of the trials goes. */
#include <stdio.h>

#include "write/show_simulate.h"
#include "write/writers.h"

size_t
rp_sim_level(double p)
{
	size_t i = 0;

	while (i + 1 < RP_COMPLETION_QUANTILES &&
	    rp_completion_level[i] < p - 1e-9)
		i++;
	return i;
}

static void
put_html(struct rp_text *out, const char *heading, const char *said)
{
	rp_text_puts(out, "<p><strong>");
	rp_text_html(out, heading);
	rp_text_puts(out, ":</strong> ");
	rp_text_html(out, said);
	rp_text_puts(out, "</p>\n");
}

void
rp_sim_end_line(const struct rp_sim_sink *out, const char *label,
    struct rp_text *line)
{
	const char *said = line->bytes != NULL && !line->failed ?
	    line->bytes : "";
	char heading[32];

	/* A remark and a paragraph are sentences of their own. */
	(void)snprintf(heading, sizeof(heading), "%c%s", label[0] - 'a' + 'A',
	    label + 1);
	if (out->text != NULL) {
		out->text->failed |= line->failed;
		rp_text_line(out->text, label, said);
	}
	if (out->table != NULL)
		rp_table_remark(out->table, heading, "%s", said);
	if (out->html != NULL)
		put_html(out->html, heading, said);
	rp_text_release(line);
}
