# No output takes the place of a store, nor of a file that is read.
cp "$SCENARIOS/mixed.yaml" case.yaml
"$REVPLAN" import incident.db case.yaml --quiet >/dev/null
"$REVPLAN" record incident.db update at=2026-09-01 --quiet >/dev/null
cp incident.db before.db
cp case.yaml before.yaml
ln incident.db other
ln -s case.yaml link.yaml
try() {
	status=0
	"$REVPLAN" "$@" >out 2>&1 || status=$?
	echo "$*: $status"
	cat out
}
try record incident.db update at=2026-09-02 -o incident.db
try compare incident.db -o incident.db
try compare case.yaml -o incident.db
try export incident.db records -o other --force
try verify incident.db -o incident.db
try compare case.yaml -o case.yaml
try compare case.yaml -o link.yaml
try import incident.db case.yaml -o case.yaml
try import new.db case.yaml -o new.db
echo 'at: 2026-09-03' >item.yaml
try record incident.db update --from item.yaml -o item.yaml
# To write a scenario anew in its own place is what --force asks for.
"$REVPLAN" export case.yaml -o case.yaml --force --quiet
cmp -s case.yaml before.yaml && exit 1
cmp incident.db before.db
[ ! -e new.db ]
