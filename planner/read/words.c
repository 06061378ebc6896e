/*
 * planner/read/words.c - the fixed sets of words of a case file.
 */
#include "read/binder.h"
#include "revplan/narrative.h"

const struct rp_word rp_words_basis[] = {
	{ "stated", RP_BASIS_STATED },
	{ "measured", RP_BASIS_MEASURED },
	{ "assumed", RP_BASIS_ASSUMED },
	{ NULL, 0 },
};

const struct rp_word rp_words_certificate[] = {
	{ "subscriber", RP_CERT_SUBSCRIBER },
	{ "subordinate-ca", RP_CERT_SUBORDINATE_CA },
	{ NULL, 0 },
};

const struct rp_word rp_words_profile[] = {
	{ "tls", RP_PROFILE_TLS },
	{ "smime", RP_PROFILE_SMIME },
	{ "code-signing", RP_PROFILE_CODE_SIGNING },
	{ NULL, 0 },
};

#define REASON_WORD(name, key, text) { key, name },
const struct rp_word rp_words_reason[] = {
	RP_REASON_LIST(REASON_WORD)
	{ NULL, 0 },
};

#define FACT_WORD(name, word, text) { word, name },
const struct rp_word rp_words_fact[] = {
	RP_FACT_LIST(FACT_WORD)
	{ NULL, 0 },
};

#define CRL_REASON_WORD(name, number, word) { word, name },
const struct rp_word rp_words_crl_reason[] = {
	RP_CRL_REASON_LIST(CRL_REASON_WORD)
	{ NULL, 0 },
};

#define FIELD_WORD(name, word, text) { word, name },
const struct rp_word rp_words_field[] = {
	RP_FIELD_LIST(FIELD_WORD)
	{ NULL, 0 },
};

const struct rp_word rp_words_key[] = {
	{ "new", RP_KEY_NEW },
	{ "same", RP_KEY_SAME },
	{ "compromised", RP_KEY_COMPROMISED },
	{ "weak", RP_KEY_WEAK },
	{ NULL, 0 },
};

const struct rp_word rp_words_commitment[] = {
	{ "promise", RP_COMMITMENT_PROMISE },
	{ "cps", RP_COMMITMENT_CPS },
	{ NULL, 0 },
};

const struct rp_word rp_words_action[] = {
	{ "prevent", RP_ACTION_PREVENT },
	{ "mitigate", RP_ACTION_MITIGATE },
	{ "detect", RP_ACTION_DETECT },
	{ NULL, 0 },
};

const struct rp_word rp_words_clock[] = {
	{ "elapsed", RP_CLOCK_ELAPSED },
	{ "working", RP_CLOCK_WORKING },
	{ NULL, 0 },
};

const struct rp_word rp_words_design[] = {
	{ "quasi-random", RP_DESIGN_QUASI_RANDOM },
	{ "latin-hypercube", RP_DESIGN_LATIN_HYPERCUBE },
	{ "random", RP_DESIGN_RANDOM },
	{ NULL, 0 },
};

const struct rp_word rp_words_unit[] = {
	{ "certificate", RP_UNIT_CERTIFICATE },
	{ "subscriber", RP_UNIT_SUBSCRIBER },
	{ NULL, 0 },
};

const struct rp_word rp_words_after[] = {
	{ "replaced", RP_REVOKE_AFTER_REPLACED },
	{ NULL, 0 },
};

const struct rp_word rp_words_metric[] = {
	{ "reissued", RP_METRIC_REISSUED },
	{ "replaced", RP_METRIC_REPLACED },
	{ "revoked", RP_METRIC_REVOKED },
	{ "gone", RP_METRIC_GONE },
	{ NULL, 0 },
};

const struct rp_word rp_words_bound[] = {
	{ "at-least", RP_BOUND_AT_LEAST },
	{ "at-most", RP_BOUND_AT_MOST },
	{ NULL, 0 },
};

const struct rp_word rp_words_about[] = {
	{ "other", RP_ABOUT_OTHER },
	{ "revocation", RP_ABOUT_REVOCATION },
	{ "replacement", RP_ABOUT_REPLACEMENT },
	{ "key-destruction", RP_ABOUT_KEY_DESTRUCTION },
	{ "next-update", RP_ABOUT_NEXT_UPDATE },
	{ NULL, 0 },
};

const struct rp_word rp_words_recipient[] = {
	{ "subscriber", RP_TO_SUBSCRIBER },
	{ "reporter", RP_TO_REPORTER },
	{ NULL, 0 },
};

const struct rp_word rp_words_per[] = {
	{ "h", RP_PER_HOUR },
	{ "hour", RP_PER_HOUR },
	{ "d", RP_PER_DAY },
	{ "day", RP_PER_DAY },
	{ "working-day", RP_PER_WORKING_DAY },
	{ "w", RP_PER_WEEK },
	{ "week", RP_PER_WEEK },
	{ "month", RP_PER_MONTH },
	{ NULL, 0 },
};

#define DISCLOSURE_WORD(name, word, text) { word, name },
const struct rp_word rp_words_disclosure[] = {
	RP_DISCLOSURE_LIST(DISCLOSURE_WORD)
	{ NULL, 0 },
};

const struct rp_word rp_words_expected[] = {
	{ "change", RP_EXPECTED_CHANGE },
	{ "scope", RP_EXPECTED_SCOPE },
	{ "scope-updated", RP_EXPECTED_SCOPE_UPDATED },
	{ "issuance-resumed", RP_EXPECTED_RESUMED },
	{ NULL, 0 },
};

const struct rp_word rp_words_validated[] = {
	{ "DV", RP_VALIDATED_DV },
	{ "IV", RP_VALIDATED_IV },
	{ "OV", RP_VALIDATED_OV },
	{ "EV", RP_VALIDATED_EV },
	{ NULL, 0 },
};

/* Steps and events by the kind of map that follows their word. */
const struct rp_word rp_words_step[] = {
	{ "notice", RP_CTX_NOTICE },
	{ "wait", RP_CTX_WAIT },
	{ "team", RP_CTX_TEAM },
	{ "poll", RP_CTX_POLL },
	{ "batch", RP_CTX_BATCH },
	{ "gate", RP_CTX_GATE },
	{ "branch", RP_CTX_BRANCH },
	{ NULL, 0 },
};

const struct rp_word rp_words_event[] = {
	{ "rollout", RP_CTX_ROLLOUT },
	{ "cutoff", RP_CTX_CUTOFF },
	{ "discovery", RP_CTX_DISCOVERY },
	{ "hold", RP_CTX_HOLD },
	{ "risk", RP_CTX_RISK },
	{ NULL, 0 },
};
