#!/bin/sh
# run.sh [--bless] SUITE PROGRAM: whole outputs for whole scenarios.
#
# Each line of tests/golden/table is a file of this folder and the command
# whose standard output it must be, byte for byte; commands run in scenarios/.
# Only the version and the digests of the inputs are blanked.  Of a long output
# (a file named .sha256) the digest is kept.
# The same seed gives the same bytes in every variant and with any number of
# threads, so these files are the same for all of them.  CASES='acme/*' runs
# some of them.  --bless writes them anew, but never from a command that failed.
set -u
here=$(cd "$(dirname "$0")" && pwd)
bless=no
if [ "$1" = --bless ]; then
	bless=yes
	shift
fi
suite=$1
revplan=$(realpath -m "$2")
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
export LC_ALL=C.UTF-8 TZ=Asia/Kathmandu
export ASAN_OPTIONS=exitcode=134 UBSAN_OPTIONS=exitcode=134
cd "$here/../../scenarios" || exit 1

if [ ! -x "$revplan" ]; then
	echo "-- there is no program '$revplan'"
	echo "$suite: 0 passed, 1 failed"
	exit 1
fi
passed=0 failed=0
grep -v -e '^#' -e '^$' "$here/table" >"$work/table"
while read -r file arguments; do
	# shellcheck disable=SC2254 # a pattern on purpose
	case $file in ${CASES:-*}) ;; *) continue ;; esac
	# shellcheck disable=SC2086 # arguments are words
	timeout "${TEST_SECONDS:-120}" "$revplan" $arguments >"$work/out" \
	    2>"$work/err" </dev/null
	status=$?
	sed -i -E -e 's/(SHA-256 |"sha256": ")[0-9a-f]{64}/\1-/' \
	    -e "s/^(set label ')[0-9a-f]{64}'/\1-'/" \
	    -e 's/(revplan |"version": ")[0-9]+\.[0-9]+\.[0-9]+/\1-/' \
	    "$work/out"
	case $file in *.sha256)
		[ -s "$work/out" ] && sha256sum <"$work/out" >"$work/sum" &&
		    mv "$work/sum" "$work/out"
	esac
	if [ $status -gt 1 ] || [ ! -s "$work/out" ]; then
		failed=$((failed + 1))
		echo "-- revplan $arguments: exit status $status"
		head -n 20 "$work/err"
		continue
	fi
	if [ $bless = yes ]; then
		mkdir -p "$here/$(dirname "$file")"
		cp "$work/out" "$here/$file"
	fi
	if cmp -s "$here/$file" "$work/out"; then
		passed=$((passed + 1))
	else
		failed=$((failed + 1))
		echo "-- tests/golden/$file is not what revplan $arguments gives"
		diff -u "$here/$file" "$work/out" | head -n 40
	fi
done <"$work/table"
echo "$suite: $passed passed, $failed failed"
[ "$failed" -eq 0 ] && [ "$passed" -gt 0 ]
