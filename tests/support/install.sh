#!/bin/sh
# install.sh SUITE: what `make install` puts down can be used, and
# `make uninstall` leaves nothing of it.
set -u
suite=$1
cd "$(dirname "$0")/../.." || exit 1
: "${MAKE:=make}" "${BUILD:=build}"
root=$(mktemp -d)
trap 'rm -rf "$root"' EXIT
passed=0 failed=0

try() {
	what=$1
	shift
	if "$@" >"$root/log" 2>&1; then
		passed=$((passed + 1))
	else
		failed=$((failed + 1))
		echo "-- $what: failed"
		tail -n 30 "$root/log"
	fi
}

makes() {
	$MAKE --no-print-directory BUILD="$BUILD" VARIANT=release \
	    DESTDIR="$root/dest" PREFIX=/opt/revplan "$@"
}

# A user of the library, built with nothing but what pkg-config says.
consumer() {
	pc="env PKG_CONFIG_PATH=$at/lib/pkgconfig PKG_CONFIG_SYSROOT_DIR="
	cat >"$root/use.c" <<'END'
#include <stdio.h>

#include <revplan/err.h>
#include <revplan/forecast.h>

int
main(void)
{
	return puts(rp_status_name(RP_OK)) < 0;
}
END
	# shellcheck disable=SC2046 # flags are words
	cc -std=c11 -o "$root/use" "$root/use.c" \
	    $($pc pkg-config --define-variable=prefix="$at" \
	    --cflags --libs revplan) && "$root/use"
}

at=$root/dest/opt/revplan
try "make install" makes install
try "the installed program" "$at/bin/revplan" --version
try "a program that uses the library" consumer
try "the installed schema" python3 -m json.tool \
    "$at/share/revplan/case.schema.json"
try "an installed case" "$at/bin/revplan" validate \
    "$at/share/revplan/scenarios/secom-2020.yaml"
try "the installed manual" test -s "$at/share/man/man1/revplan.1"
try "the installed manual of stores" test -s "$at/share/man/man5/revplan-store.5"
try "completion for bash" bash -n \
    "$at/share/bash-completion/completions/revplan"
try "completion for zsh" zsh -n "$at/share/zsh/site-functions/_revplan"
try "completion for fish" fish -n \
    "$at/share/fish/vendor_completions.d/revplan.fish"
try "make uninstall" makes uninstall
left=$(find "$root/dest" -type f)
try "nothing is left: $left" test -z "$left"
echo "$suite: $passed passed, $failed failed"
[ "$failed" -eq 0 ]
