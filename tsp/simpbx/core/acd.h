/*
 * acd.h - extensions that no telephone stands behind: queues, route points and groups, where calls
 * wait until somebody sends them on (call-queues-and-route-points.md). A program does that on the
 * extension's line, with lineRedirect. Where none has the line open, the exchange gives a queue's
 * calls to the agents that the configuration names; after a time it sends them elsewhere.
 */
#ifndef SIMPBX_ACD_H
#define SIMPBX_ACD_H

#include "core.h"

#define PBX_ACD_AGENTS 16
#define PBX_ACD_CALLS  1000 /* most calls that wait at one of them */

enum pbx_acd_kind {
    PBX_ACD_QUEUE,      /* calls are accepted at once and wait: LINEADDRCAPFLAGS_QUEUE */
    PBX_ACD_ROUTEPOINT, /* calls are offered, for a decision: LINEADDRCAPFLAGS_ROUTEPOINT */
    PBX_ACD_GROUP,      /* a queue that stands for a group: LINEADDRCAPFLAGS_ACDGROUP */
};

/* Of one extension, as its configuration says. */
struct pbx_acd_plan {
    enum pbx_acd_kind kind;
    char extension[PBX_NUMBER];
    char agent[PBX_ACD_AGENTS][PBX_NUMBER];
    uint32_t agents;
    char overflow[PBX_NUMBER]; /* "": calls wait without end */
    uint32_t overflow_after;   /* ms */
    uint32_t treatment;        /* enum pbx_treatment: what waiting callers hear */
};

struct pbx_acd {
    struct pbx_acd_plan plan;
    uint32_t next; /* the agent whose turn it is */
};

/* Reads what stands behind `queue 800 "Sales"`: words until `count`. False: `error` says why. */
bool pbx_acd_plan_read(struct pbx_acd_plan *plan, const char *const *word, size_t count,
                       char *error, size_t error_size);
/* Makes the extension one of these, or, if it is one, what the plan says; false: no memory. */
bool pbx_acd_set(struct pbx_extension *extension, const struct pbx_acd_plan *plan);
/* Takes one more call? */
bool pbx_acd_full(const struct pbx_extension *extension);
/* A call has been routed to it: it is offered, and waits from now on. */
void pbx_acd_arrived(struct pbx_leg *leg);
/* LINEADDRCAPFLAGS_ of the extension; 0 for one with a telephone. */
uint32_t pbx_acd_flags(const struct pbx_extension *extension);

#endif
