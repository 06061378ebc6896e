/*
 * check/check_short_lived.c - whether certificates are exempt by their age.
 */
#include "check/judging.h"

static rp_status
add_row(struct rp_judging *j, const struct rp_rule *rule, int d)
{
	const struct rp_duty *duty = &j->cs->duty[d];
	char citation[160], words[RP_WORDS], span[RP_UNIT_TEXT];
	struct rp_clock_row clock = rp_clock_of(rule, d, duty->has_issued ?
	    duty->issued : duty->aware, citation, sizeof(citation));
	struct rp_finding row = rp_finding_of(&clock);
	char issued[RP_INSTANT_TEXT] = "";

	row.has_due = false;
	row.line = duty->origin.line;
	rp_finding_count(&row, j, rp_duty_size(j, d), NULL);
	(void)rp_words_duty(j, d, words);
	(void)rp_span_format(rp_span_of_s((int64_t)duty->validity_s), span);
	if (duty->has_issued)
		(void)rp_when_format(duty->issued, issued);
	switch (rp_duty_short_lived(duty)) {
	case RP_SHORT_YES:
		row.verdict = RP_VERDICT_MET;
		return rp_findings_add(j, &row, "%sexempt: valid for %s and "
		    "issued %s, they are short-lived and may be revoked, but "
		    "need not be; reports of the incident are still due",
		    words, span, issued);
	case RP_SHORT_NO:
		row.verdict = RP_VERDICT_BREACHED;
		return rp_findings_add(j, &row, "%snot exempt: valid for %s "
		    "and issued %s, they do not count as short-lived, so the "
		    "clock of 4.9.1.1 runs", words, span, issued);
	case RP_SHORT_UNKNOWN:
	case RP_SHORT_NOT_SAID:
		break;
	}
	row.verdict = RP_VERDICT_UNDECIDED;
	if (!duty->has_issued)
		return rp_findings_add(j, &row, "%svalid for %s: whether that "
		    "is short-lived depends on when they were issued, which "
		    "the case does not say; the clock of 4.9.1.1 is kept",
		    words, span);
	return rp_findings_add(j, &row, "%svalid for %s and issued %s: only "
	    "some of these days make them short-lived, and how many were "
	    "issued on which is not on record; the clock of 4.9.1.1 is kept",
	    words, span, issued);
}

rp_status
rp_check_short_lived(struct rp_judging *j, const struct rp_rule *rule)
{
	rp_status rc = RP_OK;

	for (size_t d = 0; d < j->cs->n_duties && rc == RP_OK; d++) {
		const struct rp_duty *duty = &j->cs->duty[d];

		if (rp_rule_covers(rule, duty) && rp_duty_short_lived(duty) !=
		    RP_SHORT_NOT_SAID && rp_short_lived_row(rule, duty))
			rc = add_row(j, rule, (int)d);
	}
	return rc;
}
