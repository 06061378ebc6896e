# A store is sound after an import, records and corrections, and verifying it
# changes nothing.
cp -R "$SCENARIOS/hosting-100-a-day.yaml" "$SCENARIOS/calendars" .
"$REVPLAN" import incident.db hosting-100-a-day.yaml --quiet >/dev/null
"$REVPLAN" record incident.db update at=2026-09-01T10:00Z >/dev/null
sha256sum incident.db >before
"$REVPLAN" verify incident.db | sed 's/[0-9a-f]\{64\}/HEAD/'
"$REVPLAN" verify incident.db --format json | sed 's/[0-9a-f]\{64\}/HEAD/'
sha256sum --check --quiet before
ls
