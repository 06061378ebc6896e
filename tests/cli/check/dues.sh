# What is still to be done: late first, then what nobody recorded, then by
# time; what is settled, given up or met is not told.
cat >case.yaml <<'END'
revplan: 1
incident:
  id: dues
  certificate: subscriber
  reason: not-per-requirements
  aware: 2024-07-01T09:15Z
populations:
  - name: all
    certificates: 100
    path: [{team: {rate: 100/working-day}}]
facts:
  - {what: incident-disclosed, at: 2024-07-02T10:00Z}
  - {what: question, at: 2024-07-05T12:00Z, id: q1}
  - {what: revoked, at: 2024-07-05T12:00Z, certificates: 30}
updates: [2024-07-02T10:00Z]
commitments:
  - {what: "linter, new", due: 2024-08-01, kind: prevent}
  - {what: not any more, due: 2024-08-01, cancelled: 2024-07-04, evidence: c4}
  - {what: ready, due: 2024-08-01, done: 2024-07-04}
claims:
  - {said: 2024-07-03, source: comment 2, promise: tell all, by: 2024-07-20}
END
status=0
"$REVPLAN" check case.yaml --as-of 2024-07-07T00:00Z --dues | sed '$d' ||
    status=$?
"$REVPLAN" check case.yaml --as-of 2024-07-07T00:00Z --dues --format csv \
    --quiet >out.csv || status=$?
cut -d, -f1-3 out.csv
"$REVPLAN" check case.yaml --as-of 2024-07-07T00:00Z --dues --format json |
    grep -c '"state"'
exit $status
