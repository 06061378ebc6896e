# The figures of a case whose actuals count what must be revoked.
# Base 1000.  Deadline: aware 2026-03-02T09:15Z + 5 d = 2026-03-07T09:15Z.
# By 31 March: 600 revoked, 30 expired (10 of them late), 370 remain, of which
# 5 are held; on 3 April 20 more were revoked: 620 and 350.
# The last post was on 10 March and showed 400 revoked, 580 remaining.
cat >case.yaml <<'YAML'
revplan: 1
incident:
  id: figures
  title: A *wrong* <b>profile</b> | @all see www.example.com
  certificate: subscriber
  reason: not-per-requirements
  aware: 2026-03-02T09:15Z
simulation: {horizon: 2026-12-31, trials: 400, seed: 1}
populations:
  - name: SECRET-CUSTOMER
    certificates: 1000
    path:
      - team: {rate: 10/working-day}
plans:
  - {published: 2026-03-05, metric: revoked,
     milestones: {2026-03-31: 50%, 2026-04-30: 100%}}
actuals:
  - {as_of: 2026-03-09, published: 2026-03-10, revoked: 400, expired: 20,
     remaining: 580}
  - {as_of: 2026-03-31, revoked: 600, expired: 30, expired-late: 10,
     remaining: 370, held: 5}
facts:
  - {what: incident-disclosed, at: 2026-03-04T10:00Z}
  - {what: revoked, at: 2026-04-03T08:00Z, certificates: 20}
  - {what: question, at: 2026-03-20, source: comment 4,
     note: Why were these not automated?}
  - {what: question, at: 2026-04-02, source: comment 6}
  - {what: question, id: q0, at: 2026-03-05, source: comment 2}
  - {what: answer, at: 2026-03-10, answers: q0}
commitments:
  - {what: mail every subscriber, due: 2026-03-20, done: 2026-03-19}
  - {what: publish the analysis, due: 2026-04-08}
  - {what: fix the linter, due: 2026-03-31, done: 2026-04-02T09:00Z}
updates: [2026-03-05T12:00Z, 2026-03-10T16:00Z]
YAML
"$REVPLAN" update case.yaml --as-of 2026-04-04T12:00Z | grep -v '^Made with'
# No population is named.
"$REVPLAN" update case.yaml --as-of 2026-04-04T12:00Z --format json |
    grep -c SECRET || true
# The same words in a mail, at most 72 columns but for the table.
"$REVPLAN" update case.yaml --as-of 2026-04-04T12:00Z --format text |
    grep -v '^Made with' >mail
awk 'length($0) > 72 && !/  /' mail
grep -A 3 '^As of' mail
