# Figures that fall, bases that change, metrics that differ.
cat >case.yaml <<'END'
revplan: 1
incident:
  id: findings
  certificate: subscriber
  reason: not-per-requirements
  aware: 2026-03-01
populations:
  - name: all
    certificates: 1000
    path:
      - team: {rate: 100/working-day}
plans:
  - {published: 2026-03-02, metric: revoked, of: 900,
     milestones: {2026-04-30: 60%, 2026-05-31: 100%}}
  - {published: 2026-04-02, metric: replaced,
     milestones: {2026-04-30: 60%, 2026-05-31: 100%}}
actuals:
  - {id: march, as_of: 2026-03-31, reissued: 40.0%}
  - {as_of: 2026-04-30, reissued: 38.0%, of: 1000}
  - {as_of: 2026-05-31, reissued: 90.0%, of: 1100}
END
"$REVPLAN" compare case.yaml --as-of 2026-06-05 | sed -n '/^Finding/,/^$/p'
# A correction is none of them, once it is seen.
cat >>case.yaml <<'END'
  - {replaces: march, as_of: 2026-03-31, published: 2026-05-02,
     reissued: 36.0%}
END
ids() {
	"$REVPLAN" compare case.yaml --format json "$@" | grep '"id"'
}
ids --as-of 2026-06-05
echo "-- the public, on 1 May"
ids --as-of 2026-05-01 --view public
