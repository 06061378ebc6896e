# Ready to be closed?  Status 1 until nothing is open or undecided.
cat >case.yaml <<'END'
revplan: 1
incident:
  id: closing
  certificate: subscriber
  reason: not-per-requirements
  aware: 2026-03-02T09:15Z
populations:
  - name: all
    certificates: 100
    path: [{team: {rate: 100/working-day}}]
commitments:
  - {what: "linter, new", due: 2026-04-01, kind: prevent, done: 2026-03-30}
facts:
  - {what: revoked, at: 2026-03-05T09:15Z}
  - {what: incident-disclosed, at: 2026-03-03T10:00Z}
  - {what: full-report, at: 2026-03-10T10:00Z}
  - {what: question, at: 2026-03-11T10:00Z, id: q1}
END
status=0
"$REVPLAN" check case.yaml --as-of 2026-04-10 --closure >out || status=$?
sed '$d' out
echo "-> $status"
cat >>case.yaml <<'END'
  - {what: revocation-published, at: 2026-03-05T10:00Z}
  - {what: answer, at: 2026-03-12T10:00Z, answers: q1}
  - {what: closure-report, at: 2026-04-08T10:00Z}
END
status=0
"$REVPLAN" check case.yaml --as-of 2026-04-10 --closure --format csv --quiet \
    || status=$?
echo "-> $status"
# What had not happened yet is not on the list.
"$REVPLAN" check case.yaml --as-of 2026-04-07 --closure --format json |
    grep -B 3 -A 7 '"closure-report"'
