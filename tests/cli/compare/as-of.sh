# At the end of November December is open, and nothing later is known.
cp "$SCENARIOS/secom-2020.yaml" case.yaml
cp -R "$SCENARIOS/calendars" .
"$REVPLAN" compare case.yaml --format csv --quiet --as-of 2020-11-30
# The public heard of November's figure in December.
"$REVPLAN" compare case.yaml --format csv --quiet --as-of 2020-11-30 \
    --view public
