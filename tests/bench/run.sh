#!/bin/sh
# run.sh PROGRAM: revplan beside what one would otherwise take.
#
# Every row of the table below is run once a round, RUNS (5) rounds, so that
# what disturbs the machine disturbs all of them; medians are compared.  QUICK=1
# does less work in fewer rounds.  Results: build/bench/bench.csv and .md.
set -eu
cd "$(dirname "$0")/../.."
revplan=$1
mpi=${MPI_PROGRAM:-$(dirname "$1")/revplan-mpi}
quick=${QUICK:+4}
: "${RUNS:=${QUICK:+2}}" "${quick:=1}"
: "${RUNS:=5}"
out=${BUILD:-build}/bench
mkdir -p "$out"
. tests/bench/build.sh
[ -n "$python" ] || {
	echo "bench needs numpy and SimPy: run 'make bench'" >&2
	exit 4
}
build_yardsticks "$out"
rm -rf "$out/rows" "$out/gnuplot"
mkdir -p "$out/rows" "$out/gnuplot"

fixed=scenarios/bench/four-populations.yaml
uncertain=scenarios/bench/four-populations-uncertain.yaml
thousand=$out/times-1000.yaml
awk '/certificates: [0-9]+$/ { $2 = $2 "000"; print "    " $0; next }
    { gsub(/rate: [0-9]+/, "&000"); print }' $fixed >"$thousand"
states='--states replaced'
"$revplan" simulate --help | grep -q -- --states || states=
bands="$states --format csv --quiet"

# What `revplan report` has gnuplot draw, to be drawn again without it: a
# gnuplot earlier on the path keeps each script.
kept=$(realpath "$out")/gnuplot
cat >"$kept/gnuplot" <<END
#!/bin/sh
script=\$(mktemp $kept/script.XXXXXX)
cat >"\$script"
exec $(command -v gnuplot) "\$@" <"\$script"
END
chmod +x "$kept/gnuplot"
secom='scenarios/secom-2020.yaml --as-of 2021-03-31 --quiet --format html'
# shellcheck disable=SC2086 # words on purpose, here and below
PATH="$kept:$PATH" "$revplan" report $secom >/dev/null
charts=$(find "$kept" -name 'script.*' | wc -l)
cat >"$kept/all" <<END
#!/bin/sh
for script in $kept/script.*; do
	gnuplot -d - <"\$script" >/dev/null || exit 1
done
END
chmod +x "$kept/all"

# key | trials (0: not of trials) | who measures | command, @ for the trials
#     | what it is
# `self`: the yardstick itself, without its start; `all`: the whole program.
rows="
simpy-processes|2|self|$python tests/bench/simpy_model.py @ processes|SimPy, a process for each certificate
simpy-callbacks|2|self|$python tests/bench/simpy_model.py @ callbacks|SimPy, bare callbacks
c-events|100|self|$out/certificates @ events|C, an event loop with a binary heap
numpy-certificates|400|self|$python tests/bench/numpy_model.py @ certificates|numpy, certificate by certificate
c-direct|1000|self|$out/certificates @ direct|C with GSL, certificate by certificate
numpy-counts|4000|self|$python tests/bench/numpy_model.py @ counts|numpy by counts
numpy-plain|4000|self|$python tests/bench/numpy_model.py @ plain|numpy by counts, with bands
numpy-tuned|10000|self|$python tests/bench/numpy_model.py @ tuned|numpy by counts, with bands, tuned
c-counts|20000|self|$out/counts @ daily|C with GSL by counts
c-months|200000|self|$out/counts @ months|C with GSL by counts, month ends only
fixed|16000|all|$revplan simulate $fixed -j1 -n @ $bands|revplan, with bands
fixed-2|16000|all|$revplan simulate $fixed -j2 -n @ $bands|revplan, with bands, 2 threads
uncertain|16000|all|$revplan simulate $uncertain -j1 -n @ $bands|revplan, uncertain inputs, with bands
uncertain-2|16000|all|$revplan simulate $uncertain -j2 -n @ $bands|revplan, uncertain inputs, with bands, 2 threads
text|10000|all|$revplan simulate $fixed -j1 -n @ --quiet|revplan, the text with all its tables
thousand|16000|all|$revplan simulate $thousand -j1 -n @ $bands|revplan, with bands, 1,000 times the certificates
few|1000|all|$revplan simulate $fixed -j1 -n @ $bands|revplan, with bands, a tenth of the trials
many|100000|all|$revplan simulate $fixed -j1 -n @ $bands|revplan, with bands, ten times the trials
plan|100000|all|$revplan plan $fixed -j1 -n @ --as-of 2026-01-05 --quiet|revplan, month ends and completion only
plan-uncertain|100000|all|$revplan plan $uncertain -j1 -n @ --as-of 2026-01-05 --quiet|revplan, month ends and completion only, uncertain inputs
gnuplot|0|all|$kept/all|the $charts gnuplot calls of the report alone
report|0|all|$revplan report $secom|revplan report of SECOM's case
"
if [ -x "$mpi" ]; then
	run='mpirun --allow-run-as-root --oversubscribe --bind-to none -n'
	rows="$rows
rank-1|40000|all|$run 1 $mpi simulate $fixed -j1 -n @ $bands|revplan-mpi, 1 rank
rank-2|40000|all|$run 2 $mpi simulate $fixed -j1 -n @ $bands|revplan-mpi, 2 ranks
"
fi
printf '%s\n' "$rows" | grep '|' >"$out/rows/table"

# measure KEY TRIALS SELF|ALL COMMAND: a line to the row's file, of trials,
# seconds on the wall, of the processor, and KiB.
measure() {
	key=$1 n=$(($2 / quick)) who=$3
	[ "$n" -gt 0 ] || n=$2
	rm -f "$out/rows/used"
	# shellcheck disable=SC2046
	"$out/measure" "$out/rows/used" \
	    $(echo "$4" | sed "s/@/$n/") >"$out/rows/said" 2>"$out/rows/err" ||
	    {
		echo "$4: failed" >&2
		cat "$out/rows/err" >&2
		exit 1
	}
	read -r wall cpu kib <"$out/rows/used"
	if [ "$who" = self ]; then
		awk -f tests/bench/known.awk "$out/rows/said" >&2
		read -r n wall cpu _ <"$out/rows/said"
	fi
	echo "$n $wall $cpu $kib" >>"$out/rows/$key"
}

for round in $(seq "$RUNS"); do
	[ -t 2 ] && printf '\rround %s of %s ' "$round" "$RUNS" >&2
	while IFS='|' read -r key n who command _; do
		measure "$key" "$n" "$who" "$command" </dev/null
	done <"$out/rows/table"
done
[ -t 2 ] && printf '\r%20s\r' '' >&2

version() {
	echo "$2" | sed "s/^/- $1: /"
}
{
	echo "- date: $(date -u +%Y-%m-%d)"
	version commit "$(git describe --always --dirty 2>/dev/null ||
	    echo unknown)"
	version program "$("$revplan" --version | head -n 1)"
	version processor "$(sed -n 's/^model name[^:]*: //p' /proc/cpuinfo |
	    head -n 1), $(nproc) cores"
	version memory "$(awk '/MemTotal/ { printf "%.0f GiB", $2 / 1048576 }' \
	    /proc/meminfo)"
	version kernel "$(uname -sr)"
	version compiler "$(${CC:-cc} --version | head -n 1)"
	version libraries "GSL $(pkg-config --modversion gsl), $($python -c \
	    'import sys, numpy, simpy
print("Python %d.%d.%d, numpy %s, SimPy %s" % (sys.version_info[:3]
    + (numpy.__version__, simpy.__version__)))'), $(gnuplot --version)"
	version load "$(cut -d' ' -f1-3 /proc/loadavg) at the end"
	[ -x "$mpi" ] || version MPI "revplan-mpi is not built (make MPI=1)"
} >"$out/rows/machine"
awk -f tests/bench/table.awk -v folder="$out/rows" -v csv="$out/bench.csv" \
    -v runs="$RUNS" "$out/rows/table" tests/bench/goals >"$out/bench.md"
cat "$out/bench.md"
