# What a template offers behind a # is valid in its place without it.
for t in acme hosting mixed subordinate-ca; do
	"$REVPLAN" new --template $t --output $t.yaml
	grep -nE '^ {2,12}# (- )?[a-z]+: [^ ]' $t.yaml | cut -d: -f1 >lines
	while read -r n; do
		sed "${n}s/# //" $t.yaml >try.yaml
		"$REVPLAN" validate --quiet try.yaml >/dev/null ||
		    sed -n "${n}p" try.yaml
	done <lines
	echo "$t: $(wc -l <lines)"
done
