/*
 * check/late.c - how much of a duty is late, and whose certificates it is.
 */
#include <inttypes.h>
#include <stdio.h>
#include <string.h>

#include "check/amounts.h"
#include "check/programs.h"

/* ---- subscribers -------------------------------------------------------- */

static uint64_t
less_of(uint64_t a, uint64_t b)
{
	return a < b ? a : b;
}

/*
 * The populations whose certificates are those of the duty.  Populations
 * below a subordinate CA's certificate have subscribers, but it is not
 * theirs.
 */
static bool
belongs(const struct rp_case *cs, const struct rp_population *p, int duty)
{
	return rp_count_n(cs->duty[duty].certificates) == 0 ||
	    cs->n_duties == 1 || p->blocks == duty;
}

/*
 * Only populations that together are exactly the duty tell whose it is.  As
 * many subscribers as certificates is what a population has when nobody says
 * anything, so it tells nothing.
 */
bool
rp_duty_subscribers(const struct rp_judging *j, int duty, uint64_t *n)
{
	const struct rp_case *cs = j->cs;
	const struct rp_duty *d = &cs->duty[duty];
	uint64_t certificates = 0, subscribers = 0;

	if (d->has_subscribers) {
		*n = rp_count_n(d->subscribers);
		return true;
	}
	if (d->certificate != RP_CERT_SUBSCRIBER)
		return false;
	for (size_t i = 0; i < cs->n_populations; i++) {
		const struct rp_population *p = &cs->population[i];

		if (!belongs(cs, p, duty))
			continue;
		certificates += rp_count_n(p->certificates);
		subscribers += rp_count_n(p->subscribers);
	}
	*n = subscribers;
	return certificates == rp_duty_size(j, duty) && subscribers > 0 &&
	    subscribers < certificates;
}

void
rp_finding_count(struct rp_finding *row, const struct rp_judging *j,
    uint64_t n, const struct rp_fact *fact)
{
	struct rp_late size = rp_findings_duty(j->findings, row->duty,
	    RP_LATE_RECORDED);

	row->has_count = true;
	row->count = n;
	if (fact != NULL && fact->has_subscribers) {
		row->has_subscribers = true;
		row->subscribers = less_of(rp_count_n(fact->subscribers), n);
		return;
	}
	if (n == 0 || n != size.all)
		return;
	row->has_subscribers = size.has_all_subscribers;
	row->subscribers = size.all_subscribers;
}

const char *
rp_words_count(const struct rp_finding *row, char buf[RP_WORDS])
{
	char many[RP_WORDS];

	(void)rp_words_certificates(row->count, many);
	if (row->has_subscribers)
		(void)snprintf(buf, RP_WORDS, "%.60s of %" PRIu64
		    " subscriber%s", many, row->subscribers,
		    row->subscribers == 1 ? "" : "s");
	else
		(void)snprintf(buf, RP_WORDS, "%s", many);
	return buf;
}

/* ---- what is known without a time ---------------------------------------- */

/* Actuals count leaves, so only a duty that is all of them is comparable. */
static bool
is_comparable(const struct rp_judging *j, int duty)
{
	return j->cs->n_duties == 1 &&
	    rp_duty_size(j, duty) == rp_count_n(j->cs->base);
}

/* What an actual that is seen says of all certificates; 0: nothing. */
static uint64_t
settled_by(const struct rp_judging *j, const struct rp_actual *a)
{
	if (a->population >= 0 || !rp_seen(a->as_of, a->has_published,
	    a->published, j->as_of, j->view))
		return 0;
	return rp_actual_settled_most(a, rp_count_n(j->cs->base));
}

uint64_t
rp_duty_settled(const struct rp_judging *j, int duty)
{
	uint64_t most = 0, n;

	for (size_t i = 0; i < j->cs->n_actuals; i++) {
		n = is_comparable(j, duty) ?
		    settled_by(j, &j->cs->actual[i]) : 0;
		if (n > 0)
			most = n;
	}
	return most;
}

/* What expired later may have done so after the deadline. */
uint64_t
rp_duty_expired(const struct rp_judging *j, int duty, struct rp_when due,
    const struct rp_actual **by)
{
	uint64_t most = 0, n;

	for (size_t i = 0; i < j->cs->n_actuals; i++) {
		const struct rp_actual *a = &j->cs->actual[i];

		if (!is_comparable(j, duty) || settled_by(j, a) == 0 ||
		    !a->expired.known || !a->expired.is_count ||
		    a->bound == RP_BOUND_AT_MOST ||
		    rp_instant_cmp(rp_when_last(a->as_of), due.from) > 0)
			continue;
		n = less_of(rp_count_n(a->expired.count),
		    rp_duty_size(j, duty));
		if (n > most)
			*by = a;
		most = n > most ? n : most;
	}
	return most;
}

/* What expired alone says nothing of what was revoked. */
static bool
counts_revoked(const struct rp_actual *a)
{
	return a->metric[RP_METRIC_REVOKED].known ||
	    a->metric[RP_METRIC_GONE].known;
}

/* Nothing that was not settled after the deadline was settled before it. */
uint64_t
rp_duty_unsettled(const struct rp_judging *j, int duty, struct rp_when due,
    const struct rp_actual **by)
{
	uint64_t all = rp_duty_size(j, duty), least = all, n;

	for (size_t i = 0; i < j->cs->n_actuals; i++) {
		const struct rp_actual *a = &j->cs->actual[i];

		if (!is_comparable(j, duty) || !counts_revoked(a) ||
		    rp_instant_cmp(a->as_of.from, rp_when_last(due)) <= 0)
			continue;
		n = settled_by(j, a);
		if (n == 0 || n >= least)
			continue;
		least = n;
		*by = a;
	}
	return all - least;
}

/* ---- what is late ------------------------------------------------------- */

/* Whether a row is of the MUST of a duty's list. */
static bool
counts(const struct rp_finding *row)
{
	return row->by == NULL && row->has_count &&
	    row->rule->severity == RP_MUST &&
	    row->rule->terms->tier != RP_TIER_NONE;
}

static void
add_row(struct rp_late *late, const struct rp_finding *row)
{
	uint64_t whose = row->has_subscribers ? row->subscribers : row->count;

	late->rule = row->rule;
	late->due = row->due;
	if (row->verdict == RP_VERDICT_UNDECIDED)
		late->undecided += row->count;
	if (row->verdict != RP_VERDICT_BREACHED || row->count == 0)
		return;
	late->certificates += row->count;
	if (row->still_open)
		late->open += row->open > 0 ? row->open : row->count;
	late->subscribers_most += whose;
	if (row->has_subscribers) {
		late->has_subscribers = true;
		if (row->subscribers > late->subscribers_least)
			late->subscribers_least = row->subscribers;
	}
}

void
rp_late_take(struct rp_late *late, const struct rp_finding *row)
{
	if (counts(row))
		add_row(strcmp(row->id, row->rule->id) == 0 ? late : late + 1,
		    row);
}

/*
 * Rows may speak of the same subscribers, so that they add up to the most
 * only.  Who has no late certificate has at least one that is not late, which
 * bounds the number from below.
 */
static void
bound_subscribers(struct rp_late *late)
{
	uint64_t intime, least;

	/* Where records count a certificate twice, it still is one. */
	late->certificates = less_of(late->certificates, late->all);
	late->open = less_of(late->open, late->certificates);
	intime = late->all - late->certificates;
	if (late->certificates == 0) {
		late->has_subscribers = false;
		return;
	}
	if (late->subscribers_least == 0)
		late->subscribers_least = 1;
	late->subscribers_most = less_of(late->subscribers_most,
	    late->certificates);
	if (!late->has_all_subscribers)
		return;
	late->has_subscribers = true;
	late->subscribers_most = less_of(late->subscribers_most,
	    late->all_subscribers);
	least = late->all_subscribers - less_of(intime,
	    late->all_subscribers);
	if (least > late->subscribers_least)
		late->subscribers_least = least;
	late->subscribers_least = less_of(late->subscribers_least,
	    late->subscribers_most);
}

bool
rp_findings_late(const struct rp_findings *f, int duty,
    enum rp_late_kind kind, struct rp_late *out)
{
	struct rp_late late = rp_findings_duty(f, duty, kind);

	if (late.rule == NULL)
		return false;
	bound_subscribers(&late);
	*out = late;
	return true;
}

/* ---- rules about what is late ------------------------------------------- */

rp_status
rp_each_late_duty(struct rp_judging *j, const struct rp_rule *rule,
    rp_late_judge *judge)
{
	rp_status rc = RP_OK;

	for (size_t d = 0; d < j->cs->n_duties; d++)
		for (size_t c = 0; rc == RP_OK &&
		    c < rp_judged_clocks(j, (int)d); c++) {
			struct rp_duty duty = rp_judged_duty(j, d, c);
			struct rp_deadline dl;

			if (rp_rule_covers(rule, &duty) &&
			    !rp_judged_before(j, (int)d, c, false) &&
			    rp_duty_deadline(&duty, &dl, NULL) == RP_OK &&
			    rp_rule_in_force(rule, dl.at.from) &&
			    rp_duty_lateness(j, (int)d, &dl).late)
				rc = judge(j, rule, &duty, (int)d, &dl);
		}
	return rc;
}
