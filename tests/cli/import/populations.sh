# What was counted elsewhere becomes the figures of the case; the rest stays.
head='s/[0-9a-f]\{64\}/HEAD/'
cat >case.yaml <<'END'
revplan: 1
incident:
  id: counted-2026
  certificate: subscriber
  reason: not-per-requirements
  aware: 2026-03-02T09:15Z
populations:
  - name: hosting
    certificates: {value: 9000, basis: stated, source: comment 4}
    expiry: 2026-06-01
    path: [{team: {what: install, rate: 100/working-day}}]
  - name: acme
    certificates: 500
    path: [{poll: {every: 1 d}}]
  - name: by hand, late
    certificates: 7
    owns: [{name: giant, subscribers: 1, certificates: 7}]
    path: [{wait: {time: 3 d}}]
updates: [2026-03-10T12:00Z]
END
"$REVPLAN" import incident.db case.yaml --quiet | sed "$head"
# Columns in any order, one that is not used, quotes, line ends of Windows, a
# byte order mark, a line twice, and a subscriber over two months.
printf '\357\273\277' >counts.csv
printf '%s\r\n' EXPIRY,certificates,note,Population,subscriber_size \
    2026-03,400,,hosting,1 2026-04,800,x,hosting,1 \
    '2026-04,100,"a ""b"", c",hosting,3' 2026-05,50,,hosting,3 \
    2026-05,12000,,hosting,12000 2026-W23,9,,hosting,1 \
    '2026-06-08,2,,"hosting",2' '2026-06-08,4,, hosting ,2' ',60,,hosting,1' \
    '2026-03,5,,"by hand, late",1' >>counts.csv
step() {
	SOURCE_DATE_EPOCH=1772600000 "$REVPLAN" import populations "$@" |
	    sed "$head"
}
step incident.db counts.csv
echo "# as a scenario"
"$REVPLAN" export incident.db --quiet >whole.yaml
sed "s/$(sha256sum <counts.csv | cut -c1-64)/DIGEST/" whole.yaml
"$REVPLAN" validate incident.db --quiet
"$REVPLAN" verify incident.db | sed "$head"
"$REVPLAN" import other.db whole.yaml --quiet | sed "$head"
echo "# the same again, by another name of the same file, and out of order"
sha256sum incident.db >before
step ./counts.csv incident.db --quiet
step - incident.db --format json --quiet <counts.csv |
    sed -e "$head" -e '/"version"/d'
sqlite3 incident.db "SELECT id, kind, source, lower(hex(source_sha256)) = \
    '$(sha256sum <counts.csv | cut -c1-64)' FROM record"
echo "# counted again later"
printf '%s\n' population,subscriber_size,expiry,certificates hosting,1,,77 |
    step incident.db -
"$REVPLAN" export incident.db --quiet | sed -n '/^- name: hosting/,/^- /p' |
    sed 's/, SHA-256.*//'
echo "# the scenario again, as it was written and with the counts in it"
"$REVPLAN" export incident.db --quiet >counted.yaml
"$REVPLAN" import incident.db counted.yaml
"$REVPLAN" import incident.db case.yaml | sed "$head"
"$REVPLAN" simulate incident.db --trials 50 --quiet >simulated
grep -c hosting simulated
