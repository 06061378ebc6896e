# A reason that the requirements of the day do not name is judged by no
# deadline: that nothing is breached then is not what it seems.
cat >case.yaml <<'END2'
revplan: 1
incident: {id: reason, certificate: subscriber, reason: operations-ceased,
  aware: 2019-01-01T00:00Z}
populations:
  - {name: all, certificates: 10, path: [{wait: {what: consent, time: 2 d}}]}
END2
SOURCE_DATE_EPOCH=1775000000 "$REVPLAN" check case.yaml --as-of 2019-01-02 \
    --output report.txt
"$REVPLAN" check case.yaml --as-of 2019-01-02 --output report.txt --quiet
