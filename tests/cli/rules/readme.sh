# What the README shows of a ballot is what is printed.
sed -n '/^## Rules covered/,/^## /p' "$(dirname "$SCENARIOS")/README.md" |
    sed -n '/^```/,/^```/p' | sed '/^```/d' >said
sed -n 's/^\$ revplan/"$REVPLAN"/p' said >command
sed '/^\$ /d' said >want
[ -s want ]
sh -eu command | sed -e '/^revplan [0-9]/d' | sed -e '${/^$/d}' >have
diff want have
