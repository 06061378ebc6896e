# Weights of a handful of trials say nothing.
cp "$SCENARIOS/secom-2020.yaml" case.yaml
cp -R "$SCENARIOS/calendars" .
"$REVPLAN" forecast case.yaml --trials 50 --as-of 2020-12-31 --quiet
