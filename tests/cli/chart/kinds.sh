# Every kind draws, has a script, and in characters is followed by the
# numbers.
cp "$SCENARIOS/secom-2020.yaml" case.yaml
cp -R "$SCENARIOS/calendars" .
for k in curve compare completion populations; do
	trials=$([ $k = compare ] || echo "--trials 300")
	# shellcheck disable=SC2086 # two words, or none
	"$REVPLAN" chart case.yaml --kind $k --as-of 2020-11-30 $trials \
	    --quiet --output $k.svg
	grep -c '<title' $k.svg | sed 's/[1-9][0-9]*/has a title/'
	# shellcheck disable=SC2086
	"$REVPLAN" chart case.yaml --kind $k --as-of 2020-11-30 $trials \
	    --quiet --script >$k.gp
	grep -q '^set terminal svg' $k.gp || head -n 5 $k.gp
done
"$REVPLAN" chart case.yaml --kind compare --as-of 2020-11-30 |
    grep '^[A-Z][a-z]* 20[0-9][0-9] '
