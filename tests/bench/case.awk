# Prints a case of any size, in the manner of the reference workload.
#   awk -v certificates=N -v populations=N -v days=N -v step='1 d' \
#       -v uncertain=0|1 -f case.awk
# The certificates are shared out evenly, the kinds of populations take turns,
# and a team has a hundred working days of work whatever its size.
function number(x)
{
	return uncertain ? sprintf("{triangular: [%s, %s, %s]}", x * 0.8, x, \
	    x * 1.2) : x
}

function rate(n,    r)
{
	r = n / 100 < 1 ? 1 : int(n / 100)
	return uncertain ? sprintf("{triangular: [%s/working-day, " \
	    "%s/working-day, %s/working-day]}", r * 0.8, r, r * 1.2) : \
	    r "/working-day"
}

function median(days)
{
	return uncertain ? sprintf("{triangular: [%s d, %s d, %s d]}", \
	    days * 0.8, days, days * 1.2) : days " d"
}

function wait(what, days, sigma, per)
{
	return sprintf("wait: {what: %s,%s time: {lognormal: {median: %s, " \
	    "sigma: %s}}}", what, per ? " per: subscriber," : "", \
	    median(days), number(sigma))
}

function step_of(text)
{
	print "      - " text
}

BEGIN {
	split("31 28 31 30 31 30 31 31 30 31 30 31", month, " ")
	year = 2026
	m = 1
	for (day = 5 + days; day > month[m]; m = m % 12 + 1) {
		day -= month[m]
		year += m == 12
	}
	print "revplan: 1"
	print "incident:"
	print "  id: bench-growth"
	print "  certificate: subscriber"
	print "  reason: not-per-requirements"
	print "  aware: 2026-01-05T00:00Z"
	printf "simulation: {horizon: %d-%02d-%02d, step: %s}\n", year, m, \
	    day, step
	print "populations:"
	for (p = 0; p < populations; p++) {
		n = int(certificates / populations)
		print "  - name: population-" p + 1
		print "    certificates: " n
		if (p % 4 < 2)
			print "    subscribers: 1"
		print "    path:"
		if (p % 4 == 0) {
			step_of(wait("consent", 5, 0.5, 1))
			step_of("wait: {what: preparation, per: subscriber, " \
			    "time: 15 d}")
			step_of("team: {what: install, rate: " rate(n) "}")
		} else if (p % 4 == 1) {
			step_of(wait("consent", 10, 0.5, 1))
			step_of("team: {what: install, rate: " rate(n) "}")
		} else if (p % 4 == 2) {
			step_of(wait("response", 30, 1, 0))
			step_of("wait: {what: install, time: {uniform: " \
			    "[1 d, 3 d]}}")
			step_of("batch: {what: working day, on: working-day}")
		} else {
			step_of("wait: {what: renewal, time: {uniform: " \
			    "[0 d, 1 d]}}")
			step_of("branch:")
			print "          share: 2%"
			print "          path:"
			print "            - " wait("repair", 10, 1, 0)
			print "            - batch: {what: working day, on: " \
			    "working-day}"
		}
	}
}
