/*
 * provider.h - simpbx.tsp as a DLL: what every TAPI of a test's own (tspi.c, tspi_phone.c,
 * tspi_sound_test.c) begins and ends with.
 */
#ifndef TESTS_SIMPBX_PROVIDER_H
#define TESTS_SIMPBX_PROVIDER_H

#include "tests/support/test.h"

#include <windows.h>

#include "simpbx.h"

extern ISimPBX *control; /* NULL before provider_configure */

void provider_load(void);
/* An export that must be there. */
void *provider_entry(const char *name);
/* For a list of entries, X(PROVIDER_ENTRY): fills tsp.<name>. */
#define PROVIDER_ENTRY(name) tsp.name = (__typeof__(tsp.name))provider_entry("TSPI_" #name);
/* Makes the control object, if there is none yet, and has it read the configuration. */
void provider_configure(const WCHAR *text);
/* After TSPI_providerShutdown. The control object goes, and nothing else keeps the DLL. */
void provider_unload(void);

#endif
