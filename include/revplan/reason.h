/*
 * revplan/reason.h - why certificates must be revoked.
 *
 * Stage 0.  Reads: nothing.  Read by: case.h, rules.h.
 *
 * The keys are the words of a case file.  Which item of BR 4.9.1.1 or 4.9.1.2
 * a key stands for, its tier and its CRL reason depend on the edition in force
 * and are in models/rules.
 */
#ifndef RP_REASON_H
#define RP_REASON_H

#include <stdbool.h>

/* Enum, key, plain words. */
#define RP_REASON_LIST(X)						\
	X(RP_REASON_SUBSCRIBER_REQUEST, "subscriber-request",		\
	    "the subscriber asked for it")				\
	X(RP_REASON_UNAUTHORISED_REQUEST, "unauthorised-request",	\
	    "the original request was not authorised")			\
	X(RP_REASON_KEY_COMPROMISE, "key-compromise",			\
	    "the private key is compromised")				\
	X(RP_REASON_WEAK_KEY, "weak-key",				\
	    "the private key is easily computed from the public key")	\
	X(RP_REASON_VALIDATION_UNRELIABLE, "validation-unreliable",	\
	    "domain or address validation cannot be relied upon")	\
	X(RP_REASON_BAD_KEY_PARAMETERS, "bad-key-parameters",		\
	    "key size or parameters break 6.1.5 or 6.1.6")		\
	X(RP_REASON_MISUSE, "misuse", "the certificate was misused")	\
	X(RP_REASON_AGREEMENT_BREACH, "agreement-breach",		\
	    "the subscriber broke its agreement")			\
	X(RP_REASON_NAME_NOT_PERMITTED, "name-not-permitted",		\
	    "the use of a name or address is no longer permitted")	\
	X(RP_REASON_WILDCARD_MISLEADING, "wildcard-misleading",		\
	    "a wildcard was used for a misleading name")		\
	X(RP_REASON_MATERIAL_CHANGE, "material-change",			\
	    "certified information changed materially")			\
	X(RP_REASON_NOT_PER_REQUIREMENTS, "not-per-requirements",	\
	    "not issued in accordance with the requirements")		\
	X(RP_REASON_INACCURATE_INFORMATION, "inaccurate-information",	\
	    "information in the certificate is inaccurate")		\
	X(RP_REASON_ISSUING_RIGHT_ENDED, "issuing-right-ended",		\
	    "the right to issue ended")					\
	X(RP_REASON_POLICY_REQUIRES, "policy-requires",			\
	    "the CP or CPS requires it")				\
	X(RP_REASON_KEY_EXPOSING_METHOD, "key-exposing-method",		\
	    "a proven method exposes the key")				\
	X(RP_REASON_OPERATIONS_CEASED, "operations-ceased",		\
	    "the CA ceases operations")					\
	X(RP_REASON_SUBORDINATE_KEY_COMPROMISE,				\
	    "subordinate-key-compromise",				\
	    "the key of the subordinate CA may be compromised")		\
	X(RP_REASON_UNACCEPTABLE_CONTENT, "unacceptable-content",	\
	    "content or format is an unacceptable risk")

#define RP_REASON_ENUM(name, key, text) name,
enum rp_reason { RP_REASON_LIST(RP_REASON_ENUM) RP_REASON_COUNT };
#undef RP_REASON_ENUM

/* The key and the plain words; never NULL for a valid reason. */
const char *rp_reason_key(enum rp_reason reason);
const char *rp_reason_text(enum rp_reason reason);

/* false, and *out untouched, when there is no such key. */
bool rp_reason_find(const char *key, enum rp_reason *out);

/* ---- the reason of a CRL entry, RFC 5280 5.3.1 -------------------------- */

/* Enum, number, word; without a number: the entry has no reasonCode. */
#define RP_CRL_REASON_LIST(X)						\
	X(RP_CRL_ABSENT, -1, "none")					\
	X(RP_CRL_UNSPECIFIED, 0, "unspecified")				\
	X(RP_CRL_KEY_COMPROMISE, 1, "keyCompromise")			\
	X(RP_CRL_CA_COMPROMISE, 2, "cACompromise")			\
	X(RP_CRL_AFFILIATION_CHANGED, 3, "affiliationChanged")		\
	X(RP_CRL_SUPERSEDED, 4, "superseded")				\
	X(RP_CRL_CESSATION, 5, "cessationOfOperation")			\
	X(RP_CRL_HOLD, 6, "certificateHold")				\
	X(RP_CRL_REMOVE, 8, "removeFromCRL")				\
	X(RP_CRL_WITHDRAWN, 9, "privilegeWithdrawn")			\
	X(RP_CRL_AA_COMPROMISE, 10, "aACompromise")

#define RP_CRL_REASON_ENUM(name, number, word) name,
enum rp_crl_reason {
	RP_CRL_NOT_SAID,
	RP_CRL_REASON_LIST(RP_CRL_REASON_ENUM)
	RP_CRL_REASONS
};
#undef RP_CRL_REASON_ENUM

/* The number of RFC 5280, -1 for an absent reasonCode or one not said. */
int rp_crl_reason_number(enum rp_crl_reason reason);

/* The one of a number, RP_CRL_ABSENT for -1; RP_CRL_NOT_SAID: there is none. */
enum rp_crl_reason rp_crl_reason_of(int number);

/* "superseded", "none"; "" for RP_CRL_NOT_SAID.  Never NULL. */
const char *rp_crl_reason_word(enum rp_crl_reason reason);

/* ---- certificates ------------------------------------------------------- */

enum rp_certificate { RP_CERT_SUBSCRIBER, RP_CERT_SUBORDINATE_CA };
enum rp_profile { RP_PROFILE_TLS, RP_PROFILE_SMIME, RP_PROFILE_CODE_SIGNING };

#endif /* RP_REASON_H */
