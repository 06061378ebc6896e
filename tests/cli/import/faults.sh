# A scenario with faults: each is told at its place, and no store is made or
# changed.
cp "$SCENARIOS/mixed.yaml" case.yaml
sed 's/certificates:/certificate:/' case.yaml >faulty.yaml
try() {
	status=0
	"$REVPLAN" import "$@" || status=$?
	echo "-> $status"
}
try new.db faulty.yaml
try new.db missing.yaml
try new.db /dev/null
ls
"$REVPLAN" import incident.db case.yaml --quiet >/dev/null
sha256sum incident.db >before
try incident.db faulty.yaml
try incident.db missing.yaml
sha256sum --check --quiet before
ls
