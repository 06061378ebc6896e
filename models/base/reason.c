/*
 * base/reason.c - the words for why certificates must be revoked.
 */
#include "revplan/reason.h"

#include <stddef.h>
#include <string.h>

#define REASON_ROW(name, key, text) [name] = { key, text },

static const struct {
	const char *key;
	const char *text;
} reasons[RP_REASON_COUNT] = { RP_REASON_LIST(REASON_ROW) };

const char *
rp_reason_key(enum rp_reason reason)
{
	return (unsigned)reason < RP_REASON_COUNT ? reasons[reason].key : "";
}

const char *
rp_reason_text(enum rp_reason reason)
{
	return (unsigned)reason < RP_REASON_COUNT ? reasons[reason].text : "";
}

bool
rp_reason_find(const char *key, enum rp_reason *out)
{
	size_t i;

	for (i = 0; i < RP_REASON_COUNT; i++) {
		if (strcmp(reasons[i].key, key) == 0) {
			*out = (enum rp_reason)i;
			return true;
		}
	}
	return false;
}

#define CRL_ROW(name, number, word) [name] = { number, word },

static const struct {
	int number;
	const char *word;
} crl_reasons[RP_CRL_REASONS] = {
	[RP_CRL_NOT_SAID] = { -1, "" },
	RP_CRL_REASON_LIST(CRL_ROW)
};

const char *
rp_crl_reason_word(enum rp_crl_reason reason)
{
	return (unsigned)reason < RP_CRL_REASONS ? crl_reasons[reason].word :
	    "";
}

int
rp_crl_reason_number(enum rp_crl_reason reason)
{
	return (unsigned)reason < RP_CRL_REASONS ? crl_reasons[reason].number :
	    -1;
}

enum rp_crl_reason
rp_crl_reason_of(int number)
{
	int i;

	for (i = RP_CRL_ABSENT; i < RP_CRL_REASONS; i++)
		if (crl_reasons[i].number == number)
			return (enum rp_crl_reason)i;
	return RP_CRL_NOT_SAID;
}
