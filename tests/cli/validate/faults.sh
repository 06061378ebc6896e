# All faults in one run, each at its place, then their number.
cat >case.yaml <<'END'
revplan: 1
incident:
  id: faulty
  certificate: subscribr
  reason: not-per-requirements
  awre: 2026-03-02T09:15Z
populations:
  - name: all
    certificates: 1000
    path:
      - team: {what: install, rate: 100}
END
"$REVPLAN" validate case.yaml
