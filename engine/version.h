/*
 * version.h - what an application that negotiated an older version of TAPI is told in the place of
 * what came later: "TAPI converts all TAPI 2.0 structures and messages into TAPI 1.4 equivalents,
 * or as close as possible" (tapi-versioning.md). What is new in which version is in the headers'
 * guards and on the constants' pages ("exposed only to applications that negotiate ...").
 */
#ifndef ENGINE_VERSION_H
#define ENGINE_VERSION_H

#include "engine/private.h"

/* The bits of LINE_LINEDEVSTATE that the version has. */
DWORD version_line_states(DWORD version, DWORD states);
/* Of those it has not, TAPI 1.3 hears these as LINEDEVSTATE_REINIT; it hears nothing of the rest.
 */
#define VERSION_STATES_START_AGAIN (LINEDEVSTATE_CAPSCHANGE | LINEDEVSTATE_TRANSLATECHANGE)
/* The bits of LINE_CALLINFO that the version has. */
DWORD version_call_info(DWORD version, DWORD what);
/* dwParam2 of LINE_CALLSTATE, LINECALLSTATUS.dwCallStateMode. */
DWORD version_state_mode(DWORD version, DWORD state, DWORD mode);
/* A LINEERR_, or LINEERR_OPERATIONFAILED for one that the version has not. */
LONG version_error(DWORD version, LONG error);
/* Takes the flags that the version has not out of a structure of the newest layout, or puts the
 * nearest that it has in their place. */
void version_convert(DWORD version, enum struct_kind kind, void *data);

#endif
