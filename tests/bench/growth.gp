# Draws growth.csv (csv, svg: set by the caller): a row of panels for the time,
# one for the memory; the grey line is what grows as its size does.
set datafile separator ","
set terminal svg size 1500,720 font "DejaVu Sans,13" background "white"
set output svg
set multiplot layout 2,4 margins 0.055,0.99,0.09,0.90 spacing 0.045,0.13 \
    title "revplan: time and memory by size (one thread)" font ",16"
set logscale xy
set grid back lc "#dddddd" lt 1
set border 3 lc "#888888"
set tics nomirror
set format x "10^{%T}"
set format y "10^{%T}"
set key left top samplen 1.5
array Sweep[4] = ["certificates", "populations", "trials", "days"]
array Title[4] = ["certificates (4 populations, 1,000 trials)", \
    "populations (10^6 certificates, 100 trials)", \
    "trials (4 populations)", "days of the horizon (daily; x: hourly)"]
of(s, c, col) = sprintf( \
    "< awk -F, '$1 == \"%s\" && $3 == \"%s\" { print $2 \",\" %s }' %s", \
    s, c, col, csv)
array Column[2] = ["$5", "$6 / 1024"]
array Unit[2] = ["seconds of processor time", "MiB at most"]
array Words[3] = ["csv", "text", "plan"]
array Colour[3] = ["#1f5fa8", "#c4541a", "#2c8a57"]
do for [row = 1:2] {
	do for [i = 1:4] {
		set xlabel Title[i]
		set ylabel (i == 1 ? Unit[row] : "")
		# A sweep that was not asked for leaves its panel out.
		if (system(sprintf("grep -c '^%s,.*,csv,' %s", Sweep[i], \
		    csv)) < 2) { set multiplot next; continue }
		set autoscale
		stats of(Sweep[i], "csv", Column[row]) using 1:2 nooutput
		x0 = STATS_min_x; x1 = STATS_max_x
		# Steps of an hour begin with 3 days.
		set xrange [(i == 4 ? 2 : x0 / 1.5):x1 * 1.5]
		if (row == 1) {
			y0 = 0.02
			set yrange [0.005:200]
		} else {
			y0 = 10
			set yrange [4:4000]
		}
		plot y0 * x / x0 with lines lc "#999999" dt 2 \
		    title (i == 1 ? "in step with the size" : ""), \
		    for [c = 1:3] of(Sweep[i], Words[c], Column[row]) \
		    using 1:2 with linespoints pt 7 ps 0.6 lc rgb Colour[c] \
		    title (i == 1 ? (c == 1 ? "simulate, csv" : \
		    c == 2 ? "simulate, text" : "plan") : ""), \
		    for [c = 1:(i == 4 ? 3 : 0)] of("hours", Words[c], \
		    Column[row]) using 1:2 with linespoints pt 2 ps 0.8 dt 3 \
		    lc rgb Colour[c] notitle
	}
}
unset multiplot
