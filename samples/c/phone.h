/*
 * phone.h - what the C samples share: one application with one open line, and its messages printed
 * as they come. Built from <tapi.h> alone. Opening ends the program with a sentence when TAPI
 * refuses, as a small program may.
 */
#ifndef SAMPLES_PHONE_H
#define SAMPLES_PHONE_H

#include <windows.h>
#include <tapi.h>

struct phone {
    HLINEAPP app;
    DWORD devices; /* how many lines there are */
    HLINE line;
    HCALL offered; /* the call that came in last */
    struct {
        HCALL call;
        DWORD state;
    } last[8]; /* the last state of each call; 0 call: a free place */
};

/* Begins to use TAPI; no line is open yet. */
void phone_start(struct phone *phone);
/* Begins, and opens the line whose name or number is given. privileges: LINECALLPRIVILEGE_*. */
void phone_open(struct phone *phone, const char *line, DWORD privileges);
/* Closes every line and ends. */
void phone_close(struct phone *phone);

/* Prints messages until the call (0: any) is in one of these LINECALLSTATE_* states, and gives that
 * state; 0 when ms milliseconds (INFINITE: without end) have passed first. */
DWORD phone_wait(struct phone *phone, HCALL call, DWORD states, DWORD ms);
/* Waits for the reply to a request; gives the error in it, or the one that was given at once. */
LONG phone_finish(struct phone *phone, LONG request);
/* Ends a call, if it is not over yet, and lets go of it. */
void phone_hang_up(struct phone *phone, HCALL call);
/* Prints the next message; FALSE when none came in time. */
BOOL phone_print_next(struct phone *phone, LINEMESSAGE *message, DWORD ms);

const char *phone_state_name(DWORD state);
void phone_fail(const char *what, LONG error);

#endif
