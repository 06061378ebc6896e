/* The words of `revplan rules`: ids of rules, or dates. */
#include "cmd.h"

#include <string.h>
#include <strings.h>

#include "read/binder.h"

#define DAY INT64_C(86400)

/* ---- ids ---------------------------------------------------------------- */

const char *
cmd_rule_id(size_t i, const char **about)
{
	const struct rp_rule *rule = rp_rule_at(i);

	if (rule == NULL)
		return NULL;
	*about = rule->title;
	return rule->id;
}

/* The first rule whose id begins so, whatever the case of its letters. */
static const char *
beginning_with(const char *said)
{
	const struct rp_rule *rule;
	size_t i;

	if (strlen(said) < 4)
		return NULL;
	for (i = 0; (rule = rp_rule_at(i)) != NULL; i++)
		if (strncasecmp(rule->id, said, strlen(said)) == 0)
			return rule->id;
	return NULL;
}

static rp_status
unknown_rule(const char *said, struct rp_err *err)
{
	const char *best = beginning_with(said);
	struct rp_nearest near;
	struct rp_when when;
	const struct rp_rule *rule;
	size_t i;

	if (rp_when_parse(said, &when, NULL) == RP_OK)
		return rp_fail(err, RP_EUSAGE, "'%s' is a date, not the id of "
		    "a rule; --diff compares dates, --as-of stands at one",
		    said);
	rp_nearest_init(&near, said);
	for (i = 0; (rule = rp_rule_at(i)) != NULL; i++)
		rp_nearest_try(&near, rule->id);
	if (best == NULL)
		best = near.best;
	if (best != NULL)
		return rp_fail(err, RP_EUSAGE, "unknown rule '%s'; did you "
		    "mean '%s'?", said, best);
	return rp_fail(err, RP_EUSAGE, "unknown rule '%s'; 'revplan rules' "
	    "lists those that are in force", said);
}

rp_status
cmd_rules_named(const struct cmd_args *args, const struct rp_rule **out,
    struct rp_err *err)
{
	size_t i;

	for (i = 0; i < args->n_rest; i++) {
		out[i] = rp_rule_find(args->rest[i]);
		if (out[i] == NULL)
			return unknown_rule(args->rest[i], err);
	}
	return RP_OK;
}

/* ---- dates -------------------------------------------------------------- */

static rp_status
read_date(const char *said, struct rp_instant *out, struct rp_err *err)
{
	struct rp_when when = rp_when_exact(rp_instant_of_s(0));

	if (rp_when_parse(said, &when, err) != RP_OK) {
		rp_err_context(err, "--diff");
		err->code = RP_EUSAGE;
		return RP_EUSAGE;
	}
	if (rp_span_s(rp_instant_between(when.from, when.until)) > DAY)
		return rp_fail(err, RP_EUSAGE, "--diff: '%s' is longer than a "
		    "day; give its two dates as two words", said);
	*out = when.from;
	return RP_OK;
}

rp_status
cmd_rule_dates(const struct cmd_args *args, struct rp_instant *out,
    struct rp_err *err)
{
	size_t i;

	if (args->n_rest < 2)
		return rp_fail(err, RP_EUSAGE, "--diff needs two or more "
		    "DATEs, such as '--diff 2018-10-13 2018-10-14'; %zu "
		    "given", args->n_rest);
	for (i = 0; i < args->n_rest; i++) {
		if (read_date(args->rest[i], &out[i], err) != RP_OK)
			return RP_EUSAGE;
		if (i > 0 && rp_instant_cmp(out[i - 1], out[i]) >= 0)
			return rp_fail(err, RP_EUSAGE, "--diff: '%s' is not "
			    "after '%s'; give the dates in the order of time",
			    args->rest[i], args->rest[i - 1]);
	}
	return RP_OK;
}
