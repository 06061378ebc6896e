# One writer at a time: another one says that it waits, and gives up in one
# line; readers do not wait.
cp "$SCENARIOS/mixed.yaml" case.yaml
"$REVPLAN" import incident.db case.yaml --quiet >/dev/null
mkfifo hold
sqlite3 incident.db <hold >held &
exec 9>hold
printf 'BEGIN IMMEDIATE;\nSELECT 1;\n' >&9
until [ -s held ]; do sleep 0.05; done
try() {
	status=0
	"$REVPLAN" "$@" 2>fault >out || status=$?
	[ ! -s out ] || echo "something on standard output"
	cat fault
	echo "-> $status"
}
try record incident.db update at=2026-06-09T10:00Z --wait 0
try record incident.db update at=2026-06-09T10:00Z --wait 1 --quiet
try import incident.db case.yaml --wait 0
"$REVPLAN" check incident.db --as-of 2026-06-09 --quiet >/dev/null || [ $? -eq 1 ]
"$REVPLAN" verify incident.db --quiet >/dev/null
# The writer comes to its turn when the other has ended.
"$REVPLAN" record incident.db update at=2026-06-09T10:00Z --wait 30 \
    >receipt 2>talk 9>&- &
until [ -s talk ]; do sleep 0.05; done
exec 9>&-
wait
cat talk
grep -c '^record 2: update' receipt
"$REVPLAN" verify incident.db | sed 's/head [0-9a-f]*/head HEAD/'
