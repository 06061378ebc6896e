# An action item may be given up as well, and be done after all.
cat >case.yaml <<'END2'
revplan: 1
incident: {id: given-up, certificate: subscriber, reason: not-per-requirements,
  aware: 2026-03-02T09:00Z}
populations:
  - {name: all, certificates: 10, path: [{wait: {what: consent, time: 2 d}}]}
commitments:
  - {what: a linter, due: 2026-04-30, kind: prevent}
END2
"$REVPLAN" import incident.db case.yaml --quiet >/dev/null
end() {
	"$REVPLAN" record incident.db outcome what='a linter' "$@" --quiet \
	    >/dev/null
	"$REVPLAN" export incident.db --quiet | sed -n '/^commitments/,$p'
}
end cancelled=2026-04-20 evidence='comment 7'
end done=2026-04-28
"$REVPLAN" record incident.db outcome what='a linter' || echo "-> $?"
