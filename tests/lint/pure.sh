#!/bin/sh
# models/ is pure, proved by the linker: all of it links against GSL and
# libm alone, and none of it asks libc for streams, files, the clock, the
# environment or another program.
archive=${B:-build/release}/librevplan_models.a
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT

echo 'int main(void) { return 0; }' >"$work/probe.c"
cc -pthread -o "$work/probe" "$work/probe.c" -Wl,--whole-archive "$archive" \
    -Wl,--no-whole-archive -lgsl -lgslcblas -lm 2>&1 |
    sed "s|^|$archive:0: does not link against GSL alone: |"

# The fortified spellings (__fprintf_chk) and the 64-bit ones count as well.
worldly='(__)?(f|fd|fre)?open(at)?(64)?(_2)?|creat|close|read|write|pread|pwrite
fclose|fread|fwrite|fget[sc]|getc|getchar|fput[sc]|put[sc]|putchar|fflush
getline|v?f?printf|vf?printf|__v?f?printf_chk|perror|stdin|stdout|stderr
popen|pclose|system|fork|vfork|exec[lv]p?e?|posix_spawnp?|kill|signal
sigaction|exit|_exit|__assert_fail
time|clock|clock_gettime|gettimeofday|localtime(_r)?|mktime|tzset|strftime
nanosleep|sleep
getenv|secure_getenv|setenv|putenv|setlocale|environ
rename|remove|unlink|mkdir|opendir|readdir|stat(64)?|fstat(64)?|lstat(64)?
socket|connect|getaddrinfo|dlopen|random|rand|drand48|getrandom
sqlite3_.*|yaml_.*|json_.*|ical.*|csv_.*'
pattern="^($(echo "$worldly" | tr '\n' '|'))\$"
nm -A -u "$archive" 2>/dev/null | while read -r where _ symbol; do
	symbol=${symbol%%@*}
	if echo "$symbol" | grep -qE "$pattern"; then
		echo "$where 0: models/ calls '$symbol'"
	fi
done
