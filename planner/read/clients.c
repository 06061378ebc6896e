/*
 * planner/read/clients.c - what ACME clients do when nobody says otherwise.
 *
 * From the release notes and sources of the clients up to summer 2026.  What
 * counts is how often a client wakes up to look, whether it then asks for
 * renewal information (RFC 9773) without being told to, and when it renews
 * by itself.  Clients without a timer of their own are taken to run as often
 * as their documents advise, or once a day.
 */
#include "read/clients.h"

#include <string.h>

#define HOUR 3600
#define DAY 86400
#define THIRD (1.0 / 3)
#define HALF 0.5

/* Certificates that live shorter than this have rules of their own. */
#define SHORT_LIVED_S (10.0 * DAY)

#define VERSION 3
#define NEWEST 100000

/*
 * By name, then by version, ascending; a test proves it, and another one that
 * the manual page of the format says the same.
 */
static const struct rp_client clients[] = {
	{ "acme.sh", { 0, 0, 0 }, DAY, false, RP_RENEWS_AGE,
	    .age_s = 59 * DAY,
	    .source = "its source before 3.1.3: 60 d after issuance, less "
	    "one" },
	{ "acme.sh", { 3, 1, 3 }, DAY, false, RP_RENEWS_AGE,
	    .age_s = 30 * DAY, .source = "release notes 3.1.3, April 2026" },
	{ "acme.sh", { 3, 1, 4 }, 6 * HOUR, true, RP_RENEWS_AGE,
	    .age_s = 30 * DAY, .source = "release notes 3.1.4, 2026" },
	{ "caddy", { 0, 0, 0 }, 10 * 60, false, RP_RENEWS_PART, .part = THIRD,
	    .source = "the source of certmagic, on which it rests" },
	{ "caddy", { 2, 8, 0 }, 10 * 60, true, RP_RENEWS_PART, .part = THIRD,
	    .source = "release notes 2.8.0, May 2024" },
	/* It wakes up when one is due, so nothing is lost by looking often. */
	{ "cert-manager", { 0, 0, 0 }, HOUR, false, RP_RENEWS_PART,
	    .part = THIRD,
	    .source = "documents of cert-manager; the interval is assumed" },
	{ "cert-manager", { 1, 21, 0 }, 6 * HOUR, false, RP_RENEWS_PART,
	    .part = THIRD, .source = "release notes 1.21.0, July 2026: asks "
	    "only where the gate ACMEUseARI is on" },
	{ "certbot", { 0, 0, 0 }, 12 * HOUR, false, RP_RENEWS_LEFT,
	    .left_s = 30 * DAY, .source = "its documents before 4.0.0" },
	{ "certbot", { 4, 0, 0 }, 12 * HOUR, false, RP_RENEWS_PART,
	    .part = THIRD, .short_part = HALF,
	    .source = "release notes 4.0.0, April 2025" },
	{ "certbot", { 4, 1, 0 }, 12 * HOUR, true, RP_RENEWS_PART,
	    .part = THIRD, .short_part = HALF,
	    .source = "release notes 4.1.0, June 2025" },
	{ "lego", { 0, 0, 0 }, DAY, false, RP_RENEWS_LEFT,
	    .left_s = 30 * DAY,
	    .source = "its documents; the interval is its user's, assumed" },
	{ "lego", { 4, 20, 0 }, DAY, true, RP_RENEWS_LEFT,
	    .left_s = 30 * DAY, .source = "release notes 4.20, November 2024; "
	    "the interval is its user's, assumed" },
	{ "lego", { 5, 0, 0 }, DAY, true, RP_RENEWS_PART, .part = THIRD,
	    .short_part = HALF, .source = "release notes 5.0.0, May 2026; the "
	    "interval is its user's, assumed" },
	{ "posh-acme", { 0, 0, 0 }, 12 * HOUR, false, RP_RENEWS_LEAST,
	    .left_s = 30 * DAY, .part = THIRD,
	    .source = "its documents, which advise the interval" },
	{ "posh-acme", { 4, 24, 0 }, 12 * HOUR, true, RP_RENEWS_LEAST,
	    .left_s = 30 * DAY, .part = THIRD,
	    .source = "release notes 4.24.0, June 2024" },
	{ "simple-acme", { 0, 0, 0 }, DAY, true, RP_RENEWS_AGE_OR_LEFT,
	    .age_s = 55 * DAY, .left_s = 7 * DAY,
	    .source = "its source, 2.3 and 2.4; earlier ones are unverified" },
	{ "traefik", { 0, 0, 0 }, DAY, false, RP_RENEWS_TABLE,
	    .source = "its source, 3.7, July 2026; what it does later is "
	    "unverified" },
	{ "win-acme", { 0, 0, 0 }, DAY, false, RP_RENEWS_AGE_OR_LEFT,
	    .age_s = 55 * DAY, .left_s = 7 * DAY,
	    .source = "its source, 2.2.9; earlier ones are unverified" },
	{ "win-acme", { 2, 2, 3 }, DAY, true, RP_RENEWS_AGE_OR_LEFT,
	    .age_s = 55 * DAY, .left_s = 7 * DAY,
	    .source = "release notes 2.2.3, April 2023: an early draft" },
};

#define N_CLIENTS (sizeof(clients) / sizeof(clients[0]))

const struct rp_client *
rp_client_row(size_t i)
{
	return i < N_CLIENTS ? &clients[i] : NULL;
}

const char *
rp_client_name(size_t i)
{
	return i < N_CLIENTS ? clients[i].name : NULL;
}

/* ---- when it renews ----------------------------------------------------- */

/*
 * Traefik has one interval and one rest of life for each length of life, from
 * that length on.
 */
static const struct {
	double validity_s;
	double left_s;
	double every_s;
} traefik[] = {
	{ 365.0 * DAY, 120.0 * DAY, 7.0 * DAY },
	{ 90.0 * DAY, 30.0 * DAY, 1.0 * DAY },
	{ 30.0 * DAY, 10.0 * DAY, 12.0 * HOUR },
	{ 6.0 * DAY, 2.0 * DAY, 2.0 * HOUR },
	{ 1.0 * DAY, 6.0 * HOUR, 600.0 },
	{ 0.0, 1200.0, 60.0 },
};

static size_t
traefik_row(double validity_s)
{
	size_t i = 0;

	while (validity_s < traefik[i].validity_s)
		i++;
	return i;
}

double
rp_client_every(const struct rp_client *c, double validity_s)
{
	if (c->rule == RP_RENEWS_TABLE)
		return traefik[traefik_row(validity_s)].every_s;
	return (double)c->every_s;
}

static double
part_left(const struct rp_client *c, double validity_s)
{
	if (c->short_part > 0 && validity_s < SHORT_LIVED_S)
		return c->short_part * validity_s;
	return c->part * validity_s;
}

static double
smaller(double a, double b)
{
	return a < b ? a : b;
}

/* What the rule says; it may be more than a whole life, or less than none. */
static double
rule_left(const struct rp_client *c, double validity_s)
{
	double left_s = (double)c->left_s, age_s = (double)c->age_s;

	switch (c->rule) {
	case RP_RENEWS_LEFT:
		return left_s;
	case RP_RENEWS_PART:
		return part_left(c, validity_s);
	case RP_RENEWS_LEAST:
		return smaller(left_s, part_left(c, validity_s));
	case RP_RENEWS_AGE:
		return validity_s - age_s;
	case RP_RENEWS_AGE_OR_LEFT:
		return validity_s - age_s > left_s ? validity_s - age_s :
		    left_s;
	case RP_RENEWS_TABLE:
		return traefik[traefik_row(validity_s)].left_s;
	}
	return left_s;
}

double
rp_client_renews(const struct rp_client *c, double validity_s)
{
	double left_s = smaller(rule_left(c, validity_s), validity_s);

	return left_s > 0 ? left_s : 0;
}

/* ---- which one ---------------------------------------------------------- */

/* The first three numbers of a version; what follows them does not matter. */
static bool
read_version(const char *text, unsigned version[VERSION])
{
	unsigned part;

	memset(version, 0, VERSION * sizeof(*version));
	for (part = 0; part < VERSION; part++) {
		if (*text < '0' || *text > '9')
			return false;
		for (; *text >= '0' && *text <= '9'; text++) {
			if (version[part] < NEWEST)
				version[part] = version[part] * 10 +
				    (unsigned)(*text - '0');
		}
		if (*text != '.')
			return *text == '\0';
		text++;
	}
	return true;
}

static bool
is_since(const struct rp_client *c, const unsigned version[VERSION])
{
	unsigned part;

	for (part = 0; part < VERSION; part++) {
		if (c->since[part] != version[part])
			return c->since[part] < version[part];
	}
	return true;
}

const struct rp_client *
rp_client_find(const char *text)
{
	const struct rp_client *best = NULL;
	unsigned version[VERSION] = { NEWEST, 0, 0 };
	size_t i, len;

	for (i = 0; i < N_CLIENTS; i++) {
		len = strlen(clients[i].name);
		if (strncmp(text, clients[i].name, len) != 0)
			continue;
		if (text[len] == '-' && !read_version(text + len + 1, version))
			continue;
		/* Without a version, the newest is meant. */
		if ((text[len] == '\0' || text[len] == '-') &&
		    is_since(&clients[i], version))
			best = &clients[i];
	}
	return best;
}
