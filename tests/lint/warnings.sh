#!/bin/sh
# What the compiler warned of in this build, also if it did so days ago.
find "${B:-build/release}" -name '*.warn' -size +0 -exec cat {} + 2>/dev/null |
    grep -E '(warning|error):'
