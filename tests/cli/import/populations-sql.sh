# The query of the man page, on a table whose counts are known: what is imported
# is what was put into it.
man=$SCENARIOS/../planner/man/revplan-import.1
sed -e '1,/^\.\\" sqlite$/d' -e '/^\.Ed$/,$d' "$man" | grep -v '^\.' >groups.sql
python3 - <<'END'
import random, sqlite3
from collections import Counter
from datetime import date, timedelta

random.seed(20260302)
rows, owners, months = [], {}, {}
for name, people, expiry in [("hosting", 400, 90), ("o'brien, \"ltd\"", 900, 398)]:
    sizes, month = Counter(), Counter()
    for who in range(people):
        n = min(int(random.paretovariate(1.1)), 700)
        sizes[n] += 1
        for _ in range(n):
            day = date(2026, 3, 3) + timedelta(days=random.randrange(expiry))
            month[day.strftime("%Y-%m")] += 1
            # A subscriber of one population may be of the other as well.
            rows.append((name, f"s{who}", f"{day}T{random.randrange(24):02}:30:00Z"))
    owners[name], months[name] = sizes, month
random.shuffle(rows)
db = sqlite3.connect("inventory.db")
db.execute("CREATE TABLE affected(population TEXT, subscriber TEXT, not_after TEXT)")
db.executemany("INSERT INTO affected VALUES (?, ?, ?)", rows)
db.commit()

def after(m):
    year, month = int(m[:4]), int(m[5:])
    return f"{year + month // 12}-{month % 12 + 1:02}"

with open("known", "w") as f:
    for name in owners:
        total = sum(s * n for s, n in owners[name].items())
        print(name, total, sum(owners[name].values()), file=f)
        for s in sorted(owners[name]):
            print("own", owners[name][s], s * owners[name][s], file=f)
        for m in sorted(months[name]):
            print("expire", m, after(m), months[name][m], file=f)
END
cat >case.yaml <<'END'
revplan: 1
incident: {id: sql, certificate: subscriber, reason: not-per-requirements,
  aware: 2026-03-02T09:15Z}
populations:
  - {name: hosting, certificates: 1, path: [{wait: {time: 2 d}}]}
  - {name: "o'brien, \"ltd\"", certificates: 1, path: [{wait: {time: 9 d}}]}
END
sqlite3 -csv -header inventory.db <groups.sql >counts.csv
"$REVPLAN" import incident.db case.yaml --quiet >receipt
"$REVPLAN" import populations incident.db counts.csv >receipt
"$REVPLAN" export incident.db --quiet >whole.yaml
python3 - <<'END' >found
import re
text = open("whole.yaml").read()
for part in re.split(r"\n- name: ", text)[1:]:
    name = part.split("\n")[0].strip("'").replace("''", "'")
    first = lambda key: re.search(r"\n  " + key + r":\n    value: (\d+)\n", part).group(1)
    print(name, first("certificates"), first("subscribers"))
    for n, c in re.findall(r"- \{subscribers: (\d+), certificates: (\d+)\}", part):
        print("own", n, c)
    for a, b, c in re.findall(r"(\d{4}-\d\d)-01\.\.(\d{4}-\d\d)-01: (\d+)\n", part):
        print("expire", a, b, c)
END
diff known found
wc -l <known
