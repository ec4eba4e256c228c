/*
 * fake.h - fake.tsp: a provider that does nothing by itself. The test says how it shall answer, and
 * completes requests and sends events with the procedures that the engine gave it.
 */
#ifndef TESTS_ENGINE_FAKE_H
#define TESTS_ENGINE_FAKE_H

#include <windows.h>
#include <tapi.h>
#include <tspi.h>

#define FAKE_LINES 3

enum fake_answer {
    FAKE_LATER,       /* returns the request ID; the test completes it */
    FAKE_EARLY,       /* completes with 0, then returns the ID */
    FAKE_EARLY_TWICE, /* completes twice, then returns the ID */
    FAKE_EARLY_FAIL,  /* completes with an error, then returns the ID */
    FAKE_REFUSE,      /* returns LINEERR_RESOURCEUNAVAIL */
    FAKE_ZERO,        /* returns 0 */
    FAKE_OTHER,       /* returns the ID + 1 */
};

struct fake {
    enum fake_answer answer;
    HANDLE block;     /* when set: requests wait for it inside of the TSPI function */
    HANDLE inside;    /* when set: signalled before that */
    BOOL state_first; /* lineMakeCall sends LINE_CALLSTATE before it completes */
    BOOL state_after; /* lineAnswer sends LINE_CALLSTATE of the last call after its answer */
    DWORD media_mode; /* of every call */

    ASYNC_COMPLETION complete;
    LINEEVENT event;
    HPROVIDER provider;
    HTAPILINE line[FAKE_LINES + 1];
    DRV_REQUESTID request; /* the last one */
    HTAPICALL call;        /* of the last call made */
    UINT_PTR calls_made;   /* HDRVCALLs are 1, 2, ... */
    DWORD detection;
    WCHAR *gather;
    DWORD gather_id;
    LONG inits, shutdowns, opens, closes, calls_closed, drops, msps, msps_closed, created;
};

/* Exported as FakeControl. */
typedef struct fake *(WINAPI *fake_control)(void);

#endif
