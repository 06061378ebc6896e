#!/bin/sh
# error.sh PROGRAM: how far the 80 % date of completion is off, by the design
# of the inputs and the number of trials.
#
# The same case is run with many seeds (SEEDS, 100).  Dates are those of whole
# working days, too coarse to see an error of half a day by; so what is looked
# at is the share of the trials that are done by the true date: its spread over
# the seeds, divided by how much more are done a day later, is the standard
# error of the date.  Results: build/bench/error.csv and .md.
set -eu
cd "$(dirname "$0")/../.."
revplan=$1
: "${SEEDS:=100}" "${COUNTS:=256 1024 1600}" "${TRUE:=40000}"
designs=${DESIGNS:-random latin-hypercube quasi-random}
out=${BUILD:-build}/bench
mkdir -p "$out"
. tests/bench/build.sh
build_yardsticks "$out"

# Cases with uncertain inputs whose dates lie within the horizon: a documented
# incident, the reference workload population by population, and a case with
# every kind of step.
cases=${CASES:-'secom-2020 bench/four-populations-uncertain mixed'}

# run CASE OPTION...
run() {
	case=$1
	shift
	"$revplan" simulate "scenarios/$case.yaml" --quiet --format csv "$@"
}

# The midnights after the 80 % dates, a week before and a week after; lines of
# population,-7|0|7,instant.
midnights() {
	run "$1" -n "$TRUE" --table completion | awk -F, '
	    NR > 1 && $5 != "" && $4 != $6 { print $1 "," $5 }' |
	    while IFS=, read -r population date; do
		for off in -7 0 7; do
			echo "$population,$off,$(date -u -d \
			    "${date%T*} $((off + 1)) days" +%FT00:00:00Z)"
		done
	done
}

# Lines of a table by instants: HEAD,population,-7|0|7,done,its told error.
pick() {
	awk -F, -v head="$1" '
	    NR == FNR { off[$1 "," $3] = $2; next }
	    $2 "," $1 in off { print head "," $2 "," off[$2 "," $1] "," \
	    $(NF - 3) "," $(NF - 2) }' "$out/error.dates" "$out/error.table"
}

echo 'case,design,trials,seed,cpu_s,population,week,done,told' \
    >"$out/error.csv"
for case in $cases; do
	midnights "$case" >"$out/error.dates"
	by=$(cut -d, -f3 "$out/error.dates" | sort -u | paste -sd, -)
	run "$case" -n "$TRUE" --table by --by "$by" >"$out/error.table"
	pick "$case,true,$TRUE,1,0" >>"$out/error.csv"
	for trials in $COUNTS; do
		for design in $designs; do
			for seed in $(seq "$SEEDS"); do
				rm -f "$out/error.used"
				"$out/measure" "$out/error.used" "$revplan" \
				    simulate "scenarios/$case.yaml" --quiet \
				    -j1 -n "$trials" --seed "$seed" \
				    --design "$design" --format csv \
				    --table by --by "$by" >"$out/error.table"
				read -r _ cpu _ <"$out/error.used"
				pick "$case,$design,$trials,$seed,$cpu" \
				    >>"$out/error.csv"
			done
		done
	done
done
awk -f tests/bench/error.awk "$out/error.csv" >"$out/error.md"
cat "$out/error.md"
