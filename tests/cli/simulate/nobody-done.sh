# Leaked keys by night: some never answer, so nothing is ever complete.  One
# clause says so, the hour of a share is the end of its cell, and what there is
# no closed form of says why; what has run out is not harmed by revocation.
cat >case.yaml <<'EOF'
revplan: 1
incident: {id: night, certificate: subscriber, reason: key-compromise,
           aware: 2026-11-21T01:40Z}
simulation: {horizon: 2026-11-28T00:00Z, step: 1 h, trials: 100}
populations:
  - name: big
    certificates: 40000
    subscribers: 1
    expiry: {uniform: [2026-11-21, 2027-05-21]}
    path: [{team: {rate: 1000/h}}]
  - name: silent
    certificates: 1000
    path: [{wait: {time: 6 h, never: 5%}}]
revocation: {at: deadline}
EOF
"$REVPLAN" simulate case.yaml | grep -v SHA-256
"$REVPLAN" simulate case.yaml --table closed-form --quiet | grep -v SHA-256
"$REVPLAN" simulate case.yaml --metric gone --table tail | head -n 1
"$REVPLAN" report case.yaml --trials 200 --as-of 2026-11-21T03:00Z \
    --output report.html 2>notes
grep -o 'No trial is complete, so no step finishes last[^<]*' report.html
grep -o 'Revoked by then while not replaced: [^<]*' report.html
grep -c 'Not replaced by then, what has run out included' report.html
