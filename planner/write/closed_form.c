/* The completion without any simulation, in every form it is told. */
#include <math.h>
#include <stdio.h>

#include "write/show_simulate.h"
#include "write/tables.h"
#include "write/words.h"

#define DAY 86400.0

/* ---- a line ------------------------------------------------------------- */

static void
add_exact(struct rp_text *line, const struct rp_closed_form *f, double p)
{
	char at[RP_WORDS];
	size_t i = rp_sim_level(p);

	if (f->has[i])
		rp_text_printf(line, "%.0f %% by %s", 100 * p,
		    rp_words_moment(f->q[i], at));
	else
		rp_text_printf(line, "%.0f %% never", 100 * p);
}

/* To two decimals, where what is less than half of one is no difference. */
static double
days_apart(struct rp_instant a, struct rp_instant b)
{
	double days = (double)(rp_instant_s(a) - rp_instant_s(b)) / DAY;

	return fabs(days) < 0.005 ? 0.0 : days;
}

void
rp_sim_closed_form(const struct rp_sim_sink *out, const struct rp_trials *tr)
{
	const struct rp_closed_form *f = rp_trials_closed_form(tr);
	const struct rp_completion *c = rp_trials_completion_summary(tr, -1);
	struct rp_text line = { 0 };
	char words[RP_WORDS], step[RP_UNIT_TEXT];
	size_t i = rp_sim_level(0.8);

	if (!f->found) {
		rp_text_printf(&line, "none%s%s", f->why_not != NULL ?
		    ". " : "", f->why_not != NULL ? f->why_not : "");
		rp_sim_end_line(out, "closed form", &line);
		return;
	}
	add_exact(&line, f, 0.5);
	rp_text_puts(&line, ", ");
	add_exact(&line, f, 0.8);
	rp_text_puts(&line, ", ");
	add_exact(&line, f, 0.9);
	if (f->has[i] && c->has[i]) {
		rp_text_printf(&line, "; the 80 %% date as simulated, known to "
		    "steps of %s, is %+.2f d from it", rp_span_format(
		    rp_trials_case(tr)->simulation.step, step),
		    days_apart(c->q[i], f->q[i]));
		if (rp_words_error_days(c->q_se_s[i], words)[0] != '\0')
			rp_text_printf(&line, " (%s)", words);
	}
	rp_sim_end_line(out, "closed form", &line);
}

/* ---- a table ------------------------------------------------------------ */

enum { LEVEL, EXACT, SIMULATED, S_ERROR, APART, CLOSED_COLUMNS };

static const struct rp_column closed_columns[CLOSED_COLUMNS] = {
	[LEVEL] = { "level", "Completion", true },
	[EXACT] = { "closed_form", "Closed form", false },
	[SIMULATED] = { "simulated", "Simulated", false },
	[S_ERROR] = { "simulated_se_days", "Error, days", true },
	[APART] = { "difference_days", "Difference, days", true },
};

static void
add_pair(struct rp_table *t, const struct rp_trials *tr, size_t i)
{
	const struct rp_closed_form *f = rp_trials_closed_form(tr);
	const struct rp_completion *c = rp_trials_completion_summary(tr, -1);
	struct rp_instant end = rp_trials_case(tr)->simulation.horizon;
	char human[RP_WORDS], machine[16];
	bool both = f->has[i] && c->has[i];

	rp_table_row(t);
	(void)snprintf(human, sizeof(human), "%.0f %%",
	    100 * rp_completion_level[i]);
	(void)snprintf(machine, sizeof(machine), "p%02.0f",
	    100 * rp_completion_level[i]);
	rp_table_set(t, LEVEL, RP_CELL_TEXT, human, machine);
	if (f->has[i])
		rp_table_quantile(t, EXACT, true, f->q[i], end);
	else
		rp_table_set(t, EXACT, RP_CELL_EMPTY, "never", "");
	rp_table_quantile(t, SIMULATED, c->has[i], c->q[i], end);
	rp_table_real(t, S_ERROR, c->has[i] ? c->q_se_s[i] / DAY :
	    (double)NAN, 2, NULL);
	rp_table_real(t, APART, both ? days_apart(c->q[i], f->q[i]) :
	    (double)NAN, 2, NULL);
}

rp_status
rp_closed_form_table(const struct rp_trials *tr, struct rp_table **out,
    struct rp_err *err)
{
	const struct rp_closed_form *f = rp_trials_closed_form(tr);
	struct rp_table *t;
	char step[RP_UNIT_TEXT];
	size_t i;
	rp_status rc = rp_table_new("Completion in closed form, and as "
	    "simulated", closed_columns, CLOSED_COLUMNS, &t, err);

	if (rc != RP_OK)
		return rc;
	for (i = 0; f->found && i < RP_COMPLETION_QUANTILES; i++)
		add_pair(t, tr, i);
	if (!f->found && f->why_not != NULL)
		rp_table_note(t, "Nothing to show: there is no closed form. "
		    "%s", f->why_not);
	if (f->found)
		rp_table_note(t, "What is simulated is known to the end of a "
		    "step of the grid, %s long.", rp_span_format(
		    rp_trials_case(tr)->simulation.step, step));
	return rp_table_finish(t, out, err);
}

/* ---- JSON --------------------------------------------------------------- */

void
rp_json_closed_form(struct rp_json *j, const struct rp_trials *tr)
{
	const struct rp_closed_form *f = rp_trials_closed_form(tr);
	json_t *o = rp_json_object_at(j, j->root, "closed_form");
	char key[16];
	size_t i;

	rp_json_set(j, o, "found", json_boolean(f->found));
	rp_json_set(j, o, "why_not", f->found ? json_null() :
	    rp_json_text(f->why_not));
	for (i = 0; f->found && i < RP_COMPLETION_QUANTILES; i++) {
		(void)snprintf(key, sizeof(key), "p%02.0f",
		    100 * rp_completion_level[i]);
		rp_json_set(j, o, key, f->has[i] ?
		    rp_json_instant(f->q[i]) : json_null());
	}
	if (f->found)
		rp_json_set(j, o, "mean", isfinite(f->mean_s) ?
		    rp_json_instant(rp_instant_of_s(llround(f->mean_s))) :
		    json_null());
}
