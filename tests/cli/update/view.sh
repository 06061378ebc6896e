# The post of a day repeats what was known on that day, or what the public
# knew.
cp "$SCENARIOS/secom-2020.yaml" case.yaml
cp -R "$SCENARIOS/calendars" .
show() {
	"$REVPLAN" update case.yaml --quiet --trials 200 "$@" |
	    grep -e '^- Replaced' -e '^- Affected.*replaced' -e '^### Change' \
	    -e '^Affected' -e 'first update'
}
for day in 2020-08-31 2020-10-31 2020-11-30; do
	echo "== $day"
	show --as-of $day
	echo "-- public"
	show --as-of $day --view public
done
# Every row of the comparison is in the post, and the figures are the same.
"$REVPLAN" compare case.yaml --quiet --as-of 2020-11-30 --format markdown |
    grep '^|' >a
"$REVPLAN" update case.yaml --quiet --as-of 2020-11-30 --trials 200 |
    grep '^|' >b
cmp a b
# The format follows the suffix; nothing that is asked for is ignored.
"$REVPLAN" update case.yaml --quiet --as-of 2020-11-30 --trials 200 \
    --output a.json
python3 - <<'PY'
import json
d = json.load(open("a.json"))
rows = d["rows"]
print([r["duty"] for r in rows], rows[0]["figures"]["revoked"],
    rows[1]["figures"]["replaced"], rows[1]["base"])
print(d["last_update"]["rows"][1]["figures"]["replaced"])
print(d["estimate"]["metric"], d["estimate"]["trials"],
    d["next_update"]["rule"], d["revplan"] if "revplan" in d else "")
PY
"$REVPLAN" update case.yaml --quiet --as-of 2020-11-30 --trials 200 \
    --period week | grep -c '^| 2020-W'
