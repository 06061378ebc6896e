/*
 * tests/unit/test_account.c - when CRL and OCSP showed a revocation, against
 * certificates whose truth is known.
 *
 * Each certificate of a made-up duty is shown as revoked at a second of its
 * own.  What is put on record of them is true but incomplete, and in some cases
 * there is a record of publication in time that is not true.  No certificate
 * may be called late that was not, and none in time that was not unless
 * somebody said so.
 */
#include <inttypes.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <string.h>

#include <cmocka.h>

#include "base/mem.h"
#include "support/checked.h"

#define RULE "BR-REV-T1-v201"
#define DUE "2025-06-11T10:00:00Z"
#define CERTS 6
#define SECONDS 12		/* before and after the deadline */
#define FACTS 40

struct world {
	int shown[CERTS];	/* seconds after the deadline */
	struct rp_fact fact[FACTS];
	size_t n;
	bool lies;
	struct made m;
};

/* A small generator of its own: the same cases on every machine. */
static unsigned
draw(uint64_t *state, unsigned n)
{
	*state = *state * UINT64_C(6364136223846793005) +
	    UINT64_C(1442695040888963407);
	return (unsigned)((*state >> 33) % n);
}

static void
put(struct world *w, enum rp_fact_kind kind, int at, unsigned n)
{
	w->fact[w->n++] = (struct rp_fact){ .kind = kind, .duty = -1,
	    .answers = -1, .at = when_plus(DUE, at), .has_certificates = true,
	    .certificates = rp_count_of(n) };
}

static unsigned
still_good(const struct world *w, int at)
{
	unsigned n = 0;

	for (size_t i = 0; i < CERTS; i++)
		n += w->shown[i] > at;
	return n;
}

/* Recorded in time or when it was shown; and that is on record, or not. */
static void
put_recorded(struct world *w, size_t i, uint64_t *state)
{
	bool early = w->shown[i] <= 0 || draw(state, 2) == 0;

	put(w, RP_FACT_REVOKED, early ? -SECONDS : w->shown[i], 1);
}

/* Some shown at this second or that. */
static void
make_world(struct world *w, uint64_t seed, bool whole, bool lies)
{
	uint64_t state = seed * 77 + 5;

	memset(w, 0, sizeof(*w));
	make(&w->m, RP_CERT_SUBSCRIBER, RP_PROFILE_TLS,
	    RP_REASON_KEY_COMPROMISE, when("2025-06-10T10:00Z"));
	w->m.cs.base = w->m.cs.total = rp_count_of(CERTS);
	w->m.cs.fact = w->fact;
	for (size_t i = 0; i < CERTS; i++) {
		w->shown[i] = (int)draw(&state, 2 * SECONDS) - SECONDS;
		put_recorded(w, i, &state);
		if (whole || draw(&state, 3) > 0)
			put(w, RP_FACT_PUBLISHED, w->shown[i], 1);
		if (lies && draw(&state, 3) == 0)
			put(w, RP_FACT_PUBLISHED, -(int)draw(&state,
			    SECONDS), 1);
	}
	for (unsigned k = draw(&state, 4); k > 0; k--) {
		int at = (int)draw(&state, 2 * SECONDS) - SECONDS;
		unsigned n = still_good(w, at);

		if (n > 0)
			put(w, RP_FACT_GOOD_SERVED, at, n - draw(&state, n));
	}
	w->m.cs.n_facts = w->n;
}

struct verdicts {
	uint64_t in_time, late, all;
};

static struct verdicts
judged(const struct world *w)
{
	struct rp_findings *f = checked(&w->m, when("2025-07-01"));
	struct verdicts v = { 0 };
	const struct rp_finding *row;

	for (size_t n = 0; (row = row_of(f, RULE "/published", n)) != NULL;
	    n++) {
		v.all += row->count;
		if (row->verdict == RP_VERDICT_MET)
			v.in_time += row->count;
		if (row->verdict == RP_VERDICT_BREACHED)
			v.late += row->count;
	}
	rp_findings_free(f);
	return v;
}

static void
nothing_is_late_that_was_not(void **state)
{
	unsigned wrong = 0, found = 0, there = 0;

	(void)state;
	for (uint64_t seed = 0; seed < 3000; seed++) {
		static struct world w;
		bool lies = seed % 2 == 1;
		struct verdicts v;
		uint64_t late;

		make_world(&w, seed, false, lies);
		v = judged(&w);
		late = still_good(&w, 0);
		there += (unsigned)late;
		found += (unsigned)v.late;
		if (v.late <= late && (lies || (v.all == CERTS &&
		    v.in_time <= CERTS - late)))
			continue;
		print_error("seed %" PRIu64 ": %" PRIu64 " late of %" PRIu64
		    ", %" PRIu64 " in time, %" PRIu64 " in all\n", seed,
		    v.late, late, v.in_time, v.all);
		wrong++;
	}
	assert_int_equal(wrong, 0);
	/* And most of what is late is found: two of three are on record. */
	assert_true(found * 3 > there * 2);
}

/* Everything on record, and true: goods contradict nothing. */
static void
a_whole_record_is_judged_as_it_was(void **state)
{
	(void)state;
	for (uint64_t seed = 0; seed < 1000; seed++) {
		static struct world w;
		struct verdicts v;

		make_world(&w, seed, true, false);
		v = judged(&w);
		if (v.late != still_good(&w, 0) || v.late + v.in_time != CERTS)
			fail_msg("seed %" PRIu64 ": %" PRIu64 " late, %" PRIu64
			    " in time", seed, v.late, v.in_time);
	}
}

static void
memory_may_run_out(void **state)
{
	static struct world w;
	struct rp_findings *f = NULL;
	struct rp_err err = { 0 };
	unsigned long i;

	(void)state;
	make_world(&w, 7, false, true);
	for (i = 1; f == NULL; i++) {
		unsigned long live = rp_alloc_live();
		rp_status rc;

		rp_alloc_fail_at(i);
		rc = rp_check(&w.m.cs, when("2025-07-01"), RP_VIEW_INTERNAL,
		    &f, &err);
		rp_alloc_fail_at(0);
		if (rc == RP_OK)
			break;
		assert_int_equal(rc, RP_ENOMEM);
		assert_null(f);
		assert_int_equal(rp_alloc_live(), live);
	}
	assert_true(i > 10);
	rp_findings_free(f);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(nothing_is_late_that_was_not),
		cmocka_unit_test(a_whole_record_is_judged_as_it_was),
		cmocka_unit_test(memory_may_run_out),
	};

	return !!cmocka_run_group_tests(tests, NULL, NULL);
}
