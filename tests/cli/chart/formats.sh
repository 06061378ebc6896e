# Each format is what it says; a suffix says as much as --format.
cp "$SCENARIOS/hosting-100-a-day.yaml" case.yaml
cp -R "$SCENARIOS/calendars" .
"$REVPLAN" chart case.yaml --as-of 2026-04-30 --trials 200 --output a.svg --quiet
"$REVPLAN" chart case.yaml --as-of 2026-04-30 --trials 200 --output a.png --quiet
"$REVPLAN" chart case.yaml --as-of 2026-04-30 --trials 200 --output a.pdf --quiet
"$REVPLAN" chart case.yaml --as-of 2026-04-30 --trials 200 --format svg --quiet >b.svg
cmp a.svg b.svg
grep -o '<svg' a.svg | head -n 1
head -c 4 a.png | tail -c 3 && echo
head -c 4 a.pdf && echo
