/* fixture.h - the three providers and their UI DLL, fresh for each test, and a registry of its own.
 */
#ifndef TESTS_PROVIDERUI_FIXTURE_H
#define TESTS_PROVIDERUI_FIXTURE_H

#include "tapi32/private.h"
#include "tests/providerui/providerui.h"
#include "tests/support/test.h"
#include "tests/support/wait.h"

#define VERSION 0x00020002

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

/* An application with an event. */
struct program {
    HLINEAPP app;
    DWORD lines;
    HANDLE event;
};
struct program program_start(void);
void program_end(struct program *program);
/* The next message of that kind; everything before it is thrown away. False: it did not come. */
bool program_wait(struct program *program, DWORD message, LINEMESSAGE *got);

#endif
