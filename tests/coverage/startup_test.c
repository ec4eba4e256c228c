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

TEST(a_call_without_address_or_identity_is_a_call)
{
    static const enum every_entry entries[] = {EVERY_TSPI_lineGetCallAddressID,
                                               EVERY_TSPI_lineGetCallIDs,
                                               EVERY_TSPI_lineGetNumAddressIDs};
    LINECALLSTATUS status = {.dwTotalSize = sizeof status};
    rows_open();
    for (unsigned i = 0; i < ARRAYSIZE(entries); i++) {
        every->result[entries[i]] = (LONG)LINEERR_OPERATIONFAILED;
        HCALL one = rows_make_call();
        CHECK_EQ(lineGetCallStatus(one, &status), 0);
        every->result[entries[i]] = 0;
    }
    rows_close();
}

TEST(a_provider_that_wants_one_call_at_a_time)
{
    every->options = LINETSPIOPTION_NONREENTRANT;
    rows_open();
    CHECK_EQ(rows_finish(lineHold(call)), 0);
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
