#include <inttypes.h>
#include <stdio.h>

#include "write/show_rules.h"
#include "write/tables.h"

enum {
	REASON, CERTIFICATES, RULE, PLACE, ITEM, LIMIT, CRL_REASON, CRL_NUMBER,
	TEXT, CITATION, COLUMNS
};

/* Where each list has a table of its own, it says whose the reasons are. */
static const struct rp_column columns[COLUMNS] = {
	[REASON] = { "reason", "Reason", false },
	[CERTIFICATES] = { "certificates", NULL, false },
	[RULE] = { "rule", "Rule", false },
	[PLACE] = { NULL, "Item", false },
	[ITEM] = { "item", NULL, true },
	[LIMIT] = { "limit_s", "Limit", true },
	[CRL_REASON] = { "crl_reason", "CRL reason", false },
	[CRL_NUMBER] = { "crl_number", NULL, true },
	[TEXT] = { "text", "In plain words", false },
	[CITATION] = { "citation", NULL, false },
};

static const struct {
	enum rp_profile profile;
	enum rp_certificate certificate;
} lists[] = {
	{ RP_PROFILE_TLS, RP_CERT_SUBSCRIBER },
	{ RP_PROFILE_TLS, RP_CERT_SUBORDINATE_CA },
	{ RP_PROFILE_SMIME, RP_CERT_SUBSCRIBER },
	{ RP_PROFILE_SMIME, RP_CERT_SUBORDINATE_CA },
	{ RP_PROFILE_CODE_SIGNING, RP_CERT_SUBSCRIBER },
	{ RP_PROFILE_CODE_SIGNING, RP_CERT_SUBORDINATE_CA },
};

#define LISTS (sizeof(lists) / sizeof(lists[0]))

static void
set_crl_reason(struct rp_table *t, enum rp_crl_reason reason)
{
	char words[RP_WORDS];
	int number = rp_crl_reason_number(reason);

	if (reason == RP_CRL_NOT_SAID)
		return;
	rp_table_set(t, CRL_REASON, RP_CELL_TEXT,
	    rp_words_crl_entry(reason, words), rp_crl_reason_word(reason));
	if (number >= 0)
		rp_table_count(t, CRL_NUMBER, (uint64_t)number);
}

static void
add_row(struct rp_table *t, enum rp_reason reason, size_t list,
    const struct rp_reason_place *place)
{
	char human[RP_UNIT_TEXT], machine[32];

	rp_table_row(t);
	rp_table_text(t, REASON, rp_reason_key(reason));
	rp_table_text(t, CERTIFICATES, rp_words_certificates_of(
	    lists[list].profile, lists[list].certificate));
	rp_table_text(t, RULE, place->rule->id);
	rp_table_text(t, PLACE, rp_words_place(place));
	if (place->item > 0)
		rp_table_count(t, ITEM, place->item);
	(void)snprintf(machine, sizeof(machine), "%" PRId64,
	    rp_span_s(place->rule->limit));
	rp_table_set(t, LIMIT, RP_CELL_NUMBER,
	    rp_span_format(place->rule->limit, human), machine);
	set_crl_reason(t, place->crl_reason);
	rp_table_text(t, TEXT, rp_reason_text(reason));
	rp_table_text(t, CITATION, place->citation);
}

static void
add_list(struct rp_table *t, size_t list, struct rp_instant at)
{
	struct rp_reason_place place;
	int r;

	for (r = 0; r < RP_REASON_COUNT; r++)
		if (rp_reason_place((enum rp_reason)r, lists[list].certificate,
		    lists[list].profile, at, &place))
			add_row(t, (enum rp_reason)r, list, &place);
}

/* For machines: all lists in one table. */
static rp_status
write_one(struct rp_instant at, const struct rp_show *how,
    struct rp_text *out, struct rp_err *err)
{
	char title[RP_WORDS], day[RP_WORDS];
	struct rp_table *t;
	size_t i;
	rp_status rc;

	(void)snprintf(title, sizeof(title), "Reasons for revocation on %.40s",
	    rp_words_day(at, day));
	rc = rp_table_new(title, columns, COLUMNS, &t, err);
	if (rc != RP_OK)
		return rc;
	for (i = 0; i < LISTS; i++)
		add_list(t, i, at);
	rc = rp_show_table(t, how, out, err);
	rp_table_free(t);
	return rc;
}

/* The table of a list; without rows where none is in force. */
static rp_status
make_list(size_t list, struct rp_instant at, struct rp_table **out,
    struct rp_err *err)
{
	char title[2 * RP_WORDS], day[RP_WORDS];
	struct rp_table *t;
	rp_status rc;

	(void)snprintf(title, sizeof(title), "Reasons to revoke %s on %s",
	    rp_words_certificates_of(lists[list].profile,
	    lists[list].certificate), rp_words_day(at, day));
	rc = rp_table_new(title, columns, COLUMNS, &t, err);
	if (rc != RP_OK)
		return rc;
	add_list(t, list, at);
	return rp_table_finish(t, out, err);
}

/* Those with rows; of the others there is a note below the last. */
static rp_status
show_lists(struct rp_table *const t[LISTS], const struct rp_show *how,
    struct rp_text *out, struct rp_err *err)
{
	const struct rp_table *shown[LISTS];
	struct rp_table *last = t[0];
	size_t n = 0, i;

	for (i = 0; i < LISTS; i++)
		if (rp_table_rows(t[i]) > 0)
			shown[n++] = last = t[i];
	if (n == 0)
		shown[n++] = last;
	for (i = 0; i < LISTS; i++)
		if (rp_table_rows(t[i]) == 0)
			rp_table_note(last, "for %s the table of rules has no "
			    "list of reasons in force on that day.",
			    rp_words_certificates_of(lists[i].profile,
			    lists[i].certificate));
	return rp_show_tables(shown, n, how, out, err);
}

rp_status
rp_show_reasons(struct rp_instant at, const struct rp_show *how,
    struct rp_text *out, struct rp_err *err)
{
	struct rp_table *t[LISTS] = { NULL };
	rp_status rc = RP_OK;
	size_t i;

	if (how->format == RP_FORMAT_CSV || how->format == RP_FORMAT_JSON)
		return write_one(at, how, out, err);
	for (i = 0; i < LISTS && rc == RP_OK; i++)
		rc = make_list(i, at, &t[i], err);
	if (rc == RP_OK)
		rc = show_lists(t, how, out, err);
	for (i = 0; i < LISTS; i++)
		rp_table_free(t[i]);
	return rc;
}
