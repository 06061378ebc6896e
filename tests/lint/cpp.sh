#!/bin/sh
# cppcheck, for what the compilers and clang-tidy do not look at.  Its guesses
# across files about uninitialised memory do not see who fills it.
store=${B:-build/release}/cppcheck
mkdir -p "$store"
cppcheck --quiet --std=c11 --enable=warning,portability --inline-suppr \
    --suppress=missingIncludeSystem --suppress=missingInclude --suppress=ctuuninitvar \
    -Iinclude -Imodels -Iplanner -j "${JOBS:-2}" \
    --cppcheck-build-dir="$store" --template='{file}:{line}: {id}: {message}' \
    models planner 2>&1
