# SOURCE_DATE_EPOCH is now: the same command gives the same bytes.
cp "$SCENARIOS/secom-2020.yaml" case.yaml
cp -R "$SCENARIOS/calendars" .
export SOURCE_DATE_EPOCH=1606780800		# 2020-12-01T00:00:00Z
"$REVPLAN" compare case.yaml --format csv >now.csv 2>talk.txt
"$REVPLAN" compare case.yaml --format csv --as-of 2020-11-30 >told.csv \
    2>/dev/null
cmp now.csv told.csv
grep -o 'as of [^ ]*' talk.txt
