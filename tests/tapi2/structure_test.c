/* structure_test.c - what an application of each API version sees, A and W, through the real
 * layers. */
#include "tests/support/agent.h"
#include "tests/tapi2/exchange.h"

static const struct {
    DWORD version, dev_caps, address_caps, call_info, call_status;
} eras[] = {
    {0x00010003, 240, 180, 296, 36}, {0x00010004, 240, 180, 296, 36},
    {0x00020000, 252, 228, 324, 56}, {0x00020001, 252, 228, 324, 56},
    {0x00020002, 268, 228, 324, 56}, {0x00030000, 292, 228, 344, 56},
    {0x00030001, 292, 228, 344, 56},
};

#define ZOE_DEVICE 3 /* extension 104 "Zoë" */

static union {
    DWORD total;
    LINEDEVCAPS dev;
    LINEADDRESSCAPS address;
    LINECALLINFO info;
    LINECALLSTATUS status;
    LINEDEVSTATUS dev_status;
    LINEADDRESSSTATUS address_status;
    VARSTRING id;
    BYTE bytes[4096];
} out;

struct old_client {
    HLINEAPP app;
    HLINE line;
    HANDLE event;
};

static struct old_client open_as(DWORD version)
{
    struct old_client client = {0};
    LINEINITIALIZEEXPARAMS params = {.dwTotalSize = sizeof params,
                                     .dwOptions = LINEINITIALIZEEXOPTION_USEEVENT};
    LINEEXTENSIONID extension;
    DWORD devices, asked = version, granted;
    REQUIRE_EQ(lineInitializeExW(&client.app, NULL, NULL, L"old", &devices, &asked, &params), 0);
    CHECK_EQ(asked, 0x00030001); /* the highest TAPI supports */
    CHECK_EQ(devices, 4);
    client.event = params.Handles.hEvent;
    REQUIRE_EQ(
        lineNegotiateAPIVersion(client.app, ZOE_DEVICE, 0x00010003, version, &granted, &extension),
        0);
    CHECK_EQ(granted, version);
    REQUIRE_EQ(lineOpenW(client.app, ZOE_DEVICE, &client.line, version, 0, 0,
                         LINECALLPRIVILEGE_OWNER, LINEMEDIAMODE_INTERACTIVEVOICE, NULL),
               0);
    return client;
}

static void poison(void)
{
    POISON(out);
    out.total = sizeof out;
}

/* Nothing is written behind dwUsedSize, nothing missing, and the fixed part is the era's. */
static void check_header(DWORD fixed)
{
    const DWORD *header = &out.total;
    CHECK_EQ(header[1], header[2]);
    CHECK(header[2] >= fixed && header[2] < sizeof out);
    for (DWORD i = header[2]; i < sizeof out; i++)
        if (out.bytes[i] != 0xCC) {
            FAIL("byte %u behind dwUsedSize %u was written", (unsigned)i, (unsigned)header[2]);
            break;
        }
}

static void check_text(DWORD size, DWORD offset, bool wide, const WCHAR *expected)
{
    char ansi[64];
    DWORD length = (DWORD)wcslen(expected) + 1;
    if (!CHECK(offset + size <= sizeof out) || !CHECK(offset != 0))
        return;
    if (wide) {
        CHECK_EQ(size, length * sizeof(WCHAR));
        CHECK_WSTR((WCHAR *)(out.bytes + offset), expected);
    } else {
        int bytes = WideCharToMultiByte(CP_ACP, 0, expected, -1, ansi, sizeof ansi, NULL, NULL);
        CHECK_EQ(size, bytes);
        CHECK_STR((char *)out.bytes + offset, ansi);
    }
}

TEST(capabilities_in_every_version)
{
    for (unsigned e = 0; e < ARRAYSIZE(eras); e++) {
        struct old_client client = open_as(eras[e].version);
        for (int wide = 0; wide < 2; wide++) {
            poison();
            CHECK_EQ((wide ? lineGetDevCapsW : lineGetDevCapsA)(client.app, ZOE_DEVICE,
                                                                eras[e].version, 0, &out.dev),
                     0);
            check_header(eras[e].dev_caps);
            CHECK(out.dev.dwProviderInfoOffset >= eras[e].dev_caps);
            check_text(out.dev.dwLineNameSize, out.dev.dwLineNameOffset, wide, L"Zo\u00EB");
            CHECK_EQ(out.dev.dwStringFormat, wide ? STRINGFORMAT_UNICODE : STRINGFORMAT_ASCII);
            CHECK_EQ(out.dev.dwNumAddresses, 1);
            if (eras[e].version >= 0x00020000 && CHECK(out.dev.dwDeviceClassesSize != 0))
                CHECK(wide ? wcscmp((WCHAR *)(out.bytes + out.dev.dwDeviceClassesOffset),
                                    L"tapi/line") == 0
                           : strcmp((char *)out.bytes + out.dev.dwDeviceClassesOffset,
                                    "tapi/line") == 0);
            poison();
            CHECK_EQ((wide ? lineGetAddressCapsW : lineGetAddressCapsA)(
                         client.app, ZOE_DEVICE, 0, eras[e].version, 0, &out.address),
                     0);
            check_header(eras[e].address_caps);
            CHECK_EQ(out.address.dwLineDeviceID, ZOE_DEVICE);
            check_text(out.address.dwAddressSize, out.address.dwAddressOffset, wide, L"104");
        }
        CHECK_EQ(lineShutdown(client.app), 0);
    }
}

static HCALL wait_offer(const struct old_client *client)
{
    LINEMESSAGE message;
    do
        REQUIRE_EQ(lineGetMessage(client->app, &message, WAIT_LONG), 0);
    while (message.dwMessageID != LINE_CALLSTATE);
    CHECK_EQ(message.dwParam1, LINECALLSTATE_OFFERING);
    return (HCALL)(DWORD_PTR)message.hDevice;
}

TEST(calls_in_every_version)
{
    for (unsigned e = 0; e < ARRAYSIZE(eras); e++) {
        struct old_client client = open_as(eras[e].version);
        exchange_do(L"Inject", "sss", L"5551234", L"J\u00FCrgen", L"104");
        HCALL call = wait_offer(&client);
        for (int wide = 0; wide < 2; wide++) {
            poison();
            CHECK_EQ((wide ? lineGetCallInfoW : lineGetCallInfoA)(call, &out.info), 0);
            check_header(eras[e].call_info);
            check_text(out.info.dwCallerIDSize, out.info.dwCallerIDOffset, wide, L"5551234");
            check_text(out.info.dwCallerIDNameSize, out.info.dwCallerIDNameOffset, wide,
                       L"J\u00FCrgen");
            /* strings begin behind the era's fixed part */
            CHECK(out.info.dwCallerIDOffset >= eras[e].call_info);
        }
        poison();
        CHECK_EQ(lineGetCallStatus(call, &out.status), 0);
        check_header(eras[e].call_status);
        CHECK_EQ(out.status.dwCallState, LINECALLSTATE_OFFERING);
        CHECK_EQ(out.status.dwCallPrivilege, LINECALLPRIVILEGE_OWNER);
        POISON(out);
        out.total = eras[e].call_info - 1;
        CHECK_EQ(lineGetCallInfoA(call, &out.info), LINEERR_STRUCTURETOOSMALL);
        POISON(out);
        out.total = eras[e].call_info;
        CHECK_EQ(lineGetCallInfoA(call, &out.info), 0);
        CHECK(out.info.dwNeededSize > eras[e].call_info);
        CHECK_EQ(out.info.dwUsedSize, eras[e].call_info);
        CHECK_EQ(out.info.dwCallerIDSize, 0);
        CHECK_EQ(out.info.dwCallerIDOffset, 0);
        CHECK_EQ(lineShutdown(client.app), 0);
        exchange_reset();
    }
}

TEST(status_names_the_applications)
{
    struct old_client client = open_as(0x00020002);
    for (int wide = 0; wide < 2; wide++) {
        poison();
        CHECK_EQ(
            (wide ? lineGetLineDevStatusW : lineGetLineDevStatusA)(client.line, &out.dev_status),
            0);
        check_header(sizeof out.dev_status);
        CHECK_EQ(out.dev_status.dwNumOpens, 1);
        if (CHECK_EQ(out.dev_status.dwAppInfoSize, sizeof(LINEAPPINFO))) {
            const LINEAPPINFO *app = (void *)(out.bytes + out.dev_status.dwAppInfoOffset);
            check_text(app->dwFriendlyNameSize, app->dwFriendlyNameOffset, wide, L"old");
        }
        poison();
        CHECK_EQ((wide ? lineGetAddressStatusW : lineGetAddressStatusA)(client.line, 0,
                                                                        &out.address_status),
                 0);
        check_header(sizeof out.address_status);
    }
    poison();
    CHECK_EQ(lineGetIDA(client.line, 0, 0, LINECALLSELECT_LINE, &out.id, "tapi/line"), 0);
    CHECK_EQ(out.id.dwStringSize, sizeof(DWORD));
    CHECK_EQ(*(DWORD *)(out.bytes + out.id.dwStringOffset), ZOE_DEVICE);
    CHECK_EQ(lineShutdown(client.app), 0);
}

/* LINECALLPARAMS of TAPI 1.4, strings right behind its 112 bytes: read as such only with 1.4. */
TEST(call_parameters_of_the_negotiated_version)
{
    static const DWORD versions[] = {0x00010004, 0x00020002};
    for (unsigned v = 0; v < 2; v++) {
        struct old_client client = open_as(versions[v]);
        LINECALLPARAMS *params = (void *)out.bytes;
        HCALL call = 0;
        memset(&out, 0xFF, sizeof out);
        memset(&out, 0, 112);
        params->dwTotalSize = 130; /* 2.0's fixed part would need 176 */
        params->dwBearerMode = LINEBEARERMODE_VOICE;
        params->dwMaxRate = 64000;
        params->dwMediaMode = LINEMEDIAMODE_INTERACTIVEVOICE;
        params->dwAddressMode = LINEADDRESSMODE_ADDRESSID;
        params->dwCalledPartySize = 6;
        params->dwCalledPartyOffset = 112;
        memcpy(out.bytes + 112, "Party", 6);
        LONG id = lineMakeCallA(client.line, &call, "5550100", 0, params);
        if (versions[v] >= 0x00020000) {
            CHECK_EQ(id, LINEERR_STRUCTURETOOSMALL);
        } else if (CHECK(id > 0)) {
            LINEMESSAGE message;
            do
                REQUIRE_EQ(lineGetMessage(client.app, &message, WAIT_LONG), 0);
            while (message.dwMessageID != LINE_REPLY);
            CHECK_EQ(message.dwParam2, 0);
            poison();
            CHECK_EQ(lineGetCallInfoA(call, &out.info), 0);
            check_text(out.info.dwCalledPartySize, out.info.dwCalledPartyOffset, false, L"Party");
        }
        CHECK_EQ(lineShutdown(client.app), 0);
        exchange_reset();
    }
}
