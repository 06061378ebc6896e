# What is no store, or cannot be written: one clear line, the right status,
# and the file as it was.
cp "$SCENARIOS/mixed.yaml" case.yaml
try() {
	sum=$([ ! -f "$1" ] || sha256sum "$1")
	status=0
	"$REVPLAN" import "$1" case.yaml 2>fault >out || status=$?
	[ ! -s out ] || echo "something on standard output"
	[ "$(wc -l <fault)" -eq 1 ] || echo "not one line"
	cat fault
	echo "-> $status"
	[ "$sum" = "$([ ! -f "$1" ] || sha256sum "$1")" ] || echo "changed"
}
echo 'a note' >note.db
try note.db
sqlite3 foreign.db 'CREATE TABLE t(x); INSERT INTO t VALUES (1);'
try foreign.db
: >empty.db
try empty.db
rm empty.db
"$REVPLAN" import incident.db case.yaml >/dev/null
cp incident.db newer.db
sqlite3 newer.db 'PRAGMA user_version = 99;'
try newer.db
head -c 20000 incident.db >short.db
try short.db
head -c 10 incident.db >shorter.db
try shorter.db
mkdir folder
try folder
try folder/missing/incident.db
try case.yaml
try new.yaml
