/* monitor.c - prints what happens to the calls of every line, as a listener who owns none of them.
 *     monitor [CALLS]
 * Ends when so many calls are over, or when it is stopped. */
#include "phone.h"

#include <stdio.h>
#include <stdlib.h>

static void watch(struct phone *phone, DWORD device)
{
    LINEEXTENSIONID extension;
    DWORD version;
    HLINE line;
    struct {
        LINEDEVCAPS caps;
        char more[4096];
    } about;

    about.caps.dwTotalSize = sizeof(about);
    if (lineNegotiateAPIVersion(phone->app, device, 0x00010003, 0x00020002, &version, &extension) ||
        lineGetDevCapsA(phone->app, device, version, 0, &about.caps) ||
        lineOpenA(phone->app, device, &line, version, 0, 0, LINECALLPRIVILEGE_MONITOR,
                  LINEMEDIAMODE_INTERACTIVEVOICE, NULL))
        return; /* a line that cannot be watched */
    printf("watching %s\n",
           about.caps.dwLineNameSize ? (char *)&about + about.caps.dwLineNameOffset : "a line");
}

int main(int argc, char **argv)
{
    int left = argc > 1 ? atoi(argv[1]) : -1;
    LINEMESSAGE message;
    struct phone phone;

    phone_start(&phone);
    for (DWORD device = 0; device < phone.devices; device++)
        watch(&phone, device);
    fflush(stdout);
    while (left && phone_print_next(&phone, &message, INFINITE)) {
        if (message.dwMessageID != LINE_CALLSTATE || message.dwParam1 != LINECALLSTATE_IDLE)
            continue;
        lineDeallocateCall((HCALL)message.hDevice); /* a monitor, too, lets go of its handle */
        if (left > 0)
            left--;
    }
    phone_close(&phone);
    return 0;
}
