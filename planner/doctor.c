/* The lines of revplan doctor, and how a program is asked what it is. */
#include "doctor.h"

#include <errno.h>
#include <fcntl.h>
#include <poll.h>
#include <signal.h>
#include <spawn.h>
#include <stdarg.h>
#include <stdio.h>
#include <string.h>
#include <sys/wait.h>
#include <unistd.h>

#include "clock.h"

#define PATIENCE_MS 10000

extern char **environ;

enum { WHAT, VERDICT, FOUND, ADVICE, COLUMNS };

static const struct rp_column columns[COLUMNS] = {
	[WHAT] = { "check", "What", false },
	[VERDICT] = { "status", "Status", false },
	[FOUND] = { "found", "Found", false },
	[ADVICE] = { "advice", "What to do", false },
};

static const char *const verdict_word[] = {
	[DOCTOR_OK] = "ok",
	[DOCTOR_NOTE] = "note",
	[DOCTOR_OLD] = "old",
	[DOCTOR_MISSING] = "missing",
	[DOCTOR_FAILS] = "fails",
};

rp_status
doctor_begin(struct doctor *d, struct rp_err *err)
{
	*d = (struct doctor){ .table = NULL };
	return rp_table_new("What this machine has of what revplan needs",
	    columns, COLUMNS, &d->table, err);
}

/* What is old, missing or fails is gathered, for the last line. */
void
doctor_say(struct doctor *d, const char *what, enum doctor_verdict verdict,
    const char *advice, const char *fmt, ...)
{
	size_t len = strlen(d->unfit);
	char found[400];
	va_list ap;

	va_start(ap, fmt);
	(void)vsnprintf(found, sizeof(found), fmt, ap);
	va_end(ap);
	rp_table_row(d->table);
	rp_table_set(d->table, WHAT, RP_CELL_TEXT, what, NULL);
	rp_table_set(d->table, VERDICT, RP_CELL_TEXT, verdict_word[verdict],
	    NULL);
	rp_table_set(d->table, FOUND, RP_CELL_TEXT, found, NULL);
	if (advice != NULL)
		rp_table_set(d->table, ADVICE, RP_CELL_TEXT, advice, NULL);
	if (verdict > DOCTOR_NOTE)
		(void)snprintf(d->unfit + len, sizeof(d->unfit) - len, "%s%s",
		    len > 0 ? ", " : "", what);
}

/* ---- other programs ----------------------------------------------------- */

/*
 * 0 or an errno.  Without a shell nothing in PATH or in a name is a command;
 * without a standard input a program that asks something gets no answer.
 */
static int
start(const char *const *words, int out, pid_t *pid)
{
	posix_spawn_file_actions_t actions;
	int reason = posix_spawn_file_actions_init(&actions);

	if (reason != 0)
		return reason;
	reason = posix_spawn_file_actions_addopen(&actions, STDIN_FILENO,
	    "/dev/null", O_RDONLY, 0);
	if (reason == 0)
		reason = posix_spawn_file_actions_adddup2(&actions, out,
		    STDOUT_FILENO);
	if (reason == 0)
		reason = posix_spawn_file_actions_addopen(&actions,
		    STDERR_FILENO, "/dev/null", O_WRONLY, 0);
	if (reason == 0)
		reason = posix_spawnp(pid, words[0], &actions, NULL,
		    (char *const *)words, environ);
	(void)posix_spawn_file_actions_destroy(&actions);
	return reason;
}

/* To the end of what it says, or of our patience. */
static bool
listen_to(int from, char *out, size_t room)
{
	int64_t until = rp_clock_ticking_ms() + PATIENCE_MS;
	struct pollfd p = { .fd = from, .events = POLLIN };
	size_t len = 0;
	ssize_t n = 1;

	while (n != 0 && rp_clock_ticking_ms() < until) {
		if (poll(&p, 1, 100) <= 0)
			continue;
		n = read(from, out + len, room - 1 - len);
		if (n < 0 && errno != EINTR)
			break;
		if (n > 0)
			len += (size_t)n;
		/* What has no room is of no interest. */
		if (len == room - 1)
			n = 0;
	}
	out[len] = '\0';
	return n == 0;
}

bool
doctor_run(const char *const *words, char *out, size_t room)
{
	int ends[2], status = 0, reason;
	bool heard = false;
	pid_t pid = 0;

	out[0] = '\0';
	if (pipe(ends) != 0)
		return false;
	/* An end that the child kept open would never be at its end. */
	(void)fcntl(ends[0], F_SETFD, FD_CLOEXEC);
	(void)fcntl(ends[1], F_SETFD, FD_CLOEXEC);
	reason = start(words, ends[1], &pid);
	(void)close(ends[1]);
	if (reason == 0)
		heard = listen_to(ends[0], out, room);
	(void)close(ends[0]);
	if (reason != 0)
		return false;
	if (!heard)
		(void)kill(pid, SIGKILL);
	while (waitpid(pid, &status, 0) < 0 && errno == EINTR)
		continue;
	return heard && WIFEXITED(status) && WEXITSTATUS(status) == 0;
}
