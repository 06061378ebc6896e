# The same bytes for any number of threads; another seed gives others.
cp "$SCENARIOS/mixed.yaml" case.yaml
cp -R "$SCENARIOS/calendars" .
for n in 1 2 7; do
	"$REVPLAN" simulate case.yaml --trials 100 --threads $n --format csv \
	    >$n.csv 2>/dev/null
	"$REVPLAN" simulate case.yaml --trials 100 --threads $n --format json \
	    >$n.json
done
cmp 1.csv 2.csv && cmp 1.csv 7.csv
cmp 1.json 2.json && cmp 1.json 7.json
"$REVPLAN" simulate case.yaml --trials 100 --seed 2 --format csv \
    >other.csv 2>/dev/null
if cmp -s 1.csv other.csv; then echo "the seed does nothing"; fi
"$REVPLAN" simulate case.yaml --trials 100 --seed 2 --format json |
    python3 -c 'import json, sys
d = json.load(sys.stdin); print(d["seed"], d["trials"])'
