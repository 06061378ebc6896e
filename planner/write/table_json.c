#include "write/json.h"
#include "write/writers.h"

void
rp_table_json(struct rp_json *j, const struct rp_table *t)
{
	json_t *notes;
	size_t i;

	if (rp_table_title(t) != NULL)
		rp_json_set(j, j->root, "title",
		    rp_json_text(rp_table_title(t)));
	rp_json_rows(j, j->root, "rows", t);
	notes = rp_json_array_at(j, j->root, "notes");
	for (i = 0; i < rp_table_notes(t); i++)
		rp_json_append(j, notes,
		    rp_json_text(rp_table_note_text(t, i)));
}

void
rp_table_write_json(const struct rp_table *t,
    const struct rp_provenance *provenance, struct rp_text *out)
{
	struct rp_json j;

	rp_json_begin(&j);
	rp_table_json(&j, t);
	if (provenance != NULL)
		rp_json_provenance(&j, provenance);
	rp_json_end(&j, out);
}
