/*
 * write/show_rules.h - the table of rules as `rules` writes it.
 *
 * Each of the first four as the functions of write/show.h: a result is
 * appended in the format, RP_ENOMEM.
 */
#ifndef RP_WRITE_SHOW_RULES_H
#define RP_WRITE_SHOW_RULES_H

#include "revplan/rules.h"
#include "write/show.h"
#include "write/words.h"

/* The rules in force at a moment, by id; drafts, too, if they are wanted. */
RP_CHECKED rp_status rp_show_rules(struct rp_instant at, bool drafts,
    const struct rp_show *how, struct rp_text *out, struct rp_err *err);

/* Some rules in full, in the order given, with what came before and after. */
RP_CHECKED rp_status rp_show_rule_details(const struct rp_rule *const *rule,
    size_t n, struct rp_instant at, const struct rp_show *how,
    struct rp_text *out, struct rp_err *err);

/* What changed from each of n (at least two) moments to the next. */
RP_CHECKED rp_status rp_show_rule_changes(const struct rp_instant *at,
    size_t n, const struct rp_show *how, struct rp_text *out,
    struct rp_err *err);

/* The reasons for revocation as the lists in force at a moment have them. */
RP_CHECKED rp_status rp_show_reasons(struct rp_instant at,
    const struct rp_show *how, struct rp_text *out, struct rp_err *err);

/* ---- words -------------------------------------------------------------- */

/* "2026-03-31", with the time where it is not midnight.  Returns buf. */
const char *rp_words_day(struct rp_instant at, char buf[RP_WORDS]);

/* "24 h from awareness", "24 h", "" where there is no limit.  Returns buf. */
const char *rp_words_limit(const struct rp_rule *rule, char buf[RP_WORDS]);

/* "TLS, S/MIME: subscriber certificates".  Returns buf. */
const char *rp_words_applies(const struct rp_rule *rule, char buf[RP_WORDS]);

/* "superseded (4)", "no reasonCode", "" where nothing is mapped. */
const char *rp_words_crl_entry(enum rp_crl_reason reason,
    char buf[RP_WORDS]);

/* "TLS subscriber certificates". */
const char *rp_words_certificates_of(enum rp_profile profile,
    enum rp_certificate certificate);

/* "4.9.1.1 item 12": of a citation what follows the document. */
const char *rp_words_place(const struct rp_reason_place *place);

#endif /* RP_WRITE_SHOW_RULES_H */
