/*
 * planner/read/clients.c - what ACME clients do when nobody says otherwise.
 *
 * From the release notes and sources of the clients up to summer 2026.  What
 * counts is how often a client wakes up to look, and whether it then asks for
 * renewal information (RFC 9773) without being told to.  Clients without a
 * timer of their own are taken to run once a day.
 */
#include "read/binder.h"

#include <string.h>

#define DAY 86400
#define HALF_DAY 43200

#define VERSION 3
#define NEWEST 100000

/* By name, then by version, ascending; a test proves it. */
static const struct rp_client clients[] = {
	/* Asked for by users, not by default, before 3.1.4. */
	{ "acme.sh", { 0, 0, 0 }, DAY, false },
	{ "acme.sh", { 3, 1, 4 }, DAY, true },
	{ "caddy", { 0, 0, 0 }, 600, false },
	{ "caddy", { 2, 8, 0 }, 600, true },
	/* Its feature gate is off by default; it goes by age alone. */
	{ "cert-manager", { 0, 0, 0 }, DAY, false },
	/* A timer twice a day; renewal information since June 2025. */
	{ "certbot", { 0, 0, 0 }, HALF_DAY, false },
	{ "certbot", { 4, 1, 0 }, HALF_DAY, true },
	{ "lego", { 0, 0, 0 }, DAY, false },
	{ "lego", { 4, 20, 0 }, DAY, true },
	{ "posh-acme", { 0, 0, 0 }, HALF_DAY, false },
	{ "posh-acme", { 4, 24, 0 }, HALF_DAY, true },
	{ "simple-acme", { 0, 0, 0 }, DAY, true },
	{ "traefik", { 0, 0, 0 }, DAY, false },
	{ "win-acme", { 0, 0, 0 }, DAY, false },
	{ "win-acme", { 2, 2, 3 }, DAY, true },
};

#define N_CLIENTS (sizeof(clients) / sizeof(clients[0]))

const char *
rp_client_name(size_t i)
{
	return i < N_CLIENTS ? clients[i].name : NULL;
}

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
