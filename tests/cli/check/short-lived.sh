# Certificates of six days need not be revoked: there is no deadline, and
# nothing else fails for want of one.  Issued a day too early they have one.
cat >case.yaml <<'EOF'
revplan: 1
incident: {id: short, certificate: subscriber, reason: key-compromise,
  aware: 2024-03-18T10:00Z, reported: 2024-03-18T09:00Z}
duties:
  - {name: all, validity: 6 d, issued: 2024-03-15..2024-03-18}
populations:
  - {name: all, certificates: 10, path: [{wait: {time: 1 d}}]}
plans:
  - {published: 2024-03-18, milestones: {2024-03-20: 100%}}
actuals:
  - {as_of: 2024-03-19, replaced: 50%}
EOF
look() {
	"$REVPLAN" validate "$1" | grep duty
	"$REVPLAN" check "$1" --as-of 2024-04-01 --format csv --quiet |
	    grep -e '^BR-SHORT' -e '^BR-REV' -e '^BR-CPR-PUB'
	"$REVPLAN" simulate "$1" --trials 20 --format json --quiet |
	    grep -A 1 '"deadline"' | head -n 2
}
look case.yaml
sed 's/2024-03-15\.\./2024-03-14../' case.yaml >straddle.yaml
look straddle.yaml
"$REVPLAN" plan case.yaml --as-of 2024-03-18 --trials 200 --quiet >/dev/null
"$REVPLAN" forecast case.yaml --as-of 2024-03-20 --trials 200 --quiet >/dev/null
"$REVPLAN" update case.yaml --as-of 2024-03-20 --trials 200 --quiet >/dev/null
"$REVPLAN" compare case.yaml --as-of 2024-03-20 --quiet >/dev/null
