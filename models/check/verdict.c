/*
 * check/verdict.c - times against deadlines, and the facts of a duty.
 *
 * An interval is taken for its whole seconds, from its first to its last.
 */
#include "check/judging.h"

static int64_t
seconds_after(struct rp_instant deadline, struct rp_instant t)
{
	return rp_span_s(rp_instant_between(deadline, t));
}

enum rp_verdict
rp_judge_done(struct rp_when met, struct rp_when due, int64_t *late)
{
	int64_t least = seconds_after(rp_when_last(due), met.from);

	if (least > 0) {
		*late = least;
		return RP_VERDICT_BREACHED;
	}
	if (seconds_after(due.from, rp_when_last(met)) <= 0)
		return RP_VERDICT_MET;
	return RP_VERDICT_UNDECIDED;
}

enum rp_verdict
rp_judge_open(struct rp_instant now, struct rp_when due, int64_t *late)
{
	int64_t least = seconds_after(rp_when_last(due), now);

	if (least > 0) {
		*late = least;
		return RP_VERDICT_BREACHED;
	}
	if (seconds_after(due.from, now) <= 0)
		return RP_VERDICT_DUE;
	return RP_VERDICT_UNDECIDED;
}

struct rp_when
rp_when_plus(struct rp_when start, struct rp_span limit)
{
	return (struct rp_when){
		rp_instant_plus(start.from, limit),
		rp_instant_plus(start.until, limit)
	};
}

struct rp_finding
rp_finding_of(const struct rp_clock_row *clock)
{
	return (struct rp_finding){
		.rule = clock->rule,
		.id = clock->id,
		.duty = clock->duty,
		.by = clock->by,
		.verdict = RP_VERDICT_UNDECIDED,
		.clock_start = clock->start,
		.has_due = true,
		.due = clock->due,
		.citation = clock->citation,
	};
}

void
rp_finding_done(struct rp_finding *row, struct rp_when met, uint32_t line)
{
	row->has_met = true;
	row->met = met;
	row->line = line;
	row->verdict = rp_judge_done(met, row->due, &row->overdue_s);
	row->has_overdue = row->verdict == RP_VERDICT_BREACHED;
}

void
rp_finding_open(struct rp_finding *row, const struct rp_judging *j)
{
	row->still_open = true;
	row->verdict = rp_judge_open(j->now, row->due, &row->overdue_s);
	row->has_overdue = row->verdict == RP_VERDICT_BREACHED;
}

void
rp_finding_leave(struct rp_finding *row)
{
	row->verdict = RP_VERDICT_UNDECIDED;
	row->has_overdue = false;
	row->overdue_s = 0;
}

size_t
rp_judged_clocks(const struct rp_judging *j, int duty)
{
	return 1 + (duty < 0 ? j->cs->n_clocks : j->cs->duty[duty].n_clocks);
}

/* What a statement leaves out is as the case has it. */
static void
take_over(const struct rp_clock_said *said, struct rp_when *aware,
    bool *has_reported, struct rp_when *reported)
{
	if (said->has_aware)
		*aware = said->aware;
	if (!said->has_reported)
		return;
	*has_reported = true;
	*reported = said->reported;
}

struct rp_duty
rp_judged_duty(const struct rp_judging *j, size_t duty, size_t clock)
{
	struct rp_duty out = j->cs->duty[duty];

	if (clock == 0)
		return out;
	out.by = out.clock[clock - 1].by;
	take_over(&out.clock[clock - 1], &out.aware, &out.has_reported,
	    &out.reported);
	return out;
}

struct rp_clock_said
rp_judged_clock(const struct rp_judging *j, size_t clock)
{
	struct rp_clock_said out = { .has_aware = true, .aware = j->cs->aware,
	    .has_reported = j->cs->has_reported, .reported = j->cs->reported };
	const struct rp_clock_said *said;

	if (clock == 0)
		return out;
	said = &j->cs->clock[clock - 1];
	out.by = said->by;
	out.note = said->note;
	out.origin = said->origin;
	take_over(said, &out.aware, &out.has_reported, &out.reported);
	return out;
}

static bool
same_start(bool has_a, struct rp_when a, bool has_b, struct rp_when b)
{
	if (!has_a || !has_b)
		return has_a == has_b;
	return rp_instant_cmp(a.from, b.from) == 0 &&
	    rp_instant_cmp(a.until, b.until) == 0;
}

/* The start of a clock of a duty, or of the incident, by a statement. */
static struct rp_clock_said
said_of(const struct rp_judging *j, int duty, size_t clock)
{
	struct rp_duty d;

	if (duty < 0)
		return rp_judged_clock(j, clock);
	d = rp_judged_duty(j, (size_t)duty, clock);
	return (struct rp_clock_said){ .has_aware = true, .aware = d.aware,
	    .has_reported = d.has_reported, .reported = d.reported };
}

bool
rp_judged_before(const struct rp_judging *j, int duty, size_t clock,
    bool receipt)
{
	struct rp_clock_said this = said_of(j, duty, clock);

	for (size_t c = 0; c < clock; c++) {
		struct rp_clock_said that = said_of(j, duty, c);

		if (receipt ? same_start(this.has_reported, this.reported,
		    that.has_reported, that.reported) :
		    same_start(true, this.aware, true, that.aware))
			return true;
	}
	return false;
}

/*
 * A fact that names no duty speaks of the only one, or of all of them if it
 * is about all certificates; a number without a duty, where there are
 * several, cannot be placed.
 */
bool
rp_fact_is(const struct rp_judging *j, const struct rp_fact *fact,
    enum rp_fact_kind kind, int duty)
{
	if (fact->kind != kind)
		return false;
	if (duty < 0 || fact->duty == duty)
		return true;
	return fact->duty < 0 &&
	    (j->cs->n_duties == 1 || !fact->has_certificates);
}

uint64_t
rp_duty_size(const struct rp_judging *j, int duty)
{
	uint64_t n = rp_count_n(j->cs->duty[duty].certificates);

	return n == 0 ? rp_count_n(j->cs->base) : n;
}

uint64_t
rp_fact_size(const struct rp_judging *j, const struct rp_fact *fact,
    int duty, uint64_t before)
{
	uint64_t all = rp_duty_size(j, duty);

	if (fact->has_certificates)
		return rp_count_n(fact->certificates);
	return before < all ? all - before : all;
}

bool
rp_rule_for_case(const struct rp_rule *rule, const struct rp_case *cs)
{
	return (rule->terms->profiles >> cs->profile & 1u) != 0;
}

uint64_t
rp_duty_shown(const struct rp_judging *j, int duty, struct rp_when *last)
{
	struct rp_walk walk = rp_walk_of(j, RP_FACT_PUBLISHED, duty);
	uint64_t all = rp_duty_size(j, duty), shown = 0;
	const struct rp_fact *fact;

	while (shown < all && (fact = rp_walk_next(&walk)) != NULL) {
		shown += rp_fact_size(j, fact, duty, shown);
		*last = fact->at;
	}
	return shown < all ? shown : all;
}

/*
 * What was shown as revoked had been revoked, and so had what an actual
 * counts as revoked or expired; nobody says when, so none of it is certainly
 * late.  A number that names no duty may be of this one.
 */
static uint64_t
done_by_any(const struct rp_judging *j, int duty, struct rp_when due,
    uint64_t done, uint64_t shown)
{
	uint64_t settled = rp_duty_settled(j, duty);
	const struct rp_actual *by;

	if (rp_unplaced(j, RP_FACT_REVOKED) != NULL)
		return rp_duty_size(j, duty);
	if (shown > done)
		done = shown;
	done += rp_duty_expired(j, duty, due, &by);
	return settled > done ? settled : done;
}

struct rp_lateness
rp_duty_lateness(const struct rp_judging *j, int duty,
    const struct rp_deadline *dl)
{
	struct rp_lateness out = { .deadline = *dl };
	uint64_t all = rp_duty_size(j, duty), done = 0, shown, unsettled;
	struct rp_walk walk = rp_walk_of(j, RP_FACT_REVOKED, duty);
	struct rp_when last = dl->at;
	const struct rp_actual *by;
	const struct rp_fact *fact;
	int64_t late;

	while ((fact = rp_walk_next(&walk)) != NULL) {
		uint64_t n = rp_fact_size(j, fact, duty, done);

		done += n;
		if (rp_judge_done(fact->at, dl->at, &late) ==
		    RP_VERDICT_BREACHED)
			out.certificates += n;
		if (done >= all && !out.complete) {
			out.complete = true;
			out.completed = fact->at;
		}
	}
	shown = done < all ? rp_duty_shown(j, duty, &last) : 0;
	if (!out.complete && shown >= all) {
		out.complete = true;
		out.completed = last;
	}
	done = done_by_any(j, duty, dl->at, done, shown);
	if (done < all &&
	    rp_judge_open(j->now, dl->at, &late) == RP_VERDICT_BREACHED)
		out.certificates += all - done;
	unsettled = rp_duty_unsettled(j, duty, dl->at, &by);
	if (unsettled > out.certificates)
		out.certificates = unsettled;
	out.late = out.certificates > 0;
	return out;
}
