/*
 * base/gsl_quiet.h - GSL reports errors by its return values.
 *
 * Its default handler ends the program; a library must not.  Called at the
 * head of every public function that uses GSL; cheap, once only, any thread.
 */
#ifndef RP_BASE_GSL_QUIET_H
#define RP_BASE_GSL_QUIET_H

void rp_gsl_quiet(void);

#endif /* RP_BASE_GSL_QUIET_H */
