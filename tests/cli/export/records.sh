# What was recorded, as a table in every format; names from a file are made
# harmless in each.
cat >case.yaml <<'END'
revplan: 1
incident:
  id: records-2026
  certificate: subscriber
  reason: not-per-requirements
  aware: 2026-03-02T09:15Z
populations:
  - name: all
    certificates: 1000
    path:
      - wait: {what: consent, time: 10 d}
actuals:
  - {id: march, as_of: 2026-03-31, replaced: 11.0%, source: "=1+1"}
  - {as_of: 2026-04-30, replaced: 36.5%, note: "\e[31m<b>|red|</b>\u202E"}
END
export SOURCE_DATE_EPOCH=1772500000
"$REVPLAN" import incident.db case.yaml --quiet >/dev/null
"$REVPLAN" record incident.db actual --replaces march as_of=2026-03-31 \
    replaced=10.4% published=2026-04-10 --quiet >/dev/null
for format in text markdown csv json html; do
	"$REVPLAN" export incident.db records --format $format \
	    >out.$format 2>talk
	echo "== $format"
	sed -e 's/[0-9a-f]\{64\}/SHA256/g' -e '/<style/,/<\/style>/d' \
	    out.$format
	sed 's/[0-9a-f]\{64\}/SHA256/g' talk
done
# A scenario file is read as if it had just been imported.
"$REVPLAN" export case.yaml records --format csv --quiet | wc -l
"$REVPLAN" export records incident.db --output records.csv --quiet
cmp records.csv out.csv
