# The published table: these are SECOM's own figures.
cp "$SCENARIOS/secom-2020.yaml" case.yaml
cp -R "$SCENARIOS/calendars" .
"$REVPLAN" compare case.yaml --format csv --quiet
# Text and Markdown say the same to a reader.
"$REVPLAN" compare case.yaml --format text | grep '^[A-Z].* 20[0-9][0-9] '
"$REVPLAN" compare case.yaml --format markdown | grep '^| [A-Z].* 20[0-9]'
# So does JSON to a machine.
"$REVPLAN" compare case.yaml --format json >a.json
python3 - <<'END'
import csv, json, subprocess, os
rows = json.load(open("a.json"))["rows"]
for r in rows:
    print(r["period"], r["planned_pct"], r["actual_pct"], r["difference_pt"])
END
