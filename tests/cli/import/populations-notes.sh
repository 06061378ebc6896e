# What counts cannot say is a note, each once; sizes beyond 500 are put
# together, and sums stay what they were.
cat >case.yaml <<'END'
revplan: 1
incident: {id: notes, certificate: subscriber, reason: not-per-requirements,
  aware: 2026-03-02T09:15Z}
populations:
  - {name: many, certificates: 1, path: [{wait: {time: 2 d}}]}
  - {name: few, certificates: 1, path: [{wait: {time: 2 d}}]}
  - {name: other, certificates: 1, path: [{wait: {time: 2 d}}]}
END
"$REVPLAN" import incident.db case.yaml --quiet >receipt
counts() {	# lines on standard input
	{ echo population,subscriber_size,expiry,certificates; cat; } >counts.csv
	"$REVPLAN" import populations incident.db counts.csv |
	    sed 's/[0-9a-f]\{64\}/HEAD/'
}
echo "# 3000 sizes"
seq 3000 | awk '{ print "many," $1 ",2026-0" 4 + $1 % 2 "," 2 * $1 }' | counts
"$REVPLAN" export incident.db --quiet | sed -n 's/.*{subscribers: //p' |
    tr -d 'a-z:},' | awk '{ s += $1; c += $2; n++ } END { print n, s, c }'
echo "# cut months, cut weeks, one day twice"
printf 'few,1,2026-0%d-01,5\n' 4 5 6 | counts
printf 'few,1,2026-04-%s,5\n' 06 13 20 20 | counts
echo "# expired before, and not known"
printf 'few,1,%s,5\n' 2026-01 2026-02 2026-03 '' | counts
echo "# large ones late, and all of them alike"
printf 'few,%s\n' 1,2026-03,600 1,2026-04,400 7,2026-03,7 7,2026-05,700 | counts
printf 'few,%s\n' 1,2026-03,60 1,2026-04,40 7,2026-03,420 7,2026-04,280 | counts
