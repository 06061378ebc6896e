# A draft that no comment can hold is cut, and that is said.
{
	cat <<'YAML'
revplan: 1
incident:
  id: long
  certificate: subscriber
  reason: not-per-requirements
  aware: 2026-03-02T09:15Z
populations:
  - {name: a, certificates: 1000, path: [{team: {rate: 20/working-day}}]}
narrative:
  timeline:
YAML
	i=0
	while [ $i -lt 1200 ]; do
		echo "    - {at: 2026-03-01T10:00Z, event: event $i, which takes" \
		    "some words to be told}"
		i=$((i + 1))
	done
} | sed 's/event: \(.*\)}/event: "\1"}/' >case.yaml
"$REVPLAN" report case.yaml --kind full --as-of 2026-04-10 >a.md
csplit -s -f part a.md '/^---------- cut here/'
for part in part*; do
	tail -n +2 "$part" | wc -m |
	    awk '{ print ($1 <= 65535 ? "fits" : "too long") }'
done
# What was done is told whole.
cat >case.yaml <<YAML
revplan: 1
incident:
  id: whole
  certificate: subscriber
  reason: not-per-requirements
  aware: 2026-03-02T09:15Z
populations:
  - {name: a, certificates: 10, path: [{wait: {what: consent, time: 2 d}}]}
commitments:
  - what: "$(yes words | head -80 | tr '\n' ' ')at the end"
    due: 2026-03-20
    done: 2026-03-19
YAML
"$REVPLAN" report case.yaml --kind full --as-of 2026-04-10 --quiet |
    grep -c '^- 2026-03-19: done: words .* words at the end$'
