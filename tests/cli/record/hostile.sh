# Texts that nobody vouched for: they are recorded as they are and shown
# harmless, or refused in one line.
cp "$SCENARIOS/mixed.yaml" case.yaml
"$REVPLAN" import incident.db case.yaml --quiet >/dev/null
escape=$(printf '\033]0;owned\007\033[2J')
"$REVPLAN" record incident.db update at=2026-06-09T10:00Z \
    note="\"$(printf '%s' '\e]0;owned\a\e[2J')\"" >/dev/null
"$REVPLAN" export incident.db records >out 2>&1
"$REVPLAN" export incident.db --quiet >>out
"$REVPLAN" verify incident.db >>out
if grep -qF "$escape" out; then echo "an escape came through"; fi
sha256sum incident.db >before
try() {
	status=0
	"$REVPLAN" record incident.db "$@" 2>fault >out || status=$?
	[ ! -s out ] || echo "something on standard output"
	if grep -qF "$escape" fault; then echo "an escape came through"; fi
	cut -c 1-200 fault
	echo "-> $status"
	sha256sum --check --quiet before
}
try update at="$escape"
try "update$escape"
try update at=2026-06-09T10:00Z note="$escape"
try update "a$escape=1" at=2026-06-09T10:00Z
try update at=2026-06-09T10:00Z --replaces "$escape"
try update at=2026-06-09T10:00Z note="$(head -c 100000 /dev/zero | tr '\0' x)"
try update at=2026-06-09T10:00Z note="$(head -c 100000 /dev/zero | tr '\0' '[')"
try update at="$(printf '2026-06-09\n  replaced: 5')"
printf 'at: 2026-06-09T10:00Z\0hidden: 1\n' >nul.yaml
try update --from nul.yaml
head -c 2000000 /dev/zero | tr '\0' '#' >large.yaml
try update --from large.yaml
echo 'note: &a [x, x, x, x, x, x, x, x, x, x]' >bomb.yaml
for pair in ab bc cd de ef fg gh hi; do
	from="*${pair%?}"
	echo "${pair#?}: &${pair#?} [$from, $from, $from, $from, $from, $from]"
done >>bomb.yaml
try update --from bomb.yaml
printf -- '- {at: 2026-06-09T10:00Z}\n- {at: 2026-06-10T10:00Z}\n' >two.yaml
try update --from two.yaml
printf 'at: 2026-06-09T10:00Z\n---\nat: 2026-06-10T10:00Z\n' >docs.yaml
try update --from docs.yaml
printf '!!python/object at: 2026-06-09T10:00Z\n' >tag.yaml
try update --from tag.yaml
: >empty.yaml
try update --from empty.yaml
