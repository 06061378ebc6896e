# Status 1 only where something said does not hold.  By hand: a promise for 10
# April that is kept on the 10th, or done on the 12th (1 to 2 days late), or not
# done (2 days on the 12th), or not yet due.
cat >case.yaml <<'EOF'
revplan: 1
incident:
  id: promised
  certificate: subscriber
  reason: not-per-requirements
  aware: 2026-03-02T09:15Z
populations:
  - name: all
    certificates: 100
    path: [{team: {rate: 100/working-day}}]
commitments:
  - {what: ask for a second opinion, due: 2026-04-10, done: 2026-04-10}
EOF
sed 's/done: 2026-04-10/done: 2026-04-12/' case.yaml >late.yaml
sed 's/, done: 2026-04-10//' case.yaml >open.yaml
show() {
	status=0
	"$REVPLAN" claims "$@" --format csv --quiet || status=$?
	echo "-> $status"
}
echo "kept" && show case.yaml --as-of 2026-05-01
echo "slipped" && show late.yaml --as-of 2026-05-01
echo "overdue" && show open.yaml --as-of 2026-04-12
echo "open" && show open.yaml --as-of 2026-04-10
# What others asked for is nobody's promise.
cat >>open.yaml <<'EOF'
requests:
  - {asked: 2026-03-03, finish-by: 2026-03-31}
EOF
echo "asked for" && show open.yaml --as-of 2026-04-10
# Nothing was said at all.
sed '/^commitments/,$d' case.yaml >bare.yaml
"$REVPLAN" claims bare.yaml --as-of 2026-05-01 | head -n 1
