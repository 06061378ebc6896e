# A difference of dates without its error would pass for an exact one.
cat >case.yaml <<'EOF'
revplan: 1
incident: {id: t, certificate: subscriber, reason: not-per-requirements,
           aware: 2026-03-02T09:15Z}
simulation: {horizon: 2026-06-01, trials: 100}
populations:
  - {name: a, certificates: 100, path: [{wait: {time: {exponential: 6 d}}}]}
EOF
cat >faster.yaml <<'EOF'
revplan: 1
change: faster
populations:
  - {name: a, path: [{wait: {time: {exponential: 1 d}}}]}
EOF
"$REVPLAN" whatif case.yaml faster.yaml | grep -e 'mean ' -e 'Below 320'
"$REVPLAN" whatif case.yaml faster.yaml --trials 320 | grep 'Below 320' ||
    echo "320 are enough"
