# A date that most trials do not reach cannot be promised, and 100 % neither.
cat >case.yaml <<'END'
revplan: 1
incident: {id: h, certificate: subscriber, reason: not-per-requirements,
  aware: 2026-03-02T09:15Z}
simulation: {horizon: 2026-05-15, trials: 1000}
populations:
- name: p
  certificates: 400
  path: [{wait: {what: answer, time: {exponential: {mean: 30 d}}}}]
END
"$REVPLAN" plan case.yaml --as-of 2026-03-02 -o plan.json
"$REVPLAN" plan case.yaml --as-of 2026-03-02 | sed -n 2p
cat >try.py <<'END'
import json
d = json.load(open("plan.json"))
print(d["completion"]["at"], [r["period"] for r in d["rows"]])
# exp(-29/30) and exp(-59/30) are left at the ends of the two months, and
# exp(-73/30) at the horizon; 80 % of the trials are a little worse.
for r, e in zip(d["rows"], (61.97, 86.01, 91.26)):
    assert e - 4 < r["planned_pct"] < e, r
print([n for n in d["notes"] if "horizon" in n])
END
python3 try.py
