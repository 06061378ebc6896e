# An incident over months in one file: what came in, in the order in which it
# came, and what could be read at each moment.
head='s/[0-9a-f]\{64\}/HEAD/'
now() {
	SOURCE_DATE_EPOCH=$(date -u -d "$1" +%s)
	export SOURCE_DATE_EPOCH
}
record() {
	"$REVPLAN" record incident.db "$@" | sed "$head"
}
compare() {
	echo "-- $1, $2"
	"$REVPLAN" compare incident.db --as-of "$1" --view "$2" --quiet \
	    --format csv | cut -d, -f1,3,4
}
cat >case.yaml <<'END'
revplan: 1
incident:
  id: life-2026
  title: an incident in one file
  certificate: subscriber
  reason: not-per-requirements
  aware: 2026-03-02T09:15Z
populations:
  - name: all
    certificates: 1000
    subscribers: 40
    path:
      - wait: {what: consent, per: subscriber, time: {lognormal: {median: 30 d, sigma: 0.5}}}
END
now 2026-03-02T12:00Z
"$REVPLAN" import incident.db case.yaml | sed "$head"
now 2026-03-10T12:00Z
record plan published=2026-03-10 source='comment 2' \
    milestones='{2026-03-31: 5%, 2026-04-30: 40%, 2026-06-30: 100%}'
record update at=2026-03-10T11:00Z
record commitment id=keys what='key destruction' said=2026-03-10 due=2026-06-30
now 2026-04-03T09:00Z
record actual as_of=2026-03-31 replaced=11.0% published=2026-04-03 \
    source='comment 9'
now 2026-05-04T09:00Z
record actual as_of=2026-04-30 replaced=36.5% published=2026-05-04 \
    source='comment 14'
record question id=q1 at=2026-05-05T08:00Z note='why were 11.0 % posted?'
now 2026-05-10T09:00Z
record actual --replaces 1 as_of=2026-03-31 replaced=10.4% \
    published=2026-05-10 note='80 certificates were counted twice'
record answer answers=q1 at=2026-05-10T09:00Z
record fact what=scope at=2026-05-10T09:00Z certificates=1200
record plan --from - <<'END'
published: 2026-05-10
milestones: {2026-06-30: 70%, 2026-08-31: 100%}
notice: comment 15, the certificates were more than we knew
END
now 2026-06-29T09:00Z
record outcome what='key destruction' done=2026-06-28 \
    evidence='minutes of the auditor'
record actual --replaces 2 retracted='belongs to another incident' \
    published=2026-06-29

# Until 10 May the public read 11.0 %; the CA itself knew better since then,
# and knows of March what it corrected about March.
compare 2026-05-09 public
compare 2026-05-10 public
compare 2026-04-02 internal
compare 2026-06-28 public
compare 2026-06-29 public
"$REVPLAN" verify incident.db | sed "$head"
"$REVPLAN" export incident.db records --format csv --quiet | cut -d, -f1-7
"$REVPLAN" export incident.db --quiet
