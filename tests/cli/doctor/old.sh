# A gnuplot that is too old, one that draws something else, and one that does
# not say what it is.
mkdir bin
export PATH="$PWD/bin:$PATH"
try() {
	printf '#!/bin/sh\n%s\n' "$1" >bin/gnuplot
	chmod +x bin/gnuplot
	status=0
	"$REVPLAN" doctor --format csv --quiet >out.csv || status=$?
	grep -e ^gnuplot, -e charts, out.csv | cut -d , -f 1,2
	echo $status
}
try 'case $1 in --version) echo "gnuplot 4.6 patchlevel 0" ;; *) exit 1 ;; esac'
try 'case $1 in --version) echo "gnuplot 6.0 patchlevel 1" ;; *) echo no ;; esac'
try 'echo "not what you think"'
