/* provider.c - the providers of providerui.h. */
#include "tests/providerui/providerui.h"

#include <string.h>

#define LINES 2

static struct ui_provider state;
static ASYNC_COMPLETION complete;

struct ui_provider *WINAPI UiProvider(void);
struct ui_provider *WINAPI UiProvider(void)
{
    return &state;
}

/* ---- life ---- */

LONG TSPIAPI TSPI_lineNegotiateTSPIVersion(DWORD device, DWORD low, DWORD high, LPDWORD version)
{
    (void)device;
    if (low > 0x00020000 || high < 0x00020000)
        return LINEERR_INCOMPATIBLEAPIVERSION;
    *version = 0x00020000;
    return 0;
}

LONG TSPIAPI TSPI_phoneNegotiateTSPIVersion(DWORD device, DWORD low, DWORD high, LPDWORD version)
{
    return TSPI_lineNegotiateTSPIVersion(device, low, high, version);
}

LONG TSPIAPI TSPI_providerEnumDevices(DWORD provider, LPDWORD lines, LPDWORD phones,
                                      HPROVIDER handle, LINEEVENT line_create,
                                      PHONEEVENT phone_create)
{
    (void)phone_create;
    if (state.enumerate)
        return state.enumerate;
    state.id = provider;
    state.provider = (DWORD_PTR)handle;
    state.event = line_create;
    *lines = LINES;
    *phones = 1;
    return 0;
}

LONG TSPIAPI TSPI_providerInit(DWORD version, DWORD provider, DWORD line_base, DWORD phone_base,
                               DWORD_PTR lines, DWORD_PTR phones, ASYNC_COMPLETION completion,
                               LPDWORD options)
{
    (void)version, (void)provider, (void)lines, (void)phones;
    if (state.init)
        return state.init;
    state.line_base = line_base;
    state.phone_base = phone_base;
    complete = completion;
    *options = 0;
    state.initialized++;
    return 0;
}

LONG TSPIAPI TSPI_providerShutdown(DWORD version, DWORD provider)
{
    (void)version, (void)provider;
    state.shut_down++;
    return 0;
}

LONG TSPIAPI TSPI_lineGetDevCaps(DWORD device, DWORD version, DWORD extension, LPLINEDEVCAPS caps)
{
    (void)device, (void)version, (void)extension;
    memset((BYTE *)caps + 4, 0, sizeof(*caps) - 4);
    caps->dwNeededSize = caps->dwUsedSize = sizeof(*caps);
    caps->dwStringFormat = STRINGFORMAT_UNICODE;
    caps->dwNumAddresses = 1;
    caps->dwMediaModes = LINEMEDIAMODE_INTERACTIVEVOICE;
    caps->dwBearerModes = LINEBEARERMODE_VOICE;
    return 0;
}

LONG TSPIAPI TSPI_lineOpen(DWORD device, HTAPILINE line, LPHDRVLINE driver, DWORD version,
                           LINEEVENT event)
{
    (void)line, (void)version;
    state.event = event;
    state.opened++;
    *driver = (HDRVLINE)(UINT_PTR)(device + 1);
    return 0;
}

LONG TSPIAPI TSPI_lineClose(HDRVLINE line)
{
    (void)line;
    state.closed++;
    return 0;
}

/* ---- dialogs in the old way ---- */

static LONG note(enum ui_function function, DWORD id, HWND owner, LPCWSTR device_class)
{
    struct ui_call *call = &state.call[function];

    call->count++;
    call->id = id;
    call->owner = owner;
    lstrcpynW(call->device_class, device_class ? device_class : L"(null)", 32);
    return state.answer;
}

LONG TSPIAPI TSPI_providerInstall(HWND owner, DWORD provider)
{
    return note(UI_INSTALL, provider, owner, NULL);
}

LONG TSPIAPI TSPI_providerConfig(HWND owner, DWORD provider)
{
    return note(UI_CONFIG, provider, owner, NULL);
}

LONG TSPIAPI TSPI_providerRemove(HWND owner, DWORD provider)
{
    return note(UI_REMOVE, provider, owner, NULL);
}

LONG TSPIAPI TSPI_lineConfigDialog(DWORD device, HWND owner, LPCWSTR device_class)
{
    return note(UI_LINE, device, owner, device_class);
}

LONG TSPIAPI TSPI_phoneConfigDialog(DWORD device, HWND owner, LPCWSTR device_class)
{
    return note(UI_PHONE, device, owner, device_class);
}

LONG TSPIAPI TSPI_lineConfigDialogEdit(DWORD device, HWND owner, LPCWSTR device_class,
                                       LPVOID const config, DWORD size, LPVARSTRING out)
{
    lstrcpynA(state.call[UI_LINE_EDIT].config, config, (int)size + 1);
    out->dwStringFormat = STRINGFORMAT_UNICODE; /* whatever it says, nobody else knows the bytes */
    out->dwStringSize = sizeof(UI_CONFIG_OUT);
    out->dwStringOffset = sizeof(*out) + 4;
    out->dwNeededSize = out->dwUsedSize = out->dwStringOffset + out->dwStringSize;
    memcpy((BYTE *)out + out->dwStringOffset, UI_CONFIG_OUT, sizeof(UI_CONFIG_OUT));
    return note(UI_LINE_EDIT, device, owner, device_class);
}

/* ---- dialogs of the UI DLL ---- */

LONG TSPIAPI TSPI_providerUIIdentify(LPWSTR file)
{
    lstrcpynW(file, state.ui_file[0] ? state.ui_file : L"providerui.dll", MAX_PATH);
    return state.identify;
}

LONG TSPIAPI TSPI_providerGenericDialogData(DWORD_PTR object, DWORD type, LPVOID params, DWORD size)
{
    state.object = object;
    state.object_type = type;
    state.data_size = size;
    lstrcpynA(state.data, params ? params : "", 32);
    if (params && size == sizeof(UI_TOLD))
        memcpy(params, UI_TOLD, size);
    state.data_count++;
    return state.data_answer;
}

LONG TSPIAPI TSPI_providerFreeDialogInstance(HDRVDIALOGINSTANCE instance)
{
    state.freed_instance = instance;
    state.freed++;
    if (state.changed)
        SetEvent(state.changed);
    return state.free_answer;
}

LONG TSPIAPI TSPI_lineDevSpecific(DRV_REQUESTID request, HDRVLINE line, DWORD address,
                                  HDRVCALL call, LPVOID params, DWORD size)
{
    static WCHAR file[] = L"providerui.dll";
    TUISPICREATEDIALOGINSTANCEPARAMS create;

    (void)line, (void)address, (void)call;
    memset(&create, 0xCC, sizeof(create));
    create.dwRequestID = state.request ? state.request : request;
    create.hdDlgInst = (HDRVDIALOGINSTANCE)(UINT_PTR)0x4711;
    create.lpszUIDLLName = file;
    create.lpParams = params;
    create.dwSize = size;
    state.event((HTAPILINE)state.provider, NULL, LINE_CREATEDIALOGINSTANCE, (DWORD_PTR)&create, 0,
                0);
    state.instance = create.htDlgInst;
    complete(request, create.htDlgInst ? 0 : LINEERR_RESOURCEUNAVAIL);
    return (LONG)request;
}
