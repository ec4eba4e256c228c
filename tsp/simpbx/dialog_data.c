/* dialog_data.c - the exchange's end of its dialogs: the configuration is read, checked, stored. */
#include "front.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "dialog.h"

#define KEY L"Software\\OpenTAPI\\simpbx"

static void say(struct dialog_block *block, LONG result, const char *sentence)
{
    block->result = result;
    snprintf(block->text, sizeof(block->text), "%s", sentence);
}

/* The file that the exchange starts with; false: none is named, it is the sample. */
static bool config_path(WCHAR path[MAX_PATH])
{
    DWORD bytes = (MAX_PATH - 1) * sizeof(WCHAR);
    DWORD length = GetEnvironmentVariableW(L"OPENTAPI_SIMPBX", path, MAX_PATH);

    if (length && length < MAX_PATH)
        return true;
    memset(path, 0, MAX_PATH * sizeof(WCHAR));
    return !RegGetValueW(HKEY_LOCAL_MACHINE, KEY, L"Config", RRF_RT_REG_SZ, NULL, path, &bytes) &&
           *path;
}

static void read_sample(struct dialog_block *block)
{
    HRSRC resource = FindResourceW(front_module, MAKEINTRESOURCEW(1), (LPCWSTR)RT_RCDATA);
    HGLOBAL memory = resource ? LoadResource(front_module, resource) : NULL;
    DWORD size = memory ? SizeofResource(front_module, resource) : 0;

    if (size >= sizeof(block->text))
        size = sizeof(block->text) - 1;
    if (size)
        memcpy(block->text, LockResource(memory), size);
    block->text[size] = 0;
}

static void read_text(struct dialog_block *block)
{
    WCHAR path[MAX_PATH];
    HANDLE file;
    DWORD got = 0;

    if (!config_path(path)) {
        read_sample(block);
        return;
    }
    file = CreateFileW(path, GENERIC_READ, FILE_SHARE_READ, NULL, OPEN_EXISTING,
                       FILE_ATTRIBUTE_NORMAL, NULL);
    if (file == INVALID_HANDLE_VALUE) {
        block->text[0] = 0; /* it can be written now */
        return;
    }
    if (GetFileSize(file, NULL) >= sizeof(block->text))
        say(block, LINEERR_OPERATIONFAILED, "the file is too long for this dialog");
    else if (!ReadFile(file, block->text, sizeof(block->text) - 1, &got, NULL))
        say(block, LINEERR_OPERATIONFAILED, "the file cannot be read");
    else
        block->text[got] = 0;
    CloseHandle(file);
}

static bool check_text(struct dialog_block *block)
{
    struct pbx_config config;
    char error[256];

    if (!pbx_config_parse(&config, block->text, strlen(block->text), error, sizeof(error))) {
        say(block, LINEERR_INIFILECORRUPT, error);
        return false;
    }
    pbx_config_free(&config);
    return true;
}

/* Without a file of its own the machine gets one. */
static bool new_path(WCHAR path[MAX_PATH])
{
    HKEY key;
    LSTATUS error;
    DWORD length = GetEnvironmentVariableW(L"ProgramData", path, MAX_PATH);

    if (!length || length > MAX_PATH - 32)
        return false;
    lstrcatW(path, L"\\OpenTAPI");
    CreateDirectoryW(path, NULL);
    lstrcatW(path, L"\\simpbx.conf");
    if (RegCreateKeyExW(HKEY_LOCAL_MACHINE, KEY, 0, NULL, 0, KEY_WRITE, NULL, &key, NULL))
        return false;
    error = RegSetValueExW(key, L"Config", 0, REG_SZ, (const BYTE *)path,
                           (lstrlenW(path) + 1) * (DWORD)sizeof(WCHAR));
    RegCloseKey(key);
    return !error;
}

/* A new file takes the old one's place, so that there is always a whole one. */
static bool store(const WCHAR *path, const char *text)
{
    WCHAR fresh[MAX_PATH + 8];
    DWORD size = (DWORD)strlen(text), written = 0;
    HANDLE file;
    bool stored;

    lstrcpyW(fresh, path);
    lstrcatW(fresh, L".new");
    file = CreateFileW(fresh, GENERIC_WRITE, 0, NULL, CREATE_ALWAYS, FILE_ATTRIBUTE_NORMAL, NULL);
    if (file == INVALID_HANDLE_VALUE)
        return false;
    stored = WriteFile(file, text, size, &written, NULL) && written == size;
    CloseHandle(file);
    stored = stored && MoveFileExW(fresh, path, MOVEFILE_REPLACE_EXISTING);
    if (!stored)
        DeleteFileW(fresh);
    return stored;
}

static void write_text(struct dialog_block *block)
{
    WCHAR path[MAX_PATH];
    char error[256] = "";
    LONG result = 0;

    if (!check_text(block))
        return;
    if ((!config_path(path) && !new_path(path)) || !store(path, block->text)) {
        say(block, LINEERR_OPERATIONFAILED, "the configuration's file cannot be written");
        return;
    }
    front_enter();
    if (front.pbx)
        result = front_configure_text(block->text, strlen(block->text), error, sizeof(error));
    front_leave();
    if (result)
        say(block, result, error);
}

static void read_number(struct dialog_block *block, DWORD device)
{
    struct pbx_extension *extension;

    front_enter();
    extension = front.initialized ? front_extension(device) : NULL;
    if (extension)
        snprintf(block->text, sizeof(block->text), "%s", extension->party.number);
    front_leave();
    if (!extension)
        say(block, LINEERR_BADDEVICEID, "there is no such line");
}

LONG TSPIAPI TSPI_providerGenericDialogData(DWORD_PTR dwObjectID, DWORD dwObjectType,
                                            LPVOID lpParams, DWORD dwSize)
{
    struct dialog_block *block = lpParams;

    if (!block)
        return LINEERR_INVALPOINTER;
    if (dwSize != sizeof(*block) ||
        (dwObjectType != TUISPIDLL_OBJECT_PROVIDERID && dwObjectType != TUISPIDLL_OBJECT_LINEID))
        return LINEERR_INVALPARAM;
    block->result = 0;
    block->text[DIALOG_ROOM - 1] = 0;
    switch (block->command) {
    case DIALOG_READ:
        read_text(block);
        break;
    case DIALOG_CHECK:
        check_text(block);
        break;
    case DIALOG_WRITE:
        write_text(block);
        break;
    case DIALOG_NUMBER:
        if (dwObjectType != TUISPIDLL_OBJECT_LINEID)
            return LINEERR_INVALPARAM;
        read_number(block, (DWORD)dwObjectID);
        break;
    default:
        return LINEERR_INVALPARAM;
    }
    return 0;
}
