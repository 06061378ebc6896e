/*
 * reference.h - the incident played through certificate by certificate.
 *
 * The plain way to simulate a case, slow and easy to believe: continuous
 * time, one struct for each certificate, one queue of arrivals, and a
 * randomness of its own.  Nothing of models/simulate or of
 * models/population/law is used, so that an agreement of both in distribution
 * says something about both.  The working time of a calendar and the time
 * limit of the first duty are shared.
 *
 * Left out: inputs that go together by name or by a correlation, and the pace
 * of a forecast.
 */
#ifndef TESTS_REFERENCE_H
#define TESTS_REFERENCE_H

#include <stdbool.h>
#include <stddef.h>

#include "revplan/case.h"
#include "revplan/simulate.h"

#define REF_HOLDS 4

/* What became of a certificate; seconds since 1970, INFINITY: never. */
struct ref_certificate {
	int population;
	size_t subscriber;	/* within the population */
	double known;		/* belongs to the base from then on */
	double deadline;	/* of its own part */
	double expires;
	double reissued;
	double replaced;
	double revoked;		/* INFINITY if it expired before */
	double close_call;	/* seconds between its coming to a batch and
				 * the nearest instant of that batch */
	size_t n_holds;
	double held[REF_HOLDS], released[REF_HOLDS];
	/* The same if nothing were ever revoked. */
	size_t n_spared;
	double spared[REF_HOLDS], spared_until[REF_HOLDS];
};

struct reference;

/* NULL when memory runs out, or the case is larger than the reference's
 * tables. */
struct reference *reference_new(const struct rp_case *cs, unsigned long seed);
void reference_free(struct reference *r);

/* Play the next trial; the certificates live until the one after it. */
const struct ref_certificate *reference_trial(struct reference *r, size_t *n);

/* ---- about the last trial; population -1: all --------------------------- */

/* Whether an event of the case, or what a risk threatens, took place. */
bool reference_happened(const struct reference *r, size_t event);

/* Certificates known by t. */
double reference_base(const struct reference *r, int population, double t);

/* Certificates in a state at t; of those known by `known`, if that is not
 * the same. */
double reference_state(const struct reference *r, enum rp_state state,
    int population, double t);
double reference_state_of(const struct reference *r, enum rp_state state,
    int population, double known, double t);

/* Certificates in the state of the metric at t, all populations. */
double reference_count(const struct reference *r, enum rp_metric metric,
    double t);

/* When every certificate was done in the metric, or had run out; INFINITY
 * when that lies beyond the horizon. */
double reference_completion(const struct reference *r, enum rp_metric metric,
    int population);

/*
 * Certificates that were replaced or revoked less than so many seconds before
 * they ran out, came so close to an instant of a batch, or were replaced so
 * soon after they had been revoked: a little later or sooner, and it would
 * have been otherwise.
 */
double reference_close(const struct reference *r, int population,
    double slack);

/* Whether every certificate was replaced, or had run out, so many seconds
 * after its own deadline. */
bool reference_in_time(const struct reference *r, double grace);

/* The deadline of what was known at awareness; INFINITY: none is known. */
double reference_deadline(const struct reference *r);

/* Certificate-days between the own deadline of each and t. */
double reference_overdue(const struct reference *r, int population, double t);

/*
 * What would be harmed if everything that is not held were revoked at t, and
 * nothing had been before; and how many subscribers own it.
 */
double reference_left(const struct reference *r, int population, double t,
    double *subscribers);

/* Neither path nor event nor revocation, only expiry and renewal: so many of
 * those known at awareness; metric replaced or gone. */
double reference_nothing(struct reference *r, enum rp_metric metric,
    double t);

/*
 * The identities of the base, in each population and together, at t; a word
 * for the first that does not hold, or NULL.
 */
const char *reference_fault(const struct reference *r, double t);

#endif /* TESTS_REFERENCE_H */
