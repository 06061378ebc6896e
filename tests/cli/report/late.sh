# What was reached within its month but after its day is not "on plan".
cp "$SCENARIOS/wisekey-2020.yaml" .
"$REVPLAN" report wisekey-2020.yaml --as-of 2020-10-02 --trials 200 \
    --output late.html
grep -o '<div class="card [a-z]*"><h3>Progress.*' late.html | head -n 1 |
    sed 's,</div>.*,,'
