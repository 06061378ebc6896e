/*
 * planner/read/keys.c - every key of a case file, in one sorted table.
 *
 * Sorted by context, then by name (a test proves it).  Reading, messages,
 * proposals and the schema all come from here: a key that is not in this
 * table does not exist.  Its second half, what was planned, happened and was
 * said, is keys_record.c.
 */
#include "read/binder.h"

#include <string.h>

#define AT(type, member) offsetof(struct type, member)

/* A hundred years; more than that is a slip of the pen. */
#define TIME_MAX (36500.0 * 86400)

static const struct rp_key keys[] = {
	{ RP_CTX_COMMON, "basis", RP_TYPE_REMARK, .words = rp_words_basis,
	    .help = "on what it rests" },
	{ RP_CTX_COMMON, "note", RP_TYPE_REMARK, .help = "free text" },
	{ RP_CTX_COMMON, "source", RP_TYPE_REMARK,
	    .help = "who said it and where, for example comment 4" },

	/* All items of the record begin with their mark. */
	{ RP_CTX_MARK, "id", RP_TYPE_NAME, .at = AT(rp_mark, id),
	    .help = "how other items of the list refer to it" },
	{ RP_CTX_MARK, "replaces", RP_TYPE_ITEM_REF,
	    .at = AT(rp_mark, replaces),
	    .help = "id of the item that it corrects; that one stays" },
	{ RP_CTX_MARK, "retracted", RP_TYPE_TEXT, .at = AT(rp_mark, retracted),
	    .help = "why the item that it replaces was an error altogether" },

	{ RP_CTX_CASE, "actuals", RP_TYPE_LIST, .at = AT(rp_case, actual),
	    .count = AT(rp_case, n_actuals), .size = sizeof(struct rp_actual),
	    .sub = RP_CTX_ACTUAL, .high = 100000,
	    .help = "observations of what was done" },
	{ RP_CTX_CASE, "calendars", RP_TYPE_CALENDARS, .pass = 1,
	    .at = AT(rp_case, calendar), .count = AT(rp_case, n_calendars),
	    .size = sizeof(struct rp_named_calendar), .sub = RP_CTX_CALENDAR,
	    .high = 200, .help = "when people work, by name" },
	{ RP_CTX_CASE, "claims", RP_TYPE_LIST, .at = AT(rp_case, claim),
	    .count = AT(rp_case, n_claims), .size = sizeof(struct rp_claim),
	    .sub = RP_CTX_CLAIM, .high = 10000,
	    .help = "what was said in public" },
	{ RP_CTX_CASE, "commitments", RP_TYPE_LIST,
	    .at = AT(rp_case, commitment), .count = AT(rp_case, n_commitments),
	    .size = sizeof(struct rp_commitment), .sub = RP_CTX_COMMITMENT,
	    .high = 10000, .help = "what was promised beyond the plan" },
	{ RP_CTX_CASE, "duties", RP_TYPE_LIST, .pass = 1,
	    .at = AT(rp_case, duty), .count = AT(rp_case, n_duties),
	    .size = sizeof(struct rp_duty), .sub = RP_CTX_DUTY, .high = 1000,
	    .help = "what must be revoked by a deadline" },
	{ RP_CTX_CASE, "events", RP_TYPE_EVENTS, .pass = 2,
	    .at = AT(rp_case, event), .count = AT(rp_case, n_events),
	    .size = sizeof(struct rp_event), .high = 10000,
	    .help = "what happens on a date, or may happen" },
	{ RP_CTX_CASE, "facts", RP_TYPE_LIST, .at = AT(rp_case, fact),
	    .count = AT(rp_case, n_facts), .size = sizeof(struct rp_fact),
	    .sub = RP_CTX_FACT, .high = 100000,
	    .help = "dated events that rules need" },
	{ RP_CTX_CASE, "forecasts", RP_TYPE_LIST, .at = AT(rp_case, forecast),
	    .count = AT(rp_case, n_forecasts),
	    .size = sizeof(struct rp_forecast_made), .sub = RP_CTX_FORECAST,
	    .high = 10000, .help = "forecasts as they were made" },
	{ RP_CTX_CASE, "incident", RP_TYPE_MAP, .required = true,
	    .sub = RP_CTX_INCIDENT, .help = "what happened" },
	{ RP_CTX_CASE, "note", RP_TYPE_TEXT, .at = AT(rp_case, note),
	    .help = "free text" },
	{ RP_CTX_CASE, "plans", RP_TYPE_LIST, .at = AT(rp_case, plan),
	    .count = AT(rp_case, n_plans), .size = sizeof(struct rp_plan),
	    .sub = RP_CTX_PLAN, .high = 1000,
	    .help = "published plans, each version" },
	{ RP_CTX_CASE, "populations", RP_TYPE_LIST, .required = true,
	    .pass = 2, .at = AT(rp_case, population),
	    .count = AT(rp_case, n_populations),
	    .size = sizeof(struct rp_population), .sub = RP_CTX_POPULATION,
	    .high = 10000,
	    .help = "certificates that are replaced in the same way" },
	{ RP_CTX_CASE, "requests", RP_TYPE_LIST, .at = AT(rp_case, request),
	    .count = AT(rp_case, n_requests),
	    .size = sizeof(struct rp_request), .sub = RP_CTX_REQUEST,
	    .high = 10000, .help = "what others asked for" },
	{ RP_CTX_CASE, "revocation", RP_TYPE_MAP, .pass = 1,
	    .at = AT(rp_case, revocation), .sub = RP_CTX_REVOCATION,
	    .help = "when certificates are revoked" },
	{ RP_CTX_CASE, "revplan", RP_TYPE_VERSION, .required = true,
	    .help = "version of this format" },
	{ RP_CTX_CASE, "simulation", RP_TYPE_MAP,
	    .at = AT(rp_case, simulation), .sub = RP_CTX_SIMULATION,
	    .help = "how the trials are run" },
	{ RP_CTX_CASE, "updates", RP_TYPE_UPDATES, .at = AT(rp_case, update),
	    .count = AT(rp_case, n_updates), .size = sizeof(struct rp_update),
	    .sub = RP_CTX_UPDATE, .high = 100000,
	    .help = "instants of the posts on the public bug" },

	{ RP_CTX_INCIDENT, "aware", RP_TYPE_WHEN, .required = true,
	    .at = AT(rp_case, aware), .origin = AT(rp_case, aware_origin),
	    .help = "when the CA became aware" },
	{ RP_CTX_INCIDENT, "ca", RP_TYPE_TEXT, .at = AT(rp_case, ca),
	    .help = "name of the CA" },
	{ RP_CTX_INCIDENT, "certificate", RP_TYPE_WORD, .required = true,
	    .at = AT(rp_case, certificate), .words = rp_words_certificate,
	    .help = "what kind of certificate is affected" },
	{ RP_CTX_INCIDENT, "id", RP_TYPE_NAME, .required = true,
	    .at = AT(rp_case, id), .help = "short name of the incident" },
	{ RP_CTX_INCIDENT, "note", RP_TYPE_TEXT, .at = AT(rp_case, note),
	    .help = "free text" },
	{ RP_CTX_INCIDENT, "profile", RP_TYPE_WORD, .at = AT(rp_case, profile),
	    .words = rp_words_profile, .help = "which requirements apply" },
	{ RP_CTX_INCIDENT, "reason", RP_TYPE_WORD, .required = true,
	    .at = AT(rp_case, reason), .words = rp_words_reason,
	    .help = "why the certificates must be revoked" },
	{ RP_CTX_INCIDENT, "reference", RP_TYPE_TEXT,
	    .at = AT(rp_case, reference),
	    .help = "address of the public report" },
	{ RP_CTX_INCIDENT, "reported", RP_TYPE_WHEN,
	    .at = AT(rp_case, reported), .has = AT(rp_case, has_reported),
	    .help = "receipt of a problem report" },
	{ RP_CTX_INCIDENT, "title", RP_TYPE_TEXT, .at = AT(rp_case, title),
	    .help = "the incident in one line" },
	{ RP_CTX_INCIDENT, "total", RP_TYPE_COUNT, .at = AT(rp_case, total),
	    .origin = AT(rp_case, total_origin), .low = 1, .high = 4e9,
	    .help = "the base of every share" },

	{ RP_CTX_SIMULATION, "horizon", RP_TYPE_INSTANT,
	    .at = AT(rp_simulation_spec, horizon),
	    .origin = AT(rp_simulation_spec, horizon_origin),
	    .help = "when the trials end" },
	{ RP_CTX_SIMULATION, "seed", RP_TYPE_NUMBER,
	    .at = AT(rp_simulation_spec, seed), .high = 1.9e19,
	    .help = "start of the random streams" },
	{ RP_CTX_SIMULATION, "step", RP_TYPE_GRID,
	    .at = AT(rp_simulation_spec, step), .help = "1 h or 1 d" },
	{ RP_CTX_SIMULATION, "trials", RP_TYPE_NUMBER,
	    .at = AT(rp_simulation_spec, trials), .low = 1, .high = 1e7,
	    .help = "how often the incident is played through" },

	{ RP_CTX_CALENDAR, "freezes", RP_TYPE_LIST, .pass = 1,
	    .at = AT(rp_named_calendar, spec.freezes),
	    .count = AT(rp_named_calendar, spec.n_freezes),
	    .size = sizeof(struct rp_freeze), .sub = RP_CTX_FREEZE,
	    .high = 1000, .help = "times without any work" },
	{ RP_CTX_CALENDAR, "holidays", RP_TYPE_HOLIDAYS,
	    .at = AT(rp_named_calendar, spec.holidays), .high = 100000,
	    .help = "an ICS file beside the case, or a list of dates" },
	{ RP_CTX_CALENDAR, "hours", RP_TYPE_HOURS,
	    .at = AT(rp_named_calendar, spec),
	    .help = "opening hours in local time, for example 09:00-18:00" },
	{ RP_CTX_CALENDAR, "week", RP_TYPE_WEEK,
	    .at = AT(rp_named_calendar, spec.week),
	    .help = "working days, for example mon-fri" },
	{ RP_CTX_CALENDAR, "zone", RP_TYPE_ZONE,
	    .at = AT(rp_named_calendar, zone),
	    .help = "time zone, for example Asia/Tokyo" },

	{ RP_CTX_FREEZE, "from", RP_TYPE_MOMENT, .required = true,
	    .at = AT(rp_freeze, from), .help = "first moment without work" },
	{ RP_CTX_FREEZE, "until", RP_TYPE_MOMENT, .required = true,
	    .at = AT(rp_freeze, until),
	    .help = "first moment with work again" },
	{ RP_CTX_FREEZE, "why", RP_TYPE_TEXT, .at = AT(rp_freeze, why),
	    .help = "free text" },

	{ RP_CTX_DUTY, "aware", RP_TYPE_WHEN, .at = AT(rp_duty, aware),
	    .help = "when the CA became aware" },
	{ RP_CTX_DUTY, "certificate", RP_TYPE_WORD,
	    .at = AT(rp_duty, certificate), .words = rp_words_certificate,
	    .help = "what kind of certificate must be revoked" },
	{ RP_CTX_DUTY, "certificates", RP_TYPE_COUNT,
	    .at = AT(rp_duty, certificates), .low = 1, .high = 4e9,
	    .help = "how many; all affected when absent" },
	{ RP_CTX_DUTY, "name", RP_TYPE_NAME, .required = true,
	    .at = AT(rp_duty, name), .help = "how others refer to it" },
	{ RP_CTX_DUTY, "note", RP_TYPE_TEXT, .at = AT(rp_duty, note),
	    .help = "free text" },
	{ RP_CTX_DUTY, "profile", RP_TYPE_WORD, .at = AT(rp_duty, profile),
	    .words = rp_words_profile, .help = "which requirements apply" },
	{ RP_CTX_DUTY, "reason", RP_TYPE_WORD, .at = AT(rp_duty, reason),
	    .words = rp_words_reason, .help = "why they must be revoked" },
	{ RP_CTX_DUTY, "reported", RP_TYPE_WHEN, .at = AT(rp_duty, reported),
	    .has = AT(rp_duty, has_reported),
	    .help = "receipt of a problem report" },

	{ RP_CTX_POPULATION, "blocks", RP_TYPE_DUTY_REF,
	    .at = AT(rp_population, blocks),
	    .help = "the duty that cannot be done before it" },
	{ RP_CTX_POPULATION, "calendar", RP_TYPE_CALENDAR_REF,
	    .at = AT(rp_population, calendar),
	    .help = "when its people work" },
	{ RP_CTX_POPULATION, "certificates", RP_TYPE_COUNT, .required = true,
	    .at = AT(rp_population, certificates),
	    .origin = AT(rp_population, certificates_origin), .low = 1,
	    .high = 4e9, .help = "how many at awareness" },
	{ RP_CTX_POPULATION, "expiry", RP_TYPE_DATE,
	    .at = AT(rp_population, expiry),
	    .has = AT(rp_population, has_expiry),
	    .help = "when its certificates expire" },
	{ RP_CTX_POPULATION, "name", RP_TYPE_NAME, .required = true,
	    .at = AT(rp_population, name), .help = "how others refer to it" },
	{ RP_CTX_POPULATION, "path", RP_TYPE_PATH, .required = true,
	    .pass = 1,
	    .at = AT(rp_population, path),
	    .help = "the steps until a certificate is replaced" },
	{ RP_CTX_POPULATION, "starts", RP_TYPE_WHEN,
	    .at = AT(rp_population, starts),
	    .help = "when its work may begin" },
	{ RP_CTX_POPULATION, "subscribers", RP_TYPE_COUNT,
	    .at = AT(rp_population, subscribers), .low = 1, .high = 4e9,
	    .help = "how many own them; as many as certificates when absent" },

	{ RP_CTX_NOTICE, "bounces", RP_TYPE_SHARE,
	    .at = AT(rp_step, as.notice.bounces), .high = 1,
	    .help = "share that is never reached" },
	{ RP_CTX_NOTICE, "rate", RP_TYPE_RATE, .required = true,
	    .at = AT(rp_step, as.notice.rate), .high = 1e12,
	    .pers = RP_PERS_WORK, .help = "how many are told" },
	{ RP_CTX_NOTICE, "what", RP_TYPE_TEXT, .at = AT(rp_step, what),
	    .help = "name of the step" },

	{ RP_CTX_WAIT, "clock", RP_TYPE_WORD, .at = AT(rp_step, as.wait.clock),
	    .words = rp_words_clock, .help = "elapsed or working time; in the "
	    "latter a day is a working day and an hour a working hour" },
	{ RP_CTX_WAIT, "never", RP_TYPE_SHARE,
	    .at = AT(rp_step, as.wait.never), .high = 1,
	    .help = "share that never answers" },
	{ RP_CTX_WAIT, "per", RP_TYPE_WORD, .at = AT(rp_step, as.wait.per),
	    .words = rp_words_unit, .help = "who is waited for" },
	{ RP_CTX_WAIT, "time", RP_TYPE_TIME, .required = true,
	    .pass = 1,
	    .at = AT(rp_step, as.wait.time), .high = TIME_MAX,
	    .help = "how long, by chance" },
	{ RP_CTX_WAIT, "what", RP_TYPE_TEXT, .at = AT(rp_step, what),
	    .help = "name of the step" },

	{ RP_CTX_TEAM, "name", RP_TYPE_NAME, .at = AT(rp_step, as.team.name),
	    .help = "populations that name the same team share it" },
	{ RP_CTX_TEAM, "ramp", RP_TYPE_MAP, .sub = RP_CTX_RAMP,
	    .help = "how the team gets up to speed" },
	{ RP_CTX_TEAM, "rate", RP_TYPE_RATE, .required = true,
	    .at = AT(rp_step, as.team.rate), .high = 1e12,
	    .pers = RP_PERS_WORK, .help = "how many are done" },
	{ RP_CTX_TEAM, "variation", RP_TYPE_SHARE,
	    .at = AT(rp_step, as.team.variation), .high = 2,
	    .help = "spread of a day's capacity around its mean" },
	{ RP_CTX_TEAM, "weekends", RP_TYPE_BOOL,
	    .at = AT(rp_step, as.team.weekends),
	    .help = "works on Saturday and Sunday as well" },
	{ RP_CTX_TEAM, "what", RP_TYPE_TEXT, .at = AT(rp_step, what),
	    .help = "name of the step" },

	{ RP_CTX_RAMP, "from", RP_TYPE_SHARE, .required = true,
	    .at = AT(rp_step, as.team.ramp_from), .high = 1,
	    .help = "share of the rate at first, from where it rises evenly" },
	{ RP_CTX_RAMP, "over", RP_TYPE_WORKDAYS, .required = true,
	    .at = AT(rp_step, as.team.ramp_over), .high = 10000,
	    .help = "until the whole rate, for example 10 working-days" },

	{ RP_CTX_POLL, "client", RP_TYPE_CLIENT,
	    .at = AT(rp_step, as.poll.client),
	    .help = "a known client, for example certbot-4.1" },
	{ RP_CTX_POLL, "every", RP_TYPE_TIME, .at = AT(rp_step, as.poll.every),
	    .low = 60, .high = TIME_MAX, .help = "how often a client looks" },
	{ RP_CTX_POLL, "failures", RP_TYPE_SHARE,
	    .at = AT(rp_step, as.poll.failures), .high = 1,
	    .help = "share of polls that fail" },
	{ RP_CTX_POLL, "renews", RP_TYPE_TIME,
	    .at = AT(rp_step, as.poll.renews), .high = TIME_MAX,
	    .help = "how long before expiry the rest renew" },
	{ RP_CTX_POLL, "share", RP_TYPE_SHARE,
	    .at = AT(rp_step, as.poll.share), .high = 1,
	    .help = "share of clients that ask for renewal information" },
	{ RP_CTX_POLL, "what", RP_TYPE_TEXT, .at = AT(rp_step, what),
	    .help = "name of the step" },

	{ RP_CTX_BATCH, "on", RP_TYPE_BATCH_ON, .required = true,
	    .at = AT(rp_step, as.batch), .high = 100000,
	    .help = "working-day, days of the week, or a list of instants" },
	{ RP_CTX_BATCH, "what", RP_TYPE_TEXT, .at = AT(rp_step, what),
	    .help = "name of the step" },

	{ RP_CTX_GATE, "until", RP_TYPE_DATE, .required = true,
	    .at = AT(rp_step, as.gate.until),
	    .help = "nothing passes before" },
	{ RP_CTX_GATE, "what", RP_TYPE_TEXT, .at = AT(rp_step, what),
	    .help = "name of the step" },

	{ RP_CTX_BRANCH, "path", RP_TYPE_PATH, .required = true,
	    .at = AT(rp_step, as.branch.path), .help = "the detour" },
	{ RP_CTX_BRANCH, "share", RP_TYPE_SHARE, .required = true,
	    .at = AT(rp_step, as.branch.share), .high = 1,
	    .help = "share that makes the detour" },
	{ RP_CTX_BRANCH, "what", RP_TYPE_TEXT, .at = AT(rp_step, what),
	    .help = "name of the step" },

	{ RP_CTX_ROLLOUT, "on", RP_TYPE_WHEN, .required = true,
	    .at = AT(rp_event, on), .help = "from when" },
	{ RP_CTX_ROLLOUT, "path", RP_TYPE_PATH, .required = true,
	    .at = AT(rp_event, path), .help = "the new way" },
	{ RP_CTX_ROLLOUT, "population", RP_TYPE_POPULATION_REF,
	    .at = AT(rp_event, population), .help = "whose; all when absent" },
	{ RP_CTX_ROLLOUT, "share", RP_TYPE_SHARE, .at = AT(rp_event, share),
	    .high = 1, .help = "share of what is left that changes over" },
	{ RP_CTX_ROLLOUT, "why", RP_TYPE_TEXT, .at = AT(rp_event, why),
	    .help = "free text" },

	{ RP_CTX_CUTOFF, "on", RP_TYPE_WHEN, .required = true,
	    .at = AT(rp_event, on), .help = "when the rest is revoked" },
	{ RP_CTX_CUTOFF, "population", RP_TYPE_POPULATION_REF,
	    .at = AT(rp_event, population), .help = "whose; all when absent" },
	{ RP_CTX_CUTOFF, "why", RP_TYPE_TEXT, .at = AT(rp_event, why),
	    .help = "free text" },

	{ RP_CTX_DISCOVERY, "certificates", RP_TYPE_COUNT, .required = true,
	    .at = AT(rp_event, certificates), .low = 1, .high = 4e9,
	    .help = "how many more" },
	{ RP_CTX_DISCOVERY, "on", RP_TYPE_WHEN, .required = true,
	    .at = AT(rp_event, on), .help = "when they were found" },
	{ RP_CTX_DISCOVERY, "population", RP_TYPE_POPULATION_REF,
	    .required = true, .at = AT(rp_event, population),
	    .help = "to which they belong" },
	{ RP_CTX_DISCOVERY, "why", RP_TYPE_TEXT, .at = AT(rp_event, why),
	    .help = "free text" },

	{ RP_CTX_HOLD, "certificates", RP_TYPE_COUNT, .required = true,
	    .at = AT(rp_event, certificates), .low = 1, .high = 4e9,
	    .help = "how many must not be revoked" },
	{ RP_CTX_HOLD, "on", RP_TYPE_WHEN, .required = true,
	    .at = AT(rp_event, on), .help = "from when" },
	{ RP_CTX_HOLD, "population", RP_TYPE_POPULATION_REF,
	    .at = AT(rp_event, population), .help = "whose; all when absent" },
	{ RP_CTX_HOLD, "until", RP_TYPE_WHEN, .at = AT(rp_event, until),
	    .has = AT(rp_event, has_until), .help = "until when" },
	{ RP_CTX_HOLD, "why", RP_TYPE_TEXT, .at = AT(rp_event, why),
	    .help = "free text" },

	{ RP_CTX_RISK, "probability", RP_TYPE_SHARE, .required = true,
	    .at = AT(rp_event, probability), .high = 1,
	    .help = "how likely it is" },
	{ RP_CTX_RISK, "then", RP_TYPE_EVENT, .required = true,
	    .at = AT(rp_event, then), .help = "what happens then" },
	{ RP_CTX_RISK, "why", RP_TYPE_TEXT, .at = AT(rp_event, why),
	    .help = "free text" },

	{ RP_CTX_REVOCATION, "after", RP_TYPE_WORD,
	    .at = AT(rp_revocation, kind), .words = rp_words_after,
	    .help = "each certificate after it was replaced" },
	{ RP_CTX_REVOCATION, "at", RP_TYPE_REVOKE_AT,
	    .help = "deadline, or an instant" },
	{ RP_CTX_REVOCATION, "batches", RP_TYPE_RATE,
	    .at = AT(rp_revocation, batches), .high = 1e12,
	    .pers = RP_PERS_WORK, .help = "so many at a time" },
	{ RP_CTX_REVOCATION, "delay", RP_TYPE_TIME,
	    .at = AT(rp_revocation, delay), .high = TIME_MAX,
	    .help = "how long after its replacement" },
	{ RP_CTX_REVOCATION, "from", RP_TYPE_WHEN, .at = AT(rp_revocation, at),
	    .help = "when the batches begin" },
};

#define N_KEYS (sizeof(keys) / sizeof(keys[0]))

/* The half of the table that a context is in. */
static const struct rp_key *
half_of(enum rp_context context, size_t *n)
{
	*n = context < RP_CTX_PLAN ? N_KEYS : rp_n_record_keys;
	return context < RP_CTX_PLAN ? keys : rp_record_keys;
}

const struct rp_key *
rp_keys(enum rp_context context, size_t *n)
{
	const struct rp_key *half = half_of(context, n);
	size_t first = 0, end, all = *n;

	while (first < all && half[first].context < context)
		first++;
	for (end = first; end < all && half[end].context == context; end++)
		continue;
	*n = end - first;
	return &half[first];
}

const struct rp_key *
rp_key_find(enum rp_context context, const char *name)
{
	size_t low = 0, high, middle;
	const struct rp_key *half = half_of(context, &high);
	int order;

	while (low < high) {
		middle = low + (high - low) / 2;
		order = (half[middle].context > context) -
		    (half[middle].context < context);
		if (order == 0)
			order = strcmp(half[middle].name, name);
		if (order == 0)
			return &half[middle];
		if (order < 0)
			low = middle + 1;
		else
			high = middle;
	}
	return NULL;
}
