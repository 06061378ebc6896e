/* What is worth a second look in a case that is valid. */
#include "remarks.h"

#include "log.h"
#include "read/bind.h"

void
rp_remarks_tell(const struct rp_case *cs)
{
	struct rp_faults notes;
	size_t i;

	rp_faults_init(&notes, cs->file);
	rp_notes(cs, &notes);
	for (i = 0; i < notes.n; i++)
		rp_log_note_at(cs->file, notes.fault[i].line,
		    notes.fault[i].col, notes.fault[i].text);
	if (notes.dropped > 0)
		rp_log_note("%zu more notes are not shown", notes.dropped);
	rp_faults_release(&notes);
}
