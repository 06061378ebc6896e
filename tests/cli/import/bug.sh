# What a saved bug gives, and what `check` makes of it: nine days of silence, a
# question without an answer and a report that came late, once under the
# guidelines of 2025 and once under the habits of 2022.
head='s/[0-9a-f]\{64\}/HEAD/'
at='SOURCE_DATE_EPOCH=1760000000'

c() {	# number, author, time, text
	[ "$1" = 0 ] || printf ',\n'
	printf '{"id": 9%s, "count": %s, "creator": "%s", ' "$1" "$1" "$2"
	printf '"creation_time": "%s:00Z", "is_private": false, ' "$3"
	printf '"is_markdown": true, "text": "%s"}' "$4"
}
full() {
	case $1 in
	2025) printf '# Full Incident Report\\n\\n## Summary\\n...\\n'
	    printf '## Impact\\n## Timeline\\n## Root Cause Analysis\\n...' ;;
	*) printf '1. How we became aware of it: by a mail.\\n'
	    printf '2. Timeline: see below.\\n'
	    printf '3. Whether we have stopped: we have.\\n'
	    printf '4. A summary of it: ten.\\n'
	    printf '6. How and why it happened: a mistake.\\n' ;;
	esac
}
# A year; who saved it, saved it in three files.
save() {
	{
		printf '{"bugs": {"1900001": {"comments": [\n'
		c 0 desk@ca.example "$1-06-03T08:00" 'Preliminary Report\n===\n'
		c 1 reader "$1-06-04T10:00" 'How many are affected?'
		c 2 desk@ca.example "$1-06-06T10:00" '> How many?\n\nTen.'
		c 3 some-bot@mozilla.tld "$1-06-07T00:00" 'No severity set?'
		c 4 desk@ca.example "$1-06-15T10:00" 'Work goes on.'
		c 5 desk@ca.example "$1-06-20T08:00" "$(full "$1")"
		c 6 reader "$1-06-21T08:00" 'See https://x.example/?a=b for it.'
		c 7 pr@ca.example "$1-06-26T10:00" 'All are revoked.'
		c 8 root@program.example "$1-06-28T08:00" 'Was it tested?'
		printf ']}}, "comments": {}}\n'
	} >comments.json
	cat >bug.json <<END2
{"bugs": [{"id": 1900001, "creator": "desk@ca.example", "status": "ASSIGNED",
"creation_time": "$1-06-03T08:00:00Z", "resolution": "", "whiteboard":
"[ca-compliance] Next update $1-07-20", "cf_last_resolved": null,
"last_change_time": "$1-06-28T08:00:00Z"}], "faults": []}
END2
	cat >history.json <<END2
{"bugs": [{"id": 1900001, "alias": null, "history": [
{"when": "$1-06-27T09:00:00Z", "who": "root@program.example", "changes": [
{"field_name": "whiteboard", "removed": "[ca-compliance]",
"added": "[ca-compliance] Next update $1-07-20"},
{"field_name": "cc", "removed": "", "added": "reader"}]}]}]}
END2
}
run() {
	cat >case.yaml <<END2
revplan: 1
incident:
  {id: bug-$1, certificate: subscriber, reason: not-per-requirements,
   aware: $1-06-02T09:00Z}
populations:
  - {name: all, certificates: 10, path: [{wait: {what: consent, time: 2 d}}]}
END2
	save "$1"
	env $at "$REVPLAN" import "$1.db" case.yaml --quiet | sed "$head"
	env $at "$REVPLAN" import "$1.db" bug.json comments.json history.json \
	    --ca-author DESK,pr@ca.example --root-program-author root |
	    sed "$head"
	# Nothing new, and the order of the files does not count.
	"$REVPLAN" import "$1.db" history.json comments.json bug.json \
	    --ca-author desk,pr --root-program-author root --quiet | tail -n 1
	"$REVPLAN" check "$1.db" --as-of "$1-07-10T08:00Z" --format csv --quiet |
	    grep -e 72H -e FULL-14D -e Q7D -e UPD7D -e REPORT-2W -e WEEKLY |
	    cut -d , -f 1-8
}
run 2025
run 2022
