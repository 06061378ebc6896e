/* What several commands do alike, on the way from a case to a file. */
#include "cmd.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "clock.h"
#include "crew.h"
#include "log.h"
#include "read/bind.h"
#include "revplan/store.h"

static size_t
count_lines(const char *text, size_t len)
{
	size_t n = 0, i;

	for (i = 0; i < len; i++)
		n += text[i] == '\n';
	return n;
}

rp_status
cmd_talk_begin(struct cmd_talk *talk, struct rp_err *err)
{
	*talk = (struct cmd_talk){ .to = NULL };
	talk->to = open_memstream(&talk->text, &talk->len);
	if (talk->to == NULL)
		return rp_fail(err, RP_ENOMEM, "out of memory");
	return RP_OK;
}

rp_status
cmd_talk_now(struct cmd_talk *talk, struct rp_instant *now,
    struct rp_err *err)
{
	rp_status st = rp_clock_now(now, err);

	return st == RP_OK ? cmd_talk_begin(talk, err) : st;
}

/* What is said on the way of a success is worth a note each. */
static void
note_lines(char *text)
{
	char *end;

	for (; (end = strchr(text, '\n')) != NULL; text = end + 1) {
		*end = '\0';
		rp_log_note("%s", text);
	}
}

/*
 * Faults are told at their places, and a summary follows them.  A single
 * fault needs none: err then has no text, for all is said.
 */
void
cmd_talk_end(struct cmd_talk *talk, rp_status st, struct rp_err *err)
{
	if (fclose(talk->to) != 0)
		talk->len = 0;
	if (st == RP_EINPUT && count_lines(talk->text, talk->len) == 1)
		err->text[0] = '\0';
	if (talk->len > 0 && st == RP_OK)
		note_lines(talk->text);
	else if (talk->len > 0)
		rp_log_faults(talk->text);
	free(talk->text);
}

rp_status
cmd_show_case(const struct cmd_args *args, struct rp_case *full,
    struct rp_case **out, struct rp_err *err)
{
	bool dated = (args->command->options & CMD_BIT(OPT_AS_OF)) != 0;
	rp_status st = rp_case_view(full, dated ? &args->as_of : NULL,
	    dated ? (enum rp_view)args->view : RP_VIEW_INTERNAL, out, err);

	if (st == RP_OK)
		(*out)->under = full;
	else
		rp_case_free(full);
	return st;
}

rp_status
cmd_case(const struct cmd_args *args, struct rp_case **out,
    struct rp_err *err)
{
	struct rp_case *full = NULL;
	struct cmd_talk talk;
	rp_status st = cmd_talk_begin(&talk, err), reached;

	if (st != RP_OK)
		return st;
	st = rp_case_open(args->operand, talk.to, &full, err);
	/* Who is to tell the faults is agreed upon before they are told. */
	if ((reached = crew_agree(st, err)) == RP_OK)
		reached = crew_same(full, err);
	cmd_talk_end(&talk, st, err);
	if (reached != RP_OK && st == RP_OK)
		rp_case_free(full);
	st = reached;
	return st == RP_OK ? cmd_show_case(args, full, out, err) : st;
}

/* CSV and pictures have no room for the notes that other formats carry. */
static bool
has_no_notes(int format)
{
	return format == CMD_CSV || format >= CMD_SVG;
}

static bool
path_reissues(const struct rp_path *path)
{
	size_t i;

	for (i = 0; i < path->n_steps; i++)
		if (path->step[i].reissues ||
		    (path->step[i].kind == RP_STEP_BRANCH &&
		    path_reissues(&path->step[i].as.branch.path)))
			return true;
	return false;
}

/* Whether the case says which step issues the new certificate. */
static bool
case_reissues(const struct rp_case *cs)
{
	const struct rp_event *e;
	size_t i;

	for (i = 0; i < cs->n_populations; i++)
		if (path_reissues(&cs->population[i].path))
			return true;
	for (i = 0; i < cs->n_events; i++) {
		e = &cs->event[i];
		if (e->kind == RP_EVENT_RISK)
			e = e->then;
		if (e->kind == RP_EVENT_ROLLOUT && path_reissues(&e->path))
			return true;
	}
	return false;
}

/*
 * What counts as done: as asked, or as the last plan has it.  Where no step
 * reissues, a certificate that was reissued but not installed is not
 * simulated.
 */
static enum rp_metric
metric_of(const struct cmd_args *args, const struct rp_case *cs)
{
	enum rp_metric metric = RP_METRIC_REPLACED;
	static bool told;	/* trials and forecast ask alike */

	if (cmd_given(args, OPT_METRIC))
		return (enum rp_metric)args->metric;
	if (cs->n_plans > 0)
		metric = cs->plan[cs->n_plans - 1].metric;
	if (metric != RP_METRIC_REISSUED || case_reissues(cs))
		return metric;
	if (has_no_notes(args->format) && !told)
		rp_log_note("the plan counts reissued certificates; the "
		    "simulation counts those that are replaced, that is, "
		    "installed as well");
	told = true;
	return RP_METRIC_REPLACED;
}

static struct rp_sim_options
options_of(const struct cmd_args *args, const struct rp_case *cs)
{
	static char what[] = "simulating";

	return (struct rp_sim_options){
		.trials = args->trials,
		.has_seed = cmd_given(args, OPT_SEED),
		.seed = args->seed,
		.threads = (unsigned)args->threads,
		.peers = crew(),
		.metric = metric_of(args, cs),
		.has_design = cmd_given(args, OPT_DESIGN),
		.design = (enum rp_design)args->design,
		.until_error_s = (double)rp_span_s(args->until_error),
		.progress = rp_log_progress,
		.progress_arg = what,
	};
}

rp_status
cmd_trials_for(const struct cmd_args *args, const struct rp_case *cs,
    const struct cmd_wanted *wanted, struct rp_trials **out,
    struct rp_err *err)
{
	struct rp_sim_options opt = options_of(args, cs);
	struct cmd_questions questions;
	rp_status st = RP_OK;

	opt.bands = wanted->bands;
	opt.bottleneck = wanted->bottleneck;
	opt.details = wanted->details;
	opt.details_of = wanted->details_of;
	opt.no_curve = !wanted->curve;
	opt.states = args->states;
	if (wanted->questions)
		cmd_ask(args, cs, &questions, &opt);
	st = rp_simulate(cs, &opt, out, err);
	rp_log_progress_end();
	if (st != RP_OK)
		cmd_place(args, cs, err);
	return st;
}

rp_status
cmd_trials(const struct cmd_args *args, const struct rp_case *cs,
    enum rp_bands bands, bool bottleneck, struct rp_trials **out,
    struct rp_err *err)
{
	/* Without bands it is the trials themselves that are compared. */
	return cmd_trials_for(args, cs, &(struct cmd_wanted){
	    .bands = bands, .bottleneck = bottleneck,
	    .curve = bands == RP_BANDS_NONE }, out, err);
}

rp_status
cmd_forecast(const struct cmd_args *args, const struct rp_case *cs,
    struct rp_forecast **out, struct rp_err *err)
{
	struct rp_sim_options opt = options_of(args, cs);
	rp_status st = rp_forecast_run(cs, &opt, args->as_of,
	    (enum rp_view)args->view, out, err);

	rp_log_progress_end();
	return st;
}

rp_status
cmd_plan(const struct cmd_args *args, const struct rp_case *cs,
    struct rp_schedule **out, struct rp_err *err)
{
	struct rp_sim_options sim = options_of(args, cs);
	struct rp_schedule_options opt = {
		.confidence_pm = (unsigned)args->confidence,
		.round_pm = (unsigned)args->round,
		.period = (enum rp_period)args->period,
		.as_of = args->as_of,
		.view = (enum rp_view)args->view,
	};
	rp_status st = rp_schedule_run(cs, &sim, &opt, out, err);

	rp_log_progress_end();
	return st;
}

rp_status
cmd_compare(const struct cmd_args *args, const struct rp_case *cs,
    struct rp_comparison **out, struct rp_err *err)
{
	struct rp_compare_options opt = {
		.period = (enum rp_period)args->period,
		.as_of = args->as_of,
		.view = (enum rp_view)args->view,
		.plan = args->plan,
	};

	if (args->plan != SIZE_MAX && args->plan >= cs->n_plans)
		return rp_fail(err, RP_EUSAGE, "there is no plan %zu; the case "
		    "has %zu", args->plan + 1, cs->n_plans);
	return rp_compare(cs, &opt, out, err);
}

rp_status
cmd_check(const struct cmd_args *args, const struct rp_case *cs,
    struct rp_findings **out, struct rp_err *err)
{
	return rp_check(cs, args->as_of, (enum rp_view)args->view, out, err);
}

rp_status
cmd_optional(rp_status st, const char *what, struct rp_err *err)
{
	if (st != RP_ESTATE)
		return st;
	rp_log_note("no %s: %s", what, err->text);
	*err = (struct rp_err){0};
	return RP_OK;
}

struct rp_show
cmd_how(const struct cmd_args *args, const struct rp_case *cs,
    const struct rp_trials *tr)
{
	struct rp_show how = { .format = (enum rp_format)args->format };

	how.provenance.cs = cs;
	how.provenance.has_run = tr != NULL;
	how.provenance.seed = tr != NULL ? rp_trials_seed(tr) : 0;
	how.provenance.trials = tr != NULL ? rp_trials_count(tr) : 0;
	how.provenance.has_as_of =
	    (args->command->options & CMD_BIT(OPT_AS_OF)) != 0;
	how.provenance.as_of = args->as_of;
	how.provenance.view = (enum rp_view)args->view;
	return how;
}

/* Tables fit and verdicts are coloured where somebody looks at them. */
static rp_status
put_out(const struct cmd_args *args, const struct rp_show *how,
    const struct rp_text *text, struct rp_err *err)
{
	struct rp_text folded = {0}, painted = {0};
	bool looks = how != NULL && how->format == RP_FORMAT_TEXT &&
	    (args->output == NULL || strcmp(args->output, "-") == 0);
	size_t columns = looks ? rp_log_columns(STDOUT_FILENO) : 0;
	rp_status st = RP_OK;

	if (columns > 0 && text->bytes != NULL && !text->failed)
		cmd_fold(&folded, text->bytes, columns);
	if (folded.bytes != NULL)
		text = &folded;
	if (looks && rp_log_colours(STDOUT_FILENO) && text->bytes != NULL)
		cmd_paint(&painted, text->bytes);
	if (painted.bytes != NULL)
		text = &painted;
	if (text->failed)
		st = rp_fail(err, RP_ENOMEM,
		    "out of memory while writing the result");
	else
		st = rp_output_write(args->output,
		    text->bytes != NULL ? text->bytes : "", text->len, err);
	rp_text_release(&painted);
	rp_text_release(&folded);
	return st;
}

rp_status
cmd_write(const struct cmd_args *args, const struct rp_show *how,
    const struct rp_text *text, struct rp_err *err)
{
	struct rp_text line = {0};
	rp_status st = crew_writes() ? put_out(args, how, text, err) : RP_OK;

	if (st != RP_OK || how == NULL || how->format != RP_FORMAT_CSV)
		return st;
	rp_provenance_line(&how->provenance, &line);
	if (!line.failed)
		rp_log_note("%s", line.bytes);
	rp_text_release(&line);
	return RP_OK;
}

rp_status
cmd_schema(struct rp_text *text, struct rp_err *err)
{
	char *schema = NULL;
	rp_status st = rp_schema(&schema, err);

	if (st == RP_OK)
		rp_text_puts(text, schema);
	free(schema);
	return st;
}
