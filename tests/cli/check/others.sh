# Somebody else opened the bug: what is missing is the CA's own report.
cat >case.yaml <<'END'
revplan: 1
incident:
  id: reported
  ca: Example CA
  certificate: subscriber
  reason: not-per-requirements
  aware: 2026-09-02T09:15Z
populations:
  - {name: all, certificates: 100, path: [{wait: {time: 1 d}}]}
facts:
  - {what: incident-disclosed, at: 2026-09-02T10:00Z, by: a researcher}
END
"$REVPLAN" check case.yaml --as-of 2026-09-06 --format csv --quiet |
    grep -e IRG30-72H -e APPLE-IRG
"$REVPLAN" check case.yaml --as-of 2026-09-03 --format csv --quiet |
    grep -e IRG30-72H -e APPLE-IRG
