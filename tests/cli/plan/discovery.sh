# A plan of a case whose scope will grow says so, and why a share may fall.
"$REVPLAN" plan "$SCENARIOS/rehearsal.yaml" --trials 200 --quiet \
    --as-of 2026-11-21 --format markdown | grep 'discovered on the way'
