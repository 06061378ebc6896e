# A disk of 64 kB, where one can be made: the report does not fit.
mkdir disk
if ! mount -t tmpfs -o size=64k none disk 2>/dev/null; then
	echo "no disk can be mounted here; bad-output.sh has /dev/full" >&2
	exit 0
fi
trap 'umount disk' EXIT
head -c 61440 /dev/zero >disk/ballast
echo before >disk/out.html
cp "$SCENARIOS/hosting-100-a-day.yaml" case.yaml
cp -R "$SCENARIOS/calendars" .
status=0
"$REVPLAN" simulate case.yaml --output disk/out.html 2>fault || status=$?
[ "$status" -eq 4 ]
[ "$(wc -l <fault)" -eq 1 ]
grep -q "cannot write 'disk/out.html': No space left on device" fault
[ "$(cat disk/out.html)" = before ]
[ "$(ls disk | wc -l)" -eq 2 ]
