#include <errno.h>
#include <fcntl.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "output.h"

#define LINKS_MAX 32
#define TEMPORARY ".XXXXXX"

/*
 * What a signal must take away.  One file is written at a time, by the thread
 * that holds the command line.
 */
static char *volatile unfinished;

static const int ending[] = { SIGHUP, SIGINT, SIGTERM };
#define N_ENDING (sizeof(ending) / sizeof(ending[0]))

struct guard {
	struct sigaction before[N_ENDING];
};

/* Make the temporary file and tell the handler, with no gap between. */
static int
make_temporary(char *template)
{
	sigset_t block, before;
	size_t i;
	int fd;

	(void)sigemptyset(&block);
	for (i = 0; i < N_ENDING; i++)
		(void)sigaddset(&block, ending[i]);
	(void)sigprocmask(SIG_BLOCK, &block, &before);
	fd = mkstemp(template);
	if (fd >= 0)
		unfinished = template;
	(void)sigprocmask(SIG_SETMASK, &before, NULL);
	return fd;
}

static void
remove_and_end(int signal_number)
{
	char *path = unfinished;

	if (path != NULL)
		(void)unlink(path);
	(void)raise(signal_number);	/* SA_RESETHAND: the default ends us */
}

/* A signal that the parent had ignored (nohup) stays ignored. */
static void
guard_begin(struct guard *g)
{
	struct sigaction act;
	size_t i;

	memset(&act, 0, sizeof(act));
	act.sa_handler = remove_and_end;
	act.sa_flags = (int)SA_RESETHAND;
	(void)sigemptyset(&act.sa_mask);
	for (i = 0; i < N_ENDING; i++) {
		(void)sigaction(ending[i], NULL, &g->before[i]);
		if (g->before[i].sa_handler != SIG_IGN)
			(void)sigaction(ending[i], &act, NULL);
	}
}

static void
guard_end(const struct guard *g)
{
	size_t i;

	unfinished = NULL;
	for (i = 0; i < N_ENDING; i++)
		(void)sigaction(ending[i], &g->before[i], NULL);
}

int
rp_write_all(int fd, const void *bytes, size_t len)
{
	const char *p = bytes;
	ssize_t n;

	while (len > 0) {
		n = write(fd, p, len);
		if (n < 0 && errno == EINTR)
			continue;
		if (n < 0)
			return errno;
		p += n;
		len -= (size_t)n;
	}
	return 0;
}

static rp_status
cannot(const char *path, int reason, struct rp_err *err)
{
	return rp_fail(err, RP_EIO, "cannot write '%s': %s", path,
	    strerror(reason));
}

/* A reader that has gone away must give a line, not end us in silence. */
static rp_status
write_stdout(const char *bytes, size_t len, struct rp_err *err)
{
	struct sigaction ignore, before;
	int reason = 0;

	memset(&ignore, 0, sizeof(ignore));
	ignore.sa_handler = SIG_IGN;
	(void)sigemptyset(&ignore.sa_mask);
	(void)sigaction(SIGPIPE, &ignore, &before);
	if (fflush(stdout) != 0 ||
	    rp_write_all(STDOUT_FILENO, bytes, len) != 0)
		reason = errno;
	(void)sigaction(SIGPIPE, &before, NULL);
	if (reason == 0)
		return RP_OK;
	return rp_fail(err, RP_EIO, "cannot write to standard output: %s",
	    strerror(reason));
}

/* Devices and pipes have no "beside" and nothing to keep. */
static rp_status
write_direct(const char *path, const char *bytes, size_t len,
    struct rp_err *err)
{
	struct sigaction ignore, before;
	int fd, reason = 0;

	fd = open(path, O_WRONLY | O_NOCTTY);
	if (fd < 0)
		return cannot(path, errno, err);
	memset(&ignore, 0, sizeof(ignore));
	ignore.sa_handler = SIG_IGN;
	(void)sigemptyset(&ignore.sa_mask);
	(void)sigaction(SIGPIPE, &ignore, &before);
	if (rp_write_all(fd, bytes, len) != 0)
		reason = errno;
	(void)sigaction(SIGPIPE, &before, NULL);
	if (close(fd) != 0 && reason == 0)
		reason = errno;
	return reason == 0 ? RP_OK : cannot(path, reason, err);
}

/* dir(link) + "/" + target, or target when that is absolute; or NULL. */
static char *
link_target(const char *path)
{
	char target[4096];
	const char *slash = strrchr(path, '/');
	size_t dir = slash == NULL ? 0 : (size_t)(slash - path) + 1;
	ssize_t n = readlink(path, target, sizeof(target) - 1);
	char *whole;

	if (n < 0)
		return NULL;
	target[n] = '\0';
	if (target[0] == '/')
		dir = 0;
	whole = malloc(dir + (size_t)n + 1);
	if (whole == NULL)
		return NULL;
	memcpy(whole, path, dir);
	memcpy(whole + dir, target, (size_t)n + 1);
	return whole;
}

/*
 * Follow symbolic links to the file that is meant, even when it does not
 * exist yet, so that a link stays a link.  malloc'ed, NULL with errno set.
 */
static char *
follow_links(const char *path)
{
	struct stat st;
	char *at = strdup(path), *next;
	int i;

	for (i = 0; at != NULL && i < LINKS_MAX; i++) {
		if (lstat(at, &st) != 0 || !S_ISLNK(st.st_mode))
			return at;
		next = link_target(at);
		free(at);
		at = next;
	}
	free(at);
	errno = i == LINKS_MAX ? ELOOP : ENOMEM;
	return NULL;
}

/* The mode of what is replaced, or that of any new file. */
static mode_t
mode_for(const struct stat *old)
{
	mode_t mask;

	if (old != NULL)
		return old->st_mode & 0777;
	mask = umask(0);
	(void)umask(mask);
	return (mode_t)0666 & ~mask;
}

/* The rename itself reaches the disk only with its folder. */
static void
sync_folder(const char *path)
{
	const char *slash = strrchr(path, '/');
	size_t n = slash == NULL ? 0 : (size_t)(slash - path) + 1;
	char *dir = n == 0 ? strdup(".") : strdup(path);
	int fd;

	if (dir == NULL)
		return;
	if (n > 0)
		dir[n] = '\0';
	fd = open(dir, O_RDONLY);
	if (fd >= 0) {
		(void)fsync(fd);
		(void)close(fd);
	}
	free(dir);
}

/* Fill the temporary file and put it in place; 0 or an errno. */
static int
fill_and_rename(int fd, const char *temporary, const char *target,
    mode_t mode, const char *bytes, size_t len)
{
	int reason = 0;

	if (rp_write_all(fd, bytes, len) != 0 || fchmod(fd, mode) != 0 ||
	    fsync(fd) != 0)
		reason = errno;
	if (close(fd) != 0 && reason == 0)
		reason = errno;
	if (reason == 0 && rename(temporary, target) != 0)
		reason = errno;
	return reason;
}

/* Replace target whole; 0 or an errno. */
static int
replace(const char *target, const struct stat *old, const char *bytes,
    size_t len)
{
	size_t n = strlen(target);
	char *temporary = malloc(n + sizeof(TEMPORARY));
	struct guard guard;
	int fd, reason = 0;

	if (temporary == NULL)
		return ENOMEM;
	memcpy(temporary, target, n);
	memcpy(temporary + n, TEMPORARY, sizeof(TEMPORARY));
	guard_begin(&guard);
	fd = make_temporary(temporary);
	if (fd < 0) {
		reason = errno;
		goto out;
	}
	reason = fill_and_rename(fd, temporary, target, mode_for(old), bytes,
	    len);
	if (reason == 0)
		sync_folder(target);
	else
		(void)unlink(temporary);
out:
	guard_end(&guard);
	free(temporary);
	return reason;
}

static rp_status
write_file(const char *path, const char *target, const char *bytes,
    size_t len, struct rp_err *err)
{
	struct stat st;
	bool exists = stat(target, &st) == 0;
	int reason;

	if (!exists && errno != ENOENT)
		return cannot(path, errno, err);
	if (exists && S_ISDIR(st.st_mode))
		return rp_fail(err, RP_EIO,
		    "cannot write '%s': it is a directory; name a file in it",
		    path);
	if (exists && !S_ISREG(st.st_mode))
		return write_direct(target, bytes, len, err);
	if (exists && access(target, W_OK) != 0)
		return cannot(path, errno, err);
	reason = replace(target, exists ? &st : NULL, bytes, len);
	return reason == 0 ? RP_OK : cannot(path, reason, err);
}

rp_status
rp_output_write(const char *path, const char *bytes, size_t len,
    struct rp_err *err)
{
	char *target;
	rp_status rc;

	if (path == NULL || strcmp(path, "-") == 0)
		return write_stdout(bytes, len, err);
	if (path[0] == '\0')
		return rp_fail(err, RP_EIO,
		    "cannot write '': the name of a file is empty");
	target = follow_links(path);
	if (target == NULL)
		return cannot(path, errno, err);
	rc = write_file(path, target, bytes, len, err);
	free(target);
	return rc;
}
