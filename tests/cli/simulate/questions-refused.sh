# Lists and times of the command line: one line that says which value is wrong,
# before anything is read, and status 2.
try() {
	status=0
	"$REVPLAN" simulate case.yaml "$@" 2>fault >out || status=$?
	echo "$*"
	[ ! -s out ] || echo "something on standard output"
	[ "$(wc -l <fault)" -eq 1 ] || echo "not one line"
	sed 's/^/    /' fault
	[ "$status" -eq 2 ] || echo "status $status"
}
try --share most
try --share 50%,,95%
try --share 50%,
try --share 0%
try --share 50%,101%
try --share -5%
try --share 1e1
try --by soon
try --by 2026-13-01
try --by 2026-03-31,2026-03-31T12:00
try --at ''
try --at 2026-03-31,
try --until-error 0.5
try --until-error 0d
try --until-error -1d
try --until-error soon
try --design latin
try --table shet
many=1%
for _ in $(seq 64); do many=$many,1%; done
status=0
"$REVPLAN" simulate case.yaml --share "$many" || status=$?
echo "status $status"
