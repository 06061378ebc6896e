#include <string.h>

#include "write/show.h"
#include "write/writers.h"

static const struct {
	const char *name;
	const char *suffix;
	rp_table_writer *write;
} formats[RP_FORMATS] = {
	[RP_FORMAT_TEXT] = { "text", ".txt", rp_table_write_text },
	[RP_FORMAT_MARKDOWN] = { "markdown", ".md", rp_table_write_markdown },
	[RP_FORMAT_CSV] = { "csv", ".csv", rp_table_write_csv },
	[RP_FORMAT_JSON] = { "json", ".json", rp_table_write_json },
	[RP_FORMAT_HTML] = { "html", ".html", rp_table_write_html },
};

bool
rp_format_find(const char *name, enum rp_format *out)
{
	int i;

	for (i = 0; i < RP_FORMATS; i++)
		if (strcmp(formats[i].name, name) == 0) {
			*out = (enum rp_format)i;
			return true;
		}
	return false;
}

const char *
rp_format_name(enum rp_format format)
{
	return formats[format].name;
}

const char *
rp_format_suffix(enum rp_format format)
{
	return formats[format].suffix;
}

static rp_status
show(const struct rp_table *t, const struct rp_show *how,
    const struct rp_provenance *provenance, struct rp_text *out,
    struct rp_err *err)
{
	if (rp_table_status(t) == RP_OK)
		formats[how->format].write(t, provenance, out);
	if (rp_table_status(t) != RP_OK || out->failed)
		return rp_fail(err, RP_ENOMEM, "no memory for the result");
	return RP_OK;
}

rp_status
rp_show_table(const struct rp_table *t, const struct rp_show *how,
    struct rp_text *out, struct rp_err *err)
{
	return show(t, how, &how->provenance, out, err);
}

rp_status
rp_show_tables(const struct rp_table *const *t, size_t n,
    const struct rp_show *how, struct rp_text *out, struct rp_err *err)
{
	rp_status rc = RP_OK;
	size_t i;

	if (how->format == RP_FORMAT_HTML) {
		rp_tables_write_html(t, n, &how->provenance, out);
		return out->failed ? rp_fail(err, RP_ENOMEM,
		    "no memory for the result") : RP_OK;
	}
	for (i = 0; i + 1 < n && rc == RP_OK; i++)
		rc = rp_show_part(t[i], how, out, err);
	return rc == RP_OK ? rp_show_table(t[i], how, out, err) : rc;
}

rp_status
rp_show_part(const struct rp_table *t, const struct rp_show *how,
    struct rp_text *out, struct rp_err *err)
{
	rp_status rc = show(t, how, NULL, out, err);

	rp_text_puts(out, "\n");
	return rc;
}
