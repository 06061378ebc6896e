# What can be recorded: help and manual name the same kinds.
man=$(dirname "$SCENARIOS")/planner/man/revplan-record.1
"$REVPLAN" help record | sed -n '/^KIND:/,/^$/p'
"$REVPLAN" help record | sed -n '/^KIND:/,/^$/s/^  \([a-z]\{1,\}\) .*/\1/p' |
    sort >kinds
sed -n 's/^\.It Cm \([a-z]*\)$/\1/p' "$man" | sort >pages
diff kinds pages
