# A fault that only the simulation finds names standard input like the others.
sed 's/^simulation:.*/simulation: {step: 1 h, horizon: 2040-01-01}/' \
    <<'CASE' | "$REVPLAN" simulate -
revplan: 1
incident: {id: t, certificate: subscriber, reason: misuse, aware: 2026-03-02}
simulation: {}
populations: [{name: a, certificates: 1, path: [{wait: {time: 1 d}}]}]
CASE
