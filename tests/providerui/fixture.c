/* fixture.c - see fixture.h. */
#include "tests/providerui/fixture.h"

#define SCRATCH L"Software\\OpenTAPI\\tests\\providerui"
#define LIST    L"Software\\Microsoft\\Windows\\CurrentVersion\\Telephony\\Providers"

struct ui_provider *ui_new, *ui_old, *ui_bare;
struct ui_dll *ui;
static HKEY scratch;

/* Kept loaded, so that what they note lasts. */
static void *keep(const WCHAR *file, const char *export)
{
    HMODULE module = LoadLibraryW(file);
    FARPROC function = module ? GetProcAddress(module, export) : NULL;

    return function ? ((void *(WINAPI *)(void))(void (*)(void))function)() : NULL;
}

static void forget(struct ui_provider *provider)
{
    HANDLE changed = provider->changed ? provider->changed : CreateEventW(NULL, 0, 0, NULL);

    memset(provider, 0, sizeof(*provider));
    provider->changed = changed;
}

/* HKEY_LOCAL_MACHINE is, for this process, a key that the test owns. */
static void own_registry(void)
{
    if (scratch) {
        RegDeleteTreeW(scratch, NULL);
        return;
    }
    REQUIRE_EQ(RegCreateKeyExW(HKEY_CURRENT_USER, SCRATCH, 0, NULL, REG_OPTION_NON_VOLATILE,
                               KEY_ALL_ACCESS, NULL, &scratch, NULL),
               0);
    RegDeleteTreeW(scratch, NULL);
    REQUIRE_EQ(RegOverridePredefKey(HKEY_LOCAL_MACHINE, scratch), 0);
}

TEST_BEFORE
{
    if (!ui) {
        ui_new = keep(L"ui_new.tsp", "UiProvider");
        ui_old = keep(L"ui_old.tsp", "UiProvider");
        ui_bare = keep(L"ui_bare.tsp", "UiProvider");
        ui = keep(L"providerui.dll", "UiDll");
    }
    REQUIRE(ui_new && ui_old && ui_bare && ui);
    forget(ui_new);
    forget(ui_old);
    forget(ui_bare);
    memset(ui, 0, sizeof(*ui));
    ui->begun = CreateEventW(NULL, FALSE, FALSE, NULL);
    ui->go = CreateEventW(NULL, TRUE, FALSE, NULL);
    ui->finish = CreateEventW(NULL, TRUE, FALSE, NULL);
    ui->data_came = CreateEventW(NULL, FALSE, FALSE, NULL);
    own_registry();
    fixture_providers(NULL);
}

TEST_AFTER
{
    struct open_tapi_counters left;

    POISON(left);
    OpenTapiGetCounters(&left);
    CHECK_EQ(left.apps, 0);
    CHECK_EQ(left.handles, 0);
    CHECK_EQ(left.providers, 0);
    CHECK_EQ(left.messages, 0);
    RegDeleteTreeW(scratch, NULL);
    CloseHandle(ui->begun);
    CloseHandle(ui->go);
    CloseHandle(ui->finish);
    CloseHandle(ui->data_came);
}

void fixture_providers(const WCHAR *list)
{
    SetEnvironmentVariableW(L"OPENTAPI_PROVIDERS", list);
}

LONG fixture_number(const WCHAR *name)
{
    DWORD value = 0, size = sizeof(value);

    return RegGetValueW(HKEY_LOCAL_MACHINE, LIST, name, RRF_RT_REG_DWORD, NULL, &value, &size)
               ? -1
               : (LONG)value;
}

void fixture_set_number(const WCHAR *name, DWORD value)
{
    HKEY key;

    REQUIRE_EQ(RegCreateKeyExW(HKEY_LOCAL_MACHINE, LIST, 0, NULL, 0, KEY_WRITE, NULL, &key, NULL),
               0);
    RegSetValueExW(key, name, 0, REG_DWORD, (const BYTE *)&value, sizeof(value));
    RegCloseKey(key);
}

const WCHAR *fixture_text(const WCHAR *name)
{
    static WCHAR text[MAX_PATH];
    DWORD size = sizeof(text);

    if (RegGetValueW(HKEY_LOCAL_MACHINE, LIST, name, RRF_RT_REG_SZ, NULL, text, &size))
        return L"(none)";
    return text;
}

LONG fixture_listed(const WCHAR *file, DWORD *id)
{
    static union {
        LINEPROVIDERLIST list;
        BYTE room[4096];
    } buffer;
    const LINEPROVIDERENTRY *entry;

    POISON(buffer);
    *id = 0;
    buffer.list.dwTotalSize = sizeof(buffer);
    REQUIRE_EQ(lineGetProviderListW(VERSION, &buffer.list), 0);
    entry = (const LINEPROVIDERENTRY *)(buffer.room + buffer.list.dwProviderListOffset);
    for (DWORD i = 0; i < buffer.list.dwNumProviders; i++) {
        if (!lstrcmpW((const WCHAR *)(buffer.room + entry[i].dwProviderFilenameOffset), file))
            *id = entry[i].dwPermanentProviderID;
    }
    return (LONG)buffer.list.dwNumProviders;
}
