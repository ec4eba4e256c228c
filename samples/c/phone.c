/* phone.c - phone.h: opening a line by its name, and waiting for what happens. */
#include "phone.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static const struct {
    DWORD state;
    const char *name;
} state_name[] = {
    {LINECALLSTATE_IDLE, "idle"},
    {LINECALLSTATE_OFFERING, "offering"},
    {LINECALLSTATE_ACCEPTED, "accepted"},
    {LINECALLSTATE_DIALTONE, "dial tone"},
    {LINECALLSTATE_DIALING, "dialling"},
    {LINECALLSTATE_RINGBACK, "ringing"},
    {LINECALLSTATE_BUSY, "busy"},
    {LINECALLSTATE_CONNECTED, "connected"},
    {LINECALLSTATE_PROCEEDING, "proceeding"},
    {LINECALLSTATE_ONHOLD, "on hold"},
    {LINECALLSTATE_CONFERENCED, "in a conference"},
    {LINECALLSTATE_ONHOLDPENDCONF, "on hold for a conference"},
    {LINECALLSTATE_ONHOLDPENDTRANSFER, "on hold for a transfer"},
    {LINECALLSTATE_DISCONNECTED, "disconnected"},
};

const char *phone_state_name(DWORD state)
{
    for (unsigned i = 0; i < sizeof(state_name) / sizeof(*state_name); i++)
        if (state_name[i].state == state)
            return state_name[i].name;
    return "in an unknown state";
}

void phone_fail(const char *what, LONG error)
{
    fprintf(stderr, "%s: error 0x%08lx\n", what, (unsigned long)error);
    exit(1);
}

static BOOL line_is_called(const LINEDEVCAPS *caps, HLINEAPP app, DWORD device, DWORD version,
                           const char *name)
{
    const char *line_name = (const char *)caps + caps->dwLineNameOffset;
    struct {
        LINEADDRESSCAPS caps;
        char more[2048];
    } address;

    if (caps->dwLineNameSize && !strcmp(line_name, name))
        return TRUE;
    address.caps.dwTotalSize = sizeof(address);
    return !lineGetAddressCapsA(app, device, 0, version, 0, &address.caps) &&
           address.caps.dwAddressSize &&
           !strcmp((const char *)&address + address.caps.dwAddressOffset, name);
}

static BOOL find_line(HLINEAPP app, DWORD devices, const char *name, DWORD *device, DWORD *version)
{
    LINEEXTENSIONID extension;
    struct {
        LINEDEVCAPS caps;
        char more[4096];
    } line;

    for (*device = 0; *device < devices; ++*device) {
        line.caps.dwTotalSize = sizeof(line);
        if (!lineNegotiateAPIVersion(app, *device, 0x00010003, 0x00020002, version, &extension) &&
            !lineGetDevCapsA(app, *device, *version, 0, &line.caps) &&
            line_is_called(&line.caps, app, *device, *version, name))
            return TRUE;
    }
    return FALSE;
}

void phone_start(struct phone *phone)
{
    LINEINITIALIZEEXPARAMS params = {.dwTotalSize = sizeof(params),
                                     .dwOptions = LINEINITIALIZEEXOPTION_USEEVENT};
    DWORD version = 0x00020002;
    LONG error;

    memset(phone, 0, sizeof(*phone));
    error =
        lineInitializeExA(&phone->app, NULL, NULL, "sample", &phone->devices, &version, &params);
    if (error)
        phone_fail("lineInitializeEx", error);
}

void phone_open(struct phone *phone, const char *line, DWORD privileges)
{
    DWORD device, version;
    LONG error;

    phone_start(phone);
    if (!find_line(phone->app, phone->devices, line, &device, &version)) {
        fprintf(stderr, "there is no line %s\n", line);
        lineShutdown(phone->app);
        exit(2);
    }
    error = lineOpenA(phone->app, device, &phone->line, version, 0, 0, privileges,
                      LINEMEDIAMODE_INTERACTIVEVOICE, NULL);
    if (error)
        phone_fail("lineOpen", error);
}

void phone_close(struct phone *phone)
{
    lineShutdown(phone->app); /* closes the lines, too */
    phone->app = 0;
    phone->line = 0;
}

static void keep_state(struct phone *phone, HCALL call, DWORD state)
{
    unsigned i = 0;

    while (i < 7 && phone->last[i].call && phone->last[i].call != call)
        i++;
    phone->last[i].call = call;
    phone->last[i].state = state;
}

/* Not every network tells the numbers. */
static const char *number(const void *info, DWORD size, DWORD offset)
{
    return size ? (const char *)info + offset : "somebody";
}

static void print_new_call(HCALL call)
{
    struct {
        LINECALLINFO info;
        char more[2048];
    } about;

    about.info.dwTotalSize = sizeof(about);
    if (lineGetCallInfoA(call, &about.info))
        return;
    printf("call %lx appears: %s calls %s\n", call,
           number(&about, about.info.dwCallerIDSize, about.info.dwCallerIDOffset),
           number(&about, about.info.dwCalledIDSize, about.info.dwCalledIDOffset));
}

BOOL phone_print_next(struct phone *phone, LINEMESSAGE *message, DWORD ms)
{
    if (lineGetMessage(phone->app, message, ms))
        return FALSE;
    switch (message->dwMessageID) {
    case LINE_CALLSTATE:
        printf("call %lx is %s\n", message->hDevice, phone_state_name((DWORD)message->dwParam1));
        keep_state(phone, message->hDevice, (DWORD)message->dwParam1);
        if (message->dwParam1 == LINECALLSTATE_OFFERING)
            phone->offered = message->hDevice;
        break;
    case LINE_CALLINFO:
        printf("call %lx has other information (0x%lx)\n", message->hDevice,
               (DWORD)message->dwParam1);
        break;
    case LINE_MONITORDIGITS:
        printf("call %lx: digit %c\n", message->hDevice, (int)message->dwParam1);
        break;
    case LINE_APPNEWCALL:
        print_new_call((HCALL)message->dwParam2);
        break;
    case LINE_REPLY:
        break;
    default:
        printf("message %lu\n", message->dwMessageID);
        break;
    }
    fflush(stdout);
    return TRUE;
}

DWORD phone_wait(struct phone *phone, HCALL call, DWORD states, DWORD ms)
{
    ULONGLONG now, end = GetTickCount64() + ms;
    LINEMESSAGE message;

    do {
        now = GetTickCount64();
        for (unsigned i = 0; i < 8; i++)
            if (phone->last[i].call && (!call || phone->last[i].call == call) &&
                (phone->last[i].state & states))
                return phone->last[i].state;
    } while (ms == INFINITE ? phone_print_next(phone, &message, INFINITE)
                            : now < end && phone_print_next(phone, &message, (DWORD)(end - now)));
    return 0;
}

LONG phone_finish(struct phone *phone, LONG request)
{
    LINEMESSAGE message;

    if (request < 0)
        return request;
    while (phone_print_next(phone, &message, 10000))
        if (message.dwMessageID == LINE_REPLY && message.dwParam1 == (DWORD)request)
            return (LONG)message.dwParam2;
    return LINEERR_OPERATIONFAILED;
}

void phone_hang_up(struct phone *phone, HCALL call)
{
    /* A refusal: it has ended by itself in this very moment. */
    if (!phone_wait(phone, call, LINECALLSTATE_IDLE, 0) &&
        !phone_finish(phone, lineDrop(call, NULL, 0)))
        phone_wait(phone, call, LINECALLSTATE_IDLE, 10000);
    lineDeallocateCall(call);
}
