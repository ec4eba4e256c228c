/* transfer.c - calls somebody, consults a third party, and connects the two: as an operator does.
 *     transfer LINE NUMBER CONSULTED
 * LINE is the name or the number of the line to call from. Exit status: 0 the two are connected,
 * 1 they are not, 2 there is no such line. */
#include "phone.h"

#include <stdio.h>

#define OVER (LINECALLSTATE_BUSY | LINECALLSTATE_DISCONNECTED | LINECALLSTATE_IDLE)

/* A step of the way: its reply, and the other end's answer. */
static BOOL reached(struct phone *phone, HCALL call, LONG error)
{
    if (!error &&
        phone_wait(phone, call, LINECALLSTATE_CONNECTED | OVER, 10000) == LINECALLSTATE_CONNECTED)
        return TRUE;
    printf("not transferred: nobody was reached\n");
    return FALSE;
}

static BOOL transfer(struct phone *phone, HCALL call, const char *number)
{
    HCALL consultation;
    LONG error;

    error = phone_finish(phone, lineSetupTransferA(call, &consultation, NULL));
    if (error)
        phone_fail("lineSetupTransfer", error);
    error = phone_finish(phone, lineDialA(consultation, number, 0));
    if (!reached(phone, consultation, error)) {
        phone_hang_up(phone, consultation);
        return FALSE;
    }
    /* A transfer ends both of our calls: the two others talk to each other now. */
    error = phone_finish(phone,
                         lineCompleteTransfer(call, consultation, NULL, LINETRANSFERMODE_TRANSFER));
    if (error)
        phone_fail("lineCompleteTransfer", error);
    phone_wait(phone, consultation, LINECALLSTATE_IDLE, 10000);
    phone_wait(phone, call, LINECALLSTATE_IDLE, 10000);
    phone_hang_up(phone, consultation);
    printf("transferred\n");
    return TRUE;
}

int main(int argc, char **argv)
{
    struct phone phone;
    BOOL transferred;
    HCALL call;
    LONG error;

    if (argc != 4) {
        fprintf(stderr, "usage: transfer LINE NUMBER CONSULTED\n");
        return 2;
    }
    phone_open(&phone, argv[1], LINECALLPRIVILEGE_NONE);
    error = phone_finish(&phone, lineMakeCallA(phone.line, &call, argv[2], 0, NULL));
    if (error)
        phone_fail("lineMakeCall", error);
    transferred = reached(&phone, call, 0) && transfer(&phone, call, argv[3]);
    phone_hang_up(&phone, call);
    phone_close(&phone);
    return transferred ? 0 : 1;
}
