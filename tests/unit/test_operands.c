/* Words that are no options, and the places that they find. */
#include <stdarg.h>
#include <setjmp.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "cmd.h"

#define WORDS 16

/* "record a.db actual" as argv; the first word is the command. */
static rp_status
parse(const char *line, struct cmd_args *args, struct rp_err *err)
{
	static char copy[256];
	char *argv[WORDS + 1] = { NULL }, *word = copy, *end;
	static char *kept[WORDS + 1];
	int argc = 0;

	(void)snprintf(copy, sizeof(copy), "%s", line);
	for (; word != NULL && argc < WORDS; word = end) {
		end = strchr(word, ' ');
		if (end != NULL)
			*end++ = '\0';
		argv[argc++] = word;
	}
	memcpy(kept, argv, sizeof(kept));
	*err = (struct rp_err){ 0 };
	return cmd_parse(cmd_find(kept[0]), argc, kept, args, err);
}

static void
a_store_and_a_scenario_in_either_order(void **state)
{
	static const char *const lines[] = {
		"import a.db case.yaml", "import case.yaml a.db",
		"import --wait 3 case.yaml a.db",
		"import case.yaml -q a.db --wait=3", "import -- a.db case.yaml",
	};
	struct cmd_args args;
	struct rp_err err;
	size_t i;

	(void)state;
	for (i = 0; i < sizeof(lines) / sizeof(lines[0]); i++) {
		assert_int_equal(parse(lines[i], &args, &err), RP_OK);
		assert_string_equal(args.operand, "a.db");
		assert_string_equal(args.scenario, "case.yaml");
	}
	assert_int_equal(parse("import kept -", &args, &err), RP_OK);
	assert_string_equal(args.operand, "kept");
	assert_string_equal(args.scenario, "-");
	assert_int_equal(parse("import - kept", &args, &err), RP_OK);
	assert_string_equal(args.operand, "kept");
	/* Nothing tells them apart: as the synopsis has it. */
	assert_int_equal(parse("import one two", &args, &err), RP_OK);
	assert_string_equal(args.operand, "one");
}

/* Where its word comes first, a command has another form. */
static void
a_word_that_begins_another_form(void **state)
{
	static const char *const lines[] = {
		"import populations a.db counts.csv",
		"import populations counts.csv a.db",
		"import --wait 3 populations a.db -q counts.csv",
		"import -- populations a.db counts.csv",
	};
	struct cmd_args args;
	struct rp_err err;
	size_t i;

	(void)state;
	for (i = 0; i < sizeof(lines) / sizeof(lines[0]); i++) {
		assert_int_equal(parse(lines[i], &args, &err), RP_OK);
		assert_string_equal(args.word, "populations");
		assert_string_equal(args.operand, "a.db");
		assert_string_equal(args.scenario, "counts.csv");
		assert_int_equal(args.n_rest, 0);
	}
	assert_int_equal(parse("import populations - a.db", &args, &err),
	    RP_OK);
	assert_string_equal(args.scenario, "-");
	/* Elsewhere, or otherwise written, it is a file. */
	assert_int_equal(parse("import a.db populations", &args, &err), RP_OK);
	assert_null(args.word);
	assert_string_equal(args.scenario, "populations");
	assert_int_equal(parse("import ./populations a.yaml", &args, &err),
	    RP_OK);
	assert_null(args.word);
	assert_string_equal(args.operand, "./populations");
	assert_int_equal(parse("import populations a.db b.csv c.csv", &args,
	    &err), RP_EUSAGE);
	assert_string_equal(err.text, "'import populations' takes one STORE "
	    "and one COUNTS; 'c.csv' is one too many");
}

static void
pairs_keep_their_order_wherever_they_stand(void **state)
{
	static const char *const lines[] = {
		"record a.db actual b=2 a=1 c=",
		"record actual a.db b=2 a=1 c=",
		"record b=2 a=1 c= a.db actual",
		"record b=2 actual a=1 a.db c=",
		"record b=2 actual --quiet a=1 --wait 3 a.db -- c=",
	};
	struct cmd_args args;
	struct rp_err err;
	size_t i;

	(void)state;
	for (i = 0; i < sizeof(lines) / sizeof(lines[0]); i++) {
		assert_int_equal(parse(lines[i], &args, &err), RP_OK);
		assert_string_equal(args.operand, "a.db");
		assert_string_equal(args.word, "actual");
		assert_int_equal(args.n_rest, 3);
		assert_string_equal(args.rest[0], "b=2");
		assert_string_equal(args.rest[1], "a=1");
		assert_string_equal(args.rest[2], "c=");
	}
	/* A folder tells a file from a pair; a suffix a store from a kind. */
	assert_int_equal(parse("record ./a=b plan c=1", &args, &err), RP_OK);
	assert_string_equal(args.operand, "./a=b");
	assert_int_equal(parse("record plan.db plan", &args, &err), RP_OK);
	assert_string_equal(args.operand, "plan.db");
	assert_int_equal(parse("record plan plan", &args, &err), RP_OK);
	assert_string_equal(args.operand, "plan");
	assert_string_equal(args.word, "plan");
}

static void
what_to_export_may_come_first_or_not_at_all(void **state)
{
	struct cmd_args args;
	struct rp_err err;

	(void)state;
	assert_int_equal(parse("export a.db", &args, &err), RP_OK);
	assert_null(args.word);
	assert_int_equal(parse("export records a.db", &args, &err), RP_OK);
	assert_string_equal(args.operand, "a.db");
	assert_string_equal(args.word, "records");
	assert_int_equal(parse("export records scenario", &args, &err), RP_OK);
	assert_string_equal(args.operand, "records");
	assert_int_equal(parse("export records", &args, &err), RP_EUSAGE);
	assert_string_equal(err.text, "'export' needs a CASE; see 'revplan "
	    "help export'");
}

static void
what_is_missing_or_too_many_is_named(void **state)
{
	static const char *const lines[][2] = {
		{ "import case.yaml", "'import' needs a STORE; see 'revplan "
		    "help import'" },
		{ "import a.db", "'import' needs a SCENARIO; see 'revplan help "
		    "import'" },
		{ "export a.db records b", "'export' takes one CASE and one "
		    "WHAT; 'b' is one too many" },
		{ "record a=1", "'record' needs a STORE; see 'revplan help "
		    "record'" },
		{ "verify a.db b.db", "'verify' takes one STORE; 'b.db' is one "
		    "too many" },
		{ "doctor a.db", "'doctor' takes no file; 'a.db' is one too "
		    "many" },
		{ "compare", "'compare' needs a CASE; see 'revplan help "
		    "compare'" },
	};
	struct cmd_args args;
	struct rp_err err;
	size_t i;

	(void)state;
	for (i = 0; i < sizeof(lines) / sizeof(lines[0]); i++) {
		assert_int_equal(parse(lines[i][0], &args, &err), RP_EUSAGE);
		assert_string_equal(err.text, lines[i][1]);
	}
}

/* As many as one wants, or none, and any word: the command looks at them. */
static void
any_number_of_words_may_be_none(void **state)
{
	struct cmd_args args;
	struct rp_err err;

	(void)state;
	assert_int_equal(parse("rules", &args, &err), RP_OK);
	assert_int_equal(args.n_rest, 0);
	assert_int_equal(parse("rules a --diff b=c --quiet d", &args, &err),
	    RP_OK);
	assert_int_equal(args.n_rest, 3);
	assert_string_equal(args.rest[0], "a");
	assert_string_equal(args.rest[1], "b=c");
	assert_string_equal(args.rest[2], "d");
	assert_true(args.diff);
	assert_false(args.reasons || args.draft);
	assert_int_equal(parse("rules a ", &args, &err), RP_EUSAGE);
	assert_non_null(strstr(err.text, "is empty"));
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(a_store_and_a_scenario_in_either_order),
		cmocka_unit_test(a_word_that_begins_another_form),
		cmocka_unit_test(pairs_keep_their_order_wherever_they_stand),
		cmocka_unit_test(what_to_export_may_come_first_or_not_at_all),
		cmocka_unit_test(what_is_missing_or_too_many_is_named),
		cmocka_unit_test(any_number_of_words_may_be_none),
	};

	return !!cmocka_run_group_tests(tests, NULL, NULL);
}
