# At the end of 2020: the 80 % interval meets what came to pass, completion
# between 28 February and 18 March 2021.
cp "$SCENARIOS/secom-2020.yaml" case.yaml
cp -R "$SCENARIOS/calendars" .
"$REVPLAN" forecast case.yaml --as-of 2020-12-31 --format json >a.json
python3 - <<'END'
import json
d = json.load(open("a.json"))
c = d["completion"]
print(d["as_of"], d["explained"])
print(sorted(c), sorted(d["curve"][0]))
assert c["p10"] <= "2021-03-19T00:00:00Z" and c["p90"] >= "2021-02-28", c
assert c["p10"] <= c["p50"] <= c["p80"] <= c["p90"], c
assert 1 <= d["effective_sample_size"] <= 10000, d
END
# Nobody outside knew December's figure on 31 December.
"$REVPLAN" forecast case.yaml --as-of 2020-12-31 --view public --format json \
    >b.json
if cmp -s a.json b.json; then echo "the view does nothing"; fi
