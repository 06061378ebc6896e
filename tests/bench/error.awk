# Reads error.csv: per case, population, number of trials and design the true
# standard error of the 80 % date, beside the mean of those that were told, and
# by how much plain trials are worse: with as many trials, and in as much time
# (an error falls with the root of the time).
BEGIN {
	FS = ","
	print "| case | population | trials | design | error, d | told, d " \
	    "| ms | plain / this, same trials | same time |"
	print "|---|---|---:|---|---:|---:|---:|---:|---:|"
}

FNR == 1 {
	next
}

{
	where = $1 "," $6
}

# How much more are done a day later, about the date.
$2 == "true" {
	slope[where] += $7 * $8 / 98
	next
}

$7 == 0 {
	key = where "," $3
	if (!(key in seen)) {
		seen[key] = where
		order[++keys] = key
	}
	k = key "," $2
	n[k]++
	sum[k] += $8
	squares[k] += $8 * $8
	told[k] += $9
	cpu[k] += $5
}

function error_of(k,    v)
{
	v = (squares[k] - sum[k] ^ 2 / n[k]) / (n[k] - 1)
	return v > 0 ? sqrt(v) : 0
}

function row(key, design,    k, p, f, s, days)
{
	k = key "," design
	p = key ",random"
	s = error_of(k)
	days = slope[seen[key]]
	if (s == 0 || days <= 0)
		return
	split(key, f, ",")
	printf "| %s | %s | %d | %s | %.3f | %.3f | %.0f | %.2f | %.2f |\n", \
	    f[1], f[2], f[3], design, s / days, told[k] / n[k] / days, \
	    1000 * cpu[k] / n[k], error_of(p) / s, error_of(p) / s * \
	    sqrt((cpu[p] / n[p]) / (cpu[k] / n[k]))
}

END {
	for (i = 1; i <= keys; i++) {
		row(order[i], "random")
		row(order[i], "latin-hypercube")
		row(order[i], "quasi-random")
	}
}
