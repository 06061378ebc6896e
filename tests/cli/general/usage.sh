# Wrong use: one line that says what is wrong and what would be right, on
# standard error alone, and status 2.
try() {
	status=0
	"$REVPLAN" "$@" 2>fault >out || status=$?
	echo "$*"
	[ ! -s out ] || echo "something on standard output"
	[ "$(wc -l <fault)" -eq 1 ] || echo "not one line"
	sed 's/^/    /' fault
	[ "$status" -eq 2 ] || echo "status $status"
}
try
try judg
try comapre
try compre case.yaml
try --quiet compare
try help compare check
try help nothing
try compare
try compare a.yaml b.yaml
try compare ''
try compare a.yaml --frmat csv
try compare a.yaml --format
try compare a.yaml --format xlsx
try compare a.yaml --format jason
try compare a.yaml --format svg
try compare a.yaml --output table.png
try compare a.yaml --output ''
try compare a.yaml --seed 1
try compare a.yaml --quiet=yes
try compare a.yaml --p week
try compare a.yaml -Z
try compare a.yaml --period fortnight
try compare a.yaml --plan 0
try compare a.yaml --plan third
try compare a.yaml --as-of 2020-02-30
try compare a.yaml --as-of 2020-11-30T10:00
try compare a.yaml --view secret
try simulate a.yaml --trials 0
try simulate a.yaml --trials 10000001
try simulate a.yaml --trials 1e4
try simulate a.yaml --trials 99999999999999999999
try simulate a.yaml --seed -1
try simulate a.yaml --seed
try simulate a.yaml --threads 0
try simulate a.yaml --threads 257
try simulate a.yaml --metric revokd
try simulate a.yaml --as-of 2020-11-30
try chart a.yaml --kind pie
try chart a.yaml --format csv
try chart a.yaml --output chart.jpg
try new
try new --template nothing
try new case.yaml
try validate --schema a.yaml
try validate
SOURCE_DATE_EPOCH=yesterday try check a.yaml
try import
try import incident.db
try import case.yaml
try import case.yaml other.yaml
try import incident.db case.yaml more.yaml
try import incident.db ''
try import - -
try import incident.db case.yaml --format csv
try import incident.db case.yaml --wait 3601
try import incident.db case.yaml --wait soon
try record
try record incident.db
try record actual as_of=2026-03-31
try record incident.db actuall as_of=2026-03-31
try record incident.db thing as_of=2026-03-31
try record incident.db actual
try record incident.db actual as_of
try record incident.db actual as_of 2026-03-31
try record incident.db actual =2026-03-31
try record incident.db actual as_of=2026-03-31 other.db
try record incident.db actual --from item.yaml as_of=2026-03-31
try record case.yaml actual as_of=2026-03-31
try record - actual as_of=2026-03-31
try record incident.db actual as_of=2026-03-31 --replaces
try record incident.db actual as_of=2026-03-31 --replaces ''
try export
try export records
try export incident.db rcords
try export incident.db records more
try export incident.db --format csv
try export incident.db --output case.json
try verify
try verify case.yaml
try verify -
try verify incident.db other.db
try verify incident.db --wait 3
