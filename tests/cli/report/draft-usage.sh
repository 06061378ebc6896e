# What --kind takes, and what goes with it.
try() {
	status=0
	"$REVPLAN" "$@" >out 2>err </dev/null || status=$?
	echo "$*: $status"
	sed 's/^/    /' err
}
cp "$SCENARIOS/acme.yaml" case.yaml
try report case.yaml --kind final
try report case.yaml --kind curve
try report case.yaml --kind fulll
try chart case.yaml --kind full
try simulate case.yaml --kind full
try report case.yaml --kind full --format html
try report case.yaml --kind full --format csv
try report case.yaml --kind full --output a.html
try report case.yaml --format markdown
try report case.yaml --output a.md
try report case.yaml --kind full --period week
try report case.yaml --kind full --plan first
try report case.yaml --kind closure --trials 3
try report case.yaml --kind preliminary --seed 7
try report case.yaml --kind
"$REVPLAN" report case.yaml --kind preliminary --as-of 2026-03-03 --quiet \
    --output a.txt
"$REVPLAN" report case.yaml -k preliminary --as-of 2026-03-03 --quiet \
    --format text | cmp - a.txt
"$REVPLAN" report case.yaml --ki preliminary --as-of 2026-03-03 --quiet \
    --output a.md
"$REVPLAN" report case.yaml --kind preliminary --as-of 2026-03-03 --quiet |
    cmp - a.md
awk 'length > 72 { print "too long: " $0 }' a.txt
"$REVPLAN" report --help | sed -n '/^  -k/,/^  -m/p'
