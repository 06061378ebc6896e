#!/bin/sh
# run-unit.sh SUITE PROGRAM...: run cmocka programs, JOBS at a time.
#
# Prints what failed, and ends with "SUITE: N passed, N failed".  A program
# that dies, hangs or runs no test at all counts as a failure.
set -u
suite=$1
shift
root=$(cd "$(dirname "$0")/../.." && pwd)
logs=$(mktemp -d)
trap 'rm -rf "$logs"' EXIT

one='
log=$1/$(basename "$2")
timeout "${TEST_SECONDS:-120}" "$2" >"$log" 2>&1
echo $? >"$log.exit"
'
cd "$root" || exit 1
export LC_ALL=C.UTF-8 TZ=Asia/Kathmandu
[ $# -gt 0 ] && printf '%s\n' "$@" |
    xargs -P "${JOBS:-2}" -I{} sh -c "$one" one "$logs" {}

passed=0 failed=0
for program in "$@"; do
	log=$logs/$(basename "$program")
	status=$(cat "$log.exit")
	good=$(sed -n 's/^\[  PASSED  \] \([0-9]*\) test.*/\1/p' "$log" |
	    awk '{ n += $1 } END { print n + 0 }')
	bad=$(sed -n 's/^\[  FAILED  \] \([0-9]*\) test.*/\1/p' "$log" |
	    awk '{ n += $1 } END { print n + 0 }')
	# A crash hides the summary: what was well until then still counts.
	[ "$good$bad" = 00 ] && good=$(grep -c '^\[       OK \]' "$log")
	if [ "$bad" -eq 0 ] && { [ "$status" -ne 0 ] || [ "$good" -eq 0 ]; }
	then
		bad=1
	fi
	if [ "$bad" -gt 0 ]; then
		echo "-- $program: exit status $status"
		grep -v -e '^\[ RUN ' -e '^\[       OK ' "$log" | head -n 200
	fi
	passed=$((passed + good)) failed=$((failed + bad))
done
echo "$suite: $passed passed, $failed failed"
[ "$failed" -eq 0 ] && [ "$passed" -gt 0 ]
