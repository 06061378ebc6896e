# The first plan is not forgotten; the last one by then is the default.
export SOURCE_DATE_EPOCH=1788220800		# 2026-09-01T00:00:00Z
cat >case.yaml <<'END'
revplan: 1
incident:
  id: two-plans
  certificate: subscriber
  reason: not-per-requirements
  aware: 2026-03-02T09:15Z
populations:
  - name: all
    certificates: 1000
    path:
      - team: {rate: 10/working-day}
plans:
  - {published: 2026-03-05, milestones: {2026-03-31: 40%, 2026-04-30: 100%}}
  - {published: 2026-04-02, milestones: {2026-04-30: 60%, 2026-06-30: 100%}}
actuals:
  - {as_of: 2026-03-31, replaced: 30.0%}
  - {as_of: 2026-04-30, replaced: 580}
END
show() {
	echo "$*"
	"$REVPLAN" compare case.yaml --format csv --quiet "$@" | cut -d, -f1-5,10
}
show
show --plan last
show --plan first
show --plan 1
show --plan 2
show --as-of 2026-03-31
status=0
"$REVPLAN" compare case.yaml --plan 3 2>&1 || status=$?
echo "-> $status"
# Without a plan and an actual there is nothing to compare.
sed '/^plans/,$d' case.yaml >bare.yaml
status=0
"$REVPLAN" compare bare.yaml --as-of 2026-09-01 2>&1 || status=$?
echo "-> $status"
