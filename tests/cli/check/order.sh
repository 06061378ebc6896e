# What comes next stands on top, by time; then breaches, lapses, what is not
# decided and what is met.  Who is contradicted, and by whom, is said.
cat >case.yaml <<'END'
revplan: 1
incident:
  id: order
  certificate: subscriber
  reason: not-per-requirements
  aware: 2024-07-01T09:15Z
  reported: 2024-07-01T08:15Z
  clocks: [{by: reporter, reported: 2024-06-30T23:00Z}]
populations:
  - name: all
    certificates: 100
    path: [{team: {rate: 100/working-day}}]
facts:
  - {what: incident-disclosed, at: 2024-07-02T10:00Z}
  - {what: question, at: 2024-07-05T12:00Z, id: q1}
  - {what: revoked, at: 2024-07-05T12:00Z, certificates: 30}
updates: [2024-07-02T10:00Z]
END
status=0
"$REVPLAN" check case.yaml --as-of 2024-07-07T00:00Z >out || status=$?
echo "status $status"
sed -n '1,/^$/p' out
# Headings, ids and deadlines in their order; whose clock.
sed -n -e 's/^[A-Z].*/&/p' -e 's/^  \([A-Z][^ ]*\)  .*/  \1/p' \
    -e 's/^    \(due .*\)/    \1/p' -e 's/^    \(clock .*, .*\)/    \1/p' out
# CSV stays by rule id.
"$REVPLAN" check case.yaml --as-of 2024-07-07T00:00Z --format csv --quiet \
    >out.csv || true
sed 1d out.csv | cut -d, -f1 >ids
LC_ALL=C sort -c ids && head -n 1 out.csv
# JSON says more: whose clock, and what is late of each duty.
"$REVPLAN" check case.yaml --as-of 2024-07-07T00:00Z --format json --quiet \
    >out.json || true
grep -c '"by": "reporter"' out.json
sed -n '/"late": \[/,/^  \]/p' out.json
