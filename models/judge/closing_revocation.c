/*
 * judge/closing_revocation.c - whether every certificate is accounted for.
 *
 * Shown as revoked by CRL and OCSP is proof; a record of the CA alone is not.
 * What expired needs no proof, and cannot be revoked any more.
 */
#include <inttypes.h>

#include "judge/closing.h"
#include "judge/update.h"
#include "rules/judging.h"

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
		n = f->has_certificates ? rp_count_n(f->certificates) : size;
		sum = n < size - sum ? sum + n : size;
		if (*last == NULL || rp_instant_cmp((*last)->at.from,
		    f->at.from) <= 0)
			*last = f;
	}
	return sum;
}

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

static void
add_duty(struct rp_closing *c, int duty)
{
	struct rp_closure_row *row = rp_closing_row(c, RP_CLOSURE_REVOKED,
	    duty);
	uint64_t size = rp_post_duty_size(c->cs, duty);
	const struct rp_fact *shown, *said;
	uint64_t proved = covered(c, RP_FACT_PUBLISHED, duty, size, &shown);
	uint64_t recorded = covered(c, RP_FACT_REVOKED, duty, size, &said);
	uint64_t expired = expired_of(c, size);
	uint64_t done = proved < size - expired ? proved + expired : size;

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
	if (done >= size)
		return;
	if (recorded >= size - expired)
		rp_closing_say(row, RP_CLOSURE_UNDECIDED, ", all others "
		    "recorded as revoked but not proved: facts "
		    "'revocation-published' are missing for %" PRIu64,
		    size - done);
	else
		rp_closing_say(row, RP_CLOSURE_OPEN, ", %" PRIu64
		    " recorded as revoked, %" PRIu64 " not accounted for",
		    recorded, size - expired -
		    (recorded > proved ? recorded : proved));
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

void
rp_closing_revocation(struct rp_closing *c)
{
	struct rp_closure_row *row;
	bool any = false;

	for (size_t d = 0; d < c->cs->n_duties; d++)
		add_duty(c, (int)d);
	for (size_t d = 0; d < c->cs->n_duties; d++)
		if (c->cs->duty[d].certificate == RP_CERT_SUBORDINATE_CA) {
			add_ccadb(c, (int)d);
			any = true;
		}
	if (any)
		return;
	row = rp_closing_row(c, RP_CLOSURE_CCADB, -1);
	rp_closing_say(row, RP_CLOSURE_NOT_NEEDED,
	    "no CA certificate is to be revoked");
}
