/*
 * reference.h - the incident played through certificate by certificate.
 *
 * The plain way to simulate a case, slow and easy to believe: continuous
 * time, one struct for each certificate, one queue of events, and a
 * randomness of its own.  Nothing of models/simulate or of
 * models/population/law is used, so that an agreement of both in distribution
 * says something about both.  The working time of a calendar is shared.
 *
 * Left out: rollouts, discoveries, holds, risks, and revocation in batches.
 */
#ifndef TESTS_REFERENCE_H
#define TESTS_REFERENCE_H

#include <stddef.h>

#include "revplan/case.h"

/* What became of a certificate; seconds since 1970, INFINITY: never. */
struct ref_certificate {
	int population;
	size_t subscriber;	/* within the population */
	double expires;
	double replaced;
	double revoked;		/* INFINITY if it expired before */
};

struct reference;

/* NULL when memory runs out or the case holds what is left out. */
struct reference *reference_new(const struct rp_case *cs, unsigned long seed);
void reference_free(struct reference *r);

/* When all that falls due at the deadline is revoked; only for a case that
 * revokes at the deadline. */
void reference_set_deadline(struct reference *r, double deadline_s);

/* Play the next trial; the certificates live until the one after it. */
const struct ref_certificate *reference_trial(struct reference *r, size_t *n);

/* Certificates of the last trial in the state of the metric at t. */
double reference_count(const struct reference *r, enum rp_metric metric,
    double t);

/*
 * When every certificate of a population (-1: of all) was replaced or had run
 * out; INFINITY when that lies beyond the horizon.
 */
double reference_completion(const struct reference *r, int population);

#endif /* TESTS_REFERENCE_H */
