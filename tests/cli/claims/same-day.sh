# What was said on one day stands as it was recorded, in a store as well as in
# the scenario that is exported from it.
export SOURCE_DATE_EPOCH=1777939200
cat >case.yaml <<'END'
revplan: 1
incident:
  id: same-day
  certificate: subscriber
  reason: not-per-requirements
  aware: 2026-03-02T09:15Z
populations:
  - {name: a, certificates: 1000, path: [{wait: {what: w, time: 20 d}}]}
commitments:
  - {what: z, due: 2026-05-01, said: 2026-03-20}
claims:
  - {said: 2026-03-20, promise: m, by: 2026-06-01}
END
"$REVPLAN" import incident.db case.yaml --quiet >/dev/null
"$REVPLAN" record incident.db commitment what=y due=2026-05-01 \
    said=2026-03-20 --quiet >/dev/null
"$REVPLAN" record incident.db claim said=2026-03-20 promise=b \
    by=2026-06-01 --quiet >/dev/null
echo '{what: x, due: 2026-05-01, said: 2026-03-20}' |
    "$REVPLAN" record incident.db commitment --from - --quiet >/dev/null
"$REVPLAN" export incident.db --quiet >case.yaml
for input in incident.db case.yaml; do
	"$REVPLAN" claims $input --as-of 2026-04-01 --format csv --quiet |
	    cut -d, -f2-6 >$input.csv
done
cat incident.db.csv
cmp incident.db.csv case.yaml.csv
