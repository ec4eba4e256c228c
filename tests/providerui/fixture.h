/* fixture.h - the three providers and their UI DLL, fresh for each test, and a registry of its own.
 */
#ifndef TESTS_PROVIDERUI_FIXTURE_H
#define TESTS_PROVIDERUI_FIXTURE_H

#include "tests/providerui/fixture_program.h"
#include "tests/providerui/providerui.h"

extern struct ui_provider *ui_new, *ui_old, *ui_bare;
extern struct ui_dll *ui;

/* The list of this process; NULL: that of the registry, which is empty at a test's beginning. */
void fixture_providers(const WCHAR *list);
/* A number of the registry's list; -1: it is not there. */
LONG fixture_number(const WCHAR *name);
void fixture_set_number(const WCHAR *name, DWORD value);
/* A text of it, in static memory. */
const WCHAR *fixture_text(const WCHAR *name);
/* How many providers lineGetProviderList has, and the ID of the one with that file (0: none). */
LONG fixture_listed(const WCHAR *file, DWORD *id);

#endif
