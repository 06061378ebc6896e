# What is no store: one clear line, and the right status.
try() {
	status=0
	"$REVPLAN" verify "$1" 2>fault >out || status=$?
	[ "$(cat out fault | wc -l)" -le 2 ] || echo "more than a line and a sum"
	cat out fault
	echo "-> $status"
}
cp "$SCENARIOS/mixed.yaml" case.yaml
try case.yaml
try -
try missing.db
mkdir folder
try folder
echo 'a note' >note.db
try note.db
sqlite3 foreign.db 'CREATE TABLE t(x);'
try foreign.db
"$REVPLAN" import newer.db case.yaml --quiet >/dev/null
sqlite3 newer.db 'PRAGMA user_version = 99;'
try newer.db
for command in check export compare simulate; do
	status=0
	"$REVPLAN" $command newer.db || status=$?
	echo "-> $status"
	status=0
	"$REVPLAN" $command foreign.db || status=$?
	echo "-> $status"
done 2>&1 | sort | uniq -c
