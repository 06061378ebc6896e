/*
 * planner/read/bind.c - a whole case, from its tree.
 */
#include "read/bind.h"

#include <string.h>

#include "read/binder.h"

static void
set_defaults(struct rp_binder *b)
{
	struct rp_case *cs = b->cs;

	cs->file = rp_bind_text(b, b->f->file != NULL ? b->f->file : "");
	cs->simulation.step = rp_span_of_s(86400);
	cs->simulation.trials = 10000;
	cs->simulation.seed = 1;
	cs->revocation.kind = RP_REVOKE_AFTER_REPLACED;
}

static void
bind_root(struct rp_binder *b, const struct rp_node *root)
{
	if (root->kind != RP_NODE_MAP) {
		rp_fault(b->f, RP_AT_NODE(root), "'case' takes a map of keys; "
		    "begin it with 'revplan: 1'");
		return;
	}
	rp_bind_names(b, root);
	rp_bind_map(b, RP_CTX_CASE, root, b->cs);
	if (b->status == RP_OK)
		rp_check_case(b, root);
}

rp_status
rp_bind(const struct rp_doc *doc, const struct rp_files *files,
    struct rp_faults *f, struct rp_case **out, struct rp_err *err)
{
	struct rp_binder b = { .f = f, .files = files };
	const struct rp_node *root = rp_doc_root(doc);
	size_t before = f->n + f->dropped;

	if (root == NULL) {
		rp_fault(f, 1, 1, "the file is empty; begin it with "
		    "'revplan: 1'");
		return RP_EINPUT;
	}
	b.cs = rp_case_new();
	if (b.cs == NULL)
		return rp_fail(err, RP_ENOMEM, "no memory for the case");
	set_defaults(&b);
	bind_root(&b, root);
	if (b.status != RP_OK) {
		rp_case_free(b.cs);
		return rp_fail(err, b.status, "no memory for the case");
	}
	if (f->n + f->dropped > before) {
		rp_case_free(b.cs);
		return RP_EINPUT;
	}
	*out = b.cs;
	return RP_OK;
}
