# Weeks are ISO 8601 weeks; 2021-01-01 lies in the last week of 2020.
cp "$SCENARIOS/secom-2020.yaml" case.yaml
cp -R "$SCENARIOS/calendars" .
"$REVPLAN" compare case.yaml --format csv --quiet --period week |
    grep -v ',,,,,,,,open$'
