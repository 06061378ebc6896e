# What is possible and hardly meant: a note at its place, and the case is
# valid all the same.
cat >case.yaml <<'END'
revplan: 1
incident: {id: x, certificate: subscriber, reason: not-per-requirements, aware: 2026-03-02T09:15Z}
simulation: {horizon: 2026-06-30}
populations:
  - name: one
    certificates: 1000
    path:
      - gate: {what: budget, until: {uniform: [2026-06-30, 2026-09-30]}}
      - wait: {what: silence, time: 5 d, never: 100%}
      - wait: {what: procurement, time: {uniform: [200 d, 300 d]}}
      - notice: {what: wrong address, rate: 100/h, bounces: 100%}
      - team: {what: by hand, rate: 0.001/working-day}
      - branch: {share: 10%, path: [{batch: {what: window, on: [2026-07-04T01:00Z]}}]}
      - poll: {what: no client asks, share: 0%}
  - name: two
    certificates: 1000
    starts: 2026-05-01
    expiry: {uniform: [2026-03-10, 2026-04-10]}
    path: [{poll: {client: {traefik: 100%}}}]
events:
  - rollout: {on: 2026-06-01, population: one, path: [{wait: {what: too slow, time: 30 d}}]}
  - cutoff: {on: 2026-07-31}
revocation: {at: 2026-08-31}
END
"$REVPLAN" validate case.yaml
echo "-> $?"
"$REVPLAN" validate --quiet case.yaml | sed -n 1p
# A store has them too, at the lines of the scenario.
"$REVPLAN" import case.db case.yaml --quiet >/dev/null
"$REVPLAN" validate case.db 2>&1 >/dev/null | sed -n 1p
# The same certificate should not be counted twice.
cat >twice.yaml <<'END'
revplan: 1
incident:
  id: twice
  certificate: subscriber
  reason: not-per-requirements
  aware: 2026-03-02T09:15Z
populations:
  - {name: all, certificates: 100, path: [{wait: {time: 5 d}}]}
facts:
  - {what: revoked, at: 2026-03-05T09:15Z, certificates: 60}
  - {what: revoked, at: 2026-03-06T09:15Z, certificates: 60}
  - {what: revocation-published, at: 2026-03-06T09:15Z, certificates: 100}
END
"$REVPLAN" validate twice.yaml 2>&1 >/dev/null
