/* structure_test.c - PHONECAPS and PHONESTATUS: each API version's fixed part, what TAPI fills in,
 * A and W, buffers of every size, and providers that fill them badly. */
#include "tests/phones/client.h"

union buffer {
    PHONECAPS caps;
    PHONESTATUS status;
    PHONEBUTTONINFO button;
    VARSTRING string;
    DWORD header[3];
    BYTE bytes[4096];
};

static const struct {
    DWORD version, caps, status;
} fixed[] = {
    {0x00010003, 144, 100}, {0x00010004, 144, 100}, {0x00020000, 180, 104},
    {0x00020001, 180, 104}, {0x00020002, 196, 104}, {0x00030001, 196, 104},
};

static const WCHAR *text(const union buffer *buffer, DWORD offset)
{
    return (const WCHAR *)(buffer->bytes + offset);
}

TEST(caps_have_the_fixed_part_of_each_version)
{
    union buffer buffer;
    for (unsigned i = 0; i < ARRAYSIZE(fixed); i++) {
        HPHONEAPP app = app_start(L"a", fixed[i].version);
        POISON(buffer);
        buffer.caps.dwTotalSize = sizeof buffer;
        CHECK_EQ(phoneGetDevCapsW(app, SET, fixed[i].version, 0, &buffer.caps), 0);
        CHECK_WSTR(text(&buffer, buffer.caps.dwPhoneNameOffset), L"Desk set 1");
        CHECK_EQ(buffer.caps.dwUsedSize, buffer.caps.dwNeededSize);
        CHECK(IS_POISON(buffer.bytes[buffer.caps.dwUsedSize]));
        /* The first part lies behind the fixed part. */
        CHECK(buffer.caps.dwProviderInfoOffset >= fixed[i].caps);
        CHECK(buffer.caps.dwProviderInfoOffset < fixed[i].caps + 4);

        /* Exactly the fixed part fits; one byte less does not. */
        POISON(buffer);
        buffer.caps.dwTotalSize = fixed[i].caps;
        CHECK_EQ(phoneGetDevCapsW(app, SET, fixed[i].version, 0, &buffer.caps), 0);
        CHECK_EQ(buffer.caps.dwUsedSize, fixed[i].caps);
        CHECK(buffer.caps.dwNeededSize > fixed[i].caps);
        CHECK_EQ(buffer.caps.dwPhoneNameSize, 0);
        CHECK_EQ(buffer.caps.dwNumRingModes, DESK_RINGS);
        CHECK(IS_POISON(buffer.bytes[fixed[i].caps]));
        POISON(buffer);
        buffer.caps.dwTotalSize = fixed[i].caps - 1;
        CHECK_EQ(phoneGetDevCapsW(app, SET, fixed[i].version, 0, &buffer.caps),
                 PHONEERR_STRUCTURETOOSMALL);
        CHECK(IS_POISON(buffer.bytes[fixed[i].caps - 1]));

        HPHONE phone = set_open(app, fixed[i].version, PHONEPRIVILEGE_MONITOR);
        POISON(buffer);
        buffer.status.dwTotalSize = fixed[i].status;
        CHECK_EQ(phoneGetStatusW(phone, &buffer.status), 0);
        CHECK_EQ(buffer.status.dwUsedSize, fixed[i].status);
        CHECK(IS_POISON(buffer.bytes[fixed[i].status]));
        POISON(buffer);
        buffer.status.dwTotalSize = fixed[i].status - 1;
        CHECK_EQ(phoneGetStatusW(phone, &buffer.status), PHONEERR_STRUCTURETOOSMALL);
        app_end(app);
    }
}

TEST(caps_are_the_providers_but_for_what_it_left_out)
{
    HPHONEAPP app = app_start(L"a", VERSION);
    union buffer buffer;
    POISON(buffer);
    buffer.caps.dwTotalSize = sizeof buffer;
    CHECK_EQ(phoneGetDevCapsA(app, SET, VERSION, 4, &buffer.caps), 0);
    CHECK_EQ(desk->caps_ext, 4);
    CHECK_STR((char *)buffer.bytes + buffer.caps.dwProviderInfoOffset, "desk.tsp");
    CHECK_STR((char *)buffer.bytes + buffer.caps.dwPhoneInfoOffset, "a set of the tests");
    CHECK_STR((char *)buffer.bytes + buffer.caps.dwPhoneNameOffset, "Desk set 1");
    CHECK_EQ(buffer.caps.dwPhoneNameSize, sizeof "Desk set 1");
    CHECK_EQ(buffer.caps.dwPermanentPhoneID, 0x77001);
    CHECK_EQ(buffer.caps.dwStringFormat, STRINGFORMAT_UNICODE); /* of its display, also for A */
    CHECK_EQ(buffer.caps.dwNumButtonLamps, DESK_BUTTONS);
    CHECK_EQ(buffer.caps.dwButtonModesSize, DESK_BUTTONS * sizeof(DWORD));
    CHECK_EQ(buffer.caps.dwDeviceClassesSize, 18);
    CHECK_BYTES(buffer.bytes + buffer.caps.dwDeviceClassesOffset, "wave/in\0wave/out\0", 18);
    CHECK_EQ(buffer.caps.dwPhoneFeatures,
             PHONEFEATURE_GETHOOKSWITCHHANDSET | PHONEFEATURE_GETDISPLAY);
    buffer.caps.dwTotalSize = sizeof buffer;
    CHECK_EQ(phoneGetDevCaps(app, 0, VERSION, 0, &buffer.caps), 0);
    CHECK_STR((char *)buffer.bytes + buffer.caps.dwPhoneNameOffset, "Desk set 0");
    CHECK(buffer.caps.dwPermanentPhoneID != 0); /* TAPI's, for the provider gave none */

    CHECK_EQ(phoneGetDevCapsW(app, 99, VERSION, 0, &buffer.caps), PHONEERR_BADDEVICEID);
    CHECK_EQ(phoneGetDevCapsW(app, SET, 0x00010000, 0, &buffer.caps),
             PHONEERR_INCOMPATIBLEAPIVERSION);
    CHECK_EQ(phoneGetDevCapsW(0, SET, VERSION, 0, &buffer.caps), PHONEERR_INVALAPPHANDLE);
    CHECK_EQ(phoneGetDevCapsW(app, SET, VERSION, 0, NULL), PHONEERR_INVALPOINTER);
    app_end(app);
}

TEST(status_says_who_owns_the_phone)
{
    HPHONEAPP app = app_start(L"The owner", VERSION);
    HPHONE phone = set_open(app, VERSION, PHONEPRIVILEGE_OWNER);
    union buffer buffer;
    DO(app, phoneSetHookSwitch(phone, PHONEHOOKSWITCHDEV_HANDSET, PHONEHOOKSWITCHMODE_MIC));
    POISON(buffer);
    buffer.status.dwTotalSize = sizeof buffer;
    CHECK_EQ(phoneGetStatusA(phone, &buffer.status), 0);
    CHECK_EQ(buffer.status.dwStatusFlags, PHONESTATUSFLAGS_CONNECTED);
    CHECK_EQ(buffer.status.dwNumOwners, 1);
    CHECK_EQ(buffer.status.dwNumMonitors, 0);
    CHECK_EQ(buffer.status.dwHandsetHookSwitchMode, PHONEHOOKSWITCHMODE_MIC);
    CHECK_STR((char *)buffer.bytes + buffer.status.dwOwnerNameOffset, "The owner");
    CHECK_EQ(buffer.status.dwDisplaySize, DESK_COLUMNS * sizeof(WCHAR));
    CHECK_EQ(buffer.status.dwLampModesSize, DESK_BUTTONS * sizeof(DWORD));
    buffer.status.dwTotalSize = sizeof buffer;
    CHECK_EQ(phoneGetStatus(phone, &buffer.status), 0);
    CHECK_STR((char *)buffer.bytes + buffer.status.dwOwnerNameOffset, "The owner");
    CHECK_EQ(phoneGetStatusW(phone, NULL), PHONEERR_INVALPOINTER);
    CHECK_EQ(phoneGetStatusW(1, &buffer.status), PHONEERR_INVALPHONEHANDLE);
    app_end(app);
}

TEST(older_providers_fill_older_structures)
{
    union buffer buffer;
    desk->version = 0x00010004;
    HPHONEAPP app = app_start(L"a", VERSION);
    HPHONE phone = set_open(app, VERSION, PHONEPRIVILEGE_OWNER);
    CHECK_EQ(desk->phone[SET].open_version, 0x00010004);
    POISON(buffer);
    buffer.caps.dwTotalSize = sizeof buffer;
    CHECK_EQ(phoneGetDevCapsW(app, SET, VERSION, 0, &buffer.caps), 0);
    CHECK_WSTR(text(&buffer, buffer.caps.dwPhoneNameOffset), L"Desk set 1");
    CHECK_EQ(buffer.caps.dwDeviceClassesSize, 0); /* unknown then */
    CHECK_EQ(buffer.caps.dwPhoneFeatures, 0);
    POISON(buffer);
    buffer.status.dwTotalSize = sizeof buffer;
    CHECK_EQ(phoneGetStatusW(phone, &buffer.status), 0);
    CHECK_EQ(buffer.status.dwPhoneFeatures, 0);
    app_end(app);
}

/* ---- bad structures ---- */

static void get_each(HPHONEAPP app, HPHONE phone, LONG expected)
{
    union buffer buffer;
    for (unsigned i = 0; i < 5; i++) {
        POISON(buffer);
        buffer.header[0] = sizeof buffer;
        LONG result = i == 0   ? phoneGetDevCapsW(app, SET, VERSION, 0, &buffer.caps)
                      : i == 1 ? phoneGetStatusW(phone, &buffer.status)
                      : i == 2 ? phoneGetButtonInfoW(phone, 1, &buffer.button)
                      : i == 3 ? phoneGetDisplay(phone, &buffer.string)
                               : phoneGetIDW(phone, &buffer.string, L"tapi/line");
        CHECK_EQ(result, expected);
        if (result != 0)
            continue;
        CHECK(buffer.header[2] <= sizeof buffer);
        if (i == 0) {
            CHECK_EQ(buffer.caps.dwPhoneNameSize, 0);
            CHECK_EQ(buffer.caps.dwButtonModesSize, 0);
        } else if (i == 1) {
            CHECK_WSTR(text(&buffer, buffer.status.dwOwnerNameOffset), L"a"); /* that is TAPI's */
            CHECK_EQ(buffer.status.dwDisplaySize, 0);
        } else if (i == 2) {
            CHECK_EQ(buffer.button.dwButtonTextSize, 0);
        } else {
            CHECK_EQ(buffer.string.dwStringSize, 0);
        }
    }
}

TEST(parts_outside_of_the_structure_are_left_out)
{
    HPHONEAPP app = app_start(L"a", VERSION);
    HPHONE phone = set_open(app, VERSION, PHONEPRIVILEGE_OWNER);
    desk->lie = DESK_OUTSIDE;
    get_each(app, phone, 0);
    app_end(app);
}

TEST(a_buffer_that_is_never_large_enough_is_a_failure)
{
    HPHONEAPP app = app_start(L"a", VERSION);
    HPHONE phone = set_open(app, VERSION, PHONEPRIVILEGE_OWNER);
    desk->lie = DESK_NOT_ENOUGH;
    get_each(app, phone, (LONG)PHONEERR_OPERATIONFAILED);
    app_end(app);
}

TEST(arrays_are_no_longer_than_they_are)
{
    HPHONEAPP app = app_start(L"a", VERSION);
    union buffer buffer;
    desk->lie = DESK_COUNTS;
    buffer.caps.dwTotalSize = sizeof buffer;
    CHECK_EQ(phoneGetDevCapsW(app, SET, VERSION, 0, &buffer.caps), 0);
    CHECK_EQ(buffer.caps.dwNumButtonLamps, DESK_BUTTONS / 2);
    CHECK_EQ(buffer.caps.dwNumSetData, 1);
    CHECK_EQ(buffer.caps.dwNumGetData, 2);
    app_end(app);
}

TEST(synchronous_functions_have_no_positive_results)
{
    HPHONEAPP app = app_start(L"a", VERSION);
    HPHONE phone = set_open(app, VERSION, PHONEPRIVILEGE_OWNER);
    DWORD value, other;
    BYTE data[4];
    HICON icon;
    static const struct {
        enum desk_lie lie;
        LONG result;
    } lies[] = {{DESK_POSITIVE, (LONG)PHONEERR_OPERATIONFAILED},
                {DESK_FAIL, (LONG)PHONEERR_INVALPHONESTATE}};
    for (unsigned i = 0; i < ARRAYSIZE(lies); i++) {
        desk->lie = lies[i].lie;
        get_each(app, phone, lies[i].result);
        POISON(value);
        CHECK_EQ(phoneGetHookSwitch(phone, &value), lies[i].result);
        CHECK_EQ(phoneGetVolume(phone, PHONEHOOKSWITCHDEV_SPEAKER, &value), lies[i].result);
        CHECK_EQ(phoneGetGain(phone, PHONEHOOKSWITCHDEV_SPEAKER, &value), lies[i].result);
        CHECK_EQ(phoneGetLamp(phone, 1, &value), lies[i].result);
        CHECK_EQ(phoneGetRing(phone, &value, &other), lies[i].result);
        CHECK_EQ(phoneGetData(phone, 1, data, sizeof data), lies[i].result);
        CHECK_EQ(phoneGetIconW(SET, NULL, &icon), lies[i].result);
        CHECK(IS_POISON(value)); /* a failed function writes nothing */
    }
    app_end(app);
}
