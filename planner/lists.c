/* Options of several values, and of values with a unit. */
#include "cmd.h"

#include <stdio.h>
#include <string.h>

#define ITEM_TEXT 64

/* What makes one item of a list of the option; said is that item alone. */
typedef rp_status put_item(const struct cmd_option_row *row, const char *said,
    void *out, struct rp_err *err);

/* The error of another part of the program, as one of the command line. */
static rp_status
refuse(const struct cmd_option_row *row, struct rp_err *err)
{
	rp_err_context(err, "--%s", row->name);
	err->code = RP_EUSAGE;
	return RP_EUSAGE;
}

/* Each item between commas; blanks about them are a matter of taste. */
static rp_status
each(const struct cmd_option_row *row, const char *said, put_item *put,
    void *out, struct rp_err *err)
{
	char item[ITEM_TEXT];
	const char *end;
	size_t n, len;

	for (n = 0;; n++, said = end + 1) {
		said += strspn(said, " ");
		end = said + strcspn(said, ",");
		len = (size_t)(end - said);
		while (len > 0 && said[len - 1] == ' ')
			len--;
		if (len == 0)
			return rp_fail(err, RP_EUSAGE, "--%s: value %zu of the "
			    "list is empty", row->name, n + 1);
		if (n == RP_QUESTIONS_MAX)
			return rp_fail(err, RP_EUSAGE, "--%s: the list has "
			    "more than %d values", row->name,
			    RP_QUESTIONS_MAX);
		(void)snprintf(item, sizeof(item), "%.*s",
		    (int)(len < sizeof(item) ? len : sizeof(item) - 1), said);
		if (put(row, item, out, err) != RP_OK)
			return RP_EUSAGE;
		if (*end == '\0')
			return RP_OK;
	}
}

/* The sign may be left out, as in all options that take percentages. */
static rp_status
put_share(const struct cmd_option_row *row, const char *said, void *out,
    struct rp_err *err)
{
	struct cmd_shares *list = out;
	struct rp_share share = rp_share_of_ppb(0);
	char text[ITEM_TEXT + 1];
	rp_status st;

	(void)snprintf(text, sizeof(text), "%s%s", said,
	    strchr(said, '%') != NULL ? "" : "%");
	st = rp_share_parse(text, &share, NULL, err);
	if (st == RP_EINPUT)
		return rp_fail(err, RP_EUSAGE, "--%s: '%s' is not a "
		    "percentage, such as 85%% or 99.5%%", row->name, said);
	if (st != RP_OK || rp_share_ppb(share) <= 0)
		return rp_fail(err, RP_EUSAGE, "--%s: '%s' is out of range; "
		    "it may be above 0%%, up to 100%%", row->name, said);
	list->value[list->n++] = rp_share_real(share);
	return RP_OK;
}

rp_status
cmd_set_shares(const struct cmd_option_row *row, const char *said,
    struct cmd_shares *out, struct rp_err *err)
{
	out->n = 0;
	return each(row, said, put_share, out, err);
}

static rp_status
put_instant(const struct cmd_option_row *row, const char *said, void *out,
    struct rp_err *err)
{
	struct cmd_instants *list = out;
	struct rp_when when;

	if (rp_when_parse(said, &when, err) != RP_OK)
		return refuse(row, err);
	list->value[list->n++] = when.until;
	return RP_OK;
}

rp_status
cmd_set_instants(const struct cmd_option_row *row, const char *said,
    struct cmd_instants *out, struct rp_err *err)
{
	out->n = 0;
	return each(row, said, put_instant, out, err);
}

static rp_status
put_state(const struct cmd_option_row *row, const char *said, void *out,
    struct rp_err *err)
{
	const struct cmd_word *w;
	char list[CMD_LIST_TEXT];

	for (w = row->words; w->word != NULL; w++)
		if (strcmp(w->word, said) == 0) {
			*(unsigned *)out |= 1u << w->value;
			return RP_OK;
		}
	return rp_fail(err, RP_EUSAGE, "--%s: unknown state '%s'; choose %s",
	    row->name, said, cmd_word_list(row->words, UINT64_MAX, list));
}

rp_status
cmd_set_states(const struct cmd_option_row *row, const char *said,
    unsigned *out, struct rp_err *err)
{
	*out = 0;
	return each(row, said, put_state, out, err);
}

rp_status
cmd_set_span(const struct cmd_option_row *row, const char *said,
    struct rp_span *out, struct rp_err *err)
{
	struct rp_span span;

	if (rp_span_parse(said, &span, err) != RP_OK)
		return refuse(row, err);
	if (rp_span_s(span) <= 0)
		return rp_fail(err, RP_EUSAGE, "--%s '%s' is no error to come "
		    "down to; it must be more than nothing, as 0.5d",
		    row->name, said);
	*out = span;
	return RP_OK;
}
