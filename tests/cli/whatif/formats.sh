# One result, five formats; a change upon a scenario is the same as upon the
# store that was made of it, and as a case of its own that says all of it.
cp "$SCENARIOS/hosting-100-a-day.yaml" case.yaml
cp -R "$SCENARIOS/calendars" .
cat >faster.yaml <<'END'
revplan: 1
change: twice the people | <b>
populations:
  - name: hosting-provider
    path: [{team: {what: install, rate: 200/working-day}}]
END
sed '/team:/s|100/|200/|' case.yaml >whole.yaml
"$REVPLAN" import x.db case.yaml --quiet >/dev/null
run() {
	"$REVPLAN" whatif "$@" --trials 400 --quiet --format csv |
	    sed 's/^[a-z.]*,//'
}
run case.yaml faster.yaml >a.csv
cat a.csv
run x.db faster.yaml | cmp - a.csv
run case.yaml whole.yaml | cmp - a.csv
run - whole.yaml <case.yaml | cmp - a.csv
run case.yaml - <faster.yaml >stdin.csv
sed 's/^<stdin>,//' stdin.csv | cmp - a.csv
"$REVPLAN" whatif case.yaml faster.yaml --trials 400 --format json |
    python3 -c 'import json, sys
d = json.load(sys.stdin)
v = d["variants"][0]
print(d["metric"], d["trials"], v["file"], v["upon"], v["what"])
print(v["complete_in_both"], v["sooner_days"], len(v["rows"]))
print(v["rows"][1])'
"$REVPLAN" whatif case.yaml faster.yaml --trials 400 --format markdown |
    head -n 6
"$REVPLAN" whatif case.yaml faster.yaml --trials 400 --format html |
    grep -c '<b>' || echo "no tag of the case is one of the page"
