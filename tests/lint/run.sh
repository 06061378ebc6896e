#!/bin/sh
# run.sh SUITE: every lint beside this file, on the tree above; what is found
# is printed as FILE:LINE: text.  A lint without findings is one test passed,
# each finding one failed.
set -u
here=$(cd "$(dirname "$0")" && pwd)
cd "$here/../.." || exit 1
passed=0 failed=0
for lint in layers banned layout alone pure functions sets man rules cpp \
    warnings; do
	found=$("$here/$lint.sh" 2>&1)
	if [ -z "$found" ]; then
		passed=$((passed + 1))
	else
		failed=$((failed + $(echo "$found" | wc -l)))
		echo "-- $lint"
		echo "$found"
	fi
done
if found=$("$here/selftest.sh" 2>&1); then
	passed=$((passed + found))
else
	failed=$((failed + 1))
	echo "-- selftest"
	echo "$found"
fi
echo "$1: $passed passed, $failed failed"
[ "$failed" -eq 0 ] && [ "$passed" -gt 0 ]
