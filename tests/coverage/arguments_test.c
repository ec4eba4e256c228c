/* arguments_test.c - arguments that TAPI itself refuses, where tests/tapi2 does not. */
#include "tests/coverage/rows.h"

#define STALE 0x00345678
#define WILD  ((void *)(ULONG_PTR)16)

static DWORD number;
static DWORD two[64] = {sizeof two};
#define LIST ((LINECALLLIST *)two)

/* One call, as text and as a function, and what it must return; the provider is not asked. */
#define CASE(expected_, call_)                                                                     \
    do {                                                                                           \
        LONG result_ = rows_finish(call_);                                                         \
        if (result_ != (LONG)(expected_))                                                          \
            FAIL("%s is 0x%08lx, not " #expected_, #call_, (unsigned long)result_);                \
    } while (0)

TEST(user_user_information_and_blocks_that_are_nowhere)
{
    rows_open();
    CASE(LINEERR_INVALPOINTER, lineAccept(call, WILD, 4));
    CASE(LINEERR_INVALPOINTER, lineAnswer(call, WILD, 4));
    CASE(LINEERR_INVALPOINTER, lineDrop(call, WILD, 4));
    CASE(LINEERR_INVALPOINTER, lineSendUserUserInfo(call, WILD, 4));
    CASE(LINEERR_INVALPOINTER, lineDevSpecific(line, 0, 0, WILD, 4));
    CASE(LINEERR_INVALPOINTER, lineDevSpecificFeature(line, 0, WILD, 4));
    CASE(LINEERR_INVALPOINTER, lineSetCallData(call, WILD, 4));
    CASE(LINEERR_INVALPOINTER, lineGenerateDigitsA(call, LINEDIGITMODE_DTMF, WILD, 0));
    CASE(LINEERR_INVALPOINTER, lineGenerateDigitsW(call, LINEDIGITMODE_DTMF, WILD, 0));
    CASE(LINEERR_INVALPOINTER,
         lineSetMediaControl(line, 0, 0, LINECALLSELECT_LINE, WILD, 1, NULL, 0, NULL, 0, NULL, 0));
    CASE(LINEERR_INVALPOINTER, lineHandoffA(call, WILD, 0));
    CASE(LINEERR_INVALPOINTER, lineHandoffW(call, WILD, 0));
    CASE(LINEERR_INVALPOINTER,
         lineOpenA(app, 0, NULL, VERSION, 0, 0, LINECALLPRIVILEGE_NONE, 0, NULL));
    rows_close();
}

TEST(call_parameters_that_are_short_or_lead_outside)
{
    LINECALLPARAMS params = {.dwTotalSize = 100};
    LINEFORWARDLIST list = {.dwTotalSize = 4, .dwNumEntries = 1};
    HLINE opened;
    rows_open();
    CASE(LINEERR_STRUCTURETOOSMALL, lineMakeCallA(line, &made, "1", 0, &params));
    CASE(LINEERR_STRUCTURETOOSMALL, lineMakeCallW(line, &made, L"1", 0, &params));
    CASE(LINEERR_STRUCTURETOOSMALL, lineSetupTransferA(call, &made, &params));
    CASE(LINEERR_STRUCTURETOOSMALL, lineSetupConferenceA(call, 0, &made, &made_too, 3, &params));
    CASE(LINEERR_STRUCTURETOOSMALL, linePrepareAddToConferenceA(call, &made, &params));
    CASE(LINEERR_STRUCTURETOOSMALL, lineForwardA(line, 1, 0, NULL, 3, &made, &params));
    CASE(LINEERR_STRUCTURETOOSMALL, lineForwardA(line, 1, 0, &list, 3, &made, NULL));
    CASE(LINEERR_STRUCTURETOOSMALL,
         lineOpenA(app, 0, &opened, VERSION, 0, 0, LINECALLPRIVILEGE_OWNER,
                   LINEMEDIAMODE_INTERACTIVEVOICE, &params));
    params.dwTotalSize = sizeof params;
    params.dwCalledPartySize = 10;
    params.dwCalledPartyOffset = sizeof params;
    CASE(LINEERR_INVALCALLPARAMS, lineMakeCallA(line, &made, "1", 0, &params));
    CASE(LINEERR_INVALCALLPARAMS, lineOpenA(app, 0, &opened, VERSION, 0, 0, LINECALLPRIVILEGE_OWNER,
                                            LINEMEDIAMODE_INTERACTIVEVOICE, &params));
    rows_close();
}

TEST(addresses_and_selections_that_are_none)
{
    rows_open();
    every->bits = 0xFFFFFFFF;
    CASE(LINEERR_INVALADDRESSID, lineGetNewCalls(line, 7, LINECALLSELECT_ADDRESS, LIST));
    CASE(LINEERR_INVALADDRESSID, lineSetNumRings(line, 7, 1));
    CASE(LINEERR_INVALADDRESSID, lineGetNumRings(line, 7, &number));
    CASE(LINEERR_INVALADDRESSID,
         lineGetIDA(line, 7, 0, LINECALLSELECT_ADDRESS, (VARSTRING *)two, "every/class"));
    CASE(LINEERR_INVALADDRESSID,
         lineGetIDW(line, 7, 0, LINECALLSELECT_ADDRESS, (VARSTRING *)two, L"tapi/line"));
    CASE(LINEERR_INVALADDRESSID, lineSetTerminal(line, 7, 0, LINECALLSELECT_ADDRESS, 1, 0, 1));
    CASE(LINEERR_INVALADDRESSID, lineSetMediaControl(line, 7, 0, LINECALLSELECT_ADDRESS, NULL, 0,
                                                     NULL, 0, NULL, 0, NULL, 0));
    CHECK_EQ(every->calls[EVERY_TSPI_lineGetID], 0);
    CHECK_EQ(every->calls[EVERY_TSPI_lineSetTerminal], 0);
    CHECK_EQ(every->calls[EVERY_TSPI_lineSetMediaControl], 0);
    CASE(LINEERR_INVALCALLSELECT, lineGetIDA(line, 0, 0, 0x100, (VARSTRING *)two, "every/class"));
    CASE(LINEERR_INVALCALLSELECT, lineGetNewCalls(line, 0, 0x100, LIST));
    CASE(LINEERR_INVALCALLSELECT, lineSetTerminal(line, 0, 0, 0x100, 1, 0, 1));
    CASE(LINEERR_INVALCALLHANDLE, lineSetTerminal(0, 0, STALE, LINECALLSELECT_CALL, 1, 0, 1));
    CASE(LINEERR_INVALCALLSELECT,
         lineSetMediaControl(line, 0, 0, 0x100, NULL, 0, NULL, 0, NULL, 0, NULL, 0));
    CASE(LINEERR_INVALCALLHANDLE,
         lineSetMediaControl(0, 0, STALE, LINECALLSELECT_CALL, NULL, 0, NULL, 0, NULL, 0, NULL, 0));
    CASE(LINEERR_INVALCONSULTCALLHANDLE, lineAddToConference(call, STALE));
    CASE(LINEERR_INVALCONSULTCALLHANDLE,
         lineCompleteTransfer(call, STALE, NULL, LINETRANSFERMODE_TRANSFER));
    CASE(LINEERR_INVALCALLHANDLE, lineDevSpecific(line, 0, STALE, NULL, 0));
    CASE(LINEERR_INVALLINEHANDLE, lineSetupConferenceA(0, STALE, &made, &made_too, 3, NULL));
    CASE(LINEERR_NOCONFERENCE, lineGetConfRelatedCalls(call, LIST));
    CASE(LINEERR_TARGETNOTFOUND, lineHandoffA(call, "nobody.exe", 0));
    CASE(LINEERR_INVALMEDIAMODE, lineHandoffA(call, NULL, 0));
    CASE(LINEERR_INVALMEDIAMODE,
         lineHandoffA(call, NULL, LINEMEDIAMODE_G3FAX | LINEMEDIAMODE_VIDEO));
    CASE(LINEERR_TARGETSELF, lineHandoffA(call, NULL, LINEMEDIAMODE_INTERACTIVEVOICE));
    CASE(LINEERR_INVALCALLSTATE, lineSetCallPrivilege(call, LINECALLPRIVILEGE_MONITOR));
    CASE(LINEERR_INVALCALLPRIVILEGE, lineSetCallPrivilege(call, 0x100));
    every->bits = 0;
    rows_close();
}

TEST(devices_and_versions_that_are_none)
{
    LINEEXTENSIONID extension;
    static DWORD big[1024] = {4096};
    VARSTRING *text = (VARSTRING *)big;
    HLINE opened;
    HICON icon;
    rows_open();
    CASE(LINEERR_BADDEVICEID, lineGetAddressCapsA(app, 77, 0, VERSION, 0, (void *)big));
    CASE(LINEERR_BADDEVICEID, lineGetDevCapsA(app, 77, VERSION, 0, (void *)big));
    CASE(LINEERR_BADDEVICEID, lineGetAddressCapsW(app, 77, 0, VERSION, 0, (void *)big));
    CASE(LINEERR_BADDEVICEID, lineGetIconA(77, "every/class", &icon));
    CASE(LINEERR_BADDEVICEID, lineGetDevConfigA(77, text, "every/class"));
    CASE(LINEERR_BADDEVICEID, lineSetDevConfigA(77, "x", 1, "every/class"));
    CASE(LINEERR_BADDEVICEID, lineNegotiateExtVersion(app, 77, VERSION, 1, 2, &number));
    CASE(LINEERR_INCOMPATIBLEAPIVERSION,
         lineNegotiateExtVersion(app, 0, 0x00050000, 1, 2, &number));
    CASE(LINEERR_INCOMPATIBLEAPIVERSION, lineNegotiateExtVersion(app, 0, 0, 1, 2, &number));
    every->result[EVERY_TSPI_lineGetExtensionID] = (LONG)LINEERR_NODRIVER;
    CASE(LINEERR_NODRIVER, lineNegotiateAPIVersion(app, 0, 0x10003, VERSION, &number, &extension));
    every->result[EVERY_TSPI_lineGetExtensionID] = 0;
    CASE(LINEERR_BADDEVICEID,
         lineNegotiateAPIVersion(app, 77, 0x10003, VERSION, &number, &extension));
    CASE(LINEERR_INCOMPATIBLEAPIVERSION,
         lineNegotiateAPIVersion(app, 0, 0x00040000, 0x00050000, &number, &extension));
    CASE(LINEERR_INCOMPATIBLEAPIVERSION,
         lineOpenA(app, 0, &opened, 0, 0, 0, LINECALLPRIVILEGE_NONE, 0, NULL));
    every->result[EVERY_TSPI_lineSelectExtVersion] = (LONG)LINEERR_INCOMPATIBLEEXTVERSION;
    CASE(LINEERR_INCOMPATIBLEEXTVERSION,
         lineOpenA(app, 0, &opened, VERSION, 0x77, 0, LINECALLPRIVILEGE_NONE, 0, NULL));
    every->result[EVERY_TSPI_lineSelectExtVersion] = 0;
    every->result[EVERY_TSPI_lineSetStatusMessages] = (LONG)LINEERR_INVALLINESTATE;
    CASE(LINEERR_INVALLINESTATE, lineSetStatusMessages(line, 1, 0));
    every->result[EVERY_TSPI_lineSetStatusMessages] = (LONG)LINEERR_INVALADDRESSSTATE;
    CASE(LINEERR_INVALADDRESSSTATE, lineSetStatusMessages(line, 0, 1));
    every->result[EVERY_TSPI_lineSetStatusMessages] = 0;
    every->result[EVERY_TSPI_lineOpen] = (LONG)LINEERR_ALLOCATED;
    CASE(LINEERR_ALLOCATED,
         lineOpenA(app, 1, &opened, VERSION, 0, 0, LINECALLPRIVILEGE_NONE, 0, NULL));
    every->result[EVERY_TSPI_lineOpen] = (LONG)LINEERR_NODRIVER;
    CASE(LINEERR_NODRIVER,
         lineOpenA(app, 1, &opened, VERSION, 0, 0, LINECALLPRIVILEGE_NONE, 0, NULL));
    every->result[EVERY_TSPI_lineOpen] = 0;
    CASE(LINEERR_LINEMAPPERFAILED, lineOpenA(app, LINEMAPPER, &opened, VERSION, 0, 0,
                                             LINECALLPRIVILEGE_OWNER, LINEMEDIAMODE_VIDEO, NULL));
    rows_close();
}
