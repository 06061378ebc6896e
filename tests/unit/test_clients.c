/*
 * What ACME clients do when nobody says otherwise: the table, what follows
 * from it, mixes of clients, and the page that describes them.
 */
#include <math.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "bound.h"
#include "near.h"
#include "read/clients.h"

#define PAGE "planner/man/revplan-case.5"
#define DAY 86400.0
#define HOUR 3600.0

/* ---- the table ---------------------------------------------------------- */

static void
test_rows_are_sorted(void **state)
{
	const struct rp_client *c, *before = NULL;
	size_t i;
	int order;

	(void)state;
	for (i = 0; (c = rp_client_row(i)) != NULL; i++) {
		order = before == NULL ? -1 : strcmp(before->name, c->name);
		assert_true(order < 0 || (order == 0 &&
		    memcmp(before->since, c->since, sizeof(c->since)) != 0));
		/* The oldest row of a client holds from its beginning. */
		if (order < 0)
			assert_int_equal(c->since[0] + c->since[1] +
			    c->since[2], 0);
		else
			assert_true(c->since[0] > before->since[0] ||
			    c->since[1] > before->since[1] ||
			    c->since[2] > before->since[2]);
		assert_true(c->every_s >= 60);
		assert_true(strlen(c->source) > 5);
		before = c;
	}
	assert_true(i > 15);
	assert_null(rp_client_name(i));
}

static void
test_versions(void **state)
{
	(void)state;
	assert_false(rp_client_find("certbot-4.0")->ari);
	assert_true(rp_client_find("certbot-4.1")->ari);
	assert_true(rp_client_find("certbot-4.1.1")->ari);
	assert_true(rp_client_find("certbot-10.0")->ari);
	assert_true(rp_client_find("certbot")->ari);
	assert_false(rp_client_find("acme.sh-3.1.3")->ari);
	assert_true(rp_client_find("acme.sh-3.1.4")->ari);
	assert_false(rp_client_find("cert-manager-1.21")->ari);
	assert_null(rp_client_find("certbott"));
	assert_null(rp_client_find("certbot-x"));
	assert_null(rp_client_find("certbot-"));
	assert_null(rp_client_find(""));
}

/* ---- when they renew ---------------------------------------------------- */

static void
assert_renews(const char *client, double validity_d, double left_d)
{
	const struct rp_client *c = rp_client_find(client);

	assert_non_null(c);
	assert_near(rp_client_renews(c, validity_d * DAY), left_d * DAY,
	    1e-6);
}

static void
test_when_they_renew(void **state)
{
	(void)state;
	assert_renews("certbot-3.3", 90, 30);
	assert_renews("certbot-3.3", 398, 30);
	/* Half a life for those who live under ten days. */
	assert_renews("certbot-4.0", 90, 30);
	assert_renews("certbot-4.0", 200, 200.0 / 3);
	assert_renews("certbot-4.0", 6, 3);
	assert_renews("certbot-4.0", 10, 10.0 / 3);
	/* Sixty days after issuance, less one. */
	assert_renews("acme.sh-3.0", 90, 31);
	assert_renews("acme.sh-3.0", 398, 339);
	assert_renews("acme.sh-3.1.3", 90, 60);
	assert_renews("cert-manager", 90, 30);
	assert_renews("win-acme", 90, 35);
	assert_renews("win-acme", 47, 7);
	assert_renews("posh-acme", 90, 30);
	assert_renews("posh-acme", 45, 15);
	assert_renews("posh-acme", 398, 30);
	assert_renews("lego-4.25", 90, 30);
	assert_renews("lego-5.0", 47, 47.0 / 3);
	assert_renews("traefik", 90, 30);
	assert_renews("traefik", 47, 10);
	assert_renews("traefik", 398, 120);
	assert_renews("traefik", 5, 0.25);
}

/* A rule made for long lives does not reach beyond a short one. */
static void
test_renewal_is_within_the_life(void **state)
{
	const struct rp_client *c;
	double left, days;
	size_t i;

	(void)state;
	for (i = 0; (c = rp_client_row(i)) != NULL; i++)
		for (days = 0.5; days < 900; days *= 1.7) {
			left = rp_client_renews(c, days * DAY);
			assert_true(left >= 0 && left <= days * DAY);
			assert_true(rp_client_every(c, days * DAY) >= 60);
		}
	assert_renews("certbot-3.3", 6, 6);
	assert_renews("acme.sh-3.0", 47, 0);
}

/* ---- in a case ---------------------------------------------------------- */

#define HEAD "revplan: 1\nincident: {id: x, certificate: subscriber, reason: " \
	"not-per-requirements, aware: 2026-03-02}\npopulations:\n" \
	"  - name: a\n    certificates: 1000\n    validity: 47 d\n    path: "

static const struct rp_step_poll *
poll_of(const struct bound *b)
{
	assert_int_equal(b->status, RP_OK);
	return &b->cs->population[0].path.step[0].as.poll;
}

static void
test_a_profile_fills_what_is_not_said(void **state)
{
	struct bound b = bind_text(HEAD "[{poll: {client: certbot-4.0}}]",
	    ".");
	const struct rp_step_poll *poll = poll_of(&b);

	(void)state;
	assert_int_equal(poll->n_kinds, 0);
	assert_near(poll->every.fixed, 12 * HOUR, 0);
	assert_near(poll->share.fixed, 0, 0);
	assert_near(poll->renews.fixed, 47.0 / 3 * DAY, 1e-6);
	bound_release(&b);
	b = bind_text(HEAD "[{poll: {client: certbot-4.0, every: 6 h, "
	    "share: 40%, renews: 9 d}}]", ".");
	poll = poll_of(&b);
	assert_near(poll->every.fixed, 6 * HOUR, 0);
	assert_near(poll->share.fixed, 0.4, 1e-12);
	assert_near(poll->renews.fixed, 9 * DAY, 0);
	bound_release(&b);
}

static void
test_a_mix_has_each_its_own(void **state)
{
	struct bound b = bind_text(HEAD "[{poll: {client: {certbot-4.1: 60%, "
	    "acme.sh-3.1.3: {triangular: [30%, 40%, 50%]}}, failures: 2%}}]",
	    ".");
	const struct rp_step_poll *poll = poll_of(&b), *own;

	(void)state;
	assert_null(poll->client);
	assert_int_equal(poll->n_kinds, 2);
	assert_near(poll->kind[0].part.fixed, 0.6, 1e-12);
	own = &poll->kind[0].step->as.poll;
	assert_int_equal(poll->kind[0].step->kind, RP_STEP_POLL);
	assert_string_equal(poll->kind[0].step->what, "certbot-4.1");
	assert_string_equal(own->client, "certbot-4.1");
	assert_near(own->every.fixed, 12 * HOUR, 0);
	assert_near(own->share.fixed, 1, 0);
	assert_near(own->failures.fixed, 0.02, 1e-12);
	assert_non_null(poll->kind[1].part.dist);
	own = &poll->kind[1].step->as.poll;
	assert_near(own->every.fixed, DAY, 0);
	assert_near(own->share.fixed, 0, 0);
	assert_near(own->renews.fixed, 17 * DAY, 1e-6);
	assert_near(own->failures.fixed, 0.02, 1e-12);
	bound_release(&b);
}

static void
test_what_is_said_beside_a_mix_holds_for_all(void **state)
{
	struct bound b = bind_text(HEAD "[{poll: {client: {certbot-4.1: 60%, "
	    "acme.sh-3.0: 40%}, every: 3 h, share: {uniform: [50%, 60%]}, "
	    "renews: 5 d}}]", ".");
	const struct rp_step_poll *poll = poll_of(&b), *own;
	size_t i;

	(void)state;
	for (i = 0; i < 2; i++) {
		own = &poll->kind[i].step->as.poll;
		assert_near(own->every.fixed, 3 * HOUR, 0);
		assert_ptr_equal(own->share.dist, poll->share.dist);
		assert_near(own->renews.fixed, 5 * DAY, 0);
	}
	bound_release(&b);
}

/* A rollout's clients renew what its population has. */
static void
test_a_rollout_goes_by_its_population(void **state)
{
	static const char text[] = HEAD "[{wait: {time: 1 d}}]\n"
	    "  - {name: b, certificates: 5, path: [{wait: {time: 1 d}}]}\n"
	    "events:\n  - rollout: {on: 2026-04-01, path: [{poll: {client: "
	    "certbot-4.0}}], population: a}\n"
	    "  - rollout: {on: 2026-05-01, path: [{poll: {client: certbot-4.0,"
	    " renews: 4 d}}]}\n";
	struct bound b = bind_text(text, ".");
	const struct rp_event *e;

	(void)state;
	assert_int_equal(b.status, RP_OK);
	e = b.cs->event;
	assert_near(e[0].path.step[0].as.poll.renews.fixed, 47.0 / 3 * DAY,
	    1e-6);
	assert_near(e[1].path.step[0].as.poll.renews.fixed, 4 * DAY, 0);
	bound_release(&b);
}

/* ---- the page ----------------------------------------------------------- */

static void add(char *out, size_t size, const char *fmt, ...)
    RP_PRINTF(3, 4);

static void
add(char *out, size_t size, const char *fmt, ...)
{
	size_t len = strlen(out);
	va_list ap;

	va_start(ap, fmt);
	(void)vsnprintf(out + len, size - len, fmt, ap);
	va_end(ap);
	assert_true(strlen(out) < size - 1);
}

static void
add_span(char *out, size_t size, double s)
{
	if (fmod(s, DAY) == 0)
		add(out, size, "%.0f d", s / DAY);
	else if (fmod(s, HOUR) == 0)
		add(out, size, "%.0f h", s / HOUR);
	else
		add(out, size, "%.0f min", s / 60);
}

static void
add_head(char *out, size_t size, size_t i)
{
	const struct rp_client *c = rp_client_row(i);
	const struct rp_client *next = rp_client_row(i + 1);
	bool more = next != NULL && strcmp(next->name, c->name) == 0;
	bool first = c->since[0] + c->since[1] + c->since[2] == 0;
	const unsigned *v = first && more ? next->since : c->since;

	add(out, size, ".It Cm %s", c->name);
	if (!first || more)
		add(out, size, " No %s %u.%u.%u", first ? "before" : "from",
		    v[0], v[1], v[2]);
	add(out, size, " ");
}

static void
add_rule(char *out, size_t size, const struct rp_client *c)
{
	switch (c->rule) {
	case RP_RENEWS_LEFT:
		add_span(out, size, (double)c->left_s);
		add(out, size, " before expiry");
		break;
	case RP_RENEWS_PART:
		add(out, size, "with 1/%.0f of its life left", 1 / c->part);
		if (c->short_part > 0)
			add(out, size, ", 1/%.0f of one under 10 d",
			    1 / c->short_part);
		break;
	case RP_RENEWS_LEAST:
		add_span(out, size, (double)c->left_s);
		add(out, size, " before expiry, or with 1/%.0f of its life "
		    "left if that is later", 1 / c->part);
		break;
	case RP_RENEWS_AGE:
		add_span(out, size, (double)c->age_s);
		add(out, size, " after issuance");
		break;
	case RP_RENEWS_AGE_OR_LEFT:
		add_span(out, size, (double)c->age_s);
		add(out, size, " after issuance, or ");
		add_span(out, size, (double)c->left_s);
		add(out, size, " before expiry if that is sooner");
		break;
	case RP_RENEWS_TABLE:
		add(out, size, "by how long a certificate is valid, see "
		    "below");
		break;
	}
}

static void
describe(char *out, size_t size, size_t i)
{
	const struct rp_client *c = rp_client_row(i);

	out[0] = '\0';
	add_head(out, size, i);
	if (c->rule != RP_RENEWS_TABLE) {
		add(out, size, "Looks every ");
		add_span(out, size, (double)c->every_s);
		add(out, size, " and renews ");
	} else {
		add(out, size, "Looks and renews ");
	}
	add_rule(out, size, c);
	add(out, size, c->ari ? "; asks for renewal information. " : ". ");
	add(out, size, "From %s.", c->source);
}

/* White space of any kind is one space. */
static char *
read_page(void)
{
	char *page = read_whole_file(PAGE), *to = page, *from;

	assert_non_null(page);
	for (from = page; *from != '\0'; from++) {
		if (*from != '\n' && *from != ' ')
			*to++ = *from;
		else if (to == page || to[-1] != ' ')
			*to++ = ' ';
	}
	*to = '\0';
	return page;
}

static void
test_the_page_has_every_client(void **state)
{
	char *page = read_page(), text[600];
	int bad = 0;
	size_t i;

	(void)state;
	for (i = 0; rp_client_row(i) != NULL; i++) {
		describe(text, sizeof(text), i);
		if (strstr(page, text) == NULL) {
			print_error("not in " PAGE ": %s\n", text);
			bad++;
		}
	}
	free(page);
	assert_int_equal(bad, 0);
}

static void
test_the_page_has_the_lengths_of_life(void **state)
{
	static const double from_d[] = { 365, 90, 30, 6, 1, 0 };
	const struct rp_client *c = rp_client_find("traefik");
	char *page = read_page(), text[200];
	int bad = 0;
	size_t i;

	(void)state;
	for (i = 0; i < sizeof(from_d) / sizeof(from_d[0]); i++) {
		double validity_s = fmax(from_d[i], 0.5) * DAY;

		text[0] = '\0';
		add(text, sizeof(text), ".It from %.0f d Looks every ",
		    from_d[i]);
		add_span(text, sizeof(text), rp_client_every(c, validity_s));
		add(text, sizeof(text), " and renews ");
		add_span(text, sizeof(text), rp_client_renews(c, validity_s));
		add(text, sizeof(text), " before expiry.");
		if (strstr(page, text) == NULL) {
			print_error("not in " PAGE ": %s\n", text);
			bad++;
		}
	}
	free(page);
	assert_int_equal(bad, 0);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_rows_are_sorted),
		cmocka_unit_test(test_versions),
		cmocka_unit_test(test_when_they_renew),
		cmocka_unit_test(test_renewal_is_within_the_life),
		cmocka_unit_test(test_a_profile_fills_what_is_not_said),
		cmocka_unit_test(test_a_mix_has_each_its_own),
		cmocka_unit_test(
		    test_what_is_said_beside_a_mix_holds_for_all),
		cmocka_unit_test(test_a_rollout_goes_by_its_population),
		cmocka_unit_test(test_the_page_has_every_client),
		cmocka_unit_test(test_the_page_has_the_lengths_of_life),
	};

	return !!cmocka_run_group_tests(tests, NULL, NULL);
}
