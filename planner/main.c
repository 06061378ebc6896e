/*
 * revplan COMMAND CASE [options]: find the command, read its options, run it,
 * and turn what became of it into an exit status.
 */
#include <poll.h>
#include <signal.h>
#include <stdio.h>
#include <string.h>
#include <unistd.h>

#include "cmd.h"
#include "crew.h"
#include "log.h"
#include "output.h"
#include "version.h"

#define EXIT_FINDINGS 1

static rp_status
print_version(struct rp_err *err)
{
	static const char text[] = "revplan " RP_VERSION "\n";

	if (!crew_writes())
		return RP_OK;
	return rp_output_write("-", text, sizeof(text) - 1, err);
}

static bool
is_one_of(const char *word, const char *a, const char *b)
{
	return strcmp(word, a) == 0 || strcmp(word, b) == 0;
}

/* Many processes are worth their while for trials, and for nothing else. */
static rp_status
refuse_many(const struct cmd_args *args, struct rp_err *err)
{
	if (crew() == NULL || args->help)
		return RP_OK;
	if (!args->command->shared)
		return rp_fail(err, RP_EUSAGE, "'%s' is no work for %u "
		    "processes; run it without mpirun (simulate and plan can "
		    "be shared)", args->command->name, crew()->n);
	if (args->operand != NULL && strcmp(args->operand, "-") == 0)
		return rp_fail(err, RP_EUSAGE, "standard input reaches only "
		    "one of %u processes; name a file that all can read",
		    crew()->n);
	return RP_OK;
}

static rp_status
run_command(const struct cmd_row *command, int argc, char **argv,
    struct cmd_args *args, bool *findings, struct rp_err *err)
{
	struct rp_text help = {0};
	rp_status st = cmd_parse(command, argc, argv, args, err);

	if (st == RP_OK)
		st = refuse_many(args, err);
	if ((st = crew_agree(st, err)) != RP_OK ||
	    (st = crew_alike(argc, argv, args->operand, err)) != RP_OK)
		return st;
	rp_log_setup(args->quiet);
	if (!args->help) {
		st = cmd_spare_input(args, err);
		return st == RP_OK ? command->run(args, findings, err) : st;
	}
	cmd_help(&help, command);
	args->output = NULL;
	st = cmd_write(args, NULL, &help, err);
	rp_text_release(&help);
	return st;
}

static rp_status
dispatch(int argc, char **argv, struct cmd_args *args, bool *findings,
    struct rp_err *err)
{
	const struct cmd_row *command = NULL;

	if (argc < 2)
		return rp_fail(err, RP_EUSAGE,
		    "which command? 'revplan help' lists them");
	if (is_one_of(argv[1], "--version", "-V"))
		return print_version(err);
	if (is_one_of(argv[1], "--help", "-h"))
		return cmd_help_run(argc - 1, argv + 1, err);
	if (strcmp(argv[1], "help") == 0)
		return cmd_help_run(argc - 1, argv + 1, err);
	if (argv[1][0] == '-')
		return rp_fail(err, RP_EUSAGE, "option '%s' before a command; "
		    "the command comes first", argv[1]);
	command = cmd_find(argv[1]);
	if (command == NULL)
		return cmd_unknown(argv[1], err);
	return run_command(command, argc - 1, argv + 1, args, findings, err);
}

/* `revplan ... | head` is done when head is: there is nobody to tell. */
static bool
reader_has_gone(void)
{
	struct pollfd out = { .fd = STDOUT_FILENO };

	return poll(&out, 1, 0) == 1 && (out.revents & POLLERR) != 0;
}

/* Whether there is nothing to add; see cmd_case(). */
static bool
is_told(rp_status st, const struct rp_err *err)
{
	return (st == RP_EINPUT && err->text[0] == '\0') ||
	    (st == RP_EIO && reader_has_gone());
}

/* What became of it, told and turned into an exit status. */
static int
conclude(rp_status st, bool findings, const struct cmd_args *args,
    const struct rp_err *err)
{
	if (st == RP_OK)
		return findings ? EXIT_FINDINGS : 0;
	if (!is_told(st, err))
		rp_log_error(args->operand != NULL &&
		    strcmp(args->operand, "-") == 0 ? "<stdin>" :
		    args->operand, err);
	return rp_status_exit(st);
}

int
main(int argc, char **argv)
{
	struct cmd_args args = {0};
	struct rp_err err = {0};
	bool findings = false;
	rp_status st = RP_OK;
	int status;

	/* A pipe that breaks, a file that may not grow: errors of a write. */
	(void)signal(SIGPIPE, SIG_IGN);
	(void)signal(SIGXFSZ, SIG_IGN);
	rp_log_setup(false);
	st = crew_begin(&argc, &argv, &err);
	if (st == RP_OK)
		st = dispatch(argc, argv, &args, &findings, &err);
	status = conclude(st, findings, &args, &err);
	crew_end();
	return status;
}
