/* revplan doctor: what this machine has of what revplan needs. */
#include "cmd.h"
#include "doctor.h"

rp_status
cmd_run_doctor(const struct cmd_args *args, bool *findings,
    struct rp_err *err)
{
	struct doctor d = {0};
	struct rp_text text = {0};
	struct rp_show how = cmd_how(args, NULL, NULL);
	rp_status st = doctor_begin(&d, err);

	(void)findings;
	if (st != RP_OK)
		return st;
	doctor_libraries(&d);
	doctor_pictures(&d);
	doctor_place(&d);
	doctor_store(&d);
	st = rp_table_status(d.table);
	if (st == RP_OK)
		st = rp_show_table(d.table, &how, &text, err);
	if (st == RP_OK)
		st = cmd_write(args, &how, &text, err);
	if (st == RP_OK && d.unfit[0] != '\0')
		st = rp_fail(err, RP_EPROGRAM, "what revplan needs is not as "
		    "it should be: %s", d.unfit);
	rp_text_release(&text);
	rp_table_free(d.table);
	return st;
}
