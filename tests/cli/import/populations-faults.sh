# Every fault of a file of counts is told at its place, and nothing is changed.
cat >case.yaml <<'END'
revplan: 1
incident:
  id: refused
  certificate: subscriber
  reason: not-per-requirements
  aware: 2026-03-02T09:15Z
  total: 30
populations:
  - {name: hosting, certificates: 20, path: [{wait: {time: 2 d}}]}
  - {name: acme, certificates: 10, path: [{wait: {time: 2 d}}]}
END
"$REVPLAN" import incident.db case.yaml --quiet >receipt
sha256sum incident.db >before
tells() {
	status=0
	"$REVPLAN" import populations incident.db "$@" || status=$?
	echo "-> $status"
	sha256sum --check --quiet before
}
counts() {	# lines below the header
	printf '%s\n' population,subscriber_size,expiry,certificates "$@" \
	    >counts.csv
	tells counts.csv
}
counts 'hosting,0,2026-03,5' 'hosting,x,2026-13,1.5' ',1,2026-03-32,-1' \
    'hosting,1,2026-W54,99999999999999999999' 'hosting,1,2025-W53,3' \
    'hosting,1,2026-3,' 'hosting,1,2026-03-01 00:00:00,1' \
    'hosting,1,2026-03' 'hosting,1,2026-03,1,1' 'hosting , "1",2026-03,4 ' \
    'hos"ting,1,2026-03,1' '"hosting,1,2026-03,1' '' 'hosting,1,2026-03,1'
counts 'hostin,1,2026-03,5' 'acme,1,,1' 'manual,1,,5' 'manual,2,,6'
counts 'hosting,3,2026-03,5' 'hosting,3,2026-04,2' 'hosting,2,2026-04,2'
counts 'hosting,1,2026-03,5' 'hosting,1,2026-W10,2' 'hosting,1,2026-02-28,2' \
    'hosting,1,2026-03-31,2'
counts 'hosting,1,2026-03,0' 'acme,1,2026-03,9'
counts 'hosting,4000000000,,4000000000' 'acme,1,,1'
counts
# The case does not hold with these: its total, and what expired before.
counts 'hosting,1,2026-04,21'
counts 'hosting,1,2025-04,20'
yes hosting,1,2026,3 | head -n 100 >rest
# shellcheck disable=SC2046 # a line is a word
counts $(cat rest)
: >counts.csv
tells counts.csv
printf 'population;subscriber_size;expiry;certificates\na;1;;1\n' >counts.csv
tells counts.csv
printf 'population,size,expiry,expiry,certificate\n' >counts.csv
tells counts.csv
printf 'population,subscriber_size,expiry,certificates\nhosting,1,\000,1\n' \
    >counts.csv
tells counts.csv
head -c 70000 /dev/zero | tr '\0' x >counts.csv
tells counts.csv
tells missing.csv
tells .
# The words of the command line.
"$REVPLAN" import populations incident.db || echo "-> $?"
"$REVPLAN" import populations || echo "-> $?"
"$REVPLAN" import populations none.db counts.csv || echo "-> $?"
"$REVPLAN" import populations case.yaml counts.csv || echo "-> $?"
tells counts.csv more.csv
tells counts.csv --ca-author clerk
tells counts.csv --format text --output counts.csv
"$REVPLAN" import populations incident.db counts.csv --output incident.db ||
    echo "-> $?"
sqlite3 empty.db 'CREATE TABLE t(x)'
"$REVPLAN" import populations empty.db counts.csv || echo "-> $?"
