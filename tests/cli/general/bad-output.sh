# Where nothing can be written: one clear line, status 4, and what was there
# before is there still.
export SOURCE_DATE_EPOCH=1788220800		# 2026-09-01T00:00:00Z
cp "$SCENARIOS/hosting-100-a-day.yaml" case.yaml
cp -R "$SCENARIOS/calendars" .
try() {
	status=0
	"$REVPLAN" compare case.yaml --quiet "$@" 2>fault >out || status=$?
	[ "$(wc -l <fault)" -eq 1 ] || echo "not one line"
	cat fault
	echo "-> $status"
}
# Root may write anywhere but below a file; others are stopped by the mode.
mkdir closed
chmod a-w closed
if [ "$(id -u)" -eq 0 ]; then
	rm -rf closed
	: >closed
fi
try --output closed/out.csv | sed 's/: [NP][^:]*$/: (reason)/'
try --output missing/out.csv
try --output .
try --output /dev/full
status=0
"$REVPLAN" compare case.yaml >/dev/full 2>fault || status=$?
cat fault
echo "-> $status"
# A file that may not grow is as good as a disk that is full.
echo before >out.html
(
	ulimit -f 1
	try --output out.html
)
cat out.html
ls out.html*
