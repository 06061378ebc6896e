# What cannot be written is no verdict: status 4, not 1.
cp "$SCENARIOS/secom-2020.yaml" case.yaml
cp -R "$SCENARIOS/calendars" .
"$REVPLAN" check case.yaml --output missing/findings.csv --quiet
