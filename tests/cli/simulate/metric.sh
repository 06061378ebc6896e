# Done may mean replaced, revoked, or gone; a plan of reissued ones is taken
# as replaced, and that is said.
cat >case.yaml <<'END'
revplan: 1
incident:
  id: metrics
  certificate: subscriber
  reason: not-per-requirements
  aware: 2026-03-02T00:00Z
populations:
  - name: all
    certificates: 1000
    path: [{gate: {until: 2026-03-10T00:00Z}}]
revocation: {after: replaced, delay: 3 d}
plans:
  - {metric: reissued, milestones: {2026-03-31: 100%}}
END
for m in replaced revoked gone; do
	"$REVPLAN" simulate case.yaml --trials 10 --metric $m --format json |
	    python3 -c 'import json, sys
d = json.load(sys.stdin); print(d["metric"], d["completion"]["p50"])'
done
"$REVPLAN" simulate case.yaml --trials 10 --format csv 2>&1 >/dev/null |
    grep reissued
