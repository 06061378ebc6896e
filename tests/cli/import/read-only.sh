# A folder or a store that may not be written to.  Root may write anywhere:
# only others can see it.
[ "$(id -u)" -ne 0 ] || exit 0
cp "$SCENARIOS/mixed.yaml" case.yaml
mkdir closed
chmod a-w closed
status=0
"$REVPLAN" import closed/incident.db case.yaml 2>fault || status=$?
[ "$status" -eq 4 ]
[ "$(wc -l <fault)" -eq 1 ]
grep -q "'closed/incident.db'" fault
[ -z "$(ls -A closed)" ]
chmod u+w closed
"$REVPLAN" import closed/incident.db case.yaml --quiet >/dev/null
chmod a-w closed closed/incident.db
status=0
"$REVPLAN" record closed/incident.db update at=2026-09-01 2>fault || status=$?
[ "$status" -eq 4 ]
[ "$(wc -l <fault)" -eq 1 ]
# It can still be read.
"$REVPLAN" verify closed/incident.db --quiet >/dev/null
"$REVPLAN" check closed/incident.db --quiet >/dev/null || [ $? -eq 1 ]
"$REVPLAN" export closed/incident.db records --quiet >/dev/null
# Whoever may write the folder, but not the store, leaves nothing beside it
# that would be in the way of those who may.
chmod u+w closed
"$REVPLAN" verify closed/incident.db --quiet >/dev/null
"$REVPLAN" record closed/incident.db update at=2026-09-01 2>fault &&
    exit 1
grep -q "cannot write 'closed/incident.db': it is read-only" fault
[ "$(ls -A closed)" = incident.db ]
