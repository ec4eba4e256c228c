/* arguments_test.c - what every function says to arguments that nobody can mean. */
#include "tests/tapi2/client.h"

#define STALE 0x00345678

static struct client client;
static HCALL call;
static DWORD two[2];
static struct {
    DWORD total;
    BYTE rest[4096];
} big, tiny;
#define BIG  ((void *)&big)
#define TINY ((void *)&tiny)
#define WILD ((void *)(ULONG_PTR)16)

/* One call, as text and as a function, and what it must return. */
#define CASE(expected_, call_)                                                                     \
    do {                                                                                           \
        big.total = sizeof big;                                                                    \
        tiny.total = 20;                                                                           \
        LONG result_ = (call_);                                                                    \
        if (result_ != (LONG)(expected_))                                                          \
            FAIL("%s is 0x%08lx, not " #expected_, #call_, (unsigned long)result_);                \
    } while (0)
/* The A and the W form of a function without input strings. */
#define BOTH(expected_, name_, ...)                                                                \
    CASE(expected_, name_##A(__VA_ARGS__));                                                        \
    CASE(expected_, name_##W(__VA_ARGS__))

static void open_all(void)
{
    LINEMESSAGE message;
    client = client_open(LINEINITIALIZEEXOPTION_USEEVENT, NULL);
    fake->answer = FAKE_LATER;
    REQUIRE(lineMakeCallA(client.line, &call, "1", 0, NULL) > 0);
    fake->complete(fake->request, 0);
    REQUIRE_EQ(lineGetMessage(client.app, &message, WAIT_LONG), 0);
}

TEST(initialization)
{
    HLINEAPP app;
    DWORD devices, version = VERSION;
    LINEINITIALIZEEXPARAMS params = {.dwTotalSize = sizeof params,
                                     .dwOptions = LINEINITIALIZEEXOPTION_USEEVENT};
    LINEMESSAGE message;
    CASE(LINEERR_INVALPOINTER,
         lineInitializeExA(NULL, NULL, NULL, "t", &devices, &version, &params));
    CASE(LINEERR_INVALPOINTER, lineInitializeExA(&app, NULL, NULL, "t", NULL, &version, &params));
    CASE(LINEERR_INVALPOINTER, lineInitializeExW(&app, NULL, NULL, L"t", &devices, NULL, &params));
    CASE(LINEERR_INVALPOINTER, lineInitializeExW(&app, NULL, NULL, L"t", &devices, &version, WILD));
    CASE(LINEERR_INVALAPPNAME,
         lineInitializeExA(&app, NULL, NULL, WILD, &devices, &version, &params));
    CASE(LINEERR_INVALPOINTER, lineInitializeExA(&app, NULL, NULL, "t", &devices, &version, NULL));
    CASE(LINEERR_INVALPOINTER, lineInitialize(&app, NULL, NULL, "t", &devices));
    CASE(LINEERR_INVALPOINTER, lineInitialize(NULL, NULL, (LINECALLBACK)WILD, "t", &devices));
    CASE(LINEERR_INVALAPPNAME, lineInitialize(&app, NULL, (LINECALLBACK)WILD, WILD, &devices));
    version = 0x00010000;
    CASE(LINEERR_INCOMPATIBLEAPIVERSION,
         lineInitializeExA(&app, NULL, NULL, "t", &devices, &version, &params));
    version = VERSION;
    params.dwTotalSize = 16;
    CASE(LINEERR_STRUCTURETOOSMALL,
         lineInitializeExA(&app, NULL, NULL, "t", &devices, &version, &params));
    params.dwTotalSize = sizeof params;
    params.dwOptions = 7;
    CASE(LINEERR_INVALPARAM, lineInitializeExA(&app, NULL, NULL, "t", &devices, &version, &params));
    params.dwOptions = LINEINITIALIZEEXOPTION_USECOMPLETIONPORT;
    CASE(LINEERR_INVALPARAM, lineInitializeExA(&app, NULL, NULL, "t", &devices, &version, &params));
    params.dwOptions = LINEINITIALIZEEXOPTION_USEHIDDENWINDOW;
    CASE(LINEERR_INVALPOINTER,
         lineInitializeExA(&app, NULL, NULL, "t", &devices, &version, &params));
    CASE(LINEERR_INVALAPPHANDLE, lineShutdown(STALE));
    CASE(LINEERR_INVALAPPHANDLE, lineGetMessage(STALE, &message, 0));
    CASE(LINEERR_INVALPOINTER, lineGetMessage(STALE, NULL, 0));
}

TEST(nothing_is_initialized)
{
    CASE(LINEERR_UNINITIALIZED, lineClose(STALE));
    CASE(LINEERR_UNINITIALIZED, lineDrop(STALE, NULL, 0));
    CASE(LINEERR_UNINITIALIZED, lineGetDevCapsA(STALE, 0, VERSION, 0, BIG));
}

TEST(stale_handles)
{
    HLINE line;
    LINEEXTENSIONID extension;
    open_all();
    CASE(LINEERR_INVALAPPHANDLE,
         lineNegotiateAPIVersion(STALE, LINE_ID, 0x10003, VERSION, two, &extension));
    CASE(LINEERR_INVALAPPHANDLE, lineNegotiateExtVersion(STALE, LINE_ID, VERSION, 0, 1, two));
    BOTH(LINEERR_INVALAPPHANDLE, lineGetDevCaps, STALE, LINE_ID, VERSION, 0, BIG);
    BOTH(LINEERR_INVALAPPHANDLE, lineGetAddressCaps, STALE, LINE_ID, 0, VERSION, 0, BIG);
    BOTH(LINEERR_INVALAPPHANDLE, lineOpen, STALE, LINE_ID, &line, VERSION, 0, 0,
         LINECALLPRIVILEGE_NONE, LINEMEDIAMODE_INTERACTIVEVOICE, NULL);
    CASE(LINEERR_INVALLINEHANDLE, lineClose(STALE));
    BOTH(LINEERR_INVALLINEHANDLE, lineGetLineDevStatus, STALE, BIG);
    BOTH(LINEERR_INVALLINEHANDLE, lineGetAddressStatus, STALE, 0, BIG);
    CASE(LINEERR_INVALLINEHANDLE,
         lineGetAddressIDA(STALE, two, LINEADDRESSMODE_DIALABLEADDR, "1", 2));
    CASE(LINEERR_INVALLINEHANDLE,
         lineGetAddressIDW(STALE, two, LINEADDRESSMODE_DIALABLEADDR, L"1", 2));
    CASE(LINEERR_INVALLINEHANDLE, lineSetStatusMessages(STALE, 0, 0));
    CASE(LINEERR_INVALLINEHANDLE, lineGetStatusMessages(STALE, two, two + 1));
    CASE(LINEERR_INVALLINEHANDLE, lineSetLineDevStatus(STALE, LINEDEVSTATUSFLAGS_LOCKED, 0));
    CASE(LINEERR_INVALLINEHANDLE, lineSetNumRings(STALE, 0, 1));
    CASE(LINEERR_INVALLINEHANDLE, lineGetNumRings(STALE, 0, two));
    CASE(LINEERR_INVALLINEHANDLE, lineGetIDA(STALE, 0, 0, LINECALLSELECT_LINE, BIG, "tapi/line"));
    CASE(LINEERR_INVALCALLHANDLE, lineGetIDW(0, 0, STALE, LINECALLSELECT_CALL, BIG, L"tapi/line"));
    CASE(LINEERR_INVALLINEHANDLE, lineDevSpecific(STALE, 0, 0, NULL, 0));
    CASE(LINEERR_INVALLINEHANDLE, lineDevSpecificFeature(STALE, 0, NULL, 0));
    CASE(LINEERR_INVALLINEHANDLE, lineMakeCallA(STALE, &call, "1", 0, NULL));
    CASE(LINEERR_INVALLINEHANDLE, lineMakeCallW(STALE, &call, L"1", 0, NULL));
    CASE(LINEERR_INVALLINEHANDLE, lineGetNewCalls(STALE, 0, LINECALLSELECT_LINE, BIG));
    BOTH(LINEERR_INVALLINEHANDLE, lineForward, STALE, 1, 0, NULL, 3, &call, NULL);
    CASE(LINEERR_INVALLINEHANDLE, lineUnparkA(STALE, 0, &call, "1"));
    CASE(LINEERR_INVALLINEHANDLE, linePickupA(STALE, 0, &call, NULL, NULL));
    CASE(LINEERR_INVALLINEHANDLE, lineUncompleteCall(STALE, 1));
    client_close(&client);
}

TEST(stale_calls)
{
    HCALL other;
    open_all();
    CASE(LINEERR_INVALCALLHANDLE, lineAccept(STALE, NULL, 0));
    CASE(LINEERR_INVALCALLHANDLE, lineAnswer(STALE, NULL, 0));
    CASE(LINEERR_INVALCALLHANDLE, lineDialA(STALE, "1", 0));
    CASE(LINEERR_INVALCALLHANDLE, lineDialW(STALE, L"1", 0));
    CASE(LINEERR_INVALCALLHANDLE, lineDrop(STALE, NULL, 0));
    CASE(LINEERR_INVALCALLHANDLE, lineDeallocateCall(STALE));
    BOTH(LINEERR_INVALCALLHANDLE, lineGetCallInfo, STALE, BIG);
    CASE(LINEERR_INVALCALLHANDLE, lineGetCallStatus(STALE, BIG));
    CASE(LINEERR_INVALCALLHANDLE, lineGetConfRelatedCalls(STALE, BIG));
    CASE(LINEERR_INVALCALLHANDLE, lineHandoffA(STALE, "x.exe", 0));
    CASE(LINEERR_INVALCALLHANDLE, lineSetCallPrivilege(STALE, LINECALLPRIVILEGE_MONITOR));
    CASE(LINEERR_INVALCALLHANDLE, lineSetMediaMode(STALE, LINEMEDIAMODE_INTERACTIVEVOICE));
    CASE(LINEERR_INVALCALLHANDLE, lineSetAppSpecific(STALE, 1));
    CASE(LINEERR_INVALCALLHANDLE, lineSetCallParams(STALE, LINEBEARERMODE_VOICE, 0, 0, NULL));
    CASE(LINEERR_INVALCALLHANDLE, lineSetCallData(STALE, NULL, 0));
    CASE(LINEERR_INVALCALLHANDLE, lineSetCallTreatment(STALE, 1));
    CASE(LINEERR_INVALCALLHANDLE, lineSetCallQualityOfService(STALE, NULL, 0, NULL, 0));
    CASE(LINEERR_INVALCALLHANDLE, lineSendUserUserInfo(STALE, "x", 1));
    CASE(LINEERR_INVALCALLHANDLE, lineReleaseUserUserInfo(STALE));
    CASE(LINEERR_INVALCALLHANDLE, lineSecureCall(STALE));
    CASE(LINEERR_INVALCALLHANDLE, lineHold(STALE));
    CASE(LINEERR_INVALCALLHANDLE, lineUnhold(STALE));
    CASE(LINEERR_INVALCALLHANDLE, lineSwapHold(STALE, call));
    BOTH(LINEERR_INVALCALLHANDLE, lineSetupTransfer, STALE, &other, NULL);
    CASE(LINEERR_INVALCALLHANDLE,
         lineCompleteTransfer(STALE, call, NULL, LINETRANSFERMODE_TRANSFER));
    CASE(LINEERR_INVALCALLHANDLE, lineBlindTransferA(STALE, "1", 0));
    CASE(LINEERR_INVALCALLHANDLE, lineRedirectW(STALE, L"1", 0));
    BOTH(LINEERR_INVALCALLHANDLE, lineSetupConference, STALE, 0, &other, &other, 3, NULL);
    BOTH(LINEERR_INVALCONFCALLHANDLE, linePrepareAddToConference, STALE, &other, NULL);
    CASE(LINEERR_INVALCONFCALLHANDLE, lineAddToConference(STALE, call));
    CASE(LINEERR_INVALCALLHANDLE, lineRemoveFromConference(STALE));
    CASE(LINEERR_INVALCALLHANDLE, lineParkA(STALE, LINEPARKMODE_DIRECTED, "1", NULL));
    CASE(LINEERR_INVALCALLHANDLE, lineCompleteCall(STALE, two, LINECALLCOMPLMODE_CAMPON, 0));
    CASE(LINEERR_INVALCALLHANDLE, lineGenerateDigitsA(STALE, LINEDIGITMODE_DTMF, "1", 0));
    CASE(LINEERR_INVALCALLHANDLE, lineGenerateTone(STALE, LINETONEMODE_BEEP, 0, 0, NULL));
    CASE(LINEERR_INVALCALLHANDLE, lineMonitorDigits(STALE, LINEDIGITMODE_DTMF));
    CASE(LINEERR_INVALCALLHANDLE, lineMonitorMedia(STALE, LINEMEDIAMODE_INTERACTIVEVOICE));
    CASE(LINEERR_INVALCALLHANDLE, lineMonitorTones(STALE, NULL, 0));
    CASE(LINEERR_INVALCALLHANDLE,
         lineGatherDigitsA(STALE, LINEDIGITMODE_DTMF, BIG, 5, NULL, 5000, 5000));
    client_close(&client);
}

TEST(null_and_wild_pointers)
{
    LINEEXTENSIONID extension;
    open_all();
    CASE(LINEERR_INVALPOINTER,
         lineNegotiateAPIVersion(client.app, LINE_ID, 0x10003, VERSION, NULL, &extension));
    CASE(LINEERR_INVALPOINTER,
         lineNegotiateAPIVersion(client.app, LINE_ID, 0x10003, VERSION, two, NULL));
    CASE(LINEERR_INVALPOINTER, lineNegotiateExtVersion(client.app, LINE_ID, VERSION, 0, 1, NULL));
    BOTH(LINEERR_INVALPOINTER, lineGetDevCaps, client.app, LINE_ID, VERSION, 0, NULL);
    BOTH(LINEERR_INVALPOINTER, lineGetDevCaps, client.app, LINE_ID, VERSION, 0, WILD);
    BOTH(LINEERR_INVALPOINTER, lineGetAddressCaps, client.app, LINE_ID, 0, VERSION, 0, NULL);
    BOTH(LINEERR_INVALPOINTER, lineOpen, client.app, LINE_ID, NULL, VERSION, 0, 0,
         LINECALLPRIVILEGE_NONE, LINEMEDIAMODE_INTERACTIVEVOICE, NULL);
    BOTH(LINEERR_INVALPOINTER, lineGetLineDevStatus, client.line, NULL);
    BOTH(LINEERR_INVALPOINTER, lineGetAddressStatus, client.line, 0, NULL);
    CASE(LINEERR_INVALPOINTER,
         lineGetAddressIDA(client.line, NULL, LINEADDRESSMODE_DIALABLEADDR, "1", 2));
    CASE(LINEERR_INVALPOINTER,
         lineGetAddressIDW(client.line, two, LINEADDRESSMODE_DIALABLEADDR, NULL, 2));
    CASE(LINEERR_INVALPOINTER, lineGetStatusMessages(client.line, NULL, two));
    CASE(LINEERR_INVALPOINTER, lineGetStatusMessages(client.line, two, NULL));
    CASE(LINEERR_INVALPOINTER, lineGetNumRings(client.line, 0, NULL));
    CASE(LINEERR_INVALPOINTER, lineGetIDA(client.line, 0, 0, LINECALLSELECT_LINE, NULL, "x"));
    CASE(LINEERR_INVALPOINTER, lineGetIDA(client.line, 0, 0, LINECALLSELECT_LINE, BIG, NULL));
    CASE(LINEERR_INVALPOINTER, lineGetDevConfigA(LINE_ID, NULL, "x"));
    CASE(LINEERR_INVALPOINTER, lineGetIconW(LINE_ID, L"x", NULL));
    CASE(LINEERR_INVALPOINTER, lineSetDevConfigA(LINE_ID, WILD, 8, "x"));
    CASE(LINEERR_INVALPOINTER, lineDevSpecific(client.line, 0, 0, WILD, 8));
    CASE(LINEERR_INVALPOINTER, lineMakeCallA(client.line, NULL, "1", 0, NULL));
    CASE(LINEERR_INVALPOINTER, lineMakeCallA(client.line, &call, WILD, 0, NULL));
    CASE(LINEERR_INVALPOINTER, lineMakeCallW(client.line, &call, L"1", 0, WILD));
    CASE(LINEERR_INVALPOINTER, lineDialA(call, NULL, 0));
    CASE(LINEERR_INVALPOINTER, lineDialW(call, NULL, 0));
    CASE(LINEERR_INVALPOINTER, lineDrop(call, WILD, 5));
    BOTH(LINEERR_INVALPOINTER, lineGetCallInfo, call, NULL);
    CASE(LINEERR_INVALPOINTER, lineGetCallStatus(call, NULL));
    CASE(LINEERR_INVALPOINTER, lineGetNewCalls(client.line, 0, LINECALLSELECT_LINE, NULL));
    CASE(LINEERR_INVALPOINTER, lineGetConfRelatedCalls(call, NULL));
    CASE(LINEERR_INVALPOINTER, lineSetCallParams(call, LINEBEARERMODE_VOICE, 0, 0, WILD));
    CASE(LINEERR_INVALPOINTER, lineSetCallQualityOfService(call, WILD, 32, NULL, 0));
    CASE(LINEERR_INVALPOINTER, lineSendUserUserInfo(call, WILD, 1));
    BOTH(LINEERR_INVALPOINTER, lineSetupTransfer, call, NULL, NULL);
    CASE(LINEERR_INVALPOINTER, lineCompleteTransfer(call, call, NULL, LINETRANSFERMODE_CONFERENCE));
    CASE(LINEERR_INVALPOINTER, lineBlindTransferA(call, NULL, 0));
    CASE(LINEERR_INVALPOINTER, lineRedirectW(call, NULL, 0));
    BOTH(LINEERR_INVALPOINTER, lineSetupConference, call, 0, NULL, &call, 3, NULL);
    BOTH(LINEERR_INVALPOINTER, lineSetupConference, call, 0, &call, NULL, 3, NULL);
    BOTH(LINEERR_INVALPOINTER, linePrepareAddToConference, call, NULL, NULL);
    CASE(LINEERR_INVALPOINTER, lineParkA(call, LINEPARKMODE_NONDIRECTED, NULL, WILD));
    CASE(LINEERR_INVALPOINTER, lineParkA(call, LINEPARKMODE_NONDIRECTED, NULL, NULL));
    CASE(LINEERR_INVALPOINTER, lineSendUserUserInfo(call, NULL, 4));
    CASE(LINEERR_INVALPOINTER, lineUnparkW(client.line, 0, NULL, L"1"));
    CASE(LINEERR_INVALPOINTER, lineUnparkA(client.line, 0, &call, NULL));
    CASE(LINEERR_INVALPOINTER, linePickupW(client.line, 0, NULL, NULL, NULL));
    BOTH(LINEERR_INVALPOINTER, lineForward, client.line, 1, 0, WILD, 3, &call, NULL);
    BOTH(LINEERR_INVALPOINTER, lineForward, client.line, 1, 0, NULL, 3, NULL, NULL);
    CASE(LINEERR_INVALPOINTER, lineCompleteCall(call, NULL, LINECALLCOMPLMODE_CAMPON, 0));
    CASE(LINEERR_INVALPOINTER, lineGenerateTone(call, LINETONEMODE_CUSTOM, 0, 1, WILD));
    CASE(LINEERR_INVALPOINTER, lineMonitorTones(call, WILD, 1));
    CASE(LINEERR_INVALPARAM, lineMonitorTones(call, BIG, 0xFFFFFFFF));
    CASE(LINEERR_INVALPOINTER, lineGatherDigitsW(call, LINEDIGITMODE_DTMF, WILD, 5, NULL, 0, 0));
    CASE(LINEERR_INVALPARAM, lineGatherDigitsA(call, LINEDIGITMODE_DTMF, BIG, 0, NULL, 0, 0));
    client_close(&client);
}

TEST(structures_too_small)
{
    LINECALLPARAMS params = {.dwTotalSize = 8};
    HLINE line;
    open_all();
    BOTH(LINEERR_STRUCTURETOOSMALL, lineGetDevCaps, client.app, LINE_ID, VERSION, 0, TINY);
    BOTH(LINEERR_STRUCTURETOOSMALL, lineGetAddressCaps, client.app, LINE_ID, 0, VERSION, 0, TINY);
    BOTH(LINEERR_STRUCTURETOOSMALL, lineGetLineDevStatus, client.line, TINY);
    BOTH(LINEERR_STRUCTURETOOSMALL, lineGetAddressStatus, client.line, 0, TINY);
    BOTH(LINEERR_STRUCTURETOOSMALL, lineGetCallInfo, call, TINY);
    CASE(LINEERR_STRUCTURETOOSMALL, lineGetCallStatus(call, TINY));
    CASE(LINEERR_STRUCTURETOOSMALL, lineGetNewCalls(client.line, 0, LINECALLSELECT_LINE, TINY));
    CASE(LINEERR_STRUCTURETOOSMALL, lineGetConfRelatedCalls(call, TINY));
    CASE(LINEERR_STRUCTURETOOSMALL,
         lineGetIDA(client.line, 0, 0, LINECALLSELECT_LINE, TINY, "tapi/line"));
    CASE(LINEERR_STRUCTURETOOSMALL, lineParkA(call, LINEPARKMODE_NONDIRECTED, NULL, TINY));
    CASE(LINEERR_STRUCTURETOOSMALL, lineMakeCallA(client.line, &call, "1", 0, &params));
    params.dwTotalSize = 112; /* TAPI 1.4's, but 2.2 was negotiated */
    CASE(LINEERR_STRUCTURETOOSMALL, lineMakeCallA(client.line, &call, "1", 0, &params));
    CASE(LINEERR_STRUCTURETOOSMALL, lineSetupTransferW(call, &call, &params));
    CASE(LINEERR_STRUCTURETOOSMALL,
         lineOpenA(client.app, LINEMAPPER, &line, VERSION, 0, 0, LINECALLPRIVILEGE_NONE,
                   LINEMEDIAMODE_INTERACTIVEVOICE, &params));
    params.dwTotalSize = sizeof params;
    params.dwOrigAddressSize = 10;
    params.dwOrigAddressOffset = sizeof params - 4;
    CASE(LINEERR_INVALCALLPARAMS, lineMakeCallA(client.line, &call, "1", 0, &params));
    client_close(&client);
}

TEST(versions_and_options)
{
    LINEEXTENSIONID extension;
    HLINE line;
    open_all();
    CASE(LINEERR_BADDEVICEID,
         lineNegotiateAPIVersion(client.app, 99, 0x10003, VERSION, two, &extension));
    CASE(LINEERR_INCOMPATIBLEAPIVERSION,
         lineNegotiateAPIVersion(client.app, LINE_ID, 0x00090000, 0x00090000, two, &extension));
    CASE(LINEERR_INCOMPATIBLEAPIVERSION,
         lineNegotiateAPIVersion(client.app, LINE_ID, VERSION, 0x10003, two, &extension));
    BOTH(LINEERR_INCOMPATIBLEAPIVERSION, lineGetDevCaps, client.app, LINE_ID, 0x00090000, 0, BIG);
    BOTH(LINEERR_BADDEVICEID, lineGetDevCaps, client.app, 99, VERSION, 0, BIG);
    BOTH(LINEERR_INCOMPATIBLEAPIVERSION, lineGetAddressCaps, client.app, LINE_ID, 0, 0x10002, 0,
         BIG);
    BOTH(LINEERR_INCOMPATIBLEAPIVERSION, lineOpen, client.app, LINE_ID, &line, 0x00040000, 0, 0,
         LINECALLPRIVILEGE_NONE, LINEMEDIAMODE_INTERACTIVEVOICE, NULL);
    CASE(LINEERR_BADDEVICEID,
         lineOpenA(client.app, 99, &line, VERSION, 0, 0, LINECALLPRIVILEGE_NONE,
                   LINEMEDIAMODE_INTERACTIVEVOICE, NULL));
    CASE(LINEERR_INVALPRIVSELECT, lineOpenA(client.app, LINE_ID, &line, VERSION, 0, 0, 0x00800000,
                                            LINEMEDIAMODE_INTERACTIVEVOICE, NULL));
    CASE(LINEERR_INVALMEDIAMODE, lineOpenA(client.app, LINE_ID, &line, VERSION, 0, 0,
                                           LINECALLPRIVILEGE_OWNER, 0x80000000, NULL));
    CASE(LINEERR_INVALCALLSELECT, lineGetNewCalls(client.line, 0, 0x55, BIG));
    CASE(LINEERR_INVALCALLPRIVILEGE, lineSetCallPrivilege(call, 0x55));
    CASE(LINEERR_INVALDIGITMODE, lineMonitorDigits(call, 0x80));
    client_close(&client);
}
