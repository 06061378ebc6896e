#include <inttypes.h>

#include "write/events.h"

static void
put_kind(const struct rp_event *e, struct rp_text *out)
{
	static const char *const kind[] = {
		[RP_EVENT_CUTOFF] = "cutoff",
		[RP_EVENT_ROLLOUT] = "roll-out",
		[RP_EVENT_DISCOVERY] = "discovery",
		[RP_EVENT_HOLD] = "hold",
		[RP_EVENT_RISK] = "risk",
	};

	rp_text_puts(out, kind[e->kind]);
	if (e->kind == RP_EVENT_DISCOVERY || e->kind == RP_EVENT_HOLD)
		rp_text_printf(out, " of %" PRIu64 " certificate%s",
		    rp_count_n(e->certificates),
		    rp_count_n(e->certificates) == 1 ? "" : "s");
}

void
rp_event_words(const struct rp_case *cs, const struct rp_event *e,
    struct rp_text *out)
{
	const char *why = e->why;
	char on[RP_INSTANT_TEXT], until[RP_INSTANT_TEXT];

	if (e->kind == RP_EVENT_RISK && e->then != NULL) {
		e = e->then;
		why = why != NULL ? why : e->why;
	}
	put_kind(e, out);
	if (e->population >= 0 && (size_t)e->population < cs->n_populations)
		rp_text_printf(out, " of '%s'",
		    cs->population[e->population].name);
	rp_when_format(e->on, on);
	if (e->has_until)
		rp_text_printf(out, " from %s to %s", on,
		    rp_when_format(e->until, until));
	else
		rp_text_printf(out, " on %s", on);
	if (why != NULL)
		rp_text_printf(out, " (%s)", why);
}
