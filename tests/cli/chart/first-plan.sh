# Where there is more than one version of the plan, the first is drawn too.
cat >case.yaml <<'END'
revplan: 1
incident:
  id: two-plans
  certificate: subscriber
  reason: not-per-requirements
  aware: 2026-03-01
populations:
  - name: all
    certificates: 1000
    path:
      - team: {rate: 100/working-day}
plans:
  - {published: 2026-03-05, milestones: {2026-03-31: 40%, 2026-04-30: 100%}}
  - {published: 2026-04-02, milestones: {2026-04-30: 60%, 2026-05-31: 100%}}
actuals:
  - {as_of: 2026-03-31, replaced: 30.0%}
  - {as_of: 2026-04-30, replaced: 58.0%}
END
script() {
	"$REVPLAN" chart case.yaml --kind compare --script --quiet "$@"
}
script --as-of 2026-05-01 | sed -n '/^\$first/,/^EOD/p; /first plan/p'
echo "-- before the second"
script --as-of 2026-04-01 | grep first || true
script --as-of 2026-05-01 --plan first | grep '\$first' || true
"$REVPLAN" chart case.yaml --kind compare --as-of 2026-05-01 --quiet \
    --output a.svg
grep -o 'A second, dotted line is the first version of the plan' a.svg
# The report has it in the picture, and both tables beside it.
"$REVPLAN" report case.yaml --as-of 2026-05-01 --trials 200 --quiet \
    --output a.html
grep -o -e '<caption>Versions of the plan' -e 'Finding:</strong> The plan of' \
    -e 'Against the first plan: [^<]*' a.html | sort -u
