#!/bin/sh
# demo.sh PROGRAM FOLDER: the main job on a real case, SECOM's of 2020-21.
# Everything that is made goes into FOLDER.
set -eu
revplan=$1
out=$2
case=scenarios/secom-2020.yaml
# The case was over in March 2021.  Seen from today, whatever was left open
# then would be years overdue.
day=2021-03-31
rm -rf "$out"
mkdir -p "$out"

title() {
	printf '\n== %s\n' "$*"
}

cat <<END

The case is SECOM's of 2020-21 ($case).  It ended in March 2021, so
everything below stands at the end of that month (--as-of $day) and not
at today's date; only the forecast looks ahead, from the end of 2020.
END

title "planned against actual: revplan compare $case --as-of $day"
"$revplan" compare "$case" --as-of $day | tee "$out/compare.txt"
"$revplan" compare "$case" --as-of $day --quiet --output "$out/compare.csv"

# The case has breaches, so check exits 1; anything else is a fault.
title "what the rules say: revplan check $case --as-of $day"
status=0
"$revplan" check "$case" --as-of $day >"$out/check.txt" || status=$?
cat "$out/check.txt"
[ "$status" -eq 1 ] || {
	echo "check ended with $status; breaches were expected (1)" >&2
	exit 1
}

title "as of the end of 2020: revplan forecast $case --as-of 2020-12-31"
"$revplan" forecast "$case" --as-of 2020-12-31 | tee "$out/forecast.txt"

title "kept in one file: revplan import $out/incident.db $case"
"$revplan" import "$out/incident.db" "$case"
"$revplan" verify "$out/incident.db"
printf '\nWhat the public could know of it at the end of October 2020:\n\n'
"$revplan" compare "$out/incident.db" --as-of 2020-10-31 --view public

title "charts and report: revplan chart, revplan report --as-of $day"
for chart in curve compare completion populations; do
	"$revplan" chart "$case" --kind "$chart" --as-of $day --quiet \
	    --output "$out/$chart.svg"
	echo "$out/$chart.svg"
done
"$revplan" report "$case" --as-of $day --quiet --output "$out/report.html"
echo "$out/report.html"

printf '\nAll of it is on one page; open this file in a browser:\n  %s\n' \
    "$(realpath "$out/report.html")"
