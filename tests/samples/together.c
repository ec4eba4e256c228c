/*
 * together.c - a sample and its partner in one process, since TAPI's engine lives in the program
 * for now (docs/assisted-telephony.md, docs/call-centre.md). The partner is one of
 *
 *     acd       the call centre of samples/acd: queue 800, telephones 101 and 102
 *     request   a program that asks for a call
 *     speaker   a program that calls 102 and says something (speaker.c)
 *
 * and the sample a script, or the C sample "agent", "dialler" or "answering_machine":
 *
 *     samples_together PARTNER SAMPLE ARGUMENT...
 *
 * The exit status is the sample's; 3: the partner cannot begin.
 */
#include "samples/acd/acd.h"
#include "tests/samples/together.h"
#include "tools/scripthost/host.h"

#include <process.h>
#include <shellapi.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#define DEADLINE 30000
#define VERSION  0x00020002

/* The mains of the samples in samples/c. */
int agent_main(int argc, char **argv);
int answering_machine_main(int argc, char **argv);
int dialler_main(int argc, char **argv);

/* ---- partners -------------------------------------------------------------------------------- */

static unsigned __stdcall serve(void *context)
{
    static const char *const seats[] = {"101", "102"};

    (void)context;
    acd_run("800", seats, ARRAYSIZE(seats), -1);
    return 0;
}

/* Opens the line of 102; 0: it cannot be. */
static HLINE open_102(HLINEAPP app, DWORD devices)
{
    LINEEXTENSIONID extension;
    DWORD version;
    HLINE line = 0;

    for (DWORD device = 0; device < devices && !line; device++) {
        struct {
            LINEADDRESSCAPS caps;
            char more[2048];
        } about = {.caps.dwTotalSize = sizeof(about)};

        if (!lineNegotiateAPIVersion(app, device, VERSION, VERSION, &version, &extension) &&
            !lineGetAddressCapsA(app, device, 0, version, 0, &about.caps) &&
            about.caps.dwAddressSize && !strcmp((char *)&about + about.caps.dwAddressOffset, "102"))
            lineOpenA(app, device, &line, version, 0, 0, LINECALLPRIVILEGE_NONE, 0, NULL);
    }
    return line;
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
    if (open_102(app, devices)) {
        CloseHandle((HANDLE)_beginthreadex(NULL, 0, serve, NULL, 0, NULL));
        while (!serves && !lineGetMessage(app, &message, DEADLINE))
            serves = message.dwMessageID == LINE_PROXYSTATUS &&
                     message.dwParam1 == LINEPROXYSTATUS_ALLOPENFORACD;
    }
    lineShutdown(app);
    return serves;
}

BOOL partner_wait(BOOL (*holds)(void *context), void *context)
{
    HANDLE never = CreateEventW(NULL, TRUE, FALSE, NULL);
    ULONGLONG end = GetTickCount64() + DEADLINE;
    BOOL held;

    while (!(held = holds(context)) && GetTickCount64() < end)
        WaitForSingleObject(never, 5);
    CloseHandle(never);
    return held;
}

static BOOL request_taken(void *context)
{
    (void)context;
    return !tapiRequestMakeCallA("5550104", "a partner", "Hester", "as agreed");
}

/* Asks until somebody is there to hear. */
static unsigned __stdcall ask(void *context)
{
    partner_wait(request_taken, context);
    return 0;
}

static BOOL is_opened_by_another(void *context)
{
    LINEDEVSTATUS status = {.dwTotalSize = sizeof(status)};

    return !lineGetLineDevStatus(*(HLINE *)context, &status) && status.dwNumOpens > 1;
}

/* Calls when the line is served. */
static unsigned __stdcall call_and_speak(void *context)
{
    LINEINITIALIZEEXPARAMS params = {.dwTotalSize = sizeof(params),
                                     .dwOptions = LINEINITIALIZEEXOPTION_USEEVENT};
    DWORD devices, version = VERSION;
    HLINEAPP app;
    HLINE line;

    if (lineInitializeExA(&app, NULL, NULL, "together", &devices, &version, &params))
        return 1;
    line = open_102(app, devices);
    if (line && partner_wait(is_opened_by_another, &line))
        speaker(context);
    lineShutdown(app);
    return 0;
}

static BOOL start_partner(const char *name)
{
    if (!strcmp(name, "acd"))
        return start_centre();
    CloseHandle((HANDLE)_beginthreadex(NULL, 0, !strcmp(name, "speaker") ? call_and_speak : ask,
                                       NULL, 0, NULL));
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
    if (!strcmp(argv[2], "answering_machine"))
        return answering_machine_main(argc - 2, argv + 2);
    return run_script();
}
