/*
 * together.c - a sample and its partner in one process, since TAPI's engine lives in the program
 * for now (docs/assisted-telephony.md, docs/call-centre.md): samples_together acd NAME ARGUMENT...
 * with the call centre of samples/acd (800; 101, 102) samples_together request NAME ARGUMENT...
 * with a program that asks for a call NAME is a script, or the C sample "agent" or "dialler". The
 * exit status is the sample's.
 */
#include "samples/acd/acd.h"
#include "tools/scripthost/host.h"

#include <process.h>
#include <shellapi.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#define DEADLINE 10000
#define VERSION  0x00020002

/* The mains of samples/c/agent.c and dialler.c. */
int agent_main(int argc, char **argv);
int dialler_main(int argc, char **argv);

/* ---- partners -------------------------------------------------------------------------------- */

static unsigned __stdcall serve(void *context)
{
    static const char *const seats[] = {"101", "102"};

    (void)context;
    acd_run("800", seats, ARRAYSIZE(seats), -1);
    return 0;
}

static BOOL open_last_seat(HLINEAPP app, DWORD devices)
{
    LINEEXTENSIONID extension;
    DWORD version;
    HLINE line;

    for (DWORD device = 0; device < devices; device++) {
        struct {
            LINEADDRESSCAPS caps;
            char more[2048];
        } about = {.caps.dwTotalSize = sizeof(about)};

        if (!lineNegotiateAPIVersion(app, device, VERSION, VERSION, &version, &extension) &&
            !lineGetAddressCapsA(app, device, 0, version, 0, &about.caps) &&
            about.caps.dwAddressSize && !strcmp((char *)&about + about.caps.dwAddressOffset, "102"))
            return !lineOpenA(app, device, &line, version, 0, 0, LINECALLPRIVILEGE_NONE, 0, NULL);
    }
    return FALSE;
}

/* Waits until the call centre serves its last line. */
static BOOL start_centre(void)
{
    LINEINITIALIZEEXPARAMS params = {.dwTotalSize = sizeof(params),
                                     .dwOptions = LINEINITIALIZEEXOPTION_USEEVENT};
    DWORD devices, version = VERSION;
    BOOL serves = FALSE;
    LINEMESSAGE message;
    HLINEAPP app;

    if (lineInitializeExA(&app, NULL, NULL, "together", &devices, &version, &params))
        return FALSE;
    if (open_last_seat(app, devices)) {
        CloseHandle((HANDLE)_beginthreadex(NULL, 0, serve, NULL, 0, NULL));
        while (!serves && !lineGetMessage(app, &message, DEADLINE))
            serves = message.dwMessageID == LINE_PROXYSTATUS &&
                     message.dwParam1 == LINEPROXYSTATUS_ALLOPENFORACD;
    }
    lineShutdown(app);
    return serves;
}

/* Asks until somebody is there to hear. */
static unsigned __stdcall ask(void *context)
{
    HANDLE never = CreateEventW(NULL, TRUE, FALSE, NULL);
    ULONGLONG end = GetTickCount64() + DEADLINE;

    (void)context;
    while (tapiRequestMakeCallA("5550104", "a partner", "Hester", "as agreed") &&
           GetTickCount64() < end)
        WaitForSingleObject(never, 10);
    CloseHandle(never);
    return 0;
}

static BOOL start_partner(const char *name)
{
    if (!strcmp(name, "acd"))
        return start_centre();
    CloseHandle((HANDLE)_beginthreadex(NULL, 0, ask, NULL, 0, NULL));
    return TRUE;
}

/* ---- samples --------------------------------------------------------------------------------- */

static int run_script(void)
{
    int count = 0, status = 1;
    WCHAR **words = CommandLineToArgvW(GetCommandLineW(), &count);
    WCHAR **room = calloc((size_t)count + 1, sizeof(*room));

    if (words && room) {
        options_parse(&host.options, words + 2, (unsigned)count - 2, room);
        CoInitializeEx(NULL, COINIT_APARTMENTTHREADED);
        status = host_run();
        CoUninitialize();
    }
    return status;
}

int main(int argc, char **argv)
{
    if (argc < 3 || !start_partner(argv[1]))
        return 3;
    if (!strcmp(argv[2], "agent"))
        return agent_main(argc - 2, argv + 2);
    if (!strcmp(argv[2], "dialler"))
        return dialler_main(argc - 2, argv + 2);
    return run_script();
}
