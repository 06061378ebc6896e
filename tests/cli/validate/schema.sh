# The schema is JSON, and the manual page of the format knows all its keys.
"$REVPLAN" validate --schema --output schema.json
"$REVPLAN" validate --schema | cmp - schema.json
page=$(dirname "$SCENARIOS")/planner/man/revplan-case.5
python3 - "$page" <<'END'
import json, re, sys
schema = json.load(open("schema.json"))
print(schema["$schema"])
page = open(sys.argv[1]).read()
names = set()
def walk(node):
    if isinstance(node, dict):
        for key, value in node.items():
            if key == "properties":
                names.update(value)
            walk(value)
    elif isinstance(node, list):
        for value in node:
            walk(value)
walk(schema)
for name in sorted(names):
    if not re.search(r"(Cm|Ar|Li) .*\b%s\b" % re.escape(name), page):
        print("not in the page:", name)
END
