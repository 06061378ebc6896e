#include <inttypes.h>
#include <stdlib.h>

#include "write/bands.h"
#include "write/json.h"
#include "write/writers.h"

static const char *const q_key[RP_QUANTILES] = { "p05", "p10", "p25", "p50",
	"p75", "p90", "p95" };

/* One row; name is the population in the syntax of the format. */
typedef void band_writer(struct rp_text *out, const char *name,
    const char *state, const struct rp_band *b);

static void
csv_row(struct rp_text *out, const char *name, const char *state,
    const struct rp_band *b)
{
	char at[RP_INSTANT_TEXT];
	size_t i;

	rp_text_printf(out, "%s,%s,%s,%.1f", rp_instant_format(b->at, at),
	    name, state, b->mean);
	for (i = 0; i < RP_QUANTILES; i++)
		rp_text_printf(out, ",%" PRIu32, b->q[i]);
	rp_text_puts(out, "\n");
}

static void
json_row(struct rp_text *out, const char *name, const char *state,
    const struct rp_band *b)
{
	char at[RP_INSTANT_TEXT];
	size_t i;

	/* The first element follows the bracket, the others a comma. */
	rp_text_printf(out, "%s\n    {\"at\": \"%s\", \"population\": %s, "
	    "\"state\": \"%s\", \"mean\": %.1f",
	    out->len > 0 && out->bytes[out->len - 1] == '}' ? "," : "",
	    rp_instant_format(b->at, at), name, state, b->mean);
	for (i = 0; i < RP_QUANTILES; i++)
		rp_text_printf(out, ", \"%s\": %" PRIu32, q_key[i], b->q[i]);
	rp_text_puts(out, "}");
}

/* The first five are the contract; the others where the case has them. */
static bool
is_shown(const struct rp_trials *tr, enum rp_state state)
{
	return state <= RP_STATE_HARMED || rp_trials_has_state(tr, state);
}

/* Of the states that were asked for, if only some were. */
static rp_status
put_population(const struct rp_trials *tr, int who, const char *name,
    band_writer *put, struct rp_text *out, struct rp_err *err)
{
	const struct rp_band *b;
	size_t n, k, kept = 0;
	int state;

	(void)rp_trials_grid(tr, &n);
	for (state = 0; state < RP_STATES; state++) {
		b = rp_trials_bands(tr, who, (enum rp_state)state);
		if (b == NULL || !is_shown(tr, (enum rp_state)state))
			continue;
		kept++;
		for (k = 0; k < n && !out->failed; k++)
			put(out, name, rp_state_word((enum rp_state)state),
			    &b[k]);
	}
	return kept > 0 ? RP_OK : rp_fail(err, RP_ESTATE,
	    "these trials kept no curves");
}

static void
json_name(struct rp_text *out, const char *name)
{
	json_t *value = rp_json_text(name);
	char *s = json_dumps(value, JSON_ENCODE_ANY);

	if (s == NULL)
		out->failed = true;
	else
		rp_text_puts(out, s);
	free(s);
	json_decref(value);
}

static rp_status
put_all(const struct rp_trials *tr, band_writer *put,
    void (*quote)(struct rp_text *, const char *), struct rp_text *out,
    struct rp_err *err)
{
	const struct rp_case *cs = rp_trials_case(tr);
	struct rp_text name = { 0 };
	rp_status rc = RP_OK;
	int who;

	for (who = -1; rc == RP_OK && who < (int)cs->n_populations; who++) {
		rp_text_release(&name);
		quote(&name, who < 0 ? "total" : cs->population[who].name);
		if (name.failed)
			out->failed = true;
		rc = put_population(tr, who, name.bytes != NULL ?
		    name.bytes : "", put, out, err);
	}
	rp_text_release(&name);
	return rc;
}

rp_status
rp_bands_csv(const struct rp_trials *tr, struct rp_text *out,
    struct rp_err *err)
{
	size_t i;

	rp_text_puts(out, "at,population,state,mean");
	for (i = 0; i < RP_QUANTILES; i++)
		rp_text_printf(out, ",%s", q_key[i]);
	rp_text_puts(out, "\n");
	return put_all(tr, csv_row, rp_text_csv, out, err);
}

rp_status
rp_bands_json(const struct rp_trials *tr, struct rp_text *out,
    struct rp_err *err)
{
	return put_all(tr, json_row, json_name, out, err);
}
