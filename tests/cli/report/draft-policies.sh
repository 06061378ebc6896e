# Whatever `check` finds broken is among the policies, requirements before
# recommendations, each once; whose account of a clock it is, is not told.
cp "$SCENARIOS/secom-2020.yaml" "$SCENARIOS/sectigo-2020.yaml" .
cp -R "$SCENARIOS/calendars" .
agree() {
	"$REVPLAN" report "$1" --kind delayed --as-of "$2" --trials 200 \
	    --quiet | sed -n '/Relevant policies/,/^\*\*Progress/p' >policies
	"$REVPLAN" check "$1" --as-of "$2" --format json --quiet >found ||
	    true
	python3 - <<'PYTHON'
import json
rows = [r for r in json.load(open("found"))["rows"]
        if r["verdict"] == "breached"]
text = [l.replace("\\", "") for l in open("policies") if "; not met" in l]
for r in rows:
    if not any(r["citation"] in l for l in text):
        print("missing:", r["citation"])
if len(text) != len({l.split(" (")[0] for l in text}):
    print("one is told twice")
weak = ["recommendation" in l or "expectation" in l for l in text]
if weak != sorted(weak):
    print("a recommendation stands before a requirement")
print("breached:", "some" if rows else "none")
PYTHON
	if grep -i -e reporter policies; then echo "somebody is named"; fi
}
agree secom-2020.yaml 2020-11-30
agree sectigo-2020.yaml 2020-07-10
