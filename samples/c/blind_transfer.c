/* blind_transfer.c - answers the next call on a line and sends it on to another number, unasked.
 *     blind_transfer LINE NUMBER
 * LINE is the name or the number of a line. Exit status: 0 the call was sent on, 1 it was not,
 * 2 there is no such line. */
#include "phone.h"

#include <stdio.h>

#define OVER (LINECALLSTATE_DISCONNECTED | LINECALLSTATE_IDLE)

/* Afterwards the call is over for us: the caller talks to somebody else. */
static BOOL send_on(struct phone *phone, HCALL call, const char *number)
{
    LONG error;

    error = phone_finish(phone, lineAnswer(call, NULL, 0));
    if (!error &&
        phone_wait(phone, call, LINECALLSTATE_CONNECTED | OVER, 10000) != LINECALLSTATE_CONNECTED)
        return FALSE;
    if (!error)
        error = phone_finish(phone, lineBlindTransferA(call, number, 0));
    if (error)
        printf("not sent on: error 0x%08lx\n", (unsigned long)error);
    else
        printf("sent on to %s\n", number);
    return !error;
}

int main(int argc, char **argv)
{
    struct phone phone;
    BOOL sent;

    if (argc != 3) {
        fprintf(stderr, "usage: blind_transfer LINE NUMBER\n");
        return 2;
    }
    phone_open(&phone, argv[1], LINECALLPRIVILEGE_OWNER);
    printf("waiting for a call\n");
    fflush(stdout);
    phone_wait(&phone, 0, LINECALLSTATE_OFFERING, INFINITE);
    sent = send_on(&phone, phone.offered, argv[2]);
    if (sent)
        phone_wait(&phone, phone.offered, LINECALLSTATE_IDLE, 10000);
    phone_hang_up(&phone, phone.offered);
    phone_close(&phone);
    return sent ? 0 : 1;
}
