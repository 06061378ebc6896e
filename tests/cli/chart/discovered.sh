# All is replaced, and then as many again are found: the curve and the table go
# on to the end, and no share is of the base of before.
cat >case.yaml <<'END'
revplan: 1
incident: {id: found, certificate: subscriber, reason: not-per-requirements,
           aware: 2026-03-02T00:00Z}
simulation: {horizon: 2026-05-04, trials: 100}
populations:
  - {name: a, certificates: 100, path: [{wait: {time: 9 d}}]}
  - {name: b, certificates: 100, path: [{wait: {time: 9 d}}]}
events:
  - discovery: {on: 2026-04-01, population: a, certificates: 200}
END
"$REVPLAN" chart case.yaml --kind populations | sed -n '/^By the end/,/^$/p'
"$REVPLAN" simulate case.yaml --table progress | sed -n '/^By the end/,/^$/p'
