# Duties of the CA as such take a line each while nothing is on record of
# them, and a whole row as soon as something is.
cat >case.yaml <<'END'
revplan: 1
incident:
  id: standing
  certificate: subscriber
  reason: not-per-requirements
  aware: 2026-03-02T09:15Z
populations:
  - name: all
    certificates: 100
    path: [{team: {rate: 100/working-day}}]
facts:
  - {what: revoked, at: 2026-03-05T09:15Z}
END
"$REVPLAN" check case.yaml --as-of 2026-03-07 >out
grep 'standing' out
sed -n '/^Standing/,/^Met/p' out
echo '  - {what: not-done, of: mass-revocation-plan, at: 2026-03-06}' >>case.yaml
"$REVPLAN" check case.yaml --as-of 2026-03-07 | grep -c '^  BR-MRP-PLAN' || true
