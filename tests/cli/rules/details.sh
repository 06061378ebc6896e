# Rules in full, with what came before and after them, in any order.
"$REVPLAN" rules BR-REV-T2-v187 IRG20-FULL BR-REV-24H-v111 --as-of 2024-05-01
"$REVPLAN" rules WIKI-DELAY BR-REV-T1-v226 --as-of 2026-03-30 --format csv
"$REVPLAN" rules BR-REV-T1-v226 --as-of 2026-03-31 --format csv --quiet |
    sed 1d | cut -d, -f1,12
