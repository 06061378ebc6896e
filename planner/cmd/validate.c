/* revplan validate: all faults of a case, or what it amounts to. */
#include "cmd.h"

#include <inttypes.h>

#include "remarks.h"
#include "revplan/rules.h"

static const char *
plural(uint64_t n)
{
	return n == 1 ? "" : "s";
}

static void
add_count(struct rp_text *text, uint64_t n, const char *what)
{
	rp_text_printf(text, "%" PRIu64 " %s%s", n, what, plural(n));
}

/* From the receipt of a report on another clock runs, and often first. */
static void
describe_notice(const struct rp_duty *duty, struct rp_text *text)
{
	const struct rp_rule *rule = rp_rule_find(duty->profile ==
	    RP_PROFILE_SMIME ? "SMIME-CPR-PUBLISHED" : "BR-CPR-PUBLISHED");
	struct rp_duty notice = *duty;
	struct rp_deadline deadline;
	char at[RP_INSTANT_TEXT];

	notice.aware = duty->reported;
	if (rule == NULL || !duty->has_reported ||
	    duty->certificate != RP_CERT_SUBSCRIBER ||
	    !rp_rule_for_profile(rule, duty->profile) ||
	    !rp_rule_in_force(rule, duty->reported.from) ||
	    rp_duty_deadline(&notice, &deadline, NULL) != RP_OK)
		return;
	rp_text_printf(text, "    and shown as revoked by CRL and OCSP by %s, "
	    "counted from the report (%s, %s)\n",
	    rp_when_format(deadline.at, at), rule->document, rule->section);
}

/* A rule that does not cover the duty is worth knowing, not a fault. */
static void
describe_duty(const struct rp_duty *duty, struct rp_text *text)
{
	struct rp_deadline deadline;
	struct rp_err err = {0};
	char at[RP_INSTANT_TEXT];

	rp_text_puts(text, "  duty: ");
	rp_text_safe(text, duty->name);
	if (rp_count_n(duty->certificates) > 0) {
		rp_text_puts(text, ", ");
		add_count(text, rp_count_n(duty->certificates),
		    duty->certificate == RP_CERT_SUBORDINATE_CA ?
		    "CA certificate" : "certificate");
	}
	if (rp_duty_deadline(duty, &deadline, &err) == RP_OK)
		rp_text_printf(text, ", to be revoked by %s (%s)\n",
		    rp_when_format(deadline.at, at), deadline.citation);
	else
		rp_text_printf(text, ", no deadline: %s\n", err.text);
	describe_notice(duty, text);
}

static void
describe(const struct rp_case *cs, struct rp_text *text)
{
	char aware[RP_INSTANT_TEXT];
	size_t i;

	rp_text_safe(text, cs->file);
	rp_text_puts(text, ": valid\n  incident: ");
	rp_text_safe(text, cs->id);
	if (cs->title != NULL) {
		rp_text_puts(text, ", ");
		rp_text_safe(text, cs->title);
	}
	rp_text_printf(text, "\n  aware: %s, %s\n  affected: ",
	    rp_when_format(cs->aware, aware), rp_reason_text(cs->reason));
	add_count(text, rp_count_n(cs->total), "certificate");
	rp_text_puts(text, " in ");
	add_count(text, cs->n_populations, "population");
	rp_text_puts(text, "\n");
	for (i = 0; i < cs->n_duties; i++)
		describe_duty(&cs->duty[i], text);
	rp_text_puts(text, "  on record: ");
	add_count(text, cs->n_plans, "plan");
	rp_text_puts(text, ", ");
	add_count(text, cs->n_actuals, "actual");
	rp_text_puts(text, ", ");
	add_count(text, cs->n_facts, "fact");
	rp_text_puts(text, ", ");
	add_count(text, cs->n_updates, "update");
	rp_text_puts(text, "\n");
}

rp_status
cmd_run_validate(const struct cmd_args *args, bool *findings,
    struct rp_err *err)
{
	struct rp_case *cs = NULL;
	struct rp_text text = {0};
	rp_status st = RP_OK;

	(void)findings;
	if (args->schema) {
		st = cmd_schema(&text, err);
	} else {
		st = cmd_case(args, &cs, err);
		if (st == RP_OK)
			describe(cs->under, &text);
	}
	if (st == RP_OK)
		st = cmd_write(args, NULL, &text, err);
	if (st == RP_OK && cs != NULL)
		rp_remarks_tell(cs->under);
	rp_text_release(&text);
	rp_case_free(cs);
	return st;
}
