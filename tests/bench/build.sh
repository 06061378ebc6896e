# Sourced: what the benchmarks are made of.  `build_yardsticks FOLDER` compiles
# those in C there; $python is a Python that has numpy and SimPy.
build_yardsticks() {
	for name in counts certificates measure; do
		extra=
		[ "$name" = measure ] && extra=-D_DEFAULT_SOURCE
		# shellcheck disable=SC2086 # none or one word
		"${CC:-cc}" -std=c11 -D_POSIX_C_SOURCE=200809L $extra -O2 \
		    -Wall -Wextra -Wconversion \
		    -o "$1/$name" "tests/bench/$name.c" \
		    -lgsl -lgslcblas -lm || return 1
	done
}

python=
for candidate in python3 /usr/bin/python3; do
	if [ -z "$python" ] &&
	    $candidate -c 'import numpy, simpy' 2>/dev/null; then
		python=$candidate
	fi
done
