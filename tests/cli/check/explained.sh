# Every rule that a row of these cases names is explained in their head.
for case in sectigo-2020:2021-01-31 itruschina-2024:2025-02-28; do
	file=$SCENARIOS/${case%:*}.yaml
	"$REVPLAN" check "$file" --as-of "${case#*:}" --format csv \
	    2>/dev/null | sed -e 1d -e 's/,.*//' -e 's/\/published$//' |
	    sort -u >rows
	wc -l <rows | sed "s/^ */${case%:*} /"
	while read -r rule; do
		grep "^#" "$file" | grep -qwF "$rule" ||
		    echo "${case%:*}: $rule is not explained"
	done <rows
done
