# A MUST is breached, so the status is 1; the CSV is written all the same.
# Seven days for CA certificates; the weekly updates are a lapse and no MUST.
cp "$SCENARIOS/secom-2020.yaml" case.yaml
cp -R "$SCENARIOS/calendars" .
status=0
"$REVPLAN" check case.yaml --as-of 2021-04-30 --format csv --quiet >a.csv ||
    status=$?
head -n 1 a.csv
grep '^BR-REV-SUBCA' a.csv | cut -d, -f1-8
grep '^WIKI-UPDATE-WEEKLY' a.csv | cut -d, -f1-3
# The same to a reader.
"$REVPLAN" check case.yaml --as-of 2021-04-30 | grep -c '^Breached$'
exit $status
