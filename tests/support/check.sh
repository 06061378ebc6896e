#!/bin/sh
# check.sh: everything `make check` promises, with one grand total.
#
# Each suite prints its failures and a line "SUITE: N passed, N failed"; a
# suite that does not get so far counts as one failure.  The suites go on
# after a failure, so that one run shows all of them.
set -u
cd "$(dirname "$0")/../.." || exit 1
: "${MAKE:=make}" "${JOBS:=2}" "${BUILD:=build}"
passed=0 failed=0
log=$BUILD/check.log
mkdir -p "$BUILD"
started=$(date +%s)

suite() {
	name=$1
	shift
	"$@" >"$log" 2>&1
	status=$?
	closing=$(grep "^$name: [0-9]* passed, [0-9]* failed\$" "$log" |
	    tail -n 1)
	if [ -z "$closing" ]; then
		closing="$name: 0 passed, 1 failed"
		echo "$closing" >>"$log"
	fi
	if [ $status -eq 0 ]; then
		echo "$closing"
	else
		cat "$log"
	fi
	good=${closing#*: }
	good=${good%% *}
	bad=${closing#*, }
	bad=${bad%% *}
	[ $status -ne 0 ] && [ "$bad" -eq 0 ] && bad=1
	passed=$((passed + good)) failed=$((failed + bad))
}

# What cannot be built fails here; the rest is still tested.
build() {
	$MAKE --no-print-directory -k -j"$JOBS" BUILD="$BUILD" VARIANT="$1" \
	    WERROR=-Werror tests && echo "build-$1: 1 passed, 0 failed"
}

run() {
	$MAKE --no-print-directory -k BUILD="$BUILD" VARIANT="$1" \
	    WERROR=-Werror JOBS="$JOBS" "$2"
}

suite build-release build release
suite build-asan build asan
suite source run release check-source
suite unit-release run release check-unit
suite unit-asan run asan check-unit
suite stat-release run release check-stat
suite cli-release run release check-cli
suite cli-asan run asan check-cli
suite fuzz-asan run asan check-fuzz
suite browser run release check-browser

echo "took $(($(date +%s) - started)) s"
echo "$passed passed, $failed failed"
[ "$failed" -eq 0 ] && [ "$passed" -gt 0 ]
