#include <inttypes.h>

#include "version.h"
#include "write/provenance.h"

const char *
rp_version(void)
{
	return RP_VERSION;
}

const char *
rp_view_word(enum rp_view view)
{
	return view == RP_VIEW_PUBLIC ? "public" : "internal";
}

void
rp_provenance_line(const struct rp_provenance *p, struct rp_text *out)
{
	char when[RP_INSTANT_TEXT];

	rp_text_printf(out, "revplan %s", rp_version());
	if (p->has_run)
		rp_text_printf(out, ", seed %" PRIu64 ", %" PRIu64 " trial%s",
		    p->seed, p->trials, p->trials == 1 ? "" : "s");
	if (p->has_as_of)
		rp_text_printf(out, ", as of %s (%s view)",
		    rp_when_format(p->as_of, when), rp_view_word(p->view));
	if (p->cs != NULL) {
		rp_text_puts(out, ", input '");
		rp_text_safe(out, p->cs->file != NULL ? p->cs->file : "-");
		rp_text_printf(out, "' SHA-256 %s", p->cs->digest);
	}
}
