# What says how populations really are comes out of a store as it went in, and
# means the same there.
cp "$SCENARIOS/../tests/support/cases/populations.yaml" case.yaml
"$REVPLAN" import case.db case.yaml --quiet >/dev/null
"$REVPLAN" export case.db --quiet >first.yaml
"$REVPLAN" import again.db first.yaml --quiet >/dev/null
"$REVPLAN" export again.db --quiet | cmp first.yaml -
"$REVPLAN" export case.yaml --quiet | cmp first.yaml -
cat first.yaml
"$REVPLAN" validate case.db | sed 1d >store
"$REVPLAN" validate case.yaml | sed 1d | cmp store -
