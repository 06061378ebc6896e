# One result, every format.
for format in text markdown csv json html; do
	for what in "--as-of 2021-01-01" "--draft --as-of 2021-01-01" \
	    "BR-CPR-BEGIN" "--reasons --as-of 2021-01-01" \
	    "--diff 2018-10-13 2018-10-14"; do
		# shellcheck disable=SC2086 # several words
		"$REVPLAN" rules $what --quiet --format $format \
		    --output "out.$format"
		[ -s "out.$format" ]
	done
done
"$REVPLAN" rules --diff 2020-10-18 2020-10-19 --format markdown
"$REVPLAN" rules --diff 2020-10-18 2020-10-19 --format json >changes.json
grep -c '"kind": "reason"' changes.json
"$REVPLAN" rules --reasons --as-of 2023-07-15 --format json |
    grep -A 9 '"reason": "not-per-requirements"' | head -n 10
"$REVPLAN" rules --as-of 2021-01-01 --format html | grep -c '<tr>'
"$REVPLAN" rules --as-of 2021-01-01 --format csv --quiet | wc -l
