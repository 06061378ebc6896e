/*
 * write/events.h - an event of a case in a few words.
 */
#ifndef RP_WRITE_EVENTS_H
#define RP_WRITE_EVENTS_H

#include "output.h"
#include "revplan/case.h"

/*
 * "hold of 80 certificates of 'acme' from 2026-03-08 to 2026-03-25 (court
 * order)"; a risk is called by what it would bring.
 */
void rp_event_words(const struct rp_case *cs, const struct rp_event *e,
    struct rp_text *out);

#endif /* RP_WRITE_EVENTS_H */
