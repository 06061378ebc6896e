# A day for a compromised key, over 29 February: one second before the
# deadline, at it, and one second later; recorded and published.
cat >case.yaml <<'EOF'
revplan: 1
incident:
  id: walk
  certificate: subscriber
  reason: key-compromise
  aware: 2024-02-28T13:00:00+01:00
populations:
  - {name: all, certificates: 10, subscribers: 4, path: [{wait: {time: 1 h}}]}
EOF
look() {
	status=0
	"$REVPLAN" check "$1" --as-of "$2" --format csv --quiet >a.csv ||
	    status=$?
	echo "$2 $status"
	grep '^BR-REV-T1-v187' a.csv
}
for at in 11:59:59 12:00:00 12:00:01; do
	look case.yaml "2024-02-29T${at}Z" | cut -d, -f1-8
done
# In time but for one certificate, which was a second late, and good to the
# world an hour later.  The reporter says that his report came an hour before
# the CA says it did: each of them has a verdict.
sed '/aware/a \  clocks: [{by: reporter, aware: 2024-02-28T11:00:00Z}]' case.yaml \
    >more.yaml
cat >>more.yaml <<'EOF'
facts:
  - {what: revoked, at: 2024-02-29T12:00:00Z, certificates: 9, subscribers: 4}
  - {what: revoked, at: 2024-02-29T12:00:01Z, certificates: 1, subscribers: 1}
  - {what: revocation-published, at: 2024-02-29T12:00:00Z}
  - {what: good-served, at: 2024-02-29T13:00:00Z, certificates: 1}
EOF
look more.yaml 2024-03-01T00:00:00Z
