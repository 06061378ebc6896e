#!/bin/sh
# Every header compiles by itself under gcc and clang, and every source file
# compiles without a warning under clang too (the build uses cc).
here=$(cd "$(dirname "$0")" && pwd)
. "$here/flags.sh"
export FLAGS

one='
. "$1/flags.sh"
case $2 in
*.h) for cc in gcc clang; do
	printf "#include \"%s\"\ntypedef int alone;\n" "$2" |
	    $cc $FLAGS $(includes "$2") -I. -Werror -fsyntax-only -x c - 2>&1 | sed "s|^<stdin>|$2|"
     done ;;
*)   clang $FLAGS $(includes "$2") -Werror -fsyntax-only "$2" 2>&1 ;;
esac | grep -E "(error|warning):"
exit 0
'
{
	find include models planner -name '*.[ch]' 2>/dev/null
	find tests -name '*.c'
} | sort |
    xargs -r -P "${JOBS:-2}" -I{} sh -c "$one" one "$here" {}
