#!/bin/sh
# Manual pages without an error or a warning.
find planner/man -name '*.[1-9]' 2>/dev/null | sort |
    xargs -r mandoc -T lint -W warning 2>&1 |
    sed -e 's/^mandoc: //' -e '/outdated mandoc.db/d'
