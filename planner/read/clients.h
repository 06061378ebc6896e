/*
 * planner/read/clients.h - ACME clients by name and version.
 */
#ifndef RP_READ_CLIENTS_H
#define RP_READ_CLIENTS_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

/* When a client renews by itself. */
enum rp_renews {
	RP_RENEWS_LEFT,		/* so long before expiry */
	RP_RENEWS_PART,		/* so much of its life before expiry */
	RP_RENEWS_LEAST,	/* the later of these two */
	RP_RENEWS_AGE,		/* so long after issuance */
	RP_RENEWS_AGE_OR_LEFT,	/* so long after it, or before expiry */
	RP_RENEWS_TABLE		/* by how long a certificate is valid */
};

/* What an ACME client does when nobody says otherwise. */
struct rp_client {
	const char *name;
	unsigned since[3];	/* the first version of which this is true */
	int64_t every_s;	/* how often it looks */
	bool ari;		/* asks for renewal information by default */
	enum rp_renews rule;
	double part;		/* of life */
	double short_part;	/* of a life under 10 d; 0: no other */
	int64_t left_s;
	int64_t age_s;
	const char *source;
};

/* From issuance to expiry, where the case does not say. */
#define RP_VALIDITY_S (90.0 * 86400)

/*
 * Of certificates that are valid so long: how often it looks, and how long
 * before their expiry it renews.
 */
double rp_client_every(const struct rp_client *c, double validity_s);
double rp_client_renews(const struct rp_client *c, double validity_s);

/* The row of "certbot-4.1"; NULL when there is none. */
const struct rp_client *rp_client_find(const char *text);
/* The rows, and their names for proposals; NULL past the last. */
const struct rp_client *rp_client_row(size_t i);
const char *rp_client_name(size_t i);

#endif /* RP_READ_CLIENTS_H */
