#!/bin/sh
# kill.sh PROGRAM [N [SEED]]: SIGKILL at N random moments of import and record.
#
# What was acknowledged (the program had printed its receipt) must be on
# record, once; the store must verify after each tenth kill and at the end.
# Each tenth run makes a store, which must then be there whole or not at all.
# Delays go from 0 to half as much again as an undisturbed run takes.  Prints one
# line, "soak kill: N runs, ..."; exit 1 with the seed and what was lost.
set -u
revplan=$(realpath "$1")
n=${2:-1000}
seed=${3:-1}
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
cd "$work" || exit 1

fail()
{
	echo "soak kill: seed $seed, run $i: $*"
	exit 1
}

# A scenario with an update that no other run has.
scenario()
{
	cat <<-END
	revplan: 1
	incident: {id: soak, certificate: subscriber,
	  reason: not-per-requirements, aware: 2026-03-02T09:15Z}
	populations:
	  - {name: a, certificates: 10,
	     path: [{wait: {what: w, time: 1 d}}]}
	updates:
	  - {at: $1, note: run $2 end}
	END
}

# 14 characters of a time of day that is the number of the run.
at()
{
	printf '2026-05-01T%02d:%02d:%02dZ' $(($1 / 3600)) \
	    $(($1 / 60 % 60)) $(($1 % 60))
}

i=0
scenario "$(at 0)" 0 >case.yaml
"$revplan" import x.db case.yaml >out 2>err || fail "$(cat err)"
echo 0 >acknowledged

# How long a run takes, of five: the delays are drawn from that.
begun=$(date +%s%N)
for k in 1 2 3 4 5; do
	"$revplan" record x.db update "at=2026-04-01T00:00:0${k}Z" \
	    >out 2>err || fail "$(cat err)"
done
ended=$(date +%s%N)
usual=$(((ended - begun) / 5000))
awk -v n="$n" -v seed="$seed" -v us="$usual" 'BEGIN {
	srand(seed)
	for (k = 0; k < 10 * n; k++)
		printf "%.6f\n", rand() * 1.5 * us / 1e6
}' >delays

# Becomes the program, so that its number is that of the job.
start()
{
	case $((i % 10)) in
	0)	exec "$revplan" import new.db case.yaml ;;
	3 | 6)	exec "$revplan" import x.db case.yaml ;;
	*)	exec "$revplan" record x.db update "at=$at" \
		    "note=run $i end" ;;
	esac
}

check_new()
{
	[ -e new.db ] || [ ! -s out ] || fail "a new store is not there"
	[ ! -e new.db ] || "$revplan" verify new.db >said 2>&1 ||
	    fail "new store: $(cat said)"
}

killed=0
while [ "$killed" -lt "$n" ] && read -r delay; do
	i=$((i + 1))
	: >out
	at=$(at "$i")
	scenario "$at" "$i" >case.yaml
	[ $((i % 10)) -ne 0 ] || rm -f new.db new.db-wal new.db-shm
	start >out 2>err &
	pid=$!
	sleep "$delay"
	kill -KILL "$pid" 2>/dev/null && killed=$((killed + 1))
	wait "$pid" 2>/dev/null
	status=$?
	[ $status -eq 0 ] || [ $status -eq 137 ] ||
	    fail "status $status: $(cat err)"
	if [ $((i % 10)) -eq 0 ]; then
		check_new
		"$revplan" verify x.db >said 2>&1 || fail "$(cat said)"
	elif [ -s out ] || [ $status -eq 0 ]; then
		echo "$i" >>acknowledged
	fi
done <delays 2>/dev/null

"$revplan" verify x.db >said 2>&1 || fail "$(cat said)"
"$revplan" export x.db >all.yaml 2>err || fail "$(cat err)"
sed -n 's/.*note: run \([0-9]*\) end.*/\1/p' all.yaml | sort >found
sort acknowledged >wanted
uniq -d found >twice
comm -23 wanted found >lost
[ -s lost ] && fail "lost: $(tr '\n' ' ' <lost)"
[ -s twice ] && fail "twice: $(tr '\n' ' ' <twice)"
echo "soak kill: $i runs, $killed killed, $(wc -l <acknowledged)" \
    "acknowledged, $(wc -l <found) on record, none lost"
