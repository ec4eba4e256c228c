/*
 * harness.h - applications on the lines of recorder.tsp (devices 0 and 1) and lean.tsp (2 and 3),
 * and what the providers were asked. Every test begins with both providers freshly set and ends
 * with nothing left behind.
 */
#ifndef TESTS_SESSION_HARNESS_H
#define TESTS_SESSION_HARNESS_H

#include "tests/session/recorder.h"
#include "tests/support/test.h"

#define OWNER   LINECALLPRIVILEGE_OWNER
#define MONITOR LINECALLPRIVILEGE_MONITOR
#define VOICE   LINEMEDIAMODE_INTERACTIVEVOICE
#define DATA    LINEMEDIAMODE_DATAMODEM
#define FAX     LINEMEDIAMODE_G3FAX
#define ANY     0xA17A17A1u    /* in an expectation: whatever it is */
#define LEAN    RECORDER_LINES /* the first device of lean.tsp */

/* One application with, usually, one line. */
struct person {
    HLINEAPP app;
    HLINE line;
    DWORD version; /* that it negotiates; 0x00020002 unless set before person_start */
    DWORD options; /* more for LINEINITIALIZEEXPARAMS.dwOptions */
};

extern struct recorder *recorder, *lean;

/* lineInitializeEx as the program `module` ("session_test.exe" where it is NULL): the name of a DLL
 * of the system will do, and is what other applications know this one by. Negotiates for every
 * device. */
void person_start(struct person *person, const char *module);
/* lineOpen with person->version. */
LONG person_try_open(struct person *person, DWORD device, DWORD privileges, DWORD media_modes,
                     LINECALLPARAMS *params);
/* Both, for those that must succeed. */
void person_open(struct person *person, const char *module, DWORD device, DWORD privileges,
                 DWORD media_modes);
void person_end(struct person *person);

/* The next message, within a deadline; dwMessageID ~0 and a failed check where none comes. */
LINEMESSAGE person_next(struct person *person);
/* The next message is this one; ANY matches everything. */
void person_expect(struct person *person, DWORD message, DWORD device, DWORD p1, DWORD p2,
                   DWORD p3);
/* LINE_APPNEWCALL (API version 2.0 and later) and LINE_CALLSTATE with the privilege; the HCALL. */
HCALL person_expect_call(struct person *person, DWORD state, DWORD privilege);
/* A request that must succeed: its LINE_REPLY comes next. */
void person_done(struct person *person, LONG request);
/* No message waits for the person: the next one is LINE_DEVSPECIFIC, which is sent to see.
 * Everybody with that line open gets it. */
void nobody_expects_more(DWORD device, unsigned count, struct person **persons);
#define NO_MORE(device, ...)                                                                       \
    nobody_expects_more(device, sizeof((struct person *[]){__VA_ARGS__}) / sizeof(void *),         \
                        (struct person *[]){__VA_ARGS__})

/* lineMakeCall with its reply. */
HCALL person_call(struct person *person);

/* The exchange's side, for a device number. LINE_NEWCALL and the first state; the HDRVCALL. */
DWORD call_arrives(DWORD device, DWORD state, DWORD media_mode);
void call_state(DWORD device, DWORD call, DWORD state);
void call_message(DWORD device, DWORD call, DWORD message, DWORD_PTR p1, DWORD_PTR p2,
                  DWORD_PTR p3);

/* The provider was called like this (the beginning of the log's line is enough) since the last call
 * that was found; waits for it. */
#define TSPI_CALLED(who, text) tspi_called(who, text, __FILE__, __LINE__)
void tspi_called(struct recorder *who, const char *text, const char *file, int line);
/* It was not called so, since the last call that was found. */
#define TSPI_NOT_CALLED(who, text) tspi_not_called(who, text, __FILE__, __LINE__)
void tspi_not_called(struct recorder *who, const char *text, const char *file, int line);

#endif
