#!/bin/sh
# check.sh SUITE: every yardstick does the work that it is measured for.
set -u
cd "$(dirname "$0")/../.." || exit 1
. tests/bench/build.sh
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
suite=$1 passed=0 failed=0

note() {
	if [ "$1" -eq 0 ]; then
		passed=$((passed + 1))
	else
		failed=$((failed + 1))
		echo "-- $2"
		cat "$work/out" 2>/dev/null
	fi
}

yardstick() {
	"$@" >"$work/out" 2>&1 &&
	    awk -f tests/bench/known.awk "$work/out" >>"$work/out"
	note $? "$*"
}

refused() {
	echo "$*" >"$work/out"
	! awk -f tests/bench/known.awk "$work/out" >/dev/null
	note $? "accepted: $*"
}

if build_yardsticks "$work" >"$work/out" 2>&1 && [ ! -s "$work/out" ]; then
	yardstick "$work/counts" 3000 daily
	yardstick "$work/counts" 10000 months
	yardstick "$work/certificates" 20 events
	yardstick "$work/certificates" 100 direct
else
	note 1 "the yardsticks in C do not compile without a warning"
fi
for model in 'numpy 1000 counts' 'numpy 1000 plain' 'numpy 1000 tuned' \
    'numpy 40 certificates' 'simpy 2 processes' 'simpy 2 callbacks'; do
	# shellcheck disable=SC2086 # three words
	set -- $model
	yardstick "${python:-python3}" "tests/bench/$1_model.py" "$2" "$3"
done
# What is as far off as counting a day late, and what is not there.
refused 3000 1 1 19874.40 0.2 1752.6 11
refused 3000 1 1 19873.40 0.2 1690.0 11
refused

echo "$suite: $passed passed, $failed failed"
[ "$failed" -eq 0 ] && [ "$passed" -gt 0 ]
