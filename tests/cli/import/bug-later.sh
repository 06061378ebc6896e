# A bug that was saved again later adds what is new; what is dated by its
# history corrects what was not, and what it no longer shows stays and is told.
cat >case.yaml <<'END2'
revplan: 1
incident: {id: later, certificate: subscriber, reason: not-per-requirements,
  aware: 2026-03-02T09:00Z}
populations:
  - {name: all, certificates: 10, path: [{wait: {what: consent, time: 2 d}}]}
END2
head='s/[0-9a-f]\{64\}/HEAD/'
comments='{"creator": "clerk", "time": "2026-03-03T08:00:00Z", "text": "We"}'
more=',{"creator": "reader@x.example", "time": "2026-03-04T08:00:00Z",
"text": "(In reply to clerk from comment #0)\n> We\n\nYou"}'
last=',{"creator": "clerk", "time": "2026-03-05T08:00:00Z",
"text": "Report Closure Summary\n"}'
save() {	# comments, status, last change, history
	cat >bug.json <<END2
{"bugs": [{"id": 77, "creation_time": "2026-03-03T08:00:00Z",
"last_change_time": "2026-03-$3:00:00Z", "status": "$2",
"whiteboard": "[delayed-revocation-leaf] Next Update - 15-April 2026",
"cf_last_resolved": "2026-03-06T08:00:00Z", "comments": [$1]$4}]}
END2
}
import() {
	SOURCE_DATE_EPOCH=1775000000 "$REVPLAN" import incident.db bug.json \
	    --ca-author clerk --format json | sed "$head" | python3 -c '
import json, sys
r = json.load(sys.stdin)
print("record", r["record"], "new", r["new"], "corrected", r["corrected"],
    "same", r["on_record"], "missed", r["not_in_file"])
for t in r["taken"]:
    print(" ", t["what"], t["at"], t["id"], t["answers"], t["due"], t["note"],
        sep=" | ")'
}
"$REVPLAN" import incident.db case.yaml --quiet >/dev/null
save "$comments" NEW "04T12" ""
import
save "$comments$more$last" RESOLVED "06T09" ""
import
save "$comments$more$last" REOPENED "07T08" ', "history": [
{"when": "2026-03-03T09:00:00Z", "who": "root", "changes": [{"field_name":
"whiteboard", "removed": "", "added": "Next update: 15 Apr 2026"}]},
{"when": "2026-03-07T08:00:00Z", "who": "root", "changes": [{"field_name":
"status", "removed": "RESOLVED", "added": "REOPENED"}]}]'
import
# Without its history it knows less, and that changes nothing.
save "$comments$more$last" REOPENED "08T08" ""
import
"$REVPLAN" check incident.db --as-of 2026-03-07 --quiet >/dev/null || [ $? = 1 ]
"$REVPLAN" verify incident.db | sed "$head"
"$REVPLAN" export incident.db records --quiet --format csv |
    cut -d , -f 1,3-7
