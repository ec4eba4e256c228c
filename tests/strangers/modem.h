/* modem.h - what modem.tsp tells its test, which gets at it by GetProcAddress of ModemControl. */
#ifndef TESTS_STRANGERS_MODEM_H
#define TESTS_STRANGERS_MODEM_H

#include <windows.h>

#define MODEM_LINES 2 /* line 0 speaks TSPI 1.4, line 1 TSPI 2.0 */

struct modem_control {
    volatile LONG trouble; /* the line number of the first thing TAPI did wrong; 0: nothing */
    volatile LONG open_lines, calls, call_closes, drops, inits, dialogs;
    DWORD provider, lines, phones, line_base;
    /* Of each line: what it detects, how often it was told so, and the last modes that
     * TSPI_lineConditionalMediaDetection asked about. */
    DWORD detects[MODEM_LINES], told[MODEM_LINES], asked[MODEM_LINES];
    DWORD config; /* of both lines: what TSPI_lineSetDevConfig has set */
    /* What the next TSPI_lineMakeCall does: 'd' dials for ever, until its call is closed; 0 all of
     * it, states and reply, before it returns. */
    char make;
    /* A call that comes in while TAPI is inside of an entry: 'm' TSPI_lineSetDefaultMediaDetection,
     * 'c' TSPI_lineGetDevConfig, 'x' TSPI_lineClose. */
    char ring_in;
    BOOL no_line; /* messages about calls leave htLine out */
};

typedef struct modem_control *(WINAPI modem_export)(void);
typedef LONG(WINAPI modem_act)(DWORD line);
/* Exported besides: ModemRing, ModemHangUp (modem_act). */

#endif
