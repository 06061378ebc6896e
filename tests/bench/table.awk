# Reads the table of rows and the goals; prints the tables in Markdown, and the
# figures to `csv`.  The files of the rows hold TRIALS WALL CPU KIB a line.
BEGIN {
	FS = "|"
	print "key,what,trials,runs,wall_s,wall_least_s,wall_most_s,cpu_s," \
	    "cpu_least_s,cpu_most_s,trials_per_cpu_s,peak_kib" >csv
	print "# Benchmark of revplan\n"
	while ((getline line <(folder "/machine")) > 0)
		print line
	print "- medians of " runs " rounds, one thread where not said\n"
	print "| what | trials/s | least-most | wall s | cpu s | MiB |"
	print "|---|---:|---:|---:|---:|---:|"
}

function sort(v, n,    i, j, x)
{
	for (i = 2; i <= n; i++) {
		x = v[i]
		for (j = i - 1; j > 0 && v[j] > x; j--)
			v[j + 1] = v[j]
		v[j + 1] = x
	}
}

function median(v, n)
{
	sort(v, n)
	return n % 2 ? v[(n + 1) / 2] : (v[n / 2] + v[n / 2 + 1]) / 2
}

# Three digits that mean something, thousands apart.
function figure(x,    s)
{
	if (x < 10)
		return sprintf("%.2f", x)
	if (x < 100)
		return sprintf("%.1f", x)
	s = sprintf("%.0f", x)
	for (x = length(s) - 3; x > 0; x -= 3)
		s = substr(s, 1, x) "," substr(s, x + 1)
	return s
}

function load(key,    file, line, f, n, w, c, m)
{
	file = folder "/" key
	while ((getline line <file) > 0) {
		split(line, f, " ")
		n++
		trials[key] = f[1]
		w[n] = f[2] + 0
		c[n] = f[3] + 0
		m[n] = f[4] + 0
	}
	if (n == 0)
		return 0
	wall[key] = median(w, n)
	least_wall[key] = w[1]
	most_wall[key] = w[n]
	cpu[key] = median(c, n)
	least_cpu[key] = c[1]
	most_cpu[key] = c[n]
	memory[key] = median(m, n)
	return n
}

function row(key, what,    n, t, rate, range, two)
{
	n = load(key)
	t = trials[key]
	two = key ~ /-2$/
	rate = range = "-"
	if (t > 0) {
		rate = figure(t / (two ? wall[key] : cpu[key]))
		range = figure(t / (two ? most_wall[key] : most_cpu[key])) "-" \
		    figure(t / (two ? least_wall[key] : least_cpu[key]))
	}
	printf "| %s | %s | %s | %.3f | %.3f | %s |\n", what, rate, range, \
	    wall[key], cpu[key], figure(memory[key] / 1024)
	printf "%s,\"%s\",%d,%d,%.6f,%.6f,%.6f,%.6f,%.6f,%.6f,%.1f,%d\n", \
	    key, what, t, n, wall[key], least_wall[key], most_wall[key], \
	    cpu[key], least_cpu[key], most_cpu[key], t / cpu[key], \
	    memory[key] >csv
}

function ratio(a, how, b)
{
	if (how == "cpu")
		return (trials[a] / cpu[a]) / (trials[b] / cpu[b])
	if (how == "wall")
		return (trials[a] / wall[a]) / (trials[b] / wall[b])
	if (how == "time")
		return wall[a] / wall[b]
	return memory[a] / memory[b]
}

function verdict(r, wanted,    w)
{
	split(wanted, w, " ")
	if (w[1] == "-")
		return "-"
	if (w[1] == ">=")
		return r >= w[2] ? "met" : "missed"
	return r < w[2] || (w[1] == "<=" && r == w[2]) ? "met" : "missed"
}

FNR == 1 && NR > 1 {
	print "\nTrials a second are those of processor time; with two " \
	    "threads or ranks, of the wall.  A\nyardstick is timed without " \
	    "its start, revplan with it.\n"
	print "| compared | by | ratio | goal | |"
	print "|---|---|---:|---:|---|"
}

NR == FNR {
	row($1, $5)
	next
}

/^#/ || NF < 5 {
	next
}

!($1 in wall) {
	printf "| %s | %s | - | %s | not measured |\n", $5, $2, $4
	next
}

{
	r = ratio($1, $2, $3)
	printf "| %s | %s | %s | %s | %s |\n", $5, $2, figure(r), $4, \
	    verdict(r, $4)
}
