# Each reason as the lists of a day have it: item, seconds, CRL reason.
columns() {
	"$REVPLAN" rules --reasons --quiet --format csv --as-of "$1" >all.csv
	echo "== $1"
	cut -d, -f1-7 all.csv
}
"$REVPLAN" rules --reasons --as-of 2017-01-01
for day in 2018-10-14 2020-10-19 2022-11-30; do
	columns $day | grep -v 'subordinate CA'
done
columns 2026-04-01
