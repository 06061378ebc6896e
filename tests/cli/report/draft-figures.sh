# Figures and estimate are those of an update of the same moment.
cp "$SCENARIOS/secom-2020.yaml" "$SCENARIOS/wisekey-2020.yaml" .
cp -R "$SCENARIOS/calendars" .
agree() {
	"$REVPLAN" update "$1" --as-of "$2" --trials 300 --quiet |
	    sed -n '/^### Figures/,/^### Change/p' |
	    grep -v -e '^#' -e '^$' >figures
	"$REVPLAN" report "$1" --kind delayed --as-of "$2" --trials 300 \
	    --quiet >draft.md
	echo "$1 $2: $(wc -l <figures) lines"
	while IFS= read -r line; do
		grep -qxF -e "$line" draft.md || echo "not in the draft: $line"
	done <figures
}
agree secom-2020.yaml 2020-08-31
agree secom-2020.yaml 2020-11-30
agree secom-2020.yaml 2021-03-31
agree wisekey-2020.yaml 2020-07-20
agree wisekey-2020.yaml 2020-09-30
# What is refused there is refused here.
cat >case.yaml <<'YAML'
revplan: 1
incident:
  id: refused
  certificate: subscriber
  reason: not-per-requirements
  aware: 2026-03-02T09:15Z
populations:
  - {name: a, certificates: 1000, path: [{team: {rate: 20/working-day}}]}
actuals:
  - {as_of: 2026-03-04, revoked: 500}
  - {as_of: 2026-03-05, revoked: 400}
YAML
refused() {
	status=0
	"$REVPLAN" "$@" --as-of 2026-03-06 >out 2>err || status=$?
	echo "$status, $(wc -c <out) bytes"
	cat err
}
refused update case.yaml
refused report case.yaml --kind delayed
