# Examples come first, and one list of commands serves them all.
"$REVPLAN" help
"$REVPLAN" help compare
"$REVPLAN" help --names
# Each command stands once in the list, under what one comes for.
"$REVPLAN" help --names | while read -r c; do
	n=$("$REVPLAN" help | grep -c "^  $c  ")
	[ "$n" -eq 1 ] || echo "$c is listed $n times"
	"$REVPLAN" help "$c" | sed -n 3p | grep -q '^Examples:$' ||
	    echo "the help of $c does not begin with examples"
done
if "$REVPLAN" help | grep '^Others:'; then echo "a command has no group"; fi
# The same words by whatever way.
"$REVPLAN" help compare >a
"$REVPLAN" compare --help >b
"$REVPLAN" compare -h case.yaml >c
cmp a b
cmp a c
"$REVPLAN" --help >d
"$REVPLAN" help >e
cmp d e
