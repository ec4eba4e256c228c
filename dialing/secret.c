/* secret.c - see secret.h. */
#include "dialing/secret.h"

#include <wincrypt.h>

#include "base/mem.h"
#include "dialing/dialing.h"

void secret_read(HKEY key, const WCHAR *name, WCHAR *to, size_t room)
{
    DWORD type = 0, size = 0;
    DATA_BLOB stored, plain;
    BYTE *bytes;

    if (RegQueryValueExW(key, name, NULL, &type, NULL, &size) || size > 0x10000)
        return;
    bytes = mem_alloc(size + sizeof(WCHAR)); /* with a terminator */
    if (!bytes || RegQueryValueExW(key, name, NULL, &type, bytes, &size))
        goto done;
    if (type == REG_SZ)
        dial_copy(to, room, (const WCHAR *)bytes);
    stored = (DATA_BLOB){size, bytes};
    if (type != REG_BINARY ||
        !CryptUnprotectData(&stored, NULL, NULL, NULL, NULL, CRYPTPROTECT_UI_FORBIDDEN, &plain))
        goto done;
    if (plain.cbData % sizeof(WCHAR) == 0 && plain.cbData &&
        !((const WCHAR *)plain.pbData)[plain.cbData / sizeof(WCHAR) - 1])
        dial_copy(to, room, (const WCHAR *)plain.pbData);
    SecureZeroMemory(plain.pbData, plain.cbData);
    LocalFree(plain.pbData);
done:
    mem_free(bytes);
}

bool secret_write(HKEY key, const WCHAR *name, const WCHAR *text)
{
    DATA_BLOB plain = {(DWORD)((wcslen(text) + 1) * sizeof(WCHAR)), (BYTE *)text}, stored;
    LONG error;

    if (!*text)
        return !RegSetValueExW(key, name, 0, REG_SZ, (const BYTE *)L"", sizeof(WCHAR));
    if (!CryptProtectData(&plain, NULL, NULL, NULL, NULL, CRYPTPROTECT_UI_FORBIDDEN, &stored))
        return false;
    error = RegSetValueExW(key, name, 0, REG_BINARY, stored.pbData, stored.cbData);
    LocalFree(stored.pbData);
    return !error;
}
