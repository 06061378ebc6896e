#include "crew.h"

#include <string.h>

#include "clock.h"
#include "log.h"

#define DIGEST_WORDS 8		/* 64 hexadecimal digits */

static const struct rp_peers *others;

/* The moment at which all of them began is that of the first one. */
static rp_status
agree_on_now(struct rp_err *err)
{
	struct rp_instant now = rp_instant_of_s(0);
	rp_status st = rp_clock_now(&now, err);
	uint64_t s = UINT64_MAX;

	/* What is wrong with SOURCE_DATE_EPOCH is told where it is used. */
	if (others->rank == 0)
		s = st == RP_OK ? (uint64_t)rp_instant_s(now) : 0;
	*err = (struct rp_err){0};
	st = others->least(others->arg, &s, 1, err);
	if (st == RP_OK && s != 0)
		rp_clock_stop(rp_instant_of_s((int64_t)s));
	return st;
}

rp_status
crew_begin(int *argc, char ***argv, struct rp_err *err)
{
	rp_status st = crew_join(argc, argv, &others, err);

	if (st != RP_OK || others == NULL)
		return st;
	if (others->rank > 0)
		rp_log_mute(true);
	return agree_on_now(err);
}

void
crew_end(void)
{
	crew_leave();
	others = NULL;
}

const struct rp_peers *
crew(void)
{
	return others;
}

bool
crew_writes(void)
{
	return others == NULL || others->rank == 0;
}

rp_status
crew_agree(rp_status st, struct rp_err *err)
{
	uint64_t first = UINT64_MAX;
	rp_status reached;

	if (others == NULL)
		return st;
	if (st != RP_OK)
		first = others->rank;
	reached = others->least(others->arg, &first, 1, err);
	if (reached != RP_OK || first == UINT64_MAX)
		return reached;
	rp_log_mute(first != others->rank);
	return st != RP_OK ? st : rp_fail(err, RP_EIO, "process %llu of %u "
	    "cannot go on", (unsigned long long)first, others->n);
}

/* FNV-1a, over a word and its end. */
static uint64_t
add_word(uint64_t sum, const char *word)
{
	do
		sum = (sum ^ (unsigned char)*word) * UINT64_C(0x100000001b3);
	while (*word++ != '\0');
	return sum;
}

/* Which of the words before is followed by one that may differ, or holds it. */
static bool
may_differ(const char *word, bool *next)
{
	static const char *const free_to[] = { "--threads", "--output", "-j",
		"-o" };
	bool here = *next;

	*next = false;
	for (size_t i = 0; i < sizeof(free_to) / sizeof(free_to[0]); i++) {
		size_t n = strlen(free_to[i]);

		if (strncmp(word, free_to[i], n) != 0)
			continue;
		*next = word[n] == '\0';
		here = true;
	}
	return here;
}

rp_status
crew_alike(int argc, char *const *argv, const char *operand,
    struct rp_err *err)
{
	uint64_t x[2] = { UINT64_C(0xcbf29ce484222325), 0 };
	bool next = false;
	rp_status st;

	if (others == NULL)
		return RP_OK;
	for (int i = 0; i < argc; i++)
		if (!may_differ(argv[i], &next) && argv[i] != operand)
			x[0] = add_word(x[0], argv[i]);
	x[1] = ~x[0];
	st = others->least(others->arg, x, 2, err);
	return st != RP_OK || x[0] == ~x[1] ? st : rp_fail(err, RP_EUSAGE,
	    "the processes were given options that differ; give all of them "
	    "the same");
}

rp_status
crew_same(const struct rp_case *cs, struct rp_err *err)
{
	uint64_t x[2 * DIGEST_WORDS] = { 0 };
	rp_status st;

	if (others == NULL)
		return RP_OK;
	/* The greatest of all is found by way of the complement. */
	for (size_t i = 0; i < 8 * DIGEST_WORDS; i++)
		x[i / 8] = x[i / 8] << 8 | (unsigned char)cs->digest[i];
	for (size_t i = 0; i < DIGEST_WORDS; i++)
		x[DIGEST_WORDS + i] = ~x[i];
	st = others->least(others->arg, x, 2 * DIGEST_WORDS, err);
	for (size_t i = 0; i < DIGEST_WORDS && st == RP_OK; i++)
		if (x[i] != ~x[DIGEST_WORDS + i])
			st = rp_fail(err, RP_EINPUT, "the processes have "
			    "read cases that differ; give all of them the "
			    "same files");
	return st;
}
