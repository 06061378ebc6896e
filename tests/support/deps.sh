#!/bin/sh
# What revplan needs, and how to get it.
#
#   deps.sh --check SET...     say in one line what is missing; exit 4 if so
#   deps.sh --install SET...   install what is missing, by apt-get if possible
#
# Sets: build (to compile), run (build and what the program calls), check,
# bench, mpi (for MPI=1), fuzz.  pkg-config, the compiler and `command -v`
# decide what is missing; the package manager is asked only for that.
set -eu

# set  test     what is looked for        Debian package
needs='
build  command  cc                        gcc
build  header   stdlib.h                  libc6-dev
build  command  ar                        binutils
build  command  pkg-config                pkg-config
build  library  gsl                       libgsl-dev
build  library  sqlite3                   libsqlite3-dev
build  library  yaml-0.1                  libyaml-dev
build  library  jansson                   libjansson-dev
build  library  libical                   libical-dev
build  library  libcrypto                 libssl-dev
build  header   csv.h                     libcsv-dev
build  header   Random123/philox.h        librandom123-dev
run    command  gnuplot                   gnuplot-nox
run    file     /usr/share/zoneinfo/UTC   tzdata
check  library  cmocka                    libcmocka-dev
check  command  clang                     clang
check  command  clang-tidy                clang-tidy
check  command  cppcheck                  cppcheck
check  command  mandoc                    mandoc
check  command  chromium                  chromium
check  command  chromedriver              chromium-driver
check  command  python3                   python3
check  command  zsh                       zsh
check  command  fish                      fish
check  command  sqlite3                   sqlite3
check  command  fc-list                   fontconfig
check  font     DejaVuSans.ttf            fonts-dejavu-core
check  module   numpy                     python3-numpy
check  module   simpy                     python3-simpy3
bench  command  python3                   python3
bench  module   numpy                     python3-numpy
bench  module   simpy                     python3-simpy3
check  command  mpicc                     libopenmpi-dev
check  command  mpirun                    openmpi-bin
mpi    command  mpicc                     libopenmpi-dev
mpi    command  mpirun                    openmpi-bin
fuzz   command  clang                     clang
fuzz   runtime  fuzzer                    libclang-rt-dev
'

present() {
	case $1 in
	command) command -v "$2" >/dev/null 2>&1 ;;
	library) pkg-config --exists "$2" 2>/dev/null ;;
	header)  echo "#include <$2>" | cc -E - >/dev/null 2>&1 ;;
	file)    test -e "$2" ;;
	module)  python3 -c "import $2" 2>/dev/null ||
		    /usr/bin/python3 -c "import $2" 2>/dev/null ;;
	runtime) echo 'int LLVMFuzzerTestOneInput(void) { return 0; }' |
		    clang -fsanitize="$2" -x c -o /dev/null - 2>/dev/null ;;
	font)    fc-list 2>/dev/null | grep -q "$2" ;;
	esac
}

# Prints "what package" for each missing need of the wanted sets.
missing() {
	echo "$needs" | while read -r set how what package; do
		case " $wanted " in
		*" $set "*) present "$how" "$what" || echo "$what $package" ;;
		esac
	done
}

how=$1
shift
wanted="$*"
case " $wanted " in *" run "*) wanted="build $wanted" ;; esac

found=$(missing)
[ -n "$found" ] || exit 0
names=$(echo "$found" | cut -d' ' -f1 | tr '\n' ' ')
packages=$(echo "$found" | cut -d' ' -f2 | sort -u | tr '\n' ' ')

if [ "$how" = --check ]; then
	echo "revplan needs ${names% }: run 'make deps'" >&2
	exit 4
fi
if ! command -v apt-get >/dev/null 2>&1; then
	echo "missing: ${names% }; install what your system calls" \
	    "${packages% } (Debian's names) and try again" >&2
	exit 4
fi

sudo=
if [ "$(id -u)" -ne 0 ]; then
	sudo=sudo
	command -v sudo >/dev/null 2>&1 || {
		echo "missing: ${packages% }; run 'make deps' as root" >&2
		exit 4
	}
fi
echo "installing: ${packages% }"
log=$(mktemp)
trap 'rm -f "$log"' EXIT
# shellcheck disable=SC2086 # the package names are words on purpose
if ! { $sudo apt-get update &&
    $sudo env DEBIAN_FRONTEND=noninteractive apt-get install -y \
    --no-install-recommends $packages; } >"$log" 2>&1 </dev/null; then
	tail -n 20 "$log" >&2
	echo "apt-get could not install: ${packages% }" >&2
	exit 4
fi
left=$(missing)
if [ -n "$left" ]; then
	echo "still missing after the installation:" \
	    "$(echo "$left" | cut -d' ' -f1 | tr '\n' ' ')" >&2
	exit 4
fi
