# What is in force on a day, by id; a day is any moment of it.
"$REVPLAN" rules --as-of 2012-07-01
"$REVPLAN" rules --as-of 2012-06-30 | sed '$d'
for day in 2012-11-07 2019-03-01 2021-01-01 2024-05-01 2026-04-01; do
	echo "== $day"
	"$REVPLAN" rules --quiet --as-of $day --format csv >day.csv
	"$REVPLAN" rules --quiet --as-of ${day}T12:30Z --format csv |
	    cmp - day.csv
	sed 1d day.csv | cut -d, -f1 >ids
	LC_ALL=C sort -u ids | cmp - ids
	cat ids
done
