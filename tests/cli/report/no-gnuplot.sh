export SOURCE_DATE_EPOCH=1788220800		# 2026-09-01T00:00:00Z
cp "$SCENARIOS/hosting-100-a-day.yaml" case.yaml
cp -R "$SCENARIOS/calendars" .
status=0
PATH=/nonexistent "$REVPLAN" report case.yaml --trials 200 --quiet \
    --output a.html 2>fault || status=$?
cat fault
[ "$(wc -l <fault)" -eq 1 ] || echo "not one line"
if ls a.html* 2>/dev/null; then echo "something was written"; fi
exit $status
