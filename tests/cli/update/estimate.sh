# No estimate is an answer too, and says why.
cat >case.yaml <<'YAML'
revplan: 1
incident:
  id: estimate
  certificate: subscriber
  reason: not-per-requirements
  aware: 2026-03-02T09:15Z
simulation: {horizon: 2026-12-31, trials: 200, seed: 1}
populations:
  - {name: a, certificates: 1000, path: [{team: {rate: 20/working-day}}]}
YAML
part() {
	"$REVPLAN" update case.yaml --quiet --as-of 2026-03-10 "$@" |
	    sed -n '/^### Estimate/,/^### Change/p'
}
part
part --trials 50
# What cannot be done by the horizon has no date.
sed -i 's/rate: 20/rate: 4/' case.yaml
part
# Once everything is revoked there is nothing to estimate.
cat >>case.yaml <<'YAML'
facts:
  - {what: revoked, at: 2026-03-09T10:00Z}
updates: [2026-03-06T10:00Z]
forecasts:
  - {as_of: 2026-03-06, published: 2026-03-06, metric: replaced,
     p10: 2026-05-01, p50: 2026-05-10, p80: 2026-05-20, p90: 2026-05-25,
     never: 0%, explained: true, trials: 1000, seed: 1}
YAML
part
# A forecast that was published is held against the one of today.
sed -i '/^facts/d; /what: revoked/d; s/rate: 4/rate: 20/' case.yaml
"$REVPLAN" update case.yaml --quiet --as-of 2026-03-10 |
    grep '^- Estimate.*confidence 80 %)'
# So is one that was taken back since: the last update had it.
sed 's/{as_of: 2026-03-06,/{id: first, as_of: 2026-03-06,/' case.yaml >back.yaml
echo "  - {replaces: first, retracted: a slip, published: 2026-03-08}" \
    >>back.yaml
"$REVPLAN" update back.yaml --quiet --as-of 2026-03-10 |
    grep '^- Estimate.*confidence 80 %)'
# A date that has passed is no estimate.
"$REVPLAN" update case.yaml --quiet --as-of 2026-10-01 |
    sed -n '/^### Estimate/,/^### Change/p'
