# A case with much of one kind: awk -v what=populations -v n=100 -f cases.awk
#
# what: populations, steps (of one path), holds, risks, rollouts or
# discoveries.  90 days in steps of a day, 200 trials, whatever n is.
function head() {
	print "revplan: 1"
	print "incident: {id: big, title: Much of one kind, certificate: " \
	    "subscriber,"
	print "  reason: not-per-requirements, aware: 2026-01-05T00:00Z}"
	print "simulation: {horizon: 2026-04-05, step: 1 d, trials: 200, " \
	    "seed: 1}"
}
function population(k) {
	printf "  - {name: p%d, certificates: %d, path: [\n", k, 100 + k % 37
	printf "      {wait: {what: answer, time: {lognormal: {median: %d d, " \
	    "sigma: 0.8}}}},\n", 3 + k % 9
	printf "      {wait: {what: install, time: {uniform: [0 d, 2 d]}}}]}\n"
}
function day(k) {
	return sprintf("2026-%02d-%02d", 2 + int(k / 28) % 2, 1 + k % 28)
}
BEGIN {
	few = what == "populations" ? n : 3
	head()
	print "populations:"
	if (what == "steps") {
		print "  - name: p"
		print "    certificates: 1000"
		print "    path:"
		for (k = 0; k < n; k++)
			printf "      - wait: {what: step %d, time: {uniform: " \
			    "[0 h, %d h]}}\n", k, 2 + k % 3
	} else
		for (k = 0; k < few; k++)
			population(k)
	if (what == "populations" || what == "steps")
		exit
	print "events:"
	for (k = 0; k < n; k++) {
		if (what == "holds")
			printf "  - hold: {on: %s, population: p%d, " \
			    "certificates: 2}\n", day(8 + k), k % 3
		if (what == "risks")
			printf "  - risk: {probability: 10%%, then: {discovery: " \
			    "{on: %s, population: p%d, certificates: 10}}}\n",
			    day(8 + k), k % 3
		if (what == "rollouts")
			printf "  - rollout: {on: %s, population: p%d, share: " \
			    "1%%, path: [{wait: {what: automated %d, time: 6 h}}]}\n",
			    day(8 + k), k % 3, k
		if (what == "discoveries")
			printf "  - discovery: {on: %s, population: p%d, " \
			    "certificates: 10}\n", day(8 + k), k % 3
	}
}
