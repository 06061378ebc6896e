# 100 certificates a working day end on Monday 3 August 2026 (counted by hand in
# the scenario).  At 200 a day 50 working days are enough: 22 in March, 20 in
# April, and the 8th of May is Wednesday the 13th.  That is 82 days sooner, in
# every trial, for nothing is uncertain.
cp "$SCENARIOS/hosting-100-a-day.yaml" case.yaml
cp -R "$SCENARIOS/calendars" .
cat >faster.yaml <<'END'
revplan: 1
change: twice the people
populations:
  - name: hosting-provider
    path: [{team: {what: install, rate: 200/working-day}}]
END
# Nothing is done after June: a quarter is left at the horizon.
cat >never.yaml <<'END'
revplan: 1
change: nobody after June
simulation: {horizon: 2026-07-01, trials: 7, seed: 99}
END
"$REVPLAN" whatif case.yaml faster.yaml never.yaml --trials 400 |
    sed 's/[0-9a-f]\{64\}/-/'
