# A machine without gnuplot, zones, a folder to write to, or a language: each
# has its line with what to do, and the status says that commands will fail.
cut=$(command -v cut)
export LC_ALL=C TZDIR=/nonexistent TMPDIR=/nonexistent
status=0
PATH=/nonexistent "$REVPLAN" doctor --format csv --quiet >out.csv || status=$?
"$cut" -d , -f 1,2 out.csv
grep -c 'make deps' out.csv
exit $status
