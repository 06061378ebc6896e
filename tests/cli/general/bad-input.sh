# What a file should never be: one clear line, the right status, and no file
# written, not even in part.
try() {
	status=0
	"$REVPLAN" compare "$@" --output out.csv 2>fault >out || status=$?
	[ ! -s out ] || echo "something on standard output"
	[ "$(wc -l <fault)" -eq 1 ] || echo "not one line"
	cat fault
	echo "-> $status"
	if ls out.csv* >/dev/null 2>&1; then echo "something was written"; fi
}
: >empty.yaml
try empty.yaml
truncate -s 100M large.yaml
try large.yaml
mkdir folder
try folder
printf '\177ELF\2\1\1\0\0\0\0\0\0\0\0\0\3\0\76\0\377\376' >binary.yaml
try binary.yaml
head -c 200000 /dev/zero | tr '\0' '[' >deep.yaml
try deep.yaml
echo 'a: &a [x, x, x, x, x, x, x, x, x, x]' >aliases.yaml
for pair in ab bc cd de ef fg gh hi; do
	from="*${pair%?}"
	echo "${pair#?}: &${pair#?} [$from, $from, $from, $from, $from, $from]"
done >>aliases.yaml
try aliases.yaml
try missing.yaml
try empty.yaml/case.yaml
printf 'SQLite format 3\0and more' >store.db
try store.db
try - </dev/null
