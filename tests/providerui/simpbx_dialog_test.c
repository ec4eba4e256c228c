/* simpbx_dialog_test.c - the exchange's own dialogs, driven as a user would. They are windows:
 * where Wine has no driver that makes any (HKCU\Software\Wine\Drivers, Graphics: null does), tests
 * skip. */
#include "tests/providerui/fixture_program.h"

#include <stdio.h>

#include "tsp/simpbx/dialog_ids.h"

static char config_path[MAX_PATH];
static HHOOK hook;
static const char *typed; /* what the user puts into the edit control; NULL: nothing */
static int buttons[3];    /* and the buttons one after the other; 0 ends */
static char shown[4096];  /* the text as the dialog came up */
static char said[3][256]; /* what it said after each button but the last */
static HWND dialog_owner;
static int dialogs;

static void act(HWND dialog)
{
    dialogs++;
    dialog_owner = GetWindow(dialog, GW_OWNER);
    GetDlgItemTextA(dialog, DIALOG_TEXT, shown, sizeof(shown));
    if (typed)
        SetDlgItemTextA(dialog, DIALOG_TEXT, typed);
    for (int i = 0; i < 3 && buttons[i]; i++) {
        SendMessageW(dialog, WM_COMMAND, (WPARAM)buttons[i], 0);
        if (IsWindow(dialog))
            GetDlgItemTextA(dialog, DIALOG_SAYS, said[i], sizeof(said[i]));
    }
    SendMessageW(dialog, WM_COMMAND, IDCANCEL, 0); /* whatever it thought of it, it goes */
}

/* A dialog's first idle moment: it is there, and waits for its user. */
static LRESULT CALLBACK on_idle(int code, WPARAM wparam, LPARAM lparam)
{
    if (code == MSGF_DIALOGBOX) {
        HWND dialog = ((const MSG *)lparam)->hwnd;

        while (GetParent(dialog) && GetWindowLongW(dialog, GWL_STYLE) & WS_CHILD)
            dialog = GetParent(dialog);
        UnhookWindowsHookEx(hook);
        hook = NULL;
        act(dialog);
    }
    return CallNextHookEx(NULL, code, wparam, lparam);
}

/* The next dialog of this thread: typed text, then buttons. */
static void user(const char *text, int first, int second)
{
    typed = text;
    buttons[0] = first;
    buttons[1] = second;
    buttons[2] = 0;
    memset(shown, 0, sizeof(shown));
    memset(said, 0, sizeof(said));
    dialogs = 0;
    hook = SetWindowsHookExW(WH_MSGFILTER, on_idle, NULL, GetCurrentThreadId());
}

static void write_config(const char *text)
{
    FILE *file = fopen(config_path, "wb");

    REQUIRE(file != NULL);
    fwrite(text, 1, strlen(text), file);
    fclose(file);
}

static const char *read_config(void)
{
    static char text[4096];
    FILE *file = fopen(config_path, "rb");
    size_t got = file ? fread(text, 1, sizeof(text) - 1, file) : 0;

    text[got] = 0;
    if (file)
        fclose(file);
    return text;
}

TEST_BEFORE
{
    HWND window = CreateWindowW(L"static", L"", WS_POPUP, 0, 0, 10, 10, NULL, NULL, NULL, NULL);

    if (!window)
        SKIP("Wine makes no windows here: it needs a display, or Graphics=null");
    DestroyWindow(window);
    GetTempPathA(MAX_PATH - 40, config_path);
    snprintf(config_path + strlen(config_path), 40, "providerui-%lu.conf", GetCurrentProcessId());
    write_config("clock stepped\nextension 201 \"Zita\"  # first\nextensions 300 301 \"Desk\"\n");
    SetEnvironmentVariableA("OPENTAPI_SIMPBX", config_path);
    SetEnvironmentVariableW(L"OPENTAPI_PROVIDERS", L"simpbx.tsp");
}

TEST_AFTER
{
    struct open_tapi_counters left;

    DeleteFileA(config_path);
    OpenTapiGetCounters(&left);
    CHECK_EQ(left.handles, 0);
    CHECK_EQ(left.providers, 0);
}

TEST(errors_are_named_by_line_and_nothing_is_stored)
{
    user("clock stepped\r\nextension\r\n", DIALOG_CHECK_NOW, IDOK);
    CHECK_EQ(lineConfigProvider(NULL, 1), 0);
    CHECK_EQ(dialogs, 1);
    CHECK(strstr(shown, "extension 201 \"Zita\"") != NULL);
    CHECK(strstr(said[0], "line 2") != NULL);
    CHECK(strstr(said[1], "line 2") != NULL); /* OK says the same, and the dialog stays */
    CHECK(strstr(read_config(), "Zita") != NULL);
}

TEST(a_right_text_is_checked_and_stored)
{
    HWND owner = CreateWindowW(L"static", L"", WS_POPUP, 0, 0, 9, 9, NULL, NULL, NULL, NULL);

    user("clock stepped\r\nextension 400 \"New\"\r\n", DIALOG_CHECK_NOW, IDOK);
    CHECK_EQ(lineConfigProvider(owner, 1), 0);
    CHECK(dialog_owner == owner);
    CHECK_STR(said[0], "The configuration is right.");
    CHECK_STR(read_config(), "clock stepped\nextension 400 \"New\"\n");
    DestroyWindow(owner);
}

TEST(lines_that_were_written_appear_in_a_running_exchange)
{
    struct program program = program_start();
    LINEMESSAGE message;

    CHECK_EQ(program.lines, 3);
    user("clock stepped\r\nextension 201 \"Zita\"\r\nextensions 300 301 \"Desk\"\r\n"
         "extension 500 \"Late\"\r\n",
         IDOK, 0);
    CHECK_EQ(lineConfigProvider(NULL, 1), 0);
    REQUIRE(program_wait(&program, LINE_CREATE, &message));
    CHECK_EQ(message.dwParam1, 3);
    program_end(&program);
}

TEST(one_line_is_configured)
{
    struct program program = program_start();

    user("extension 201 \"Zoe\" group 2", DIALOG_CHECK_NOW, IDOK);
    CHECK_EQ(lineConfigDialogW(0, NULL, L"tapi/line"), 0);
    CHECK_EQ(dialogs, 1);
    CHECK(strncmp(shown, "extension 201 \"Zita\"", 20) == 0);
    CHECK_STR(said[0], "The configuration is right.");
    CHECK(strstr(read_config(), "clock stepped\nextension 201 \"Zoe\" group 2\nextensions 300") !=
          NULL);
    user("extension 201 \"Zoe\" group", IDOK, 0);
    CHECK_EQ(lineConfigDialogA(0, NULL, NULL), 0);
    CHECK(strstr(said[0], "line 2") != NULL);
    UnhookWindowsHookEx(hook);
    /* A line of a range has no statement of its own; there is no dialog for other classes. */
    CHECK_EQ(lineConfigDialogW(1, NULL, NULL), LINEERR_OPERATIONUNAVAIL);
    CHECK_EQ(lineConfigDialogW(0, NULL, L"comm"), LINEERR_INVALDEVICECLASS);
    program_end(&program);
}

TEST(it_is_installed_once)
{
    DWORD id;

    CHECK_EQ(lineAddProviderW(L"simpbx.tsp", NULL, &id), LINEERR_NOMULTIPLEINSTANCE);
    CHECK_EQ(lineRemoveProvider(1, NULL), 0);
    CHECK_EQ(lineAddProviderW(L"simpbx.tsp", NULL, &id), 0);
}
