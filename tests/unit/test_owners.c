/*
 * test_owners.c - the numbers of certificates that subscribers own.
 *
 * Sizes checked by hand say how; the rest are properties that hold for any
 * law: they add up, nobody owns nothing, and a larger quantile never owns
 * less.
 */
#include <math.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

#include "base/mem.h"
#include "population/owners.h"
#include "support/near.h"

static uint64_t seed;

/* splitmix64: small, and the same everywhere. */
static uint64_t
draw(uint64_t below)
{
	uint64_t z = seed += UINT64_C(0x9e3779b97f4a7c15);

	z = (z ^ z >> 30) * UINT64_C(0xbf58476d1ce4e5b9);
	z = (z ^ z >> 27) * UINT64_C(0x94d049bb133111eb);
	return (z ^ z >> 31) % below;
}

static struct rp_owners
owners_of(const struct rp_population *p, uint32_t n, uint32_t s)
{
	struct rp_owners o;
	struct rp_draws d = { .key = { { 1, 2 } }, .trial = 3 };
	struct rp_err err = { 0 };

	assert_int_equal(rp_owners_init(&o, p, n, s, &err), RP_OK);
	if (rp_owners_set(&o, p, &d, &err) != RP_OK)
		fail_msg("%s", err.text);
	assert_true(o.n <= o.room);
	return o;
}

/* Sums, order, nobody without. */
static void
check_sizes(const struct rp_owners *o)
{
	uint64_t certificates = 0, owners = 0;

	for (size_t i = 0; i < o->n; i++) {
		certificates += (uint64_t)o->of[i].size * o->of[i].owners;
		owners += o->of[i].owners;
		assert_true(o->of[i].size >= 1 && o->of[i].owners >= 1);
		assert_true(i == 0 || o->of[i].size <= o->of[i - 1].size);
	}
	if (certificates != o->certificates || owners != o->subscribers)
		fail_msg("%llu certificates of %llu owners, not %lu of %lu "
		    "(seed %llu)", (unsigned long long)certificates,
		    (unsigned long long)owners,
		    (unsigned long)o->certificates,
		    (unsigned long)o->subscribers,
		    (unsigned long long)seed);
}

/* want: size, owners, kind, ...; ended by a size of 0. */
static void
assert_sizes(const struct rp_population *p, uint32_t n, uint32_t s,
    const int *want)
{
	struct rp_owners o = owners_of(p, n, s);
	size_t i = 0;

	check_sizes(&o);
	for (; want[3 * i] != 0; i++) {
		assert_true(i < o.n);
		assert_int_equal(o.of[i].size, want[3 * i]);
		assert_int_equal(o.of[i].owners, want[3 * i + 1]);
		assert_int_equal(o.of[i].kind, want[3 * i + 2]);
	}
	assert_int_equal(o.n, i);
	rp_owners_release(&o);
}

static struct rp_population
with_law(const struct rp_dist *dist)
{
	return (struct rp_population){ .name = "p", .owns = {
	    .kind = RP_OWNS_LAW, .size = { .dist = dist } } };
}

static void
equal_sizes(void **state)
{
	const struct rp_population p = { .name = "p" };

	(void)state;
	/* 17 = 3 times 4 and 1 more, of 4: one owns 5. */
	assert_sizes(&p, 17, 4, (const int[]){ 5, 1, -1, 4, 3, -1, 0 });
	assert_sizes(&p, 16, 4, (const int[]){ 4, 4, -1, 0 });
	assert_sizes(&p, 3, 3, (const int[]){ 1, 3, -1, 0 });
	assert_sizes(&p, 9, 1, (const int[]){ 9, 1, -1, 0 });
}

static void
laws_by_hand(void **state)
{
	static const double three[] = { 1.0, 2.0, 7.0 };
	static const double weight[] = { 0.5, 0.25, 0.25 };
	struct rp_dist d = { .kind = RP_DIST_EMPIRICAL, .n_points = 3,
	    .point = three };
	struct rp_population p = with_law(&d);

	(void)state;
	/* 1 : 2 : 7 of 20 is 2, 4, 14. */
	assert_sizes(&p, 20, 3, (const int[]){ 14, 1, -1, 4, 1, -1,
	    2, 1, -1, 0 });
	/* Of 13: 1.3, 2.6, 9.1; whole 1, 2, 9, the one left to .6. */
	assert_sizes(&p, 13, 3, (const int[]){ 9, 1, -1, 3, 1, -1,
	    1, 1, -1, 0 });
	/* Of 4: 0.4, 0.8, 2.8: the first gets 1; of 3 to 2 : 7 the second
	 * has 0.67 and gets 1; the third has the 2 that are left. */
	assert_sizes(&p, 4, 3, (const int[]){ 2, 1, -1, 1, 2, -1, 0 });
	/* Quantiles at 1/8, 3/8, 5/8, 7/8 are 1, 1, 2, 7; of 33: 3, 3, 6,
	 * 21. */
	d = (struct rp_dist){ .kind = RP_DIST_ONE_OF, .n_points = 3,
	    .point = three, .weight = weight };
	assert_sizes(&p, 33, 4, (const int[]){ 21, 1, -1, 6, 1, -1,
	    3, 2, -1, 0 });
	/* Of 34 the remainders are .09, .09, .18, .64. */
	assert_sizes(&p, 34, 4, (const int[]){ 22, 1, -1, 6, 1, -1,
	    3, 2, -1, 0 });
	/* Pareto(1, 1) at 1/6, 3/6, 5/6: 1.2, 2, 6; of 92: 12, 20, 60. */
	d = (struct rp_dist){ .kind = RP_DIST_PARETO, .n_params = 2,
	    .param = { { .fixed = 1.0 }, { .fixed = 1.0 } } };
	assert_sizes(&p, 92, 3, (const int[]){ 60, 1, -1, 20, 1, -1,
	    12, 1, -1, 0 });
	/* Uniform on 0..2 at 1/4 and 3/4: 0.5 and 1.5; of 10: 2.5 and 7.5,
	 * and the larger of two equal remainders comes first. */
	d = (struct rp_dist){ .kind = RP_DIST_UNIFORM, .n_params = 2,
	    .param = { { .fixed = 0.0 }, { .fixed = 2.0 } } };
	assert_sizes(&p, 10, 2, (const int[]){ 8, 1, -1, 2, 1, -1, 0 });
}

static void
classes(void **state)
{
	const struct rp_owner_class rest[] = {
		{ .name = "giant", .subscribers = rp_count_of(1),
		    .certificates = rp_count_of(40) },
		{ .name = "rest", .subscribers = rp_count_of(25) }
	};
	const struct rp_owner_class mixed[] = {
		{ .name = "small", .subscribers = rp_count_of(3),
		    .certificates = rp_count_of(4) },
		{ .name = "large", .subscribers = rp_count_of(2),
		    .certificates = rp_count_of(15) }
	};
	struct rp_population p = { .name = "p",
	    .certificates = rp_count_of(100), .owns = {
	    .kind = RP_OWNS_CLASSES, .n_classes = 2, .owners = rest } };

	(void)state;
	/* 60 of 25: ten own 3, fifteen 2. */
	assert_sizes(&p, 100, 26, (const int[]){ 40, 1, 0, 3, 10, 1,
	    2, 15, 1, 0 });
	/* Half of them found later, owned by 13: the giant's quantile,
	 * 25.5 of 26, is beyond the last, 12.5 of 13, or 25 of 26, so all
	 * are of the rest: 50 of 13. */
	assert_sizes(&p, 50, 13, (const int[]){ 4, 11, 1, 3, 2, 1, 0 });
	p.owns.owners = mixed;
	p.certificates = rp_count_of(19);
	assert_sizes(&p, 19, 5, (const int[]){ 8, 1, 1, 7, 1, 1, 2, 1, 0,
	    1, 2, 0, 0 });
	/* Three of five: quantiles at 0.83, 2.5 and 4.17 of 5 are small,
	 * small, large: 4/3, 4/3, 7.5 of 10 are 1.31, 1.31, 7.38. */
	assert_sizes(&p, 10, 3, (const int[]){ 8, 1, 1, 1, 2, 0, 0 });
}

/* A random law, its points in `point`. */
static struct rp_dist
random_law(double *point, double *weight)
{
	static const enum rp_dist_kind kinds[] = { RP_DIST_PARETO,
	    RP_DIST_LOGNORMAL, RP_DIST_EXPONENTIAL, RP_DIST_UNIFORM,
	    RP_DIST_ONE_OF, RP_DIST_EMPIRICAL, RP_DIST_GAMMA };
	struct rp_dist d = { .kind = kinds[draw(7)], .n_params = 2,
	    .n_points = 1 + draw(20), .point = point };
	double sum = 0.0;

	d.param[0].fixed = 0.2 + (double)draw(100) / 31.0;
	d.param[1].fixed = 0.2 + (double)draw(100) / 37.0;
	if (d.kind == RP_DIST_UNIFORM)
		d.param[1].fixed += d.param[0].fixed;
	if (d.kind == RP_DIST_EXPONENTIAL)
		d.n_params = 1;
	for (size_t i = 0; i < d.n_points; i++) {
		point[i] = (i > 0 ? point[i - 1] : 0.0) +
		    (double)draw(50) / 7.0;
		weight[i] = 1.0 + (double)draw(9);
		sum += weight[i];
	}
	point[d.n_points - 1] += 0.5;
	for (size_t i = 0; i < d.n_points; i++)
		weight[i] /= sum;
	if (d.kind == RP_DIST_ONE_OF)
		d.weight = weight;
	if (d.kind == RP_DIST_ONE_OF || d.kind == RP_DIST_EMPIRICAL)
		d.n_params = 0;
	return d;
}

static void
any_law(void **state)
{
	(void)state;
	for (seed = 1; seed <= 4000; seed++) {
		uint64_t first = seed;
		double point[20], weight[20];
		struct rp_dist d = random_law(point, weight);
		struct rp_population p = with_law(&d);
		uint32_t s = 1 + (uint32_t)draw(300);
		uint32_t n = s + (uint32_t)draw(draw(2) == 0 ? 4 : 90000);
		struct rp_owners o = owners_of(&p, n, s);

		check_sizes(&o);
		rp_owners_release(&o);
		seed = first;
	}
}

/* No remainder that is left behind is larger than one that was served: each
 * size lies within one of its share. */
static void
close_to_its_share(void **state)
{
	const struct rp_dist d = { .kind = RP_DIST_LOGNORMAL, .n_params = 2,
	    .param = { { .fixed = 3.0 }, { .fixed = 1.3 } } };
	const uint32_t s = 2000, n = 1000003;
	const struct rp_population p = with_law(&d);
	struct rp_draws none = { .trial = 0 };
	struct rp_law law = rp_chance_law(&p.owns.size, &none);
	struct rp_owners o = owners_of(&p, n, s);
	double sum = 0.0, least_up = 1.0, most_down = 0.0;
	size_t i = s;

	(void)state;
	for (size_t k = 0; k < s; k++)
		sum += rp_law_quantile(&law, ((double)k + 0.5) / s);
	for (size_t k = 0; k < o.n; k++)
		for (uint32_t j = 0; j < o.of[k].owners; j++) {
			double share = n / sum * rp_law_quantile(&law,
			    ((double)--i + 0.5) / s);
			double rest = share - floor(share);

			if (o.of[k].size > share)
				least_up = fmin(least_up, rest);
			else
				most_down = fmax(most_down, rest);
			assert_near(o.of[k].size, share, 1.0);
		}
	assert_true(least_up >= most_down);
	rp_owners_release(&o);
}

static void
what_is_refused(void **state)
{
	static const double below[] = { -3.0, 1.0 }, none[] = { 0.0, 0.0 };
	struct rp_dist d = { .kind = RP_DIST_EMPIRICAL, .n_points = 2,
	    .point = below };
	struct rp_population p = with_law(&d);
	struct rp_draws draws = { .key = { { 1, 2 } }, .trial = 3 };
	struct rp_owners o;
	struct rp_err err = { 0 };

	(void)state;
	p.owns.origin.line = 7;
	assert_int_equal(rp_owners_init(&o, &p, 10, 3, &err), RP_OK);
	assert_int_equal(rp_owners_set(&o, &p, &draws, &err), RP_ERANGE);
	assert_int_equal(err.line, 7);
	d.point = none;
	assert_int_equal(rp_owners_set(&o, &p, &draws, &err), RP_ERANGE);
	/* An infinite mean is no matter, an infinite quantile is. */
	d = (struct rp_dist){ .kind = RP_DIST_PARETO, .n_params = 2,
	    .param = { { .fixed = 1.0 }, { .fixed = 1e-4 } } };
	assert_int_equal(rp_owners_set(&o, &p, &draws, &err), RP_ERANGE);
	rp_owners_release(&o);
}

static void
out_of_memory(void **state)
{
	static const double one[] = { 1.0 };
	const struct rp_dist d = { .kind = RP_DIST_EMPIRICAL, .n_points = 1,
	    .point = one };
	const struct rp_population p = with_law(&d);
	struct rp_owners o;
	struct rp_err err = { 0 };
	size_t live = rp_alloc_live();

	(void)state;
	for (unsigned long k = 1; k <= 2; k++) {
		rp_alloc_fail_at(k);
		assert_int_equal(rp_owners_init(&o, &p, 9, 3, &err),
		    RP_ENOMEM);
		assert_int_equal(rp_alloc_live(), live);
	}
	rp_alloc_fail_at(0);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(equal_sizes),
		cmocka_unit_test(laws_by_hand),
		cmocka_unit_test(classes),
		cmocka_unit_test(any_law),
		cmocka_unit_test(close_to_its_share),
		cmocka_unit_test(what_is_refused),
		cmocka_unit_test(out_of_memory),
	};

	return !!cmocka_run_group_tests(tests, NULL, NULL);
}
