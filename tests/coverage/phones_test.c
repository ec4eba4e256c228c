/* phones_test.c - every phone function that a TSPI entry stands behind, and the constants of
 * phones. */
#include "tests/coverage/phones.h"

#define STALE 0x00345678
#define WILD  ((void *)(ULONG_PTR)16)

#define EACH_ROW(row)                                                                              \
    for (const struct row *row = phone_rows; row < phone_rows + phone_row_count; row++)

static void expect(const struct row *row, LONG result, LONG expected, const char *when)
{
    if (result != expected)
        FAIL("%s %s is 0x%08lx, not 0x%08lx", row->name, when, (unsigned long)result,
             (unsigned long)expected);
}

TEST(each_phone_function_succeeds_and_its_entry_is_called)
{
    phones_open(PHONEPRIVILEGE_OWNER);
    EACH_ROW(row)
    {
        LONG before = every->calls[row->entry];
        expect(row, phones_finish(row->call()), 0, "with a provider that has all");
        if (every->calls[row->entry] == before)
            FAIL("%s did not reach the provider", row->name);
    }
    phones_close();
}

TEST(what_the_phones_provider_refuses_with_is_what_the_application_gets)
{
    phones_open(PHONEPRIVILEGE_OWNER);
    EACH_ROW(row)
    {
        for (const LONG *error = row->errors; *error != 0; error++) {
            every->result[row->entry] = *error;
            every->late = (error - row->errors) % 2;
            expect(row, phones_finish(row->call()), *error, "refused");
        }
        every->result[row->entry] = (LONG)PHONEERR_OPERATIONFAILED;
        every->late = TRUE;
        expect(row, phones_finish(row->call()), (LONG)PHONEERR_OPERATIONFAILED, "failing");
        every->result[row->entry] = 0;
    }
    phones_close();
}

TEST(a_phone_that_is_monitored_is_not_changed)
{
    phones_open(PHONEPRIVILEGE_MONITOR);
    EACH_ROW(row)
    if (row->flags & OWNER)
        expect(row, row->call(), (LONG)PHONEERR_NOTOWNER, "of a monitor");
    phones_close();
}

TEST(phones_are_not_initialized)
{
    DWORD number, states[3];
    HPHONE opened;
    PHONEEXTENSIONID extension;
    phone_app = STALE, phone = STALE;
    EACH_ROW(row)
    if (row->flags != ON_NOTHING)
        expect(row, row->call(), (LONG)PHONEERR_UNINITIALIZED, "before phoneInitialize");
    CHECK_EQ(phoneClose(STALE), PHONEERR_UNINITIALIZED);
    CHECK_EQ(phoneOpen(STALE, 0, &opened, VERSION, 0, 0, PHONEPRIVILEGE_OWNER),
             PHONEERR_UNINITIALIZED);
    CHECK_EQ(phoneNegotiateAPIVersion(STALE, 0, 0x10003, VERSION, &number, &extension),
             PHONEERR_UNINITIALIZED);
    CHECK_EQ(phoneSetStatusMessages(STALE, 0, 0, 0), PHONEERR_UNINITIALIZED);
    CHECK_EQ(phoneGetStatusMessages(STALE, states, states + 1, states + 2), PHONEERR_UNINITIALIZED);
}

TEST(handles_of_no_phone)
{
    phones_open(PHONEPRIVILEGE_OWNER);
    const HPHONEAPP apps[] = {0, STALE, (HPHONEAPP)phone};
    const HPHONE phones[] = {0, STALE, (HPHONE)phone_app};
    HPHONEAPP good_app = phone_app;
    HPHONE good_phone = phone;
    for (unsigned i = 0; i < 3; i++) {
        EACH_ROW(row)
        {
            if (row->flags == ON_NOTHING)
                continue;
            LONG wrong = (LONG)PHONEERR_INVALAPPHANDLE;
            if (row->flags & ON_DEVICE)
                phone_app = apps[i];
            else
                phone = phones[i], wrong = (LONG)PHONEERR_INVALPHONEHANDLE;
            expect(row, row->call(), wrong, "of a wrong handle");
            phone_app = good_app, phone = good_phone;
        }
        DWORD states[3];
        CHECK_EQ(phoneClose(phones[i]), PHONEERR_INVALPHONEHANDLE);
        CHECK_EQ(phoneSetStatusMessages(phones[i], 0, 0, 0), PHONEERR_INVALPHONEHANDLE);
        CHECK_EQ(phoneGetStatusMessages(phones[i], states, states + 1, states + 2),
                 PHONEERR_INVALPHONEHANDLE);
    }
    CHECK_EQ(phoneShutdown(STALE), PHONEERR_INVALAPPHANDLE);
    phones_close();
}

static DWORD out[1024];

static void *room(DWORD size)
{
    memset(out, 0xCC, sizeof out);
    out[0] = size;
    return out;
}

TEST(pointers_and_sizes_of_phones)
{
    DWORD one;
    phones_open(PHONEPRIVILEGE_OWNER);
    CHECK_EQ(phoneGetDevCapsA(phone_app, 0, VERSION, 0, NULL), PHONEERR_INVALPOINTER);
    CHECK_EQ(phoneGetDevCapsW(phone_app, 0, VERSION, 0, room(100)), PHONEERR_STRUCTURETOOSMALL);
    CHECK_EQ(phoneGetStatusA(phone, WILD), PHONEERR_INVALPOINTER);
    CHECK_EQ(phoneGetStatusW(phone, room(90)), PHONEERR_STRUCTURETOOSMALL);
    CHECK_EQ(phoneGetIDA(phone, NULL, "x"), PHONEERR_INVALPOINTER);
    CHECK_EQ(phoneGetIDW(phone, room(12), L"x"), PHONEERR_STRUCTURETOOSMALL);
    CHECK_EQ(phoneGetIconA(0, "x", NULL), PHONEERR_INVALPOINTER);
    CHECK_EQ(phoneGetButtonInfoA(phone, 0, NULL), PHONEERR_INVALPOINTER);
    CHECK_EQ(phoneGetButtonInfoW(phone, 0, room(12)), PHONEERR_STRUCTURETOOSMALL);
    CHECK_EQ(phoneSetButtonInfoA(phone, 0, NULL), PHONEERR_INVALPOINTER);
    CHECK_EQ(phoneSetButtonInfoW(phone, 0, room(12)), PHONEERR_STRUCTURETOOSMALL);
    CHECK_EQ(phoneGetData(phone, 0, WILD, 8), PHONEERR_INVALPOINTER);
    CHECK_EQ(phoneSetData(phone, 0, WILD, 8), PHONEERR_INVALPOINTER);
    CHECK_EQ(phoneGetDisplay(phone, NULL), PHONEERR_INVALPOINTER);
    CHECK_EQ(phoneGetDisplay(phone, room(12)), PHONEERR_STRUCTURETOOSMALL);
    CHECK_EQ(phoneSetDisplay(phone, 0, 0, WILD, 8), PHONEERR_INVALPOINTER);
    CHECK_EQ(phoneGetGain(phone, PHONEHOOKSWITCHDEV_HANDSET, NULL), PHONEERR_INVALPOINTER);
    CHECK_EQ(phoneGetVolume(phone, PHONEHOOKSWITCHDEV_HANDSET, WILD), PHONEERR_INVALPOINTER);
    CHECK_EQ(phoneGetHookSwitch(phone, NULL), PHONEERR_INVALPOINTER);
    CHECK_EQ(phoneGetLamp(phone, 0, NULL), PHONEERR_INVALPOINTER);
    CHECK_EQ(phoneGetRing(phone, &one, NULL), PHONEERR_INVALPOINTER);
    CHECK_EQ(phoneDevSpecific(phone, WILD, 8), PHONEERR_INVALPOINTER);
    CHECK_EQ(phoneGetStatusMessages(phone, &one, &one, NULL), PHONEERR_INVALPOINTER);
    CHECK_EQ(phoneGetMessage(phone_app, NULL, 0), PHONEERR_INVALPOINTER);
    CHECK_EQ(phoneGetMessage(STALE, (PHONEMESSAGE *)out, 0), PHONEERR_INVALAPPHANDLE);
    CHECK_EQ(phoneGetMessage(phone_app, (PHONEMESSAGE *)out, 0), PHONEERR_OPERATIONFAILED);
    CHECK_EQ(phoneGetDevCapsA(phone_app, 77, VERSION, 0, room(sizeof out)), PHONEERR_BADDEVICEID);
    HICON icon;
    CHECK_EQ(phoneGetIconA(77, "x", &icon), PHONEERR_BADDEVICEID);
    CHECK_EQ(phoneGetDevCapsA(phone_app, 0, 0x00050000, 0, room(sizeof out)),
             PHONEERR_INCOMPATIBLEAPIVERSION);
    phones_close();
}

TEST(opening_a_phone_that_cannot_be)
{
    HPHONE opened;
    DWORD one;
    PHONEEXTENSIONID extension;
    phones_open(PHONEPRIVILEGE_OWNER);
    CHECK_EQ(phoneOpen(phone_app, 0, &opened, VERSION, 0, 0, PHONEPRIVILEGE_OWNER), PHONEERR_INUSE);
    CHECK_EQ(phoneOpen(phone_app, 0, NULL, VERSION, 0, 0, PHONEPRIVILEGE_OWNER),
             PHONEERR_INVALPOINTER);
    CHECK_EQ(phoneOpen(phone_app, 77, &opened, VERSION, 0, 0, PHONEPRIVILEGE_OWNER),
             PHONEERR_BADDEVICEID);
    CHECK_EQ(phoneOpen(phone_app, 0, &opened, VERSION, 0, 0, 0x77), PHONEERR_INVALPRIVILEGE);
    CHECK_EQ(phoneOpen(phone_app, 0, &opened, 0x00050000, 0, 0, PHONEPRIVILEGE_OWNER),
             PHONEERR_INCOMPATIBLEAPIVERSION);
    CHECK_EQ(phoneOpen(STALE, 0, &opened, VERSION, 0, 0, PHONEPRIVILEGE_OWNER),
             PHONEERR_INVALAPPHANDLE);
    CHECK_EQ(phoneNegotiateAPIVersion(phone_app, 77, 0x10003, VERSION, &one, &extension),
             PHONEERR_BADDEVICEID);
    CHECK_EQ(phoneNegotiateAPIVersion(phone_app, 0, 0x50000, 0x60000, &one, &extension),
             PHONEERR_INCOMPATIBLEAPIVERSION);
    CHECK_EQ(phoneNegotiateAPIVersion(phone_app, 0, 0x10003, VERSION, NULL, &extension),
             PHONEERR_INVALPOINTER);
    CHECK_EQ(phoneNegotiateAPIVersion(STALE, 0, 0x10003, VERSION, &one, &extension),
             PHONEERR_INVALAPPHANDLE);
    every->result[EVERY_TSPI_phoneGetExtensionID] = (LONG)PHONEERR_NODRIVER;
    CHECK_EQ(phoneNegotiateAPIVersion(phone_app, 0, 0x10003, VERSION, &one, &extension),
             PHONEERR_NODRIVER);
    every->result[EVERY_TSPI_phoneGetExtensionID] = 0;
    CHECK_EQ(phoneNegotiateExtVersion(phone_app, 77, VERSION, 1, 2, &one), PHONEERR_BADDEVICEID);
    CHECK_EQ(phoneNegotiateExtVersion(phone_app, 0, 0x00050000, 1, 2, &one),
             PHONEERR_INCOMPATIBLEAPIVERSION);
    CHECK_EQ(phoneNegotiateExtVersion(phone_app, 0, VERSION, 1, 2, NULL), PHONEERR_INVALPOINTER);
    every->result[EVERY_TSPI_phoneClose] = (LONG)PHONEERR_OPERATIONFAILED; /* too late to refuse */
    CHECK_EQ(phoneClose(phone), 0);
    CHECK_EQ(every->calls[EVERY_TSPI_phoneClose] > 0, 1);
    every->result[EVERY_TSPI_phoneClose] = 0;
    every->result[EVERY_TSPI_phoneOpen] = (LONG)PHONEERR_ALLOCATED;
    CHECK_EQ(phoneOpen(phone_app, 0, &opened, VERSION, 0, 0, PHONEPRIVILEGE_OWNER),
             PHONEERR_ALLOCATED);
    every->result[EVERY_TSPI_phoneOpen] = (LONG)PHONEERR_NODRIVER;
    CHECK_EQ(phoneOpen(phone_app, 0, &opened, VERSION, 0, 0, PHONEPRIVILEGE_OWNER),
             PHONEERR_NODRIVER);
    every->result[EVERY_TSPI_phoneOpen] = 0;
    every->result[EVERY_TSPI_phoneSelectExtVersion] = (LONG)PHONEERR_INCOMPATIBLEEXTVERSION;
    CHECK_EQ(phoneOpen(phone_app, 0, &opened, VERSION, 0x77, 0, PHONEPRIVILEGE_OWNER),
             PHONEERR_INCOMPATIBLEEXTVERSION);
    every->result[EVERY_TSPI_phoneSelectExtVersion] = 0;
    CHECK_EQ(phoneOpen(phone_app, 0, &opened, VERSION, 0x77, 0, PHONEPRIVILEGE_OWNER), 0);
    phones_close();
}

TEST(capabilities_and_values_of_phones_arrive_unchanged)
{
    phones_open(PHONEPRIVILEGE_OWNER);
    const PHONECAPS *caps = (const void *)out;
    CHECK_EQ(phoneGetDevCapsA(phone_app, 0, VERSION, 0, room(sizeof out)), 0);
    CHECK_EQ(caps->dwPhoneStates, 0xFFFFFFFF);
    CHECK_EQ(caps->dwHandsetHookSwitchModes, 0xFFFFFFFF);
    CHECK_EQ(caps->dwPhoneFeatures, 0xFFFFFFFF);
    const PHONESTATUS *status = (const void *)out;
    const PHONEBUTTONINFO *info = (const void *)out;
    for (DWORD mode = PHONEHOOKSWITCHMODE_ONHOOK; mode <= PHONEHOOKSWITCHMODE_UNKNOWN; mode <<= 1) {
        every->value = mode;
        CHECK_EQ(phoneGetStatusA(phone, room(sizeof out)), 0);
        CHECK_EQ(status->dwHandsetHookSwitchMode, mode);
        CHECK_EQ(status->dwPhoneFeatures, 0xFFFFFFFF);
    }
    for (DWORD function = PHONEBUTTONFUNCTION_UNKNOWN; function <= PHONEBUTTONFUNCTION_SEND;
         function++) {
        every->value = function;
        CHECK_EQ(phoneGetButtonInfoW(phone, 0, room(sizeof out)), 0);
        CHECK_EQ(info->dwButtonFunction, function);
    }
    for (DWORD mode = 1; mode <= PHONELAMPMODE_UNKNOWN; mode <<= 1) {
        DWORD lamp = 0;
        every->value = mode;
        CHECK_EQ(phoneGetLamp(phone, 0, &lamp), 0);
        CHECK_EQ(lamp, mode);
        CHECK_EQ(phones_finish(phoneSetLamp(phone, 0, PHONELAMPMODE_STEADY)), 0);
        CHECK_EQ(phoneGetButtonInfoA(phone, 0, room(sizeof out)), 0);
        CHECK_EQ(info->dwButtonMode, mode);
    }
    phones_close();
}

TEST(every_state_and_button_of_a_phone)
{
    DWORD states, modes, buttons;
    phones_open(PHONEPRIVILEGE_OWNER);
    CHECK_EQ(phoneSetStatusMessages(phone, 0x00FFFFFF, 0x3F, 0xF), 0);
    CHECK_EQ(phoneGetStatusMessages(phone, &states, &modes, &buttons), 0);
    CHECK_EQ(modes, 0x3F);
    CHECK_EQ(buttons, 0xF);
    for (DWORD bit = 1; bit <= PHONESTATE_CAPSCHANGE; bit <<= 1) {
        if (bit == PHONESTATE_OWNER || bit == PHONESTATE_MONITORS || bit == PHONESTATE_REINIT)
            continue; /* TAPI's own */
        every->phone_event(every->phone, PHONE_STATE, bit, 1, 0);
        CHECK_EQ(phones_next(PHONE_STATE).dwParam1, bit);
    }
    for (DWORD mode = PHONEBUTTONMODE_CALL; mode <= PHONEBUTTONMODE_DISPLAY; mode <<= 1)
        for (DWORD state = PHONEBUTTONSTATE_UP; state <= PHONEBUTTONSTATE_UNAVAIL; state <<= 1) {
            every->phone_event(every->phone, PHONE_BUTTON, 3, mode, state);
            PHONEMESSAGE got = phones_next(PHONE_BUTTON);
            CHECK_EQ(got.dwParam1, 3);
            CHECK_EQ(got.dwParam2, mode);
            CHECK_EQ(got.dwParam3, state);
        }
    every->phone_event(every->phone, PHONE_DEVSPECIFIC, 1, 2, 3);
    CHECK_EQ(phones_next(PHONE_DEVSPECIFIC).dwParam3, 3);
    every->phone_event(every->phone, PHONE_CLOSE, 0, 0, 0);
    phones_next(PHONE_CLOSE);
    phones_close();
}

/* As of lines: an ID's bytes are its class' own, in both forms. */
TEST(an_id_is_not_converted)
{
    union {
        VARSTRING text;
        BYTE bytes[256];
    } id;
    phones_open(PHONEPRIVILEGE_MONITOR);
    for (int wide = 0; wide < 2; wide++) {
        POISON(id);
        id.text.dwTotalSize = sizeof id;
        CHECK_EQ(wide ? phoneGetIDW(phone, &id.text, L"every/class")
                      : phoneGetIDA(phone, &id.text, "every/class"),
                 0);
        CHECK_EQ(id.text.dwStringFormat, STRINGFORMAT_UNICODE);
        REQUIRE_EQ(id.text.dwStringSize, sizeof EVERY_CONTENT);
        CHECK_BYTES(id.bytes + id.text.dwStringOffset, EVERY_CONTENT, sizeof EVERY_CONTENT);
    }
    phones_close();
}
