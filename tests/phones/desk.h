/*
 * desk.h - desk.tsp: a provider with three desk sets and one line, which do what the test says.
 * What an application sets, it can get again; requests are answered as `answer` tells, and events
 * come when the test sends them with the procedures that TAPI gave.
 */
#ifndef TESTS_PHONES_DESK_H
#define TESTS_PHONES_DESK_H

#include <windows.h>
#include <tapi.h>
#include <tspi.h>

#define DESK_PHONES  3
#define DESK_MOST    6 /* with those that come at run time */
#define DESK_BUTTONS 14
#define DESK_RINGS   3
#define DESK_COLUMNS 20
#define DESK_DATA    16 /* bytes of each of its two data areas */

#define DESK_EXT_LOW  2 /* extension versions */
#define DESK_EXT_HIGH 5

enum desk_answer {
    DESK_EARLY,       /* completes with 0, then returns the ID */
    DESK_LATER,       /* returns the request ID; the test completes it */
    DESK_EARLY_TWICE, /* completes twice, then returns the ID */
    DESK_EARLY_FAIL,  /* completes with PHONEERR_RESOURCEUNAVAIL, then returns the ID */
    DESK_REFUSE,      /* returns PHONEERR_RESOURCEUNAVAIL */
    DESK_REFUSE_LINE, /* returns a line's error, which a phone function must not show */
    DESK_ZERO,        /* returns 0 */
    DESK_OTHER,       /* returns the ID + 1 */
};

enum desk_lie {
    DESK_HONEST,
    DESK_OUTSIDE,    /* parts of structures lie outside of them */
    DESK_COUNTS,     /* arrays are shorter than their count */
    DESK_NOT_ENOUGH, /* no buffer is ever large enough */
    DESK_POSITIVE,   /* synchronous functions return 1 */
    DESK_FAIL,       /* synchronous functions return PHONEERR_INVALPHONESTATE */
};

struct desk_phone {
    HTAPIPHONE handle;
    DWORD open_version, ext_version;
    LONG opens, closes;
    DWORD states, button_modes, button_states; /* TSPI_phoneSetStatusMessages */
    LONG status_calls;
    DWORD hook[3], volume[3], gain[3]; /* handset, speaker, headset */
    DWORD lamp[DESK_BUTTONS];
    DWORD button_mode[DESK_BUTTONS], button_function[DESK_BUTTONS];
    WCHAR button_text[DESK_BUTTONS][16];
    DWORD ring, ring_volume;
    WCHAR display[DESK_COLUMNS];
    BYTE data[2][DESK_DATA];
};

struct desk {
    enum desk_answer answer;
    enum desk_lie lie;
    HANDLE inside;               /* when set: signalled inside of the next TSPI function */
    HANDLE block;                /* when set: which then waits for it */
    BOOL complete_on_close;      /* TSPI_phoneClose completes the last request, with 0 */
    volatile BOOL refuse_device; /* TSPI_providerCreatePhoneDevice and ...LineDevice fail */
    LONG open_result;            /* of TSPI_phoneOpen */
    BOOL open_event;             /* TSPI_phoneOpen sends a PHONE_STATE before it returns */
    void (*hook_change)(HTAPIPHONE phone);  /* called inside of TSPI_phoneSetHookSwitch */
    void (*hook_changed)(HTAPIPHONE phone); /* the same, after the answer */
    void (*lamp_changed)(DWORD lamp); /* called inside of TSPI_phoneSetLamp, after the answer */
    BOOL sound;                       /* it has wave devices: 0 for wave/in and wave/out */
    BOOL no_rings;                    /* it cannot ring */
    BOOL handset_only;                /* it has no speaker and no headset */
    BOOL has_line; /* tapi/line is `line`, the ID of a line of another provider */
    DWORD line;
    DWORD version; /* TSPI version of its phones; 0: it has none in common with TAPI */

    ASYNC_COMPLETION complete;
    LINEEVENT line_event;
    PHONEEVENT event;
    HPROVIDER provider;
    DRV_REQUESTID request; /* the last one */
    DWORD phone_base, line_base;
    DWORD created;                   /* device ID of the last TSPI_providerCreate... */
    volatile DWORD_PTR created_from; /* and its temporary one */
    DWORD caps_ext;                  /* dwExtVersion of the last TSPI_phoneGetDevCaps */
    DWORD target;                    /* ID of the last TSPI_phoneGetID's hTargetProcess */
    LONG inits, shutdowns;
    struct desk_phone phone[DESK_MOST];
};

/* Exported as DeskControl. */
typedef struct desk *(WINAPI *desk_control)(void);

#endif
