# One page, with the figures, the charts and where they come from; nothing in
# it asks the network for anything or runs.
cp "$SCENARIOS/secom-2020.yaml" case.yaml
cp -R "$SCENARIOS/calendars" .
"$REVPLAN" report case.yaml --as-of 2020-12-31 --trials 500 --quiet \
    --output a.html
for words in '<!DOCTYPE html>' 'SECOM Trust Systems' '31.4' \
    'BR-REV-SUBCA-v161' "default-src 'none'" '<svg'; do
	grep -qF "$words" a.html || echo "missing: $words"
done
if grep -qi '<script' a.html; then echo "there is a script"; fi
if grep -qiE '(src|href)="?https?:' a.html; then
	grep -oiE '.{20}(src|href)="?https?:.{40}' a.html
fi
grep -qF "$(sha256sum case.yaml | cut -d' ' -f1)" a.html ||
    echo "the digest of the case is missing"
"$REVPLAN" report case.yaml --as-of 2020-12-31 --trials 500 --quiet >b.html
cmp a.html b.html
