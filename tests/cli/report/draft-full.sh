# A whole report by the guidelines of 2026: what the record has, what people
# wrote, and what is still missing.
cat >case.yaml <<'YAML'
revplan: 1
incident:
  id: policy-qualifier
  ca: Example CA
  title: Leaf certificates with a wrong policy qualifier
  certificate: subscriber
  reason: not-per-requirements
  aware: 2026-03-02T09:15:30Z
  reported: 2026-03-02T08:40Z
simulation: {horizon: 2026-12-31, trials: 200, seed: 1}
duties:
  - {name: leaves, issued: 2026-01-05..2026-02-28, validity: 90 d}
populations:
  - {name: a, certificates: 1000, path: [{team: {rate: 20/working-day}}]}
facts:
  - {what: investigation-begun, at: 2026-03-02T10:00Z}
  - {what: preliminary-report, to: reporter, at: 2026-03-02T20:00Z,
     by: somebody}
  - {what: incident-disclosed, at: 2026-03-03T12:00Z, note: internal}
  - {what: issuance-stopped, at: 2026-03-02T11:30Z}
  - {id: q, what: question, at: 2026-03-10T11:30Z}
  - {what: delay-disclosed, at: 2026-03-06T15:00Z}
  - {what: revoked, at: 2026-03-07T08:00Z, certificates: 400}
updates: [2026-03-05T10:00Z, 2026-03-09T10:00Z]
commitments:
  - {what: a linter before issuance, kind: prevent, due: 2026-04-30,
     cause: "factor #1", criteria: no such certificate in CT logs for 90 days}
  - {what: alerts on new errors of linters, kind: detect, due: 2026-03-20}
  - {what: write to all subscribers, due: 2026-03-05, done: 2026-03-04T09:00Z}
narrative:
  summary: >
    Certificates of one profile had a policy qualifier that is not allowed.


    They were issued for eight weeks.
  ccadb-id: A000123
  began: 2026-01-05T10:00Z
  source: third-party-reported
  types: [DV, OV]
  issuance: The profile was taken out of use until it had been corrected.
  policies: TLS BR 2.2.5, 7.1.2.7.9
  well: the reporter was answered within a day
  not-well: [no linter looked at qualifiers, "the review missed it"]
  related:
    - {bug: "1234567", opened: 2025-02-03, how: same qualifier at another CA}
    - an older one
  causes:
    - title: A template was changed by hand
      description: A qualifier was added to a template.
      detection: A third party told us; our linter does not look at it.
  timeline:
    - {at: 2026-01-05T09:30Z, event: the template is changed, covers: change}
    - {at: 2026-06-01T09:30Z, event: not yet}
YAML
"$REVPLAN" report case.yaml --kind full --as-of 2026-04-10 |
    grep -v -e '^Made with' -e '; not met)$'
