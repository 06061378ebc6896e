/*
 * Values that are inputs of the trials: their names, what may share one, and
 * which correlations can hold together; owners and renewal as they are read.
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <string.h>

#include <cmocka.h>

#include "bound.h"
#include "near.h"

#define HEAD "revplan: 1\nincident: {id: x, certificate: subscriber, reason: " \
	"not-per-requirements, aware: 2026-03-02T09:15Z}\n"
#define POPULATION "populations:\n  - name: a\n    certificates: 1000\n"

/* A case of one population with such lines. */
static struct bound
bind_lines(const char *before, const char *lines)
{
	char text[4000];

	(void)snprintf(text, sizeof(text), HEAD "%s" POPULATION "%s", before,
	    lines);
	return bind_text(text, ".");
}

static void
print_faults(const struct bound *b)
{
	size_t i;

	for (i = 0; i < b->faults.n; i++)
		print_error("%u:%u: %s\n", (unsigned)b->faults.fault[i].line,
		    (unsigned)b->faults.fault[i].col, b->faults.fault[i].text);
}

static void
assert_valid(const struct bound *b)
{
	if (b->status != RP_OK)
		print_faults(b);
	assert_int_equal(b->status, RP_OK);
}

/* ---- names -------------------------------------------------------------- */

static void
test_both_forms_name_an_input(void **state)
{
	struct bound b = bind_lines("", "    path: [{team: {rate: {input: pace"
	    ", basis: assumed, source: desk, uniform: [1/h, 2/h]}, variation: "
	    "{value: {beta: [2, 8]}, input: noise}}}]\n");
	const struct rp_step_team *team;

	(void)state;
	assert_valid(&b);
	team = &b.cs->population[0].path.step[0].as.team;
	assert_string_equal(team->rate.amount.input, "pace");
	assert_int_equal(team->rate.amount.dist->kind, RP_DIST_UNIFORM);
	assert_near(team->rate.amount.dist->param[1].fixed, 2, 0);
	assert_int_equal(team->rate.amount.origin.basis, RP_BASIS_ASSUMED);
	assert_string_equal(team->rate.amount.origin.source, "desk");
	assert_string_equal(team->variation.input, "noise");
	assert_int_equal(team->variation.dist->kind, RP_DIST_BETA);
	assert_null(team->ramp_from.input);
	bound_release(&b);
}

static void
test_parameters_may_be_inputs(void **state)
{
	struct bound b = bind_lines("", "    path: [{wait: {time: {lognormal: "
	    "{median: {input: median, uniform: [5 d, 9 d]}, sigma: 1}}}}]\n");
	const struct rp_quantity *time;

	(void)state;
	assert_valid(&b);
	time = &b.cs->population[0].path.step[0].as.wait.time;
	assert_null(time->input);
	assert_string_equal(time->dist->param[0].input, "median");
	bound_release(&b);
}

/* Numbers are compared as they are meant, not as they are written. */
static void
test_one_name_takes_one_distribution(void **state)
{
	static const char *const same =
	    "    path:\n"
	    "      - wait: {time: 1 d, never: {input: n, uniform: [1%, 2%]}}\n"
	    "      - wait: {time: 1 d, never: {input: n, uniform: {high: 2.0%,"
	    " low: 1%}}}\n"
	    "      - team: {rate: 1/h, ramp: {from: {input: w, one-of: {10%: 1,"
	    " 20%: 3}}, over: 5 working-days}}\n"
	    "      - wait: {time: 1 d, never: {input: w, one-of: {10%: 25%, "
	    "20%: 75%}}}\n";
	struct bound b = bind_lines("", same);

	(void)state;
	assert_valid(&b);
	bound_release(&b);
}

static void
test_other_distributions_are_told_apart(void **state)
{
	static const char *const others[] = {
		"{input: n, uniform: [1%, 3%]}",
		"{input: n, triangular: [1%, 1.5%, 2%]}",
		"{input: n, uniform: [1%, {uniform: [2%, 3%]}]}",
		"{input: n, one-of: [1%, 2%]}",
	};
	char lines[600];
	struct bound b;
	size_t i;

	(void)state;
	for (i = 0; i < sizeof(others) / sizeof(others[0]); i++) {
		(void)snprintf(lines, sizeof(lines), "    path:\n"
		    "      - wait: {time: 1 d, never: {input: n, uniform: "
		    "[1%%, 2%%]}}\n      - wait: {time: 1 d, never: %s}\n",
		    others[i]);
		b = bind_lines("", lines);
		assert_int_equal(b.status, RP_EINPUT);
		assert_int_equal(b.faults.n, 1);
		assert_non_null(strstr(b.faults.fault[0].text,
		    "another distribution on line 7"));
		bound_release(&b);
	}
}

/* ---- correlations ------------------------------------------------------- */

#define INPUT(name) "      - wait: {time: 1 d, never: {input: " name \
	", uniform: [1%, 2%]}}\n"
#define INPUTS "    path:\n" INPUT("a") INPUT("b") INPUT("c") INPUT("d")

static struct bound
bind_correlations(const char *list)
{
	char before[1000];

	(void)snprintf(before, sizeof(before), "simulation: {design: random, "
	    "correlations: [%s]}\n", list);
	return bind_lines(before, INPUTS);
}

static void
test_correlations_are_kept(void **state)
{
	struct bound b = bind_correlations("{between: [c, a], rank: -0.5}, "
	    "{between: [b, d], rank: 0.9}");
	const struct rp_simulation_spec *sim;

	(void)state;
	assert_valid(&b);
	sim = &b.cs->simulation;
	assert_int_equal(sim->design, RP_DESIGN_RANDOM);
	assert_int_equal(sim->n_correlations, 2);
	assert_string_equal(sim->correlation[0].between[0], "c");
	assert_string_equal(sim->correlation[0].between[1], "a");
	assert_near(sim->correlation[0].rank, -0.5, 0);
	assert_int_equal(sim->correlation[1].origin.line, 3);
	bound_release(&b);
	b = bind_lines("", INPUTS);
	assert_valid(&b);
	assert_int_equal(b.cs->simulation.design, RP_DESIGN_QUASI_RANDOM);
	assert_int_equal(b.cs->simulation.n_correlations, 0);
	bound_release(&b);
}

/*
 * Three inputs with one rank r between each two: the matrix of the scores,
 * with x = 2 sin(pi r / 6), is possible while x > -1/2, that is for r above
 * -(6 / pi) asin(1/4) = -0.48258...
 */
static void
test_only_what_can_hold_together_is_taken(void **state)
{
	static const struct {
		const char *rank;
		rp_status status;
	} tries[] = {
		{ "0.99", RP_OK }, { "-0.48", RP_OK }, { "-0.4825", RP_OK },
		{ "-0.4827", RP_EINPUT }, { "-0.6", RP_EINPUT },
	};
	char list[300];
	struct bound b;
	size_t i;

	(void)state;
	for (i = 0; i < sizeof(tries) / sizeof(tries[0]); i++) {
		(void)snprintf(list, sizeof(list), "{between: [a, b], rank: "
		    "%s}, {between: [b, c], rank: %s}, {between: [c, a], "
		    "rank: %s}", tries[i].rank, tries[i].rank, tries[i].rank);
		b = bind_correlations(list);
		if (b.status != tries[i].status)
			print_error("rank %s\n", tries[i].rank);
		assert_int_equal(b.status, tries[i].status);
		bound_release(&b);
	}
}

/* ---- owners and renewal ------------------------------------------------- */

static void
test_owners(void **state)
{
	struct bound b = bind_lines("", "    owns: [{name: giant, subscribers:"
	    " 1, certificates: 400}, {subscribers: 99}]\n"
	    "    path: [{wait: {time: 1 d}}]\n");
	const struct rp_population *p;

	(void)state;
	assert_valid(&b);
	p = b.cs->population;
	assert_int_equal(p->owns.kind, RP_OWNS_CLASSES);
	assert_int_equal(p->owns.n_classes, 2);
	assert_string_equal(p->owns.owners[0].name, "giant");
	assert_null(p->owns.owners[1].name);
	/* The rest, and nobody said how many there are of all. */
	assert_int_equal(rp_count_n(p->owns.owners[1].certificates), 600);
	assert_int_equal(rp_count_n(p->subscribers), 100);
	bound_release(&b);
	b = bind_lines("", "    subscribers: 10\n    owns: {pareto: {least: 1,"
	    " shape: 1.2}}\n    path: [{wait: {time: 1 d}}]\n");
	assert_valid(&b);
	p = b.cs->population;
	assert_int_equal(p->owns.kind, RP_OWNS_LAW);
	assert_int_equal(p->owns.size.dist->kind, RP_DIST_PARETO);
	assert_near(p->owns.size.dist->param[1].fixed, 1.2, 0);
	bound_release(&b);
	b = bind_lines("", "    path: [{wait: {time: 1 d}}]\n");
	assert_valid(&b);
	assert_int_equal(b.cs->population[0].owns.kind, RP_OWNS_EQUAL);
	bound_release(&b);
}

static void
test_renewal_and_validity(void **state)
{
	struct bound b = bind_lines("", "    expiry: {uniform: [2026-03-01, "
	    "2026-05-01]}\n    renewal: {before: 30 d}\n"
	    "    path: [{wait: {time: 1 d}}]\n");
	const struct rp_population *p;

	(void)state;
	assert_valid(&b);
	p = b.cs->population;
	assert_true(p->has_renewal);
	assert_near(p->renewal.before.fixed, 30 * 86400.0, 0);
	assert_near(p->renewal.share.fixed, 1, 0);
	assert_near(p->validity_s, 90 * 86400.0, 0);
	bound_release(&b);
	b = bind_lines("", "    validity: 47 d\n    path: [{branch: {validated"
	    ": {uniform: [2025-03-01, 2026-03-01]}, reissues: true, path: "
	    "[{wait: {time: 1 d}}]}}]\n");
	assert_valid(&b);
	p = b.cs->population;
	assert_false(p->has_renewal);
	assert_near(p->validity_s, 47 * 86400.0, 0);
	assert_true(p->path.step[0].reissues);
	assert_true(p->path.step[0].as.branch.by_validation);
	assert_int_equal(p->path.step[0].as.branch.validated.dist->kind,
	    RP_DIST_UNIFORM);
	assert_false(p->path.step[0].as.branch.path.step[0].reissues);
	bound_release(&b);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_both_forms_name_an_input),
		cmocka_unit_test(test_parameters_may_be_inputs),
		cmocka_unit_test(test_one_name_takes_one_distribution),
		cmocka_unit_test(test_other_distributions_are_told_apart),
		cmocka_unit_test(test_correlations_are_kept),
		cmocka_unit_test(test_only_what_can_hold_together_is_taken),
		cmocka_unit_test(test_owners),
		cmocka_unit_test(test_renewal_and_validity),
	};

	return !!cmocka_run_group_tests(tests, NULL, NULL);
}
