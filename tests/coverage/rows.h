/*
 * rows.h - the calls of line_rows.h as functions in a table, and the application that makes them.
 */
#ifndef TESTS_COVERAGE_ROWS_H
#define TESTS_COVERAGE_ROWS_H

#include "tapi32/private.h"
#include "tests/coverage/every.h"
#include "tests/support/test.h"
#include "tests/support/wait.h"

#define VERSION 0x00020002

enum flags {
    ON_NOTHING = 0, /* a device ID alone */
    ON_DEVICE = 1,
    ON_LINE = 2,
    ON_CALL = 4,
    ON_CONFERENCE = 12, /* a call whose error is INVALCONFCALLHANDLE */
    OWNER = 16,
};

struct row {
    const char *name; /* of the function */
    LONG (*call)(void);
    unsigned flags;
    enum every_entry entry;
    const LONG *errors; /* ended by 0 */
};
extern const struct row line_rows[];
extern const unsigned line_row_count;

/* What the calls use; the tests may change the handles. */
extern HLINEAPP app;
extern HLINE line;
extern HCALL call, other, made, made_too;
extern struct every *every;

/* An application that owns device 0's line and two connected calls on it. */
void rows_open(void);
void rows_open_as(DWORD version); /* of an application that negotiated this one */
void rows_close(void);
/* The result of a request: its reply where it has one. */
LONG rows_finish(LONG result);
/* Waits for a message of that kind. */
LINEMESSAGE rows_next(HLINEAPP of, DWORD message);
HCALL rows_make_call(void);

#endif
