/*
 * store/counts_file.c - a file of counts, piece by piece.
 */
#include <errno.h>
#include <fcntl.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "store/counts.h"

#define PIECE ((size_t)1 << 18)

struct source {
	const char *name;
	int fd;
	char *piece;
	struct rp_digest *digest;
	struct rp_counting *counting;
	struct rp_err *err;
};

static rp_status
cannot_read(const struct source *s, int reason)
{
	if (reason == EISDIR)
		return rp_fail(s->err, RP_EIO, "'%s' is a directory; a file "
		    "is wanted", s->name);
	return rp_fail(s->err, RP_EIO, "cannot read '%s': %s", s->name,
	    strerror(reason));
}

rp_status
rp_counts_faults(struct rp_faults *f, FILE *talk, struct rp_err *err)
{
	const size_t n = f->n + f->dropped;

	(void)rp_tell_faults(f, talk, err);
	return rp_fail(err, RP_EINPUT, "'%s' was not imported: %zu fault%s%s",
	    f->file, n, n == 1 ? "" : "s", n < RP_COUNTS_FAULTS ? "" :
	    ", after which reading stopped");
}

/* Until the end, or as long as it makes sense. */
static rp_status
read_pieces(struct source *s)
{
	ssize_t n;

	for (;;) {
		n = read(s->fd, s->piece, PIECE);
		if (n < 0 && errno == EINTR)
			continue;
		if (n < 0)
			return cannot_read(s, errno);
		if (n == 0)
			return RP_OK;
		rp_digest_add(s->digest, s->piece, (size_t)n);
		if (!rp_counting_add(s->counting, s->piece, (size_t)n))
			return RP_OK;
	}
}

static rp_status
read_source(struct source *s, FILE *talk, struct rp_faults *f,
    struct rp_counts_file *out)
{
	rp_status rc = read_pieces(s);

	if (rc == RP_OK)
		rc = rp_counting_end(s->counting, RP_COUNTS_CLASSES,
		    &out->counts, s->err);
	if (rc == RP_EINPUT)
		return rp_counts_faults(f, talk, s->err);
	if (rc == RP_OK)
		rc = rp_digest_end(s->digest, &out->digest, s->err);
	if (rc != RP_OK)
		rp_counts_release(&out->counts);
	return rc;
}

rp_status
rp_counts_file_read(const char *path, FILE *talk, struct rp_counts_file *out,
    struct rp_err *err)
{
	const bool is_stdin = strcmp(path, "-") == 0;
	struct source s = { .name = is_stdin ? "<stdin>" : path, .err = err };
	struct rp_faults f;
	rp_status rc;

	*out = (struct rp_counts_file){ .source = s.name };
	rp_faults_init(&f, s.name);
	s.fd = is_stdin ? STDIN_FILENO : open(path, O_RDONLY | O_CLOEXEC |
	    O_NOCTTY);
	if (s.fd < 0)
		return cannot_read(&s, errno);
	s.piece = malloc(PIECE);
	s.digest = rp_digest_new();
	s.counting = rp_counting_new(&f);
	if (s.piece == NULL || s.digest == NULL || s.counting == NULL)
		rc = rp_fail(err, RP_ENOMEM, "out of memory for '%s'", s.name);
	else
		rc = read_source(&s, talk, &f, out);
	rp_counting_free(s.counting);
	rp_digest_free(s.digest);
	free(s.piece);
	if (!is_stdin)
		(void)close(s.fd);
	rp_faults_release(&f);
	return rc;
}

void
rp_counts_file_release(struct rp_counts_file *file)
{
	rp_counts_release(&file->counts);
}
