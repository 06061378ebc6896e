# A text that no comment holds is cut, and every part fits: characters count,
# not bytes.
python3 - <<'PY'
head = """revplan: 1
incident:
  id: long
  certificate: subscriber
  reason: not-per-requirements
  aware: 2020-03-02T09:15Z
simulation: {horizon: 2021-12-31, trials: 200, seed: 1}
populations:
  - {name: a, certificates: 1000, path: [{team: {rate: 20/working-day}}]}
plans:
  - published: 2020-03-05
    milestones: {2020-03-31: 1%, 2060-12-31: 100%}
updates: [2020-03-10T16:00Z]
commitments:
"""
with open("case.yaml", "w", encoding="utf-8") as f:
    f.write(head)
    for i in range(400):
        f.write("  - {what: \"%d %s\", due: 2020-03-2%d}\n" %
            (i, "日本語 | *x* " * 20, i % 10))
PY
"$REVPLAN" update case.yaml --as-of 2020-04-01 --period week >text 2>note
sed 's/: [0-9]* parts/: N parts/' note
python3 - <<'PY'
text = open("text", encoding="utf-8").read()
parts = text.split("---------- cut here: next part ----------\n")
print(len(parts) > 2, max(len(p) for p in parts) <= 65535,
    max(len(p.encode()) for p in parts) > 65535)
for i, p in enumerate(parts):
    assert p.startswith("(part %d of %d)\n\n" % (i + 1, len(parts))), p[:40]
    assert not p.rstrip("\n").split("\n")[-1].startswith("#"), "heading last"
# Nothing is lost or told twice but what is meant to be.
items = [l for l in text.split("\n") if l.startswith("- Overdue: ")]
print(len(items), len(set(items)))
rows = [l for l in text.split("\n") if l.startswith("| 20")]
print(len(rows), len(set(rows)))
# Wherever a table goes on it has its head again.
for p in parts:
    lines = p.split("\n")
    for a, b, c in zip(lines, lines[1:], lines[2:]):
        if c.startswith("| 20") and not b.startswith("| "):
            raise SystemExit("a row without a head: " + c)
print(text.count("(continued)"))
PY
"$REVPLAN" update case.yaml --as-of 2020-04-01 --quiet --format text \
    --output mail.txt
grep -c 'cut here' mail.txt || true
