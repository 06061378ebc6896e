# What a report says in JSON of its own moment gives the same report again.
for c in compare claims plan; do
	"$REVPLAN" $c "$SCENARIOS/secom-2020.yaml" --as-of 2020-09-30 \
	    $([ $c = plan ] && echo --trials 200) --format json --quiet >a || :
	at=$(sed -n 's/^    "as_of": "\(.*\)",$/\1/p' a)
	echo "$c $at"
	"$REVPLAN" $c "$SCENARIOS/secom-2020.yaml" --as-of "$at" \
	    $([ $c = plan ] && echo --trials 200) --format json --quiet >b || :
	cmp a b
done
