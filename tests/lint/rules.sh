#!/bin/sh
# Every rule has a citation and tests, and every test has a rule.
export LC_ALL=C
here=$(cd "$(dirname "$0")" && pwd)
ids=$(mktemp)
trap 'rm -f "$ids"' EXIT

# Rows, their citation and their order; the id of each that is tested.
find models/rules -name '*.c' 2>/dev/null | sort |
    xargs -r awk -v ids="$ids" -f "$here/rules.awk"

# FILE:LINE id, as the rows have it; the verdicts that a test must have.
while read -r place id; do
	cases=tests/rules/$id.cases
	if [ ! -e "$cases" ]; then
		echo "$place: rule $id has no $cases"
		continue
	fi
	for verdict in met breached undecided; do
		grep -q "^== $verdict " "$cases" ||
		    echo "$cases:1: nothing is '$verdict'"
	done
done <"$ids"
find tests/rules -name '*.cases' 2>/dev/null | sort |
    while read -r cases; do
	id=$(basename "$cases" .cases)
	# What a CA promised is a rule of its case and has no row.
	case $id in CASE-*) continue ;; esac
	grep -q " $id\$" "$ids" || echo "$cases:1: no rule is called $id"
done
