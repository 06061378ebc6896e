# The same file again is nothing new; a changed one corrects, adds, and takes
# nothing away.
head='s/[0-9a-f]\{64\}/HEAD/'
cat >case.yaml <<'END'
revplan: 1
incident:
  id: again-2026
  certificate: subscriber
  reason: not-per-requirements
  aware: 2026-03-02T09:15Z
populations:
  - name: all
    certificates: 1000
    path:
      - wait: {what: consent, time: 10 d}
plans:
  - {published: 2026-03-10, milestones: {2026-04-30: 50%, 2026-05-31: 100%}}
actuals:
  - {as_of: 2026-03-31, replaced: 11.0%, source: comment 9}
  - {as_of: 2026-04-30, replaced: 36.5%}
updates: [2026-03-10T12:00Z]
END
step() {
	SOURCE_DATE_EPOCH=$1 "$REVPLAN" import incident.db case.yaml |
	    sed "$head"
}
step 1772500000
sha256sum incident.db >before
step 1772600000
sha256sum --check --quiet before
sed -e 's/11.0%/10.4%/' -e '/36.5%/d' \
    -e 's/12:00Z]/12:00Z, 2026-04-01T12:00Z]/' case.yaml >changed.yaml
mv changed.yaml case.yaml
step 1775200000
"$REVPLAN" export incident.db records | sed "$head"
"$REVPLAN" import incident.db case.yaml --quiet
sed -i 's/aware: 2026-03-02T09:15Z/aware: 2026-03-02T09:10Z/' case.yaml
"$REVPLAN" import incident.db case.yaml --format json | sed "$head"
sed -i -e 's/time: 10 d/time: 12 d/' -e 's/12:00Z]/12:00Z, 2026-05-01T12:00Z]/' \
    case.yaml
"$REVPLAN" import incident.db case.yaml --quiet | sed "$head"
# Another incident is not let in.
sed -i 's/id: again-2026/id: other-2026/' case.yaml
sha256sum incident.db >before
status=0
"$REVPLAN" import incident.db case.yaml || status=$?
echo "-> $status"
sha256sum --check --quiet before
# An item and its correction that come together are both new.
"$REVPLAN" export incident.db --quiet >whole.yaml
"$REVPLAN" import other.db whole.yaml --quiet | sed "$head"
