# Each kind in the template of its day: its headings, what is said about it,
# and how much is missing when nobody has written anything yet.
cat >case.yaml <<'YAML'
revplan: 1
incident:
  id: dates
  certificate: subscriber
  reason: not-per-requirements
  aware: 2020-03-02T09:15Z
simulation: {horizon: 2020-12-31, trials: 200, seed: 1}
populations:
  - {name: a, certificates: 1000, path: [{team: {rate: 20/working-day}}]}
facts:
  - {what: revoked, at: 2020-03-06T10:00Z, certificates: 900}
YAML
for day in 2017-01-01 2020-04-10 2023-02-14 2023-02-15 2023-10-16 2023-10-17 \
    2024-04-10 2025-02-28 2025-03-01 2025-04-10 2025-07-15 2026-03-19 \
    2026-04-10; do
	"$REVPLAN" report case.yaml --kind preliminary --as-of $day |
	    sed -n '1s/^/'$day' /p' 2>/dev/null
done 2>/dev/null | sed 's/Fill in .*//'
for day in 2020-04-10 2024-04-10 2025-04-10 2026-04-10; do
	for kind in preliminary full delayed closure; do
		echo "---- $kind on $day"
		"$REVPLAN" report case.yaml --kind $kind --as-of $day \
		    --output a.md 2>notes
		grep '^#' a.md
		sed 's/note: [0-9]* of the things/note: some of the things/' notes
		# The note counts what can be found.
		n=$(grep -o 'MISSING:' a.md | wc -l)
		grep -q "note: $n thing" notes || echo "counted otherwise: $n"
	done
done
