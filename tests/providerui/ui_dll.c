/* ui_dll.c - providerui.dll, the UI DLL of ui_new.tsp. It shows nothing, and notes everything. */
#include "tests/providerui/providerui.h"

#include <string.h>

static struct ui_dll state;

struct ui_dll *WINAPI UiDll(void);
struct ui_dll *WINAPI UiDll(void)
{
    return &state;
}

static LONG note(TUISPIDLLCALLBACK callback, enum ui_function function, DWORD id, HWND owner,
                 LPCWSTR device_class)
{
    struct ui_call *call = &state.call[function];

    call->count++;
    call->id = id;
    call->owner = owner;
    lstrcpynW(call->device_class, device_class ? device_class : L"(null)", 32);
    state.function = callback;
    if (state.ask_type) {
        strcpy(state.told, UI_ASKED);
        state.callback = callback(state.ask_object == (DWORD_PTR)-1 ? id : state.ask_object,
                                  state.ask_type, state.told, sizeof(UI_ASKED));
    }
    return state.answer;
}

LONG TSPIAPI TUISPI_providerInstall(TUISPIDLLCALLBACK callback, HWND owner, DWORD provider)
{
    return note(callback, UI_INSTALL, provider, owner, NULL);
}

LONG TSPIAPI TUISPI_providerConfig(TUISPIDLLCALLBACK callback, HWND owner, DWORD provider)
{
    return note(callback, UI_CONFIG, provider, owner, NULL);
}

LONG TSPIAPI TUISPI_providerRemove(TUISPIDLLCALLBACK callback, HWND owner, DWORD provider)
{
    return note(callback, UI_REMOVE, provider, owner, NULL);
}

LONG TSPIAPI TUISPI_lineConfigDialog(TUISPIDLLCALLBACK callback, DWORD device, HWND owner,
                                     LPCWSTR device_class)
{
    return note(callback, UI_LINE, device, owner, device_class);
}

LONG TSPIAPI TUISPI_phoneConfigDialog(TUISPIDLLCALLBACK callback, DWORD device, HWND owner,
                                      LPCWSTR device_class)
{
    return note(callback, UI_PHONE, device, owner, device_class);
}

LONG TSPIAPI TUISPI_lineConfigDialogEdit(TUISPIDLLCALLBACK callback, DWORD device, HWND owner,
                                         LPCWSTR device_class, LPVOID const config, DWORD size,
                                         LPVARSTRING out)
{
    lstrcpynA(state.call[UI_LINE_EDIT].config, config, (int)size + 1);
    out->dwStringFormat = STRINGFORMAT_BINARY;
    out->dwNeededSize = sizeof(*out) + sizeof(UI_CONFIG_OUT);
    out->dwUsedSize = sizeof(*out);
    if (out->dwTotalSize >= out->dwNeededSize) {
        out->dwUsedSize = out->dwNeededSize;
        out->dwStringSize = sizeof(UI_CONFIG_OUT);
        out->dwStringOffset = sizeof(*out);
        memcpy(out + 1, UI_CONFIG_OUT, sizeof(UI_CONFIG_OUT));
    }
    return note(callback, UI_LINE_EDIT, device, owner, device_class);
}

LONG TSPIAPI TUISPI_providerGenericDialog(TUISPIDLLCALLBACK callback, HTAPIDIALOGINSTANCE instance,
                                          LPVOID params, DWORD size, HANDLE ready)
{
    state.instance = instance;
    state.thread = GetCurrentThreadId();
    memcpy(state.params, params ? params : "", params ? size : 1);
    SetEvent(state.begun);
    if (state.unready)
        WaitForSingleObject(state.go, 60000);
    SetEvent(ready);
    if (state.ask_type) {
        strcpy(state.told, UI_ASKED);
        state.callback = callback(instance, state.ask_type, state.told, sizeof(UI_ASKED));
        SetEvent(state.data_came);
    }
    WaitForSingleObject(state.finish, 60000);
    state.ended++;
    return state.answer;
}

LONG TSPIAPI TUISPI_providerGenericDialogData(HTAPIDIALOGINSTANCE instance, LPVOID params,
                                              DWORD size)
{
    if (instance != state.instance)
        return LINEERR_INVALPARAM;
    if (!params) {
        state.closes++;
        SetEvent(state.finish);
    } else {
        memcpy(state.data[state.data_count & 3], params, size < 16 ? size : 16);
        state.data_count++;
    }
    SetEvent(state.data_came);
    return state.answer;
}
