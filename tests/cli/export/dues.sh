# The calendar of dues is that of `check`, from a scenario and from a store.
cp "$SCENARIOS/secom-2020.yaml" case.yaml
cp -R "$SCENARIOS/calendars" .
"$REVPLAN" import case.db case.yaml --quiet >/dev/null
"$REVPLAN" check case.yaml --as-of 2020-07-05 --dues --output check.ics
"$REVPLAN" export case.yaml dues --as-of 2020-07-05 --output export.ics
"$REVPLAN" export dues case.db --as-of 2020-07-05 >store.ics
cmp check.ics export.ics
cmp check.ics store.ics
tr -d '\r' <store.ics | grep -c '^DTSTART:20200709T014721Z'
for args in "dues --format csv" "dues --output x.json" "--as-of 2020-07-05" \
    "records --view public" "records --format ics" "--format ics"; do
	status=0
	# shellcheck disable=SC2086 # several words
	"$REVPLAN" export case.yaml $args 2>&1 || status=$?
	echo "-> $status"
done
