# One table alone, in any format; what was asked for is what is answered.
cat >case.yaml <<'END'
revplan: 1
incident:
  id: tables
  certificate: subscriber
  reason: key-compromise
  aware: 2026-03-02T00:00Z
simulation: {horizon: 2026-03-20, trials: 64}
populations:
  - name: gate
    certificates: 1000
    subscribers: 10
    path: [{gate: {what: budget, until: 2026-03-10T12:00Z}}]
  - name: slow
    certificates: 100
    path: [{gate: {what: contract, until: 2026-03-12T00:00Z}}]
END
run() {
	"$REVPLAN" simulate case.yaml --quiet "$@"
}
# 1,000 of 1,100 at noon of the 10th, the rest at midnight of the 12th: every
# figure follows from that, and no trial differs from another.
run --table shares --share 50%,90.9,100% --format csv | cut -d, -f1-9
run --table by --by 2026-03-10,2026-03-12T00:00Z --format csv |
    cut -d, -f1-3,5-7,14-15
# 24 h after awareness; nothing is replaced until the 10th.
run --table sheet --at 2026-03-09,2026-03-11 --format csv |
    cut -d, -f1-4,9,14,16 | sed -n 1,5p
run --table tail --format csv
for f in text markdown csv json html; do
	run --table shares --format $f >out.$f
	[ -s out.$f ] || echo "nothing in $f"
done
grep -c '<table' out.html
python3 -c 'import json
d = json.load(open("out.json"))
print([r["share_pct"] for r in d["rows"]], d["rows"][3]["p50"])'
# A table without rows says why.
run --table risks | grep 'Nothing to show'
# The curves have no room for it.
status=0
"$REVPLAN" simulate case.yaml --by 2026-03-10 --format csv || status=$?
echo "status $status"
