#!/bin/sh
# Files of at most 600 lines, lines of at most 80 columns, no blanks at their
# ends, no notes to self, and no path of one machine in any file.
export LC_ALL=C.UTF-8
find include models planner tests \( -name '*.[ch]' -o -name '*.sh' -o \
    -name '*.awk' -o -name '*.py' \) 2>/dev/null | sort | while read -r f; do
	lines=$(wc -l <"$f")
	[ "$lines" -le 600 ] || echo "$f:600: the file has $lines lines"
	case $f in *.[ch])
		expand "$f" | grep -nE '.{81,}' |
		    sed "s|^\([0-9]*\):.*|$f:\1: more than 80 columns|"
	esac
	grep -nE '[[:blank:]]$' "$f" |
	    sed "s|^\([0-9]*\):.*|$f:\1: blanks at the end of the line|"
	[ "$f" = tests/lint/layout.sh ] || [ "$f" = tests/lint/selftest.sh ] ||
	    grep -nE '\b(TODO|FIXME|XXX|HACK)\b' "$f" |
	    sed "s|^\([0-9]*\):.*|$f:\1: a note to self|"
done
grep -rnIE '\.\./shared|/work/|/home/[a-z]' . --exclude-dir=build \
    --exclude-dir=.git --exclude=layout.sh --exclude=selftest.sh |
    sed 's|^\./\([^:]*:[0-9]*\):.*|\1: a path of one machine|'
