# The closing statement is true, or it is not written.
case_of() {
	cat >case.yaml <<YAML
revplan: 1
incident:
  id: closure
  certificate: subscriber
  reason: not-per-requirements
  aware: 2026-03-02T09:15Z
populations:
  - {name: a, certificates: 1000, path: [{team: {rate: 20/working-day}}]}
facts:
  - {what: revoked, at: 2026-03-05T08:00Z, certificates: $1}
  - {id: q, what: question, at: 2026-03-10T11:30Z}
$2
commitments:
  - {what: a linter, kind: prevent, due: 2026-03-20$3}
  - {what: an alert, kind: detect, due: 2026-03-25$4}
narrative:
  summary: Wrong qualifier.
  causes: [{title: No linter}]
  remediation: All were revoked.
  commitments: N/A
YAML
	"$REVPLAN" report case.yaml --kind closure --as-of "$5" 2>&1 |
	    sed -n -e 's/note: [0-9]* of the things/note: some of them/' \
	    -e '/MISSING:/p; /^All Action/p; /^Every step/p' \
	    -e '/note: some/p'
}
answer='  - {what: answer, answers: q, at: 2026-03-11T11:30Z}'
echo "-- nothing is done"
case_of 600 '' '' '' 2026-03-22
echo "-- one item and one question are open"
case_of 1000 '' ', done: 2026-03-19' '' 2026-04-10
echo "-- the outcome lies in the future of the report"
case_of 1000 "$answer" ', done: 2026-03-19' ', done: 2026-03-24' 2026-03-22
echo "-- one is given up"
case_of 1000 "$answer" ', done: 2026-03-19' ', cancelled: 2026-03-24' 2026-04-10
echo "-- all is done"
case_of 1000 "$answer" ', done: 2026-03-19' ', done: 2026-03-24' 2026-04-10
"$REVPLAN" report case.yaml --kind closure --as-of 2026-04-10 2>&1 |
    grep -v -e '^Made with' -e ': note:'
echo "-- no item is on record"
sed -i '/^commitments:/,/an alert/d' case.yaml
"$REVPLAN" report case.yaml --kind closure --as-of 2026-04-10 2>&1 |
    grep 'MISSING'
