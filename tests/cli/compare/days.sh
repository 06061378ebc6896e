# Ahead or behind in days: exact, as bounds, and not at all.
cat >case.yaml <<'END'
revplan: 1
incident:
  id: days
  certificate: subscriber
  reason: not-per-requirements
  aware: 2026-03-01
populations:
  - name: all
    certificates: 1000
    path:
      - team: {rate: 100/working-day}
plans:
  - {published: 2026-03-02,
     milestones: {2026-03-31: 30%, 2026-04-30: 60%, 2026-05-31: 60%,
                  2026-06-30: 100%}}
actuals:
  - {as_of: 2026-03-15, replaced: 15.0%}
  - {as_of: 2026-04-20, replaced: 45.0%}
  - {as_of: 2026-05-20, replaced: 60.0%}
  - {as_of: 2026-06-20, replaced: 80.0%, bound: at-least}
  - {as_of: 2026-07-05T12:00Z, replaced: 90.0%}
  - {as_of: 2026-08-10..2026-08-20, replaced: 95.0%}
  - {as_of: 2026-09-30, replaced: 100.0%}
END
"$REVPLAN" compare case.yaml --as-of 2026-10-01 | sed '/^revplan /d'
# A plan of one date is no curve.
sed '/milestones/,/100%}}/c\     milestones: {2026-06-30: 100%}}' case.yaml \
    >date.yaml
"$REVPLAN" compare date.yaml --as-of 2026-07-31 | sed '/^revplan /d'
# Hours count where days are few.
cat >hours.yaml <<'END'
revplan: 1
incident:
  id: hours
  certificate: subscriber
  reason: key-compromise
  aware: 2026-03-01T00:00Z
populations:
  - name: all
    certificates: 1000
    path:
      - wait: {time: 6 h}
plans:
  - {published: 2026-03-01T01:00Z, metric: revoked,
     milestones: {2026-03-01T12:00Z: 50%, 2026-03-02T00:00Z: 100%}}
actuals:
  - {as_of: 2026-03-01T18:00Z, revoked: 60.0%}
END
"$REVPLAN" compare hours.yaml --as-of 2026-03-02 | sed '/^revplan /d'
