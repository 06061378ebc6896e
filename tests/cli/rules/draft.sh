# Drafts are shown when they are asked for, and said to be none in force.
"$REVPLAN" rules --quiet --as-of 2026-11-21 --format csv >rules.csv
"$REVPLAN" rules --quiet --as-of 2026-11-21 --format csv --draft >all.csv
# 15 columns; the status is the twelfth.
grep -c draft rules.csv || true
diff rules.csv all.csv | sed -n 's/^> //p'
"$REVPLAN" rules --as-of 2012-07-01 --draft
