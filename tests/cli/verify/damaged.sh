# A store that was changed behind revplan's back: status 1 and a line each.
cp "$SCENARIOS/mixed.yaml" case.yaml
"$REVPLAN" import good.db case.yaml --quiet >/dev/null
"$REVPLAN" record good.db update at=2026-06-09T10:00Z >/dev/null
size=$(stat -c %s good.db)
# A bit here and there, and every one of them is found.
for at in 0 17 25 40 60 95 99 150 4000 4200 9000 20000 $((size / 2)) \
    $((size - 1)); do
	cp good.db bad.db
	byte=$(od -An -tu1 -j $at -N 1 bad.db)
	printf "\\$(printf %o $((byte ^ 4)))" |
	    dd of=bad.db bs=1 seek=$at conv=notrunc status=none
	status=0
	"$REVPLAN" verify bad.db >out 2>fault || status=$?
	[ "$status" -eq 1 ] && [ -s out ] && [ ! -s fault ] ||
	    echo "byte $at: status $status"
done
# By hand, past the triggers.
try() {
	cp good.db bad.db
	sqlite3 bad.db "$1"
	status=0
	"$REVPLAN" verify bad.db | sed 's/head [0-9a-f]*/head HEAD/' || true
	"$REVPLAN" verify bad.db >/dev/null || status=$?
	echo "-> $status"
}
try "DROP TRIGGER post_no_update; UPDATE post SET line = 7"
try "DROP TRIGGER record_no_update; UPDATE record SET source = 'x'"
try 'VACUUM'
try "DROP TRIGGER record_no_delete; DELETE FROM record WHERE id = 2"
# Refused by the store itself.
sqlite3 good.db 'DELETE FROM post' 2>&1 | sed 's/.*: //'
sqlite3 good.db "UPDATE record SET source = 'x'" 2>&1 | sed 's/.*: //'
for n in 100 5000 $((size - 1)); do
	head -c $n good.db >bad.db
	status=0
	"$REVPLAN" verify bad.db >out 2>fault || status=$?
	[ "$status" -eq 1 ] && [ -s out ] && [ ! -s fault ] ||
	    echo "$n bytes: status $status"
	# It does not send to itself.
	grep "revplan verify" out || true
done
