# One line each, status 2; and where nothing is left to plan, status 3.
cp "$SCENARIOS/hosting-100-a-day.yaml" case.yaml
cp -R "$SCENARIOS/calendars" .
try() {
	status=0
	"$REVPLAN" plan case.yaml --as-of 2026-03-01 "$@" || status=$?
	echo "$* gives $status"
}
try --confidence 49.9
try --confidence 100
try --confidence 99999999999999999999999
try --confidence 80.55
try --confidence likely
try --confidence 80%%
try --round 0
try --round 51
try --round -5
try --period day
try --as-of 2026-08-04
try --as-of 2027-03-01
try --metric reissued
try --save
try --save --published 2026-03-03
try --published 2026-03-03
try --notice x
