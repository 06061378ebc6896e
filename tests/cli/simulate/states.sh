# Only the curves that are asked for, the figures being what they are without:
# and a line of refusal where there are none.
case=$SCENARIOS/hosting-100-a-day.yaml
"$REVPLAN" simulate "$case" -q -n 40 -f csv >all
for list in replaced outstanding,revoked ' harmed , expired' \
    replaced,revoked,expired,outstanding,harmed; do
	"$REVPLAN" simulate "$case" -q -n 40 -f csv --states "$list" >some
	echo "$list: $(cut -d, -f3 some | sort -u | tr '\n' ' ')"
	pattern=$(echo "$list" | tr -d ' ' | tr ',' '|')
	grep -E "^at|,($pattern)," all | cmp - some
done
"$REVPLAN" simulate "$case" -q -n 40 -f json --states harmed |
    grep -o '"state": "[a-z]*"' | sort -u
try() {
	status=0
	"$REVPLAN" simulate "$case" -q -n 40 "$@" 2>fault >out || status=$?
	echo "$*"
	[ ! -s out ] || echo "something on standard output"
	[ "$(wc -l <fault)" -eq 1 ] || echo "not one line"
	sed 's/^/    /' fault
	[ "$status" -eq 2 ] || echo "status $status"
}
try -f csv --states held
try -f csv --states replaced,reissued
try -f csv --states repl
try -f csv --states replaced,
try --states replaced
try -f markdown --states replaced
try -f json --table by --states replaced
status=0
"$REVPLAN" chart "$case" --states replaced 2>&1 || status=$?
echo "status $status"
