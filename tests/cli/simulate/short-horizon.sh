# A horizon before the deadline, before a cutoff and before a milestone: what
# lies beyond it is unknown, and neither an error nor a figure.
cat >case.yaml <<'END'
revplan: 1
incident: {id: t, certificate: subscriber, reason: not-per-requirements,
           aware: 2026-03-02T09:15Z}
simulation: {horizon: 2026-03-04, trials: 100}
populations:
  - {name: a, certificates: 100, path: [{wait: {time: {exponential: 3 d}}}]}
events:
  - cutoff: {on: 2026-04-01}
  - risk: {probability: 50%, then: {hold: {on: 2026-03-03, certificates: 5}}}
plans:
  - {published: 2026-03-02, milestones: {2026-04-30: 100%}}
END
"$REVPLAN" simulate case.yaml | grep -A 2 '^deadline:'
"$REVPLAN" simulate case.yaml --table risks --format csv --quiet |
    cut -d, -f12-
"$REVPLAN" simulate case.yaml --format json | python3 -c '
import json, sys
d = json.load(sys.stdin)
for key in "probability", "replaced_pct", "unreplaced", "harmed":
    print(key, d["deadline"][key])
print(d["by"])'
"$REVPLAN" whatif case.yaml case.yaml --format csv --quiet | grep deadline ||
    echo "no rows on the deadline"
status=0
"$REVPLAN" simulate case.yaml --by 2026-04-30 || status=$?
echo "status $status"
# No table says that there is no deadline; one has to be asked for.
for t in by sheet; do
	"$REVPLAN" simulate case.yaml --table $t | sed -n '/^note: N/,/^note: I/p'
done
"$REVPLAN" chart case.yaml --kind sheet || echo "status $?"
"$REVPLAN" simulate case.yaml --at 2026-04-30 || echo "status $?"
