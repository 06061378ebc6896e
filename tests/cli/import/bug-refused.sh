# What is no saved bug, or not this one, is one line and changes nothing.
cat >case.yaml <<'END2'
revplan: 1
incident: {id: refused, certificate: subscriber, reason: not-per-requirements,
  aware: 2026-03-02T09:00Z}
populations:
  - {name: all, certificates: 10, path: [{wait: {what: consent, time: 2 d}}]}
END2
"$REVPLAN" import incident.db case.yaml --quiet >/dev/null
sha256sum incident.db >before
tells() {
	status=0
	"$REVPLAN" import incident.db "$@" || status=$?
	echo "-> $status"
	sha256sum --check --quiet before
}
bug() {	# what Bugzilla answered, and what is said about it
	printf '%s' "$1" >bug.json
	shift
	tells bug.json --ca-author clerk "$@"
}
one='"creator": "clerk", "time": "2026-03-03T08:00:00Z", "text": "We"'
bug '{"bugs": {"7": {"comments": [}}}'
bug ''
bug '[[['
bug '7'
bug '{"bugs": 7}'
bug '{"error": true, "code": 102, "message": "not authorised"}'
bug '{"bugs": []}'
bug '{"bugs": {"seven": {"comments": []}}}'
bug '{"bugs": {"7": {}}}'
bug '{"bugs": [{"id": 7}]}'
bug '{"bugs": [{"id": 7, "history": []}]}'
bug '{"bugs": [{"id": 7, "comments": [], "history": 5}]}'
bug '{"bugs": {"7": {"comments": []}, "8": {"comments": []}}}'
bug '{"bugs": {"7": {"comments": [5]}}}'
bug '{"bugs": {"7": {"comments": [{}]}}}'
bug '{"bugs": {"7": {"comments": [{"creator": "a\tb"}]}}}'
bug '{"bugs": {"7": {"comments": [{"creator": "clerk", "time": 5}]}}}'
bug '{"bugs": {"7": {"comments": [{"creator": "clerk", "time": "2026-03-03"}]}}}'
bug '{"bugs": {"7": {"comments": [{"creator": "clerk",
"time": "2026-03-03T08:00:00Z"}]}}}'
bug "{\"bugs\": {\"7\": {\"comments\": [{$one}, {$one, \"count\": 0}]}}}"
bug "{\"bugs\": {\"7\": {\"comments\": [{$one}, {\"creator\": \"clerk\",
\"text\": \"\", \"time\": \"2026-03-03T07:59:59Z\"}]}}}"
bug "[{\"bugs\": {\"7\": {\"comments\": [{$one}]}}},
{\"bugs\": {\"7\": {\"comments\": [{$one}]}}}]"
bug "{\"bugs\": [{\"id\": 7, \"comments\": [{$one}], \"creation_time\": 1}]}"
closed='"creation_time": "2026-03-03T08:00:00Z", "status": "RESOLVED",
"last_change_time": "2026-03-04T08:00:00Z", "resolution"'
bug "{\"bugs\": [{\"id\": 7, \"comments\": [{$one}], $closed: \"A\\nB\"}]}"
bug "{\"bugs\": [{\"id\": 7, \"comments\": [{$one}], \"history\": [{}]}]}"
good="{\"bugs\": {\"7\": {\"comments\": [{$one}]}}}"
bug "$good" --ca-author clrek
bug "$good" --ca-author clerk@ca.example,nobody
bug "$good" --root-program-author Clerk@x.example
bug "$good" --ca-author clerk,
bug "$good" --ca-author @ca.example
echo "$good" >bug.json
tells bug.json
tells case.yaml bug.json
tells case.yaml --root-program-author root
tells case.yaml bug.json --ca-author clerk
tells bug.json bug.json --ca-author clerk
tells missing.json --ca-author clerk
# A store without a scenario, and none at all.
cp incident.db other.db
"$REVPLAN" import none.db bug.json --ca-author clerk || echo "-> $?"
[ ! -e none.db ]
# More than there may be.
head -c 67108865 /dev/zero >large.json
tells large.json --ca-author clerk
yes "{$one}," | head -n 10001 | { printf '{"bugs": {"7": {"comments": ['
    cat; printf '{}]}}}'; } >many.json
tells many.json --ca-author clerk
yes '[' | head -n 100000 | tr -d '\n' >deep.json
tells deep.json --ca-author clerk
{ printf '[0'; yes ',0' | head -n 1000000 | tr -d '\n'; printf ']'; } >wide.json
tells wide.json --ca-author clerk
# A long word is cut, and no letter of it in two.
cp incident.db whole.db
python3 -c 'print("A" + 60 * "\\u00e9")' >word
printf '%s' "{\"bugs\": [{\"id\": 7, \"comments\": [{$one}], $closed:
    \"$(cat word)\"}]}" >bug.json
"$REVPLAN" import whole.db bug.json --ca-author clerk --quiet >/dev/null
"$REVPLAN" export whole.db scenario --quiet | grep -o 'RESOLVED A.*'
