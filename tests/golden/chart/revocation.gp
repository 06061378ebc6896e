set encoding utf8
set terminal svg size 420,350 dynamic font 'sans-serif,14' linewidth 1.3 background '#ffffff' noenhanced
set title 'fake-2020: replaced and revoked' noenhanced
set colorsequence podo
set key bmargin center horizontal Left reverse samplen 1.5 width -3 font ',12' maxcols 2 noenhanced
set border 3 linecolor rgb '#444444'
set tics nomirror out
set grid ytics linecolor rgb '#dddddd' linetype 1
set xrange [1593648000:1594684800]
set xtics ('2020-07-02' 1593648000, '2020-07-07' 1594080000, '2020-07-12' 1594512000)
set ylabel 'percent of the base'
set yrange [0:100]
set ytics 0,20,100
$replaced << EOD
1593648000 0.00 0.00 0.00
1593734400 0.00 0.00 0.00
1593820800 0.00 0.00 0.00
1593907200 0.00 0.00 0.00
1593993600 0.00 0.00 0.00
1594080000 0.00 0.00 0.00
1594166400 0.32 0.39 0.49
1594252800 0.64 0.78 0.99
1594339200 0.96 1.17 1.48
1594425600 1.29 1.56 1.97
1594512000 1.61 1.95 2.47
1594598400 1.93 2.34 2.96
1594684800 2.25 2.73 3.46
EOD
$revoked << EOD
1593648000 0.00 0.00 0.00
1593734400 0.00 0.00 0.00
1593820800 0.00 0.00 0.00
1593907200 0.00 0.00 0.00
1593993600 0.00 0.00 0.00
1594080000 0.00 0.00 0.00
1594166400 0.00 0.00 0.00
1594252800 0.00 0.00 0.00
1594339200 49.78 50.00 50.37
1594425600 49.78 50.00 50.37
1594512000 49.78 50.00 50.37
1594598400 49.78 50.00 50.37
1594684800 49.78 50.00 50.37
EOD
$harmed << EOD
1593648000 0.00 0.00 0.00
1593734400 0.00 0.00 0.00
1593820800 0.00 0.00 0.00
1593907200 0.00 0.00 0.00
1593993600 0.00 0.00 0.00
1594080000 0.00 0.00 0.00
1594166400 0.00 0.00 0.00
1594252800 0.00 0.00 0.00
1594339200 4.89 5.00 5.19
1594425600 4.89 5.00 5.19
1594512000 4.89 5.00 5.19
1594598400 4.89 5.00 5.19
1594684800 4.89 5.00 5.19
EOD
$deadline << EOD
1594252800 0
1594252800 100
EOD
plot $replaced using 1:2:4 with filledcurves fillcolor rgb '#0072b2' fillstyle transparent solid 0.25 noborder notitle, \
    $revoked using 1:2:4 with filledcurves fillcolor rgb '#009e73' fillstyle transparent solid 0.25 noborder notitle, \
    $harmed using 1:2:4 with filledcurves fillcolor rgb '#000000' fillstyle transparent solid 0.25 noborder notitle, \
    $replaced using 1:3 with lines linewidth 2 dashtype 1 linecolor rgb '#0072b2' title 'replaced' noenhanced, \
    $revoked using 1:3 with lines linewidth 2 dashtype 2 linecolor rgb '#009e73' title 'revoked' noenhanced, \
    $harmed using 1:3 with lines linewidth 2 dashtype 4 linecolor rgb '#000000' title 'harmed' noenhanced, \
    $deadline with lines linewidth 1.5 dashtype 3 linecolor rgb '#d55e00' title 'deadline 2020-07-09' noenhanced
