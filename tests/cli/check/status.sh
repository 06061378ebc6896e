# Only a MUST that is breached gives 1.  Five days end on the second.
cat >case.yaml <<'END'
revplan: 1
incident:
  id: five-days
  certificate: subscriber
  reason: not-per-requirements
  aware: 2026-03-02T09:15Z
populations:
  - name: all
    certificates: 100
    path: [{team: {rate: 100/working-day}}]
facts:
  - {what: revoked, at: 2026-03-07T09:15Z}
  - {what: revocation-published, at: 2026-03-07T09:15Z}
END
sed 's/09:15Z}/09:15:01Z}/' case.yaml >late.yaml
show() {
	status=0
	"$REVPLAN" check "$@" --format csv --quiet >out || status=$?
	grep '^BR-REV-T2-v201' out | cut -d, -f1-3,5-8
	echo "-> $status"
}
echo "in time" && show case.yaml --as-of 2026-03-08
echo "a second late" && show late.yaml --as-of 2026-03-08
echo "still due" && show case.yaml --as-of 2026-03-06
