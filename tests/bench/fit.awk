# Reads growth.csv: prints each sweep with its exponents: the slope of the last
# two points on paper with logarithms on both axes, where a time is long enough
# to be one (a tenth of a second), and the greatest slope between any two
# neighbours that are.
BEGIN {
	FS = ","
	print "| grows with | command | from, to | seconds | MiB | slope at " \
	    "the end | steepest | memory at the end |"
	print "|---|---|---|---|---|---:|---:|---:|"
}

function close_off(    i, s, last, most, mem)
{
	last = most = mem = "-"
	for (i = 2; i <= n; i++) {
		mem = sprintf("%.2f", log(kib[i] / kib[i - 1]) / \
		    log(size[i] / size[i - 1]))
		if (cpu[i - 1] < 0.1)
			continue
		s = log(cpu[i] / cpu[i - 1]) / log(size[i] / size[i - 1])
		last = sprintf("%.2f", s)
		if (most == "-" || s > most)
			most = last
	}
	if (n > 0)
		printf "| %s | %s | %s-%s | %.3f-%.3f | %.0f-%.0f | %s | %s " \
		    "| %s |\n", sweep, command, size[1], size[n], cpu[1], \
		    cpu[n], kib[1] / 1024, kib[n] / 1024, last, most, mem
	n = 0
}

FNR > 1 {
	if ($1 != sweep || $3 != command)
		close_off()
	sweep = $1
	command = $3
	size[++n] = $2
	cpu[n] = $5
	kib[n] = $6
}

END {
	close_off()
}
