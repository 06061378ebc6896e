# Without --as-of it is now.
export SOURCE_DATE_EPOCH=1602979200 # 2020-10-18T00:00:00Z
"$REVPLAN" rules --format csv --quiet >now.csv
"$REVPLAN" rules --as-of 2020-10-18 --format csv --quiet | cmp - now.csv
"$REVPLAN" rules --as-of 2020-10-19 --format csv --quiet >next.csv
if cmp -s now.csv next.csv; then echo "nothing changed"; fi
"$REVPLAN" rules --reasons | head -n 1
