/*
 * planner/read/yaml_words.h - broken YAML, in words that say what to do.
 */
#ifndef RP_READ_YAML_WORDS_H
#define RP_READ_YAML_WORDS_H

#include <yaml.h>

#include "read/doc.h"

/* Note in f what the parser stumbled over; bytes is what it reads. */
void rp_yaml_fault(const yaml_parser_t *p, const char *bytes, size_t len,
    struct rp_faults *f);

#endif /* RP_READ_YAML_WORDS_H */
