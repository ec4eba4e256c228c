/*
 * recorder.h - recorder.tsp and lean.tsp: a provider that writes down every call into it and does
 * what the test tells it. lean.tsp is the same code with few of its entry points exported, as an
 * older or simpler provider has them. Each has RECORDER_LINES lines of two addresses.
 */
#ifndef TESTS_SESSION_RECORDER_H
#define TESTS_SESSION_RECORDER_H

#include <windows.h>
#include <tapi.h>
#include <tspi.h>

#define RECORDER_LINES 2
#define RECORDER_LOG   2048

struct recorder {
    /* What it shall do; all of it is reset by recorder_reset. */
    DWORD version;         /* the TSPI version it speaks; 0: the highest offered */
    DWORD media_modes;     /* of each line */
    DWORD call_media_mode; /* LINECALLINFO.dwMediaMode */
    DWORD call_id;         /* of each call */
    DWORD address_id;
    LINECALLSTATUS status; /* of each call; dwCallState 0: it cannot say */
    DWORD flags;           /* each set of flags in what it says of lines and addresses */
    DWORD reason, origin, bearer_mode, param_flags; /* LINECALLINFO of each call */
    const char *fail; /* the entry, without TSPI_, that returns fail_with */
    LONG fail_with;
    DWORD fail_device; /* with an entry that has a device or line: only there; ~0: everywhere */
    const char *block; /* the entry that waits for `go` and signals `inside` first */
    HANDLE inside, go;
    BOOL later;                        /* asynchronous requests are completed by the test */
    void (*during)(const char *entry); /* called from inside of each entry */

    /* What it was given. */
    ASYNC_COMPLETION complete;
    LINEEVENT event;
    HPROVIDER provider;
    DWORD line_base;
    HTAPILINE line[RECORDER_LINES];
    DRV_REQUESTID request; /* the last */
    HTAPICALL call[256];   /* by HDRVCALL, from 1 */
    LONG calls;            /* HDRVCALLs given out */
    WCHAR *digits;         /* of the last lineGatherDigits */
    DWORD digits_id;
    BYTE flowspec[2][64]; /* of the last lineSetCallQualityOfService */
    DWORD flowspec_size[2];
    LINECALLPARAMS params; /* fixed part of the last call parameters */
    LONG inits, shutdowns;

    char log[RECORDER_LOG][96];
    volatile LONG logged;
};

/* Exported as RecorderControl. */
typedef struct recorder *(WINAPI *recorder_control)(void);

#endif
