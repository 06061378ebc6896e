/*
 * read/bug_people.c - who wrote what on a bug: the CA, a root program, a
 * program, or anybody else.
 *
 * Who is not logged in is told names without what follows the "@", and a list
 * of names is written by hand, so either form matches either.
 */
#include "read/bugzilla.h"

#include <ctype.h>
#include <string.h>
#include <strings.h>

#include "read/binder.h"

/* ---- programs that write comments --------------------------------------- */

/* Whole names up to the "@". */
static const char *const robots[] = {
	"automation", "github-automation", "intermittent-bug-filer",
	"orangefactor", "pulsebot", "wptsync"
};

/* Whatever is behind the "@". */
static const char *const robot_domains[] = {
	"bmo.tld", "bots.tld", "mozilla.bugs"
};

/* How the names of others end, before the "@". */
static const char robot_end[] = "-bot";

static size_t
local_length(const char *name)
{
	return strcspn(name, "@");
}

static bool
is_robot(const char *name)
{
	const size_t len = local_length(name), end = sizeof(robot_end) - 1;
	const char *domain = name[len] == '@' ? name + len + 1 : "";
	size_t i;

	for (i = 0; i < sizeof(robot_domains) / sizeof(robot_domains[0]); i++)
		if (strcasecmp(domain, robot_domains[i]) == 0)
			return true;
	for (i = 0; i < sizeof(robots) / sizeof(robots[0]); i++)
		if (strlen(robots[i]) == len &&
		    strncasecmp(name, robots[i], len) == 0)
			return true;
	return len > end && strncasecmp(name + len - end, robot_end, end) == 0;
}

/* ---- names -------------------------------------------------------------- */

/* Two names with an "@" must agree whole. */
static bool
is_same(const char *a, const char *b)
{
	size_t len_a = local_length(a), len_b = local_length(b);

	if (a[len_a] != '\0' && b[len_b] != '\0')
		return strcasecmp(a, b) == 0;
	return len_a == len_b && len_a > 0 && strncasecmp(a, b, len_a) == 0;
}

static bool
is_among(const struct rp_bug_names *names, const char *by)
{
	for (size_t i = 0; i < names->n; i++)
		if (is_same(names->name[i], by))
			return true;
	return false;
}

static enum rp_bug_role
role_of(const struct rp_bug_who *who, const char *by)
{
	/* Who is named is taken at the word of whoever named them. */
	if (is_among(&who->ca, by))
		return RP_BUG_CA;
	if (is_among(&who->program, by))
		return RP_BUG_PROGRAM;
	return is_robot(by) ? RP_BUG_ROBOT : RP_BUG_OTHER;
}

/* ---- names that wrote nothing ------------------------------------------- */

/* The i-th author, of the comments and then of the changes. */
static const char *
author(const struct rp_bug *bug, size_t i)
{
	return i < bug->n_comments ? bug->comment[i].by :
	    bug->change[i - bug->n_comments].by;
}

/* What is before the "@", in small letters; whole: all of it. */
static const char *
plain(const char *name, bool whole, char buf[RP_BUG_NAME + 1])
{
	size_t len = whole ? strlen(name) : local_length(name), i;

	if (len > RP_BUG_NAME)
		len = RP_BUG_NAME;
	for (i = 0; i < len; i++)
		buf[i] = (char)tolower((unsigned char)name[i]);
	buf[len] = '\0';
	return buf;
}

/* The author that is most alike, whole or before the "@"; or NULL. */
static const char *
nearest(const struct rp_bug *bug, const char *name, bool whole)
{
	char typed[RP_BUG_NAME + 1], other[RP_BUG_NAME + 1];
	const char *found = NULL;
	struct rp_nearest near;
	unsigned before;
	size_t i;

	rp_nearest_init(&near, plain(name, whole, typed));
	for (i = 0; i < bug->n_comments + bug->n_changes; i++) {
		before = near.distance;
		rp_nearest_try(&near, plain(author(bug, i), whole, other));
		if (near.distance < before)
			found = author(bug, i);
	}
	return found;
}

static rp_status
unknown(const struct rp_bug *bug, const char *name, struct rp_err *err)
{
	const char *near = nearest(bug, name, false);

	if (near == NULL)
		near = nearest(bug, name, true);
	if (near != NULL)
		return rp_fail(err, RP_EINPUT, "'%.100s' wrote nothing on bug "
		    "%u; did you mean '%.100s'?", name, bug->number, near);
	return rp_fail(err, RP_EINPUT, "'%.100s' wrote nothing on bug %u",
	    name, bug->number);
}

static rp_status
check_names(const struct rp_bug *bug, const struct rp_bug_names *names,
    struct rp_err *err)
{
	const size_t n_authors = bug->n_comments + bug->n_changes;
	size_t i, k;

	for (i = 0; i < names->n; i++) {
		for (k = 0; k < n_authors; k++)
			if (is_same(names->name[i], author(bug, k)))
				break;
		if (k == n_authors)
			return unknown(bug, names->name[i], err);
	}
	return RP_OK;
}

rp_status
rp_bug_roles(struct rp_bug *bug, const struct rp_bug_who *who,
    struct rp_err *err)
{
	size_t i;
	rp_status rc = check_names(bug, &who->ca, err);

	if (rc == RP_OK)
		rc = check_names(bug, &who->program, err);
	if (rc != RP_OK)
		return rc;
	for (i = 0; i < who->program.n; i++)
		if (is_among(&who->ca, who->program.name[i]))
			return rp_fail(err, RP_EINPUT, "'%.100s' cannot write "
			    "for the CA and for a root program",
			    who->program.name[i]);
	for (i = 0; i < bug->n_comments; i++)
		bug->comment[i].role = role_of(who, bug->comment[i].by);
	for (i = 0; i < bug->n_changes; i++)
		bug->change[i].role = role_of(who, bug->change[i].by);
	return RP_OK;
}
