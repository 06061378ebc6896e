# Stopped at random moments, nothing that was acknowledged is lost; `make
# soak` does this a thousand times.
"$SCENARIOS"/../tests/soak/kill.sh "$REVPLAN" 20 5 >line
cut -d: -f1 line
