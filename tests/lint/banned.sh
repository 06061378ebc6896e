#!/bin/sh
# Calls that are never made, and members that only their owner touches.
here=$(cd "$(dirname "$0")" && pwd)

# search REGEX EXPLANATION FILE...: where the code, without comments and
# strings, meets REGEX.
search() {
	regex=$1 text=$2
	shift 2
	for f in "$@"; do
		awk -f "$here/strip.awk" "$f" | grep -nE "$regex" |
		    sed "s|^\([0-9]*\):.*|$f:\1: $text|"
	done
}

# call NAME...: the regex of a call of one of the names.
call() {
	echo "(^|[^A-Za-z0-9_.>])($(echo "$*" | tr ' ' '|'))[[:space:]]*\("
}

all() {
	find "$@" -name '*.[ch]' 2>/dev/null | sort
}

product=$(all include models planner)
# shellcheck disable=SC2046,SC2086 # file names without blanks
{
search "$(call strcpy strcat sprintf vsprintf strtok rand srand localtime \
    asctime ctime gmtime atoi atol atoll atof gets tmpnam mktemp alloca)" \
    "banned call" $product $(all tests)
search "$(call system)" "banned call" $product
search "$(call time clock clock_gettime gettimeofday)" \
    "only planner/clock.c asks what time it is" \
    $(echo "$product" | grep -v '^planner/clock\.c$')
search "$(call malloc calloc realloc free)" \
    "models/ allocates through base/mem.h" \
    $(all models | grep -v '^models/base/mem\.[ch]$')
search '(\.|->|\{ *\.?)[[:space:]]*instant_utc_s_' \
    "only instant.h and instant.c look into an instant" \
    $(all include models planner tests |
    grep -v -e '^include/revplan/instant\.h$' -e '^models/base/instant\.c$')
search '(\.|->)[[:space:]]*(span_s_|count_n_|share_ppb_)' \
    "only units.h and units.c look into a span, count or share" \
    $(all include models planner tests |
    grep -v -e '^include/revplan/units\.h$' -e '^models/base/units\.c$')
}
