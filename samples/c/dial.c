/* dial.c - makes a call, says what becomes of it, and hangs up after a while.
 *     dial LINE NUMBER [MILLISECONDS]
 * LINE is the name or the number of the line to call from. Exit status: 0 the other end answered,
 * 1 it did not, 2 there is no such line. */
#include "phone.h"

#include <stdio.h>
#include <stdlib.h>

#define OVER (LINECALLSTATE_BUSY | LINECALLSTATE_DISCONNECTED | LINECALLSTATE_IDLE)

int main(int argc, char **argv)
{
    DWORD patience = argc > 3 ? (DWORD)atoi(argv[3]) : 10000;
    struct phone phone;
    ULONGLONG end;
    BOOL answered;
    HCALL call;
    LONG error;

    if (argc < 3) {
        fprintf(stderr, "usage: dial LINE NUMBER [MILLISECONDS]\n");
        return 2;
    }
    phone_open(&phone, argv[1], LINECALLPRIVILEGE_NONE);
    end = GetTickCount64() + patience;
    error = phone_finish(&phone, lineMakeCallA(phone.line, &call, argv[2], 0, NULL));
    if (error)
        phone_fail("lineMakeCall", error);
    answered = phone_wait(&phone, call, LINECALLSTATE_CONNECTED | OVER, patience) ==
               LINECALLSTATE_CONNECTED;
    if (answered && GetTickCount64() < end)
        phone_wait(&phone, call, OVER, (DWORD)(end - GetTickCount64()));
    phone_hang_up(&phone, call);
    phone_close(&phone);
    return answered ? 0 : 1;
}
