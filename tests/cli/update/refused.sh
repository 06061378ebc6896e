# Nothing is written when the figures contradict each other.
begin() {
	cat >case.yaml <<'YAML'
revplan: 1
incident:
  id: refused
  certificate: subscriber
  reason: not-per-requirements
  aware: 2026-03-02T09:15Z
simulation: {horizon: 2026-12-31, trials: 200, seed: 1}
populations:
  - {name: a, certificates: 600, path: [{team: {rate: 20/working-day}}]}
  - {name: b, certificates: 400, path: [{team: {rate: 20/working-day}}]}
updates: [2026-03-10T16:00Z]
YAML
}
try() {
	cat >>case.yaml
	status=0
	"$REVPLAN" update case.yaml --as-of 2026-04-04 --output out.md ||
	    status=$?
	echo "$1: $status"
	[ ! -e out.md ] || echo "but something was written"
	rm -f out.md
}

begin
try "base" <<'YAML'
actuals:
  - {as_of: 2026-03-31, revoked: 500, expired: 20, remaining: 470}
YAML
begin
try "gone" <<'YAML'
actuals:
  - {as_of: 2026-03-31, revoked: 500, expired: 20, gone: 530}
YAML
begin
try "shares" <<'YAML'
actuals:
  - {as_of: 2026-03-31, revoked: 50.0%, expired: 20, gone: 50.2%}
YAML
begin
try "parts" <<'YAML'
actuals:
  - {as_of: 2026-03-31, replaced: 500, reissued: 499, revoked: 300, gone: 299}
YAML
begin
try "falls" <<'YAML'
actuals:
  - {as_of: 2026-03-20, revoked: 500, replaced: 61.2%}
  - {as_of: 2026-03-31, revoked: 480, replaced: 61.1%}
YAML
begin
try "populations" <<'YAML'
actuals:
  - {as_of: 2026-03-31, replaced: 500}
  - {as_of: 2026-03-31, population: a, replaced: 300}
  - {as_of: 2026-03-31, population: b, replaced: 210}
YAML
begin
try "facts against an actual" <<'YAML'
actuals:
  - {as_of: 2026-03-31, revoked: 500}
facts:
  - {what: revoked, at: 2026-03-20T10:00Z, certificates: 501}
YAML
begin
try "more than there are" <<'YAML'
facts:
  - {what: revoked, at: 2026-03-20T10:00Z, certificates: 600}
  - {what: revoked, at: 2026-03-21T10:00Z, certificates: 500}
YAML
begin
try "another base" <<'YAML'
actuals:
  - {as_of: 2026-03-31, revoked: 50.0%, of: 1100}
YAML
begin
try "corrected without a reason" <<'YAML'
actuals:
  - {id: march, as_of: 2026-03-09, published: 2026-03-10, revoked: 300}
  - {as_of: 2026-03-09, published: 2026-03-31, revoked: 290,
     replaces: march}
YAML
begin
try "revoked before the last post, heard of after it" <<'YAML'
facts:
  - {what: revoked, at: 2026-03-08, published: 2026-03-08, certificates: 100}
  - {what: revoked, at: 2026-03-09, published: 2026-03-20, certificates: 7}
YAML
# What rounds to the printed shares is no contradiction.
begin
try "nothing wrong" <<'YAML'
actuals:
  - {as_of: 2026-03-31, revoked: 50.0%, expired: 20, gone: 52.0%}
YAML
