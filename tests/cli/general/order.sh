# Options stand before or after CASE, short or long, apart or joined, and
# after "--" nothing is an option.
export SOURCE_DATE_EPOCH=1788220800		# 2026-09-01T00:00:00Z
cp "$SCENARIOS/hosting-100-a-day.yaml" case.yaml
cp -R "$SCENARIOS/calendars" .
"$REVPLAN" compare case.yaml --format csv --period week >a 2>/dev/null
"$REVPLAN" compare --format csv --period week case.yaml >b 2>/dev/null
"$REVPLAN" compare --format=csv case.yaml --period=week >c 2>/dev/null
"$REVPLAN" compare -fcsv -p week -- case.yaml >d 2>/dev/null
POSIXLY_CORRECT=1 "$REVPLAN" compare case.yaml -f csv -p week >e 2>/dev/null
"$REVPLAN" compare case.yaml --form csv --per week --output f.csv 2>/dev/null
"$REVPLAN" compare case.yaml --period week --output g.csv --quiet
for f in b c d e f.csv g.csv; do
	cmp a $f
done
head -n 1 a
