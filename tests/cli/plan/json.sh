# What a promise must keep to, whatever the figures: it never falls, it is
# never bolder for more confidence, and 100 % stands where the completion is.
cp "$SCENARIOS/secom-2020.yaml" case.yaml
cp -R "$SCENARIOS/calendars" .
for c in 50 80 95; do
	"$REVPLAN" plan case.yaml --as-of 2020-07-10 --confidence $c \
	    --trials 1000 -o $c.json
	"$REVPLAN" plan case.yaml --as-of 2020-07-10 --confidence $c \
	    --trials 1000 --round 5 -o $c-round.json
done
"$REVPLAN" plan case.yaml --as-of 2020-12-31 -o weighted.json
"$REVPLAN" plan case.yaml --as-of 2020-12-31 --threads 2 -o again.json
cmp weighted.json again.json
"$REVPLAN" simulate case.yaml --trials 1000 -o simulated.json
cat >try.py <<'END'
import json
d = {c: json.load(open(f"{c}.json")) for c in (50, 80, 95)}
print(sorted(d[80]), sorted(d[80]["completion"]), sorted(d[80]["rows"][0]))
s = json.load(open("simulated.json"))["completion"]
for c in d:
    at = d[c]["completion"]["at"]
    assert d[c]["completion"]["confidence"] == c and not d[c]["weighted"]
    assert d[c]["trials"] == 1000 and d[c]["seed"] == 1
    # Plain trials: the same ones, and the same order statistic.
    assert at == s[f"p{c}"], (at, s)
    share = [r["planned_pct"] for r in d[c]["rows"]]
    assert share == sorted(share), share
    for r in d[c]["rows"]:
        assert (r["planned_pct"] == 100) == (r["by"] >= at), r
    assert share[-1] == 100 and share.count(100) == 1
    assert d[c]["kept"] <= c / 100 + 0.03 * (c < 60), d[c]["kept"]
    r = json.load(open(f"{c}-round.json"))
    assert r["completion"]["at"] == r["rows"][-1]["by"] >= at
    for a, b in zip(d[c]["rows"], r["rows"]):
        assert b["planned_pct"] == a["planned_pct"] // 5 * 5, (a, b)
for low, high in ((50, 80), (80, 95)):
    for a, b in zip(d[low]["rows"], d[high]["rows"]):
        assert a["planned_pct"] >= b["planned_pct"], (a, b)
w = json.load(open("weighted.json"))
print(w["weighted"], w["rows"][0]["period"])
# Begins from what was seen: 76.4 % on 31 December.
assert w["rows"][0]["planned_pct"] > 76.4, w["rows"]
END
python3 try.py
