/* blind_transfer.c - answers the next call on a line and sends it on to another number, unasked.
 *     blind_transfer LINE NUMBER */
#include "phone.h"

#include <stdio.h>

int main(int argc, char **argv)
{
    struct phone phone;
    LONG error;

    if (argc != 3) {
        fprintf(stderr, "usage: blind_transfer LINE NUMBER\n");
        return 2;
    }
    phone_open(&phone, argv[1], LINECALLPRIVILEGE_OWNER);
    printf("waiting for a call\n");
    fflush(stdout);
    phone_wait(&phone, 0, LINECALLSTATE_OFFERING, INFINITE);
    phone_finish(&phone, lineAnswer(phone.offered, NULL, 0), "lineAnswer");
    if (!phone_wait(&phone, phone.offered, LINECALLSTATE_CONNECTED, 10000))
        return 1;
    error =
        phone_finish(&phone, lineBlindTransferA(phone.offered, argv[2], 0), "lineBlindTransfer");
    if (error)
        phone_fail("lineBlindTransfer", error);
    phone_wait(&phone, phone.offered, LINECALLSTATE_IDLE, 10000);
    lineDeallocateCall(phone.offered);
    printf("sent on to %s\n", argv[2]);
    phone_close(&phone);
    return 0;
}
