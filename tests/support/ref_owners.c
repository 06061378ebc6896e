/*
 * tests/support/ref_owners.c - who owns how many certificates.
 *
 * Subscriber i of S is as large as the quantile (i - 1/2) / S of the law, or
 * as the others of its class; sizes are scaled to add up, everyone has at
 * least one, and what is left after rounding down goes to the largest
 * remainders.
 */
#include "ref_inside.h"

#include <stdlib.h>

#include <gsl/gsl_cdf.h>

static double
quantile(const struct chance *law, double u)
{
	const double *p = law->p;
	double cut;

	if (law->dist == NULL)
		return p[0];
	switch (law->dist->kind) {
	case RP_DIST_UNIFORM:
		return p[0] + u * (p[1] - p[0]);
	case RP_DIST_TRIANGULAR:
		cut = (p[1] - p[0]) / (p[2] - p[0]);
		return u < cut ? p[0] + sqrt(u * (p[2] - p[0]) *
		    (p[1] - p[0])) : p[2] - sqrt((1.0 - u) * (p[2] - p[0]) *
		    (p[2] - p[1]));
	case RP_DIST_EXPONENTIAL:
		return -p[0] * log1p(-u);
	case RP_DIST_GAMMA:
		return gsl_cdf_gamma_Pinv(u, p[0], p[1]);
	case RP_DIST_WEIBULL:
		return p[0] * pow(-log1p(-u), 1.0 / p[1]);
	case RP_DIST_LOGNORMAL:
		return p[0] * exp(p[1] * gsl_cdf_ugaussian_Pinv(u));
	case RP_DIST_PARETO:
		return p[0] * pow(1.0 - u, -1.0 / p[1]);
	case RP_DIST_BETA:
	case RP_DIST_NORMAL:
	case RP_DIST_ONE_OF:
	case RP_DIST_EMPIRICAL:
	case RP_DIST_HISTOGRAM:
		break;
	}
	return (double)NAN;		/* not needed so far */
}

/* One more to whoever lost most by rounding, until all are given out. */
static void
give_the_rest(const double *wish, size_t s, double left, double *size)
{
	while (left >= 0.5) {
		size_t best = 0;

		for (size_t i = 1; i < s; i++)
			if (wish[i] - size[i] > wish[best] - size[best] +
			    1e-9)
				best = i;
		size[best]++;
		left--;
	}
}

/* Who would get less than one gets one; the others share the rest. */
static bool
scale(const double *weight, size_t n, size_t s, double *size)
{
	double *wish = calloc(s, sizeof(*wish));
	double left = (double)n, sum = 0.0, given = 0.0, factor;
	bool again = wish != NULL;

	if (wish == NULL)
		return false;
	for (size_t i = 0; i < s; i++)
		sum += weight[i];
	factor = left / sum;
	while (again) {
		again = false;
		for (size_t i = 0; i < s; i++) {
			if (wish[i] > 0.0 || weight[i] * factor >= 1.0)
				continue;
			wish[i] = 1.0;
			left--;
			sum -= weight[i];
			again = true;
		}
		factor = sum > 0.0 ? left / sum : 0.0;
	}
	for (size_t i = 0; i < s; i++) {
		wish[i] = fmax(wish[i], weight[i] * factor);
		size[i] = floor(wish[i] + 1e-9);
		given += size[i];
	}
	give_the_rest(wish, s, (double)n - given, size);
	free(wish);
	return true;
}

static void
equally(double n, size_t s, double *size)
{
	for (size_t i = 0; i < s; i++)
		size[i] = floor(n / (double)s) +
		    ((double)i < fmod(n, (double)s));
}

static void
by_classes(const struct rp_owns *owns, size_t n, double *size)
{
	double rest = (double)n;

	for (size_t k = 0; k < owns->n_classes; k++)
		rest -= (double)rp_count_n(owns->owners[k].certificates);
	for (size_t k = 0; k < owns->n_classes; k++) {
		const struct rp_owner_class *class = &owns->owners[k];
		size_t s = (size_t)rp_count_n(class->subscribers);
		double mine = (double)rp_count_n(class->certificates);

		equally(mine > 0.0 ? mine : rest, s, size);
		size += s;
	}
}

/*
 * Of a later part there are fewer of each class: its i-th of s is as large as
 * the owner who stands at the same place of the whole list.
 */
static double
of_the_list(const struct rp_population *p, double place)
{
	const struct rp_owns *owns = &p->owns;
	double all = (double)rp_count_n(p->subscribers), rest, mine, s = 1.0;

	rest = (double)rp_count_n(p->certificates);
	for (size_t k = 0; k < owns->n_classes; k++)
		rest -= (double)rp_count_n(owns->owners[k].certificates);
	place *= all;
	mine = rest;
	for (size_t k = 0; k < owns->n_classes && place >= 0.0; k++) {
		s = (double)rp_count_n(owns->owners[k].subscribers);
		mine = (double)rp_count_n(owns->owners[k].certificates);
		if (mine <= 0.0)
			mine = rest;
		place -= s;
	}
	return mine / s;
}

bool
ref_sizes(const struct rp_population *p, const struct chance *law, size_t n,
    size_t s, double *size)
{
	bool law_says = p->owns.kind == RP_OWNS_LAW, done;
	double *weight;

	if (p->owns.kind == RP_OWNS_EQUAL) {
		equally((double)n, s, size);
		return true;
	}
	if (!law_says && n == rp_count_n(p->certificates) &&
	    s == rp_count_n(p->subscribers)) {
		by_classes(&p->owns, n, size);
		return true;
	}
	weight = calloc(s, sizeof(*weight));
	if (weight == NULL)
		return false;
	for (size_t i = 0; i < s; i++) {
		double place = ((double)i + 0.5) / (double)s;

		weight[i] = law_says ? quantile(law, place) :
		    of_the_list(p, place);
	}
	done = scale(weight, n, s, size);
	free(weight);
	return done;
}

void
ref_share_out(struct reference *r, const struct ref_part *part,
    struct ref_certificate *c)
{
	const struct ref_people *p = &r->people[part->population];
	size_t k = 0;

	if (!ref_sizes(p->p, &p->size, part->n, part->subscribers, r->owner))
		return;
	for (size_t i = 0; i < part->subscribers; i++)
		for (double left = r->owner[i]; left >= 0.5 && k < part->n;
		    left--)
			c[k++].subscriber = part->first_subscriber + i;
}
