# Every version of a plan is kept: against the first and the one in force.
cat >case.yaml <<'END'
revplan: 1
incident:
  id: three-plans
  certificate: subscriber
  reason: not-per-requirements
  aware: 2026-03-01
populations:
  - name: all
    certificates: 27000
    path:
      - team: {rate: 300/working-day}
plans:
  - {id: typo, published: 2026-03-05,
     milestones: {2026-03-31: 40%, 2026-04-03: 100%}}
  - {published: 2026-04-02, of: 27000, notice: a provider withdrew (comment 9),
     milestones: {2026-04-30: 60%, 2026-05-31: 100%}}
  # An error in the first plan is corrected late; it is still the first.
  - {replaces: typo, published: 2026-04-10, of: 27000,
     milestones: {2026-03-31: 40%, 2026-04-30: 100%}}
  - {published: 2026-05-04, of: 27500,
     milestones: {2026-05-31: 75%, 2026-06-30: 90%, 2026-07-31: 100%}}
actuals:
  - {as_of: 2026-03-31, replaced: 30.0%}
  - {as_of: 2026-04-30, replaced: 15660, of: 27000}
  - {as_of: 2026-05-31, replaced: 20625, of: 27500}
facts:
  - {what: scope, at: 2026-03-02, certificates: 27000}
  - {what: scope, at: 2026-05-02, certificates: 27500}
END
# Findings do not change the exit status.
"$REVPLAN" compare case.yaml --as-of 2026-06-05 | sed '/^revplan /d'
"$REVPLAN" compare case.yaml --as-of 2026-06-05 --format markdown |
    sed '/^revplan /d'
for day in 2026-03-10 2026-04-09 2026-04-15; do
	echo "-- $day"
	"$REVPLAN" compare case.yaml --as-of $day | sed -n '/^No/,/^$/p'
done
# The contract of the CSV knows nothing of it.
"$REVPLAN" compare case.yaml --as-of 2026-06-05 --format csv --quiet
"$REVPLAN" compare case.yaml --as-of 2026-06-05 --format json >all.json
python3 - <<'END'
import json
c = json.load(open("all.json"))
print(c["base"], c["first_base"], c["plan"]["published"])
for f in c["findings"]:
    print(f["id"], f["information"], f["question"])
for v in c["versions"]:
    print(v["number"], v["published"], v["of"], v["notice"], v["compared"],
          v["complete_by"], len(v["milestones"]), v["kept"], v["dropped"],
          v["mean_days"],
          [(m["share_pct"], m["days"], m["worse"]) for m in v["moves"]])
for r in c["rows"][:3]:
    print(r["period"], r["days"], r["days_least"], r["days_most"],
          r["first_planned_pct"], r["first_difference_pt"], r["first_days"])
END
# A page has both tables, and is one page.
"$REVPLAN" compare case.yaml --as-of 2026-06-05 --format html >all.html
grep -c -e '^<table>' -e '^</html>' -e 'Finding:</strong>' all.html
