# Clients that renew on their own schedule behind another step have less time
# left than the trials give them, which is said where it matters: while what is
# replaced stays valid.
for delay in '10 d' '0 h'; do
	cat >case.yaml <<END
revplan: 1
incident: {id: t, certificate: subscriber, reason: not-per-requirements,
           aware: 2026-03-02T09:15Z}
simulation: {horizon: 2026-06-01, trials: 20}
populations:
  - name: a
    certificates: 6000
    expiry: {uniform: [2026-03-05, 2026-05-30]}
    path:
      - notice: {what: mail, rate: 34/h}
      - poll: {what: client, every: 1 d, share: 0%, renews: 6 d}
revocation: {after: replaced, delay: $delay}
END
	"$REVPLAN" simulate case.yaml --format markdown |
	    grep 'renew on their own schedule' || echo "$delay: no note"
done
