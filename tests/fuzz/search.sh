#!/bin/sh
# search.sh SECONDS TARGET...: let libFuzzer look for faults, one target after
# the other.  What it finds new is kept under build/fuzz/found/; a fault is
# left in build/fuzz/faults/ and the exit status is 1.
set -u
seconds=$1
shift
here=$(cd "$(dirname "$0")" && pwd)
status=0
for target in "$@"; do
	name=$(basename "$target")
	out=$(dirname "$target")/../..
	mkdir -p "$out/found/$name" "$out/faults/$name"
	echo "$name: $seconds s"
	words=$here/${name#fuzz_}.dict
	[ -e "$words" ] || words=/dev/null
	"$target" -dict="$words" -max_total_time="$seconds" -max_len=65536 -timeout=10 \
	    -rss_limit_mb=2048 -print_final_stats=1 \
	    -artifact_prefix="$out/faults/$name/" "$out/found/$name" \
	    "$here/corpus/${name#fuzz_}" >"$out/$name.log" 2>&1 || status=1
	tail -n 12 "$out/$name.log"
done
exit $status
