# No store, or something that is none.
cp "$SCENARIOS/mixed.yaml" case.yaml
try() {
	status=0
	"$REVPLAN" record "$@" at=2026-06-09T10:00Z || status=$?
	echo "-> $status"
}
try incident.db update
try case.yaml update
try - update
mkdir folder
try folder update
echo 'a note' >note.db
try note.db update
ls
