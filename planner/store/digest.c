/*
 * store/digest.c - SHA-256 by libcrypto.
 */
#include "store/digest.h"

#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <openssl/evp.h>

struct rp_digest {
	EVP_MD_CTX *ctx;
	bool failed;
};

struct rp_digest *
rp_digest_new(void)
{
	struct rp_digest *d = calloc(1, sizeof(*d));

	if (d == NULL)
		return NULL;
	d->ctx = EVP_MD_CTX_new();
	if (d->ctx == NULL ||
	    EVP_DigestInit_ex(d->ctx, EVP_sha256(), NULL) != 1) {
		rp_digest_free(d);
		return NULL;
	}
	return d;
}

void
rp_digest_free(struct rp_digest *d)
{
	if (d == NULL)
		return;
	EVP_MD_CTX_free(d->ctx);
	free(d);
}

void
rp_digest_add(struct rp_digest *d, const void *bytes, size_t len)
{
	if (EVP_DigestUpdate(d->ctx, bytes, len) != 1)
		d->failed = true;
}

static void
add_length(struct rp_digest *d, uint64_t len)
{
	uint8_t byte[8];

	for (int i = 0; i < 8; i++)
		byte[i] = (uint8_t)(len >> (56 - 8 * i));
	rp_digest_add(d, byte, sizeof(byte));
}

void
rp_digest_text(struct rp_digest *d, const char *text)
{
	if (text == NULL) {
		add_length(d, UINT64_MAX);
		return;
	}
	add_length(d, strlen(text));
	rp_digest_add(d, text, strlen(text));
}

void
rp_digest_number(struct rp_digest *d, bool has, int64_t n)
{
	char text[24];

	(void)snprintf(text, sizeof(text), "%" PRId64, n);
	rp_digest_text(d, has ? text : NULL);
}

rp_status
rp_digest_end(struct rp_digest *d, struct rp_sha256 *out, struct rp_err *err)
{
	unsigned len = 0;

	if (d->failed || EVP_DigestFinal_ex(d->ctx, out->byte, &len) != 1 ||
	    len != RP_SHA256_BYTES)
		return rp_fail(err, RP_ENOMEM, "SHA-256 failed");
	return RP_OK;
}

rp_status
rp_sha256_of(const void *bytes, size_t len, struct rp_sha256 *out,
    struct rp_err *err)
{
	struct rp_digest *d = rp_digest_new();
	rp_status rc;

	if (d == NULL)
		return rp_fail(err, RP_ENOMEM, "SHA-256 failed");
	rp_digest_add(d, bytes, len);
	rc = rp_digest_end(d, out, err);
	rp_digest_free(d);
	return rc;
}

const char *
rp_sha256_hex(const struct rp_sha256 *s, char buf[RP_SHA256_HEX])
{
	static const char digits[] = "0123456789abcdef";

	for (int i = 0; i < RP_SHA256_BYTES; i++) {
		buf[2 * i] = digits[s->byte[i] >> 4];
		buf[2 * i + 1] = digits[s->byte[i] & 15];
	}
	buf[RP_SHA256_HEX - 1] = '\0';
	return buf;
}
