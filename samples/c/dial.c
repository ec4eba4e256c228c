/* dial.c - makes a call, says what becomes of it, and hangs up after a while.
 *     dial LINE NUMBER [MILLISECONDS]
 * Exit status: 0 the other end answered, 1 it did not. */
#include "phone.h"

#include <stdio.h>
#include <stdlib.h>

int main(int argc, char **argv)
{
    struct phone phone;
    DWORD state;
    HCALL call;
    LONG error;

    if (argc < 3) {
        fprintf(stderr, "usage: dial LINE NUMBER [MILLISECONDS]\n");
        return 2;
    }
    phone_open(&phone, argv[1], LINECALLPRIVILEGE_NONE);
    error =
        phone_finish(&phone, lineMakeCallA(phone.line, &call, argv[2], 0, NULL), "lineMakeCall");
    if (error)
        phone_fail("lineMakeCall", error);
    state = phone_wait(&phone, call,
                       LINECALLSTATE_CONNECTED | LINECALLSTATE_DISCONNECTED | LINECALLSTATE_IDLE,
                       argc > 3 ? (DWORD)atoi(argv[3]) : 10000);
    if (state == LINECALLSTATE_CONNECTED)
        phone_wait(&phone, call, LINECALLSTATE_DISCONNECTED | LINECALLSTATE_IDLE,
                   argc > 3 ? (DWORD)atoi(argv[3]) : 10000);
    phone_finish(&phone, lineDrop(call, NULL, 0), "lineDrop");
    lineDeallocateCall(call);
    phone_close(&phone);
    return state != LINECALLSTATE_CONNECTED;
}
