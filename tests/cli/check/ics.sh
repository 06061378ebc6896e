# A calendar of dues: the same bytes each time, lines of 75 octets at most
# that end with CR LF, and no line of its own for any name.
cat >case.yaml <<'END'
revplan: 1
incident:
  id: "x; y, z"
  certificate: subscriber
  reason: not-per-requirements
  aware: 2024-07-01T09:15Z
populations:
  - name: all
    certificates: 100
    path: [{team: {rate: 100/working-day}}]
commitments:
  - {what: "a\r\nEND:VCALENDAR\r\n", due: 2024-08-01}
END
"$REVPLAN" check case.yaml --as-of 2024-07-02T00:00Z --dues --output a.ics
"$REVPLAN" check case.yaml --as-of 2024-07-02T00:00Z --dues --format ics \
    >b.ics
cmp a.ics b.ics
echo "not CR LF: $(grep -vc "$(printf '\r')\$" a.ics || true)"
echo "too long: $(LC_ALL=C tr -d '\r' <a.ics | LC_ALL=C grep -c '.\{76\}' ||
    true)"
for line in BEGIN:VCALENDAR END:VCALENDAR DTSTAMP:20240702T000000Z; do
	echo "$line $(tr -d '\r' <a.ics | grep -c "^$line\$")"
done
begun=$(grep -c '^BEGIN:VEVENT' a.ics)
named=$(sed -n 's/^UID://p' a.ics | sort -u | wc -l)
[ "$begun" -eq "$named" ] && echo "each event has a name of its own"
# Five days to the second, and a bare date.
tr -d '\r' <a.ics | grep -e '^DTSTART:20240706T091500Z' \
    -e '^DTSTART;VALUE=DATE' | sort -u
# A calendar of anything else there is none.
for args in "--format ics" "--output c.ics" "--closure --format ics" \
    "--dues --closure"; do
	status=0
	# shellcheck disable=SC2086 # several words
	"$REVPLAN" check case.yaml $args 2>&1 || status=$?
	echo "-> $status"
done
# A part that is late and one of which nothing is known have names of their own.
cat >parts.yaml <<'END'
revplan: 1
incident: {id: parts, certificate: subscriber, reason: key-compromise,
  aware: 2024-07-01T09:15Z}
populations: [{name: all, certificates: 10, path: [{wait: {time: 1 h}}]}]
duties: [{name: a, certificates: 5}, {name: b, certificates: 5}]
facts:
- {what: revoked, at: 2024-07-02T09:00Z, duty: a, certificates: 4}
- {what: revoked, at: 2024-07-02T09:00Z, duty: b, certificates: 4}
END
"$REVPLAN" check parts.yaml --as-of 2024-07-10 --dues --output parts.ics ||
    true
begun=$(grep -c '^BEGIN:VEVENT' parts.ics)
named=$(sed -n 's/^UID://p' parts.ics | sort -u | wc -l)
echo "parts: $begun events, $named names"
