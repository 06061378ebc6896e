# Sourced by the lints that compile: FLAGS, and `includes FILE` for the
# folders that a file may look into.
FLAGS="-std=c11 -D_POSIX_C_SOURCE=200809L -Iinclude -Wall -Wextra -Wpedantic \
-Wshadow -Wconversion -Wstrict-prototypes -Wmissing-prototypes \
-Wold-style-definition -Wpointer-arith -Wwrite-strings -Wvla -Wformat=2 \
-Wdouble-promotion -Wswitch-enum -ffp-contract=off -DRP_VERSION=\"0\" \
$(pkg-config --cflags gsl yaml-0.1 sqlite3 jansson libical libcrypto)"

includes() {
	case $1 in
	include/*) ;;
	models/*) echo -Imodels ;;
	planner/crew_mpi.c) echo -Iplanner "$(mpicc -show |
	    tr ' ' '\n' | sed -n 's/^-I/-isystem/p' | tr '\n' ' ')" ;;
	planner/*) echo -Iplanner ;;
	*) echo -Imodels -Iplanner -Itests -Itests/support ;;
	esac
}
