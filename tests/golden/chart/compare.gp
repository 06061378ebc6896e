set encoding utf8
set terminal svg size 420,350 dynamic font 'sans-serif,14' linewidth 1.3 background '#ffffff' noenhanced
set title 'fake-2020: planned and actual' noenhanced
set colorsequence podo
set key bmargin center horizontal Left reverse samplen 1.5 width -3 font ',12' maxcols 2 noenhanced
set border 3 linecolor rgb '#444444'
set tics nomirror out
set grid ytics linecolor rgb '#dddddd' linetype 1
set boxwidth 0.6
set xrange [0.4:8.6]
set xtics ('2020-08' 1, '2020-10' 3, '2020-12' 5, '2021-02' 7)
set ylabel 'percent of the base'
set yrange [0.0:115]
set ytics 20
set xzeroaxis linetype 1 linecolor rgb '#444444'
$difference << EOD
1 6.0
5 31.4
EOD
$planned << EOD
1 5.0
5 45.0
8 100.0
EOD
$actual << EOD
1 11.0
5 76.4
EOD
plot $difference using 1:2 with boxes fillcolor rgb '#e69f00' fillstyle solid 0.7 border linecolor rgb '#8a5f00' title 'difference (pt)' noenhanced, \
    $difference using 1:(109):(sprintf('%.1f', $2)) with labels font ',11' noenhanced notitle, \
    $planned using 1:2 with linespoints linewidth 2 dashtype 2 pointtype 4 linecolor rgb '#d55e00' title 'planned' noenhanced, \
    $actual using 1:2 with linespoints linewidth 2 dashtype 1 pointtype 7 linecolor rgb '#0072b2' title 'actual' noenhanced
