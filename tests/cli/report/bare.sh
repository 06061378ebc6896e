# A case without a plan and an actual has a report, without that part.
cat >case.yaml <<'END'
revplan: 1
incident:
  id: bare
  certificate: subscriber
  reason: not-per-requirements
  aware: 2026-03-02T09:15Z
populations:
  - name: all
    certificates: 1000
    path: [{team: {rate: 100/working-day}}]
END
"$REVPLAN" report case.yaml --as-of 2026-03-04 --trials 300 --output a.html
grep -c '<svg' a.html | sed 's/^[1-9][0-9]*$/charts/'
