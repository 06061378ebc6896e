#include <stdio.h>
#include <string.h>

#include "write/show_rules.h"

const char *
rp_words_day(struct rp_instant at, char buf[RP_WORDS])
{
	char text[RP_INSTANT_TEXT];

	if (rp_instant_cmp(at, rp_instant_midnight(at)) == 0)
		(void)rp_instant_format_date(at, text);
	else
		(void)rp_instant_format(at, text);
	(void)snprintf(buf, RP_WORDS, "%s", text);
	return buf;
}

const char *
rp_words_limit(const struct rp_rule *rule, char buf[RP_WORDS])
{
	const char *clock = rp_clock_word(rule);
	char span[RP_UNIT_TEXT];

	buf[0] = '\0';
	if (rp_span_s(rule->limit) > 0)
		(void)snprintf(buf, RP_WORDS, "%s%s%s",
		    rp_span_format(rule->limit, span),
		    clock[0] != '\0' ? " from " : "", clock);
	return buf;
}

static const char *const profiles[] = {
	[RP_PROFILE_TLS] = "TLS",
	[RP_PROFILE_SMIME] = "S/MIME",
	[RP_PROFILE_CODE_SIGNING] = "code signing",
};

const char *
rp_words_applies(const struct rp_rule *rule, char buf[RP_WORDS])
{
	size_t len = 0, n = sizeof(profiles) / sizeof(profiles[0]), i;

	buf[0] = '\0';
	for (i = 0; i < n && len < RP_WORDS; i++)
		if (rp_rule_for_profile(rule, (enum rp_profile)i))
			len += (size_t)snprintf(buf + len, RP_WORDS - len,
			    "%s%s", len > 0 ? ", " : "", profiles[i]);
	if (len < RP_WORDS)
		(void)snprintf(buf + len, RP_WORDS - len, ": %s",
		    rp_scope_word(rule));
	return buf;
}

const char *
rp_words_crl_entry(enum rp_crl_reason reason, char buf[RP_WORDS])
{
	buf[0] = '\0';
	if (reason == RP_CRL_ABSENT)
		(void)snprintf(buf, RP_WORDS, "no reasonCode");
	else if (reason != RP_CRL_NOT_SAID)
		(void)snprintf(buf, RP_WORDS, "%s (%d)",
		    rp_crl_reason_word(reason), rp_crl_reason_number(reason));
	return buf;
}

const char *
rp_words_certificates_of(enum rp_profile profile,
    enum rp_certificate certificate)
{
	static const char *const words[][2] = {
		[RP_PROFILE_TLS] = { "TLS subscriber certificates",
		    "TLS subordinate CA certificates" },
		[RP_PROFILE_SMIME] = { "S/MIME subscriber certificates",
		    "S/MIME subordinate CA certificates" },
		[RP_PROFILE_CODE_SIGNING] = {
		    "code signing subscriber certificates",
		    "code signing subordinate CA certificates" },
	};

	return words[profile][certificate == RP_CERT_SUBORDINATE_CA];
}

const char *
rp_words_place(const struct rp_reason_place *place)
{
	const char *document = place->rule->document;
	size_t len = strlen(document);

	if (strncmp(place->citation, document, len) == 0 &&
	    strncmp(place->citation + len, ", ", 2) == 0)
		return place->citation + len + 2;
	return place->citation;
}
