/* qos.c - makes a call that needs a guaranteed rate, then asks for another one while it lasts.
 *     qos LINE NUMBER [KBIT_PER_SECOND [OTHER_KBIT_PER_SECOND]]
 * LINE is the name or the number of the line to call from. Exit status: 0 what was asked for was
 * granted, 1 it was refused, 2 there is no such line. */
#include <winsock2.h>
#include <qos.h>
#include "phone.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

/* A guarantee of so many kilobits a second, for packets of 20 ms. */
static FLOWSPEC guarantee(ULONG kbits)
{
    FLOWSPEC flow;

    memset(&flow, 0xff, sizeof(flow)); /* QOS_NOT_SPECIFIED where nothing is asked for */
    flow.TokenRate = kbits * 1000 / 8;
    flow.PeakBandwidth = flow.TokenRate;
    flow.ServiceType = SERVICETYPE_GUARANTEED;
    return flow;
}

static LONG call_with_guarantee(struct phone *phone, HCALL *call, const char *number, ULONG kbits)
{
    struct {
        LINECALLPARAMS params;
        FLOWSPEC sending, receiving;
    } request;

    memset(&request, 0, sizeof(request));
    request.params.dwTotalSize = sizeof(request);
    request.params.dwBearerMode = LINEBEARERMODE_VOICE;
    request.params.dwMediaMode = LINEMEDIAMODE_INTERACTIVEVOICE;
    request.params.dwMinRate = request.params.dwMaxRate = 64000;
    request.params.dwAddressMode = LINEADDRESSMODE_ADDRESSID;
    request.params.dwSendingFlowspecSize = sizeof(FLOWSPEC);
    request.params.dwSendingFlowspecOffset = (DWORD)((char *)&request.sending - (char *)&request);
    request.params.dwReceivingFlowspecSize = sizeof(FLOWSPEC);
    request.params.dwReceivingFlowspecOffset =
        (DWORD)((char *)&request.receiving - (char *)&request);
    request.sending = request.receiving = guarantee(kbits);
    return phone_finish(phone, lineMakeCallA(phone->line, call, number, 0, &request.params));
}

int main(int argc, char **argv)
{
    ULONG first = argc > 3 ? (ULONG)atoi(argv[3]) : 64;
    ULONG second = argc > 4 ? (ULONG)atoi(argv[4]) : 32;
    struct phone phone;
    FLOWSPEC flow;
    HCALL call;
    LONG error;

    if (argc < 3) {
        fprintf(stderr, "usage: qos LINE NUMBER [KBIT [OTHER_KBIT]]\n");
        return 2;
    }
    phone_open(&phone, argv[1], LINECALLPRIVILEGE_NONE);
    error = call_with_guarantee(&phone, &call, argv[2], first);
    if (error) {
        printf("not connected: %lu kbit/s were refused (error 0x%08lx)\n", first,
               (unsigned long)error);
        phone_close(&phone);
        return 1;
    }
    if (phone_wait(&phone, call, LINECALLSTATE_CONNECTED | LINECALLSTATE_DISCONNECTED, 10000) !=
        LINECALLSTATE_CONNECTED) {
        phone_hang_up(&phone, call);
        phone_close(&phone);
        return 1;
    }
    printf("connected, with a guarantee of %lu kbit/s\n", first);
    flow = guarantee(second);
    error = phone_finish(
        &phone, lineSetCallQualityOfService(call, &flow, sizeof(flow), &flow, sizeof(flow)));
    printf(error ? "%lu kbit/s instead of %lu were refused\n"
                 : "%lu kbit/s instead of %lu were granted\n",
           second, first);
    phone_hang_up(&phone, call);
    phone_close(&phone);
    return error ? 1 : 0;
}
