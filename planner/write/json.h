/*
 * write/json.h - JSON values, with failure remembered until the end.
 */
#ifndef RP_WRITE_JSON_H
#define RP_WRITE_JSON_H

#include <jansson.h>

#include "output.h"
#include "revplan/instant.h"
#include "revplan/table.h"
#include "revplan/units.h"
#include "write/provenance.h"

/* A document in the making; the root is an object. */
struct rp_json {
	json_t *root;		/* NULL when memory ran out at once */
	bool failed;
};

void rp_json_begin(struct rp_json *j);

/* Gives the document back in any case. */
void rp_json_end(struct rp_json *j, struct rp_text *out);

/* The same, but the root stays open: "..., "key": [" is the end, and the
 * caller goes on. */
void rp_json_end_with_array(struct rp_json *j, const char *key,
    struct rp_text *out);

/* Both take the value over; a NULL value or place is a failure. */
void rp_json_set(struct rp_json *j, json_t *object, const char *key,
    json_t *value);
void rp_json_append(struct rp_json *j, json_t *array, json_t *value);

/* A new object or array at a key; borrowed. */
json_t *rp_json_object_at(struct rp_json *j, json_t *object, const char *key);
json_t *rp_json_array_at(struct rp_json *j, json_t *object, const char *key);

/* Values; NULL on want of memory.  A NULL text gives null; bytes that are no
 * UTF-8 become U+FFFD. */
json_t *rp_json_text(const char *s);
json_t *rp_json_instant(struct rp_instant at);
json_t *rp_json_when(struct rp_when when);

/* Rounded to so many decimals; null unless finite. */
json_t *rp_json_real(double x, unsigned decimals);
json_t *rp_json_count(uint64_t n);

/* Percent with one decimal. */
json_t *rp_json_share(struct rp_share share);

/* The rows of a table as objects by key, the notes as texts. */
void rp_json_rows(struct rp_json *j, json_t *object, const char *key,
    const struct rp_table *t);
/* Title, rows and notes of a table into the root. */
void rp_table_json(struct rp_json *j, const struct rp_table *t);
void rp_json_notes(struct rp_json *j, const char *const *note, size_t n);

void rp_json_provenance(struct rp_json *j, const struct rp_provenance *p);

#endif /* RP_WRITE_JSON_H */
