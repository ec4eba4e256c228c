/* phones.h - the calls of phone_rows.h as functions in a table, and the application that makes
 * them. */
#ifndef TESTS_COVERAGE_PHONES_H
#define TESTS_COVERAGE_PHONES_H

#include "tests/coverage/rows.h"

extern const struct row phone_rows[]; /* ON_LINE is: on a phone */
extern const unsigned phone_row_count;
extern HPHONEAPP phone_app;
extern HPHONE phone;

/* An application that has device 0 open with the privilege. */
void phones_open(DWORD privilege);
void phones_open_as(DWORD privilege, DWORD version); /* that it negotiated */
void phones_close(void);
LONG phones_finish(LONG result);
PHONEMESSAGE phones_next(DWORD message);

#endif
