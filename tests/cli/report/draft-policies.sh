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
weak = ["recommendation" in l or "expectation" in l for l in text]
told = [(l.split(" (")[0].split("- ", 1)[1], w)
        for l, w in zip(text, weak)]
for r in rows:
    if (r["citation"], "MUST" not in r["severity"]) not in told:
        print("missing:", r["severity"], r["citation"])
if len(told) != len(set(told)):
    print("one is told twice")
if weak != sorted(weak):
    print("a recommendation stands before a requirement")
print("breached:", "some" if rows else "none")
PYTHON
	if grep -i -e reporter policies; then echo "somebody is named"; fi
}
# A deadline of 5 days and the recommendation of 24 hours: one citation.
cat >late.yaml <<'YAML'
revplan: 1
incident:
  id: EXAMPLE-2025-01
  certificate: subscriber
  profile: tls
  reason: not-per-requirements
  aware: {value: 2025-04-01T10:00Z, basis: stated, source: made up}
  total: {value: 8, basis: stated, source: made up}
simulation: {horizon: 2025-12-31, step: 1 d}
populations:
  - name: all
    certificates: {value: 8, basis: stated, source: made up}
    path: [{wait: {what: a day, time: 1 d, basis: assumed,
                   source: made up}}]
facts:
  - {what: revoked, at: 2025-04-15T00:00Z, source: made up}
YAML
agree late.yaml 2025-06-01
agree secom-2020.yaml 2020-11-30
agree sectigo-2020.yaml 2020-07-10
