# What is wrong with a command line, in one line each.
try() {
	status=0
	"$REVPLAN" rules "$@" || status=$?
	echo "$*: $status"
}
try BR-REV-T1
try br-rev-t1-v173
try BR-REV-T1-v174
try WIKI-DELYA
try x
try ''
try BR-CPR-BEGIN nothing-like-it
try 2018-10-14
try --diff
try --diff 2018-10-14
try --diff 2020-10-19 2018-10-14
try --diff 2018-10-14 2018-10-14
try --diff 2018-10-14 2020-10-19 2020-10-18
try --diff 2018-10-14..2020-10-19 2022-11-30
try --diff 2018-10 2020-10-19
try --diff 2018-10-14T12:00 2020-10-19
try --diff BR-CPR-BEGIN BR-CPR-PRELIM
try --diff --reasons 2018-10-13 2018-10-14
try --diff --as-of 2018-10-13 2018-10-13 2018-10-14
try --diff --draft 2018-10-13 2018-10-14
try --reasons --draft
try --reasons BR-CPR-BEGIN
try --schema
try --as-of yesterday
try --format svg
