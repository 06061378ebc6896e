set encoding utf8
set terminal svg size 420,350 dynamic font 'sans-serif,14' linewidth 1.3 background '#ffffff' noenhanced
set title 'fake-2020: deadline sheet' noenhanced
set colorsequence podo
set key bmargin center horizontal Left reverse samplen 1.5 width -3 font ',12' maxcols 2 noenhanced
set border 3 linecolor rgb '#444444'
set tics nomirror out
set grid ytics linecolor rgb '#dddddd' linetype 1
set xrange [1593187920:1609962480]
set xtics ('2020-07' 1593561600, '2020-10' 1601510400, '2021-01' 1609459200)
set ylabel 'harmed, percent of the base'
set yrange [0:100]
set ytics 0,20,100
set border 11
set y2label 'certificate-days saved, thousands'
set y2range [0:5]
set y2tics 0,1,5
$sheet << EOD
1593950400 100.00 99.81 100.19 5
1594252800 80.00 79.81 80.19 4
1594339200 60.00 59.81 60.19 3
1594857600 40.00 39.81 40.19 2
1609200000 20.00 19.81 20.19 1
EOD
$deadline << EOD
1594252800 0
1594252800 100
EOD
plot $sheet using 1:3:4 with filledcurves fillcolor rgb '#56b4e9' fillstyle transparent solid 0.4 noborder title 'harmed, 10-90 %' noenhanced, \
    $sheet using 1:2 with linespoints linewidth 2 dashtype 1 pointtype 7 pointsize 0.6 linecolor rgb '#0072b2' title 'harmed (left)' noenhanced, \
    $sheet using 1:5 axes x1y2 with linespoints linewidth 2 dashtype 2 pointtype 5 pointsize 0.6 linecolor rgb '#e69f00' title 'days saved (right)' noenhanced, \
    $deadline with lines linewidth 1.5 dashtype 3 linecolor rgb '#d55e00' title 'deadline 2020-07-09' noenhanced
