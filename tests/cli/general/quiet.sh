# The provenance of a CSV is talk, which --quiet stops; no bar is drawn and
# nothing coloured where there is no terminal.
export SOURCE_DATE_EPOCH=1788220800		# 2026-09-01T00:00:00Z
cp "$SCENARIOS/hosting-100-a-day.yaml" case.yaml
cp -R "$SCENARIOS/calendars" .
"$REVPLAN" compare case.yaml --format csv 2>talk.txt >/dev/null
sed 's/^\(revplan: note: revplan\) .* SHA-256 [0-9a-f]*$/\1 .../' talk.txt
"$REVPLAN" compare case.yaml --format csv --quiet 2>rest.txt >/dev/null
cat rest.txt
