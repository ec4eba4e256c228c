/* stage.c - see stage.h. */
#include "tests/dialing/stage.h"

#include "tests/support/test.h"
#include "tests/support/wait.h"

#define DRIVERS L"Software\\Wine\\Drivers"

static HDESK desktop;
static HANDLE thread;
static HWND last;
static struct {
    LONG (*show)(void *context);
    void *context;
    LONG result;
    DWORD id;
} play;

/* Under Wine a desktop without a display has to say so before its first window: this setting is
 * read when a new desktop is made. Windows does not know it. */
static void say_no_display(bool begin)
{
    static WCHAR before[64];
    static bool had;
    DWORD size = sizeof(before);
    HKEY key;

    if (RegCreateKeyExW(HKEY_CURRENT_USER, DRIVERS, 0, NULL, 0, KEY_ALL_ACCESS, NULL, &key, NULL))
        return;
    if (begin) {
        had = !RegQueryValueExW(key, L"Graphics", NULL, NULL, (BYTE *)before, &size);
        RegSetValueExW(key, L"Graphics", 0, REG_SZ, (const BYTE *)L"null", 5 * sizeof(WCHAR));
    } else if (had) {
        RegSetValueExW(key, L"Graphics", 0, REG_SZ, (const BYTE *)before, size);
    } else {
        RegDeleteValueW(key, L"Graphics");
    }
    RegCloseKey(key);
}

static DWORD WINAPI first_window(void *context)
{
    HWND window;

    (void)context;
    SetThreadDesktop(desktop);
    window = CreateWindowW(L"STATIC", NULL, WS_POPUP, 0, 0, 1, 1, NULL, NULL, NULL, NULL);
    if (window)
        DestroyWindow(window);
    return window != NULL;
}

bool stage_open(void)
{
    WCHAR name[32];
    HANDLE probe;
    DWORD done = 0;

    if (desktop)
        return true;
    wsprintfW(name, L"stage-%u", (unsigned)GetCurrentProcessId());
    desktop = CreateDesktopW(name, NULL, NULL, 0, GENERIC_ALL, NULL);
    if (!desktop)
        return false;
    say_no_display(true);
    probe = CreateThread(NULL, 0, first_window, NULL, 0, NULL);
    if (probe && wait_handle(probe, 60000))
        GetExitCodeThread(probe, &done);
    say_no_display(false);
    if (probe)
        CloseHandle(probe);
    return done;
}

static DWORD WINAPI run(void *context)
{
    (void)context;
    SetThreadDesktop(desktop);
    play.result = play.show(play.context);
    return 0;
}

void stage_begin(LONG (*show)(void *context), void *context)
{
    play.show = show;
    play.context = context;
    last = NULL;
    thread = CreateThread(NULL, 0, run, NULL, 0, &play.id);
    REQUIRE(thread != NULL);
}

LONG stage_end(void)
{
    if (!wait_handle(thread, WAIT_LONG))
        FAIL("the dialog does not end");
    CloseHandle(thread);
    return play.result;
}

/* The enabled dialog: modal ones disable those below. */
static BOOL CALLBACK find(HWND window, LPARAM found)
{
    WCHAR class[16] = L"";

    GetClassNameW(window, class, ARRAYSIZE(class));
    if (wcscmp(class, L"#32770") || !IsWindowVisible(window) || !IsWindowEnabled(window))
        return TRUE;
    *(HWND *)found = window;
    return FALSE;
}

static HWND top(void)
{
    HWND found = NULL;

    EnumThreadWindows(play.id, find, (LPARAM)&found);
    return found;
}

static bool is_new(void *context)
{
    HWND *found = context;

    *found = top();
    return *found && *found != last;
}

HWND stage_dialog(void)
{
    HWND found = NULL;

    if (!wait_until(is_new, &found, NULL, WAIT_LONG))
        return NULL;
    return last = found;
}

static bool is_on_top(void *context)
{
    return top() == context;
}

bool stage_back(HWND below)
{
    last = below;
    return wait_until(is_on_top, below, NULL, WAIT_LONG);
}

void stage_press(HWND dialog, int control)
{
    PostMessageW(dialog, WM_COMMAND, (WPARAM)control, (LPARAM)GetDlgItem(dialog, control));
}

void stage_do(HWND dialog, int control)
{
    SendMessageW(dialog, WM_COMMAND, (WPARAM)control, (LPARAM)GetDlgItem(dialog, control));
}

void stage_type(HWND dialog, int control, const WCHAR *text)
{
    SendMessageW(GetDlgItem(dialog, control), WM_SETTEXT, 0, (LPARAM)text);
}

const WCHAR *stage_read(HWND dialog, int control)
{
    static WCHAR text[256];

    text[0] = 0;
    SendMessageW(GetDlgItem(dialog, control), WM_GETTEXT, ARRAYSIZE(text), (LPARAM)text);
    return text;
}

void stage_check(HWND dialog, int control, bool on)
{
    if ((SendMessageW(GetDlgItem(dialog, control), BM_GETCHECK, 0, 0) == BST_CHECKED) != on)
        SendMessageW(GetDlgItem(dialog, control), BM_CLICK, 0, 0);
}

bool stage_choose(HWND dialog, int control, const WCHAR *text, bool combo)
{
    HWND list = GetDlgItem(dialog, control);
    LRESULT at = SendMessageW(list, combo ? CB_FINDSTRINGEXACT : LB_FINDSTRINGEXACT, (WPARAM)-1,
                              (LPARAM)text);

    if (at < 0)
        return false;
    SendMessageW(list, combo ? CB_SETCURSEL : LB_SETCURSEL, (WPARAM)at, 0);
    SendMessageW(dialog, WM_COMMAND, MAKEWPARAM(control, combo ? CBN_SELCHANGE : LBN_SELCHANGE),
                 (LPARAM)list);
    return true;
}
