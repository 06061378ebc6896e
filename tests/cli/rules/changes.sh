# What changed over the dates on which the lists and the guidelines did; the
# reasons of each step are those of the crosswalk in tests/unit/test_changes.c.
"$REVPLAN" rules --diff 2018-10-14 2020-10-19 2022-11-30 2023-07-15 2024-03-15 \
    2025-03-01 2026-03-20
