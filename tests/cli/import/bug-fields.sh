# A bug that was saved with some of its fields only (include_fields) has its
# comments all the same; what it does not tell is said.
cat >case.yaml <<'END2'
revplan: 1
incident: {id: fields, certificate: subscriber, reason: not-per-requirements,
  aware: 2026-03-02T09:00Z}
populations:
  - {name: all, certificates: 10, path: [{wait: {what: consent, time: 2 d}}]}
END2
cat >bug.json <<'END2'
{"bugs": [{"id": 78, "creation_time": "2026-03-03T08:00:00Z",
"comments": [{"creator": "clerk", "time": "2026-03-03T08:00:00Z",
"text": "We"}]}]}
END2
"$REVPLAN" import incident.db case.yaml --quiet >/dev/null
"$REVPLAN" import incident.db bug.json --ca-author clerk |
    sed 's/[0-9a-f]\{64\}/HEAD/'
