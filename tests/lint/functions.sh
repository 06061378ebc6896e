#!/bin/sh
# clang-tidy with the checks of .clang-tidy, among them: functions of at most
# 70 lines and a cognitive complexity of at most 15.  tests/lint/exceptions
# names those that may be larger.  A file that was clean stays so until it, a
# header or the checks change: what was found good is kept under build/.
here=$(cd "$(dirname "$0")" && pwd)
. "$here/flags.sh"
good=${B:-build/release}/tidy
mkdir -p "$good"
common=$(cat .clang-tidy "$here/exceptions" "$here/flags.sh" \
    "$here/analyzer.h" \
    $(find include models planner -name '*.h' | sort) | sha256sum)

one='
. "$1/flags.sh"
key=$2/$( (echo "$3"; cat "$4") | sha256sum | cut -d" " -f1)
[ -e "$key" ] && exit 0
tell="-include $1/analyzer.h"
[ "$4" = models/base/err.c ] && tell=
found=$(clang-tidy --quiet "$4" -- $FLAGS $(includes "$4") $tell 2>/dev/null |
    grep -E "(warning|error):" | sed "s|^$PWD/||")
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
