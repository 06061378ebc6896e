# A rule that begins on a day is new on it against the day before; the second
# before midnight is still the day before.  Each row was checked by hand.
before() {
	case $1 in
	2018-10-14) echo 2018-10-13 ;;
	2020-10-19) echo 2020-10-18 ;;
	2022-11-30) echo 2022-11-29 ;;
	2023-07-15) echo 2023-07-14 ;;
	2024-03-15) echo 2024-03-14 ;;
	2025-03-01) echo 2025-02-28 ;;
	2026-03-20) echo 2026-03-19 ;;
	esac
}
for day in 2018-10-14 2020-10-19 2022-11-30 2023-07-15 2024-03-15 2025-03-01 \
    2026-03-20; do
	"$REVPLAN" rules --quiet --format csv --diff "$(before $day)" $day \
	    >step.csv
	cut -d, -f2- step.csv | sed 1d
	"$REVPLAN" rules --quiet --format csv \
	    --diff "$(before $day)T23:59:59Z" ${day}T00:00:00Z |
	    cut -d, -f3- >second.csv
	cut -d, -f3- step.csv | cmp - second.csv
	# Of a whole day before and after nothing is left.
	"$REVPLAN" rules --quiet --format csv --diff ${day}T00:00:00Z \
	    ${day}T23:59:59Z | sed 1d | grep . && echo "$day: changes within"
done
"$REVPLAN" rules --diff 2024-06-01 2024-06-02 | sed '$d'
