# A store and a scenario in either order, from standard input, and with the
# files that the scenario names.
cp -R "$SCENARIOS/hosting-100-a-day.yaml" "$SCENARIOS/calendars" .
export SOURCE_DATE_EPOCH=1788220800		# 2026-09-01T00:00:00Z
head='s/[0-9a-f]\{64\}/HEAD/'
"$REVPLAN" import a.db hosting-100-a-day.yaml | sed "$head"
"$REVPLAN" import hosting-100-a-day.yaml b.db | sed "$head"
"$REVPLAN" import -q -- c.db - <hosting-100-a-day.yaml | sed "$head"
"$REVPLAN" import - d.db <hosting-100-a-day.yaml | sed "$head"
# Once it is there, a store is known by its content.
mv b.db kept
"$REVPLAN" import hosting-100-a-day.yaml kept
# The calendars came along.
rm -R calendars
mkdir elsewhere
mv a.db elsewhere
"$REVPLAN" validate elsewhere/a.db
for w in b c d; do
	[ "$w" != b ] || continue
	"$REVPLAN" export $w.db >$w.yaml 2>/dev/null
done
"$REVPLAN" export elsewhere/a.db 2>/dev/null >a.yaml
"$REVPLAN" export kept 2>/dev/null >b.yaml
cmp a.yaml b.yaml
cmp a.yaml c.yaml
cmp a.yaml d.yaml
