#!/bin/sh
# run.sh PROGRAM: the time of the main job, as the median of RUNS runs, beside
# a yardstick measured in the same minute on the same machine.
set -eu
revplan=$1
: "${RUNS:=5}" "${TRIALS:=10000}" "${CC:=cc}"
here=$(cd "$(dirname "$0")" && pwd)
cd "$here/../.."
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
$CC -O2 -std=c11 -o "$work/yardstick" "$here/yardstick.c" -lgsl -lgslcblas -lm

# Prints the median of the wall times of RUNS runs, in seconds.
median() {
	for _ in $(seq "$RUNS"); do
		from=$(date +%s%N)
		"$@" >"$work/out" 2>"$work/err" || {
			cat "$work/err" >&2
			return 1
		}
		echo $(($(date +%s%N) - from))
	done | sort -n | sed -n "$(((RUNS + 1) / 2))p" |
	    awk '{ printf "%.3f\n", $1 / 1e9 }'
}

unit=$(median "$work/yardstick")
row() {
	printf '%-44s %8.3f s %8.2f\n' "$1" "$2" \
	    "$(awk "BEGIN { print $2 / $unit }")"
}
printf '%-44s %10s %8s\n' "median of $RUNS, $(nproc) processors" time yardsticks
row "yardstick: 5,000,000 binomials by GSL" "$unit"
for case in secom-2020 hosting-100-a-day acme mixed; do
	[ -e "scenarios/$case.yaml" ] || continue
	for threads in 1 2; do
		t=$(median "$revplan" simulate "scenarios/$case.yaml" \
		    --trials "$TRIALS" --threads "$threads" --quiet)
		row "$case, $TRIALS trials, threads $threads" "$t"
	done
done
