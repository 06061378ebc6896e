# The files that a scenario names come out of a store with it, and never
# anywhere else or over another file.
cp -R "$SCENARIOS/hosting-100-a-day.yaml" "$SCENARIOS/calendars" .
"$REVPLAN" import incident.db hosting-100-a-day.yaml --quiet >/dev/null
mkdir copy
try() {
	status=0
	"$REVPLAN" export incident.db "$@" || status=$?
	echo "-> $status"
}
try --output copy/case.yaml
find copy -type f | sort
cmp calendars/northern-hosting.txt copy/calendars/northern-hosting.txt
try --output copy/case.yaml
try --output copy/second.yaml
echo '# mine' >>copy/calendars/northern-hosting.txt
try --output copy/third.yaml
find copy -type f | sort
try --output copy/third.yaml --force
cmp calendars/northern-hosting.txt copy/calendars/northern-hosting.txt
mkdir other
echo 'in the way' >other/calendars
try --output other/case.yaml
ls other
try >/dev/null
# A name that leads elsewhere, by somebody who knows how to forge one, is never
# written to.
again=$(sqlite3 incident.db \
    "SELECT sql FROM sqlite_master WHERE name = 'file_no_update'")
sqlite3 incident.db "DROP TRIGGER file_no_update;
    UPDATE file SET name = '../outside.txt'; $again"
mkdir deep
try --output deep/case.yaml
find deep outside.txt 2>/dev/null | sort
