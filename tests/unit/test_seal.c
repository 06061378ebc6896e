/*
 * test_seal.c - whatever bit of a store is changed, verify finds it, and no
 * other command falls over it.
 *
 * REVPLAN_FLIPS sets how many bits are sampled (1,000; with sanitizers 200),
 * REVPLAN_SEED which.
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <unistd.h>

#include <cmocka.h>

#include "revplan/store.h"

#ifdef __SANITIZE_ADDRESS__
#define FLIPS 200
#else
#define FLIPS 1000
#endif

static char folder[] = "/tmp/revplan-seal.XXXXXX";

static const char scenario[] =
    "revplan: 1\n"
    "incident: {id: x, certificate: subscriber,\n"
    "  reason: not-per-requirements, aware: 2026-03-02T09:15Z}\n"
    "calendars:\n"
    "  c: {zone: UTC, week: mon-fri, hours: 09:00-18:00, holidays: h.txt}\n"
    "populations:\n"
    "  - {name: a, certificates: 10, calendar: c,\n"
    "     path: [{wait: {what: w, time: 1 d}}]}\n"
    "actuals:\n"
    "  - {as_of: 2026-03-31, replaced: 11.0%, source: weekly count}\n";

static void
write_file(const char *name, const void *bytes, size_t len)
{
	FILE *f = fopen(name, "wb");

	assert_non_null(f);
	assert_int_equal(fwrite(bytes, 1, len, f), len);
	assert_int_equal(fclose(f), 0);
}

static uint8_t *
read_file(const char *name, size_t *len)
{
	FILE *f = fopen(name, "rb");
	uint8_t *bytes;

	assert_non_null(f);
	assert_int_equal(fseek(f, 0, SEEK_END), 0);
	*len = (size_t)ftell(f);
	rewind(f);
	bytes = malloc(*len);
	assert_non_null(bytes);
	assert_int_equal(fread(bytes, 1, *len, f), *len);
	assert_int_equal(fclose(f), 0);
	return bytes;
}

static void
record(struct rp_store *st, const char *kind, const char *a, const char *b)
{
	const char *pair[] = { a, b };
	struct rp_entry entry = { .kind = kind, .n_pairs = 2, .pair = pair };
	struct rp_receipt receipt;
	struct rp_err err = { 0 };

	if (rp_store_record(st, &entry, rp_instant_of_s(1800000000), stderr,
	    &receipt, &err) != RP_OK)
		fail_msg("%s", err.text);
}

/* Four records, a correction and a file among them. */
static int
make_store(void **state)
{
	struct rp_store *st = NULL;
	struct rp_receipt receipt;
	struct rp_err err = { 0 };

	(void)state;
	if (mkdtemp(folder) == NULL || chdir(folder) != 0)
		return -1;
	write_file("case.yaml", scenario, strlen(scenario));
	write_file("h.txt", "2026-04-01,holiday\n", 19);
	if (rp_store_open("good.db", RP_STORE_CREATE, NULL, &st, &err) !=
	    RP_OK || rp_store_import(st, "case.yaml",
	    rp_instant_of_s(1800000000), stderr, &receipt, &err) != RP_OK) {
		fprintf(stderr, "%s\n", err.text);
		return -1;
	}
	record(st, "actual", "as_of=2026-04-30", "replaced=50.0%");
	record(st, "update", "at=2026-04-30T10:00Z", "note=on the bug");
	record(st, "actual", "as_of=2026-05-31", "replaced=70.0%");
	rp_store_close(st);
	return 0;
}

static int
remove_store(void **state)
{
	static const char *const names[] = { "case.yaml", "h.txt", "good.db",
		"bad.db", "bad.db-wal", "bad.db-shm" };

	(void)state;
	for (size_t i = 0; i < sizeof(names) / sizeof(names[0]); i++)
		(void)unlink(names[i]);
	return chdir("/") != 0 || rmdir(folder) != 0;
}

static void
check_line(void *arg, const char *text)
{
	(void)arg;
	if (text[0] == '\0' || strchr(text, '\n') != NULL)
		fail_msg("not a whole line: '%s'", text);
}

static size_t
faults_of(const char *name)
{
	struct rp_err err = { 0 };
	size_t n_records, n_faults;
	char sha256[65];

	if (rp_store_verify(name, check_line, NULL, &n_records, &n_faults,
	    sha256, &err) != RP_OK)
		fail_msg("%s", err.text);
	return n_faults;
}

static void
a_good_store_has_no_fault(void **state)
{
	(void)state;
	assert_int_equal(faults_of("good.db"), 0);
}

static bool
is_found(uint8_t *bytes, size_t len, size_t bit)
{
	struct rp_case *cs = NULL;
	struct rp_err err = { 0 };
	bool found;

	bytes[bit / 8] ^= (uint8_t)(1u << bit % 8);
	write_file("bad.db", bytes, len);
	bytes[bit / 8] ^= (uint8_t)(1u << bit % 8);
	found = faults_of("bad.db") > 0;
	if (rp_case_open("bad.db", NULL, &cs, &err) == RP_OK)
		rp_case_free(cs);
	else if (err.text[0] == '\0' || strchr(err.text, '\n') != NULL)
		fail_msg("no reason: '%s'", err.text);
	if (!found)
		print_error("bit %zu of byte %zu was not found\n", bit % 8,
		    bit / 8);
	return found;
}

static void
every_bit_of_the_header_counts(void **state)
{
	size_t len, missed = 0;
	uint8_t *bytes = read_file("good.db", &len);

	(void)state;
	for (size_t bit = 0; bit < 800; bit++)
		missed += !is_found(bytes, len, bit);
	free(bytes);
	assert_int_equal(missed, 0);
}

static unsigned long
setting(const char *name, unsigned long fallback)
{
	const char *text = getenv(name);

	return text != NULL ? strtoul(text, NULL, 10) : fallback;
}

static void
every_sampled_bit_counts(void **state)
{
	unsigned long flips = setting("REVPLAN_FLIPS", FLIPS), missed = 0;
	uint64_t x = setting("REVPLAN_SEED", 1);
	size_t len;
	uint8_t *bytes = read_file("good.db", &len);

	(void)state;
	for (unsigned long i = 0; i < flips; i++) {
		x = x * UINT64_C(6364136223846793005) + 1442695040888963407;
		missed += !is_found(bytes, len, (size_t)(x >> 20) %
		    (len * 8));
	}
	free(bytes);
	assert_int_equal(missed, 0);
}

static void
every_bit_of_the_seal_counts(void **state)
{
	size_t len, missed = 0, at = 0;
	uint8_t *bytes = read_file("good.db", &len);
	const char *text = "seal";

	/* All bits of the pages in which the word stands: the table's
	 * description, and free space around it. */
	(void)state;
	for (size_t i = 0; i + 4 < len && at == 0; i++) {
		if (memcmp(bytes + i, text, 4) == 0)
			at = i;
	}
	for (size_t bit = at * 8; bit < at * 8 + 400; bit++)
		missed += !is_found(bytes, len, bit);
	free(bytes);
	assert_int_equal(missed, 0);
}

static void
a_file_cut_or_grown_is_found(void **state)
{
	static const long cuts[] = { 100, 512, 4095, 4096, 4097, 8192 };
	size_t len;
	uint8_t *bytes = read_file("good.db", &len), *more;
	struct rp_case *cs = NULL;
	struct rp_err err = { 0 };

	(void)state;
	for (size_t i = 0; i < sizeof(cuts) / sizeof(cuts[0]); i++) {
		write_file("bad.db", bytes, (size_t)cuts[i]);
		assert_true(faults_of("bad.db") > 0);
		assert_int_not_equal(rp_case_open("bad.db", NULL, &cs, &err),
		    RP_OK);
	}
	more = calloc(1, len + 4096);
	assert_non_null(more);
	memcpy(more, bytes, len);
	write_file("bad.db", more, len + 4096);
	assert_true(faults_of("bad.db") > 0);
	write_file("bad.db", more, len + 1);
	assert_true(faults_of("bad.db") > 0);
	free(more);
	free(bytes);
}

/* What has fewer than two of a store's marks is no store, and so no fault. */
static void
another_file_is_no_store(void **state)
{
	static const char words[200] = "a note";
	size_t len, n_records, n_faults;
	uint8_t *bytes = read_file("good.db", &len);
	struct rp_err err = { 0 };
	char sha256[65];

	(void)state;
	for (size_t cut = 0; cut < 100; cut += 33) {
		write_file("bad.db", bytes, cut);
		assert_int_equal(rp_store_verify("bad.db", check_line, NULL,
		    &n_records, &n_faults, sha256, &err), RP_EINPUT);
	}
	write_file("bad.db", words, sizeof(words));
	assert_int_equal(rp_store_verify("bad.db", check_line, NULL,
	    &n_records, &n_faults, sha256, &err), RP_EINPUT);
	/* Both the first 16 bytes and the number of a store are gone. */
	memset(bytes, 'x', 16);
	memset(bytes + 68, 0, 4);
	write_file("bad.db", bytes, len);
	assert_int_equal(rp_store_verify("bad.db", check_line, NULL,
	    &n_records, &n_faults, sha256, &err), RP_EINPUT);
	assert_string_equal(err.text, "'bad.db' is not a store of revplan");
	free(bytes);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(a_good_store_has_no_fault),
		cmocka_unit_test(every_bit_of_the_header_counts),
		cmocka_unit_test(every_sampled_bit_counts),
		cmocka_unit_test(every_bit_of_the_seal_counts),
		cmocka_unit_test(a_file_cut_or_grown_is_found),
		cmocka_unit_test(another_file_is_no_store),
	};

	return !!cmocka_run_group_tests(tests, make_store, remove_store);
}
