#!/bin/sh
# selftest.sh SUITE: proves that the runners can fail.  Each gets a program
# that is wrong in one way, and must say so in its last line.
set -u
suite=$1
root=$(cd "$(dirname "$0")/../.." && pwd)
tree=$(mktemp -d)
trap 'rm -rf "$tree"' EXIT
cd "$tree" || exit 1
mkdir -p tests scenarios bin
cp -R "$root/tests/support" tests/
mkdir -p tests/cli/say tests/golden tests/fuzz/corpus/x tests/fuzz/corpus/y
cp "$root/tests/cli/run.sh" tests/cli/
cp "$root/tests/golden/run.sh" tests/golden/
cp "$root/tests/fuzz/run.sh" tests/fuzz/
passed=0 failed=0

# program TEXT: bin/p becomes a shell script of that text.
program() {
	printf '#!/bin/sh\n%s\n' "$1" >bin/p
	chmod +x bin/p
}

# wants CLOSING COMMAND...: the command must end with that line.
wants() {
	closing=$1
	shift
	found=$("$@" 2>&1 | tail -n 1)
	if [ "$found" = "$closing" ]; then
		passed=$((passed + 1))
	else
		failed=$((failed + 1))
		echo "-- '$*' on '$(tail -n 1 bin/p)' says '$found'," \
		    "not '$closing'"
	fi
}

good='s: 1 passed, 0 failed'
bad='s: 0 passed, 1 failed'

unit() {
	program "$1"
	wants "$2" tests/support/run-unit.sh s bin/p
}
ok='echo "[       OK ] a"; echo "[  PASSED  ] 1 test(s)."'
unit "$ok" "$good"
unit "$ok; exit 1" 's: 1 passed, 1 failed'
unit "$ok; kill -SEGV \$\$" 's: 1 passed, 1 failed'
unit 'echo "[       OK ] a"; kill -ABRT $$' 's: 1 passed, 1 failed'
unit 'true' "$bad"
unit 'echo "[  FAILED  ] 3 test(s), listed below:"; exit 3' \
    's: 0 passed, 3 failed'
wants "$bad" tests/support/run-unit.sh s bin/absent
wants 's: 0 passed, 0 failed' tests/support/run-unit.sh s

cli() {
	program "$1"
	wants "$2" tests/cli/run.sh s bin/p
}
program 'true'
wants 's: 0 passed, 0 failed' tests/cli/run.sh s bin/p
# shellcheck disable=SC2016 # the case expands it
echo '"$REVPLAN"' >tests/cli/say/it.sh
echo hello >tests/cli/say/it.stdout.exact
cli 'echo hello' "$good"
cli 'echo hello; exit 3' "$bad"
cli 'echo other' "$bad"
cli 'echo hello; echo "runtime error: x" >&2' "$bad"
wants "$bad" tests/cli/run.sh s bin/absent
: >tests/cli/say/it.stderr.exact
cli 'echo hello; echo talk >&2' "$bad"
echo 3 >tests/cli/say/it.exit
cli 'echo hello; exit 3' "$good"
cli 'echo hello' "$bad"

program 'echo new; exit 4'
wants "$good" tests/cli/run.sh --bless s bin/p
wants "$good" tests/cli/run.sh s bin/p
program 'echo newer; kill -SEGV $$'
wants "$bad" tests/cli/run.sh --bless s bin/p
program 'echo newer; echo "==1==ERROR: AddressSanitizer: x" >&2; exit 4'
wants "$bad" tests/cli/run.sh --bless s bin/p
program 'echo new; exit 4'
wants "$good" tests/cli/run.sh s bin/p

echo 'a.csv say it' >tests/golden/table
golden() {
	program "$1"
	wants "$2" tests/golden/run.sh s bin/p
}
golden 'echo 1' "$bad"
wants "$good" tests/golden/run.sh --bless s bin/p
golden 'echo 1' "$good"
golden 'echo 2' "$bad"
program 'echo 2; kill -SEGV $$'
wants "$bad" tests/golden/run.sh --bless s bin/p
golden 'echo 1' "$good"

cp bin/p bin/fuzz_x
cp bin/p bin/fuzz_y
echo a >tests/fuzz/corpus/x/a
echo b >tests/fuzz/corpus/x/b
wants 's: 2 passed, 0 failed' tests/fuzz/run.sh s bin/fuzz_x
wants 's: 2 passed, 1 failed' tests/fuzz/run.sh s bin/fuzz_x bin/fuzz_y
echo 'exit 1' >>bin/fuzz_x
wants "$bad" tests/fuzz/run.sh s bin/fuzz_x

echo "$suite: $passed passed, $failed failed"
[ "$failed" -eq 0 ] && [ "$passed" -gt 0 ]
