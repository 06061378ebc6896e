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
# build VARIANT MPI
build() {
	$MAKE --no-print-directory -k -j"$JOBS" BUILD="$BUILD" VARIANT="$1" \
	    WERROR=-Werror MPI="$2" tests && echo "build-$1: 1 passed, 0 failed"
}

# programs VARIANT FOLDER PREFIX: what was to be built from the tests there.
programs() {
	find "tests/$2" -maxdepth 1 -name "$3_*.c" | sort |
	    sed -e "s,^,$BUILD/$1/," -e 's,\.c$,,'
}

export MAKE JOBS BUILD
release=$BUILD/release
asan=$BUILD/asan
# shellcheck disable=SC2046 # file names without blanks
{
suite build-release build release 1
suite build-asan build asan ''
suite source env B="$release" tests/lint/run.sh source
suite runners tests/support/selftest.sh runners
suite unit-release tests/support/run-unit.sh unit-release \
    $(programs release unit test)
suite unit-asan tests/support/run-unit.sh unit-asan $(programs asan unit test)
suite stat-release tests/support/run-unit.sh stat-release \
    $(programs release stat test)
suite cli-release tests/cli/run.sh cli-release "$release/revplan"
suite cli-asan tests/cli/run.sh cli-asan "$asan/revplan"
suite golden-release tests/golden/run.sh golden-release "$release/revplan"
suite golden-asan tests/golden/run.sh golden-asan "$asan/revplan"
suite fuzz-asan tests/fuzz/run.sh fuzz-asan $(programs asan fuzz fuzz)
suite yardsticks tests/bench/check.sh yardsticks
suite install tests/support/install.sh install
suite mpi tests/mpi/run.sh mpi "$release/revplan" "$release/revplan-mpi"
suite browser tests/browser/run.sh browser "$release/revplan" "$BUILD/browser"
}

echo "took $(($(date +%s) - started)) s"
echo "$passed passed, $failed failed"
[ "$failed" -eq 0 ] && [ "$passed" -gt 0 ]
