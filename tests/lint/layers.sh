#!/bin/sh
# Who may include whom: stages and folders of tests/lint/stages.
here=$(cd "$(dirname "$0")" && pwd)
find include models planner -name '*.[ch]' 2>/dev/null | sort |
    xargs -r grep -Hn '^[[:space:]]*#[[:space:]]*include' |
    awk -f "$here/layers.awk" "$here/stages" -
