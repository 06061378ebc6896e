/*
 * read/slurp.c - the bytes of a file, all of them or none.
 */
#include "read/slurp.h"

#include <sys/stat.h>

#include <errno.h>
#include <fcntl.h>
#include <stdbool.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#define FIRST_ROOM 65536u
#define MEGABYTE (1024u * 1024u)

struct slurp {
	const char *name;	/* as messages call it */
	int fd;
	size_t most;
	char *bytes;
	size_t len;
	size_t room;
	struct rp_err *err;
};

static rp_status
cannot_read(const struct slurp *s, int reason)
{
	if (reason == EISDIR)
		return rp_fail(s->err, RP_EIO, "'%s' is a directory; a file "
		    "is wanted", s->name);
	return rp_fail(s->err, RP_EIO, "cannot read '%s': %s", s->name,
	    strerror(reason));
}

static rp_status
too_large(const struct slurp *s)
{
	return rp_fail(s->err, RP_EINPUT, "'%s' is too large: more than "
	    "%zu MB", s->name, s->most / MEGABYTE);
}

/* What can be known before reading; a pipe does not tell its size. */
static rp_status
look(struct slurp *s, size_t *room)
{
	struct stat st;

	*room = FIRST_ROOM;
	if (fstat(s->fd, &st) != 0)
		return cannot_read(s, errno);
	if (S_ISDIR(st.st_mode))
		return cannot_read(s, EISDIR);
	if (!S_ISREG(st.st_mode))
		return RP_OK;
	if (st.st_size < 0 || (uintmax_t)st.st_size > s->most)
		return too_large(s);
	*room = (size_t)st.st_size;
	return RP_OK;
}

/* Room for one byte beyond the limit shows that there is more; one is for
 * the final 0. */
static rp_status
grow(struct slurp *s, size_t room)
{
	char *more;

	if (room > s->most + 1)
		room = s->most + 1;
	more = realloc(s->bytes, room + 1);
	if (more == NULL)
		return rp_fail(s->err, RP_ENOMEM, "out of memory for '%s'",
		    s->name);
	s->bytes = more;
	s->room = room;
	return RP_OK;
}

static rp_status
read_all(struct slurp *s)
{
	rp_status rc = RP_OK;
	ssize_t n;

	for (;;) {
		if (s->len == s->room)
			rc = grow(s, 2 * s->room);
		if (rc != RP_OK)
			return rc;
		n = read(s->fd, s->bytes + s->len, s->room - s->len);
		if (n < 0 && errno != EINTR)
			return cannot_read(s, errno);
		if (n == 0)
			break;
		if (n > 0)
			s->len += (size_t)n;
		if (s->len > s->most)
			return too_large(s);
	}
	s->bytes[s->len] = '\0';
	return RP_OK;
}

static rp_status
slurp_open(struct slurp *s)
{
	size_t room;
	rp_status rc = look(s, &room);

	/* One byte more than it has, so that its end is seen at once. */
	if (rc == RP_OK)
		rc = grow(s, room + 1);
	if (rc == RP_OK)
		rc = read_all(s);
	return rc;
}

rp_status
rp_slurp(const char *path, size_t most, char **out, size_t *len,
    struct rp_err *err)
{
	return rp_slurp_as(path, strcmp(path, "-") == 0 ? "<stdin>" : path,
	    most, out, len, err);
}

rp_status
rp_slurp_as(const char *path, const char *name, size_t most, char **out,
    size_t *len, struct rp_err *err)
{
	struct slurp s = { .name = name, .most = most, .err = err };
	bool is_stdin = strcmp(path, "-") == 0;
	rp_status rc;

	s.fd = is_stdin ? STDIN_FILENO : open(path, O_RDONLY | O_CLOEXEC |
	    O_NOCTTY);
	if (s.fd < 0)
		return cannot_read(&s, errno);
	rc = slurp_open(&s);
	if (!is_stdin)
		(void)close(s.fd);
	if (rc != RP_OK) {
		free(s.bytes);
		return rc;
	}
	*out = s.bytes;
	*len = s.len;
	return RP_OK;
}
