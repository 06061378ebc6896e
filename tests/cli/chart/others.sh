# Other cases, and changes of this one, on the same axes; what is not one curve
# has no room for them.
cat >case.yaml <<'END'
revplan: 1
incident:
  id: others
  title: The case
  certificate: subscriber
  reason: not-per-requirements
  aware: 2026-03-02T00:00Z
simulation: {horizon: 2026-05-01, trials: 50}
populations:
  - name: all
    certificates: 1000
    path: [{team: {rate: 50/working-day}}]
END
sed -e 's/50\//100\//' -e 's/The case/Twice as many/' case.yaml >twice.yaml
cp case.yaml same.yaml
chart() {
	"$REVPLAN" chart case.yaml --quiet --as-of 2026-03-02 "$@"
}
chart --with twice.yaml,same.yaml --script | grep -o "title '[^']*'"
# By the end of the 8th: five working days of each.
chart --with twice.yaml --format terminal | grep -e '^By' -e '^2026-03-08'
for k in sheet revocation; do
	chart --kind $k --output $k.svg
	grep -c '<title' $k.svg | sed 's/[1-9][0-9]*/has a title/'
done
try() {
	status=0
	chart "$@" >out || status=$?
	echo "$*: status $status"
}
try --with twice.yaml --kind compare
try --with twice.yaml, --script
try --with a.yaml,b.yaml,c.yaml,d.yaml,e.yaml
try --with nowhere.yaml
