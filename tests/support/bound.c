/*
 * tests/support/bound.c - a case from a text or a file, with its faults.
 */
#include "bound.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

struct bound
bind_text(const char *text, const char *base)
{
	struct bound b = { 0 };
	struct rp_doc *doc = NULL;
	struct rp_files files = rp_files_folder(base);
	struct rp_err err = { 0 };

	rp_faults_init(&b.faults, "case.yaml");
	b.status = rp_doc_read_yaml(text, strlen(text), &b.faults, &doc,
	    &err);
	if (b.status == RP_OK)
		b.status = rp_bind(doc, &files, &b.faults, &b.cs, &err);
	rp_doc_free(doc);
	rp_faults_sort(&b.faults);
	return b;
}

char *
read_whole_file(const char *path)
{
	FILE *file = fopen(path, "rb");
	char *text = NULL;
	long size = -1;

	if (file == NULL)
		return NULL;
	if (fseek(file, 0, SEEK_END) == 0)
		size = ftell(file);
	rewind(file);
	if (size >= 0)
		text = calloc((size_t)size + 1, 1);
	if (text != NULL &&
	    fread(text, 1, (size_t)size, file) != (size_t)size) {
		free(text);
		text = NULL;
	}
	(void)fclose(file);
	return text;
}

struct bound
bind_file(const char *path)
{
	struct bound b = { .status = RP_EIO };
	char *text = read_whole_file(path), *base = strdup(path), *slash;

	if (text != NULL && base != NULL) {
		slash = strrchr(base, '/');
		if (slash != NULL)
			*slash = '\0';
		b = bind_text(text, base);
	}
	free(text);
	free(base);
	return b;
}

void
bound_release(struct bound *b)
{
	rp_case_free(b->cs);
	rp_faults_release(&b->faults);
	b->cs = NULL;
}
