/*
 * rules/short_lived.c - certificates that nobody has to revoke.
 *
 * A subscriber certificate of a few days is exempt from the limits of 4.9.1.1
 * by the edition in force when it was issued.  The rows say how few; before
 * the first of them nothing was exempt, however short.
 */
#include "rules/terms.h"

static bool
is_short_row(const struct rp_rule *rule)
{
	return rule->terms->check == rp_check_short_lived && !rule->draft;
}

/* ---- a duty against all of these rows ----------------------------------- */

/* What the rows say of the days on which the certificates were issued. */
struct sum {
	bool exempt;		/* of some of these days */
	bool longer;		/* of some: longer than their limit */
	int64_t covered;	/* seconds of the interval in any row */
	double most_s;		/* the longest limit of all rows */
};

static int64_t
seconds_in(struct rp_when w, const struct rp_rule *rule)
{
	struct rp_instant from = rp_rule_from(rule);
	struct rp_instant until = rp_rule_until(rule);

	if (rp_instant_cmp(from, w.from) < 0)
		from = w.from;
	if (rp_instant_cmp(until, w.until) > 0)
		until = w.until;
	if (rp_instant_cmp(from, until) >= 0)
		return 0;
	return rp_span_s(rp_instant_between(from, until));
}

/* An exact time is the second that begins with it. */
static struct rp_when
issued_of(const struct rp_duty *duty)
{
	struct rp_when w = duty->issued;
	struct rp_instant least = rp_instant_plus(w.from, rp_span_of_s(1));

	if (rp_instant_cmp(w.until, least) < 0)
		w.until = least;
	return w;
}

static struct sum
sum_of(const struct rp_duty *duty)
{
	struct rp_when issued = issued_of(duty);
	struct sum out = { 0 };

	for (size_t i = 0; i < rp_rule_count(); i++) {
		const struct rp_rule *rule = rp_rule_at(i);
		double limit;
		int64_t part;

		if (!is_short_row(rule))
			continue;
		limit = (double)rp_span_s(rule->limit);
		part = duty->has_issued ? seconds_in(issued, rule) : 0;
		if (limit > out.most_s)
			out.most_s = limit;
		out.covered += part;
		out.exempt |= part > 0 && duty->validity_s <= limit;
		out.longer |= part > 0 && duty->validity_s > limit;
	}
	return out;
}

enum rp_short_lived
rp_duty_short_lived(const struct rp_duty *duty)
{
	struct rp_when issued = issued_of(duty);
	struct sum sum;

	if (duty->profile != RP_PROFILE_TLS ||
	    duty->certificate != RP_CERT_SUBSCRIBER ||
	    !(duty->validity_s > 0))
		return RP_SHORT_NOT_SAID;
	sum = sum_of(duty);
	if (duty->validity_s > sum.most_s)
		return RP_SHORT_NOT_SAID;
	if (!duty->has_issued)
		return RP_SHORT_UNKNOWN;
	if (!sum.exempt)
		return RP_SHORT_NO;
	return !sum.longer && sum.covered == rp_span_s(rp_instant_between(
	    issued.from, issued.until)) ? RP_SHORT_YES : RP_SHORT_UNKNOWN;
}

bool
rp_short_lived_row(const struct rp_rule *rule, const struct rp_duty *duty)
{
	struct rp_when issued = issued_of(duty);

	if (!duty->has_issued)
		return rp_rule_in_force(rule, duty->aware.from);
	if (seconds_in(issued, rule) > 0)
		return true;
	for (size_t i = 0; i < rp_rule_count(); i++)
		if (is_short_row(rp_rule_at(i)) && rp_instant_cmp(
		    rp_rule_from(rp_rule_at(i)), rp_rule_from(rule)) < 0)
			return false;
	return rp_instant_cmp(rp_when_last(issued), rp_rule_from(rule)) < 0 &&
	    rp_instant_cmp(duty->aware.from, rp_rule_from(rule)) >= 0;
}
