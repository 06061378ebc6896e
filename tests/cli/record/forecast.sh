# A forecast is made and kept as it was made, with what was said of it.
cp "$SCENARIOS/secom-2020.yaml" case.yaml
cp -R "$SCENARIOS/calendars" .
"$REVPLAN" import case.db case.yaml --quiet >receipt
"$REVPLAN" record case.db forecast --as-of 2020-12-31 --trials 2000 --seed 7 \
    published=2021-01-05 source='comment 12' note='with the weekly count' \
    >receipt
sed 's/(head.*//' receipt
"$REVPLAN" export case.db records --format json --quiet >records.json
"$REVPLAN" export case.db scenario --output out.yaml --force --quiet
sed -n '/^forecasts:/,$p' out.yaml | grep -c -e 'as_of: 2020-12-31' \
    -e 'published: 2021-01-05' -e 'note: with the weekly count'
"$REVPLAN" forecast case.db --as-of 2020-12-31 --trials 2000 --seed 7 \
    --format json >forecast.json
cat >try.py <<'END'
import json, re
f = json.load(open("forecast.json"))["completion"]
said = [r for r in json.load(open("records.json"))["rows"]
    if r["kind"] == "forecast"]
print(len(said), sorted(said[0]))
text = json.dumps(said[0])
for k in ("p10", "p50", "p80", "p90"):
    assert "%s: '%s'" % (k, f[k]) in text, (k, f[k], text)
assert "trials: 2000" in text and "seed: 7" in text
END
python3 try.py
# Made again from the same seed it is the same, and is not recorded twice.
"$REVPLAN" record case.db forecast --as-of 2020-12-31 --trials 2000 --seed 7 \
    published=2021-01-05 source='comment 12' note='with the weekly count' \
    --threads 2
# The forecast of somebody else, with its figures.
"$REVPLAN" record case.db forecast as_of=2020-11-30 never=12% \
    p10=2021-01-31T00:00Z p50=2021-03-01T00:00Z p80=2021-04-30T00:00Z |
    sed 's/(head.*//'
# What belongs to a forecast that is made says nothing about another item.
try() {
	status=0
	"$REVPLAN" record "$@" || status=$?
	echo "$status"
}
try case.db forecast --as-of 2020-11-30 as_of=2020-11-30 p50=2021-03-01T00:00Z
try case.db actual --seed 3 as_of=2021-01-31 replaced=80%
try case.yaml forecast
