# Of a valid case: what it amounts to, and by when what must be revoked.
cat >case.yaml <<'END'
revplan: 1
incident:
  id: two-duties
  title: Leaf certificates, and one of the CA certificates above them
  certificate: subscriber
  reason: not-per-requirements
  aware: 2026-03-02T09:15Z
  reported: 2026-03-01T22:00Z
duties:
  - {name: leaves}
  - {name: issuing CA, certificates: 1, certificate: subordinate-ca}
  - {name: old ones, certificates: 7, aware: 2026-03-03}
populations:
  - name: all
    certificates: 1000
    path: [{team: {rate: 100/working-day}}]
plans:
  - {milestones: {2026-03-31: 100%}}
END
"$REVPLAN" validate case.yaml
# From standard input too; its files are then looked for here.
"$REVPLAN" validate - <case.yaml | sed -n 1p
