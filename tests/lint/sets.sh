#!/bin/sh
# One command, one row, one file, one man page, one folder of tests: the same
# names in all of them.
revplan=${B:-build/release}/revplan
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT

"$revplan" help --names >"$work/table.raw" 2>/dev/null || {
	echo "$revplan:0: 'revplan help --names' failed"
	exit 1
}
sort "$work/table.raw" >"$work/table"
ls planner/cmd 2>/dev/null | sed -n 's/\.c$//p' | sort >"$work/files"
ls planner/man 2>/dev/null | sed -n 's/^revplan-\(.*\)\.1$/\1/p' | sort \
    >"$work/pages"
find tests/cli -mindepth 2 -name '*.sh' 2>/dev/null |
    sed 's|tests/cli/\([^/]*\)/.*|\1|' | sort -u >"$work/tests"
[ -s "$work/table" ] || echo "planner/cmd.c:0: no command"

missing() {
	comm -13 "$work/$1" "$work/table" | sed "s|^\(.*\)|$2|"
	comm -23 "$work/$1" "$work/table" | sed "s|^\(.*\)|$3|"
}
missing files 'planner/cmd.c:0: command \1 has no planner/cmd/\1.c' \
    'planner/cmd/\1.c:0: not in the command table'
missing pages 'planner/cmd.c:0: command \1 has no planner/man/revplan-\1.1' \
    'planner/man/revplan-\1.1:0: not in the command table'
# general/ is for what is not of one command.
sed -i '/^general$/d' "$work/tests"
missing tests 'planner/cmd.c:0: command \1 has no test in tests/cli/\1' \
    'tests/cli/\1:0: not in the command table'
