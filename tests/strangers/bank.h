/* bank.h - what bank.tsp tells its test. The test gets at it by GetProcAddress of BankControl. */
#ifndef TESTS_STRANGERS_BANK_H
#define TESTS_STRANGERS_BANK_H

#include <windows.h>

#define BANK_LINES  64
#define BANK_PHONES 2

struct bank {
    volatile LONG trouble; /* the line number of the first thing TAPI did wrong; 0: nothing */
    volatile LONG open_lines, open_phones, calls, running;
    volatile LONG dialogs, dialog_data;
    volatile LONG states_first; /* the next calls tell their states before their completion */
    volatile LONG silent;       /* requests are never completed */
    DWORD line_base, phone_base, version;
};

typedef struct bank *(WINAPI bank_control)(void);
/* Somebody calls line n (0-63). 'i' tells LINE_CALLINFO before the first state; 'w' does all of it
 * on the provider's worker. Returns the call's number. */
typedef LONG(WINAPI bank_ring)(DWORD line, char how);
/* The caller hangs up. */
typedef void(WINAPI bank_hang_up)(DWORD line);
/* A key of phone n goes down and up. */
typedef void(WINAPI bank_press)(DWORD phone, DWORD key);
/* 'L' and 'P' add a line and a phone, 'l' removes the last line, 'c' closes line 0. */
typedef void(WINAPI bank_change)(char what);

#endif
