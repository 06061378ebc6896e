# A disk that is full: one clear line, status 4, and the store as it was.
mkdir disk
if ! mount -t tmpfs -o size=400k none disk 2>/dev/null; then
	echo "no disk can be mounted here" >&2
	exit 0
fi
trap 'umount disk' EXIT
cp "$SCENARIOS/mixed.yaml" case.yaml
"$REVPLAN" import disk/incident.db case.yaml --quiet >/dev/null
head -c 400000 /dev/zero >disk/ballast 2>/dev/null || true
sha256sum disk/incident.db >before
try() {
	status=0
	"$REVPLAN" "$@" 2>fault >out || status=$?
	[ "$status" -eq 4 ]
	[ ! -s out ]
	[ "$(wc -l <fault)" -eq 1 ]
	grep -q "'disk/.*: no room" fault
}
try record disk/incident.db update at=2026-06-09T10:00Z
try import disk/new.db case.yaml
sha256sum --check --quiet before
ls -A disk
rm disk/ballast
"$REVPLAN" verify disk/incident.db --quiet | grep -c 'no fault'
"$REVPLAN" record disk/incident.db update at=2026-06-09T10:00Z |
    grep -c '^record 2'
