# A figure that was corrected: with the reason it changed openly, without one it
# is a finding; and the public learns of it when it is published.
cat >case.yaml <<'EOF'
revplan: 1
incident:
  id: corrected
  certificate: subscriber
  reason: not-per-requirements
  aware: 2026-03-02T09:15Z
populations:
  - name: all
    certificates: 1000
    path: [{team: {rate: 100/working-day}}]
actuals:
  - {id: march, as_of: 2026-03-31, published: 2026-04-02, replaced: 36.1%}
  - {replaces: march, as_of: 2026-03-31, published: 2026-04-15,
     replaced: 35.9%, note: 2 were counted twice}
EOF
sed 's/, note: .*}/}/' case.yaml >silent.yaml
show() {
	status=0
	"$REVPLAN" claims "$@" --quiet --format csv || status=$?
	echo "-> $status"
}
echo "openly" && show case.yaml --as-of 2026-05-01
echo "silently" && show silent.yaml --as-of 2026-05-01
echo "before it was published" &&
    show silent.yaml --as-of 2026-04-14 --view public
