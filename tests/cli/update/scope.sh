# More certificates are found on the way: both bases are told, and figures are
# of the base that was known when they were taken.
cat >case.yaml <<'YAML'
revplan: 1
incident:
  id: scope
  certificate: subscriber
  reason: not-per-requirements
  aware: 2026-03-02T09:15Z
simulation: {horizon: 2026-12-31, trials: 200, seed: 1}
populations:
  - {name: a, certificates: 1000, path: [{team: {rate: 20/working-day}}]}
updates: [2026-03-12T16:00Z]
facts:
  - {what: scope, at: 2026-03-02T09:15Z, certificates: 900}
  - {what: scope, at: 2026-03-20, certificates: 1000}
actuals:
  - {as_of: 2026-03-10, revoked: 450, expired: 0, remaining: 450}
  - {as_of: 2026-03-31, revoked: 500, expired: 0, remaining: 500}
YAML
show() {
	"$REVPLAN" update case.yaml --quiet "$@" |
	    sed -n '3p; /^Affected/,/^- Expired/p; /^- Base/p; /^- Revoked: .* to/p'
}
show --as-of 2026-03-15
show --as-of 2026-03-25
show --as-of 2026-04-04
