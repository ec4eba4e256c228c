/* dialog_test.c - lineConfigDialog, lineConfigDialogEdit, phoneConfigDialog: through the UI DLL and
 * in the old way. */
#include "tests/providerui/fixture.h"

#define BAD_POINTER ((void *)16)

static struct program program;

static void start(void)
{
    fixture_providers(L"ui_new.tsp;ui_old.tsp;ui_bare.tsp"); /* lines 0-1, 2-3, 4-5; phones 0-2 */
    program = program_start();
}

TEST(line_dialog_in_the_ui_dll)
{
    HWND owner;

    start();
    owner = CreateWindowW(L"static", L"", 0, 0, 0, 0, 0, HWND_MESSAGE, NULL, NULL, NULL);
    ui->ask_type = TUISPIDLL_OBJECT_LINEID;
    ui->ask_object = 1;
    CHECK_EQ(lineConfigDialogW(1, owner, L"tapi/line"), 0);
    CHECK_EQ(ui->call[UI_LINE].count, 1);
    CHECK_EQ(ui->call[UI_LINE].id, 1);
    CHECK(ui->call[UI_LINE].owner == owner);
    CHECK_WSTR(ui->call[UI_LINE].device_class, L"tapi/line");
    CHECK_EQ(ui->callback, 0);
    CHECK_STR(ui->told, UI_TOLD);
    CHECK_EQ(ui_new->object_type, TUISPIDLL_OBJECT_LINEID);
    CHECK_EQ(ui_new->object, 1);
    CHECK_EQ(ui_new->data_size, sizeof(UI_ASKED));
    CHECK_EQ(lineConfigDialogA(0, NULL, "comm"), 0);
    CHECK_WSTR(ui->call[UI_LINE].device_class, L"comm");
    CHECK_EQ((lineConfigDialog)(0, NULL, NULL), 0);
    CHECK_WSTR(ui->call[UI_LINE].device_class, L"(null)");
    DestroyWindow(owner);
    program_end(&program);
}

TEST(line_dialog_of_the_provider_itself)
{
    start();
    CHECK_EQ(lineConfigDialogA(3, NULL, "comm"), 0);
    CHECK_EQ(ui_old->call[UI_LINE].id, 3);
    CHECK_WSTR(ui_old->call[UI_LINE].device_class, L"comm");
    ui_old->answer = LINEERR_INVALDEVICECLASS;
    CHECK_EQ(lineConfigDialogW(3, NULL, L"nonsense"), LINEERR_INVALDEVICECLASS);
    CHECK_EQ(lineConfigDialogW(4, NULL, NULL), LINEERR_OPERATIONUNAVAIL);
    program_end(&program);
}

TEST(line_dialog_refuses_what_it_must)
{
    fixture_providers(L"ui_new.tsp");
    CHECK_EQ(lineConfigDialogW(0, NULL, NULL), LINEERR_UNINITIALIZED);
    program = program_start();
    CHECK_EQ(lineConfigDialogW(2, NULL, NULL), LINEERR_BADDEVICEID);
    CHECK_EQ(lineConfigDialogW(0, (HWND)0x12345, NULL), LINEERR_INVALPARAM);
    CHECK_EQ(lineConfigDialogA(0, NULL, BAD_POINTER), LINEERR_INVALPOINTER);
    CHECK_EQ(lineConfigDialogW(0, NULL, BAD_POINTER), LINEERR_INVALPOINTER);
    CHECK_EQ(ui->call[UI_LINE].count, 0);
    ui->answer = LINEERR_INUSE;
    CHECK_EQ(lineConfigDialogW(0, NULL, NULL), LINEERR_INUSE);
    program_end(&program);
}

/* What a UI DLL asks of objects that are not there, or with memory that is not. */
TEST(callback_refuses_what_it_must)
{
    static const struct {
        DWORD type;
        DWORD_PTR object;
        LONG result;
    } questions[] = {
        {TUISPIDLL_OBJECT_LINEID, 99, LINEERR_BADDEVICEID},
        {TUISPIDLL_OBJECT_PHONEID, 0, LINEERR_UNINITIALIZED}, /* no phoneInitialize */
        {TUISPIDLL_OBJECT_PROVIDERID, 99, LINEERR_INVALPARAM},
        {TUISPIDLL_OBJECT_DIALOGINSTANCE, 0x12345, LINEERR_INVALPARAM},
        {17, 0, LINEERR_INVALPARAM},
        {TUISPIDLL_OBJECT_LINEID, 4, LINEERR_OPERATIONUNAVAIL}, /* it has no such entry */
    };

    start();
    for (unsigned i = 0; i < ARRAYSIZE(questions); i++) {
        ui->ask_type = questions[i].type;
        ui->ask_object = questions[i].object;
        CHECK_EQ(lineConfigDialogW(0, NULL, NULL), 0);
        CHECK_EQ(ui->callback, questions[i].result);
        CHECK_STR(ui->told, UI_ASKED);
    }
    CHECK_EQ(ui->function(0, TUISPIDLL_OBJECT_LINEID, BAD_POINTER, 8), LINEERR_INVALPOINTER);
    CHECK_EQ(ui_new->data_count, 0);
    CHECK_EQ(ui->function(0, TUISPIDLL_OBJECT_LINEID, NULL, 8), 0);
    CHECK_EQ(ui_new->data_size, 0);
    ui_new->data_answer = LINEERR_NOMEM; /* the provider's result is the callback's */
    CHECK_EQ(ui->function(0, TUISPIDLL_OBJECT_LINEID, NULL, 0), LINEERR_NOMEM);
    CHECK_EQ(ui->function(1, TUISPIDLL_OBJECT_PROVIDERID, NULL, 0), LINEERR_NOMEM);
    program_end(&program);
    CHECK_EQ(ui->function(0, TUISPIDLL_OBJECT_LINEID, NULL, 0), LINEERR_UNINITIALIZED);
}

TEST(configuration_is_edited)
{
    char in[] = "parity=odd";
    union {
        VARSTRING string;
        BYTE room[128];
    } out;

    start();
    for (DWORD line = 0; line < 4; line += 2) { /* the UI DLL, the provider itself */
        const struct ui_call *call = line ? &ui_old->call[UI_LINE_EDIT] : &ui->call[UI_LINE_EDIT];

        POISON(out);
        out.string.dwTotalSize = sizeof(out);
        REQUIRE_EQ(lineConfigDialogEditW(line, NULL, L"comm", in, sizeof(in), &out.string), 0);
        CHECK_EQ(call->id, line);
        CHECK_STR(call->config, in);
        CHECK_WSTR(call->device_class, L"comm");
        CHECK_EQ(out.string.dwTotalSize, sizeof(out));
        CHECK_EQ(out.string.dwStringFormat, line ? STRINGFORMAT_UNICODE : STRINGFORMAT_BINARY);
        CHECK_EQ(out.string.dwStringSize, sizeof(UI_CONFIG_OUT));
        CHECK_STR((char *)out.room + out.string.dwStringOffset, UI_CONFIG_OUT);
        CHECK_EQ(lineConfigDialogEditA(line, NULL, "modem", in, sizeof(in), &out.string), 0);
        CHECK_WSTR(call->device_class, L"modem");
        CHECK_EQ((lineConfigDialogEdit)(line, NULL, NULL, in, sizeof(in), &out.string), 0);
    }
    out.string.dwTotalSize = sizeof(VARSTRING);
    CHECK_EQ(lineConfigDialogEditW(2, NULL, NULL, in, sizeof(in), &out.string), 0);
    CHECK_EQ(out.string.dwNeededSize, sizeof(VARSTRING) + sizeof(UI_CONFIG_OUT));
    CHECK_EQ(out.string.dwStringSize, 0);
    program_end(&program);
}

TEST(editing_refuses_what_it_must)
{
    char in[] = "x";
    VARSTRING out = {.dwTotalSize = sizeof(out)};

    fixture_providers(L"ui_new.tsp;ui_bare.tsp");
    CHECK_EQ(lineConfigDialogEditW(0, NULL, NULL, in, sizeof(in), &out), LINEERR_UNINITIALIZED);
    program = program_start();
    CHECK_EQ(lineConfigDialogEditW(0, NULL, NULL, NULL, 2, &out), LINEERR_INVALPOINTER);
    CHECK_EQ(lineConfigDialogEditW(0, NULL, NULL, BAD_POINTER, 2, &out), LINEERR_INVALPOINTER);
    CHECK_EQ(lineConfigDialogEditA(0, NULL, NULL, in, sizeof(in), NULL), LINEERR_INVALPOINTER);
    CHECK_EQ(lineConfigDialogEditA(0, NULL, BAD_POINTER, in, 2, &out), LINEERR_INVALPOINTER);
    CHECK_EQ(lineConfigDialogEditW(9, NULL, NULL, in, sizeof(in), &out), LINEERR_BADDEVICEID);
    CHECK_EQ(lineConfigDialogEditW(0, (HWND)0x12345, NULL, in, 2, &out), LINEERR_INVALPARAM);
    CHECK_EQ(lineConfigDialogEditW(2, NULL, NULL, in, sizeof(in), &out), LINEERR_OPERATIONUNAVAIL);
    ui->answer = LINEERR_INVALDEVICECLASS;
    CHECK_EQ(lineConfigDialogEditW(0, NULL, L"nonsense", in, sizeof(in), &out),
             LINEERR_INVALDEVICECLASS);
    out.dwTotalSize = sizeof(out) - 1;
    CHECK_EQ(lineConfigDialogEditW(0, NULL, NULL, in, sizeof(in), &out), LINEERR_STRUCTURETOOSMALL);
    program_end(&program);
}

TEST(phone_dialogs)
{
    PHONEINITIALIZEEXPARAMS params = {.dwTotalSize = sizeof(params),
                                      .dwOptions = PHONEINITIALIZEEXOPTION_USEEVENT};
    DWORD version = VERSION, phones;
    HPHONEAPP app;

    fixture_providers(L"ui_new.tsp;ui_old.tsp;ui_bare.tsp");
    CHECK_EQ(phoneConfigDialogW(0, NULL, NULL), PHONEERR_UNINITIALIZED);
    REQUIRE_EQ(phoneInitializeExW(&app, GetModuleHandleW(NULL), NULL, L"providerui", &phones,
                                  &version, &params),
               0);
    ui->ask_type = TUISPIDLL_OBJECT_PHONEID;
    ui->ask_object = 0;
    CHECK_EQ(phoneConfigDialogW(0, NULL, L"tapi/phone"), 0);
    CHECK_EQ(ui->call[UI_PHONE].count + ui->call[UI_LINE].count, 1);
    CHECK_EQ(ui->callback, 0);
    CHECK_EQ(ui_new->object_type, TUISPIDLL_OBJECT_PHONEID);
    CHECK_EQ(phoneConfigDialogA(1, NULL, "tapi/phone"), 0);
    CHECK_WSTR(ui_old->call[UI_PHONE].device_class, L"tapi/phone");
    CHECK_EQ((phoneConfigDialog)(1, NULL, NULL), 0);
    ui_old->answer = PHONEERR_INVALDEVICECLASS;
    CHECK_EQ(phoneConfigDialogA(1, NULL, "nonsense"), PHONEERR_INVALDEVICECLASS);
    CHECK_EQ(phoneConfigDialogW(2, NULL, NULL), PHONEERR_OPERATIONUNAVAIL);
    CHECK_EQ(phoneConfigDialogW(3, NULL, NULL), PHONEERR_BADDEVICEID);
    CHECK_EQ(phoneConfigDialogW(0, (HWND)0x12345, NULL), PHONEERR_INVALPARAM);
    CHECK_EQ(phoneConfigDialogA(0, NULL, BAD_POINTER), PHONEERR_INVALPOINTER);
    ui->answer = PHONEERR_INUSE;
    CHECK_EQ(phoneConfigDialogW(0, NULL, NULL), PHONEERR_INUSE);
    ui->answer = 0;
    CHECK_EQ(lineRemoveProvider(1, NULL), 0);
    CHECK_EQ(phoneConfigDialogW(0, NULL, NULL), PHONEERR_NODEVICE);
    CHECK_EQ(phoneShutdown(app), 0);
}

TEST(a_running_provider_is_configured)
{
    start();
    ui->ask_type = TUISPIDLL_OBJECT_PROVIDERID;
    ui->ask_object = (DWORD_PTR)-1;
    CHECK_EQ(lineConfigProvider(NULL, 1), 0);
    CHECK_EQ(ui->callback, 0);
    CHECK_EQ(ui_new->data_count, 1);
    CHECK_EQ(lineConfigProvider(NULL, 2), 0);
    CHECK_EQ(ui_old->call[UI_CONFIG].count, 1);
    CHECK_EQ(ui_old->initialized, 1);
    ui->answer = LINEERR_RESOURCEUNAVAIL;
    CHECK_EQ(lineConfigProvider(NULL, 1), LINEERR_RESOURCEUNAVAIL);
    program_end(&program);
}
