/* transfer.c - calls somebody, consults a third party, and connects the two: as an operator does.
 *     transfer LINE NUMBER CONSULTED */
#include "phone.h"

#include <stdio.h>

static void expect(struct phone *phone, HCALL call, DWORD state)
{
    if (!phone_wait(phone, call, state, 10000)) {
        fprintf(stderr, "the call did not become %s\n", phone_state_name(state));
        ExitProcess(1);
    }
}

int main(int argc, char **argv)
{
    struct phone phone;
    HCALL call, consultation;

    if (argc != 4) {
        fprintf(stderr, "usage: transfer LINE NUMBER CONSULTED\n");
        return 2;
    }
    phone_open(&phone, argv[1], LINECALLPRIVILEGE_NONE);
    phone_finish(&phone, lineMakeCallA(phone.line, &call, argv[2], 0, NULL), "lineMakeCall");
    expect(&phone, call, LINECALLSTATE_CONNECTED);
    phone_finish(&phone, lineSetupTransferA(call, &consultation, NULL), "lineSetupTransfer");
    phone_finish(&phone, lineDialA(consultation, argv[3], 0), "lineDial");
    expect(&phone, consultation, LINECALLSTATE_CONNECTED);
    /* A transfer ends both of our calls: the two others talk to each other now. */
    phone_finish(&phone, lineCompleteTransfer(call, consultation, NULL, LINETRANSFERMODE_TRANSFER),
                 "lineCompleteTransfer");
    lineDeallocateCall(consultation);
    lineDeallocateCall(call);
    printf("transferred\n");
    phone_close(&phone);
    return 0;
}
