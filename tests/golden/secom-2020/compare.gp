set encoding utf8
set terminal svg size 420,372 dynamic font 'sans-serif,14' linewidth 1.3 background '#ffffff' noenhanced
set title 'SECOM-2020-OCSPEKU: planned and actual' noenhanced
set colorsequence podo
set key bmargin center horizontal Left reverse samplen 1.5 width -3 font ',12' maxcols 2 noenhanced
set border 3 linecolor rgb '#444444'
set tics nomirror out
set grid ytics linecolor rgb '#dddddd' linetype 1
set origin 0,0.0591
set size 1,0.9409
set label 'revplan -, as of 2021-03-31 (internal view), input ’secom-2020.yaml’ SHA-256' at screen 0.01,0.0444 font ',8' textcolor rgb '#444444' noenhanced
set label '-' at screen 0.01,0.0148 font ',8' textcolor rgb '#444444' noenhanced
set boxwidth 0.6
set xrange [0.4:8.6]
set xtics ('2020-08' 1, '2020-10' 3, '2020-12' 5, '2021-02' 7)
set ylabel 'percent of the base'
set yrange [0.0:115]
set ytics 20
set xzeroaxis linetype 1 linecolor rgb '#444444'
$difference << EOD
1 6.0
2 11.1
3 19.4
4 23.4
5 31.4
6 21.8
7 8.7
EOD
$planned << EOD
1 5.0
2 25.0
3 30.0
4 35.0
5 45.0
6 70.0
7 85.0
8 100.0
EOD
$actual << EOD
1 11.0
2 36.1
3 49.4
4 58.4
5 76.4
6 91.8
7 93.7
EOD
plot $difference using 1:2 with boxes fillcolor rgb '#e69f00' fillstyle solid 0.7 border linecolor rgb '#8a5f00' title 'difference (pt)' noenhanced, \
    $difference using 1:(109):(sprintf('%.1f', $2)) with labels font ',11' noenhanced notitle, \
    $planned using 1:2 with linespoints linewidth 2 dashtype 2 pointtype 4 linecolor rgb '#d55e00' title 'planned' noenhanced, \
    $actual using 1:2 with linespoints linewidth 2 dashtype 1 pointtype 7 linecolor rgb '#0072b2' title 'actual' noenhanced
