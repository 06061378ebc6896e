# What the README says about a clock that runs: the dues are those that stand
# there, and each command of the day does what it says.
sed -n '/^## When a clock runs/,/^## What if/p' \
    "$(dirname "$SCENARIOS")/README.md" | sed -n '/^```/,/^```/p' >blocks
ln -s "$SCENARIOS" scenarios
sed -e '/^```/d' -e '/^\$ revplan import/,$d' blocks >said
sed -n -e '/^\$ /p' -e '/^    --/p' said |
    sed -e 's/^\$ revplan/"$REVPLAN"/' >commands
sh -eu commands >have
sed -e '/^\$ /d' -e '/^    --/d' said >want
diff want have
[ -s want ]

"$REVPLAN" new --template hosting --output case.yaml 2>talk
sed -n '/^\$ revplan import/,/^```/p' blocks | sed -e '/^```/d' \
    -e 's/^\$ revplan\(.*\)/"$REVPLAN"\1/' >commands
# The two that look for breaches find some.
sh -u commands >out 2>talk || [ $? = 1 ]
grep -c '^record' out
grep -c -e 'Not ready to be closed' -e 'still due' out
ls dues.ics first.md
grep -v ' note: ' talk || [ $? = 1 ]
