# Who need not be named is not; nothing that was written becomes markup.
cat >case.yaml <<'YAML'
revplan: 1
incident:
  id: safe
  title: "[x](http://evil.example) <b> @all"
  note: secret-note
  certificate: subscriber
  reason: not-per-requirements
  aware: 2026-03-02T09:15Z
  reported: 2026-03-02T08:15Z
  clocks: [{by: Jane Doe, reported: 2026-03-01T08:15Z, note: secret-note}]
populations:
  - {name: Big Bank, note: secret-note, certificates: 1000,
     path: [{team: {what: Big Bank, rate: 20/working-day}}]}
facts:
  - {what: revoked, at: 2026-03-05T08:00Z, certificates: 600, by: Jane Doe,
     note: secret-note}
  - {what: preliminary-report, to: reporter, at: 2026-03-02T09:30Z,
     by: Jane Doe, source: secret-note}
commitments:
  - {what: "a | pipe `code` <i>", kind: prevent, due: 2026-03-20,
     evidence: secret-note, criteria: "*all*", cause: "[1]"}
narrative:
  summary: |
    # no heading, [link](http://evil.example), @all, [MISSING: no gap]
    - no list

    - no list either
  well: ["<script>alert(1)</script>", "1. one"]
  causes: [{title: "**bold**", description: "\e[31mred"}]
  timeline: [{at: 2026-03-01T10:00Z, event: "# [x](http://y.example)"}]
  related: [{bug: "http://z.example/|1", opened: 2025-02-03, how: "a\nb"}]
YAML
for kind in preliminary full delayed closure; do
	for format in markdown text; do
		"$REVPLAN" report case.yaml --kind $kind --as-of 2026-03-09 \
		    --format $format --quiet >a.$format
		grep -n -e 'Jane' -e 'Big Bank' -e 'secret-note' a.$format &&
		    echo "$kind $format: that is nobody's business"
	done
	cat a.markdown >>all.md
done || true
grep -n -e '[^\\]](http' -e '[^\\]<script' -e 'http://' -e '^ *# ' -e '@all' all.md ||
    echo "no markup"
grep -h -e 'no heading' -e 'no list' -e alert -e red -e pipe -e 'z\.' all.md |
    sort -u
