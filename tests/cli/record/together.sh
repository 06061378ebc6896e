# Twelve writers at once: each waits for its turn, each gets a receipt of its
# own, and the chain is whole.
cat >case.yaml <<'END'
revplan: 1
incident:
  id: together-2026
  certificate: subscriber
  reason: not-per-requirements
  aware: 2026-03-02T09:15Z
populations:
  - name: all
    certificates: 1000
    path:
      - wait: {what: consent, time: 10 d}
updates:
  - 2026-03-03T12:00Z
END
hours="10 11 12 13 14 15 16 17 18 19 20 21"
told() {
	cat talk.*
	cat receipt.* | sed 's/: .*//' | sort -V
	"$REVPLAN" export $1 records --format csv --quiet |
	    grep -c ',update,[0-9]*,u[0-9]*,'
	"$REVPLAN" verify $1 | sed 's/[0-9a-f]\{64\}/HEAD/'
	ls -A | grep $1
}
"$REVPLAN" import incident.db case.yaml --quiet >/dev/null
for i in $hours; do
	"$REVPLAN" record incident.db update id=u$i at=2026-06-09T$i:00Z \
	    --quiet >receipt.$i 2>talk.$i &
done
wait
told incident.db
# Twelve who would make the same store: one makes it, the others add to it.
for i in $hours; do
	cp case.yaml case.$i.yaml
	echo "  - {id: u$i, at: 2026-06-09T$i:00Z}" >>case.$i.yaml
	"$REVPLAN" import new.db case.$i.yaml --quiet >receipt.$i 2>talk.$i &
done
wait
told new.db
