#!/bin/sh
# error.sh PROGRAM: how far the 80 % date of completion is off, by the design
# of the inputs, the number of trials and the time that they took.
#
# The same case is run with many seeds (SEEDS, 60); what the date varies from
# seed to seed is its true standard error, whatever the program says of it.
# Results: build/bench/error.csv and .md.
set -eu
cd "$(dirname "$0")/../.."
revplan=$1
: "${SEEDS:=60}" "${COUNTS:=256 1024 1600}"
out=${BUILD:-build}/bench
mkdir -p "$out"
. tests/bench/build.sh
build_yardsticks "$out"

# The cases whose inputs are uncertain and whose dates lie within the horizon:
# a documented incident, the reference workload population by population, and
# a case with every kind of step.
cases=${CASES:-'secom-2020 bench/four-populations-uncertain mixed'}

echo 'case,population,design,trials,seed,date,told_days,cpu_s' \
    >"$out/error.csv"
for case in $cases; do
	for trials in $COUNTS; do
		for design in random latin-hypercube quasi-random; do
			for seed in $(seq "$SEEDS"); do
				rm -f "$out/error.used"
				"$out/measure" "$out/error.used" "$revplan" \
				    simulate "scenarios/$case.yaml" -j1 \
				    -n "$trials" --seed "$seed" --quiet \
				    --design "$design" --table completion \
				    --format csv >"$out/error.table"
				read -r _ cpu _ <"$out/error.used"
				awk -F, -v run="$case" -v n="$trials" \
				    -v how="$design" -v s="$seed" -v c="$cpu" \
				    'NR > 1 { print run "," $1 "," how "," n \
				    "," s "," $5 "," $10 "," c }' \
				    "$out/error.table" >>"$out/error.csv"
			done
		done
	done
done
awk -f tests/bench/error.awk "$out/error.csv" >"$out/error.md"
cat "$out/error.md"
