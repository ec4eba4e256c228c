/* translate.h - what translate*.c share: the functions of dialling rules (dialing/). They are no
 * rows: the rules are the user's, so it is the application's process that reads them, and most of
 * them work before any lineInitialize. */
#ifndef TAPI32_TRANSLATE_H
#define TAPI32_TRANSLATE_H

#include "dialing/store.h"
#include "tapi32/internal.h"

LONG translate_check_version(DWORD version);
/* LINEERR_INVALPOINTER, LINEERR_STRUCTURETOOSMALL. */
LONG translate_check_output(void *structure, enum struct_kind kind);
/* The version, the application's handle (0 only for version 2.0 and later) and, unless NULL, a
 * device of it. */
LONG translate_check(HLINEAPP app, DWORD version, const DWORD *device);
/* Newest layout to the application's. */
LONG translate_deliver(enum struct_kind kind, DWORD version, bool wide, const void *structure,
                       uint32_t size, void *out);

#endif
