/*
 * planner/completion.h - what the completions of several shells are made of.
 */
#ifndef RP_COMPLETION_H
#define RP_COMPLETION_H

#include "cmd.h"

/* Which files an operand is looked for among, with a blank after each; "": of
 * any name. */
const char *cmd_suffixes(const struct cmd_operand *o);

/* Options that name a file, of those that take a text. */
bool cmd_takes_file(const struct cmd_option_row *row);

bool cmd_takes(const struct cmd_row *command, int option);

/* The words that an option of a command may take, each with a blank. */
bool cmd_has_choices(int option);
void cmd_put_choices(struct rp_text *out, const struct cmd_row *command,
    int option);

/* Those of an operand that has a list. */
void cmd_put_list(struct rp_text *out, const struct cmd_operand *o);

/* Which place an operand has; all: of those of which there may be several. */
void cmd_put_place(struct rp_text *out, const struct cmd_operand *o,
    size_t place, const char *all);

/* s with some of its characters behind a backslash. */
void cmd_put_escaped(struct rp_text *out, const char *s,
    const char *special);

/* Something for each command. */
void cmd_each(struct rp_text *out,
    void (*print)(struct rp_text *, const struct cmd_row *));

/* The script for fish. */
void cmd_fish(struct rp_text *out);

#endif /* RP_COMPLETION_H */
