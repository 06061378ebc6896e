#!/bin/sh
# run.sh SUITE PROGRAM FOLDER: the HTML report, as a browser sees it.
# Screenshots stay in FOLDER.  A report that cannot be made is a failure.
set -u
suite=$1
revplan=$2
out=$3
here=$(cd "$(dirname "$0")" && pwd)
cd "$here/../.." || exit 1
rm -rf "$out"
mkdir -p "$out"
if ! "$revplan" report scenarios/secom-2020.yaml --output "$out/report.html" \
    >"$out/report.log" 2>&1; then
	echo "-- 'revplan report' failed"
	cat "$out/report.log"
	echo "$suite: 0 passed, 1 failed"
	exit 1
fi
exec python3 "$here/look.py" "$suite" "$out/report.html" "$out"
