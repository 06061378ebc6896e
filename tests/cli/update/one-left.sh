# One of 83,123 is left: neither the post nor the table says 100 %.
cat >case.yaml <<'EOF'
revplan: 1
incident: {id: one-left, certificate: subscriber, aware: 2026-03-02T09:00Z,
           reason: not-per-requirements}
simulation: {trials: 200}
populations:
  - {name: all, certificates: 83123, path: [{wait: {what: w, time: 3 d}}]}
plans:
  - {published: 2026-03-03, metric: revoked, milestones: {2026-03-10: 100%}}
actuals:
  - {as_of: 2026-03-10, revoked: 83122, expired: 0}
EOF
"$REVPLAN" update case.yaml --as-of 2026-03-12 --quiet |
	sed -n '/^- Revoked/p; /^- Not yet/p; /^| March/p'
"$REVPLAN" compare case.yaml --as-of 2026-03-12 --format csv --quiet
