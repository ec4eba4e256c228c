/* features.h - the people of tests/features: see README.md. */
#ifndef TESTS_FEATURES_H
#define TESTS_FEATURES_H

#include "tests/support/agent.h"
#include "tests/tapi2/exchange.h"
#include "tests/tapi2/expect.h"

extern struct agent *a, *w, *b, *c; /* lines 101, 101, 102, 103 */

#define ALL_LINE_STATES    0x01FFFFFFu
#define ALL_ADDRESS_STATES 0x000001FFu

/* Opens all four lines; A and W are told of every state of theirs. */
void features_open(void);
/* And lets A (first) and B talk. */
void features_talking(void);
/* from calls to, who answers. The caller's call. */
HCALL features_connect(struct agent *from, struct agent *to, const char *number);
/* W's handle of the call on its line, of which it may hear a little later than A. */
HCALL features_watched(void);
/* Ends all calls and closes the lines. */
void features_end(void);
void features_forget(void);

/* The latest LINE_LINEDEVSTATE of that state; NULL: none came. */
const LINEMESSAGE *features_line_state(struct agent *agent, DWORD state);
/* The latest LINE_ADDRESSSTATE of that state; NULL: none came. */
const LINEMESSAGE *features_address_state(struct agent *agent, DWORD state);
/* The latest LINE_CALLINFO with any of those bits; NULL: none came. */
const LINEMESSAGE *features_call_info(struct agent *agent, DWORD what);

/* lineGetCallInfo, lineGetCallStatus, ... into storage of the fixture's, until the next call. */
const LINECALLINFO *features_info(HCALL call);
const LINECALLSTATUS *features_status(HCALL call);
const LINEDEVSTATUS *features_line(struct agent *agent);
const LINEADDRESSSTATUS *features_address(struct agent *agent);
const LINEADDRESSCAPS *features_address_caps(struct agent *agent);
const LINEDEVCAPS *features_caps(struct agent *agent);

/* LINECALLPARAMS with its defaults, those flags and that target. */
struct features_params {
    LINECALLPARAMS params;
    char target[32];
};
LINECALLPARAMS *features_params(struct features_params *to, DWORD flags, const char *target);

#endif
