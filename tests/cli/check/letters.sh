# Long names are cut in sentences, and no letter of theirs is cut in two.
python3 - <<'PYTHON'
name = "x" + 90 * "\u00e9"
open("case.yaml", "w").write(f"""revplan: 1
incident:
  id: EXAMPLE-2025-02
  certificate: subscriber
  profile: tls
  reason: key-compromise
  aware: {{value: 2025-04-01T10:00Z, basis: stated, source: made up}}
  total: {{value: 8, basis: stated, source: made up}}
  clocks: [{{by: "{name}", aware: 2025-03-31T10:00Z, source: made up}}]
simulation: {{horizon: 2025-12-31, step: 1 d}}
duties:
  - name: "{name}"
    certificates: {{value: 8, basis: stated, source: made up}}
populations:
  - name: all
    blocks: "{name}"
    certificates: {{value: 8, basis: stated, source: made up}}
    path: [{{wait: {{what: a day, time: 1 d, basis: assumed,
                   source: made up}}}}]
facts:
  - {{what: full-report, at: 2025-04-20, version: "{name}", source: made up}}
  - {{what: closure-report, at: 2025-05-20, source: made up}}
commitments:
  - {{what: "{2 * name}", due: 2025-04-28, kind: prevent, source: made up}}
""")
PYTHON
look() {
	iconv -f UTF-8 -t UTF-8 out >whole || echo "$*: no text"
	if grep -q -e xc3 -e '�' out; then echo "$*: half a letter"; fi
	test "$(grep -c xéé out)" -gt 0 || echo "$*: no name"
}
for format in text markdown csv json html; do
	for list in findings --dues --closure; do
		"$REVPLAN" check case.yaml --as-of 2025-06-01 --quiet \
		    --format "$format" ${list#findings} >out || true
		look "$list" "$format"
	done
done
for kind in 'full --trials 200' 'delayed --trials 200' closure; do
	# shellcheck disable=SC2086 # a kind and its options
	"$REVPLAN" report case.yaml --as-of 2025-06-01 --kind $kind \
	    --format text --quiet >out
	look "${kind%% *}"
done
