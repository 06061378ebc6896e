# 10,000 at 100 a working day: 100 working days from 2 March 2026 over Easter,
# May's holidays and a freeze end on Monday 3 August; see the scenario for the
# count by hand.  Nothing is uncertain, so nothing spreads.
cp "$SCENARIOS/hosting-100-a-day.yaml" case.yaml
cp -R "$SCENARIOS/calendars" .
"$REVPLAN" simulate case.yaml --format json >a.json
python3 - <<'END'
import json
d = json.load(open("a.json"))
c = d["completion"]
print(sorted({c[q] for q in c if q.startswith("p")}), c["never"])
print(d["trials"], d["seed"])
END
"$REVPLAN" simulate case.yaml --format csv --quiet >a.csv
head -n 1 a.csv
# One row a day and state, and both ends of every band are the same.
grep '^2026-08-0[234]T00:00:00Z,total,replaced' a.csv
awk -F, 'NR > 1 && $5 != $11 { print "spread", $0 }' a.csv
