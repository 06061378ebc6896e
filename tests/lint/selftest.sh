#!/bin/sh
# Proves that the lints can fail: a small tree passes all of them, then one
# violation after the other is planted and must be found at its line.  Prints
# the number of proofs, or what went wrong.
set -u
root=$(cd "$(dirname "$0")/../.." && pwd)
tree=$(mktemp -d)
trap 'rm -rf "$tree"' EXIT
cd "$tree" || exit 1
mkdir -p tests/cli/say planner/cmd planner/read planner/write planner/man \
    models/base models/simulate include/revplan obj
cp -R "$root/tests/lint" tests/
cp "$root/.clang-tidy" .
printf '# none\n' >tests/lint/exceptions
export B=obj JOBS=2

# Counted in files: much of what follows runs behind a pipe.
: >proofs
: >faults
say() {
	echo "$1" | tee -a faults
}

# The clean tree.
printf '#ifndef A_H\n#define A_H\nint rp_a(int x);\n#endif\n' \
    >include/revplan/err.h
cp include/revplan/err.h include/revplan/case.h
cp include/revplan/err.h include/revplan/store.h
printf '#include "revplan/err.h"\nint\nrp_a(int x)\n{\n\treturn x;\n}\n' \
    >models/base/a.c
printf '#ifndef B_H\n#define B_H\nint b(void);\n#endif\n' >planner/read/b.h
cp planner/read/b.h planner/write/w.h
cp planner/read/b.h models/simulate/s.h
cp planner/read/b.h planner/cmd.h
printf '#include "cmd.h"\nint\nb(void)\n{\n\treturn 1;\n}\n' >planner/cmd/say.c
printf '#!/bin/sh\necho say\n' >obj/revplan
chmod +x obj/revplan
: >tests/cli/say/it.sh
cat >planner/man/revplan-say.1 <<'END'
.Dd January 2, 2026
.Dt REVPLAN-SAY 1
.Os
.Sh NAME
.Nm revplan-say
.Nd say it
.Sh DESCRIPTION
Says it.
END
archive() {
	rm -f obj/librevplan_models.a
	cc -Iinclude -c -o obj/a.o models/base/a.c &&
	    ar rcs obj/librevplan_models.a obj/a.o
}
archive
for lint in layers banned layout alone pure functions sets man cpp; do
	found=$("tests/lint/$lint.sh" 2>&1)
	if [ -n "$found" ]; then
		say "the clean tree fails $lint: $found"
	else
		echo >>proofs
	fi
done

# plant LINT WANTED FILE: FILE is replaced by standard input, LINT must print
# a line that begins with WANTED, and FILE is put back.
plant() {
	if [ -e "$3" ]; then cp "$3" "$tree/kept"; else rm -f "$tree/kept"; fi
	cat >"$3"
	[ "$1" = pure ] && archive
	found=$("tests/lint/$1.sh" 2>&1)
	if echo "$found" | grep -q "^$2"; then
		echo >>proofs
	else
		say "$1 does not find '$2' in $3: $found"
	fi
	if [ -e "$tree/kept" ]; then mv "$tree/kept" "$3"; else rm "$3"; fi
}

layer() {
	echo "#include $3" | plant layers "$1:1: " "$2"
}
layer include/revplan/err.h include/revplan/err.h '"revplan/case.h"'
layer include/revplan/case.h include/revplan/case.h '"revplan/store.h"'
layer include/revplan/case.h include/revplan/case.h '<gsl/gsl_rng.h>'
layer include/revplan/case.h include/revplan/case.h '"read/b.h"'
layer include/revplan/new.h include/revplan/new.h '<stdint.h>'
layer models/base/a.c models/base/a.c '"revplan/case.h"'
layer models/base/a.c models/base/a.c '"simulate/s.h"'
layer models/base/a.c models/base/a.c '"read/b.h"'
layer models/base/a.c models/base/a.c '<sqlite3.h>'
layer models/base/a.c models/base/a.c '<time.h>'
layer planner/read/b.c planner/read/b.c '<gsl/gsl_rng.h>'
layer planner/read/b.c planner/read/b.c '"simulate/s.h"'
layer planner/read/b.c planner/read/b.c '"cmd.h"'
layer planner/read/b.c planner/read/b.c '"write/w.h"'
layer planner/cmd/say.c planner/cmd/say.c '"read/b.h"'
layer planner/cmd/say.c planner/cmd/say.c '"../tests/x.h"'

echo 'x = strcpy(a, b);' | plant banned models/base/a.c:1: models/base/a.c
echo 'x = time (0);' | plant banned planner/read/b.c:1: planner/read/b.c
printf '/* c */\nclock_gettime(0, &t);\n' |
    plant banned planner/read/b.c:2: planner/read/b.c
echo 'p = malloc(1);' | plant banned models/base/a.c:1: models/base/a.c
echo 's = a->span_s_;' | plant banned planner/read/b.c:1: planner/read/b.c
echo 's = a.instant_utc_s_;' |
    plant banned models/base/a.c:1: models/base/a.c
echo '/* time(NULL) */ x = "strcpy(a)"; now_time(1); p->time(2);' \
    >planner/read/b.c
found=$(tests/lint/banned.sh)
[ -z "$found" ] || say "banned reads comments or strings: $found"
rm planner/read/b.c

seq 601 | plant layout models/base/a.c:600: models/base/a.c
printf '\t%073d\n' 0 | plant layout models/base/a.c:1: models/base/a.c
printf 'x \n' | plant layout models/base/a.c:1: models/base/a.c
echo '/* TODO */' | plant layout models/base/a.c:1: models/base/a.c

echo 'see ../shared/x' | plant layout README.md:1: README.md

echo 'uint8_t a;' |
    plant alone include/revplan/err.h:1: include/revplan/err.h
printf 'int\nmain(int argc, char **argv)\n{\n\treturn 0;\n}\n' |
    plant alone planner/read/b.c:2: planner/read/b.c

impure() {
	printf '#include <%s>\nint f(void);\nint\nf(void)\n{\n\t%s;\n}\n' \
	    "$1" "$2" | plant pure 'obj/.*0: ' models/base/a.c
}
impure stdio.h 'return fopen("a", "r") != 0'
impure stdio.h 'return puts("a")'
impure stdlib.h 'return getenv("a") != 0'
impure time.h 'return time(0) > 0'
impure sqlite3.h 'return sqlite3_initialize()'
archive

{
	printf 'int f(int x);\nint\nf(int x)\n{\n'
	seq 71 | sed 's/.*/\tx++;/'
	printf '\treturn x;\n}\n'
} | plant functions 'models/base/a.c:3:.*function-size' models/base/a.c
{
	printf 'int f(int x);\nint\nf(int x)\n{\n'
	for c in 1 2 3 4 5 6; do
		printf '\tif (x > %d) {\n' "$c"
	done
	printf '\tx++;\n\t} } } } } }\n\treturn x;\n}\n'
} | plant functions 'models/base/a.c:3:.*cognitive' models/base/a.c
echo 'models/base/a.c f' |
    plant functions tests/lint/exceptions:1: tests/lint/exceptions

: | plant sets planner/cmd/more.c:0: planner/cmd/more.c
: | plant sets planner/man/revplan-more.1:0: planner/man/revplan-more.1
mkdir tests/cli/more
: | plant sets tests/cli/more:0: tests/cli/more/a.sh
printf '#!/bin/sh\necho say\necho more\n' |
    plant sets 'planner/cmd.c:0: command more has no plan' obj/revplan

printf '.Dd\n.Sh NOPE\n.Xx\n' |
    plant man planner/man/revplan-say.1:1: planner/man/revplan-say.1

printf 'int\nf(void)\n{\n\tint a[2] = {0};\n\treturn a[2];\n}\n' |
    plant cpp models/base/a.c:5: models/base/a.c

# Rules: rows as the table has them, and their tests.
mkdir -p models/rules tests/rules
row() {
	printf '\t{\n\t\t.id = "%s", .document = "%s",\n' "$1" "$2"
	printf '\t\t.section = "%s", .from = "%s",\n\t},\n' "$3" "$4"
}
rows() {
	echo 'static const struct rp_rule rows[] = {'
	cat
	echo '};'
}
tested() {
	for verdict; do echo "== $verdict as-of 2020-01-02"; done
}
draft() {
	printf '#define OLD .document = "D 1", \\\n\t.draft = true\n'
	printf '\t{\n\t\t.id = "A-9", OLD,\n\t\t.section = "1",\n'
	printf '\t\t.from = "2020-01-01",\n\t},\n'
}
{
	row A-2 'D 1-' 4.9 2020-01-01
	printf '\t/* ---- another order ---- */\n'
	row A-1 'D 1-' 4.9 2020-01-01
	draft
} | rows >models/rules/table_a.c
tested met breached undecided | tee tests/rules/A-1.cases \
    >tests/rules/A-2.cases
found=$(tests/lint/rules.sh)
if [ -z "$found" ]; then
	echo >>proofs
else
	say "clean rules fail: $found"
fi
rule() {
	rows | plant rules "models/rules/table_a.c:$1: rule $2" \
	    models/rules/table_a.c
}
row A-1 '' 4.9 2020-01-01 | rule 3 'A-1 has no .document'
row A-1 'D 1-' '' 2020-01-01 | rule 3 'A-1 has no .section'
row A-1 'D 1-' 4.9 '' | rule 3 'A-1 has no .from'
draft | sed 's/"D 1"/""/' | rule 5 'A-9 has no .document'
{ row A-1 'D 1-' 4.9 2020-01-01; row A-1 'D 2-' 4.9 2021-01-01; } |
    rule 7 'A-1 stands a second time'
{ row A-2 'D 1-' 4.9 2020-01-01; row A-1 'D 1-' 4.9 2020-01-01; } |
    rule 7 'A-1 must stand before A-2'
row A-3 'D 1-' 4.9 2020-01-01 | rule 3 'A-3 has no tests/rules/A-3'
for verdict in met breached undecided; do
	tested met breached undecided | sed "/== $verdict /d" |
	    plant rules "tests/rules/A-2.cases:1: nothing is '$verdict'" \
	    tests/rules/A-2.cases
done
tested met | plant rules 'tests/rules/B-1.cases:1: no rule' \
    tests/rules/B-1.cases
rm -r models/rules tests/rules

echo 'a.c:1:2: warning: x' | plant warnings a.c:1:2: obj/a.o.warn

[ ! -s faults ] && wc -l <proofs
