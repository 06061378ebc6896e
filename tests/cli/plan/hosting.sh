# A case without chance, counted out on a wall calendar in its file: 22, 42,
# 60, 76 and 99 % at the ends of the months, all of them on Monday 3 August.
cp "$SCENARIOS/hosting-100-a-day.yaml" case.yaml
cp -R "$SCENARIOS/calendars" .
"$REVPLAN" plan case.yaml --as-of 2026-03-01 --format csv --quiet
"$REVPLAN" plan case.yaml --as-of 2026-03-01 --round 5 --confidence 99.9%
"$REVPLAN" plan case.yaml --as-of 2026-07-31 --period week --format markdown
