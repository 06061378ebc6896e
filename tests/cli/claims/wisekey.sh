# A promise was shortened openly, slipped, and was said to have been kept: the
# ledger says so, to everybody and in every format.
cp "$SCENARIOS/wisekey-2020.yaml" case.yaml
status=0
"$REVPLAN" claims case.yaml --as-of 2020-12-31 --format csv --quiet >a.csv ||
    status=$?
echo "-> $status"
cut -d, -f1-2 a.csv
grep -o '^mid-august.*slipped,9.0' a.csv
grep -o '^as-announced.*contradicted' a.csv
# The day before the promised one nobody could know.
"$REVPLAN" claims case.yaml --as-of 2020-08-14 --view public | tail -n 4 | head -n 2
"$REVPLAN" claims case.yaml --as-of 2020-12-31 --format json >a.json || true
grep -c '"verdict": "slipped"' a.json
grep -A 1 '"due": "2020-08-15"' a.json | head -n 2
"$REVPLAN" claims case.yaml --as-of 2020-12-31 --format markdown | grep -c '^|' || true
"$REVPLAN" claims case.yaml --as-of 2020-12-31 --output a.html || true
grep -c '<td>contradicted</td>' a.html
# For readers no line is wider than a terminal, but for the digest.
"$REVPLAN" claims case.yaml --as-of 2020-12-31 | grep -v SHA-256 | awk 'length($0) > 80'
exit $status
