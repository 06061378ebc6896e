# A case with more risks, or steps, than anybody looks at one by one still ends
# soon, and says what was left out.
{
	cat <<'END'
revplan: 1
incident: {id: many, certificate: subscriber, reason: not-per-requirements,
  aware: 2026-03-02T09:15Z}
simulation: {horizon: 2026-05-01, trials: 20}
populations:
- name: p
  certificates: 100
  path:
END
	for i in $(seq 120); do
		echo "  - wait: {what: w$i, time: 2 h}"
	done
	echo 'events:'
	for i in $(seq 60); do
		echo "- risk: {probability: 1%, then: {cutoff: {on: 2026-04-20}}}"
	done
} >case.yaml
"$REVPLAN" simulate case.yaml --quiet --format markdown |
    grep -e 'told with and without' -e 'were not tried'
"$REVPLAN" simulate case.yaml --table risks --format csv --quiet | wc -l
