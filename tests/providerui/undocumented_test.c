/* undocumented_test.c - the names of tapi32.dll that no header declares. */
#include "tests/providerui/fixture.h"

static FARPROC find(const char *name)
{
    FARPROC found = GetProcAddress(GetModuleHandleW(L"tapi32.dll"), name);

    if (!found)
        FAIL("no export %s", name);
    return found;
}

TEST(names_without_known_parameters_refuse)
{
    static const char *const names[] = {
#define UNDOCUMENTED(name) #name,
#include "tapi32/undocumented_names.h"
#undef UNDOCUMENTED
    };

    CHECK_EQ(ARRAYSIZE(names), 24);
    for (unsigned i = 0; i < ARRAYSIZE(names); i++) {
        FARPROC function = find(names[i]);

        if (function)
            CHECK_EQ(((LONG(WINAPI *)(void))(void (*)(void))function)(), LINEERR_OPERATIONUNAVAIL);
    }
}

TEST(names_that_say_what_they_are)
{
    FARPROC window = find("TAPIWndProc"), dialog = find("LocWizardDlgProc");
    FARPROC thread = find("NonAsyncEventThread"), callback = find("TUISPIDLLCallback");
    FARPROC message = find("GetTapi16CallbackMsg");

    REQUIRE(window && dialog && thread && callback && message);
    CHECK_EQ(((LRESULT(CALLBACK *)(HWND, UINT, WPARAM, LPARAM))(void (*)(void))window)(
                 NULL, WM_NULL, 0, 0),
             0);
    CHECK_EQ(((INT_PTR(CALLBACK *)(HWND, UINT, WPARAM, LPARAM))(void (*)(void))dialog)(
                 NULL, WM_INITDIALOG, 0, 0),
             FALSE);
    CHECK_EQ(((DWORD(WINAPI *)(void *))(void (*)(void))thread)(NULL), 0);
    CHECK_EQ(((LONG(WINAPI *)(void))(void (*)(void))message)(), 0);
    CHECK_EQ(((TUISPIDLLCALLBACK)(void (*)(void))callback)(0, TUISPIDLL_OBJECT_LINEID, NULL, 0),
             LINEERR_UNINITIALIZED);
}
