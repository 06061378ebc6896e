/*
 * planner/read/bind.h - from the tree of a case file to a struct rp_case.
 *
 * One sorted table of keys (keys.c: name, type, unit, range, setter) drives
 * reading, the messages, the proposals of the nearest word and the JSON
 * Schema that is shipped for editors.
 */
#ifndef RP_READ_BIND_H
#define RP_READ_BIND_H

#include "revplan/case.h"
#include "read/doc.h"
#include "read/files.h"

/*
 * Bind a document.  files yields what the case names (holidays, empirical
 * points).  All faults go to f in one run.
 *
 *   RP_OK      *out is a new case, owned by the caller; f got nothing new
 *   RP_EINPUT  f says why; *out is untouched
 *   RP_EIO, RP_ENOMEM  err says why; *out is untouched
 */
RP_CHECKED rp_status rp_bind(const struct rp_doc *doc,
    const struct rp_files *files, struct rp_faults *f, struct rp_case **out,
    struct rp_err *err);

/*
 * What is possible in a valid case and yet hardly meant: notes, not faults,
 * in the order of the file.
 */
void rp_notes(const struct rp_case *cs, struct rp_faults *notes);

/* The JSON Schema of the format, generated from the same table; malloc'ed. */
RP_CHECKED rp_status rp_schema(char **out, struct rp_err *err);

#endif /* RP_READ_BIND_H */
