# Every trial ends on the same day, yet no finite number of them proves it: no
# format may print 100 % of the trials, or none.
cat >case.yaml <<'END'
revplan: 1
incident:
  id: certain
  certificate: subscriber
  reason: not-per-requirements
  aware: 2026-03-02T00:00Z
simulation: {horizon: 2026-04-20, trials: 100}
populations:
  - name: all
    certificates: 1000
    path: [{gate: {until: 2026-03-03T00:00Z}}]
events:
  - cutoff: {on: 2026-03-20}
plans:
  - {published: 2026-03-02, milestones: {2026-03-31: 50%}}
END
for f in text markdown html; do
	"$REVPLAN" simulate case.yaml --format $f --quiet >a.$f
	"$REVPLAN" plan case.yaml --format $f --quiet --as-of 2026-03-02 \
	    >>a.$f
	"$REVPLAN" forecast case.yaml --format $f --quiet \
	    --as-of 2026-03-02 >>a.$f || true
	grep -n -e '[ >]100\.0* %' -e '[ >]0\.0* %' a.$f || echo "none in $f"
done
"$REVPLAN" report case.yaml --quiet --as-of 2026-03-02 --output a.html
grep -n -e '[ >]100\.0* %' -e '[ >]0\.0* %' a.html || echo "none in report"
# Programs get the number, and how far it is from certain: 0.025^(1/100).
"$REVPLAN" simulate case.yaml --format json --quiet | python3 -c 'import json, sys
d = json.load(sys.stdin)["deadline"]
print(d["probability"], [round(b, 4) for b in d["probability_bounds"]])'
# Nor may the mean of all of them, wherever a table has one.
for t in tail nothing-done; do
	"$REVPLAN" simulate case.yaml --table $t --quiet >a.$t
done
"$REVPLAN" chart case.yaml --kind revocation --as-of 2026-03-02 |
    sed '1,/^Replaced against/d' >>a.tail
grep -n -e '[ >]100\.0%' -e ' 0\.0%' a.tail a.nothing-done ||
    echo "none in the means"
