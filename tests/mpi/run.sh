#!/bin/sh
# run.sh SUITE REVPLAN REVPLAN-MPI: the same bytes from 1, 2 and 4 processes,
# under the mpirun that is there, and one clear line when one of them cannot
# go on.  A process that waits for ever is ended and counts as a failure.
set -u
suite=$1 alone=$2 many=$3
cd "$(dirname "$0")/../.." || exit 1
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
passed=0 failed=0

# Tests may run as root and on fewer processors than there are processes;
# Open MPI wants to be told, and others do not mind.
export OMPI_ALLOW_RUN_AS_ROOT=1 OMPI_ALLOW_RUN_AS_ROOT_CONFIRM=1
export OMPI_MCA_rmaps_base_oversubscribe=1 OMPI_MCA_btl_base_warn_component_unused=0
together() {
	timeout -k 5 120 mpirun "$@" </dev/null
}

good() { passed=$((passed + 1)); }
bad() {
	failed=$((failed + 1))
	echo "FAIL $*"
	cat "$work/err" 2>/dev/null
}

# same PROCESSES ARGUMENTS...: as one process without MPI has it.
same() {
	n=$1
	shift
	if ! "$alone" "$@" --quiet >"$work/want" 2>"$work/err"; then
		bad "revplan $*"
	elif ! together -n "$n" "$many" "$@" --quiet >"$work/got" \
	    2>"$work/err"; then
		bad "$n processes: $*"
	elif ! cmp "$work/want" "$work/got" 2>"$work/err"; then
		bad "$n processes differ from one: $*"
	else
		good
	fi
}

# refused STATUS WORDS MPIRUN-ARGUMENTS...: one line with these words.
refused() {
	status=$1 words=$2
	shift 2
	together "$@" >"$work/out" 2>"$work/all"
	got=$?
	grep '^revplan: \|: error: ' "$work/all" >"$work/err"
	if [ "$got" -eq "$status" ] && [ ! -s "$work/out" ] &&
	    [ "$(wc -l <"$work/err")" -eq 1 ] &&
	    grep -q "$words" "$work/err"; then
		good
	else
		bad "status $got, wanted $status and '$words': $*"
	fi
}

s=scenarios
for n in 1 2 4; do
	same $n simulate $s/bench/four-populations.yaml --format csv \
	    --trials 1001
	same $n plan $s/bench/four-populations-uncertain.yaml --trials 1000 \
	    --as-of 2026-01-05
done
for n in 2 4; do
	same $n simulate $s/secom-2020.yaml --trials 200
	same $n plan $s/secom-2020.yaml --trials 300 --as-of 2020-10-31 \
	    --format json
done
same 2 simulate $s/rehearsal.yaml --trials 100 --format json
same 3 simulate $s/key-compromise-24h.yaml --trials 50 --threads 2
same 2 simulate $s/hosting-100-a-day.yaml --until-error 6h --format csv
# Beyond what a column holds, bands are made from counts.
same 4 simulate $s/bench/four-populations.yaml --format csv --trials 20000

run="$many simulate $s/hosting-100-a-day.yaml"
refused 2 "is no work for 2 processes" -n 2 "$many" check $s/secom-2020.yaml
refused 2 "standard input" -n 2 "$many" plan -
refused 2 "unknown option" -n 3 "$many" plan --frobnicate
refused 3 "outside the folder" -n 3 "$many" simulate \
    $s/invalid/absolute-path.yaml
# shellcheck disable=SC2086 # words
{
refused 4 "cannot read '$work/none.yaml'" -n 1 $run : -n 2 "$many" simulate \
    "$work/none.yaml"
refused 2 "options that differ" -n 1 $run : -n 1 $run --trials 7
refused 3 "cases that differ" -n 1 $run : -n 1 "$many" simulate $s/acme.yaml
}
together -n 2 "$many" --version >"$work/got" 2>"$work/err"
"$alone" --version | cmp - "$work/got" >/dev/null && good || bad "--version"

# The first of them writes the file, whole.
together -n 2 "$many" simulate $s/hosting-100-a-day.yaml --trials 50 --quiet \
    --output "$work/out.csv" >"$work/got" 2>"$work/err"
"$alone" simulate $s/hosting-100-a-day.yaml --trials 50 --quiet --format csv |
    cmp - "$work/out.csv" >/dev/null && [ ! -s "$work/got" ] && good ||
    bad "--output"

echo "$suite: $passed passed, $failed failed"
[ "$failed" -eq 0 ] && [ "$passed" -gt 0 ]
