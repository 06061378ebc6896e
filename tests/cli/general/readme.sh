# What the README says about a store: its commands give the lines that stand
# under them there.
sed -n '/^## Keep an incident/,/^## /p' \
    "$(dirname "$SCENARIOS")/README.md" >section
sed -n '/^```/,/^```/p' section | sed '/^```/d' >said
sed -n -e '/^\$ /p' -e '/^    /p' said | sed -e 's/^\$ revplan/"$REVPLAN"/' \
    >commands
sh -eu commands 2>talk | sed 's/[0-9a-f]\{64\}/.../' >have
sed -e '/^\$ /d' -e '/^    /d' said >want
diff want have
[ -s want ]
