/* running_test.c - providers are added and removed while two programs use TAPI. */
#include "tests/providerui/fixture.h"

static struct program a, b;

static void start_both(void)
{
    a = program_start();
    b = program_start();
}

static void end_both(void)
{
    program_end(&a);
    program_end(&b);
}

TEST(lines_of_an_added_provider_appear)
{
    LINEMESSAGE message;
    LINEEXTENSIONID extension;
    DWORD id, version;
    HLINE line;

    fixture_providers(L"ui_old.tsp");
    start_both();
    CHECK_EQ(a.lines, 2);
    REQUIRE_EQ(lineAddProviderW(L"ui_new.tsp", NULL, &id), 0);
    CHECK_EQ(id, 2);
    CHECK_EQ(ui_new->initialized, 1);
    CHECK_EQ(ui_new->line_base, 2);
    CHECK_EQ(ui_new->phone_base, 1);
    for (DWORD device = 2; device < 4; device++) {
        REQUIRE(program_wait(&a, LINE_CREATE, &message));
        CHECK_EQ(message.dwParam1, device);
        REQUIRE(program_wait(&b, LINE_CREATE, &message));
        CHECK_EQ(message.dwParam1, device);
    }
    CHECK_EQ(lineNegotiateAPIVersion(a.app, 3, 0x00010003, VERSION, &version, &extension), 0);
    CHECK_EQ(lineOpenW(a.app, 3, &line, version, 0, 0, LINECALLPRIVILEGE_NONE,
                       LINEMEDIAMODE_INTERACTIVEVOICE, NULL),
             0);
    CHECK_EQ(ui_new->opened, 1);
    CHECK_EQ(lineClose(line), 0);
    CHECK_EQ(ui_new->closed, 1);
    end_both();
    CHECK_EQ(ui_new->shut_down, 1);
    CHECK_EQ(ui_old->shut_down, 1);
}

/* What every function says of a device ID that was a line. */
static void check_removed(const struct program *program, DWORD device)
{
    DWORD buffer[256] = {sizeof(buffer)}, version;
    VARSTRING edited = {.dwTotalSize = sizeof(edited)};
    LINEEXTENSIONID extension;
    HLINE line;
    HICON icon;

    CHECK_EQ(
        lineNegotiateAPIVersion(program->app, device, 0x00010003, VERSION, &version, &extension),
        LINEERR_NODEVICE);
    CHECK_EQ(lineNegotiateExtVersion(program->app, device, VERSION, 1, 2, &version),
             LINEERR_NODEVICE);
    CHECK_EQ(
        lineOpenW(program->app, device, &line, VERSION, 0, 0, LINECALLPRIVILEGE_MONITOR, 0, NULL),
        LINEERR_NODEVICE);
    CHECK_EQ(lineGetDevCapsW(program->app, device, VERSION, 0, (LINEDEVCAPS *)buffer),
             LINEERR_NODEVICE);
    CHECK_EQ(lineGetAddressCapsW(program->app, device, 0, VERSION, 0, (LINEADDRESSCAPS *)buffer),
             LINEERR_NODEVICE);
    CHECK_EQ(lineGetIconW(device, NULL, &icon), LINEERR_NODEVICE);
    CHECK_EQ(lineGetDevConfigW(device, (VARSTRING *)buffer, L"comm"), LINEERR_NODEVICE);
    CHECK_EQ(lineSetDevConfigW(device, buffer, 4, L"comm"), LINEERR_NODEVICE);
    CHECK_EQ(lineConfigDialogW(device, NULL, NULL), LINEERR_NODEVICE);
    CHECK_EQ(lineConfigDialogEditW(device, NULL, NULL, buffer, 4, &edited), LINEERR_NODEVICE);
}

TEST(lines_of_a_removed_provider_go)
{
    LINEMESSAGE message;
    LINEEXTENSIONID extension;
    DWORD version;
    HLINE line;

    fixture_providers(L"ui_new.tsp;ui_old.tsp");
    start_both();
    REQUIRE_EQ(lineNegotiateAPIVersion(a.app, 1, 0x00010003, VERSION, &version, &extension), 0);
    REQUIRE_EQ(lineOpenW(a.app, 1, &line, version, 0, 0, LINECALLPRIVILEGE_MONITOR,
                         LINEMEDIAMODE_INTERACTIVEVOICE, NULL),
               0);
    REQUIRE_EQ(lineRemoveProvider(1, NULL), 0);
    CHECK_EQ(ui->call[UI_REMOVE].count, 1);
    REQUIRE(program_wait(&a, LINE_CLOSE, &message)); /* the open line first */
    CHECK_EQ(message.hDevice, line);
    REQUIRE(program_wait(&a, LINE_REMOVE, &message));
    CHECK_EQ(message.dwParam1, 1);
    REQUIRE(program_wait(&b, LINE_REMOVE, &message));
    CHECK_EQ(message.dwParam1, 0);
    REQUIRE(program_wait(&b, LINE_REMOVE, &message));
    CHECK_EQ(message.dwParam1, 1);
    CHECK_EQ(ui_new->closed, 1);
    CHECK_EQ(ui_new->shut_down, 1); /* it has gone, the other stays */
    CHECK_EQ(ui_old->shut_down, 0);
    CHECK_EQ(lineClose(line), LINEERR_INVALLINEHANDLE);
    check_removed(&a, 0);
    check_removed(&a, 1);
    CHECK_EQ(lineNegotiateAPIVersion(a.app, 2, 0x00010003, VERSION, &version, &extension), 0);
    end_both();
}

TEST(the_last_provider_may_go_and_another_come)
{
    LINEMESSAGE message;
    DWORD id;

    fixture_providers(L"ui_new.tsp");
    start_both();
    REQUIRE_EQ(lineRemoveProvider(1, NULL), 0);
    CHECK_EQ(ui_new->shut_down, 1);
    REQUIRE_EQ(lineAddProviderW(L"ui_bare.tsp", NULL, &id), 0);
    REQUIRE(program_wait(&b, LINE_CREATE, &message));
    CHECK_EQ(message.dwParam1, 2); /* IDs that were are not given again */
    REQUIRE_EQ(lineRemoveProvider(id, NULL), 0);
    end_both();
    CHECK_EQ(ui_bare->shut_down, 1);
}

TEST(one_that_does_not_start_is_listed_all_the_same)
{
    DWORD id, found;

    fixture_providers(L"ui_old.tsp");
    start_both();
    ui_new->init = LINEERR_RESOURCEUNAVAIL;
    CHECK_EQ(lineAddProviderW(L"ui_new.tsp", NULL, &id), 0);
    CHECK_EQ(fixture_listed(L"ui_new.tsp", &found), 2);
    CHECK_EQ(found, id);
    CHECK_EQ(lineConfigDialogW(2, NULL, NULL), LINEERR_NODEVICE);
    CHECK_EQ(lineRemoveProvider(id, NULL), 0);
    ui_new->init = 0;
    ui_new->enumerate = LINEERR_RESOURCEUNAVAIL; /* or sooner: it got no device IDs then */
    CHECK_EQ(lineAddProviderW(L"ui_new.tsp", NULL, &id), 0);
    CHECK_EQ(lineConfigDialogW(4, NULL, NULL), LINEERR_BADDEVICEID);
    CHECK_EQ(lineRemoveProvider(id, NULL), 0);
    CHECK_EQ(ui_new->initialized, 0);
    end_both();
}

TEST(phones_of_an_added_provider_appear)
{
    PHONEINITIALIZEEXPARAMS params = {.dwTotalSize = sizeof(params),
                                      .dwOptions = PHONEINITIALIZEEXOPTION_USEEVENT};
    PHONEMESSAGE message;
    HPHONEAPP app;
    DWORD version = VERSION, phones, id;

    fixture_providers(L"ui_old.tsp");
    REQUIRE_EQ(phoneInitializeExW(&app, GetModuleHandleW(NULL), NULL, L"providerui", &phones,
                                  &version, &params),
               0);
    CHECK_EQ(phones, 1);
    REQUIRE_EQ(lineAddProviderW(L"ui_new.tsp", NULL, &id), 0);
    REQUIRE_EQ(phoneGetMessage(app, &message, WAIT_LONG), 0);
    CHECK_EQ(message.dwMessageID, PHONE_CREATE);
    CHECK_EQ(message.dwParam1, 1);
    REQUIRE_EQ(lineRemoveProvider(1, NULL), 0);
    REQUIRE_EQ(phoneGetMessage(app, &message, WAIT_LONG), 0);
    CHECK_EQ(message.dwMessageID, PHONE_REMOVE);
    CHECK_EQ(message.dwParam1, 0);
    CHECK_EQ(phoneShutdown(app), 0);
}
