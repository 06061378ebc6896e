# Looks at the last line of a yardstick: TRIALS WALL CPU MEAN ERROR MEAN ERROR.
# The means are held against the known answers of the reference workload, with
# the spread of one trial, so that a yardstick that counts wrongly is found
# however fast it is.
#
# Both follow from the law of one certificate by quadrature: of the individuals
# 20000 F(365) are done within 365 days, and the mean day of completion is the
# sum of 1 - F(d)^20000 over the days; the other populations end long before.
function off(mean, known, spread)
{
	return sqrt((mean - known) ^ 2) > 4.5 * spread / sqrt($1)
}

{
	line = $0
	bad = NF != 7 || $1 < 1 || off($4, 19873.40, 11.2) ||
	    off($6, 1752.6, 610)
}

END {
	if (NR == 0 || bad) {
		print "not the known answers: " line
		exit 1
	}
}
