# Reads error.csv: per case, population, number of trials and design the true
# spread of the date over the seeds, beside the mean of the errors that were
# told, and by how much plain trials are worse: with as many trials, and in as
# much time (their error falls with the root of the time).
BEGIN {
	FS = ","
	print "| case | population | trials | design | spread, d | told, d " \
	    "| ms | plain / this, same trials | same time |"
	print "|---|---|---:|---|---:|---:|---:|---:|---:|"
}

# Days since some day, and the part of the day.
function days(s,    y, m, d)
{
	y = substr(s, 1, 4) + 0
	m = substr(s, 6, 2) + 0
	d = substr(s, 9, 2) + 0
	if (m < 3) {
		y--
		m += 12
	}
	return 365 * y + int(y / 4) - int(y / 100) + int(y / 400) + \
	    int((153 * (m - 3) + 2) / 5) + d + substr(s, 12, 2) / 24
}

FNR > 1 {
	key = $1 "," $2 "," $4
	if (!(key in seen)) {
		seen[key] = 1
		order[++keys] = key
	}
	k = key "," $3
	if ($6 == "") {
		open[key] = 1
		next
	}
	x = days($6)
	if (!(k in n))
		first[k] = x
	x -= first[k]
	n[k]++
	sum[k] += x
	squares[k] += x * x
	told[k] += $7
	cpu[k] += $8
}

# A date is that of a whole day: its rounding is no error of the trials.
function spread(k,    v)
{
	v = (squares[k] - sum[k] ^ 2 / n[k]) / (n[k] - 1) - 1 / 12
	return v > 0 ? sqrt(v) : 0
}

function row(key, design,    k, p, f, s)
{
	k = key "," design
	p = key ",random"
	if (n[k] < 2 || n[p] < 2 || spread(p) == 0)
		return
	split(key, f, ",")
	s = spread(k)
	printf "| %s | %s | %d | %s | %.2f | %.2f | %.0f | %s | %s |\n", \
	    f[1], f[2], f[3], design, s, told[k] / n[k], \
	    1000 * cpu[k] / n[k], s == 0 ? "many" : \
	    sprintf("%.2f", spread(p) / s), s == 0 ? "many" : \
	    sprintf("%.2f", spread(p) / s * \
	    sqrt((cpu[p] / n[p]) / (cpu[k] / n[k])))
}

END {
	for (i = 1; i <= keys; i++) {
		if (open[order[i]])
			continue
		row(order[i], "random")
		row(order[i], "latin-hypercube")
		row(order[i], "quasi-random")
	}
}
