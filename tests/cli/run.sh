#!/bin/sh
# run.sh [--bless] SUITE PROGRAM: the command line tests.
#
# A case is tests/cli/COMMAND/NAME.sh, run by `sh -eu` in a scratch folder of
# its own, with
#   REVPLAN    the program
#   SCENARIOS  the folder scenarios/ (do not write there)
# NAME.stdout.exact and NAME.stderr.exact, where they exist, must be met byte
# for byte; NAME.exit says the exit status (0 without it).  CASES='compare/*'
# runs some of them.  --bless writes down what the cases print now, in the
# .exact files that exist (make an empty one first) and in .exit, but never a
# crash: exit 128 or more, or a sanitizer's report.
set -u
here=$(cd "$(dirname "$0")" && pwd)
bless=no
if [ "$1" = --bless ]; then
	bless=yes
	shift
fi
suite=$1
REVPLAN=$(realpath -m "$2")
SCENARIOS=$(cd "$here/../.." && pwd)/scenarios
scratch=$(mktemp -d)
trap 'chmod -R u+w "$scratch"; rm -rf "$scratch"' EXIT
unset NO_COLOR SOURCE_DATE_EPOCH || true
# An odd zone on purpose: nothing may depend on it.
export REVPLAN SCENARIOS LC_ALL=C.UTF-8 TZ=Asia/Kathmandu bless here scratch
export ASAN_OPTIONS=exitcode=134 UBSAN_OPTIONS=exitcode=134

if [ ! -x "$REVPLAN" ]; then
	echo "-- there is no program '$REVPLAN'"
	echo "$suite: 0 passed, 1 failed"
	exit 1
fi
cd "$here" || exit 1
# shellcheck disable=SC2016 # expanded by the inner shell
one='
case=${1%.sh}
work=$scratch/run/$case
log=$scratch/log/$case
mkdir -p "$work" "$(dirname "$log")"
(cd "$work" && timeout "${TEST_SECONDS:-60}" sh -eu "$here/$1") \
    >"$log.stdout" 2>"$log.stderr" </dev/null
status=$?
want=0
[ -e "$case.exit" ] && want=$(cat "$case.exit")
crash=no
if [ $status -ge 124 ] ||
    grep -q -e "Sanitizer" -e "runtime error:" "$log.stderr"; then
	crash=yes
fi
if [ $bless = yes ] && [ $crash = no ]; then
	for s in stdout stderr; do
		[ -e "$case.$s.exact" ] && cp "$log.$s" "$case.$s.exact"
	done
	rm -f "$case.exit"
	[ $status -ne 0 ] && echo $status >"$case.exit"
	want=$status
fi
{
	[ $crash = yes ] && echo "crashed or hung"
	[ $status = "$want" ] || echo "exit status $status, not $want"
	for s in stdout stderr; do
		[ -e "$case.$s.exact" ] || continue
		cmp -s "$case.$s.exact" "$log.$s" ||
		    diff -u "$case.$s.exact" "$log.$s" | head -n 60
	done
} >"$log.faults"
if [ -s "$log.faults" ]; then
	[ -e "$case.stderr.exact" ] || head -n 40 "$log.stderr" >>"$log.faults"
fi
'
find . -name '*.sh' ! -path ./run.sh | sed 's,^\./,,' | sort |
    while read -r c; do
	# shellcheck disable=SC2254 # a pattern on purpose
	case $c in ${CASES:-*} | ${CASES:-*}.sh) echo "$c" ;; esac
    done >"$scratch/cases"
xargs -P "${JOBS:-2}" -I{} sh -c "$one" one {} <"$scratch/cases"

passed=0 failed=0
while read -r c; do
	faults=$scratch/log/${c%.sh}.faults
	if [ -e "$faults" ] && [ ! -s "$faults" ]; then
		passed=$((passed + 1))
	else
		failed=$((failed + 1))
		echo "-- tests/cli/$c"
		cat "$faults"
	fi
done <"$scratch/cases"
echo "$suite: $passed passed, $failed failed"
[ "$failed" -eq 0 ] && [ "$passed" -gt 0 ]
