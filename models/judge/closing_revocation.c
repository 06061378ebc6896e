/*
 * judge/closing_revocation.c - whether every certificate is accounted for.
 *
 * Shown as revoked by CRL and OCSP is proof; a record of the CA alone is not.
 * What expired needs no proof, and cannot be revoked any more; and what was
 * still good afterwards takes the proof back.
 */
#include <inttypes.h>
#include <stdlib.h>

#include "base/mem.h"
#include "judge/closing.h"
#include "judge/update.h"
#include "check/judging.h"

static uint64_t
less_of(uint64_t a, uint64_t b)
{
	return a < b ? a : b;
}

/* How many certificates of a duty a fact covers. */
static uint64_t
amount_of(const struct rp_fact *f, uint64_t size)
{
	return f->has_certificates ? less_of(rp_count_n(f->certificates),
	    size) : size;
}

/* How many certificates of a duty the facts of a kind cover. */
static uint64_t
covered(const struct rp_closing *c, enum rp_fact_kind kind, int duty,
    uint64_t size, const struct rp_fact **last)
{
	uint64_t sum = 0, n;

	*last = NULL;
	for (size_t i = 0; i < c->cs->n_facts; i++) {
		const struct rp_fact *f = &c->cs->fact[i];

		if (f->kind != kind || !rp_closing_speaks_of(c->cs, f, duty))
			continue;
		n = amount_of(f, size);
		sum = n < size - sum ? sum + n : size;
		if (*last == NULL || rp_instant_cmp((*last)->at.from,
		    f->at.from) <= 0)
			*last = f;
	}
	return sum;
}

/* ---- what was still good ------------------------------------------------ */

/* Facts of revocations that were shown, and of what was good still. */
struct shown {
	const struct rp_fact **fact;
	size_t n;
};

/* What was shown may have been so at the end of its interval. */
static struct rp_instant
moment(const struct rp_fact *f)
{
	return f->kind == RP_FACT_PUBLISHED ? rp_when_last(f->at) : f->at.from;
}

/* At one moment the good comes first: it is the later fact that counts. */
static int
by_moment(const void *a, const void *b)
{
	const struct rp_fact *x = *(const struct rp_fact *const *)a;
	const struct rp_fact *y = *(const struct rp_fact *const *)b;
	int c = rp_instant_cmp(moment(x), moment(y));

	if (c == 0)
		c = (x->kind == RP_FACT_PUBLISHED) -
		    (y->kind == RP_FACT_PUBLISHED);
	return c != 0 ? c : (x > y) - (x < y);
}

static rp_status
collect_shown(const struct rp_closing *c, struct shown *s)
{
	s->fact = rp_alloc_zeroed(c->cs->n_facts, sizeof(*s->fact));
	if (s->fact == NULL)
		return rp_fail(c->err, RP_ENOMEM, "no memory for the closure");
	for (size_t i = 0; i < c->cs->n_facts; i++)
		if (c->cs->fact[i].kind == RP_FACT_PUBLISHED ||
		    c->cs->fact[i].kind == RP_FACT_GOOD_SERVED)
			s->fact[s->n++] = &c->cs->fact[i];
	if (s->n > 0)
		qsort(s->fact, s->n, sizeof(*s->fact), by_moment);
	return RP_OK;
}

/*
 * How many were good at some time and cannot all have been shown as revoked
 * since.
 */
static uint64_t
still_good(const struct rp_closing *c, const struct shown *s, int duty,
    uint64_t size, const struct rp_fact **good)
{
	uint64_t later = 0, most = 0;

	for (size_t i = s->n; i-- > 0;) {
		const struct rp_fact *f = s->fact[i];
		uint64_t n = amount_of(f, size);

		if (!rp_closing_speaks_of(c->cs, f, duty))
			continue;
		if (f->kind == RP_FACT_PUBLISHED) {
			later = less_of(size, later + n);
		} else if (n > later && n - later > most) {
			most = n - later;
			*good = f;
		}
	}
	return most;
}

/* ---- the rows ----------------------------------------------------------- */

/*
 * The last count of those that expired unrevoked; actuals are of the affected
 * certificates, so they speak of a duty only where these are the duty's.
 */
static uint64_t
expired_of(const struct rp_closing *c, uint64_t size)
{
	const struct rp_actual *last = NULL;
	uint64_t n;

	if (c->cs->n_duties != 1 || size != rp_count_n(c->cs->base))
		return 0;
	for (size_t i = 0; i < c->cs->n_actuals; i++)
		if (c->cs->actual[i].population < 0 &&
		    c->cs->actual[i].expired.known &&
		    c->cs->actual[i].expired.is_count)
			last = &c->cs->actual[i];
	n = last == NULL ? 0 : rp_count_n(last->expired.count);
	return n < size ? n : size;
}

/* What is left of the proof where good was served after it. */
static void
say_good(struct rp_closure_row *row, uint64_t n, const struct rp_fact *good)
{
	char at[RP_INSTANT_TEXT];

	row->line = good->origin.line;
	rp_closing_say(row, RP_CLOSURE_UNDECIDED, ", but good was served for "
	    "%" PRIu64 " of them until %s, and no record shows them as "
	    "revoked after that", n, rp_when_format(good->at, at));
}

static void
say_rest(struct rp_closure_row *row, uint64_t recorded, uint64_t proved,
    uint64_t left)
{
	uint64_t more = recorded > proved ? recorded - proved : 0;

	if (more >= left)
		rp_closing_say(row, RP_CLOSURE_UNDECIDED, ", all others "
		    "recorded as revoked but not proved: facts "
		    "'revocation-published' are missing for %" PRIu64, left);
	else
		rp_closing_say(row, RP_CLOSURE_OPEN, ", %" PRIu64
		    " recorded as revoked, %" PRIu64 " not accounted for",
		    recorded, left - more);
}

static void
add_duty(struct rp_closing *c, const struct shown *s, int duty)
{
	struct rp_closure_row *row = rp_closing_row(c, RP_CLOSURE_REVOKED,
	    duty);
	uint64_t size = rp_post_duty_size(c->cs, duty);
	const struct rp_fact *shown, *said, *good = NULL;
	uint64_t proved = covered(c, RP_FACT_PUBLISHED, duty, size, &shown);
	uint64_t recorded = covered(c, RP_FACT_REVOKED, duty, size, &said);
	uint64_t expired = expired_of(c, size);
	uint64_t still = still_good(c, s, duty, size, &good);
	uint64_t said_done = less_of(proved + expired, size);
	uint64_t done = less_of(said_done, size - still);

	row->has_count = true;
	row->count = done;
	row->of = size;
	row->line = shown != NULL ? shown->origin.line :
	    said != NULL ? said->origin.line : 0;
	rp_closing_say(row, RP_CLOSURE_DONE, "%" PRIu64 " shown as revoked "
	    "by CRL and OCSP", proved);
	if (expired > 0)
		rp_closing_say(row, RP_CLOSURE_DONE, ", %" PRIu64 " expired",
		    expired);
	if (done < said_done)
		say_good(row, said_done - done, good);
	if (said_done < size)
		say_rest(row, recorded, proved, size - said_done);
}

/* The rule that asks for the record, as the table has it. */
static const char *
ccadb_citation(const struct rp_closing *c)
{
	const char *citation = c->citation;

	for (size_t i = 0; i < rp_rule_count(); i++)
		if (rp_rule_at(i)->terms->check == rp_check_ccadb &&
		    rp_rule_in_force(rp_rule_at(i), c->now))
			citation = rp_rule_at(i)->document;
	return citation;
}

static void
add_ccadb(struct rp_closing *c, int duty)
{
	struct rp_closure_row *row = rp_closing_row(c, RP_CLOSURE_CCADB,
	    duty);
	uint64_t size = rp_post_duty_size(c->cs, duty), done;
	const struct rp_fact *last;

	row->citation = ccadb_citation(c);
	done = covered(c, RP_FACT_CCADB_RECORD, duty, size, &last);
	row->has_count = true;
	row->count = done;
	row->of = size;
	if (last == NULL || done >= size)
		rp_closing_once(c, row, RP_FACT_CCADB_RECORD, duty);
	else
		rp_closing_say(row, RP_CLOSURE_UNDECIDED, "records of %"
		    PRIu64 " CA certificates are not on record as updated",
		    size - done);
}

rp_status
rp_closing_revocation(struct rp_closing *c)
{
	struct rp_closure_row *row;
	struct shown s = { 0 };
	rp_status rc = collect_shown(c, &s);
	bool any = false;

	for (size_t d = 0; rc == RP_OK && d < c->cs->n_duties; d++)
		add_duty(c, &s, (int)d);
	rp_release_mem(s.fact);
	for (size_t d = 0; d < c->cs->n_duties; d++)
		if (c->cs->duty[d].certificate == RP_CERT_SUBORDINATE_CA) {
			add_ccadb(c, (int)d);
			any = true;
		}
	if (any || rc != RP_OK)
		return rc;
	row = rp_closing_row(c, RP_CLOSURE_CCADB, -1);
	rp_closing_say(row, RP_CLOSURE_NOT_NEEDED,
	    "no CA certificate is to be revoked");
	return rc;
}
