/*
 * check/check_follow.c - what must follow each record of a revocation: the
 * CRL and OCSP that show it, and the record in CCADB; or, where the CA has
 * bound itself, any fact about certificates after another.
 *
 * The clock starts with the record, so it does not matter here whose
 * statement of the awareness is right.
 */
#include <stdlib.h>

#include "base/mem.h"
#include "check/account.h"
#include "check/programs.h"

/*
 * Of a part that nothing follows: how many are certainly among those that
 * were still served as good after the deadline, for the others of the duty
 * cannot be all of these.
 */
static uint64_t
still_good(const struct rp_account *shown, const struct rp_part *part,
    struct rp_when due, const struct rp_fact **good)
{
	struct rp_instant late = rp_instant_plus(rp_when_last(due),
	    rp_span_of_s(1));
	uint64_t open = shown->all > shown->done ? shown->all - shown->done :
	    0;
	uint64_t others = open > part->n ? open - part->n : 0;
	uint64_t n = rp_account_good(shown, &late, good);

	if (n <= others)
		return 0;
	return n - others < part->n ? n - others : part->n;
}

/* Not shown as revoked: what was served after the deadline is the proof. */
static rp_status
add_still_good(struct rp_judging *j, const struct rp_clock_row *clock,
    const struct rp_part *part, uint64_t n, const struct rp_fact *good)
{
	struct rp_finding row = rp_finding_of(clock);
	char duty[RP_WORDS], many[RP_WORDS], verdict[RP_WORDS];
	char at[RP_INSTANT_TEXT];

	rp_finding_count(&row, j, n, n == part->n ? part->fact : NULL);
	rp_finding_done(&row, good->at, good->origin.line);
	row.has_met = false;
	row.still_open = true;
	row.least = true;
	return rp_findings_add(j, &row, "%s%s: %s %s, %s%s",
	    rp_words_duty(j, clock->duty, duty), rp_words_count(&row, many),
	    rp_fact_text(good->kind), rp_when_format(good->at, at),
	    rp_when_is_exact(row.due) ? "at least " : "",
	    rp_words_verdict(j, &row, verdict));
}

static rp_status
add_follower(struct rp_judging *j, const struct rp_clock_row *clock,
    enum rp_fact_kind kind, const struct rp_part *part,
    const struct rp_fact *then)
{
	struct rp_finding row = rp_finding_of(clock);
	char duty[RP_WORDS], many[RP_WORDS], verdict[RP_WORDS];
	char at[RP_INSTANT_TEXT];

	rp_finding_count(&row, j, part->n, part->fact);
	rp_finding_done(&row, then->at, then->origin.line);
	return rp_findings_add(j, &row, "%s%s: %s %s, %s",
	    rp_words_duty(j, clock->duty, duty), rp_words_count(&row, many),
	    rp_fact_text(kind), rp_when_format(then->at, at),
	    rp_words_verdict(j, &row, verdict));
}

static rp_status
add_unfollowed(struct rp_judging *j, const struct rp_clock_row *clock,
    enum rp_fact_kind kind, const struct rp_part *part,
    const struct rp_fact *contradicted)
{
	struct rp_finding row = rp_finding_of(clock);
	char duty[RP_WORDS], many[RP_WORDS], verdict[RP_WORDS];
	char at[RP_INSTANT_TEXT], due[RP_INSTANT_TEXT];

	rp_finding_count(&row, j, part->n, part->fact);
	(void)rp_words_duty(j, clock->duty, duty);
	(void)rp_words_count(&row, many);
	rp_finding_open(&row, j);
	if (row.verdict == RP_VERDICT_DUE)
		return rp_findings_add(j, &row, "%s%s: no '%s' record yet, "
		    "%s", duty, many, rp_fact_word(kind),
		    rp_words_verdict(j, &row, verdict));
	rp_finding_leave(&row);
	(void)rp_when_format(clock->due, due);
	if (contradicted != NULL)
		return rp_findings_add(j, &row, "%s%s: good was served after "
		    "the '%s' record of %s, so that it is not known when CRL "
		    "and OCSP first showed it, the deadline was %s", duty,
		    many, rp_fact_word(kind),
		    rp_when_format(contradicted->at, at), due);
	return rp_findings_add(j, &row, "%s%s: the case has no '%s' record "
	    "for them, the deadline was %s", duty, many, rp_fact_word(kind),
	    due);
}

/* A CRL may be in time while OCSP is not, so not every rule is so strict. */
static rp_status
judge_unfollowed(struct rp_judging *j, const struct rp_clock_row *clock,
    enum rp_fact_kind kind, const struct rp_part *part,
    const struct rp_account *shown)
{
	const struct rp_fact *good = NULL;
	struct rp_part rest = *part;
	uint64_t n = clock->rule->terms->strict ?
	    still_good(shown, part, clock->due, &good) : 0;
	rp_status rc = RP_OK;

	if (n > 0) {
		rc = add_still_good(j, clock, part, n, good);
		rest = (struct rp_part){ .n = part->n - n };
	}
	if (rc == RP_OK && rest.n > 0)
		rc = add_unfollowed(j, clock, kind, &rest,
		    shown->contradicted);
	return rc;
}

/* ---- which record is followed by what ----------------------------------- */

struct pair {
	size_t part;			/* of what was revoked */
	size_t then;			/* of what followed */
	uint64_t n;
};

struct pairs {
	struct pair *pair;
	size_t n, next;			/* next: that has no row yet */
	uint64_t *open;			/* of each part: not yet paired */
	uint64_t *left;			/* of each follower: as well */
};

static rp_status
make_pairs(struct rp_judging *j, const struct rp_account *revoked,
    const struct rp_account *shown, struct pairs *p)
{
	size_t n = revoked->n_parts + shown->n_parts;

	*p = (struct pairs){
		.pair = rp_alloc_zeroed(2 * n, sizeof(*p->pair)),
		.open = rp_alloc_zeroed(n, sizeof(*p->open))
	};
	if (p->pair == NULL || p->open == NULL)
		return rp_fail(j->err, RP_ENOMEM,
		    "out of memory for what followed each revocation");
	p->left = p->open + revoked->n_parts;
	for (size_t i = 0; i < revoked->n_parts; i++)
		p->open[i] = revoked->part[i].n;
	for (size_t t = 0; t < shown->n_parts; t++)
		p->left[t] = shown->part[t].n;
	return RP_OK;
}

static void
add_pair(struct pairs *p, size_t part, size_t then)
{
	uint64_t n = p->open[part] < p->left[then] ? p->open[part] :
	    p->left[then];

	p->pair[p->n++] = (struct pair){ part, then, n };
	p->open[part] -= n;
	p->left[then] -= n;
}

/*
 * Nobody says which certificates a follower is about.  They are taken for
 * those that were revoked first of all that it may have been in time for, so
 * that no more are late than certainly are.
 */
static void
pair_in_time(const struct rp_account *revoked, const struct rp_account *shown,
    struct rp_span limit, struct pairs *p)
{
	size_t i = 0, t = 0;
	int64_t late;

	while (i < revoked->n_parts && t < shown->n_parts) {
		struct rp_when start = revoked->part[i].fact->at;
		struct rp_when then = shown->part[t].fact->at;

		if (p->left[t] == 0 ||
		    rp_instant_cmp(rp_when_last(then), start.from) < 0)
			t++;
		else if (p->open[i] == 0 || rp_judge_done(then,
		    rp_when_plus(start, limit), &late) == RP_VERDICT_BREACHED)
			i++;
		else
			add_pair(p, i, t);
	}
}

/* What was in time for none that is left is of the first that are left. */
static void
pair_others(const struct rp_account *revoked, const struct rp_account *shown,
    struct pairs *p)
{
	size_t i = 0, t = 0;

	while (i < revoked->n_parts && t < shown->n_parts) {
		if (p->left[t] == 0)
			t++;
		else if (p->open[i] == 0)
			i++;
		else
			add_pair(p, i, t);
	}
}

static int
by_part(const void *a, const void *b)
{
	const struct pair *x = a, *y = b;

	if (x->part != y->part)
		return x->part < y->part ? -1 : 1;
	return (x->then > y->then) - (x->then < y->then);
}

/*
 * How many of a part the next pairs cover, as long as these agree about the
 * verdict, and the last follower of them.
 */
static uint64_t
take_alike(struct pairs *p, const struct rp_account *shown, size_t part,
    struct rp_when due, const struct rp_fact **last)
{
	enum rp_verdict verdict = RP_VERDICT_MET, next;
	uint64_t n = 0;
	int64_t by;

	for (; p->next < p->n && p->pair[p->next].part == part; p->next++) {
		const struct pair *pair = &p->pair[p->next];

		next = rp_judge_done(shown->part[pair->then].fact->at, due,
		    &by);
		if (n > 0 && next != verdict)
			break;
		verdict = next;
		*last = shown->part[pair->then].fact;
		n += pair->n;
	}
	return n;
}

/* What follows one record: some shown in time excuse none of the others. */
static rp_status
judge_part(struct rp_judging *j, const struct rp_clock_row *clock,
    enum rp_fact_kind kind, const struct rp_part *part, size_t i,
    const struct rp_account *shown, struct pairs *p)
{
	bool judged = rp_rule_in_force(clock->rule, part->fact->at.from);
	const struct rp_fact *then = NULL;
	rp_status rc = RP_OK;
	uint64_t n;

	while (rc == RP_OK && (n = take_alike(p, shown, i, clock->due,
	    &then)) > 0) {
		struct rp_part row = { n == part->n ? part->fact : NULL, n };

		if (judged)
			rc = add_follower(j, clock, kind, &row, then);
	}
	n = p->open[i];
	if (rc == RP_OK && judged && n > 0)
		rc = judge_unfollowed(j, clock, kind, &(struct rp_part){
		    n == part->n ? part->fact : NULL, n }, shown);
	return rc;
}

/* Each record of revocation that the edition was in force for. */
static rp_status
judge_parts(struct rp_judging *j, const struct rp_clock_row *from,
    enum rp_fact_kind kind, const struct rp_account *revoked,
    const struct rp_account *shown, struct pairs *p)
{
	rp_status rc = RP_OK;

	pair_in_time(revoked, shown, from->rule->limit, p);
	pair_others(revoked, shown, p);
	if (p->n > 0)
		qsort(p->pair, p->n, sizeof(*p->pair), by_part);
	for (size_t i = 0; i < revoked->n_parts && rc == RP_OK; i++) {
		const struct rp_part *part = &revoked->part[i];
		char citation[160];
		struct rp_clock_row clock = rp_clock_of(from->rule,
		    from->duty, part->fact->at, citation, sizeof(citation));

		clock.by = from->by;
		rc = judge_part(j, &clock, kind, part, i, shown, p);
	}
	return rc;
}

rp_status
rp_judge_followers(struct rp_judging *j, const struct rp_rule *rule, int duty,
    enum rp_fact_kind after, enum rp_fact_kind then)
{
	const struct rp_clock_row from = { .rule = rule, .id = rule->id,
	    .duty = duty };
	struct rp_account first, shown = { 0 };
	struct pairs pairs = { 0 };
	rp_status rc = rp_account_of(j, after, duty, &first);

	if (rc == RP_OK)
		rc = rp_account_of(j, then, duty, &shown);
	if (rc == RP_OK)
		rc = make_pairs(j, &first, &shown, &pairs);
	if (rc == RP_OK)
		rc = judge_parts(j, &from, then, &first, &shown, &pairs);
	rp_release_mem(pairs.pair);
	rp_release_mem(pairs.open);
	rp_account_release(&first);
	rp_account_release(&shown);
	return rc;
}

/* ---- as many certificates by one deadline ------------------------------- */

/* A row that is late, but perhaps for a reason that the text allows. */
static void
give_benefit(struct rp_finding *row, const char **doubt)
{
	if (row->verdict == RP_VERDICT_BREACHED && *doubt != NULL)
		rp_finding_leave(row);
	else
		*doubt = NULL;
}

static rp_status
add_covered(struct rp_judging *j, const struct rp_clock_row *clock,
    const struct rp_fact *fact, uint64_t n, const char *doubt)
{
	struct rp_finding row = rp_finding_of(clock);
	char duty[RP_WORDS], many[RP_WORDS], words[RP_WORDS];
	char at[RP_INSTANT_TEXT];

	rp_finding_count(&row, j, n, fact);
	rp_finding_done(&row, fact->at, fact->origin.line);
	(void)rp_words_verdict(j, &row, words);
	give_benefit(&row, &doubt);
	return rp_findings_add(j, &row, "%s%s %s %s, %s%s",
	    rp_words_duty(j, clock->duty, duty), rp_words_count(&row, many),
	    rp_fact_text(fact->kind), rp_when_format(fact->at, at), words,
	    doubt != NULL ? doubt : "");
}

static rp_status
add_uncovered(struct rp_judging *j, const struct rp_clock_row *clock,
    enum rp_fact_kind kind, uint64_t n, const char *doubt)
{
	struct rp_finding row = rp_finding_of(clock);
	char duty[RP_WORDS], many[RP_WORDS], words[RP_WORDS];
	char now[RP_INSTANT_TEXT];

	rp_finding_count(&row, j, n, NULL);
	rp_finding_open(&row, j);
	(void)rp_words_verdict(j, &row, words);
	give_benefit(&row, &doubt);
	return rp_findings_add(j, &row, "%s%s without '%s' on record by %s, "
	    "%s%s", rp_words_duty(j, clock->duty, duty),
	    rp_words_count(&row, many), rp_fact_word(kind),
	    rp_when_format(j->as_of, now), words, doubt != NULL ? doubt : "");
}

/* What is left of the facts that cover certificates, and of the first one. */
struct supply {
	const struct rp_account *account;
	size_t next;
	uint64_t used;			/* of the next part */
};

/* Takes as many certificates from the next fact, `need` at most. */
static uint64_t
take(struct supply *s, uint64_t need)
{
	uint64_t left = s->account->part[s->next].n - s->used;
	uint64_t n = left < need ? left : need;

	s->used += n;
	if (n == left) {
		s->next++;
		s->used = 0;
	}
	return n;
}

static rp_status
cover(struct rp_judging *j, const struct rp_clock_row *clock,
    enum rp_fact_kind then, uint64_t need, struct supply *s, const char *doubt)
{
	bool judged = rp_rule_in_force(clock->rule, clock->start.from);
	rp_status rc = RP_OK;

	while (need > 0 && s->next < s->account->n_parts && rc == RP_OK) {
		const struct rp_fact *fact = s->account->part[s->next].fact;
		uint64_t n = take(s, need);

		if (judged && n > 0)
			rc = add_covered(j, clock, fact, n, doubt);
		need -= n;
	}
	if (rc == RP_OK && judged && need > 0)
		rc = add_uncovered(j, clock, then, need, doubt);
	return rc;
}

/* Who says again what was said of all certificates starts no new clock. */
static rp_status
cover_all(struct rp_judging *j, const struct rp_clock_row *from,
    struct rp_span limit, enum rp_fact_kind then,
    const struct rp_account *first, const struct rp_account *shown,
    rp_doubt *doubt)
{
	struct supply supply = { .account = shown };
	uint64_t left = first->all;
	rp_status rc = RP_OK;

	for (size_t i = 0; i < first->n_parts && rc == RP_OK && left > 0;
	    i++) {
		const struct rp_part *part = &first->part[i];
		uint64_t need = part->n < left ? part->n : left;
		struct rp_clock_row clock;
		char citation[160];

		left -= need;
		clock = rp_clock_of(from->rule, from->duty, part->fact->at,
		    citation, sizeof(citation));
		clock.due = rp_when_plus(part->fact->at, limit);
		rc = cover(j, &clock, then, need, &supply,
		    doubt != NULL ? doubt(j, &clock) : NULL);
	}
	return rc;
}

rp_status
rp_judge_covered(struct rp_judging *j, const struct rp_rule *rule, int duty,
    struct rp_span limit, enum rp_fact_kind after, enum rp_fact_kind then,
    rp_doubt *doubt)
{
	const struct rp_clock_row from = { .rule = rule, .duty = duty };
	struct rp_account first, shown = { 0 };
	rp_status rc = rp_account_of(j, after, duty, &first);

	if (rc == RP_OK)
		rc = rp_account_of(j, then, duty, &shown);
	if (rc == RP_OK)
		rc = cover_all(j, &from, limit, then, &first, &shown, doubt);
	rp_account_release(&first);
	rp_account_release(&shown);
	return rc;
}

/* ---- the rules of the table --------------------------------------------- */

static rp_status
each_duty(struct rp_judging *j, const struct rp_rule *rule,
    enum rp_fact_kind kind)
{
	rp_status rc = RP_OK;

	for (size_t d = 0; d < j->cs->n_duties && rc == RP_OK; d++)
		if (rp_rule_covers(rule, &j->cs->duty[d]))
			rc = rp_judge_followers(j, rule, (int)d,
			    RP_FACT_REVOKED, kind);
	return rc;
}

rp_status
rp_check_crl(struct rp_judging *j, const struct rp_rule *rule)
{
	return each_duty(j, rule, RP_FACT_PUBLISHED);
}

rp_status
rp_check_ccadb(struct rp_judging *j, const struct rp_rule *rule)
{
	return each_duty(j, rule, RP_FACT_CCADB_RECORD);
}
