/* odd.h - what odd.tsp shows to its test. */
#ifndef STRANGERS_ODD_H
#define STRANGERS_ODD_H

#include <windows.h>

#define ODD_ADDRESSES 3 /* of the first line; the second has one */
#define ODD_CALLS     4

struct odd {
    /* What TSPI_lineMakeCall does before it returns: states, each with a mode, told before the
     * reply (early) or behind it. */
    DWORD early[4][2], states[4][2];
    LONG result;        /* of the reply */
    BOOL from_thread;   /* all of it told by another thread, which TSPI_lineMakeCall waits for */
    BOOL no_idle;       /* a call that is dropped is silent */
    BOOL rings_at_open; /* a call is there before TSPI_lineOpen's caller has the line */
    DWORD made_address; /* LINECALLPARAMS.dwAddressID of the last call */
    volatile LONG open_lines, open_calls, drops, answers;
    DWORD device_base;
    DWORD last_created; /* device ID of the newest line, 0 before */

    /* The world outside. A call slot is used again as soon as TAPI has closed the call in it. */
    int (*ring)(DWORD line, DWORD address); /* LINE_NEWCALL and nothing else: the slot, or -1 */
    void (*say)(int slot, DWORD state, DWORD mode);
    void (*info)(int slot, DWORD which);
    void (*address_state)(DWORD line, DWORD address, DWORD which);
    void (*close)(DWORD line); /* LINE_CLOSE */
    void (*create)(void);      /* LINE_CREATE */
    void (*remove)(DWORD device);
};

typedef struct odd *odd_state(void);

#endif
