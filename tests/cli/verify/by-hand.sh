# What revplan-store(5) says about computing digests without revplan: its
# commands, as they stand there, with the number of a record.
man=$(dirname "$SCENARIOS")/planner/man/revplan-store.5
cp "$SCENARIOS/mixed.yaml" case.yaml
"$REVPLAN" import incident.db case.yaml --quiet >/dev/null
"$REVPLAN" record incident.db actual as_of=2026-05-31 replaced=45% \
    population=acme note='ÅÖ, two bytes each' >receipt
# The part "By hand", the prompts taken away.
sed -n '/^\.Ss By hand/,/^\.Sh FILES/p' "$man" |
    sed -n '/^\.Bd/,/^\.Ed/p' | sed -e '/^\./d' -e 's/^\$ //' \
    -e 's/\\e/\\/g' -e 's/= 12/= 2/' >commands
sh -eu commands >digests
sed -e 's/ .*//' digests | uniq -c | sed 's/[0-9a-f]\{64\}/SHA256/'
grep -q "$(sed -n '1s/ .*//p' digests)" receipt
