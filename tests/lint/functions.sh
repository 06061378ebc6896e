#!/bin/sh
# clang-tidy with the checks of .clang-tidy, among them: functions of at most
# 70 lines and a cognitive complexity of at most 15.  tests/lint/exceptions
# names those that may be larger.  A file that was clean stays so until what
# the compiler reads of it or the checks change: what was found good is kept
# under build/.
#
# NODES bounds how many states of one function the analyzer follows: some 70
# lines seldom have more, and the few that do take most of the time of all.
# `make soak` follows as many as clang-tidy does by itself.
here=$(cd "$(dirname "$0")" && pwd)
. "$here/flags.sh"
: "${NODES:=75000}"
export NODES
good=${B:-build/release}/tidy
mkdir -p "$good"
common=$({ cat .clang-tidy "$here/exceptions" "$here/flags.sh"
    clang-tidy --version; echo "$NODES"; } | sha256sum)

one='
. "$1/flags.sh"
tell="-include tests/lint/analyzer.h"
[ "$4" = models/base/err.c ] && tell=
key=$2/$( (echo "$3 $4"
    clang $FLAGS $(includes "$4") $tell -E -CC "$4" 2>&1) |
    sha256sum | cut -d" " -f1)
[ -e "$key" ] && exit 0
nodes="-Xclang -analyzer-config -Xclang max-nodes=$NODES"
found=$(clang-tidy --quiet "$4" -- $FLAGS $(includes "$4") $tell $nodes \
    2>/dev/null | grep -E "(warning|error):" | sed "s|^$PWD/||")
allowed=$(awk -v f="$4" "\$1 == f { print \$2 }" "$1/exceptions")
for name in $allowed; do
	found=$(echo "$found" | grep -v "function .$name. ")
done
if [ -n "$found" ]; then echo "$found"; else : >"$key"; fi
'
find models planner -name '*.c' 2>/dev/null | sort |
    xargs -r -P "${JOBS:-2}" -I{} sh -c "$one" one "$here" "$good" \
    "$common" {}
awk '!/^#/ && NF && NF < 3 { print "tests/lint/exceptions:" FNR \
    ": an exception without a reason" }' "$here/exceptions"
