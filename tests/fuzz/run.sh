#!/bin/sh
# run.sh SUITE TARGET...: every fuzz target over its corpus, JOBS at a time.
#
# The corpus of fuzz_X is tests/fuzz/corpus/X/; one without files is a
# failure, for a target that reads nothing proves nothing.
set -u
suite=$1
shift
here=$(cd "$(dirname "$0")" && pwd)
logs=$(mktemp -d)
trap 'rm -rf "$logs"' EXIT

one='
name=$(basename "$3")
timeout "${TEST_SECONDS:-180}" "$3" "$2/corpus/${name#fuzz_}" \
    >"$1/$name" 2>&1
echo $? >"$1/$name.exit"
'
[ $# -gt 0 ] && printf '%s\n' "$@" |
    xargs -P "${JOBS:-2}" -I{} sh -c "$one" one "$logs" "$here" {}

passed=0 failed=0
for target in "$@"; do
	name=$(basename "$target")
	files=$(find "$here/corpus/${name#fuzz_}" -type f 2>/dev/null | wc -l)
	if [ "$(cat "$logs/$name.exit")" = 0 ] && [ "$files" -gt 0 ]; then
		passed=$((passed + files))
	else
		failed=$((failed + 1))
		echo "-- $name: exit status $(cat "$logs/$name.exit")," \
		    "$files files in its corpus"
		tail -n 60 "$logs/$name"
	fi
done
echo "$suite: $passed passed, $failed failed"
[ "$failed" -eq 0 ] && [ "$passed" -gt 0 ]
