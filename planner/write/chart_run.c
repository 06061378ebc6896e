/*
 * gnuplot as a child: the script into its standard input, the picture out of
 * its standard output, what it complains of out of its standard error.  No
 * shell, no start-up files, no settings from the environment.
 */
#include <errno.h>
#include <fcntl.h>
#include <poll.h>
#include <signal.h>
#include <spawn.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/wait.h>
#include <unistd.h>

#include "write/plot.h"

enum { SCRIPT, PICTURE, SAID, PIPES };

/* Our ends and the child's; -1 once closed. */
struct child {
	pid_t pid;
	int ours[PIPES];
	int theirs[PIPES];
};

static void
close_end(int *fd)
{
	if (*fd >= 0)
		(void)close(*fd);
	*fd = -1;
}

static bool
open_pipes(struct child *c)
{
	int i, ends[2];

	for (i = 0; i < PIPES; i++)
		c->ours[i] = c->theirs[i] = -1;
	for (i = 0; i < PIPES; i++) {
		if (pipe(ends) != 0)
			return false;
		c->ours[i] = ends[i == SCRIPT ? 1 : 0];
		c->theirs[i] = ends[i == SCRIPT ? 0 : 1];
		(void)fcntl(c->ours[i], F_SETFD, FD_CLOEXEC);
		(void)fcntl(c->theirs[i], F_SETFD, FD_CLOEXEC);
	}
	return true;
}

static void
close_pipes(struct child *c)
{
	int i;

	for (i = 0; i < PIPES; i++) {
		close_end(&c->ours[i]);
		close_end(&c->theirs[i]);
	}
}

/*
 * What fonts need and no more: GNUTERM, GNUPLOT_LIB and their like would
 * change the picture.
 */
static char **
environment(void)
{
	static const char *const kept[] = { "PATH", "HOME", "TMPDIR",
		"FONTCONFIG_FILE", "FONTCONFIG_PATH", "XDG_CACHE_HOME",
		"XDG_CONFIG_HOME", "XDG_DATA_HOME" };
	char **env = calloc(sizeof(kept) / sizeof(kept[0]) + 2,
	    sizeof(*env));
	const char *value;
	size_t i, n = 0, room;

	if (env == NULL)
		return NULL;
	env[n++] = strdup("LC_ALL=C.UTF-8");
	for (i = 0; i < sizeof(kept) / sizeof(kept[0]); i++) {
		value = getenv(kept[i]);
		if (value == NULL)
			continue;
		room = strlen(kept[i]) + strlen(value) + 2;
		env[n] = malloc(room);
		if (env[n] != NULL)
			(void)snprintf(env[n++], room, "%s=%s", kept[i],
			    value);
	}
	return env;
}

static void
release_environment(char **env)
{
	size_t i;

	for (i = 0; env != NULL && env[i] != NULL; i++)
		free(env[i]);
	free(env);
}

/* 0 or an errno. */
static int
start(struct child *c, char **env)
{
	static char name[] = "gnuplot", defaults[] = "-d", input[] = "-";
	char *argv[] = { name, defaults, input, NULL };
	posix_spawn_file_actions_t actions;
	int i, reason = posix_spawn_file_actions_init(&actions);

	if (reason != 0)
		return reason;
	for (i = 0; i < PIPES && reason == 0; i++)
		reason = posix_spawn_file_actions_adddup2(&actions,
		    c->theirs[i], i);
	if (reason == 0)
		reason = posix_spawnp(&c->pid, name, &actions, NULL, argv,
		    env);
	(void)posix_spawn_file_actions_destroy(&actions);
	for (i = 0; i < PIPES; i++)
		close_end(&c->theirs[i]);
	return reason;
}

/* A child that stops reading has something to say: that is heard later. */
static void
feed(int *fd, const char **script, size_t *left)
{
	ssize_t n = write(*fd, *script, *left);

	if (n < 0 && (errno == EINTR || errno == EAGAIN))
		return;
	if (n < 0) {
		close_end(fd);
		return;
	}
	*script += n;
	*left -= (size_t)n;
	if (*left == 0)
		close_end(fd);
}

static void
drain(int *fd, struct rp_text *into)
{
	char buf[16384];
	ssize_t n = read(*fd, buf, sizeof(buf));

	if (n > 0)
		rp_text_add(into, buf, (size_t)n);
	else if (n == 0 || errno != EINTR)
		close_end(fd);
}

/* Sleep until one of the pipes is ready; a closed one never is. */
static bool
await(const struct child *c, struct pollfd p[PIPES])
{
	int i;

	for (i = 0; i < PIPES; i++)
		p[i] = (struct pollfd){ .fd = c->ours[i],
		    .events = i == SCRIPT ? POLLOUT : POLLIN };
	return poll(p, PIPES, -1) >= 0 || errno == EINTR;
}

static void
converse(struct child *c, const char *script, struct rp_text *picture,
    struct rp_text *said)
{
	size_t left = strlen(script);
	struct pollfd p[PIPES];

	(void)fcntl(c->ours[SCRIPT], F_SETFL, O_NONBLOCK);
	while ((c->ours[PICTURE] >= 0 || c->ours[SAID] >= 0) && await(c, p)) {
		if (p[SCRIPT].revents != 0)
			feed(&c->ours[SCRIPT], &script, &left);
		if (p[PICTURE].revents != 0)
			drain(&c->ours[PICTURE], picture);
		if (p[SAID].revents != 0)
			drain(&c->ours[SAID], said);
	}
}

static rp_status
missing(struct rp_err *err)
{
	return rp_fail(err, RP_EPROGRAM, "gnuplot is not installed; run "
	    "'make deps' or install the gnuplot-nox package");
}

/* The line that names the fault; gnuplot points at it with a caret first. */
static rp_status
complain(const struct rp_text *said, struct rp_err *err)
{
	const char *s = said->bytes != NULL ? said->bytes : "";
	struct rp_text safe = { 0 };
	char line[200];
	const char *fault = strstr(s, "line ");
	rp_status rc;

	if (fault != NULL)
		s = fault;
	s += strspn(s, " \n\t^");
	(void)snprintf(line, sizeof(line), "%.*s", (int)strcspn(s, "\n"), s);
	rp_text_safe(&safe, line);
	rc = rp_fail(err, RP_EPROGRAM, "gnuplot failed: %s",
	    safe.len > 0 ? safe.bytes : "it gave no reason");
	rp_text_release(&safe);
	return rc;
}

static rp_status
outcome(int status, const struct rp_text *picture,
    const struct rp_text *said, struct rp_err *err)
{
	if (WIFEXITED(status) && WEXITSTATUS(status) == 127)
		return missing(err);
	if (WIFSIGNALED(status))
		return rp_fail(err, RP_EPROGRAM,
		    "gnuplot failed: it was ended by signal %d",
		    WTERMSIG(status));
	if (!WIFEXITED(status) || WEXITSTATUS(status) != 0 ||
	    picture->len == 0)
		return complain(said, err);
	if (picture->failed)
		return rp_fail(err, RP_ENOMEM, "no memory for a chart");
	return RP_OK;
}

static rp_status
run(struct child *c, const char *script, struct rp_text *out,
    struct rp_err *err)
{
	struct rp_text said = { 0 };
	char **env = environment();
	int reason = env == NULL ? ENOMEM : start(c, env), status = 0;
	rp_status rc;

	release_environment(env);
	if (reason == ENOENT)
		return missing(err);
	if (reason != 0)
		return rp_fail(err, RP_EPROGRAM, "cannot run gnuplot: %s",
		    strerror(reason));
	converse(c, script, out, &said);
	close_pipes(c);
	while (waitpid(c->pid, &status, 0) < 0 && errno == EINTR)
		continue;
	rc = outcome(status, out, &said, err);
	rp_text_release(&said);
	return rc;
}

rp_status
rp_gnuplot(const char *script, struct rp_text *out, struct rp_err *err)
{
	struct sigaction ignore, before;
	struct child c;
	rp_status rc;

	if (!open_pipes(&c)) {
		close_pipes(&c);
		return rp_fail(err, RP_EIO, "cannot make a pipe: %s",
		    strerror(errno));
	}
	memset(&ignore, 0, sizeof(ignore));
	ignore.sa_handler = SIG_IGN;
	(void)sigemptyset(&ignore.sa_mask);
	(void)sigaction(SIGPIPE, &ignore, &before);
	rc = run(&c, script, out, err);
	(void)sigaction(SIGPIPE, &before, NULL);
	close_pipes(&c);
	return rc;
}
