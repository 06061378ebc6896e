/*
 * planner/store/digest.h - SHA-256, of bytes and of fields.
 */
#ifndef RP_STORE_DIGEST_H
#define RP_STORE_DIGEST_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "revplan/err.h"

#define RP_SHA256_BYTES 32
#define RP_SHA256_HEX (2 * RP_SHA256_BYTES + 1)

struct rp_sha256 {
	uint8_t byte[RP_SHA256_BYTES];
};

/* Opaque.  Adding is sticky: rp_digest_end() tells whether all of it went. */
struct rp_digest;

/* NULL: no memory, or no SHA-256 in this libcrypto. */
struct rp_digest *rp_digest_new(void);
void rp_digest_free(struct rp_digest *d);	/* accepts NULL */

void rp_digest_add(struct rp_digest *d, const void *bytes, size_t len);

/*
 * A field is 8 bytes of length, the largest first, and its bytes, so that
 * "ab","c" and "a","bc" differ; a field without a value (NULL) is the length
 * 2^64 - 1 and nothing.  Numbers are fields of decimal digits.
 */
void rp_digest_text(struct rp_digest *d, const char *text);
void rp_digest_number(struct rp_digest *d, bool has, int64_t n);

/* The digest of all that was added; d is not to be added to again. */
RP_CHECKED rp_status rp_digest_end(struct rp_digest *d,
    struct rp_sha256 *out, struct rp_err *err);

/* The digest of some bytes. */
RP_CHECKED rp_status rp_sha256_of(const void *bytes, size_t len,
    struct rp_sha256 *out, struct rp_err *err);

/* 64 hexadecimal digits.  Returns buf. */
const char *rp_sha256_hex(const struct rp_sha256 *s, char buf[RP_SHA256_HEX]);

#endif /* RP_STORE_DIGEST_H */
