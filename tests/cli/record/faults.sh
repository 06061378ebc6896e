# An item with faults is not recorded; each fault is one line, with the pair
# that it is in.
cat >case.yaml <<'END'
revplan: 1
incident:
  id: faults-2026
  certificate: subscriber
  reason: not-per-requirements
  aware: 2026-03-02T09:15Z
populations:
  - name: all
    certificates: 1000
    path:
      - wait: {what: consent, time: 10 d}
actuals:
  - {as_of: 2026-03-31, replaced: 11.0%}
commitments:
  - {what: key destruction, due: 2026-06-30}
END
"$REVPLAN" import incident.db case.yaml --quiet >/dev/null
"$REVPLAN" record incident.db actual --replaces 1 as_of=2026-03-31 \
    replaced=10% --quiet >/dev/null
sha256sum incident.db >before
try() {
	status=0
	"$REVPLAN" record incident.db "$@" 2>fault >out || status=$?
	echo "$*" | cut -c 1-72
	[ ! -s out ] || echo "something on standard output"
	cut -c 1-240 fault | sed 's/^/    /'
	echo "-> $status"
	sha256sum --check --quiet before
}
try actual as_of=2026-04-30
try actual as_off=2026-04-30 replaced=20%
try actual as_of=2026-04-31 replaced=20%
try actual as_of=2026-04-30 replaced=120%
try actual as_of=2026-04-30 replaced=2000
try actual as_of=2026-04-30 replaced=20% replaced=21%
try actual as_of= replaced=20%
try actual as_of=2026-04-30 'replaced=[20%'
try actual as_of=2026-04-30 replaced=20% population=al
try actual as_of=2026-04-30 as_off=x replased=1%
try --replaces 7 actual as_of=2026-04-30 replaced=20%
try --replaces nothing actual as_of=2026-04-30 replaced=20%
try --replaces 1 actual as_of=2026-04-30 replaced=20%
try --replaces 2 update at=2026-04-30
try outcome what='key destuction' done=2026-06-30
try outcome what='something else' done=2026-06-30
try outcome done=2026-06-30
try answer answers=q1 at=2026-04-30T10:00Z
try fact what=scop at=2026-04-30 certificates=12
try update
try actual --from missing.yaml
mkdir folder
try actual --from folder
