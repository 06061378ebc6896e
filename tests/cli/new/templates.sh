# Every template is a valid case as it stands, and says what to replace.
for t in acme hosting mixed subordinate-ca; do
	"$REVPLAN" new --template $t --output $t.yaml
	"$REVPLAN" new --template $t | cmp - $t.yaml
	"$REVPLAN" validate $t.yaml | sed -n 1p
	"$REVPLAN" simulate $t.yaml --trials 20 --quiet --output $t.txt
	cmp $t.yaml "$SCENARIOS/templates/$t.yaml"
done
