/* user.c - see user.h. */
#include "tests/dialing/user.h"

#define CRYPTOGRAPHY L"Software\\Microsoft\\Cryptography"

static WCHAR scratch[64];
static HKEY user_key, machine_key;

static HKEY make(HKEY root, const WCHAR *path)
{
    HKEY key = NULL;

    REQUIRE_EQ(RegCreateKeyExW(root, path, 0, NULL, 0, KEY_ALL_ACCESS, NULL, &key, NULL), 0);
    return key;
}

void user_begin(void)
{
    WCHAR path[96];
    HKEY from, to;

    wsprintfW(scratch, L"Software\\OpenTAPI-test-%u", (unsigned)GetCurrentProcessId());
    RegDeleteTreeW(HKEY_CURRENT_USER, scratch);
    wsprintfW(path, L"%s\\user", scratch);
    user_key = make(HKEY_CURRENT_USER, path);
    wsprintfW(path, L"%s\\machine", scratch);
    machine_key = make(HKEY_CURRENT_USER, path);
    /* CryptProtectData finds its providers in the machine's part. */
    REQUIRE_EQ(RegOpenKeyExW(HKEY_LOCAL_MACHINE, CRYPTOGRAPHY, 0, KEY_READ, &from), 0);
    to = make(machine_key, CRYPTOGRAPHY);
    CHECK_EQ(RegCopyTreeW(from, NULL, to), 0);
    RegCloseKey(from);
    RegCloseKey(to);
    REQUIRE_EQ(RegOverridePredefKey(HKEY_LOCAL_MACHINE, machine_key), 0);
    REQUIRE_EQ(RegOverridePredefKey(HKEY_CURRENT_USER, user_key), 0);
}

void user_end(void)
{
    RegOverridePredefKey(HKEY_CURRENT_USER, NULL);
    RegOverridePredefKey(HKEY_LOCAL_MACHINE, NULL);
    RegCloseKey(user_key);
    RegCloseKey(machine_key);
    CHECK_EQ(RegDeleteTreeW(HKEY_CURRENT_USER, scratch), 0);
}

static void set(HKEY root, const WCHAR *path, const WCHAR *name, DWORD type, const void *data,
                DWORD size)
{
    WCHAR whole[160] = TELEPHONY;
    HKEY key;

    wcscat(whole, path);
    key = make(root, whole);
    CHECK_EQ(RegSetValueExW(key, name, 0, type, data, size), 0);
    RegCloseKey(key);
}

void user_text(HKEY root, const WCHAR *key, const WCHAR *name, const WCHAR *text)
{
    set(root, key, name, REG_SZ, text, (DWORD)((wcslen(text) + 1) * sizeof(WCHAR)));
}

void user_number(HKEY root, const WCHAR *key, const WCHAR *name, DWORD number)
{
    set(root, key, name, REG_DWORD, &number, sizeof(number));
}

void user_list(HKEY root, const WCHAR *key, const WCHAR *name, const WCHAR *list, DWORD size)
{
    set(root, key, name, REG_MULTI_SZ, list, size);
}

static HKEY find(HKEY root, const WCHAR *path)
{
    WCHAR whole[160] = TELEPHONY;
    HKEY key;

    wcscat(whole, path);
    return RegOpenKeyExW(root, whole, 0, KEY_READ, &key) ? NULL : key;
}

const WCHAR *user_read_text(HKEY root, const WCHAR *path, const WCHAR *name)
{
    static WCHAR text[256];
    DWORD size = sizeof(text) - sizeof(WCHAR);
    HKEY key = find(root, path);

    ZeroMemory(text, sizeof(text));
    if (key) {
        if (RegQueryValueExW(key, name, NULL, NULL, (BYTE *)text, &size))
            text[0] = 0;
        RegCloseKey(key);
    }
    return text;
}

DWORD user_read_number(HKEY root, const WCHAR *path, const WCHAR *name)
{
    DWORD number = 0xDEADBEEF, size = sizeof(number);
    HKEY key = find(root, path);

    if (key) {
        RegQueryValueExW(key, name, NULL, NULL, (BYTE *)&number, &size);
        RegCloseKey(key);
    }
    return number;
}

bool user_has_key(HKEY root, const WCHAR *path)
{
    HKEY key = find(root, path);

    if (key)
        RegCloseKey(key);
    return key != NULL;
}

void user_settle(void)
{
    static const WCHAR prefixes[] = L"555\0"
                                    L"557\0";
    const WCHAR *home = L"Locations\\Location1", *berlin = L"Locations\\Location2";
    const WCHAR *rule = L"Locations\\Location1\\AreaCodeRules\\Rule0", *card = L"Cards\\Card7";

    user_number(HKEY_LOCAL_MACHINE, L"Locations", L"CurrentID", 1);
    user_number(HKEY_LOCAL_MACHINE, L"Locations", L"NextID", 5);
    user_number(HKEY_LOCAL_MACHINE, L"Locations", L"NumEntries", 2);
    user_text(HKEY_LOCAL_MACHINE, home, L"Name", L"Home");
    user_number(HKEY_LOCAL_MACHINE, home, L"ID", 1);
    user_number(HKEY_LOCAL_MACHINE, home, L"Country", 1);
    user_number(HKEY_LOCAL_MACHINE, home, L"Flags", 1);
    user_text(HKEY_LOCAL_MACHINE, home, L"AreaCode", L"425");
    user_text(HKEY_LOCAL_MACHINE, home, L"DisableCallWaiting", L"*70,");
    user_text(HKEY_LOCAL_MACHINE, home, L"SomebodyElse", L"stays");
    user_text(HKEY_LOCAL_MACHINE, rule, L"AreaCodeToCall", L"425");
    user_text(HKEY_LOCAL_MACHINE, rule, L"NumberToDial", L"1");
    user_number(HKEY_LOCAL_MACHINE, rule, L"Options", 6);
    user_list(HKEY_LOCAL_MACHINE, rule, L"Prefixes", prefixes, sizeof(prefixes));
    user_text(HKEY_LOCAL_MACHINE, berlin, L"Name", L"B\u00fcro");
    user_number(HKEY_LOCAL_MACHINE, berlin, L"ID", 4);
    user_number(HKEY_LOCAL_MACHINE, berlin, L"Country", 49);
    user_number(HKEY_LOCAL_MACHINE, berlin, L"Flags", 2); /* pulse, calling card */
    user_number(HKEY_LOCAL_MACHINE, berlin, L"CallingCard", 10);
    user_text(HKEY_LOCAL_MACHINE, berlin, L"AreaCode", L"30");
    user_text(HKEY_LOCAL_MACHINE, berlin, L"OutsideAccess", L"0,");
    user_text(HKEY_LOCAL_MACHINE, berlin, L"LongDistanceAccess", L"00W");
    user_text(HKEY_CURRENT_USER, card, L"Name", L"Test Card");
    user_number(HKEY_CURRENT_USER, card, L"ID", 10);
    user_number(HKEY_CURRENT_USER, card, L"Flags", 0);
    user_text(HKEY_CURRENT_USER, card, L"Pin", L"9876");
    user_text(HKEY_CURRENT_USER, card, L"LDRule", L"J$FG@H");
    user_text(HKEY_CURRENT_USER, card, L"LDAccessNumber", L"0800123");
}
