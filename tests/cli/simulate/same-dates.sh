# The date of the tail is that of the same share in the table of shares, of a
# batch at a stroke and of answers within a day; and a closed form that the
# trials meet differs by nothing, with no error in brackets where it is unknown.
cat >batch.yaml <<'END'
revplan: 1
incident: {id: t, certificate: subscriber, reason: not-per-requirements,
           aware: 2026-03-02T09:15Z}
simulation: {horizon: 2026-05-01, trials: 100}
populations:
  - {name: a, certificates: 100, path: [{batch: {on: [2026-03-10T10:00Z]}}]}
END
sed 's/{batch:.*/{wait: {time: {lognormal: {median: 5 d, sigma: 1}}}}]}/' \
    batch.yaml >wait.yaml
for case in batch wait; do
	"$REVPLAN" simulate $case.yaml --format json >a.json
	python3 - <<'END'
import json
d = json.load(open("a.json"))
tail, share = d["tail"]["by"], d["shares"][1]
assert share["share_pct"] == 85
print([tail[q] for q in ("p50", "p90")])
print(all(tail[q] == share[q] for q in tail if q in share and q[0] == "p"))
END
	"$REVPLAN" simulate $case.yaml | tr '\n' ' ' |
	    grep -o 'closed form: .* design' | tr -s ' '
done
