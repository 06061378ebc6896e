# Examples come first, and one list of commands serves them all.
"$REVPLAN" help
"$REVPLAN" help compare
"$REVPLAN" help --names
# The same words by whatever way.
"$REVPLAN" help compare >a
"$REVPLAN" compare --help >b
"$REVPLAN" compare -h case.yaml >c
cmp a b
cmp a c
"$REVPLAN" --help >d
"$REVPLAN" help >e
cmp d e
