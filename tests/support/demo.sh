#!/bin/sh
# demo.sh PROGRAM FOLDER: the main job on a real case, SECOM's of 2020-21.
# Everything that is made goes into FOLDER.
set -eu
revplan=$1
out=$2
case=scenarios/secom-2020.yaml
rm -rf "$out"
mkdir -p "$out"

title() {
	printf '\n== %s\n' "$*"
}

title "planned against actual: revplan compare $case"
"$revplan" compare "$case" | tee "$out/compare.txt"
"$revplan" compare "$case" --format csv --output "$out/compare.csv"

# The case has breaches, so check exits 1; anything else is a fault.
title "what the rules say: revplan check $case"
status=0
"$revplan" check "$case" >"$out/check.txt" || status=$?
cat "$out/check.txt"
[ "$status" -eq 1 ] || {
	echo "check ended with $status; breaches were expected (1)" >&2
	exit 1
}

title "as of the end of 2020: revplan forecast $case --as-of 2020-12-31"
"$revplan" forecast "$case" --as-of 2020-12-31 | tee "$out/forecast.txt"

title "charts and report"
for chart in curve compare completion populations; do
	"$revplan" chart "$case" --kind "$chart" \
	    --output "$out/$chart.svg"
	echo "$out/$chart.svg"
done
"$revplan" report "$case" --output "$out/report.html"

printf '\nopen %s in a browser\n' "$(realpath "$out/report.html")"
