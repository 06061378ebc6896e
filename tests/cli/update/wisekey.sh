# A statement that the record contradicts is told to who posts.
cp "$SCENARIOS/wisekey-2020.yaml" case.yaml
"$REVPLAN" update case.yaml --as-of 2020-10-05 --trials 200 |
    sed -n '/^### Promises/,/^### Open/p'
# JSON has all of it.
"$REVPLAN" update case.yaml --as-of 2020-10-05 --trials 200 --quiet \
    --format json >a.json
python3 - <<'PY'
import json
d = json.load(open("a.json"))
print(d["complete"], d["estimate"], d["closed"], d["news"])
for r in d["rows"]:
    print(r["duty"], r["base"], r["deadline"], r["figures"]["revoked"],
        r["figures"]["not_yet_revoked"], r["figures_of"]["revoked"])
for p in d["promises"]:
    print(p["state"], p["verdict"], p["due"], p["done"])
PY
