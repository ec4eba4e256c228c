/* bare_test.c - a provider that lacks an entry point: the function is unavailable, and what TAPI
 * can do itself it does. */
#include <windows.h>
#include <tapi.h>

#include "tapi32/private.h"
#include "tests/support/test.h"

#define VERSION 0x00020002

TEST(what_the_provider_lacks_is_unavailable)
{
    PHONEINITIALIZEEXPARAMS params = {.dwTotalSize = sizeof params,
                                      .dwOptions = PHONEINITIALIZEEXOPTION_USEEVENT};
    union {
        PHONECAPS caps;
        PHONESTATUS status;
        PHONEBUTTONINFO button;
        VARSTRING string;
        BYTE bytes[512];
    } buffer = {.caps.dwTotalSize = sizeof buffer};
    HPHONEAPP app;
    HPHONE phone, second;
    DWORD devices, version = VERSION, a, b, c;
    PHONEEXTENSIONID extension;
    HICON icon;
    char bytes[4];
    REQUIRE_EQ(phoneInitializeExW(&app, NULL, NULL, L"a", &devices, &version, &params), 0);
    CHECK_EQ(devices, 1);
    POISON(extension);
    CHECK_EQ(phoneNegotiateAPIVersion(app, 0, VERSION, VERSION, &version, &extension), 0);
    CHECK_EQ(extension.dwExtensionID0, 0); /* no extensions */
    CHECK_EQ(phoneNegotiateExtVersion(app, 0, VERSION, 1, 2, &version), PHONEERR_OPERATIONUNAVAIL);
    CHECK_EQ(phoneOpen(app, 0, &phone, VERSION, 1, 0, PHONEPRIVILEGE_OWNER),
             PHONEERR_INCOMPATIBLEEXTVERSION);
    CHECK_EQ(phoneGetDevCapsW(app, 0, VERSION, 0, &buffer.caps), PHONEERR_OPERATIONUNAVAIL);
    REQUIRE_EQ(phoneOpen(app, 0, &phone, VERSION, 0, 0, PHONEPRIVILEGE_OWNER), 0);
    CHECK_EQ(phoneGetStatusW(phone, &buffer.status), PHONEERR_OPERATIONUNAVAIL);
    CHECK_EQ(phoneGetButtonInfoW(phone, 0, &buffer.button), PHONEERR_OPERATIONUNAVAIL);
    CHECK_EQ(phoneGetDisplay(phone, &buffer.string), PHONEERR_OPERATIONUNAVAIL);
    CHECK_EQ(phoneGetIDW(phone, &buffer.string, L"tapi/line"), PHONEERR_OPERATIONUNAVAIL);
    CHECK_EQ(phoneGetData(phone, 0, bytes, 4), PHONEERR_OPERATIONUNAVAIL);
    CHECK_EQ(phoneGetGain(phone, PHONEHOOKSWITCHDEV_HANDSET, &a), PHONEERR_OPERATIONUNAVAIL);
    CHECK_EQ(phoneGetVolume(phone, PHONEHOOKSWITCHDEV_HANDSET, &a), PHONEERR_OPERATIONUNAVAIL);
    CHECK_EQ(phoneGetHookSwitch(phone, &a), PHONEERR_OPERATIONUNAVAIL);
    CHECK_EQ(phoneGetLamp(phone, 0, &a), PHONEERR_OPERATIONUNAVAIL);
    CHECK_EQ(phoneGetRing(phone, &a, &b), PHONEERR_OPERATIONUNAVAIL);
    buffer.button = (PHONEBUTTONINFO){.dwTotalSize = sizeof buffer};
    CHECK_EQ(phoneSetButtonInfoW(phone, 0, &buffer.button), PHONEERR_OPERATIONUNAVAIL);
    CHECK_EQ(phoneSetData(phone, 0, bytes, 4), PHONEERR_OPERATIONUNAVAIL);
    CHECK_EQ(phoneSetDisplay(phone, 0, 0, bytes, 4), PHONEERR_OPERATIONUNAVAIL);
    CHECK_EQ(phoneSetGain(phone, PHONEHOOKSWITCHDEV_HANDSET, 1), PHONEERR_OPERATIONUNAVAIL);
    CHECK_EQ(phoneSetVolume(phone, PHONEHOOKSWITCHDEV_HANDSET, 1), PHONEERR_OPERATIONUNAVAIL);
    CHECK_EQ(phoneSetHookSwitch(phone, PHONEHOOKSWITCHDEV_HANDSET, PHONEHOOKSWITCHMODE_ONHOOK),
             PHONEERR_OPERATIONUNAVAIL);
    CHECK_EQ(phoneSetLamp(phone, 0, PHONELAMPMODE_OFF), PHONEERR_OPERATIONUNAVAIL);
    CHECK_EQ(phoneSetRing(phone, 0, 0), PHONEERR_OPERATIONUNAVAIL);
    CHECK_EQ(phoneDevSpecific(phone, bytes, 4), PHONEERR_OPERATIONUNAVAIL);

    /* TAPI's own. */
    icon = NULL;
    CHECK_EQ(phoneGetIconW(0, NULL, &icon), 0);
    CHECK(icon != NULL);
    buffer.string.dwTotalSize = sizeof buffer;
    CHECK_EQ(phoneGetIDW(phone, &buffer.string, L"tapi/phone"), 0);
    CHECK_EQ(phoneSetStatusMessages(phone, PHONESTATE_MONITORS, 0, 0), 0);
    CHECK_EQ(phoneGetStatusMessages(phone, &a, &b, &c), 0);
    CHECK_EQ(a, PHONESTATE_MONITORS);
    CHECK_EQ(phoneOpen(app, 0, &second, VERSION, 0, 0, PHONEPRIVILEGE_MONITOR), 0);
    PHONEMESSAGE message;
    CHECK_EQ(phoneGetMessage(app, &message, 0), 0);
    CHECK_EQ(message.dwMessageID, PHONE_STATE);
    CHECK_EQ(message.dwParam1, PHONESTATE_MONITORS);
    CHECK_EQ(phoneClose(second), 0);
    CHECK_EQ(phoneShutdown(app), 0);
    struct open_tapi_counters left;
    OpenTapiGetCounters(&left);
    CHECK_EQ(left.handles, 0);
    CHECK_EQ(left.requests, 0);
}
