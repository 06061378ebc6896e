# What was public at the last post and has been corrected since is restated.
cat >case.yaml <<'YAML'
revplan: 1
incident:
  id: restated
  certificate: subscriber
  reason: not-per-requirements
  aware: 2026-03-02T09:15Z
simulation: {horizon: 2026-12-31, trials: 200, seed: 1}
duties:
  - {name: leaves, certificates: 1000, certificate: subscriber,
     profile: tls, reason: not-per-requirements, aware: 2026-03-02T09:15Z}
  - {name: sub-CAs, certificates: 3, certificate: subordinate-ca,
     profile: tls, reason: not-per-requirements, aware: 2026-03-02T09:15Z}
populations:
  - {name: a, certificates: 1000, path: [{team: {rate: 20/working-day}}]}
updates: [2026-03-10T16:00Z, 2026-03-17T16:00Z]
plans:
  - {id: p1, published: 2026-03-05, milestones: {2026-03-31: 50%}}
  - {published: 2026-03-12, replaces: p1, milestones: {2026-03-31: 40%},
     note: the first table had the wrong column}
actuals:
  - {id: one, as_of: 2026-03-09, published: 2026-03-10, revoked: 300,
     remaining: 700}
  - {as_of: 2026-03-09, published: 2026-03-15, replaces: one, revoked: 290,
     remaining: 710, note: ten test certificates were counted}
  - {id: two, as_of: 2026-03-10, published: 2026-03-10, replaced: 310}
  - {published: 2026-03-16, replaces: two, retracted: counted twice}
facts:
  - {id: f, what: revoked, duty: sub-CAs, at: 2026-03-09, certificates: 2}
  - {what: revoked, duty: sub-CAs, at: 2026-03-09T10:00Z, certificates: 1,
     published: 2026-03-16, replaces: f, note: one serial was mistyped}
  - {what: revoked, duty: sub-CAs, at: 2026-03-09, certificates: 1,
     published: 2026-03-16, note: left out by mistake}
YAML
sections() {
	"$REVPLAN" update case.yaml --quiet "$@" |
	    sed -n '/^### Restate/,/^### Open/p; /^### Change/,/^### Plan/p'
}
# Between the two posts: told of the corrections that are known by then.
sections --as-of 2026-03-16T18:00Z
# After the second post they are old news.
echo ----
sections --as-of 2026-03-18
# The public of 12 March still reads the old figures.
echo ----
"$REVPLAN" update case.yaml --quiet --as-of 2026-03-12 --view public |
    grep -e '^- Revoked' -e '^- Not yet' -e Restatement
