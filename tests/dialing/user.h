/*
 * user.h - a user and a machine for a test: HKEY_CURRENT_USER and HKEY_LOCAL_MACHINE of this
 * process are keys of the test's own, empty at its beginning and gone at its end. What is really
 * there is not touched.
 */
#ifndef TESTS_DIALING_USER_H
#define TESTS_DIALING_USER_H

#include <windows.h>
#include <tapi.h>

#include "tests/support/test.h"

#define TELEPHONY L"Software\\Microsoft\\Windows\\CurrentVersion\\Telephony\\"

void user_begin(void);
void user_end(void);

/* Values; the keys are made where they are missing. */
void user_text(HKEY root, const WCHAR *key, const WCHAR *name, const WCHAR *text);
void user_number(HKEY root, const WCHAR *key, const WCHAR *name, DWORD number);
void user_list(HKEY root, const WCHAR *key, const WCHAR *name, const WCHAR *list, DWORD size);
/* What is stored; "" and 0xDEADBEEF where nothing is. The text lives until the next call. */
const WCHAR *user_read_text(HKEY root, const WCHAR *key, const WCHAR *name);
DWORD user_read_number(HKEY root, const WCHAR *key, const WCHAR *name);
bool user_has_key(HKEY root, const WCHAR *key);

/* Redmond (1, current), an office in Berlin (4), and an AT&T card (10) as a Windows of 2000 has
 * them. */
void user_settle(void);

#endif
