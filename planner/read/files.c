/*
 * read/files.c - the files that a case names, from a folder.
 */
#include "read/files.h"

#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "read/slurp.h"

bool
rp_files_inside(const char *name)
{
	const char *p = name;
	size_t len;

	if (name[0] == '/')
		return false;
	while (*p != '\0') {
		len = strcspn(p, "/");
		if (len == 2 && p[0] == '.' && p[1] == '.')
			return false;
		p += len;
		p += strspn(p, "/");
	}
	return true;
}

/* Messages call the file what the case calls it: the folder may be anywhere. */
static rp_status
read_below(void *arg, const char *name, size_t most, char **out, size_t *len,
    struct rp_err *err)
{
	const char *base = arg;
	size_t size = strlen(base) + strlen(name) + 2;
	char *full = malloc(size);
	rp_status rc;

	if (full == NULL)
		return rp_fail(err, RP_ENOMEM, "out of memory for '%s'", name);
	(void)snprintf(full, size, "%s/%s", base, name);
	rc = rp_slurp_as(full, name, most, out, len, err);
	free(full);
	return rc;
}

struct rp_files
rp_files_folder(const char *base)
{
	if (base == NULL || base[0] == '\0')
		base = ".";
	return (struct rp_files){ read_below, (void *)(uintptr_t)base };
}
