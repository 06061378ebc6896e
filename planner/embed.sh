#!/bin/sh
# embed.sh FILE.yaml...: the templates as C, so that a lone binary has them.
#
# Bytes and not string literals: C11 promises no more than 4,095 characters
# of those.
set -eu
[ $# -gt 0 ]
echo '#include "cmd.h"'
for f in "$@"; do
	name=$(basename "$f" .yaml | tr - _)
	echo
	echo "static const unsigned char ${name}_text[] = {"
	od -An -v -tu1 "$f" | sed 's/[0-9][0-9]*/&,/g'
	echo '};'
done
echo
echo 'const struct cmd_template cmd_templates[] = {'
for f in "$@"; do
	base=$(basename "$f" .yaml)
	name=$(echo "$base" | tr - _)
	echo "	{ \"$base\", ${name}_text, sizeof(${name}_text) },"
done
echo '};'
echo "const size_t cmd_n_templates = $#;"
