#!/bin/sh
# growth.sh PROGRAM: how time and memory grow with the certificates, the
# populations, the trials and the horizon.
#
# A sweep changes one size and keeps the others.  What takes longer than LIMIT
# (60) seconds ends its sweep.  Results: build/bench/growth.csv, .svg and .md.
set -eu
cd "$(dirname "$0")/../.."
revplan=$1
: "${LIMIT:=60}"
out=${BUILD:-build}/bench
mkdir -p "$out"
. tests/bench/build.sh
build_yardsticks "$out"
states='--states replaced'
"$revplan" simulate --help | grep -q -- --states || states=

csv="simulate CASE -j1 -n TRIALS $states --format csv --quiet"
text='simulate CASE -j1 -n TRIALS --quiet'
plan='plan CASE -j1 -n TRIALS --as-of 2026-01-05 --quiet'

# sweep | which size | certificates | populations | trials | days | step,
# the changing one as the list of its values
sweeps='
certificates|1|1e4 1e5 1e6 1e7 1e8|4|1000|365|1 d
populations|2|1000000|1 3 10 30 100 300 1000|100|365|1 d
trials|3|50000|4|1e2 1e3 1e4 1e5 1e6|365|1 d
days|4|50000|4|1000|30 90 180 365 730|1 d
hours|4|50000|4|1000|3 10 30|1 h
'

echo 'sweep,size,command,wall_s,cpu_s,peak_kib' >"$out/growth.csv"

# one SWEEP SIZE COMMAND-NAME TRIALS COMMAND
one() {
	call=$(echo "$5" | sed "s,CASE,$out/growth.yaml,; s,TRIALS,$4,")
	rm -f "$out/growth.used"
	# shellcheck disable=SC2086 # words on purpose
	timeout "$LIMIT" "$out/measure" "$out/growth.used" "$revplan" $call \
	    >/dev/null 2>"$out/growth.err" || {
		cat "$out/growth.err" >&2
		return 1
	}
	read -r wall cpu kib <"$out/growth.used"
	echo "$1,$2,$3,$wall,$cpu,$kib" >>"$out/growth.csv"
}

# plain NUMBER: 1e4 is 10000.
plain() {
	awk "BEGIN { printf \"%.0f\", $1 }"
}

sweep() {
	name=$1 command=$2 words=$3
	eval "list=\$$4"
	# shellcheck disable=SC2154 # set by eval and by read below
	for size in $list; do
		eval "$4=\$(plain $size)"
		awk -v certificates="$certificates" -v days="$days" \
		    -v populations="$populations" -v step="$step" \
		    -v uncertain=0 -f tests/bench/case.awk >"$out/growth.yaml"
		one "$name" "$(plain "$size")" "$command" "$trials" "$words" ||
		    break
	done
	eval "$4=\$list"
}

echo "$sweeps" | while IFS='|' read -r name which certificates populations \
    trials days step; do
	[ -n "$name" ] || continue
	case " ${SWEEPS:-$name} " in *" $name "*) ;; *) continue ;; esac
	changing=$(echo certificates populations trials days |
	    cut -d' ' -f"$which")
	sweep "$name" csv "$csv" "$changing"
	sweep "$name" text "$text" "$changing"
	sweep "$name" plan "$plan" "$changing"
done
awk -f tests/bench/fit.awk "$out/growth.csv" >"$out/growth.md"
gnuplot -e "csv='$out/growth.csv'; svg='$out/growth.svg'" tests/bench/growth.gp
cat "$out/growth.md"
