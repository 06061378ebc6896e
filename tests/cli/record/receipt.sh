# The receipt is printed when the record is on the disk; where it cannot be
# printed, that is said.
cp "$SCENARIOS/mixed.yaml" case.yaml
"$REVPLAN" import incident.db case.yaml --quiet >/dev/null
export SOURCE_DATE_EPOCH=1781000000
"$REVPLAN" record update incident.db at=2026-06-09T10:00Z \
    --output receipt.txt
sed 's/[0-9a-f]\{64\}/HEAD/' receipt.txt
"$REVPLAN" record incident.db at=2026-06-10T10:00Z id=second update \
    --format json | sed 's/[0-9a-f]\{64\}/HEAD/'
status=0
"$REVPLAN" record incident.db update at=2026-06-11T10:00Z >/dev/full ||
    status=$?
echo "-> $status"
"$REVPLAN" export incident.db records --format csv --quiet | tail -n 1 |
    cut -d, -f1,3,4
# The head of the receipt is the head of the chain.
head=$("$REVPLAN" record incident.db update at=2026-06-12T10:00Z |
    sed 's/.*(head \([0-9a-f]*\))/\1/')
"$REVPLAN" verify incident.db | grep -c "head $head, no fault"
