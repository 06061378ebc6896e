# A plan on record is the one that `compare` uses from its publication on, and
# the earlier one stays.
export SOURCE_DATE_EPOCH=1788220800		# 2026-09-01T00:00:00Z
cp "$SCENARIOS/hosting-100-a-day.yaml" case.yaml
cp -R "$SCENARIOS/calendars" .
"$REVPLAN" import case.db case.yaml --quiet >receipt
"$REVPLAN" record case.db actual as_of=2026-03-31 replaced=20.0% --quiet \
    >receipt
"$REVPLAN" plan case.db --as-of 2026-03-31 --period month --round 5 --save \
    --published 2026-04-02 --notice '"comment: 12" said {why}' \
    --format csv --trials 1000 >plan.csv 2>talk
sed -e 's/.*note: //' -e 's/,.*SHA-256 .*//' -e 's/ (head .*//' talk
# Again: it is there already.
"$REVPLAN" plan case.db --as-of 2026-03-31 --round 5 --save \
    --published 2026-04-02 --notice '"comment: 12" said {why}' \
    --trials 1000 -o again.txt
"$REVPLAN" compare case.db --as-of 2026-04-01 --format json -o before.json
"$REVPLAN" compare case.db --as-of 2026-04-02 --format json -o after.json
"$REVPLAN" compare case.db --as-of 2026-04-02 --plan 1 -f json -o first.json
"$REVPLAN" export case.db scenario --quiet >out.yaml
"$REVPLAN" validate out.yaml
cat >try.py <<'END'
import json
for name in "before", "after", "first":
    d = json.load(open(name + ".json"))
    planned = [r["planned_pct"] for r in d["rows"]]
    print(name, d["plan"]["published"])
    if name == "after":
        lines = open("plan.csv").read().split("\n")[1:-1]
        want = [float(line.split(",")[2]) for line in lines]
        assert planned[-len(want):] == want, (planned, want)
    else:
        print(planned)
END
python3 try.py
grep -o 'notice: .*said.*' out.yaml
grep -c 'revplan plan at 80.0 %' out.yaml
# One that takes something back is not recorded without a notice of it.
"$REVPLAN" plan case.db --as-of 2026-03-31 --round 50 --confidence 99 --save \
    --published 2026-04-03 --trials 1000 -o none.txt || echo "status $?"
if [ -e none.txt ]; then echo "something was written"; fi
"$REVPLAN" export case.db records --format csv --quiet | grep -c ',plan,'
# A locked store, one that is none, and a scenario: one line each.
try() {
	status=0
	"$REVPLAN" plan "$@" --as-of 2026-03-01 --save \
	    --published 2026-03-03 -o none.txt || status=$?
	echo "$status"
	if [ -e none.txt ]; then echo "something was written"; fi
	rm -f none.txt
}
try case.yaml
try absent.db
try - <case.yaml
