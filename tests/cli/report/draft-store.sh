# What people wrote survives a store, and is corrected by the next import.
cat >case.yaml <<'YAML'
revplan: 1
incident:
  id: store
  certificate: subscriber
  reason: not-per-requirements
  aware: 2026-03-02T09:15Z
populations:
  - {name: a, certificates: 1000, path: [{team: {rate: 20/working-day}}]}
narrative:
  summary: |
    A line,
    and its end.

    Another paragraph: "quoted", with a # sign.
  ccadb-id: A000123
  began: 2026-01-05T10:00Z
  source: self-reported
  types: [DV, EV]
  well: one
  not-well: [one, two]
  causes: [{title: Yes, description: "no: maybe", method: five whys}]
  timeline: [{at: 2026-01-05T09:30Z, event: 1e3, covers: change}]
  related: [text, {bug: 123, how: "007"}]
YAML
draft() {
	"$REVPLAN" report "$1" --kind full --as-of 2026-04-10 --quiet |
	    grep -v '^Made with'
}
draft case.yaml >want
"$REVPLAN" import incident.db case.yaml --quiet >/dev/null
draft incident.db | cmp - want
"$REVPLAN" export incident.db --output back.yaml --quiet
draft back.yaml | cmp - want
"$REVPLAN" import other.db back.yaml --quiet >/dev/null
draft other.db | cmp - want
grep -n -e 'A line' -e 'Another' -e 'started' -e 1e3 -e 007 want
sed -i 's/A000123/A000124/' case.yaml
"$REVPLAN" import incident.db case.yaml --quiet >/dev/null
draft incident.db | grep CCADB
"$REVPLAN" verify incident.db --quiet >/dev/null
"$REVPLAN" validate --schema | grep -c -e '"ccadb-id"' -e '"not-well"'
