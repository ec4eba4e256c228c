/*
 * dialog.c - the dialogs' windows, and the entries by which TAPI asks for them: the exchange's
 * whole configuration as text, and one line's statement of it. What is wrong is said in the dialog,
 * which stays until the text is right or Cancel.
 */
#include "front.h"

#include <stdlib.h>
#include <string.h>

#include "dialog.h"

struct dialog {
    TUISPIDLLCALLBACK callback;
    DWORD_PTR object;
    DWORD object_type;
    struct dialog_block block; /* on its way */
    /* A line's dialog shows a part of the text. */
    bool line;
    char *whole;
    size_t start, length;
    LONG result;
};

/* ---- to the exchange and back ---- */

static LONG ask(struct dialog *dialog, enum dialog_command command)
{
    LONG result;

    dialog->block.command = command;
    result = dialog->callback(dialog->object, dialog->object_type, &dialog->block,
                              sizeof(dialog->block));
    return result ? result : dialog->block.result;
}

/* ---- text between the edit control (UTF-16, CR LF) and the file (UTF-8, LF) ---- */

static void show_text(HWND window, int control, const char *text)
{
    size_t units = strlen(text) * 2 + 1, at = 0;
    char *lines = malloc(units);
    WCHAR *wide = malloc(units * sizeof(WCHAR));

    if (lines && wide) {
        for (; *text; text++) {
            if (*text == '\n')
                lines[at++] = '\r';
            if (*text != '\r')
                lines[at++] = *text;
        }
        lines[at] = 0;
        MultiByteToWideChar(CP_UTF8, 0, lines, -1, wide, (int)units);
        SetDlgItemTextW(window, control, wide);
    }
    free(lines);
    free(wide);
}

/* False: it is too long, or memory is exhausted. */
static bool take_text(HWND window, char *text, size_t room)
{
    int units = GetWindowTextLengthW(GetDlgItem(window, DIALOG_TEXT)) + 1;
    WCHAR *wide = malloc((size_t)units * sizeof(WCHAR));
    bool fits = false;

    if (wide) {
        WCHAR *to = wide;

        GetDlgItemTextW(window, DIALOG_TEXT, wide, units);
        for (const WCHAR *from = wide; *from; from++)
            if (*from != '\r')
                *to++ = *from;
        *to = 0;
        fits = WideCharToMultiByte(CP_UTF8, 0, wide, -1, text, (int)room, NULL, NULL) != 0;
    }
    free(wide);
    return fits;
}

/* What the window shows, as the whole configuration in the block. */
static bool take_configuration(struct dialog *dialog, HWND window)
{
    char *made;
    bool fits;

    if (!take_text(window, dialog->block.text, sizeof(dialog->block.text)))
        return false;
    if (!dialog->line)
        return true;
    made = dialog_text_replace(dialog->whole, dialog->start, dialog->length, dialog->block.text);
    fits = made && strlen(made) < sizeof(dialog->block.text);
    if (fits)
        strcpy(dialog->block.text, made);
    free(made);
    return fits;
}

/* ---- the window ---- */

static void show_start(struct dialog *dialog, HWND window)
{
    char *from = dialog->whole + dialog->start, behind = 0;

    if (dialog->line) {
        behind = from[dialog->length];
        from[dialog->length] = 0;
    }
    show_text(window, DIALOG_TEXT, from);
    if (dialog->line)
        from[dialog->length] = behind;
}

static void carry_out(struct dialog *dialog, HWND window, enum dialog_command command)
{
    LONG result;

    if (!take_configuration(dialog, window)) {
        SetDlgItemTextW(window, DIALOG_SAYS, L"The text is too long.");
        return;
    }
    result = ask(dialog, command);
    if (result)
        show_text(window, DIALOG_SAYS, dialog->block.text);
    else
        SetDlgItemTextW(window, DIALOG_SAYS, L"The configuration is right.");
    if (!result && command == DIALOG_WRITE)
        EndDialog(window, IDOK);
}

static INT_PTR CALLBACK dialog_proc(HWND window, UINT message, WPARAM wparam, LPARAM lparam)
{
    struct dialog *dialog = (struct dialog *)GetWindowLongPtrW(window, DWLP_USER);

    switch (message) {
    case WM_INITDIALOG:
        SetWindowLongPtrW(window, DWLP_USER, lparam);
        SendDlgItemMessageW(window, DIALOG_TEXT, EM_LIMITTEXT, DIALOG_ROOM, 0);
        show_start((struct dialog *)lparam, window);
        return TRUE;
    case WM_COMMAND:
        if (!dialog)
            return FALSE;
        if (LOWORD(wparam) == IDOK)
            carry_out(dialog, window, DIALOG_WRITE);
        else if (LOWORD(wparam) == DIALOG_CHECK_NOW)
            carry_out(dialog, window, DIALOG_CHECK);
        else if (LOWORD(wparam) == IDCANCEL)
            EndDialog(window, IDCANCEL);
        return TRUE;
    default:
        return FALSE;
    }
}

/* Finds the line's statement in the text that was read. */
static LONG find_line(struct dialog *dialog)
{
    LONG result = ask(dialog, DIALOG_NUMBER);

    if (result)
        return result;
    /* One of a range, or of the control object, has no statement of its own. */
    return dialog_text_find(dialog->whole, dialog->block.text, &dialog->start, &dialog->length)
               ? 0
               : LINEERR_OPERATIONUNAVAIL;
}

static LONG show(TUISPIDLLCALLBACK callback, DWORD_PTR object, DWORD object_type, HWND owner,
                 bool line)
{
    struct dialog *dialog;
    LONG result;

    if (!callback)
        return LINEERR_INVALPOINTER;
    dialog = calloc(1, sizeof(*dialog));
    if (!dialog)
        return LINEERR_NOMEM;
    dialog->callback = callback;
    dialog->object = object;
    dialog->object_type = object_type;
    dialog->line = line;
    result = ask(dialog, DIALOG_READ);
    if (!result && !(dialog->whole = strdup(dialog->block.text)))
        result = LINEERR_NOMEM;
    if (!result && line)
        result = find_line(dialog);
    if (!result &&
        DialogBoxParamW(front_module, MAKEINTRESOURCEW(line ? DIALOG_LINE : DIALOG_CONFIG), owner,
                        dialog_proc, (LPARAM)dialog) <= 0)
        result = LINEERR_OPERATIONFAILED; /* there is no screen to show it on */
    free(dialog->whole);
    free(dialog);
    return result;
}

/* ---- what TAPI calls ---- */

LONG TSPIAPI TSPI_providerUIIdentify(LPWSTR lpszUIDLLName)
{
    if (!lpszUIDLLName)
        return LINEERR_INVALPOINTER;
    return GetModuleFileNameW(front_module, lpszUIDLLName, MAX_PATH) ? 0 : LINEERR_OPERATIONFAILED;
}

LONG TSPIAPI TUISPI_providerConfig(TUISPIDLLCALLBACK lpfnUIDLLCallback, HWND hwndOwner,
                                   DWORD dwPermanentProviderID)
{
    return show(lpfnUIDLLCallback, dwPermanentProviderID, TUISPIDLL_OBJECT_PROVIDERID, hwndOwner,
                false);
}

LONG TSPIAPI TUISPI_lineConfigDialog(TUISPIDLLCALLBACK lpfnUIDLLCallback, DWORD dwDeviceID,
                                     HWND hwndOwner, LPCWSTR lpszDeviceClass)
{
    if (lpszDeviceClass && *lpszDeviceClass && lstrcmpiW(lpszDeviceClass, L"tapi/line"))
        return LINEERR_INVALDEVICECLASS;
    return show(lpfnUIDLLCallback, dwDeviceID, TUISPIDLL_OBJECT_LINEID, hwndOwner, true);
}

/* There is one exchange a process: a second entry of the list would be a provider without lines. */
static bool is_listed(void)
{
    typedef LONG WINAPI get_list(DWORD, LPLINEPROVIDERLIST);
    HMODULE tapi = GetModuleHandleW(L"tapi32.dll");
    FARPROC entry = tapi ? GetProcAddress(tapi, "lineGetProviderListW") : NULL;
    LINEPROVIDERLIST *list = calloc(1, 0x8000);
    const LINEPROVIDERENTRY *providers;
    bool found = false;

    if (entry && list) {
        list->dwTotalSize = 0x8000;
        if (((get_list *)(void (*)(void))entry)(0x00020000, list))
            list->dwProviderListSize = 0;
        providers = (const void *)((BYTE *)list + list->dwProviderListOffset);
        for (DWORD i = 0; i < list->dwProviderListSize / sizeof(*providers); i++) {
            const WCHAR *file =
                (const void *)((BYTE *)list + providers[i].dwProviderFilenameOffset);
            const WCHAR *name = wcsrchr(file, '\\');

            found = found || !lstrcmpiW(name ? name + 1 : file, L"simpbx.tsp");
        }
    }
    free(list);
    return found;
}

/* It is ready to run with its sample: the user may configure it afterwards. */
LONG TSPIAPI TUISPI_providerInstall(TUISPIDLLCALLBACK lpfnUIDLLCallback, HWND hwndOwner,
                                    DWORD dwPermanentProviderID)
{
    (void)lpfnUIDLLCallback;
    (void)hwndOwner;
    (void)dwPermanentProviderID;
    return is_listed() ? LINEERR_NOMULTIPLEINSTANCE : 0;
}

/* The configuration stays: it is the user's work. */
LONG TSPIAPI TUISPI_providerRemove(TUISPIDLLCALLBACK lpfnUIDLLCallback, HWND hwndOwner,
                                   DWORD dwPermanentProviderID)
{
    (void)lpfnUIDLLCallback;
    (void)hwndOwner;
    (void)dwPermanentProviderID;
    return 0;
}

/* TAPI before 2.0 calls these, and later control panels ask whether they are there. */
LONG TSPIAPI TSPI_providerConfig(HWND hwndOwner, DWORD dwPermanentProviderID)
{
    return TUISPI_providerConfig(TSPI_providerGenericDialogData, hwndOwner, dwPermanentProviderID);
}

LONG TSPIAPI TSPI_providerInstall(HWND hwndOwner, DWORD dwPermanentProviderID)
{
    return TUISPI_providerInstall(TSPI_providerGenericDialogData, hwndOwner, dwPermanentProviderID);
}

LONG TSPIAPI TSPI_providerRemove(HWND hwndOwner, DWORD dwPermanentProviderID)
{
    return TUISPI_providerRemove(TSPI_providerGenericDialogData, hwndOwner, dwPermanentProviderID);
}
