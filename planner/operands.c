/* The words of a command line that are no options, and their places. */
#include "cmd.h"

#include <stdio.h>
#include <string.h>

#include "read/binder.h"

/* More than any list has. */
#define WORDS 24

/* A command and its form. */
#define NAME_TEXT 64

/* Those of the command, or of the form of it that was asked for. */
static const struct cmd_operand *
operands_of(const struct cmd_args *args)
{
	const struct cmd_row *command = args->command;

	return command->word != NULL && args->word == command->word ?
	    command->others : command->operands;
}

/* How many have a place of their own, before those of which there may be any
 * number. */
static size_t
count_places(const struct cmd_operand *o)
{
	size_t n = 0;

	while (o != NULL && o[n].name != NULL && o[n].need != CMD_PAIRS &&
	    o[n].need != CMD_MANY && o[n].need != CMD_ANY)
		n++;
	return n;
}

/* What comes after the places; NULL: nothing does. */
static const struct cmd_operand *
rest_of(const struct cmd_operand *o)
{
	if (o == NULL)
		return NULL;
	o += count_places(o);
	return o->name != NULL ? o : NULL;
}

static bool
takes_pairs(const struct cmd_operand *o)
{
	const struct cmd_operand *rest = rest_of(o);

	return rest != NULL && rest->need == CMD_PAIRS;
}

/* KEY=VALUE; "./a=b.db" is a file. */
static bool
is_pair(const char *said)
{
	size_t len = strspn(said, "abcdefghijklmnopqrstuvwxyz"
	    "ABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789_-");

	return len > 0 && said[len] == '=';
}

static bool
is_listed(const struct cmd_operand *o, const char *said)
{
	const char *word, *about;
	size_t i;

	if (o->list == NULL)
		return false;
	for (i = 0; (word = o->list(i, &about)) != NULL; i++)
		if (strcmp(word, said) == 0)
			return true;
	return false;
}

static bool
has_sign(const struct cmd_operand *o, const char *said)
{
	return o->sign != NULL ? o->sign(said) : is_listed(o, said);
}

/* Whether the first two words stand in each other's places. */
static bool
are_swapped(const struct cmd_operand *o, char **word)
{
	bool right = has_sign(&o[0], word[0]), wrong = has_sign(&o[0], word[1]);

	if (right != wrong)
		return wrong;
	return has_sign(&o[1], word[0]) && !has_sign(&o[1], word[1]);
}

/* Words that are no pairs first, up to n of them; returns how many. */
static size_t
bring_forward(char **word, size_t n_words, size_t n)
{
	size_t found = 0, i;
	char *plain;

	for (i = 0; i < n_words && found < n; i++) {
		if (is_pair(word[i]))
			continue;
		plain = word[i];
		memmove(&word[found + 1], &word[found],
		    (i - found) * sizeof(*word));
		word[found++] = plain;
	}
	return found;
}

/* "import populations" */
static const char *
name_of(const struct cmd_args *args, char buf[NAME_TEXT])
{
	const bool other = operands_of(args) != args->command->operands;

	(void)snprintf(buf, NAME_TEXT, "%s%s%s", args->command->name,
	    other ? " " : "", other ? args->word : "");
	return buf;
}

static rp_status
too_many(const struct cmd_args *args, const char *said, struct rp_err *err)
{
	const struct cmd_operand *o = operands_of(args);
	char name[NAME_TEXT];

	switch (count_places(o)) {
	case 0:
		return rp_fail(err, RP_EUSAGE,
		    "'%s' takes no file; '%s' is one too many",
		    name_of(args, name), said);
	case 1:
		return rp_fail(err, RP_EUSAGE, "'%s' takes one %s; '%s' is one "
		    "too many", name_of(args, name), o->name, said);
	default:
		return rp_fail(err, RP_EUSAGE, "'%s' takes one %s and one %s; "
		    "'%s' is one too many", name_of(args, name), o[0].name,
		    o[1].name, said);
	}
}

/* "actual, plan or update": the words of a list. */
static void
name_words(const struct cmd_operand *o, char list[CMD_LIST_TEXT])
{
	struct cmd_word words[WORDS + 1] = {{0}};
	const char *about;
	size_t i;

	for (i = 0; i < WORDS; i++) {
		words[i].word = o->list(i, &about);
		if (words[i].word == NULL)
			break;
	}
	cmd_word_list(words, UINT64_MAX, list);
}

/* One of a list that is not in it. */
static rp_status
unknown(const struct cmd_operand *o, const char *said, struct rp_err *err)
{
	char list[CMD_LIST_TEXT];
	const char *word, *about;
	struct rp_nearest near;
	size_t i;

	rp_nearest_init(&near, said);
	for (i = 0; (word = o->list(i, &about)) != NULL; i++)
		rp_nearest_try(&near, word);
	name_words(o, list);
	if (near.best != NULL)
		return rp_fail(err, RP_EUSAGE, "unknown %s '%s'; did you mean "
		    "'%s'? (%s)", o->name, said, near.best, list);
	return rp_fail(err, RP_EUSAGE, "unknown %s '%s'; choose %s", o->name,
	    said, list);
}

static rp_status
set_operand(struct cmd_args *args, const struct cmd_operand *o,
    const char *said, struct rp_err *err)
{
	if (*said == '\0')
		return rp_fail(err, RP_EUSAGE, "the name of the %s is empty",
		    o->name);
	if (o->list != NULL && !is_listed(o, said))
		return unknown(o, said, err);
	*(const char **)(void *)((char *)args + o->at) = said;
	return RP_OK;
}

static rp_status
is_wrong(const struct cmd_operand *rest, const char *said,
    struct rp_err *err)
{
	if (*said == '\0')
		return rp_fail(err, RP_EUSAGE, "the name of the %s is empty",
		    rest->name);
	return rp_fail(err, RP_EUSAGE, "'%s' is not KEY=VALUE, such as "
	    "as_of=2026-03-31; a value that holds spaces is quoted", said);
}

static rp_status
set_rest(struct cmd_args *args, char **word, size_t n, struct rp_err *err)
{
	const struct cmd_operand *rest = rest_of(operands_of(args));
	size_t i;

	if (n > 0 && rest == NULL)
		return too_many(args, word[0], err);
	for (i = 0; i < n; i++)
		if (rest->need == CMD_PAIRS ? !is_pair(word[i]) :
		    *word[i] == '\0')
			return is_wrong(rest, word[i], err);
	args->rest = (const char *const *)word;
	args->n_rest = n;
	return RP_OK;
}

static rp_status
place_words(struct cmd_args *args, char **word, size_t n, struct rp_err *err)
{
	const struct cmd_operand *o = operands_of(args);
	size_t places = count_places(o), named = n < places ? n : places, i;
	size_t first = 0;
	char *swap;
	rp_status st = RP_OK;

	if (takes_pairs(o))
		named = bring_forward(word, n, places);
	if (named > 1 && are_swapped(o, word)) {
		swap = word[0];
		word[0] = word[1];
		word[1] = swap;
	}
	/* A lone word that can only be the second. */
	if (named == 1 && places > 1 && !has_sign(&o[0], word[0]) &&
	    has_sign(&o[1], word[0]))
		first = 1;
	for (i = 0; st == RP_OK && i < named; i++)
		st = set_operand(args, &o[first + i], word[i], err);
	if (st == RP_OK)
		st = set_rest(args, word + named, n - named, err);
	return st;
}

rp_status
cmd_operands(struct cmd_args *args, char **word, size_t n,
    struct rp_err *err)
{
	const char *form = args->command->word;

	if (form == NULL || n == 0 || strcmp(word[0], form) != 0)
		return place_words(args, word, n, err);
	args->word = form;
	return place_words(args, word + 1, n - 1, err);
}

static rp_status
missing(const struct cmd_args *args, const struct cmd_operand *o,
    struct rp_err *err)
{
	char list[CMD_LIST_TEXT], name[NAME_TEXT];

	if (o->list == NULL)
		return rp_fail(err, RP_EUSAGE, "'%s' needs a %s; see 'revplan "
		    "help %s'", name_of(args, name), o->name,
		    args->command->name);
	name_words(o, list);
	return rp_fail(err, RP_EUSAGE, "'%s' needs a %s: %s",
	    name_of(args, name), o->name, list);
}

rp_status
cmd_operands_complete(const struct cmd_args *args, struct rp_err *err)
{
	const struct cmd_operand *o = operands_of(args);

	for (; o != NULL && o->name != NULL; o++)
		if (o->need == CMD_MANY ? args->n_rest == 0 :
		    o->need == CMD_NEEDED &&
		    *(const char *const *)(const void *)
		    ((const char *)args + o->at) == NULL)
			return missing(args, o, err);
	return RP_OK;
}
