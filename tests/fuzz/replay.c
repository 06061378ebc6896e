/*
 * replay.c - runs a fuzz target without libFuzzer.
 *
 * Usage: fuzz_X CORPUS_DIR.  Every file of the corpus is fed to the target
 * whole, cut at many places, and with single bytes changed; small files get
 * every cut.  The changes come from a fixed seed, so a failure repeats.  The
 * number of inputs is printed; a fault ends the program by a signal or a
 * sanitizer, and the name of the file last begun stands on stderr.
 */
#include <sys/types.h>

#include <dirent.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#define FILE_MAX_BYTES (1u << 20)
#define CUTS 64u
#define CHANGES 64u

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static unsigned long inputs;

/* Splitmix64: good enough to pick places, the same everywhere. */
static uint64_t
next(uint64_t *state)
{
	uint64_t z = *state += UINT64_C(0x9e3779b97f4a7c15);

	z = (z ^ (z >> 30)) * UINT64_C(0xbf58476d1ce4e5b9);
	z = (z ^ (z >> 27)) * UINT64_C(0x94d049bb133111eb);
	return z ^ (z >> 31);
}

/*
 * The target gets memory of exactly the input's size, so that AddressSanitizer
 * sees a read one byte too far.
 */
static void
feed(const uint8_t *data, size_t size)
{
	uint8_t *copy = malloc(size > 0 ? size : 1);

	if (copy == NULL)
		abort();
	if (size > 0)
		memcpy(copy, data, size);
	LLVMFuzzerTestOneInput(copy, size);
	free(copy);
	inputs++;
}

static void
feed_variants(uint8_t *data, size_t size)
{
	uint64_t state = UINT64_C(0x5eed) + size;

	feed(data, size);
	for (size_t i = 0; i < CUTS && i < size; i++)
		feed(data, size <= CUTS ? i : next(&state) % size);
	for (size_t i = 0; i < CHANGES && size > 0; i++) {
		size_t at = next(&state) % size;
		uint8_t was = data[at];

		data[at] = (uint8_t)next(&state);
		feed(data, size);
		data[at] = was;
	}
}

static int
feed_file(const char *dir, const char *name, uint8_t *buffer)
{
	char path[4096];
	size_t size;
	FILE *f;

	snprintf(path, sizeof path, "%s/%s", dir, name);
	fprintf(stderr, "%s\n", path);
	f = fopen(path, "rb");
	if (f == NULL)
		return -1;
	size = fread(buffer, 1, FILE_MAX_BYTES, f);
	if (fclose(f) != 0)
		return -1;
	feed_variants(buffer, size);
	return 0;
}

int
main(int argc, char **argv)
{
	uint8_t *buffer = malloc(FILE_MAX_BYTES);
	struct dirent **entry = NULL;
	int n, rc = 0;

	if (argc != 2 || buffer == NULL) {
		fprintf(stderr, "usage: %s CORPUS_DIR\n", argv[0]);
		return 2;
	}
	n = scandir(argv[1], &entry, NULL, alphasort);
	for (int i = 0; i < n; i++) {
		if (entry[i]->d_name[0] != '.' &&
		    feed_file(argv[1], entry[i]->d_name, buffer) != 0)
			rc = 1;
		free(entry[i]);
	}
	free(entry);
	free(buffer);
	feed((const uint8_t *)"", 0);
	printf("%lu inputs\n", inputs);
	return rc;
}
