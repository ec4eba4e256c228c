/* startup_test.c - entries that TAPI calls for itself: what becomes of it when they fail. */
#include "tests/coverage/rows.h"

/* Initializes and shuts down; the devices of the machine. */
static DWORD count_devices(void)
{
    LINEINITIALIZEEXPARAMS params = {.dwTotalSize = sizeof params,
                                     .dwOptions = LINEINITIALIZEEXOPTION_USEEVENT};
    HLINEAPP own;
    DWORD devices = 77, version = VERSION;
    if (!CHECK_EQ(lineInitializeExA(&own, NULL, NULL, "start", &devices, &version, &params), 0))
        return 77;
    CHECK_EQ(lineShutdown(own), 0);
    return devices;
}

TEST(a_provider_that_fails_at_its_start_is_left_out)
{
    static const enum every_entry entries[] = {EVERY_TSPI_providerEnumDevices,
                                               EVERY_TSPI_providerInit,
                                               EVERY_TSPI_lineNegotiateTSPIVersion};
    for (unsigned i = 0; i < ARRAYSIZE(entries); i++) {
        every->result[entries[i]] = (LONG)LINEERR_OPERATIONFAILED;
        CHECK_EQ(count_devices(), 0);
        every->result[entries[i]] = 0;
    }
    CHECK_EQ(count_devices(), EVERY_LINES);
}

TEST(a_provider_without_extensions_has_none)
{
    LINEEXTENSIONID extension;
    static const LINEEXTENSIONID none;
    DWORD version;
    rows_open();
    CHECK_EQ(lineNegotiateAPIVersion(app, 0, 0x00010003, VERSION, &version, &extension), 0);
    CHECK(memcmp(&extension, &none, sizeof none) != 0);
    every->result[EVERY_TSPI_lineGetExtensionID] = (LONG)LINEERR_OPERATIONUNAVAIL;
    POISON(extension);
    CHECK_EQ(lineNegotiateAPIVersion(app, 0, 0x00010003, VERSION, &version, &extension), 0);
    CHECK_BYTES(&extension, &none, sizeof none);
    rows_close();
}

/* Which address a call is on is asked of the provider; where it cannot say, it is the first. */
TEST(a_call_without_address_or_identity_is_a_call)
{
    static const LONG failed = (LONG)LINEERR_OPERATIONFAILED;
    DWORD buffer[64];
    LINECALLLIST *list = (LINECALLLIST *)buffer;
    HLINE watching;
    for (unsigned missing = 0; missing < 3; missing++) { /* none, the IDs, the address too */
        LONG before = every->calls[EVERY_TSPI_lineGetCallIDs];
        LONG before_address = every->calls[EVERY_TSPI_lineGetCallAddressID];
        every->result[EVERY_TSPI_lineGetCallIDs] = missing > 0 ? failed : 0;
        every->result[EVERY_TSPI_lineGetCallAddressID] = missing > 1 ? failed : 0;
        rows_open();
        REQUIRE_EQ(lineOpenA(app, 0, &watching, VERSION, 0, 0, LINECALLPRIVILEGE_MONITOR, 0, NULL),
                   0);
        list->dwTotalSize = sizeof buffer;
        CHECK_EQ(lineGetNewCalls(watching, 0, LINECALLSELECT_ADDRESS, list), 0);
        CHECK_EQ(list->dwCallsNumEntries, 2);
        CHECK(every->calls[EVERY_TSPI_lineGetCallIDs] > before);
        CHECK_EQ(every->calls[EVERY_TSPI_lineGetCallAddressID] > before_address, missing > 0);
        rows_close();
    }
}

TEST(a_provider_that_wants_one_call_at_a_time)
{
    every->options = LINETSPIOPTION_NONREENTRANT;
    rows_open();
    CHECK_EQ(rows_finish(lineHold(call)), 0);
    rows_close();
}

/* How many addresses a line has is in its capabilities where the provider does not say. */
TEST(a_provider_that_does_not_count_its_addresses)
{
    DWORD rings;
    rows_open();
    every->result[EVERY_TSPI_lineGetNumAddressIDs] = (LONG)LINEERR_OPERATIONFAILED;
    CHECK_EQ(lineGetNumRings(line, 0, &rings), 0);
    CHECK_EQ(lineGetNumRings(line, 1, &rings), LINEERR_INVALADDRESSID);
    CHECK(every->calls[EVERY_TSPI_lineGetNumAddressIDs] > 0);
    rows_close();
}

TEST(a_provider_that_refuses_to_detect_media_modes)
{
    HLINE opened;
    rows_open();
    every->bits = 0xFFFFFFFF;
    every->result[EVERY_TSPI_lineSetDefaultMediaDetection] = (LONG)LINEERR_INVALMEDIAMODE;
    CHECK_EQ(lineOpenA(app, 1, &opened, VERSION, 0, 0, LINECALLPRIVILEGE_OWNER,
                       LINEMEDIAMODE_DATAMODEM, NULL),
             LINEERR_INVALMEDIAMODE);
    every->bits = 0;
    rows_close();
}

TEST(media_providers_that_refuse)
{
    GUID clsid;
    DWORD msp = 0;
    rows_open();
    CHECK_EQ(OpenTapiLineMspIdentify(app, 0, &clsid), 0);
    every->result[EVERY_TSPI_lineMSPIdentify] = (LONG)LINEERR_OPERATIONUNAVAIL;
    CHECK_EQ(OpenTapiLineMspIdentify(app, 0, &clsid), LINEERR_OPERATIONUNAVAIL);
    every->result[EVERY_TSPI_lineCreateMSPInstance] = (LONG)LINEERR_NOMEM;
    CHECK_EQ(OpenTapiLineCreateMsp(line, 0, &msp), LINEERR_NOMEM);
    every->result[EVERY_TSPI_lineCreateMSPInstance] = 0;
    REQUIRE_EQ(OpenTapiLineCreateMsp(line, 0, &msp), 0);
    every->result[EVERY_TSPI_lineReceiveMSPData] = (LONG)LINEERR_RESOURCEUNAVAIL;
    CHECK_EQ(OpenTapiLineSendMspData(msp, 0, "x", 1), LINEERR_RESOURCEUNAVAIL);
    CHECK_EQ(OpenTapiLineCloseMsp(msp), 0);
    rows_close();
}
