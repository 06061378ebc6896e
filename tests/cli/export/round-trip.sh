# From a scenario to a store and back: the second export has the bytes of the
# first, and every command says of the store what it says of the scenario.
cp -R "$SCENARIOS/calendars" .
for case in "$SCENARIOS"/*.yaml; do
	# What is different in another case is no case.
	! grep -q '^change:' "$case" || continue
	cp "$case" .
	name=$(basename "$case" .yaml)
	"$REVPLAN" import $name.db $name.yaml --quiet >/dev/null
	"$REVPLAN" export $name.db --quiet >$name.1
	mkdir $name
	"$REVPLAN" export $name.db --quiet --output $name/$name.yaml
	cmp $name.1 $name/$name.yaml
	"$REVPLAN" import $name/again.db $name/$name.yaml --quiet >/dev/null
	"$REVPLAN" export $name/again.db --quiet >$name.2
	cmp $name.1 $name.2
	# Without a store on the disk.
	"$REVPLAN" export $name.yaml --quiet >$name.3
	cmp $name.1 $name.3
	"$REVPLAN" verify $name.db >/dev/null
	echo "$name"
done
# Nothing is left beside them.
ls -A | grep -e '\.db-' -e '\.db\.' || true
