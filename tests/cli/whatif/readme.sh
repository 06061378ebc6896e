# What the README says under "What if": its commands give the lines that stand
# under them there.
ln -s "$SCENARIOS" scenarios
sed -n '/^## What if/,/^## /p' "$(dirname "$SCENARIOS")/README.md" |
    awk '/^```/ { block = !block; plain = $0 == "```"; next }
	block && plain' >said
awk '{ command = more || /^\$ / }
    command { more = /\\$/; sub(/^\$ revplan/, "\"$REVPLAN\"") }
    { print >(command ? "commands" : "want") }' said
sh -eu commands 2>talk >have
diff want have
[ -s want ]
