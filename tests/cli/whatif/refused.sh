# Each fault is a line with its place, whichever file it is in; the status is 2
# for a wrong command line and 3 for wrong files.
cp "$SCENARIOS/hosting-100-a-day.yaml" case.yaml
cp -R "$SCENARIOS/calendars" .
cat >change.yaml <<'END'
revplan: 1
change: nothing
END
try() {
	status=0
	echo "$*"
	"$REVPLAN" "$@" 2>fault >out </dev/null || status=$?
	[ ! -s out ] || echo "something on standard output"
	sed 's/^/    /' fault
	echo "    status $status"
}
try whatif
try whatif case.yaml
try whatif case.yaml ''
try whatif case.yaml nothing.yaml
try whatif change.yaml change.yaml
"$REVPLAN" whatif - change.yaml <case.yaml 2>&1 || echo "    status $?"
"$REVPLAN" whatif - - <case.yaml 2>&1 || echo "    status $?"
try validate change.yaml
try simulate change.yaml
cat >two.yaml <<'END'
revplan: 1
change: two faults
populations:
  - name: hosting-providr
    starts: 2026-03-05
events:
  - cutoff: {onn: 2026-09-30}
END
try whatif case.yaml two.yaml
cat >late.yaml <<'END'
revplan: 1
change: begins after the end
populations:
  - name: hosting-provider
    starts: 2027-03-05
END
try whatif case.yaml late.yaml
try whatif case.yaml change.yaml --output case.yaml
try whatif case.yaml change.yaml --output change.yaml
