# Without gnuplot: one clear line, status 4, and no picture, not even in part.
# The script can be had all the same.
export SOURCE_DATE_EPOCH=1788220800		# 2026-09-01T00:00:00Z
cp "$SCENARIOS/hosting-100-a-day.yaml" case.yaml
cp -R "$SCENARIOS/calendars" .
"$REVPLAN" chart case.yaml --trials 10 --quiet --script >script.gp
[ -s script.gp ]
status=0
PATH=/nonexistent "$REVPLAN" chart case.yaml --trials 200 --quiet \
    --output a.svg 2>fault || status=$?
cat fault
[ "$(wc -l <fault)" -eq 1 ] || echo "not one line"
if ls a.svg* 2>/dev/null; then echo "something was written"; fi
exit $status
