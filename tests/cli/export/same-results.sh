# A store and the scenario that it was made from give the same results, the
# name and the digest of the input apart.
cp -R "$SCENARIOS/calendars" .
try() {
	command=$1
	shift
	for input in $name.yaml $name.db; do
		status=0
		"$REVPLAN" "$command" $input --format json "$@" \
		    >$input.json 2>$input.talk || status=$?
		sed -i -e "s/$input/INPUT/" \
		    -e 's/"sha256": "[0-9a-f]*"/SHA256/' $input.json $input.talk
	done
	echo "$name $command $*: $status"
	cmp $name.yaml.json $name.db.json
	cmp $name.yaml.talk $name.db.talk
}
for case in "$SCENARIOS"/*.yaml; do
	! grep -q '^change:' "$case" || continue
	# Much to count, and nothing that the others have not.
	case $case in */key-*.yaml | */letsencrypt-*.yaml | */rehearsal.yaml) continue ;;
	esac
	cp "$case" .
	name=$(basename "$case" .yaml)
	"$REVPLAN" import $name.db $name.yaml --quiet >/dev/null
	try compare --as-of 2026-06-30
	try compare --as-of 2026-06-30 --view public --plan first
	try check --as-of 2026-06-30
	try claims --as-of 2026-06-30
	try simulate --trials 20
	try forecast --as-of 2026-06-30 --trials 200
done
