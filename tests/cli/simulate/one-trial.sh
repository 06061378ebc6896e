# A single trial: no standard error can be known from it, and what happened in
# it is neither likely nor unlikely.
cat >case.yaml <<'END'
revplan: 1
incident: {id: t, certificate: subscriber, reason: not-per-requirements,
           aware: 2026-03-02T09:15Z}
simulation: {horizon: 2026-05-01, trials: 1}
populations:
  - name: a
    certificates: 100
    path: [{team: {rate: {uniform: [5/working-day, 30/working-day]}}}]
END
"$REVPLAN" simulate case.yaml | sed '/^revplan/d'
"$REVPLAN" simulate case.yaml --format json | python3 -c '
import json, sys
def errors(x):
    for v in x.values():
        yield from errors(v) if isinstance(v, dict) else [v]
print(set(errors(json.load(sys.stdin)["standard_error"])))'
"$REVPLAN" simulate case.yaml --until-error 1d | grep '^design'
