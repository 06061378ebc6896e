# The pages say what the tables of commands and options say.
man=$(dirname "$SCENARIOS")/planner/man
for c in $("$REVPLAN" help --names); do
	"$REVPLAN" help --mdoc "$c" >want
	sed -n -e '/^\.Sh SYNOPSIS/,/^\.Sh DESCRIPTION/p' \
	    -e '/^\.Sh OPTIONS/,/^\.Sh EXIT STATUS/p' "$man/revplan-$c.1" |
	    sed -e '/^\.Sh DESCRIPTION/d' -e '/^\.Sh EXIT STATUS/d' >have
	cmp want have || diff want have
	sed -n 's/^\.Nd //p' "$man/revplan-$c.1" >summary
	grep -qF "$(cat summary)" <<END
$("$REVPLAN" help)
END
	grep -q "revplan-$c 1" "$man/revplan.1"
done
